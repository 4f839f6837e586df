//! Questions to a cluster that change nothing: those of scenarios and reports, and those that decision tables ask.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};

use serde::Serialize;

use crate::cluster::Cluster;
use crate::distribution::routing::Row;
use crate::ids::{AddrId, Handle, Job, JobId, StackId};
use crate::outcome::Ctx;
use crate::socket::{Side, Socket};
use crate::stack::Status;
use crate::tables::Route;

/// A socket or connection as others see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SocketView {
    /// Its name.
    pub handle: Handle,
    /// Its stack.
    pub stack: StackId,
    /// Owner.
    pub job: JobId,
    /// Local address; none is the unspecified one.
    pub address: Option<IpAddr>,
    /// Local port; 0 while none is chosen.
    pub port: u16,
    /// It listens.
    pub listening: bool,
    /// A UDP socket.
    pub udp: bool,
    /// Remote end and who began, for a connection.
    pub peer: Option<(SocketAddr, Side)>,
}

/// Where a packet or request of a client goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Routed {
    /// To this stack.
    To(StackId),
    /// Held at the routing stack until targets have reported.
    Held(StackId),
    /// Refused by the stack that has the address.
    Refused(StackId),
    /// No stack has the address.
    NoOwner,
}

/// Questions of scenarios and reports.
impl Cluster {
    /// Number of a stack, by name in any case.
    #[must_use]
    pub fn find_stack(&self, name: &str) -> Option<StackId> {
        self.stack_ids().find(|s| self.stack_name(*s).eq_ignore_ascii_case(name))
    }

    /// All stacks, up or not.
    pub fn stack_ids(&self) -> impl Iterator<Item = StackId> + use<> {
        (0..u16::try_from(self.stacks.len()).unwrap_or(u16::MAX)).map(StackId)
    }

    /// Name of a stack; empty for a number that no stack has.
    #[must_use]
    pub fn stack_name(&self, stack: StackId) -> &str {
        self.stack(stack).map_or("", |s| &s.config.name)
    }

    /// The configuration in effect on a stack.
    #[must_use]
    pub fn stack_config(&self, stack: StackId) -> Option<&crate::model::StackModel> {
        self.stack(stack).map(|s| &*s.config)
    }

    /// Whether a stack is up.
    #[must_use]
    pub fn is_up(&self, stack: StackId) -> bool {
        self.stack(stack).is_some_and(|s| s.up)
    }

    /// Whether a stack is up and in its XCF group.
    #[must_use]
    pub fn in_group(&self, stack: StackId) -> bool {
        self.stack(stack).is_some_and(|s| s.in_group())
    }

    /// Virtual time in seconds.
    #[must_use]
    pub fn now(&self) -> u64 {
        self.now
    }

    /// An address by number.
    #[must_use]
    pub fn address(&self, id: AddrId) -> IpAddr {
        self.names.address(id)
    }

    /// Number of an address that the cluster has heard of.
    #[must_use]
    pub fn find_address(&self, address: IpAddr) -> Option<AddrId> {
        self.names.find(address)
    }

    /// Job name and user id by number.
    #[must_use]
    pub fn job_of(&self, id: JobId) -> Option<&Job> {
        self.names.job(id)
    }

    /// The stack that owns a DVIPA; where groups differ, of the first group that has it.
    #[must_use]
    pub fn owner_of(&self, dvipa: IpAddr) -> Option<StackId> {
        let id = self.names.find(dvipa)?;
        self.stack_ids().find(|s| self.in_group(*s) && self.owns(*s, id))
    }

    /// What a DVIPA is on a stack.
    #[must_use]
    pub fn status(&self, stack: StackId, dvipa: IpAddr) -> Status {
        let found = self.names.find(dvipa).and_then(|id| self.stack(stack)?.dvipas.get(&id));
        let product = self.fixed.tables.product_state;
        let Some(d) = found else {
            let saved = self.stack(stack).is_some_and(|s| s.up && !s.joined && s.statement(dvipa).is_some());
            return if product && saved { Status::Inactivated } else { Status::Inactive };
        };
        if d.owner {
            Status::Active
        } else if d.quiescing {
            Status::Quiescing
        } else if d.moving {
            Status::Moving
        } else if d.target_of.is_some() {
            Status::Target
        } else if d.deactivated && product {
            Status::Deactivated
        } else if (d.backup.is_some() || d.define && product) && !d.deactivated {
            Status::Backup
        } else {
            Status::Inactive
        }
    }

    /// Ports of a DVIPA that are unavailable cluster-wide, ascending.
    #[must_use]
    pub fn ports_in_use(&self, dvipa: IpAddr) -> Vec<u16> {
        let Some(id) = self.names.find(dvipa) else { return Vec::new() };
        let owner = self.owner_of(dvipa).and_then(|s| self.structure(s, id));
        let found = owner.or_else(|| self.stack_ids().find_map(|s| self.structure(s, id)));
        found.map(|s| s.unavailable()).unwrap_or_default()
    }

