//! The product's source selection against a naive one, on random stacks and requests.

#[path = "../common/mod.rs"]
mod common;
mod naive;
#[path = "../../../tests/property/mod.rs"]
mod property;

use std::net::{IpAddr, SocketAddr};

use common::{Has, ip, stack};
use naive::{Bound, Request, source};
use vipa_runtime_model::model::*;
use vipa_runtime_model::*;

/// A linear congruential generator: the same sequence for the same seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % n
    }

    fn yes(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }
}

const JOBS: [&str; 4] = ["ABC", "ABCD", "WEB1", "XYZ"];
const PATTERNS: [&str; 9] = ["*", "A*", "ABC", "ABC*", "A?C*", "W*", "WEB1", "?????", "XYZ"];
const NETS: [&str; 7] =
    ["10.0.0.0/8", "10.1.0.0/16", "10.1.1.0/24", "0.0.0.0/0", "2001:db8:c::/48", "2001:db8::/32", "::/0"];
const FOUR: [&str; 6] =
    ["192.0.2.1", "192.0.2.2", "203.0.113.1", "203.0.113.2", "203.0.113.3", "198.51.100.7"];
const SIX: [&str; 6] =
    ["2001:db8:a::1", "2001:db8:b::1", "2001:db8:f::1", "fec0::1", "2002:c000:201::1", "2001:db8:ff::1"];
const TO: [&str; 9] = [
    "10.1.1.9",
    "10.2.9.9",
    "172.16.9.9",
    "192.0.2.1",
    "2001:db8:c::9",
    "2001:db8:b::9",
    "fec0::9",
    "2002:c000:209::1",
    "2001:db8:a::1",
];
const POLICY: [&str; 4] = ["::/0", "2001:db8::/32", "2001:db8:b::/48", "fec0::/10"];

fn link(name: &str, kind: InterfaceKind, addresses: &[&str], vipa: bool, dice: &mut Dice) -> InterfaceModel {
    let addresses = addresses.iter();
    InterfaceModel {
        name: name.into(),
        kind,
        is_virtual: vipa,
        addresses: addresses.map(|a| InterfaceAddress { address: ip(a), deprecated: dice.yes(15) }).collect(),
        source_vipa: (!vipa && dice.yes(60)).then(|| dice.pick(&["VIP4", "VIP6", "VLINK2", "OSA1"]).into()),
    }
}

fn any(dice: &mut Dice) -> IpAddr {
    let list = if dice.yes(50) { FOUR } else { SIX };
    ip(dice.pick(&list))
}

/// A stack whose DVIPAs are 203.0.113.1 (active), 203.0.113.2 (a backup that never activates), 2001:db8:f::1 (active);
/// 198.51.100.7 is inside a VIPARANGE, 203.0.113.3 and 2001:db8:ff::1 are nobody's.
fn random(dice: &mut Dice) -> StackModel {
    let mut s = stack(1).define_plain("203.0.113.1").define_plain("2001:db8:f::1").backup("203.0.113.2", 10);
    s.dvipas[2].moveable = None;
    s = s.range("198.51.100.0/24", false);
    let links = ["ETHER1", "VLINK1", "ETHER2", "VLINK2", "ETHER3"];
    let at = ["10.0.1.1", "192.0.2.1", "10.0.2.1", "192.0.2.2", "10.0.3.1"];
    let mut order: Vec<usize> = (0..links.len()).collect();
    for i in 0..order.len() {
        let j = dice.below(order.len());
        order.swap(i, j);
    }
    let mut interfaces: Vec<InterfaceModel> = order
        .iter()
        .map(|i| link(links[*i], InterfaceKind::Link, &[at[*i]], links[*i].starts_with('V'), dice))
        .collect();
    let kind = InterfaceKind::Interface;
    interfaces.push(link("VIP4", kind, &["192.0.2.4"], true, dice));
    interfaces.push(link("VIP6", kind, &["2001:db8:a::1", "2001:db8:b::1", "fec0::1", SIX[4]], true, dice));
    interfaces.push(link("OSA1", kind, &["10.0.4.1"], false, dice));
    interfaces.push(link("OSA6", kind, &["2001:db8:d::1", "2001:db8:c::1", "fec0::2"], false, dice));
    interfaces.push(link("OSB6", kind, &["2001:db8:e::1"], false, dice));
    interfaces.retain(|i| i.is_virtual || dice.yes(80));
    s.home = interfaces
        .iter()
        .flat_map(|i| i.addresses.iter().map(move |a| (i, a)))
        .map(|(i, a)| HomeAddress { address: a.address, link: i.name.clone(), is_virtual: i.is_virtual })
        .collect();
    let names: Vec<String> = interfaces.iter().map(|i| i.name.clone()).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let network = &mut s.network;
    network.routes = (0..dice.below(5))
        .map(|_| StaticRoute {
            destination: dice.pick(&NETS).parse().unwrap(),
            hop: None,
            interface: dice.pick(&names).into(),
        })
        .collect();
    network.interfaces = interfaces;
    network.source_vipa6 = dice.yes(60);
    network.tcp_stack_source_vipa6 = dice.yes(40).then(|| NamedAddresses {
        name: "X".into(),
        addresses: (0..dice.below(3)).map(|_| ip(dice.pick(&SIX))).collect(),
    });
    network.srcip = (0..dice.below(6))
        .map(|_| SrcipModel {
            who: if dice.yes(60) {
                SourceFor::Job(dice.pick(&PATTERNS).into())
            } else {
                SourceFor::Destination(dice.pick(&NETS).parse().unwrap())
            },
            from: if dice.yes(25) {
                let addresses = vec![ip(SIX[0]), ip(SIX[1]), ip(SIX[5])];
                SrcipFrom::Interface(NamedAddresses { name: "VIP6".into(), addresses })
            } else {
                SrcipFrom::Address(any(dice))
            },
            role: dice.pick(&[SrcipRole::Client, SrcipRole::Client, SrcipRole::Both, SrcipRole::Server]),
        })
        .collect();
    if dice.yes(40) {
        network.policy = POLICY
            .iter()
            .map(|net| PolicyModel {
                prefix: net.parse().unwrap(),
                precedence: 40,
                label: u16::try_from(dice.below(3)).unwrap(),
            })
            .collect();
    }
    s.source_vipa = dice.yes(60);
    s.tcp_stack_source_vipa = dice.yes(40).then(|| ip(dice.pick(&FOUR)));
    s
}

