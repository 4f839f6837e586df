//! Figure 12 and takeover: who acts when a stack has failed (002#12, #34; section 6 of the model's description).

use crate::cluster::Cluster;
use crate::ids::{AddrId, StackId};

/// Whether this stack does figure 12 for the address: its routing stack, or the backup that took over; where nobody
/// owns it, the first live stack by name that has a structure.
pub(crate) fn recovers(c: &Cluster, stack: StackId, address: AddrId) -> bool {
    if let Some(owner) = c.owner(address, stack) {
        return owner == stack;
    }
    if let Some(successor) = c.successor(address, stack) {
        return successor == stack;
    }
    let Some(structure) = c.structure(stack, address) else { return false };
    let mut live: Vec<StackId> =
        structure.stacks().into_iter().filter(|s| c.is_partner(stack, *s) || *s == stack).collect();
    live.sort_by(|a, b| c.stack_name(*a).cmp(c.stack_name(*b)));
    live.first() == Some(&stack)
}

/// Whether an address that lost its owner is for this stack: the live backup with the highest rank.
pub(crate) fn takes_over(c: &Cluster, stack: StackId, address: AddrId) -> bool {
    c.owner(address, stack).is_none() && c.successor(address, stack) == Some(stack)
}
