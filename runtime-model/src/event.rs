//! Everything that can happen to a cluster: the alphabet of scenarios, plans and exploration.

mod kind;
mod signal;

pub use kind::{Kind, Request, Servers};
pub use signal::{Path, Problem, Signal};

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use serde::Serialize;

use crate::ids::{Handle, JobId, StackId};
use crate::model::StackModel;

/// Local end that an application asks for. No address is the unspecified address; port 0 asks for an ephemeral port.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct LocalEnd {
    /// Address, or none for the unspecified one.
    pub address: Option<IpAddr>,
    /// Port, 0 to 65,535.
    pub port: u16,
}

/// Which IPv6 addresses a socket wants first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Preference {
    /// Temporary ones.
    Temporary,
    /// Public ones.
    Public,
}

/// Options of a socket.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct SocketOptions {
    /// SO_REUSEADDR.
    pub reuse_address: bool,
    /// A UDP socket; its ports are local to the stack.
    pub udp: bool,
    /// A raw socket.
    pub raw: bool,
    /// AF_INET6; an IPv4 partner is an IPv4-mapped address.
    pub inet6: bool,
    /// NOSOURCEVIPA: SOURCEVIPA does not choose for this socket.
    pub no_source_vipa: bool,
    /// Public or temporary IPv6 addresses first.
    pub prefer: Option<Preference>,
    /// IPV6_PKTINFO: the source address of datagrams.
    pub packet_info: Option<IpAddr>,
    /// bind2addrsel(): the destination that the local address is chosen for.
    pub address_for: Option<IpAddr>,
    /// Address space of the job, where the job has several.
    pub asid: Option<u16>,
}

/// A step on a structure in the coupling facility. The order is fixed: obtain, lock, revise, return, unlock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CfStep {
    /// The structures are read; what is read here is read again once the lock is granted.
    Obtain,
    /// The lock is asked for; a stack that finds it held waits its turn.
    Lock,
    /// The content is judged and the change prepared on a private copy.
    Revise,
    /// The change is written to both structures at once.
    Return,
    /// The lock goes to the first stack that waits for it.
    Unlock,
}

