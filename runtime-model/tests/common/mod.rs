//! A small language for tests: sysplexes and events in few words.
#![allow(dead_code)]

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use vipa_runtime_model::model::*;
use vipa_runtime_model::*;

pub const DVA: &str = "203.0.113.1";
pub const DVB: &str = "203.0.113.2";
pub const RANGED: &str = "198.51.100.7";
pub const SERVER: &str = "192.0.2.9:443";

pub fn ip(s: &str) -> IpAddr {
    s.parse().unwrap()
}

pub fn at(s: &str) -> SocketAddr {
    s.parse().unwrap()
}

/// Stack `T1` on system `M1`, XCF address 10.1.1.1, interface 10.0.0.1; and so on.
pub fn stack(n: u8) -> StackModel {
    StackModel {
        name: format!("T{n}"),
        job: None,
        system: format!("M{n}"),
        cpc: Some(format!("C{}", n.div_ceil(2))),
        xcf_group: "EZBTCPCS".into(),
        xcf: vec![IpAddr::from([10, 1, 1, n])],
        home: vec![HomeAddress {
            address: IpAddr::from([10, 0, 0, n]),
            link: "OSA1".into(),
            is_virtual: false,
        }],
        source_vipa: false,
        tcp_stack_source_vipa: None,
        dvipas: Vec::new(),
        ranges: Vec::new(),
        distributions: Vec::new(),
        sources: Vec::new(),
        ports: Vec::new(),
        ephemeral: None,
        network: NetworkModel {
            interfaces: vec![
                interface("OSA1", InterfaceKind::Interface, [10, 0, 0, n]),
                interface("DYNAMICXCF", InterfaceKind::DynamicXcf, [10, 1, 1, n]),
            ],
            ..NetworkModel::default()
        },
        product: ProductStack::default(),
    }
}

fn interface(name: &str, kind: InterfaceKind, address: [u8; 4]) -> InterfaceModel {
    InterfaceModel {
        name: name.into(),
        kind,
        is_virtual: false,
        addresses: vec![InterfaceAddress { address: IpAddr::from(address), deprecated: false }],
        source_vipa: None,
    }
}

pub trait Has: Sized {
    fn define(self, dvipa: &str) -> Self;
    fn define_plain(self, dvipa: &str) -> Self;
    fn backup(self, dvipa: &str, rank: u8) -> Self;
    fn range(self, subnet: &str, cluster_ports: bool) -> Self;
    fn distribute(self, dvipa: &str, ports: &[u16], targets: &[u8]) -> Self;
    fn source(self, dvipa: &str, job: &str) -> Self;
    fn port(self, port: u16, who: PortFor) -> Self;
}

fn dvipa(address: &str, origin: DvipaOrigin, cluster_ports: bool) -> DvipaModel {
    DvipaModel {
        interface: None,
        address: ip(address),
        origin,
        subnet: None,
        moveable: Some(Moveable::Immediate),
        cluster_ports,
        cpc_scope: false,
        tier: None,
        service_manager: false,
    }
}

impl Has for StackModel {
    fn define(mut self, address: &str) -> Self {
        self.dvipas.push(dvipa(address, DvipaOrigin::Define, true));
        self
    }
    fn define_plain(mut self, address: &str) -> Self {
        self.dvipas.push(dvipa(address, DvipaOrigin::Define, false));
        self
    }
    fn backup(mut self, address: &str, rank: u8) -> Self {
        self.dvipas.push(dvipa(address, DvipaOrigin::Backup(rank), false));
        self
    }
    fn range(mut self, subnet: &str, cluster_ports: bool) -> Self {
        self.ranges.push(RangeModel {
            interface: None,
            subnet: subnet.parse().unwrap(),
            non_disruptive: false,
            cluster_ports,
            saf: None,
        });
        self
    }
    fn distribute(mut self, address: &str, ports: &[u16], targets: &[u8]) -> Self {
        let targets = if targets.is_empty() {
            Targets::All
        } else {
            Targets::Xcf(
                targets
                    .iter()
                    .map(|n| Target { xcf: [10, 1, 1, *n].into(), weight: None, standby: None })
                    .collect(),
            )
        };
        self.distributions.push(DistributionModel {
            dvipa: ip(address),
            ports: ports.to_vec(),
            targets,
            cluster_ports: false,
            method: Method::RoundRobin,
            product: DistributionOptions::default(),
        });
        self
    }
    fn source(mut self, address: &str, job: &str) -> Self {
        self.sources.push(SourceModel { address: ip(address), who: SourceFor::Job(job.into()) });
        self
    }
    fn port(mut self, port: u16, who: PortFor) -> Self {
        self.ports.push(PortModel {
            first: port,
            last: port,
            tcp: true,
            who,
            share: false,
            bind: None,
            share_wlm: false,
            saf: None,
            no_autolog: false,
        });
        self
    }
}

