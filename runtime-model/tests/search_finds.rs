//! What searches found: paths in fine steps that once broke an invariant.

mod common;
use common::*;
use vipa_runtime_model::*;

fn fine(model: &model::Model) -> Plex {
    let mut p = Plex::stopped(model);
    p.fine = true;
    p
}

fn steps(p: &mut Plex, stack: &str, n: usize) {
    for _ in 0..n {
        let stack = p.stack(stack);
        p.step(Event::Step(stack));
    }
}

fn rest(p: &mut Plex) {
    while let Some(event) = p.c.enabled().into_iter().next() {
        p.step(event);
    }
    assert!(p.c.is_quiescent());
}

#[test]
fn a_target_that_has_not_heard_the_new_owner_yet_closes_its_listener() {
    let mut p =
        fine(&model(vec![stack(1).define(DVA).distribute(DVA, &[60], &[]), stack(2).backup(DVA, 100)]));
    p.start("T2");
    p.start("T1");
    p.deliver("T1", "T2");
    steps(&mut p, "T2", 5);
    // In the message under way T1 fails; in the ones behind it T1 is there again.
    let one = p.stack("T1");
    p.step(Event::Fail(one));
    p.start("T1");
    p.listen("T2", "APPA", "203.0.113.1:60", "l");
    while p.c.enabled().contains(&Event::Step(p.stack("T2"))) {
        steps(&mut p, "T2", 1);
    }
    p.deliver("T1", "T2");
    p.deliver("T2", "T1");
    // It answers the definitions that are under way with a report in which the listener is gone.
    p.close("l");
    rest(&mut p);
    assert!(p.targets(DVA, 60).is_empty());
}

#[test]
fn a_failure_heard_while_the_first_structure_is_made_is_cleared_behind_it() {
    let mut p = fine(&model(vec![stack(1).define(DVA).distribute(DVA, &[60], &[]), stack(2), stack(3)]));
    p.start("T3");
    p.start("T1");
    steps(&mut p, "T1", 5);
    p.deliver("T1", "T3");
    // Obtained, locked, revised: T3 has no structure yet.
    steps(&mut p, "T3", 3);
    p.fail("T1");
    p.deliver("T1", "T3");
    steps(&mut p, "T3", 2);
    rest(&mut p);
}

#[test]
fn a_bind_whose_address_is_lost_under_way_is_refused() {
    let mut p = fine(&model(vec![stack(1).define(DVA).distribute(DVA, &[60], &[]), stack(3)]));
    p.start("T1");
    p.start("T3");
    rest(&mut p);
    p.bind("T3", "APPA", "203.0.113.1:5000", "b");
    // Written, and not unlocked yet: now the owner fails, and T3 is a target no longer.
    steps(&mut p, "T3", 4);
    p.fail("T1");
    p.deliver("T1", "T3");
    rest(&mut p);
    assert_eq!(p.c.sockets().count(), 0);
    assert_eq!(p.ports(DVA), [] as [u16; 0]);
}

#[test]
fn a_close_under_way_is_not_asked_for_again() {
    let mut p = fine(&three());
    p.start("T1");
    rest(&mut p);
    p.bind("T1", "APPA", "203.0.113.1:5000", "b");
    rest(&mut p);
    p.bind("T1", "APPA", "203.0.113.1:5001", "c");
    assert_eq!(p.close("b").verdict, Verdict::Pending);
    refused(&p.close("b"), Errno::EBADF, "event");
    rest(&mut p);
    refused(&p.close("b"), Errno::EBADF, "event");
}

#[test]
fn a_model_of_the_product_says_whose_tables_decide() {
    let mut m = three();
    for (tables, says) in [(model::Tables::Founding, false), (model::Tables::Product, true)] {
        m.tables = tables;
        let mut c = Cluster::new(&m);
        c.step(&Event::Start(StackId(0)));
        let job = c.job("APPA", None);
        let to = at(SERVER);
        let connection = Handle(1);
        let outcome = c.step(&Event::Connect { stack: StackId(0), job, to, from: None, connection });
        assert_eq!((outcome.via("04:2.1#3"), outcome.via("F7:700")), (says, !says));
    }
}
