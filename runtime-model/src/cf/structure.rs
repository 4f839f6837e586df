//! One interface over the forms that a port structure in the coupling facility can take.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use smallvec::SmallVec;

use super::bitmap::Bitmap;
use super::blocks::Blocks;
use super::connections::Connections;
use super::list::List;
use crate::bits::Bits;
use crate::ids::StackId;
use crate::model::{PortForm, Structures};

/// What a claim covers: the port for any remote end (bind), or for one remote end (connect).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Use {
    /// The port whatever the remote end.
    Port,
    /// The port with this remote end. Only the connection table tells it from [`Use::Port`].
    With(SocketAddr),
    /// The port of a block of 64 that its stack has or gets with it. Only blocks tell it from [`Use::Port`].
    Block,
}

/// What must not be chosen, as the asking stack sees it.
pub(crate) struct Blocked<'a> {
    /// Sets of ports that some socket or reservation of the stack holds.
    pub(crate) sets: &'a [&'a Bits],
    /// Further ports, few.
    pub(crate) skip: &'a [u16],
    /// First and last port to choose from.
    pub(crate) range: (u16, u16),
    /// The asking stack.
    pub(crate) stack: StackId,
}

/// What every form can do. A stack claims a port once; how many sockets stand behind it, the stack counts itself.
pub(crate) trait PortStructure {
    /// F8B:860, 865: makes the stack-specific structure; true if it was not there.
    fn ensure(&mut self, stack: StackId) -> bool;
    /// Whether the stack has a stack-specific structure.
    fn has(&self, stack: StackId) -> bool;
    /// Stacks that have a structure.
    fn stacks(&self) -> SmallVec<[StackId; 8]>;
    /// F9:935: the lowest eligible port for a connection to `peer`, or for any remote end.
    fn choose(&self, peer: Option<SocketAddr>, blocked: &Blocked<'_>) -> Option<u16>;
    /// Marks the port unavailable cluster-wide and in use for the stack.
    fn claim(&mut self, stack: StackId, port: u16, what: Use);
    /// Takes the stack's claim back; the port is available when no other stack holds it.
    fn free(&mut self, stack: StackId, port: u16, what: Use);
    /// F12:1210: makes available what only the failed stack held, deletes its structure; number of ports freed.
    fn recover(&mut self, failed: StackId) -> u32;
    /// Ports that are unavailable cluster-wide, ascending.
    fn unavailable(&self) -> Vec<u16>;
    /// Ports in use for a stack, ascending; empty where there are no stack-specific structures.
    fn in_use(&self, stack: StackId) -> Vec<u16>;
    /// Whether the stack's own structure holds the port.
    fn holds(&self, stack: StackId, port: u16) -> bool;
    /// F11:1105: how many stacks hold the port, whatever the remote end.
    fn holders(&self, port: u16) -> u32;
    /// The stack that has the block of 64 ports with this one.
    fn block_of(&self, _port: u16) -> Option<StackId> {
        None
    }
    /// Blocks that a stack has, by number (first port / 64), ascending.
    fn blocks(&self, _stack: StackId) -> Vec<u16> {
        Vec::new()
    }
    /// Writes a block that a stack had before the coupling facility was lost.
    fn grant(&mut self, _stack: StackId, _block: u16) {}
}

/// A structure of one DVIPA in the form that the model asks for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Structure {
    Bitmap(Bitmap),
    List(List),
    Connections(Connections),
    Blocks(Blocks),
}

impl Structure {
    /// F8A:805, F8B:855: everything available.
    pub(crate) fn new(form: Structures) -> Self {
        match form.ports {
            PortForm::Bitmap => Self::Bitmap(Bitmap::new(form.polarity, form.stack_structures)),
            PortForm::Block => Self::Blocks(Blocks::new()),
            PortForm::List => Self::List(List::new(form.stack_structures)),
            PortForm::ConnectionTable => Self::Connections(Connections::new(form.stack_structures)),
        }
    }

    /// The form behind the interface.
    pub(crate) fn get(&self) -> &dyn PortStructure {
        match self {
            Self::Bitmap(s) => s,
            Self::List(s) => s,
            Self::Connections(s) => s,
            Self::Blocks(s) => s,
        }
    }

    /// The form behind the interface, to be written.
    pub(crate) fn get_mut(&mut self) -> &mut dyn PortStructure {
        match self {
            Self::Bitmap(s) => s,
            Self::List(s) => s,
            Self::Connections(s) => s,
            Self::Blocks(s) => s,
        }
    }
}

/// How many stacks hold a key, kept only where it is more than one: such keys are rare.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Shared<K: Ord>(BTreeMap<K, u16>);

impl<K: Ord> Shared<K> {
    pub(crate) fn new() -> Self {
        Self(BTreeMap::new())
    }

    /// One more holder of a key that has one already.
    pub(crate) fn add(&mut self, key: K) {
        *self.0.entry(key).or_insert(0) += 1;
    }

    /// One holder less; true if others are left.
    pub(crate) fn take(&mut self, key: &K) -> bool {
        let Some(n) = self.0.get_mut(key) else { return false };
        *n -= 1;
        if *n == 0 {
            self.0.remove(key);
        }
        true
    }

    /// Holders beyond the first.
    pub(crate) fn extra(&self, key: &K) -> u32 {
        if self.0.is_empty() { 0 } else { self.0.get(key).map_or(0, |n| u32::from(*n)) }
    }
}
