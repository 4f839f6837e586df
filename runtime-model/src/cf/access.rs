//! Work of a stack on the structures of one DVIPA, a step at a time: obtain, lock, revise, return, unlock
//! (F9:925-940, F10:1015-1025, F12:1205-1215, 002#18a, #24, #30, #32).

use super::{Change, Use};
use crate::event::CfStep;
use crate::ids::{AddrId, Handle, StackId};
use crate::outcome::Refusal;
use crate::tables::{BindRequest, ConnectRequest, InitPlan};

/// A request of an application.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Request {
    Bind(BindRequest),
    Connect(ConnectRequest),
    Close(Handle),
}

/// What the work is for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Work {
    /// A request that waits until its stack has finished what it has in hand.
    Later(Request),
    Bind {
        request: BindRequest,
        /// The address was judged before the lock; only the port is left to choose.
        judged: bool,
        activate: bool,
        port: u16,
        /// The port is one of the structure.
        claimed: bool,
        refused: Option<Refusal>,
    },
    Connect {
        request: ConnectRequest,
        source: AddrId,
        /// F7:760: inside a range and not active. It takes effect when the request succeeds, so that a refusal undoes it.
        activate: bool,
        /// The socket's own port.
        bound: Option<u16>,
        port: u16,
        refused: Option<Refusal>,
    },
    /// F10:1015-1025. The handle names the request that it ends, if there is one.
    Give { port: u16, what: Use, handle: Option<Handle> },
    /// F8.
    Initialise(InitPlan),
    /// F12.
    Recover { failed: StackId, life: u32 },
}

/// Work in hand.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Task {
    pub(crate) address: AddrId,
    /// The step to do next.
    pub(crate) next: CfStep,
    pub(crate) work: Work,
    /// What was decided under the lock and is not written yet.
    pub(crate) change: Option<Change>,
    /// Failed stacks, with the life that is over, whose structures were cleared on the private copy.
    pub(crate) cleared: Vec<(StackId, u32)>,
}

impl Task {
    pub(crate) fn new(address: AddrId, work: Work) -> Self {
        Self { address, next: CfStep::Obtain, work, change: None, cleared: Vec::new() }
    }
}

/// How a request ended.
#[derive(Clone, Debug, Default)]
pub(crate) struct Finished {
    pub(crate) handle: Option<Handle>,
    pub(crate) stack: Option<StackId>,
    pub(crate) refused: Option<Refusal>,
    pub(crate) source: Option<AddrId>,
    pub(crate) port: Option<u16>,
    pub(crate) ephemeral: bool,
}

impl Finished {
    pub(crate) fn refuse(handle: Handle, stack: StackId, refusal: Refusal) -> Self {
        Self { handle: Some(handle), stack: Some(stack), refused: Some(refusal), ..Self::default() }
    }
}
