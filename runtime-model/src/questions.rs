//! What decision tables ask of a cluster. Nothing here changes anything.

use std::net::{IpAddr, SocketAddr};

use crate::assumption::Assumption;
use crate::bits::Bits;
use crate::cf::structure::PortStructure;
use crate::cluster::Cluster;
use crate::distribution::messages::{Message, Rule};
use crate::distribution::routing::Routing;
use crate::ids::{AddrId, Handle, JobId, StackId};
use crate::model::{RangeModel, Structures};
use crate::ports::LocalPorts;
use crate::socket::Socket;

/// Questions of decision tables.
impl Cluster {
    pub(crate) fn socket(&self, handle: Handle) -> Option<&Socket> {
        self.sockets.all.get(&handle)
    }

    /// Form of the structures.
    #[must_use]
    pub fn structures(&self) -> Structures {
        self.fixed.structures
    }

    /// Structures of an address in the group of the stack.
    pub(crate) fn structure(&self, stack: StackId, address: AddrId) -> Option<&dyn PortStructure> {
        self.cf.structure(self.key(stack, address))
    }

    /// Both up, in the same XCF group, and not the same.
    #[must_use]
    pub fn is_partner(&self, a: StackId, b: StackId) -> bool {
        a != b && self.same_group(a, b) && self.in_group(a) && self.in_group(b)
    }

    /// What the coupling facility keeps an address under: structures are for one group.
    pub(crate) fn key(&self, stack: StackId, address: AddrId) -> crate::cf::Key {
        (self.fixed.group.get(usize::from(stack.0)).copied().unwrap_or(u16::MAX), address)
    }

    pub(crate) fn same_group(&self, a: StackId, b: StackId) -> bool {
        let group = |s: StackId| self.fixed.group.get(usize::from(s.0));
        group(a) == group(b)
    }

    /// F7:710: address that a SOURCEIPA entry of the stack gives this application.
    #[must_use]
    pub fn source_entry(&self, stack: StackId, job: JobId) -> Option<AddrId> {
        let address = self.stack(stack)?.sources.find(self.names.job(job)?)?;
        self.names.find(address)
    }

    /// SOURCEVIPA, else the address of the outbound interface, else the dynamic XCF address.
    ///
    /// Routes are not modelled: the first physical interface of the family is the outbound one.
    #[must_use]
    pub fn conventional_source(&self, stack: StackId, to: IpAddr) -> Option<AddrId> {
        let config = &self.stack(stack)?.config;
        let family = |a: IpAddr| a.is_ipv4() == to.is_ipv4();
        let home = || config.home.iter().filter(|h| family(h.address));
        let out = home().position(|h| !h.is_virtual);
        if config.source_vipa {
            let before = home().take(out.unwrap_or(0)).filter(|h| h.is_virtual).last();
            if let Some(vipa) = before.or_else(|| home().find(|h| h.is_virtual)) {
                return self.names.find(vipa.address);
            }
        }
        let interface = home().find(|h| !h.is_virtual).or_else(|| home().next()).map(|h| h.address);
        interface.or_else(|| config.xcf.iter().copied().find(|a| family(*a))).and_then(|a| self.names.find(a))
    }

    /// In the HOME list, or a dynamic XCF address.
    #[must_use]
    pub fn is_home(&self, stack: StackId, address: AddrId) -> bool {
        self.stack(stack).is_some_and(|s| s.home.contains(&address))
    }

    /// F7:720, F11:1120: the stack holds it as a DVIPA, or some stack of the cluster configures it as one.
    #[must_use]
    pub fn is_dvipa(&self, stack: StackId, address: AddrId) -> bool {
        let Some(s) = self.stack(stack) else { return false };
        if s.dvipas.contains_key(&address) {
            return true;
        }
        if s.home.contains(&address) || address == AddrId::ANY {
            return false;
        }
        let ip = self.address(address);
        self.dvipas.contains(&address)
            || s.config.ranges.iter().any(|r| r.subnet.contains(&ip))
            || self.stacks.iter().any(|s| s.config.ranges.iter().any(|r| r.subnet.contains(&ip)))
    }

