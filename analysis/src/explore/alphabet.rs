//! What can happen next in a search.

use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use runtime_model::event::{Kind, LocalEnd, Request, SocketOptions};
use runtime_model::model::Model;
use runtime_model::{Cluster, Event, Handle, JobId, StackId};

use super::Bounds;

/// A partner outside; any will do, as only its difference from others matters.
const SERVER: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::new(192, 0, 2, 9)), 443);
const CLIENT: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 200));
/// A port that no VIPADISTRIBUTE lists.
const PLAIN_PORT: u16 = 5000;

/// What a path has used up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Spent {
    /// Failures.
    pub faults: u32,
    /// Requests.
    pub requests: u32,
    /// Which requests, whatever their order, where the search is one of several parts and may still ask.
    pub which: u64,
}

/// The requests that a sysplex can meet, worked out once.
pub struct Alphabet {
    requests: Vec<Event>,
    first: u32,
    shard: (u32, u32),
    every_step: bool,
    faults: u32,
    most: u32,
    overlap: usize,
    fault_overlap: usize,
}

impl Alphabet {
    /// Takes jobs, DVIPAs and ports from the configurations.
    pub fn new(model: &Model, cluster: &mut Cluster, bounds: &Bounds) -> Self {
        let first = cluster.sockets().map(|socket| socket.handle.0).max().unwrap_or(0).saturating_add(1);
        let mut alphabet = Self {
            requests: Vec::new(),
            first,
            shard: bounds.shard,
            every_step: bounds.every_step,
            faults: bounds.faults,
            most: bounds.requests,
            overlap: bounds.overlap,
            fault_overlap: bounds.fault_overlap,
        };
        let services = services(cluster);
        // Numbered now, so that states do not differ in which address was mentioned first.
        cluster.know(services.iter().map(|(dvipa, _)| *dvipa));
        for (stack, job) in instances(model, cluster) {
            alphabet.job(stack, job, &services);
        }
        for (dvipa, port) in services {
            alphabet.requests.push(Event::ClientConnect {
                client: SocketAddr::new(CLIENT, 0),
                to: SocketAddr::new(dvipa, port),
                connection: Handle(0),
            });
        }
        alphabet
    }

    fn job(&mut self, stack: StackId, job: JobId, services: &BTreeSet<(IpAddr, u16)>) {
        self.requests.push(Event::Connect { stack, job, to: SERVER, from: None, connection: Handle(0) });
        let options = SocketOptions::default();
        let mut bind = |address, port| {
            let at = LocalEnd { address, port };
            self.requests.push(Event::Bind { stack, job, at, options, socket: Handle(0) });
        };
        bind(None, PLAIN_PORT);
        for (dvipa, _) in services {
            bind(Some(*dvipa), PLAIN_PORT);
        }
        for (dvipa, port) in services {
            for port in [0, *port] {
                let at = LocalEnd { address: Some(*dvipa), port };
                self.requests.push(Event::Listen { stack, job, at, options, socket: Handle(0) });
            }
        }
    }

    /// A step that a search takes at once, in every state in which there is one: see [`Cluster::is_private`].
    pub fn private(&self, cluster: &Cluster, spent: Spent) -> Option<Event> {
        if self.every_step {
            return None;
        }
        // With a bound of none under way, a failure comes when no work is in hand.
        let failures = spent.faults < self.faults && self.fault_overlap > 0;
        cluster.stack_ids().find(|stack| cluster.is_private(*stack, failures)).map(Event::Step)
    }

    /// Every event that may come next, in a fixed order.
    pub fn moves(&self, cluster: &Cluster, spent: Spent) -> Vec<Event> {
        let mut moves = cluster.enabled();
        let messages = moves.iter().filter(|event| matches!(event, Event::Deliver { .. })).count();
        let under_way = messages + cluster.at_work();
        if spent.faults < self.faults && under_way <= self.fault_overlap {
            moves.extend(cluster.stack_ids().filter(|stack| cluster.is_up(*stack)).map(Event::Fail));
        }
        if under_way > self.overlap {
            return moves;
        }
        moves.extend(cluster.stack_ids().filter(|stack| !cluster.is_up(*stack)).map(Event::Start));
        if spent.requests < self.most {
            let able = self.requests.iter().enumerate();
            let able = able.filter(|(_, event)| asked(event).is_none_or(|stack| cluster.is_up(stack)));
            let asked = able.map(|(place, event)| {
                let (handle, nth) = self.handle(cluster, place);
                numbered(event, handle, nth)
            });
            let unconnected = cluster.sockets().filter(|s| s.peer.is_none() && !s.listening && !s.udp);
            let connects = unconnected.map(|socket| {
                let (stack, job, from) = (socket.stack, socket.job, Some(socket.handle));
                Event::Connect { stack, job, to: SERVER, from, connection: socket.handle }
            });
            moves.extend(asked.chain(connects).filter(|event| self.is_ours(spent, event)));
        }
        moves.extend(cluster.sockets().map(|socket| Event::Close(socket.handle)));
        moves
    }

