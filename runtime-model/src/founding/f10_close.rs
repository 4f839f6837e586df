//! Figures 5 and 10: the end of a connection (002#8, #23-26, #31-32).

use crate::cluster::Cluster;
use crate::ids::{AddrId, StackId};
use crate::outcome::{Answer, Ctx};
use crate::tables::ClosePlan;

/// Blocks 1000 to 1010 for a socket or connection whose port this stack holds no longer.
pub(crate) fn plan(c: &Cluster, ctx: &mut Ctx, stack: StackId, address: AddrId) -> ClosePlan {
    if !ctx.ask("F10:1000", "Is the local address a DVIPA?", c.is_dvipa(stack, address)) {
        ctx.note("F10:1035", "End it by the stack's own rules.", || Answer::Done);
        return ClosePlan::Local;
    }
    ctx.note("F10:1005", "End it and take it out of the tables.", || Answer::Done);
    if ctx.ask("F10:1010", "Is CLUSTERPORTS in force for the DVIPA?", c.cluster_ports(stack, address)) {
        ClosePlan::Cluster
    } else {
        ClosePlan::Local
    }
}