    /// Ports of a DVIPA that a stack holds: in its own structure, or without one in its local table. Ascending.
    #[must_use]
    pub fn ports_in_use_on(&self, dvipa: IpAddr, stack: StackId) -> Vec<u16> {
        let Some(id) = self.names.find(dvipa) else { return Vec::new() };
        match self.structure(stack, id) {
            Some(structure) if structure.has(stack) => structure.in_use(stack),
            _ => self.local_ports(stack, id).map(|p| p.used.iter().collect()).unwrap_or_default(),
        }
    }

    /// Every DVIPA with structures of ports in the coupling facility, in the order of addresses, with the stacks that have a part
    /// in them.
    #[must_use]
    pub fn port_structures(&self) -> Vec<(IpAddr, Vec<StackId>)> {
        let mut all: BTreeMap<IpAddr, Vec<StackId>> = BTreeMap::new();
        for ((_, address), entry) in &self.cf.entries {
            let known = all.entry(self.address(*address)).or_default();
            known.extend(self.stack_ids().filter(|stack| entry.structure.get().has(*stack)));
        }
        for stacks in all.values_mut() {
            stacks.sort_unstable();
            stacks.dedup();
        }
        all.into_iter().collect()
    }

    /// Actual targets of a DVIPA and port, as the routing stack has them.
    #[must_use]
    pub fn targets(&self, dvipa: IpAddr, port: u16) -> Vec<StackId> {
        let Some(id) = self.names.find(dvipa) else { return Vec::new() };
        let Some(owner) = self.owner_of(dvipa) else { return Vec::new() };
        let Some(routing) = self.routing(owner, id) else { return Vec::new() };
        let product = self.fixed.tables.product_state;
        let ready = |row: &Row, target: StackId| {
            !product || crate::product::targets::ready_row(self, row, id, port, target) > 0
        };
        let rows = routing.dpt.range((port, StackId(0))..=(port, StackId(u16::MAX)));
        rows.filter(|((_, s), row)| ready(row, *s)).map(|((_, s), _)| *s).collect()
    }

    /// Where a packet or request goes, without changing anything.
    #[must_use]
    pub fn route_of(&self, client: SocketAddr, to: SocketAddr) -> Routed {
        self.look_up(&mut Ctx::new(false), client, to)
    }

    pub(crate) fn look_up(&self, ctx: &mut Ctx, client: SocketAddr, to: SocketAddr) -> Routed {
        let Some((owner, address)) = self.receiver(to.ip()) else { return Routed::NoOwner };
        match (self.fixed.tables.route)(self, ctx, owner, address, to.port(), client) {
            Route::Existing(s) | Route::Unique(s) | Route::Distributed(s) | Route::Own(s) => Routed::To(s),
            Route::Held => Routed::Held(owner),
            Route::Refused => Routed::Refused(owner),
        }
    }

    /// Stack that packets to an address reach first.
    pub(crate) fn receiver(&self, address: IpAddr) -> Option<(StackId, AddrId)> {
        let id = self.names.find(address)?;
        if let Some(owner) = self.owner_of(address) {
            return Some((owner, id));
        }
        let home = self.stack_ids().find(|s| self.is_up(*s) && self.is_home(*s, id));
        home.map(|s| (s, id))
    }

    /// Live connections of a stack.
    #[must_use]
    pub fn connections(&self, stack: StackId) -> Vec<SocketView> {
        self.sockets().filter(|s| s.stack == stack && s.peer.is_some()).collect()
    }

    /// Sockets and connections, by handle.
    pub fn sockets(&self) -> impl Iterator<Item = SocketView> + '_ {
        self.sockets.all.iter().map(|(handle, s)| self.view(*handle, s))
    }

    /// Whether a stack has a listener at an address itself, on a port.
    #[must_use]
    pub fn is_listening_at(&self, stack: StackId, address: IpAddr, port: u16) -> bool {
        self.names.find(address).is_some_and(|id| id != AddrId::ANY && self.listens_at(stack, id, port))
    }

    /// One socket or connection.
    #[must_use]
    pub fn socket_view(&self, handle: Handle) -> Option<SocketView> {
        self.socket(handle).map(|s| self.view(handle, s))
    }

    fn view(&self, handle: Handle, s: &Socket) -> SocketView {
        SocketView {
            handle,
            stack: s.stack,
            job: s.job,
            address: (s.local != AddrId::ANY).then(|| self.address(s.local)),
            port: s.port,
            listening: s.listening,
            udp: s.udp,
            peer: s.peer,
        }
    }
}
