//! Events by what they are about: who asks for a few of them need not name all the others.

use std::net::SocketAddr;

use super::{Event, LocalEnd};
use crate::ids::{Handle, JobId, StackId};

/// What an event is about, with what each kind is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An application or a client asks for something.
    Request(Request),
    /// A socket or connection ends.
    End(Handle),
    /// Operators and WLM tell a target of its servers.
    Servers {
        /// The target.
        stack: StackId,
        /// What it is told.
        told: Servers,
    },
    /// Stacks, their group and the coupling facility come and go.
    Life,
    /// Other commands of operators, and what the monitor and the network tell a stack.
    Command,
    /// What happens next of what is under way: steps, messages, time.
    Course,
}

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Request {
    /// bind(), or listen() on a socket that may be bound already.
    Bind {
        /// The stack asked.
        stack: StackId,
        /// Local end wanted.
        at: LocalEnd,
        /// The socket.
        socket: Handle,
        /// listen() follows.
        listen: bool,
    },
    /// socket().
    Open {
        /// The socket.
        socket: Handle,
    },
    /// connect().
    Connect {
        /// The stack asked.
        stack: StackId,
        /// The connection.
        connection: Handle,
    },
    /// A datagram is sent.
    Send {
        /// The stack asked.
        stack: StackId,
    },
    /// A DVIPA of a VIPARANGE is made by ioctl.
    Define,
    /// Such a DVIPA is deleted.
    Delete,
    /// A client asks for a connection.
    Client {
        /// Address and port in the cluster.
        to: SocketAddr,
        /// The connection.
        connection: Handle,
    },
    /// A packet arrives.
    Packet {
        /// Address and port in the cluster.
        to: SocketAddr,
    },
}

/// What a target is told of its servers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Servers {
    /// QUIESCE of this port.
    Quiesce(u16),
    /// RESUME of this port.
    Resume(u16),
    /// WLM's weight of a server.
    Weight(JobId, u16),
    /// WLM's health of a server, in percent.
    Health(JobId, u16),
    /// Responsiveness of the target, in percent.
    Tsr(u16),
}

impl Event {
    /// What it is about.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Event::Bind { stack, at, socket, .. } => {
                Kind::Request(Request::Bind { stack: *stack, at: *at, socket: *socket, listen: false })
            }
            Event::Listen { stack, at, socket, .. } => {
                Kind::Request(Request::Bind { stack: *stack, at: *at, socket: *socket, listen: true })
            }
            Event::Open { socket, .. } => Kind::Request(Request::Open { socket: *socket }),
            Event::Connect { stack, connection, .. } => {
                Kind::Request(Request::Connect { stack: *stack, connection: *connection })
            }
            Event::Send { stack, .. } => Kind::Request(Request::Send { stack: *stack }),
            Event::Define { .. } => Kind::Request(Request::Define),
            Event::Delete { .. } => Kind::Request(Request::Delete),
            Event::ClientConnect { to, connection, .. } => {
                Kind::Request(Request::Client { to: *to, connection: *connection })
            }
            Event::Packet { to, .. } => Kind::Request(Request::Packet { to: *to }),
            Event::Unlisten(handle) | Event::Close(handle) => Kind::End(*handle),
            Event::Quiesce { stack, port } => Kind::Servers { stack: *stack, told: Servers::Quiesce(*port) },
            Event::Resume { stack, port } => Kind::Servers { stack: *stack, told: Servers::Resume(*port) },
            Event::Weight { stack, job, value } => {
                Kind::Servers { stack: *stack, told: Servers::Weight(*job, *value) }
            }
            Event::Health { stack, job, value } => {
                Kind::Servers { stack: *stack, told: Servers::Health(*job, *value) }
            }
            Event::Tsr { stack, value } => Kind::Servers { stack: *stack, told: Servers::Tsr(*value) },
            Event::Start(_)
            | Event::Stop(_)
            | Event::Fail(_)
            | Event::Leave(_)
            | Event::Join(_)
            | Event::FailSystem(_)
            | Event::FailCpc(_)
            | Event::LoseCf
            | Event::RestoreCf => Kind::Life,
            Event::Obey { .. }
            | Event::Deactivate { .. }
            | Event::Reactivate { .. }
            | Event::Signal { .. } => Kind::Command,
            Event::Step(_)
            | Event::Hold { .. }
            | Event::Release(_)
            | Event::Delay { .. }
            | Event::Deliver { .. }
            | Event::Advance(_) => Kind::Course,
        }
    }

    /// Socket or connection that the event is about.
    #[must_use]
    pub fn handle(&self) -> Option<Handle> {
        match self.kind() {
            Kind::Request(Request::Bind { socket, .. } | Request::Open { socket }) => Some(socket),
            Kind::Request(Request::Connect { connection, .. } | Request::Client { connection, .. }) => {
                Some(connection)
            }
            Kind::End(handle) => Some(handle),
            Kind::Request(
                Request::Send { .. } | Request::Define | Request::Delete | Request::Packet { .. },
            )
            | Kind::Servers { .. }
            | Kind::Life
            | Kind::Command
            | Kind::Course => None,
        }
    }
}
