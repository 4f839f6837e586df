//! The local port table of a stack: which ports its sockets hold at one address.

use crate::bits::Bits;
use crate::cf::structure::Shared;

/// Ports in use at one local address of one stack.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct LocalPorts {
    /// Ports with at least one socket or connection.
    pub(crate) used: Bits,
    /// Ports that an application bound by number or listens on.
    pub(crate) bound: Bits,
    /// Ports claimed in the coupling facility for any remote end.
    pub(crate) claimed: Bits,
    more: Shared<u16>,
}

impl LocalPorts {
    pub(crate) fn new() -> Self {
        Self {
            used: Bits::new(false),
            bound: Bits::new(false),
            claimed: Bits::new(false),
            more: Shared::new(),
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.used.is_empty() && self.bound.is_empty() && self.claimed.is_empty()
    }

    /// One more socket or connection.
    pub(crate) fn add(&mut self, port: u16) {
        if !self.used.insert(port) {
            self.more.add(port);
        }
    }

    /// One less; true when it was the last.
    pub(crate) fn take(&mut self, port: u16) -> bool {
        if self.more.take(&port) {
            return false;
        }
        self.used.remove(port);
        self.bound.remove(port);
        true
    }
}
