//! The product's tables: seeded walks that keep the invariants, and what displays show.

mod common;
#[path = "../../tests/property/mod.rs"]
mod property;
use common::*;
use vipa_runtime_model::event::{Path, Problem, Signal};
use vipa_runtime_model::model::*;
use vipa_runtime_model::product::view::{Distribution, DvipaStatus};
use vipa_runtime_model::*;

/// A linear congruential generator: the same walk for the same seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % n
    }
}

/// T1 defines and distributes DVA, T2 and T3 back it up, T3 defines DVB, which T1 backs up without a mask; all have a range.
fn plex(moveable: Moveable, method: Method) -> Model {
    let mut m = model(vec![
        stack(1).define_plain(DVA).backup(DVB, 10).distribute(DVA, &[60], &[]),
        stack(2).backup(DVA, 100),
        stack(3).backup(DVA, 50).define_plain(DVB),
    ]);
    m.tables = vipa_runtime_model::model::Tables::Product;
    for (n, s) in m.stacks.iter_mut().enumerate() {
        s.ranges.push(RangeModel {
            interface: None,
            subnet: "198.51.100.0/24".parse().unwrap(),
            non_disruptive: n != 1,
            cluster_ports: false,
            saf: None,
        });
        for d in &mut s.dvipas {
            d.moveable = Some(moveable);
            d.subnet = (d.address != ip(DVB)).then(|| "203.0.113.0/24".parse().unwrap());
        }
        for d in &mut s.distributions {
            d.method = method;
            d.product.affinity = 30;
        }
        s.product.monitor = Monitor { recovery: true, auto_rejoin: n == 0, timer: 10, ..Monitor::default() };
    }
    m
}

/// A connection at a DVIPA lives where the DVIPA is in use.
fn connections_have_an_address(c: &Cluster) -> Vec<String> {
    let mut wrong = Vec::new();
    for s in c.sockets().filter(|s| s.peer.is_some()) {
        let Some(address) = s.address else { continue };
        if ![DVA, DVB, RANGED].contains(&address.to_string().as_str()) {
            continue;
        }
        let view = c.dvipa_view(s.stack, address);
        let used = view.as_ref().is_some_and(|v| {
            matches!(v.status, DvipaStatus::Active | DvipaStatus::Moving | DvipaStatus::Quiescing)
                || v.distribution == Distribution::Target
        });
        if !used {
            wrong.push(format!("{s:?} has {view:?}"));
        }
    }
    wrong
}

