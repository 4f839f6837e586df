//! A set of decision tables: pure questions to a cluster. The engine asks them and carries out what they answer.
//!
//! [`crate::founding::TABLES`] is the set of the founding documents. A test may put another function in any place and
//! run the same cluster with it.

use std::net::SocketAddr;

use crate::cluster::Cluster;
use crate::event::SocketOptions;
use crate::ids::{AddrId, Handle, JobId, StackId};
use crate::outcome::{Ctx, Refusal};

/// A bind or listen request, with its address known by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct BindRequest {
    /// Stack asked.
    pub stack: StackId,
    /// Who asks.
    pub job: JobId,
    /// Local address, or [`AddrId::ANY`].
    pub address: AddrId,
    /// Local port, 0 for an ephemeral one.
    pub port: u16,
    /// Options.
    pub options: SocketOptions,
    /// Name of the socket.
    pub socket: Handle,
    /// listen() follows.
    pub listen: bool,
}

/// A connect request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ConnectRequest {
    /// Stack asked.
    pub stack: StackId,
    /// Who asks.
    pub job: JobId,
    /// Remote end.
    pub to: SocketAddr,
    /// Bound socket, if any.
    pub from: Option<Handle>,
    /// Name of the connection.
    pub connection: Handle,
}

/// A source address that was chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// The address.
    pub address: AddrId,
    /// It is inside a VIPARANGE and must be activated first (F7:760).
    pub activate: bool,
}

/// How the port of an outbound connection is to be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PortPlan {
    /// The local table gives one.
    Local,
    /// The socket's own port; `claim` when this stack must claim it in the coupling facility first.
    Bound {
        /// The port.
        port: u16,
        /// Not held in the coupling facility yet.
        claim: bool,
    },
    /// One that is available cluster-wide.
    Cluster,
}

/// What the end of a connection or socket asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClosePlan {
    /// Nothing beyond the local table.
    Local,
    /// The port is given back in the coupling facility.
    Cluster,
}

/// What figure 8 has to do for one DVIPA on one stack.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct InitPlan {
    /// Structures are made where they are not there.
    pub create: bool,
    /// The stack's own connection table is scanned.
    pub scan: bool,
    /// The connection routing table is searched on behalf of the targets (F8A only).
    pub search_routes: bool,
    /// Connections that run already are marked, so that figure 10 runs when they end.
    pub mark: bool,
}

/// Where a request or packet goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    /// The stack that has the connection already (current routing table).
    Existing(StackId),
    /// The stack of a unique port.
    Unique(StackId),
    /// An actual target, by workload distribution.
    Distributed(StackId),
    /// The routing stack itself.
    Own(StackId),
    /// Held until live targets have reported.
    Held,
    /// Nobody listens.
    Refused,
}

/// A set of decision tables.
#[derive(Clone, Copy)]
pub struct Tables {
    /// Name, for reports and for telling clusters apart.
    pub name: &'static str,
    /// Figures 3 and 7: source address of an outbound connection.
    pub source: fn(&Cluster, &mut Ctx, &ConnectRequest) -> Result<Source, Refusal>,
    /// Figures 4 and 9 up to block 920: how the port is found.
    pub port: fn(&Cluster, &mut Ctx, &ConnectRequest, AddrId) -> Result<PortPlan, Refusal>,
    /// F9:935: the port, from the structures as they are under the lock. No remote end for a listener.
    pub choose: fn(&Cluster, &mut Ctx, StackId, AddrId, Option<SocketAddr>) -> Option<u16>,
    /// F9:910, 950: the port, from the local table.
    pub local_port: fn(&Cluster, StackId, AddrId) -> Option<u16>,
    /// F11:1100, 1102: whether the coupling facility must be asked.
    pub bind_marked: fn(&Cluster, &mut Ctx, &BindRequest) -> bool,
    /// F11:1105, under the lock.
    pub bind_port: fn(&Cluster, &mut Ctx, &BindRequest) -> Result<(), Refusal>,
    /// F11:1120-1160: whether the address will do; true when it must be activated.
    pub bind_address: fn(&Cluster, &mut Ctx, &BindRequest) -> Result<bool, Refusal>,
    /// Figures 5 and 10, for the last holder of a port.
    pub close: fn(&Cluster, &mut Ctx, StackId, AddrId) -> ClosePlan,
    /// Figures 8A and 8B; the flag says that CLUSTERPORTS came by VARY OBEY.
    pub initialise: fn(&Cluster, &mut Ctx, StackId, AddrId, bool) -> InitPlan,
    /// F12: whether this stack clears the structures of failed stacks for the address.
    pub recovers: fn(&Cluster, StackId, AddrId) -> bool,
    /// Whether an address without owner is for this stack to take over.
    pub takes_over: fn(&Cluster, StackId, AddrId) -> bool,
    /// Whether the routing stack hears of a listener on this stack: its local address, its port, the DVIPA.
    pub reported: fn(&Cluster, StackId, AddrId, u16, AddrId) -> bool,
    /// Whether a listener on the DVIPA gets a route of its own.
    pub unique: fn(&Cluster, StackId, AddrId, u16) -> bool,
    /// Order of the tables that a request or packet is looked up in.
    pub route: fn(&Cluster, &mut Ctx, StackId, AddrId, u16, SocketAddr) -> Route,
    /// A refused connect leaves behind the address that it activated. False in every sound set.
    pub keep_failed_activation: bool,
    /// An owner keeps the address when another stack takes it. False in every sound set.
    pub keep_old_owner: bool,
    /// The lock of a failed stack is broken when its failure is heard of.
    pub break_locks: bool,
    /// The routing stack drops the routes of a failed stack.
    pub drop_routes: bool,
}

impl std::fmt::Debug for Tables {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tables").field("name", &self.name).finish_non_exhaustive()
    }
}

impl PartialEq for Tables {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Tables {}
