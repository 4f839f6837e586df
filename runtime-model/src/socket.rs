//! Sockets and connections. A connection is a socket with a remote end.

use std::net::SocketAddr;

use serde::Serialize;

use crate::event::SocketOptions;
use crate::ids::{AddrId, JobId, StackId};

/// What a socket holds in the coupling facility.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClaimKind {
    /// Nothing.
    None,
    /// A share in its stack's claim of the port.
    Port,
    /// An entry of its own for its 4-tuple (connection table).
    Tuple,
    /// A port of EXPLICITBINDPORTRANGE, kept for the unspecified address.
    Pool,
}

/// Who gave a socket its local address.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum BoundBy {
    /// Nobody: there was no bind().
    #[default]
    Nobody,
    /// bind(), to an address or to the unspecified one.
    Application,
    /// bind2addrsel().
    AddressSelection,
    /// BIND on a PORT statement.
    PortStatement,
    /// A SERVER entry of SRCIP.
    Srcip,
}

/// Which side began a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// This stack.
    Outbound,
    /// The client outside.
    Inbound,
}

/// A socket of a stack.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Socket {
    pub(crate) stack: StackId,
    pub(crate) job: JobId,
    pub(crate) local: AddrId,
    /// 0 while no port is chosen.
    pub(crate) port: u16,
    pub(crate) listening: bool,
    pub(crate) udp: bool,
    pub(crate) reuse: bool,
    /// Remote end and who began, for a connection.
    pub(crate) peer: Option<(SocketAddr, Side)>,
    pub(crate) claim: ClaimKind,
    /// CLUSTERPORTS was in force for the local address when it began.
    pub(crate) guarded: bool,
    /// The model chose the port.
    pub(crate) ephemeral: bool,
    /// Who gave it its local address.
    pub(crate) bound: BoundBy,
    /// Options beside `udp` and `reuse`, where there are any.
    pub(crate) options: Option<Box<SocketOptions>>,
}

impl Socket {
    /// A socket of these options that is not bound.
    pub(crate) fn new(stack: StackId, job: JobId, options: SocketOptions) -> Self {
        let plain = SocketOptions {
            udp: options.udp,
            reuse_address: options.reuse_address,
            ..SocketOptions::default()
        };
        Self {
            stack,
            job,
            local: AddrId::ANY,
            port: 0,
            listening: false,
            udp: options.udp || options.raw,
            reuse: options.reuse_address,
            peer: None,
            claim: ClaimKind::None,
            guarded: false,
            ephemeral: false,
            bound: BoundBy::Nobody,
            options: (options != plain).then(|| Box::new(options)),
        }
    }
}