fn walk(m: &Model, mode: Mode, seed: u64, steps: usize) {
    let mut c = Cluster::new(m);
    let mut dice = Dice(seed);
    let stacks: Vec<StackId> = c.stack_ids().collect();
    let jobs = [c.job("APPA", None), c.job("APPB", None)];
    let (mut log, mut next) = (Vec::<Event>::new(), 0u32);
    let addresses = [None, Some(ip(DVA)), Some(ip(DVB)), Some(ip(RANGED))];
    let problems = [Problem::Vtam, Problem::Xcf, Problem::SysplexCode, Problem::Storage];
    for _ in 0..steps {
        let (stack, job) = (stacks[dice.below(3)], jobs[dice.below(2)]);
        let handles: Vec<Handle> = c.sockets().map(|s| s.handle).collect();
        let some =
            |dice: &mut Dice| if handles.is_empty() { Handle(0) } else { handles[dice.below(handles.len())] };
        next += 1;
        let at_ = LocalEnd { address: addresses[dice.below(4)], port: [60, 1025, 5000][dice.below(3)] };
        let enabled = c.enabled();
        let event = match dice.below(24) {
            0..=4 if !enabled.is_empty() => enabled[dice.below(enabled.len())].clone(),
            5..=7 => {
                let options = SocketOptions { reuse_address: true, ..SocketOptions::default() };
                Event::Listen { stack, job, at: at_, options, socket: Handle(next) }
            }
            8..=10 => {
                let client =
                    [at("198.18.0.1:4000"), at("198.18.0.2:4000"), at("10.1.1.2:4000")][dice.below(3)];
                let to = std::net::SocketAddr::new(addresses[1 + dice.below(3)].unwrap(), at_.port);
                Event::ClientConnect { client, to, connection: Handle(next) }
            }
            11 | 12 => Event::Close(some(&mut dice)),
            13 => Event::Fail(stack),
            14..=16 => Event::Start(stack),
            17 => [Event::Leave(stack), Event::Join(stack)][dice.below(2)].clone(),
            18 => {
                [Event::Deactivate { stack, address: ip(DVA) }, Event::Reactivate { stack, address: ip(DVA) }]
                    [dice.below(2)]
                .clone()
            }
            19 => [
                Event::Define { stack, job, address: ip(RANGED) },
                Event::Delete { stack, job, address: ip(RANGED) },
            ][dice.below(2)]
            .clone(),
            20 => Event::Advance([1, 11, 40][dice.below(3)]),
            21 => {
                let signal = match dice.below(6) {
                    0 => Signal::Problem { problem: problems[dice.below(4)], on: dice.below(2) == 0 },
                    1 => Signal::Path { to: stacks[dice.below(3)], path: Path::Xcf, up: dice.below(2) == 0 },
                    2 => Signal::Quiesce { port: None, job: None, asid: None, on: dice.below(2) == 0 },
                    3 => {
                        Signal::Quiesce { port: Some(60), job: Some(job), asid: None, on: dice.below(2) == 0 }
                    }
                    4 => Signal::SystemWeight(u16::try_from(dice.below(20)).unwrap()),
                    _ => Signal::Responsiveness { tcsr: 100, cer: 50, sef: [0, 100][dice.below(2)] },
                };
                Event::Signal { stack, signal }
            }
            22 => {
                let mut config = m.stacks[usize::from(stack.0)].clone();
                match dice.below(4) {
                    0 => config.dvipas.clear(),
                    1 => config.distributions.clear(),
                    2 => config = config.define_plain(RANGED),
                    _ => {}
                }
                Event::Obey { stack, config: config.into() }
            }
            _ => {
                let to = at("192.0.2.9:443");
                let from = some(&mut dice);
                let stack = c.socket_view(from).map_or(stack, |s| s.stack);
                Event::Connect { stack, job, to, from: Some(from), connection: from }
            }
        };
        let before = c.clone();
        log.push(event.clone());
        let outcome = c.run(&event, mode, true);
        let mut broken: Vec<String> = invariants(&c).into_iter().map(|v| v.what).collect();
        broken.extend(refused_changes_nothing(&before, &c, &outcome).map(|v| v.what));
        if mode == Mode::ToQuiescence {
            broken.extend(connections_have_an_address(&c));
        }
        if !broken.is_empty() {
            let told: Vec<String> = log.iter().map(|e| format!("{e:?}")).collect();
            panic!("seed {seed} {broken:#?}\n{outcome:?}\nafter\n{}", told.join("\n"));
        }
    }
    for _ in 0..100_000 {
        let Some(event) = c.enabled().into_iter().next() else { break };
        c.run(&event, Mode::Fine, false);
    }
    assert!(c.is_quiescent(), "seed {seed}: never at rest");
    assert_eq!(
        invariants(&c),
        [],
        "seed {seed} {}",
        log.iter().map(|e| format!("{e:?}\n")).collect::<String>()
    );
}

#[test]
fn walks_keep_the_invariants() {
    let methods = [Method::RoundRobin, Method::BaseWlm, Method::WeightedActive, Method::HotStandby];
    for (n, method) in methods.into_iter().enumerate() {
        for moveable in [Moveable::Immediate, Moveable::WhenIdle] {
            let m = plex(moveable, method);
            for seed in property::seeds(0, 12) {
                walk(&m, Mode::ToQuiescence, 100 + seed * 8 + n as u64, 300);
                walk(&m, Mode::Fine, 900 + seed * 8 + n as u64, 300);
            }
        }
    }
}

#[test]
fn the_tables_of_a_distributor() {
    let mut p = Plex::new(&plex(Moveable::Immediate, Method::BaseWlm));
    p.listen("T2", "APPA", "*:60", "l2");
    p.listen("T3", "APPA", "*:60", "l3");
    let (one, two, three) = (p.stack("T1"), p.stack("T2"), p.stack("T3"));
    p.step(Event::Signal { stack: two, signal: Signal::SystemWeight(8) });
    p.step(Event::Signal { stack: three, signal: Signal::SystemWeight(4) });
    for n in 1..=3 {
        p.client(&format!("198.18.0.{n}:4000"), "203.0.113.1:60", &format!("c{n}"));
    }
    let rows: Vec<_> =
        p.c.vdpt(one).into_iter().map(|r| (r.target, r.ready, r.total, r.active, r.weight)).collect();
    assert_eq!(rows, [(one, 0, 0, 0, None), (two, 1, 2, 2, Some(2)), (three, 1, 1, 1, Some(1))]);
    assert!(p.c.vdpt(two).is_empty());
    // Three connections and three affinities at the distributor, the two of T2 there.
    assert_eq!(p.c.vcrt(one).len(), 6);
    assert_eq!(p.c.vcrt(two).iter().filter(|r| r.source.port() != 0).count(), 2);
    p.close("c1");
    p.close("c2");
    p.close("c3");
    assert_eq!(p.c.vcrt(one).iter().filter(|r| r.source.port() != 0).count(), 0);
    p.step(Event::Advance(31));
    assert!(p.c.vcrt(one).is_empty());
    let row = p.c.vdpt(one).remove(1);
    assert_eq!((row.total, row.active), (2, 0));
}