    /// F7:735, F11:1135: VIPADEFINE, VIPABACKUP, inside a VIPARANGE, or target.
    #[must_use]
    pub fn is_configured(&self, stack: StackId, address: AddrId) -> bool {
        self.stack(stack).is_some_and(|s| s.dvipas.get(&address).is_some_and(|d| d.configured()))
            || self.range_of(stack, address).is_some()
    }

    /// F7:745, F11:1145: owner, or target of an address that some stack owns.
    #[must_use]
    pub fn is_active(&self, stack: StackId, address: AddrId) -> bool {
        let Some(d) = self.stack(stack).and_then(|s| s.dvipas.get(&address)) else { return false };
        d.owner || (d.target_of.is_some() && self.owner(address, stack).is_some())
    }

    /// The answer in force to an open point.
    #[must_use]
    pub fn answer(&self, assumption: Assumption) -> &'static str {
        self.fixed.choices.answer(assumption)
    }

    /// The address lost its owner and has no other yet.
    pub(crate) fn is_lost(&self, stack: StackId, address: AddrId) -> bool {
        self.lost.contains(&self.key(stack, address))
    }

    /// The stack of this one's group that had the address last, in a cluster of the product.
    pub(crate) fn last_owner(&self, stack: StackId, address: AddrId) -> Option<StackId> {
        self.last_owner.get(&self.key(stack, address)).copied()
    }

    /// Connections of a stack at an address.
    pub(crate) fn connection_count(&self, stack: StackId, address: AddrId) -> usize {
        self.connections_at(stack, address).len()
    }

    /// Connections of the stack can have the address: no DVIPA, or an active one, or one that was given away or taken off
    /// while sockets had it.
    #[must_use]
    pub fn is_here(&self, stack: StackId, address: AddrId) -> bool {
        match self.stack(stack).and_then(|s| s.dvipas.get(&address)) {
            Some(d) => d.moving || d.quiescing || self.is_active(stack, address),
            None => self.is_home(stack, address),
        }
    }

    /// The stack owns the address.
    #[must_use]
    pub fn owns(&self, stack: StackId, address: AddrId) -> bool {
        self.stack(stack).is_some_and(|s| s.dvipas.get(&address).is_some_and(|d| d.owner))
    }

    /// Owner of an address in the group of `viewer`.
    #[must_use]
    pub fn owner(&self, address: AddrId, viewer: StackId) -> Option<StackId> {
        if self.owns(viewer, address) {
            return Some(viewer);
        }
        // The stack that named this one a target is the likely one.
        let likely = self.stack(viewer).and_then(|s| s.dvipas.get(&address)).and_then(|d| d.target_of);
        if let Some(likely) = likely.filter(|s| self.in_group(*s) && self.owns(*s, address)) {
            return Some(likely);
        }
        self.stack_ids().find(|s| self.same_group(*s, viewer) && self.in_group(*s) && self.owns(*s, address))
    }

    /// VIPARANGE of the stack that covers the address.
    #[must_use]
    pub fn range_of(&self, stack: StackId, address: AddrId) -> Option<&RangeModel> {
        self.stack(stack)?.range(self.names.address(address))
    }

    /// The address came from a VIPARANGE, or would.
    #[must_use]
    pub fn from_range(&self, stack: StackId, address: AddrId) -> bool {
        match self.stack(stack).and_then(|s| s.dvipas.get(&address)) {
            Some(d) => d.range.is_some(),
            None => self.range_of(stack, address).is_some(),
        }
    }

    /// Whether the owner gives a range address to another stack that asks.
    #[must_use]
    pub fn lets_go(&self, owner: StackId, address: AddrId) -> bool {
        self.stack(owner)
            .and_then(|s| s.dvipas.get(&address))
            .is_some_and(|d| d.range.is_some() && d.non_disruptive)
    }

    /// CLUSTERPORTS in force for the address on the stack; for one that is not active yet, by the range that covers it.
    #[must_use]
    pub fn cluster_ports(&self, stack: StackId, address: AddrId) -> bool {
        let Some(s) = self.stack(stack) else { return false };
        match s.dvipas.get(&address) {
            Some(d) => d.cluster_ports,
            None if s.config.ranges.is_empty() => false,
            None => s.range(self.names.address(address)).is_some_and(|r| r.cluster_ports),
        }
    }

    /// Number of stacks of this one's group that hold a port of the address in the coupling facility.
    #[must_use]
    pub fn holders(&self, stack: StackId, address: AddrId, port: u16) -> u32 {
        self.structure(stack, address).map_or(0, |s| s.holders(port))
    }

    /// Whether this stack is one of them.
    #[must_use]
    pub fn holds(&self, stack: StackId, address: AddrId, port: u16) -> bool {
        if self.fixed.structures.stack_structures {
            return self.structure(stack, address).is_some_and(|s| s.holds(stack, port));
        }
        self.local_ports(stack, address).is_some_and(|p| p.claimed.contains(port))
    }

    pub(crate) fn local_ports(&self, stack: StackId, address: AddrId) -> Option<&LocalPorts> {
        self.stack(stack)?.ports.get(&address)
    }

    pub(crate) fn reserved_ports(&self, stack: StackId) -> &Bits {
        static NONE: std::sync::LazyLock<Bits> = std::sync::LazyLock::new(|| Bits::new(false));
        self.stack(stack).map_or(&*NONE, |s| &s.reserved)
    }

    /// First and last ephemeral port that the stack's profile asks for.
    #[must_use]
    pub fn ephemeral_range(&self, stack: StackId) -> Option<(u16, u16)> {
        self.stack(stack)?.config.ephemeral
    }

    pub(crate) fn routing(&self, stack: StackId, address: AddrId) -> Option<&Routing> {
        self.stack(stack)?.routing.get(&address)
    }

    /// VIPADISTRIBUTE statements in force for an address, as this stack knows them.
    pub(crate) fn rules_for(&self, stack: StackId, address: AddrId) -> Option<&[Rule]> {
        let s = self.stack(stack)?;
        if let Some(routing) = s.routing.get(&address) {
            return Some(&routing.rules);
        }
        let from = s.dvipas.get(&address)?.target_of?;
        s.heard.get(&from)?.get(address).map(|d| d.rules.as_slice())
    }

    /// The address is distributed, as this stack knows.
    #[must_use]
    pub fn is_distributed(&self, stack: StackId, address: AddrId) -> bool {
        self.rules_for(stack, address).is_some_and(|rules| !rules.is_empty())
    }

    /// Ports that VIPADISTRIBUTE lists for the address: never chosen for a connection (F9:935).
    #[must_use]
    pub fn listed_ports(&self, stack: StackId, address: AddrId) -> Vec<u16> {
        let Some(rules) = self.rules_for(stack, address) else { return Vec::new() };
        rules.iter().flat_map(|r| r.ports.iter().copied()).filter(|p| *p > 1024).collect()
    }

    /// A port that several candidate targets may listen on: a listed one, or with no list one that a PORT statement
    /// of the stack reserves.
    #[must_use]
    pub fn is_shared_listener_port(&self, stack: StackId, address: AddrId, port: u16) -> bool {
        self.fixed.choices.shared_listener_ports
            && self.rules_for(stack, address).is_some_and(|rules| {
                rules.iter().filter(|r| r.names(stack)).any(|r| {
                    if r.ports.is_empty() { self.reserved_ports(stack).contains(port) } else { r.lists(port) }
                })
            })
    }

    /// Live stack with the highest rank for an address: VIPADEFINE before any VIPABACKUP; of equal ones the first.
    #[must_use]
    pub fn successor(&self, address: AddrId, viewer: StackId) -> Option<StackId> {
        let rank = |s: &StackId| {
            let d = self.stack(*s)?.dvipas.get(&address)?;
            let rank = if d.define { Some(u16::from(u8::MAX)) } else { d.backup.map(u16::from) };
            rank.filter(|_| !d.deactivated && !d.owner && (self.fixed.tables.may_take)(self, *s, address))
        };
        let last = self.fixed.choices.answer(Assumption::EqualRank) == "last";
        let place = |s: StackId| if last { s.0 } else { u16::MAX - s.0 };
        self.stack_ids()
            .filter(|s| self.same_group(*s, viewer) && self.in_group(*s))
            .filter_map(|s| rank(&s).map(|r| (r, place(s), s)))
            .max()
            .map(|(.., s)| s)
    }

    /// Another live candidate has the same rank.
    pub(crate) fn is_rank_shared(&self, stack: StackId, address: AddrId) -> bool {
        let d = |s: StackId| self.stack(s).and_then(|s| s.dvipas.get(&address));
        let rank = |s: StackId| d(s).filter(|d| !d.deactivated).map(|d| (d.define, d.backup));
        self.stack_ids().any(|s| self.is_partner(stack, s) && rank(s).is_some() && rank(s) == rank(stack))
    }

    /// A stack has told the routing stack of a connection with these ends, and the message is under way (003#15).
    #[must_use]
    pub fn is_told(&self, owner: StackId, address: AddrId, port: u16, peer: SocketAddr) -> bool {
        let told = Message::Begun { address, port, peer };
        self.net.iter().any(|e| e.to == owner && e.message == told)
    }

    /// The stack has a listener that would take a connection to the address and port.
    #[must_use]
    pub fn listens(&self, stack: StackId, address: AddrId, port: u16) -> bool {
        self.listener(stack, address, port).is_some()
    }

    pub(crate) fn listener(&self, stack: StackId, address: AddrId, port: u16) -> Option<Handle> {
        let at = |local: AddrId| {
            let from = (stack, local, port, Handle(0));
            let to = (stack, local, port, Handle(u32::MAX));
            self.sockets.listeners.range(from..=to).next().map(|(_, _, _, h)| *h)
        };
        at(address).or_else(|| at(AddrId::ANY))
    }

    /// Workload distribution: the ready target with most turns left, of equal ones the first.
    #[must_use]
    pub fn next_target(&self, owner: StackId, address: AddrId, port: u16) -> Option<StackId> {
        let routing = self.routing(owner, address)?;
        let rows = routing.dpt.range((port, StackId(0))..=(port, StackId(u16::MAX)));
        rows.filter(|((_, s), _)| !self.stack(*s).is_some_and(|s| s.reports.quiesced.contains(&port)))
            .filter(|((_, s), _)| self.weight(*s, address, port) > 0)
            .max_by_key(|((_, s), row)| (row.credit, std::cmp::Reverse(*s)))
            .map(|((_, s), _)| *s)
    }

    /// Turns of a target: the weight of its server as WLM reports it, times responsiveness and health.
    pub(crate) fn weight(&self, stack: StackId, address: AddrId, port: u16) -> u16 {
        let Some(s) = self.stack(stack) else { return 0 };
        let job = self.listener(stack, address, port).and_then(|h| self.socket(h)).map(|s| s.job);
        let raw = job.and_then(|j| s.reports.weights.get(&j)).copied().unwrap_or(1);
        let percent = |p: Option<u16>| u32::from(p.unwrap_or(100).min(100));
        let health = percent(job.and_then(|j| s.reports.health.get(&j)).copied());
        let scaled = u32::from(raw) * percent(s.reports.tsr) * health;
        // A responsive server with a small weight still gets its turn.
        u16::try_from(scaled.div_ceil(10_000)).unwrap_or(u16::MAX)
    }
}
