//! The lock on the structures of one DVIPA.
//!
//! A stack always locks the cluster-wide structure before the stack-specific one, so the second lock is never waited
//! for: one lock stands for both.

use crate::ids::StackId;

/// Who holds it and who waits, first come first served. A lock that nobody holds is not kept.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Lock {
    pub(crate) holder: StackId,
    /// Life of the holder: a stack that failed and came back is another one.
    pub(crate) life: u32,
    pub(crate) waiters: Vec<StackId>,
}