/// One request on a stack that has just started, asked of both. None when they agree.
fn differ(seed: u64) -> Option<String> {
    let mut dice = Dice(seed);
    let config = random(&mut dice);
    let mut m = common::model(vec![config.clone()]);
    m.tables = vipa_runtime_model::model::Tables::Product;
    m.structures.ports = PortForm::Block;
    let mut c = Cluster::new(&m);
    let id = StackId(0);
    assert!(c.step(&Event::Start(id)).ok());
    let mut active: Vec<IpAddr> = config.home.iter().map(|h| h.address).chain(config.xcf.clone()).collect();
    active.extend([ip("203.0.113.1"), ip("2001:db8:f::1")]);
    for _ in 0..12 {
        let name = dice.pick(&JOBS);
        let job = c.job(name, None);
        let to = ip(dice.pick(&TO));
        let tcp = dice.yes(75);
        let options = SocketOptions { udp: !tcp, no_source_vipa: dice.yes(20), ..SocketOptions::default() };
        let own: Vec<IpAddr> = active.iter().copied().filter(|a| a.is_ipv4() == to.is_ipv4()).collect();
        let bound = match dice.below(4) {
            0 => Bound::Any,
            1 => Bound::At(dice.pick(&own)),
            _ => Bound::Fresh,
        };
        let socket = Handle(1);
        let made = match bound {
            Bound::Fresh => Event::Open { stack: id, job, options, socket },
            Bound::Any | Bound::At(_) => {
                let address = if let Bound::At(address) = bound { Some(address) } else { None };
                Event::Bind { stack: id, job, at: LocalEnd { address, port: 0 }, options, socket }
            }
        };
        assert!(c.step(&made).ok(), "{made:?}");
        let (from, end) = (Some(socket), SocketAddr::new(to, 443));
        let event = if tcp {
            Event::Connect { stack: id, job, to: end, from, connection: socket }
        } else {
            Event::Send { stack: id, job, to: end, from, options }
        };
        let outcome = c.step(&event);
        let request = Request { job: name, to, bound, tcp, no_source_vipa: options.no_source_vipa };
        let expected = source(&config, &active, &request);
        if outcome.source != expected || outcome.ok() != expected.is_some() {
            let path: Vec<String> = outcome.trace.iter().map(ToString::to_string).collect();
            return Some(format!(
                "seed {seed}\n{:#?}\nSOURCEVIPA {} TCPSTACKSOURCEVIPA {:?}\n{bound:?} {event:?}\n  model {:?} {:?}, naive {expected:?}\n    {}",
                config.network,
                config.source_vipa,
                config.tcp_stack_source_vipa,
                outcome.source,
                outcome.refusal(),
                path.join("\n    ")
            ));
        }
        assert!(c.step(&Event::Close(socket)).ok());
    }
    None
}

#[test]
fn both_choose_the_same_source_address() {
    for seed in property::seeds(0, 4000) {
        if let Some(told) = differ(seed) {
            panic!("{told}");
        }
    }
}

/// The requests reach every step: else the comparison says little.
#[test]
fn every_step_is_reached() {
    let steps = ["04:2.1#6a", "04:2.1#6b", "04:2.1#6c", "04:2.1#7", "04:2.1#8", "04:2.1#9", "04:2.4"];
    let mut seen = std::collections::BTreeSet::new();
    for seed in 0..300 {
        let mut dice = Dice(seed);
        let config = random(&mut dice);
        let mut m = common::model(vec![config]);
        m.tables = vipa_runtime_model::model::Tables::Product;
        let mut c = Cluster::new(&m);
        c.step(&Event::Start(StackId(0)));
        for (n, to) in (1..).zip(TO) {
            let job = c.job(dice.pick(&JOBS), None);
            let to = SocketAddr::new(ip(to), 443);
            let outcome =
                c.step(&Event::Connect { stack: StackId(0), job, to, from: None, connection: Handle(n) });
            let deciding =
                outcome.trace.iter().filter(|s| matches!(s.answer, Answer::Address(_) | Answer::Yes));
            seen.extend(deciding.map(|s| s.at));
        }
    }
    for step in steps {
        assert!(seen.contains(step), "{step} was never reached: {seen:?}");
    }
}