#[test]
fn only_movable_addresses_have_connection_rows() {
    let mut p = Plex::new(&plex(Moveable::WhenIdle, Method::RoundRobin));
    p.listen("T2", "APPA", "*:60", "l2");
    p.client("198.18.0.1:4000", "203.0.113.1:60", "c1");
    assert!(p.c.vcrt(p.stack("T1")).is_empty());
    assert_eq!(p.c.vdpt(p.stack("T1")).len(), 3);
}

#[test]
fn a_founding_cluster_knows_no_signals() {
    let mut p = Plex::new(&three());
    let stack = p.stack("T1");
    let outcome = p.step(Event::Signal { stack, signal: Signal::SystemWeight(1) });
    assert_eq!(outcome.refusal().map(|r| r.errno), Some(Errno::ENOSYS));
    assert_eq!(p.c.membership(stack), None);
}

#[test]
fn shareportwlm_follows_the_weights_of_the_servers() {
    let mut m = plex(Moveable::Immediate, Method::RoundRobin);
    m.stacks[0].distributions[0].product.affinity = 0;
    m.stacks[0].distributions[0].targets =
        Targets::Xcf(vec![Target { xcf: ip("10.1.1.2"), weight: None, standby: None }]);
    m.stacks[1] = m.stacks[1].clone().port(60, PortFor::Job("APP*".into()));
    m.stacks[1].ports[0].share = true;
    let served = |m: &Model| {
        let mut p = Plex::new(m);
        p.listen("T2", "APPA", "*:60", "a");
        p.listen("T2", "APPB", "*:60", "b");
        let (stack, job) = (p.stack("T2"), p.c.job("APPA", None));
        p.step(Event::Weight { stack, job, value: 3 });
        for n in 1..=8 {
            p.client(&format!("198.18.0.{n}:4000"), "203.0.113.1:60", &format!("c{n}"));
        }
        p.c.connections(stack).iter().filter(|s| s.job == job).count()
    };
    assert_eq!(served(&m), 4);
    m.stacks[1].ports[0].share_wlm = true;
    assert_eq!(served(&m), 6);
}

#[test]
fn quiesce_is_for_distributed_ports() {
    let mut p = Plex::new(&plex(Moveable::Immediate, Method::RoundRobin));
    p.listen("T1", "APPA", "*:60", "l");
    p.listen("T1", "APPB", "*:21", "f");
    let stack = p.stack("T1");
    p.step(Event::Signal { stack, signal: Signal::Quiesce { port: None, job: None, asid: None, on: true } });
    assert!(!p.client("198.18.0.1:4000", "203.0.113.1:60", "c1").ok());
    assert!(p.client("198.18.0.1:4000", "203.0.113.1:21", "c2").ok());
}

#[test]
fn the_chain_and_who_waits() {
    let mut m = plex(Moveable::WhenIdle, Method::RoundRobin);
    m.stacks[0].distributions.clear();
    m.stacks[2].dvipas[0].origin = DvipaOrigin::Backup(100);
    let mut p = Plex::new(&m);
    let (one, two, three) = (p.stack("T1"), p.stack("T2"), p.stack("T3"));
    assert_eq!(p.c.chain(ip(DVA), one), [(two, 100), (three, 100)]);
    p.listen("T2", "APPA", "*:60", "l");
    p.fail("T1");
    p.client("198.18.0.1:4000", "203.0.113.1:60", "c");
    assert_eq!(p.c.waiting_definer(ip(DVA), two), None);
    p.start("T1");
    assert_eq!((p.owner(DVA), p.c.waiting_definer(ip(DVA), two)), (Some("T2"), Some(one)));
    assert_eq!(p.c.chain(ip(DVA), two), [(one, 255), (three, 100)]);
    p.close("c");
    assert_eq!((p.owner(DVA), p.c.waiting_definer(ip(DVA), one)), (Some("T1"), None));
    m.assumptions.insert("equal-rank-by-order".into(), "last".into());
    assert_eq!(Plex::new(&m).c.chain(ip(DVA), one), [(three, 100), (two, 100)]);
}