pub fn model(stacks: Vec<StackModel>) -> Model {
    Model {
        schema_version: SCHEMA_VERSION.into(),
        sysplex: "PLEX".into(),
        tables: vipa_runtime_model::model::Tables::Founding,
        structures: Structures::default(),
        assumptions: BTreeMap::new(),
        stacks,
        jobs: Vec::new(),
    }
}

/// Three stacks: T1 owns DVA with CLUSTERPORTS and distributes port 60 of it to all three, T2 and T3 back it up;
/// APPA leaves from DVA everywhere.
pub fn three() -> Model {
    model(vec![
        stack(1).define(DVA).distribute(DVA, &[60], &[1, 2, 3]).source(DVA, "APPA"),
        stack(2).backup(DVA, 100).source(DVA, "APPA"),
        stack(3).backup(DVA, 50).source(DVA, "APPA"),
    ])
}

/// A cluster with names, in which every event is followed by a check of the invariants.
pub struct Plex {
    pub c: Cluster,
    names: BTreeMap<String, Handle>,
    pub fine: bool,
}

impl Plex {
    pub fn stopped(model: &Model) -> Self {
        Self { c: Cluster::new(model), names: BTreeMap::new(), fine: false }
    }

    pub fn new(model: &Model) -> Self {
        let mut plex = Self::stopped(model);
        for stack in plex.c.stack_ids().collect::<Vec<_>>() {
            plex.step(Event::Start(stack));
        }
        plex
    }

    pub fn stack(&self, name: &str) -> StackId {
        self.c.find_stack(name).unwrap()
    }

    pub fn handle(&mut self, name: &str) -> Handle {
        let next = Handle(u32::try_from(self.names.len()).unwrap() + 1);
        *self.names.entry(name.to_owned()).or_insert(next)
    }

    pub fn handle_of(&self, name: &str) -> Handle {
        self.names[name]
    }

    pub fn step(&mut self, event: Event) -> Outcome {
        let before = self.c.clone();
        let mode = if self.fine { Mode::Fine } else { Mode::ToQuiescence };
        let outcome = self.c.run(&event, mode, true);
        let mut broken = invariants(&self.c);
        broken.extend(refused_changes_nothing(&before, &self.c, &outcome));
        assert_eq!(broken, [], "after {event:?}");
        outcome
    }

    fn local(at: &str) -> LocalEnd {
        let (address, port) = at.rsplit_once(':').unwrap();
        LocalEnd { address: (address != "*").then(|| ip(address)), port: port.parse().unwrap() }
    }

    pub fn bind(&mut self, s: &str, job: &str, where_: &str, name: &str) -> Outcome {
        let (stack, job, socket) = (self.stack(s), self.c.job(job, None), self.handle(name));
        self.step(Event::Bind {
            stack,
            job,
            at: Self::local(where_),
            options: SocketOptions::default(),
            socket,
        })
    }

