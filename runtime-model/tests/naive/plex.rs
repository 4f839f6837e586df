//! Random sysplexes and events, from a seed.

use std::net::{IpAddr, SocketAddr};

use vipa_runtime_model::model::*;

use super::common::{Has, at, ip, stack};

/// A linear congruential generator: the same sequence for the same seed.
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % n
    }

    pub fn yes(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }
}

pub const DVIPAS: [&str; 3] = ["203.0.113.1", "203.0.113.2", "203.0.113.3"];
const RANGED: [&str; 3] = ["198.51.100.7", "198.51.100.8", "198.51.100.200"];
const RANGES: [&str; 2] = ["198.51.100.0/24", "198.51.100.128/25"];
pub const JOBS: [(&str, Option<&str>); 4] =
    [("APPA", None), ("APPB", Some("WEBSRV")), ("WEBX", Some("APPA")), ("OTHER", None)];
const PATTERNS: [&str; 9] = ["APPA", "APPB", "APP*", "A?PA", "AP*A", "*", "WEBSRV", "WEB*", "?????"];
const PORTS: [u16; 7] = [0, 60, 1025, 1026, 1027, 1030, 5000];

pub fn addresses() -> Vec<IpAddr> {
    DVIPAS.iter().chain(&RANGED).map(|a| ip(a)).collect()
}