    /// A free name for the socket of a request, and how many of its names were taken. It tells which request it was, not which
    /// came first: the same sockets have the same names whatever the order in which they were asked for, so that such states
    /// are one.
    fn handle(&self, cluster: &Cluster, place: usize) -> (Handle, u32) {
        let most = self.most.max(1);
        let place = u32::try_from(place).unwrap_or(u32::MAX);
        let mut handle = Handle(self.first.saturating_add(place.saturating_mul(most)));
        let mut nth = 0_u32;
        while cluster.is_named(handle) {
            handle = Handle(handle.0.saturating_add(1));
            nth = nth.saturating_add(1);
        }
        (handle, nth)
    }

    /// Whether this part of a search asks this: the last request of a path decides, by all the requests of the path, whatever
    /// their order. What is asked before is every part's.
    fn is_ours(&self, spent: Spent, event: &Event) -> bool {
        let (part, parts) = self.shard;
        parts <= 1
            || spent.requests.saturating_add(1) < self.most
            || (spent.which.wrapping_add(self.kind(event)) >> 32) % u64::from(parts) == u64::from(part)
    }

    /// A number for a request, the same for its like.
    fn kind(&self, event: &Event) -> u64 {
        let handle = event.handle().map_or(0, |handle| handle.0);
        let place = match handle.checked_sub(self.first) {
            Some(ours) => u64::from(ours / self.most.max(1)),
            None => u64::from(handle) << 32,
        };
        let again = matches!(event, Event::Connect { from: Some(_), .. });
        mixed(place.wrapping_mul(2).wrapping_add(u64::from(again)))
    }

    /// What a path has used up behind an event.
    pub fn spend(&self, spent: Spent, event: &Event) -> Spent {
        if let Event::Fail(_) = event {
            return Spent { faults: spent.faults.saturating_add(1), ..spent };
        }
        match event.kind() {
            Kind::Request(Request::Bind { .. } | Request::Connect { .. } | Request::Client { .. }) => {
                let requests = spent.requests.saturating_add(1);
                let tell = self.shard.1 > 1 && requests < self.most;
                let which = if tell { spent.which.wrapping_add(self.kind(event)) } else { 0 };
                Spent { requests, which, ..spent }
            }
            Kind::Request(
                Request::Open { .. }
                | Request::Send { .. }
                | Request::Define
                | Request::Delete
                | Request::Packet { .. },
            )
            | Kind::End(_)
            | Kind::Servers { .. }
            | Kind::Life
            | Kind::Command
            | Kind::Course => spent,
        }
    }
}

/// DVIPAs with a port each: the first that a VIPADISTRIBUTE lists, else one that none lists. An address of a VIPARANGE counts
/// where an application is to leave from it.
fn services(cluster: &Cluster) -> BTreeSet<(IpAddr, u16)> {
    let mut services = BTreeSet::new();
    for config in cluster.stack_ids().filter_map(|stack| cluster.stack_config(stack)) {
        for distribution in &config.distributions {
            services.insert((distribution.dvipa, distribution.ports.first().copied().unwrap_or(PLAIN_PORT)));
        }
    }
    let distributed: BTreeSet<IpAddr> = services.iter().map(|(dvipa, _)| *dvipa).collect();
    for config in cluster.stack_ids().filter_map(|stack| cluster.stack_config(stack)) {
        for dvipa in config.dvipas.iter().filter(|dvipa| !distributed.contains(&dvipa.address)) {
            services.insert((dvipa.address, PLAIN_PORT));
        }
        let ranged = |address: &IpAddr| config.ranges.iter().any(|range| range.subnet.contains(address));
        let sources = config.sources.iter().map(|source| source.address);
        services.extend(sources.filter(ranged).map(|address| (address, PLAIN_PORT)));
    }
    services
}

/// Which job runs on which stack; where the description tells none, one of no particular name runs on all.
fn instances(model: &Model, cluster: &mut Cluster) -> Vec<(StackId, JobId)> {
    let mut instances = Vec::new();
    for job in &model.jobs {
        let id = cluster.job(&job.name, job.user.as_deref());
        instances
            .extend(job.stacks.iter().filter_map(|stack| cluster.find_stack(stack)).map(|stack| (stack, id)));
    }
    if instances.is_empty() {
        let id = cluster.job("ANYJOB", None);
        instances.extend(cluster.stack_ids().map(|stack| (stack, id)));
    }
    instances.sort_unstable();
    instances
}

/// SplitMix64: spreads small numbers over all bits.
pub fn mixed(number: u64) -> u64 {
    let mut word = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    word ^ (word >> 31)
}

fn asked(event: &Event) -> Option<StackId> {
    if let Event::Bind { stack, .. } | Event::Listen { stack, .. } | Event::Connect { stack, .. } = event {
        Some(*stack)
    } else {
        None
    }
}

/// The request with a number for its socket, and for a client a port that none of its like has.
fn numbered(event: &Event, handle: Handle, nth: u32) -> Event {
    let mut event = event.clone();
    if let Event::Bind { socket, .. } | Event::Listen { socket, .. } = &mut event {
        *socket = handle;
    } else if let Event::Connect { connection, .. } = &mut event {
        *connection = handle;
    } else if let Event::ClientConnect { connection, client, .. } = &mut event {
        *connection = handle;
        client.set_port(40_000_u16.saturating_add(u16::try_from(nth).unwrap_or(u16::MAX)));
    }
    event
}
