//! Each invariant is broken by a decision table with one wrong answer, and the check sees it: the checks are not empty.

mod common;
use common::*;
use vipa_runtime_model::founding::TABLES;
use vipa_runtime_model::tables::{ClosePlan, Tables};
use vipa_runtime_model::*;

struct Mutant {
    c: Cluster,
    next: u32,
}

impl Mutant {
    fn new(tables: Tables) -> Self {
        let mut c = Cluster::with_tables(&three(), tables);
        for stack in c.stack_ids().collect::<Vec<_>>() {
            c.step(&Event::Start(stack));
        }
        Self { c, next: 0 }
    }

    fn connect(&mut self, stack: u16) -> Outcome {
        self.next += 1;
        let job = self.c.job("APPA", None);
        let connection = Handle(self.next);
        self.c.step(&Event::Connect { stack: StackId(stack), job, to: at(SERVER), from: None, connection })
    }

    fn broken(&self) -> Vec<u8> {
        let mut numbers: Vec<u8> = invariants(&self.c).into_iter().map(|v| v.invariant).collect();
        numbers.dedup();
        numbers
    }
}

#[test]
fn a_port_chosen_without_asking_breaks_the_first() {
    let mut m = Mutant::new(Tables { name: "same-port", choose: |_, _, _, _, _| Some(2000), ..TABLES });
    m.connect(1);
    assert!(m.broken().is_empty());
    m.connect(2);
    assert_eq!(m.broken(), [1]);
}

#[test]
fn a_port_that_is_never_given_back_breaks_the_second() {
    let mut m = Mutant::new(Tables { name: "leak", close: |_, _, _, _| ClosePlan::Local, ..TABLES });
    m.connect(1);
    m.c.step(&Event::Close(Handle(1)));
    assert_eq!(m.broken(), [2]);
}

#[test]
fn nobody_to_clear_up_breaks_the_second() {
    let mut m = Mutant::new(Tables { name: "no-recovery", recovers: |_, _, _| false, ..TABLES });
    m.connect(1);
    m.c.step(&Event::Fail(StackId(1)));
    assert_eq!(m.broken(), [2]);
}

#[test]
fn a_lock_that_outlives_its_holder_breaks_the_third() {
    let mut m = Mutant::new(Tables { name: "stuck", break_locks: false, ..TABLES });
    m.c.step(&Event::Hold { stack: StackId(1), at: CfStep::Lock });
    m.connect(1);
    m.connect(2);
    m.c.step(&Event::Fail(StackId(1)));
    assert!(m.broken().contains(&3));
}

#[test]
fn two_stacks_that_both_take_over_break_the_fourth() {
    // The second one does not look whether somebody was faster: neither gives the address up.
    let mut m = Mutant::new(Tables { name: "greedy", keep_old_owner: true, ..TABLES });
    m.c.step(&Event::Fail(StackId(0)));
    assert!(m.broken().is_empty());
    m.c.step(&Event::Start(StackId(0)));
    assert_eq!(m.broken(), [4]);
}

#[test]
fn routes_to_a_failed_stack_break_the_fifth() {
    let mut m = Mutant::new(Tables { name: "stale", drop_routes: false, ..TABLES });
    m.connect(1);
    m.c.step(&Event::Fail(StackId(1)));
    assert_eq!(m.broken(), [5]);
}

#[test]
fn an_activation_that_outlives_a_refusal_breaks_the_sixth() {
    let mut model = model(vec![stack(1).range("198.51.100.0/24", true).source(RANGED, "APPA")]);
    model.stacks[0].ephemeral = Some((2000, 2000));
    model.stacks[0] = model.stacks[0].clone().port(2000, model::PortFor::Reserved);
    for (keep, breaks) in [(false, false), (true, true)] {
        let mut c =
            Cluster::with_tables(&model, Tables { name: "keeps", keep_failed_activation: keep, ..TABLES });
        c.step(&Event::Start(StackId(0)));
        let job = c.job("APPA", None);
        let before = c.clone();
        let event =
            Event::Connect { stack: StackId(0), job, to: at(SERVER), from: None, connection: Handle(1) };
        let outcome = c.step(&event);
        assert!(!outcome.ok());
        assert_eq!(refused_changes_nothing(&before, &c, &outcome).is_some(), breaks);
    }
}