/// What VARY OBEY adds to a profile, or takes from it.
#[derive(Clone, Debug)]
pub enum Edit {
    Source(IpAddr, &'static str),
    NoSources,
    Port(u16, PortFor, bool),
    NoPorts,
    ClusterPorts(IpAddr),
    Backup(IpAddr, u8),
    Define(IpAddr),
    NoDvipa(IpAddr),
    Distribute(IpAddr, Vec<u16>, Vec<u8>),
}

#[derive(Clone, Debug)]
pub enum Do {
    Start(usize),
    Fail(usize),
    Obey(usize, Edit),
    Bind {
        stack: usize,
        job: usize,
        at: Option<IpAddr>,
        port: u16,
        listen: bool,
        reuse: bool,
        udp: bool,
    },
    /// The name of an earlier event's socket, by that event's number.
    ListenOn {
        job: usize,
        socket: u32,
    },
    Connect {
        stack: usize,
        job: usize,
        to: SocketAddr,
    },
    ConnectFrom {
        job: usize,
        to: SocketAddr,
        socket: u32,
    },
    Close(u32),
}

pub fn edit(config: &StackModel, edit: &Edit) -> StackModel {
    let mut c = config.clone();
    match edit {
        Edit::Source(a, who) => c = c.source(&a.to_string(), who),
        Edit::NoSources => c.sources.clear(),
        Edit::Port(port, who, share) => {
            c = c.port(*port, who.clone());
            c.ports.last_mut().unwrap().share = *share;
        }
        Edit::NoPorts => c.ports.clear(),
        Edit::ClusterPorts(a) => {
            for d in c.dvipas.iter_mut().filter(|d| d.address == *a) {
                d.cluster_ports = true;
            }
        }
        Edit::Backup(a, rank) if !c.dvipas.iter().any(|d| d.address == *a) => {
            c = c.backup(&a.to_string(), *rank);
        }
        Edit::Define(a) => {
            let cluster_ports = c.dvipas.iter().any(|d| d.address == *a && d.cluster_ports);
            c.dvipas.retain(|d| d.address != *a);
            c = c.define_plain(&a.to_string());
            c.dvipas.last_mut().unwrap().cluster_ports = cluster_ports;
        }
        Edit::NoDvipa(a) => c.dvipas.retain(|d| d.address != *a),
        Edit::Distribute(a, ports, targets) => {
            c.distributions.retain(|d| d.dvipa != *a);
            c = c.distribute(&a.to_string(), ports, targets);
        }
        Edit::Backup(..) => {}
    }
    c
}

fn who(dice: &mut Dice) -> PortFor {
    match dice.below(4) {
        0 => PortFor::Reserved,
        1 => PortFor::Authport,
        _ => PortFor::Job(dice.pick(&PATTERNS).into()),
    }
}

fn targets(dice: &mut Dice, n: usize) -> Vec<u8> {
    if dice.yes(50) { Vec::new() } else { (1..=n as u8).filter(|_| dice.yes(60)).collect() }
}

fn ports(dice: &mut Dice) -> Vec<u16> {
    match dice.below(3) {
        0 => Vec::new(),
        1 => vec![60],
        _ => vec![60, 1026],
    }
}

fn any_source(dice: &mut Dice) -> IpAddr {
    let home = ip(dice.pick(&["10.1.1.1", "10.0.0.2", "192.0.2.250"]));
    let all = addresses();
    if dice.yes(85) { dice.pick(&all) } else { home }
}

/// A sysplex of one to four stacks.
pub fn plex(dice: &mut Dice, structures: Structures) -> Model {
    let n = 1 + dice.below(4);
    let mut stacks: Vec<StackModel> = (1..=n as u8).map(stack).collect();
    for address in DVIPAS {
        let (clustered, when_idle, distributed) = (dice.yes(75), dice.yes(20), dice.yes(70));
        let first = dice.below(n);
        for (i, place) in stacks.iter_mut().enumerate() {
            let mut s = place.clone();
            if i == first || dice.yes(10) {
                s = s.define_plain(address);
            } else if dice.yes(40) {
                s = s.backup(address, 1 + u8::try_from(dice.below(3)).unwrap() * 100);
            } else {
                continue;
            }
            let d = s.dvipas.last_mut().unwrap();
            d.cluster_ports = clustered;
            d.moveable = Some(if when_idle { Moveable::WhenIdle } else { Moveable::Immediate });
            if distributed && (i == first || dice.yes(40)) {
                let (ports, targets) = (ports(dice), targets(dice, n));
                s = s.distribute(address, &ports, &targets);
            }
            *place = s;
        }
    }
    let modes: Vec<(bool, bool)> = RANGES.iter().map(|_| (dice.yes(70), dice.yes(60))).collect();
    for s in &mut stacks {
        for (range, (clustered, moves)) in RANGES.iter().zip(&modes) {
            if dice.yes(40) {
                *s = s.clone().range(range, *clustered);
                s.ranges.last_mut().unwrap().non_disruptive = *moves;
            }
        }
        for _ in 0..dice.below(4) {
            let who = dice.pick(&PATTERNS);
            *s = s.clone().source(&any_source(dice).to_string(), who);
        }
        for _ in 0..dice.below(3) {
            let port = dice.pick(&PORTS[1..]);
            *s = s.clone().port(port, who(dice));
            s.ports.last_mut().unwrap().share = dice.yes(30);
        }
        s.source_vipa = dice.yes(30);
        if dice.yes(30) {
            let is_virtual = dice.yes(60);
            let more = HomeAddress { address: ip("192.0.2.250"), link: "V1".into(), is_virtual };
            s.home.insert(dice.below(2), more);
        }
        if dice.yes(40) {
            s.ephemeral = Some((1025, 1028));
        }
    }
    let mut m = super::common::model(stacks);
    m.structures = structures;
    m
}

/// Events for a sysplex; the first ones start its stacks.
pub fn events(dice: &mut Dice, m: &Model, n: usize) -> Vec<Do> {
    let stacks = m.stacks.len();
    let mut all: Vec<Do> = (0..stacks).map(Do::Start).collect();
    while all.len() < n {
        let named = u32::try_from(all.len()).unwrap();
        let (stack, job) = (dice.below(stacks), dice.below(JOBS.len()));
        let socket = |dice: &mut Dice| 1 + u32::try_from(dice.below(named as usize)).unwrap();
        let to = at(dice.pick(&["192.0.2.9:443", "192.0.2.8:443"]));
        all.push(match dice.below(20) {
            0 => Do::Start(stack),
            1 => Do::Fail(stack),
            2 => Do::Obey(stack, any_edit(dice, stacks)),
            3..=8 => Do::Connect { stack, job, to },
            9 => Do::ConnectFrom { job, to, socket: socket(dice) },
            10 => Do::ListenOn { job, socket: socket(dice) },
            11..=14 => {
                let address = match dice.below(10) {
                    0 | 1 => None,
                    2 => Some(any_source(dice)),
                    _ => Some(dice.pick(&addresses())),
                };
                let listen = dice.yes(50);
                let (reuse, udp) = (dice.yes(30), !listen && dice.yes(15));
                Do::Bind { stack, job, at: address, port: dice.pick(&PORTS), listen, reuse, udp }
            }
            _ => Do::Close(socket(dice)),
        });
    }
    all
}

fn any_edit(dice: &mut Dice, stacks: usize) -> Edit {
    let dvipa = ip(dice.pick(&DVIPAS));
    match dice.below(10) {
        0 => Edit::NoSources,
        1 => Edit::Port(dice.pick(&PORTS[1..]), who(dice), dice.yes(30)),
        2 => Edit::NoPorts,
        3 | 4 => Edit::ClusterPorts(dvipa),
        5 => Edit::Backup(dvipa, 50),
        6 => Edit::Define(dvipa),
        7 => Edit::NoDvipa(dvipa),
        8 => Edit::Distribute(dvipa, ports(dice), targets(dice, stacks)),
        _ => Edit::Source(any_source(dice), dice.pick(&PATTERNS)),
    }
}