/// One event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The stack starts with its profile, or comes back after a failure.
    Start(StackId),
    /// The stack is stopped in good order.
    Stop(StackId),
    /// The stack fails.
    Fail(StackId),
    /// The stack leaves the XCF group and goes on alone.
    Leave(StackId),
    /// The stack joins the XCF group again.
    Join(StackId),
    /// Every stack of a system fails at once.
    FailSystem(String),
    /// Every stack of a CPC fails at once.
    FailCpc(String),
    /// The coupling facility and what it held is gone.
    LoseCf,
    /// A coupling facility is there again; live stacks write what they hold.
    RestoreCf,
    /// VARY TCPIP,,OBEYFILE: the effective configuration after it.
    Obey {
        /// The stack that the command names.
        stack: StackId,
        /// Its whole configuration from now on; what is new is found by comparison.
        config: Arc<StackModel>,
    },
    /// bind().
    Bind {
        /// The stack asked.
        stack: StackId,
        /// Who asks.
        job: JobId,
        /// Local end wanted.
        at: LocalEnd,
        /// Options.
        options: SocketOptions,
        /// Name for the new socket.
        socket: Handle,
    },
    /// bind() and listen(), or listen() on a socket that is bound already.
    Listen {
        /// The stack asked.
        stack: StackId,
        /// Who asks.
        job: JobId,
        /// Local end wanted; not looked at when the socket is bound already.
        at: LocalEnd,
        /// Options.
        options: SocketOptions,
        /// Name for the new socket, or the name of a bound one.
        socket: Handle,
    },
    /// A listener stops listening; its socket is closed.
    Unlisten(Handle),
    /// connect().
    Connect {
        /// The stack asked.
        stack: StackId,
        /// Who asks.
        job: JobId,
        /// Remote end.
        to: SocketAddr,
        /// A bound socket, or none for a fresh one.
        from: Option<Handle>,
        /// Name for the connection; the same as `from`, or unused.
        connection: Handle,
    },
    /// socket(): a socket with options that is not bound.
    Open {
        /// The stack asked.
        stack: StackId,
        /// Who asks.
        job: JobId,
        /// Options.
        options: SocketOptions,
        /// Name for the new socket.
        socket: Handle,
    },
    /// sendto() or sendmsg() of one datagram; the outcome tells its source address. Changes nothing.
    Send {
        /// The stack asked.
        stack: StackId,
        /// Who asks.
        job: JobId,
        /// Remote end.
        to: SocketAddr,
        /// A socket of UDP or a raw one, or none for a fresh one.
        from: Option<Handle>,
        /// Options of the message.
        options: SocketOptions,
    },
    /// The ioctl that makes a DVIPA inside a VIPARANGE (SIOCSVIPA, MODDVIPA -c).
    Define {
        /// The stack asked.
        stack: StackId,
        /// Who asks.
        job: JobId,
        /// The DVIPA.
        address: IpAddr,
    },
    /// The ioctl that deletes such a DVIPA.
    Delete {
        /// The stack asked.
        stack: StackId,
        /// Who asks.
        job: JobId,
        /// The DVIPA.
        address: IpAddr,
    },
    /// A client outside asks for a connection.
    ClientConnect {
        /// The client's end.
        client: SocketAddr,
        /// Address and port in the cluster.
        to: SocketAddr,
        /// Name for the connection.
        connection: Handle,
    },
    /// A packet arrives; the outcome tells which stack it is sent to. Changes nothing.
    Packet {
        /// The client's end.
        client: SocketAddr,
        /// Address and port in the cluster.
        to: SocketAddr,
    },
    /// A connection or a socket is closed.
    Close(Handle),
    /// VARY TCPIP,,SYSPLEX,DEACTIVATE,DVIPA=.
    Deactivate {
        /// The stack.
        stack: StackId,
        /// The DVIPA.
        address: IpAddr,
    },
    /// VARY TCPIP,,SYSPLEX,REACTIVATE,DVIPA=.
    Reactivate {
        /// The stack.
        stack: StackId,
        /// The DVIPA.
        address: IpAddr,
    },
    /// VARY TCPIP,,SYSPLEX,QUIESCE,PORT= on a target.
    Quiesce {
        /// The target.
        stack: StackId,
        /// The port.
        port: u16,
    },
    /// VARY TCPIP,,SYSPLEX,RESUME,PORT= on a target.
    Resume {
        /// The target.
        stack: StackId,
        /// The port.
        port: u16,
    },
    /// WLM reports a weight for a server, 0 and up; 1 unless reported.
    Weight {
        /// The target.
        stack: StackId,
        /// The server.
        job: JobId,
        /// The weight.
        value: u16,
    },
    /// WLM reports the health of a server, in percent.
    Health {
        /// The target.
        stack: StackId,
        /// The server.
        job: JobId,
        /// 0 to 100.
        value: u16,
    },
    /// The target server responsiveness of a stack, in percent.
    Tsr {
        /// The target.
        stack: StackId,
        /// 0 to 100.
        value: u16,
    },
    /// One step of the work that a stack has in hand on the coupling facility.
    Step(StackId),
    /// From now on the stack halts when it has done this step.
    Hold {
        /// The stack.
        stack: StackId,
        /// The step after which it halts; [`CfStep::Unlock`] halts nothing.
        at: CfStep,
    },
    /// The stack goes on.
    Release(StackId),
    /// Messages from one stack to another stay under way.
    Delay {
        /// Sender.
        from: StackId,
        /// Receiver.
        to: StackId,
    },
    /// Messages from one stack to another arrive: in a scenario all of them and the delay ends, in fine steps the
    /// first one.
    Deliver {
        /// Sender.
        from: StackId,
        /// Receiver.
        to: StackId,
    },
    /// Virtual time passes, in seconds.
    Advance(u64),
    /// What operators, WLM, the sysplex monitor and the network tell a stack of the product.
    Signal {
        /// The stack.
        stack: StackId,
        /// What it is told.
        signal: Signal,
    },
}
