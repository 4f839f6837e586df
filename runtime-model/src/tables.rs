//! A set of decision tables: pure questions to a cluster. The engine asks them and carries out what they answer.
//!
//! [`crate::founding::TABLES`] is the set of the founding documents. A test may put another function in any place and
//! run the same cluster with it.

use std::net::SocketAddr;

use crate::cluster::Cluster;
use crate::event::SocketOptions;
use crate::ids::{AddrId, Handle, JobId, StackId};
use crate::outcome::{Ctx, Refusal};
use crate::socket::BoundBy;
use crate::stack::RangeOrigin;

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
    /// Who gave the local address; nobody until the request is admitted.
    pub bound: BoundBy,
}

/// A request that may go on, with the address that it is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Admission {
    /// Local address, or [`AddrId::ANY`].
    pub address: AddrId,
    /// Who gave it.
    pub by: BoundBy,
}

/// One datagram of UDP or of a raw socket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SendRequest {
    /// Stack asked.
    pub stack: StackId,
    /// Who asks.
    pub job: JobId,
    /// Remote end.
    pub to: SocketAddr,
    /// Its socket, if it has one of its own.
    pub from: Option<Handle>,
    /// Options of the message.
    pub options: SocketOptions,
}

/// When and where bind() to port 0 takes a port.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EphemeralPlan {
    /// At connect() or listen().
    Later,
    /// The local table gives one.
    Local,
    /// The coupling facility is asked, under the local address.
    Cluster,
    /// This one, of a block that the stack has while the coupling facility cannot be reached.
    Own(u16),
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
    /// This one, of a block that the stack has while the coupling facility cannot be reached.
    Own(u16),
}

/// Marks that the engine puts behind what it does for every set: where the sources describe it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marks {
    /// The structures are obtained and locked, then returned and unlocked: to choose a port.
    pub choose: (&'static str, &'static str),
    /// The same for a port that bind() names, and for figure 8.
    pub bind: (&'static str, &'static str),
    /// The same to give a port back.
    pub give: (&'static str, &'static str),
    /// The same after a failure.
    pub recover: (&'static str, &'static str),
    /// Structures are made: cluster-wide, stack-specific; empty where that is not told.
    pub made: (&'static str, &'static str),
    /// A port is given back.
    pub given: &'static str,
    /// A failure is heard of.
    pub heard: &'static str,
    /// Ports of a failed stack are made available.
    pub recovered: &'static str,
    /// The port is marked in the local table.
    pub local: &'static str,
    /// The connection is open.
    pub opened: &'static str,
    /// Source addresses of applications are read.
    pub sources: (&'static str, &'static str),
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

/// What a stack does about a DVIPA that it configures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settle {
    /// Nothing: another stack has it, or this one may not be the first.
    Stay,
    /// It becomes the owner.
    Take,
    /// It becomes the successor of an owner that was lost.
    TakeOver,
}

/// On what grounds a stack takes an address from a living one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    /// VIPADEFINE or VIPABACKUP.
    Statement,
    /// VIPARANGE, by this request.
    Range(RangeOrigin),
}

/// What stays on a stack that owns an address no longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remains {
    /// Connections end at once.
    Nothing,
    /// There is nothing to keep.
    Idle,
    /// Connections live on; packets arrive by the new owner.
    Moving,
    /// Connections live on after an operator or a statement ended the address here.
    Quiescing,
}

/// What a bind or ioctl for an address of a VIPARANGE comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Created {
    /// The DVIPA is here already and can be used.
    There,
    /// The same, with a warning code.
    Warned,
    /// It is made now; another stack that has it gives it away.
    New,
}

/// Why the running stack refuses a VIPADEFINE or VIPABACKUP (04 1.2, 1.3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rejection {
    /// Bind or ioctl has the address, here or elsewhere.
    InUse,
    /// IPv6: this stack pairs the interface name or the address with another one.
    Pair(StackId),
    /// The security label of the address's zone does not fit the stack: label of the zone, of the stack.
    Label(Option<String>, String),
}