    pub fn listen(&mut self, s: &str, job: &str, where_: &str, name: &str) -> Outcome {
        let (stack, job, socket) = (self.stack(s), self.c.job(job, None), self.handle(name));
        self.step(Event::Listen {
            stack,
            job,
            at: Self::local(where_),
            options: SocketOptions::default(),
            socket,
        })
    }

    pub fn connect(&mut self, s: &str, job: &str, to: &str, name: &str) -> Outcome {
        let (stack, job, connection) = (self.stack(s), self.c.job(job, None), self.handle(name));
        self.step(Event::Connect { stack, job, to: at(to), from: None, connection })
    }

    pub fn connect_from(&mut self, s: &str, job: &str, to: &str, name: &str) -> Outcome {
        let (stack, job, connection) = (self.stack(s), self.c.job(job, None), self.handle(name));
        self.step(Event::Connect { stack, job, to: at(to), from: Some(connection), connection })
    }

    pub fn client(&mut self, from: &str, to: &str, name: &str) -> Outcome {
        let connection = self.handle(name);
        self.step(Event::ClientConnect { client: at(from), to: at(to), connection })
    }

    pub fn close(&mut self, name: &str) -> Outcome {
        let handle = self.handle(name);
        self.step(Event::Close(handle))
    }

    pub fn start(&mut self, s: &str) -> Outcome {
        self.step(Event::Start(self.stack(s)))
    }

    pub fn fail(&mut self, s: &str) -> Outcome {
        self.step(Event::Fail(self.stack(s)))
    }

    pub fn hold(&mut self, s: &str, at: CfStep) -> Outcome {
        self.step(Event::Hold { stack: self.stack(s), at })
    }

    pub fn release(&mut self, s: &str) -> Outcome {
        self.step(Event::Release(self.stack(s)))
    }

    pub fn delay(&mut self, from: &str, to: &str) -> Outcome {
        self.step(Event::Delay { from: self.stack(from), to: self.stack(to) })
    }

    pub fn deliver(&mut self, from: &str, to: &str) -> Outcome {
        self.step(Event::Deliver { from: self.stack(from), to: self.stack(to) })
    }

    pub fn obey(&mut self, config: StackModel) -> Outcome {
        self.step(Event::Obey { stack: self.stack(&config.name.clone()), config: Arc::new(config) })
    }

    pub fn status(&self, s: &str, dvipa: &str) -> &'static str {
        self.c.status(self.stack(s), ip(dvipa)).word()
    }

    pub fn owner(&self, dvipa: &str) -> Option<&str> {
        self.c.owner_of(ip(dvipa)).map(|s| self.c.stack_name(s))
    }

    pub fn ports(&self, dvipa: &str) -> Vec<u16> {
        self.c.ports_in_use(ip(dvipa))
    }

    pub fn ports_on(&self, dvipa: &str, s: &str) -> Vec<u16> {
        self.c.ports_in_use_on(ip(dvipa), self.stack(s))
    }

    pub fn targets(&self, dvipa: &str, port: u16) -> Vec<&str> {
        self.c.targets(ip(dvipa), port).into_iter().map(|s| self.c.stack_name(s)).collect()
    }
}

/// The blocks of a trace in order, with the yes or no of questions.
pub fn path(outcome: &Outcome) -> Vec<String> {
    outcome
        .trace
        .iter()
        .map(|s| match s.answer {
            Answer::Yes => format!("{} yes", s.at),
            Answer::No => format!("{} no", s.at),
            _ => s.at.to_owned(),
        })
        .collect()
}

#[track_caller]
pub fn refused(outcome: &Outcome, errno: Errno, via: &str) {
    let refusal = outcome.refusal().unwrap_or_else(|| panic!("not refused: {outcome:?}"));
    assert_eq!((refusal.errno, refusal.via), (errno, via));
}

#[track_caller]
pub fn accepted(outcome: &Outcome, source: &str, port: u16) {
    assert_eq!(outcome.verdict, Verdict::Done, "{outcome:?}");
    assert_eq!((outcome.source, outcome.port), (Some(ip(source)), Some(port)));
}