/// Why a stack does not join its group now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JoinDelay {
    /// NOJOIN.
    Asked,
    /// Something it needs is not there.
    Waits(&'static str),
}

/// Targets, each with its turns in a round.
pub type Turns = Vec<(StackId, u16)>;

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
    /// F9:910, 950: the port, from the local table of TCP, or where the flag says so of UDP.
    pub local_port: fn(&Cluster, StackId, AddrId, bool) -> Option<u16>,
    /// Source address of a datagram.
    pub send: fn(&Cluster, &mut Ctx, &SendRequest) -> Result<Source, Refusal>,
    /// Whether a bind may go on, by what the stack itself knows of ports, and for which address.
    pub admit: fn(&Cluster, &mut Ctx, &BindRequest) -> Result<Admission, Refusal>,
    /// Whether another socket of the stack stands in the way, where [`Tables::admit`] has not judged that.
    pub conflict: fn(&Cluster, &mut Ctx, &BindRequest) -> Result<(), Refusal>,
    /// Where bind() to port 0 takes a port.
    pub at_bind: fn(&Cluster, &mut Ctx, &BindRequest) -> EphemeralPlan,
    /// listen() on a socket that is bound: whether it may, and an address in place of the unspecified one.
    pub at_listen: fn(&Cluster, &mut Ctx, &BindRequest) -> Result<Option<AddrId>, Refusal>,
    /// No port is left: in the coupling facility, or where the flag is false on the stack.
    pub none_left: fn(&Cluster, &mut Ctx, bool) -> Refusal,
    /// The coupling facility cannot be reached.
    pub unreachable: fn(&mut Ctx) -> Refusal,
    /// bind() judges the address before the port in the coupling facility.
    pub address_first: bool,
    /// Where the sources describe what the engine does itself.
    pub marks: &'static Marks,
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
    /// What a configured DVIPA does when its stack joins, gets an OBEYFILE or a REACTIVATE.
    pub settle: fn(&Cluster, &mut Ctx, StackId, AddrId) -> Settle,
    /// Whether a stack of the chain may take the address at all.
    pub may_take: fn(&Cluster, StackId, AddrId) -> bool,
    /// Why a statement is refused by the running stack, if it is.
    pub rejects: fn(&Cluster, StackId, AddrId) -> Option<Rejection>,
    /// The stack that waits for the address and gets it now that its owner (the argument) is idle.
    pub waits: fn(&Cluster, &mut Ctx, StackId, AddrId) -> Option<StackId>,
    /// What stays on a living stack that loses the address to another: old, new, address, grounds.
    pub on_loss: fn(&Cluster, &mut Ctx, StackId, StackId, AddrId, Claim) -> Remains,
    /// What stays when an operator, or a statement (the flag), ends the address on its stack.
    pub on_end: fn(&Cluster, &mut Ctx, StackId, AddrId, bool) -> Remains,
    /// A moving or quiescing address is gone now.
    pub is_over: fn(&Cluster, StackId, AddrId) -> bool,
    /// The ioctl that makes a DVIPA.
    pub create: fn(&Cluster, &mut Ctx, StackId, AddrId) -> Result<Created, Refusal>,
    /// The ioctl that deletes one.
    pub delete: fn(&Cluster, &mut Ctx, StackId, AddrId) -> Result<(), Refusal>,
    /// DEACTIVATE, of an address that has a statement here and is not deactivated.
    pub deactivate: fn(&Cluster, &mut Ctx, StackId, AddrId) -> Result<(), Refusal>,
    /// Why a stack does not join now; the flag says that an operator asks.
    pub join_delay: fn(&Cluster, &mut Ctx, StackId, bool) -> Option<JoinDelay>,
    /// Which of several listeners of a target takes a connection of a client.
    pub listener: fn(&Cluster, &mut Ctx, StackId, AddrId, u16, SocketAddr) -> Option<Handle>,
    /// Turns that the targets of a port get in a new round.
    pub turns: fn(&Cluster, StackId, AddrId, u16) -> Turns,
    /// Stacks of the product keep more state.
    pub product_state: bool,
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
