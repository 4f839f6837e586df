//! Figures 8A and 8B: initialisation of cluster-wide ports for a DVIPA on a stack (002#11, #20-22, #33).

use crate::cluster::Cluster;
use crate::ids::{AddrId, StackId};
use crate::outcome::{Answer, Ctx};
use crate::tables::InitPlan;

/// What is to be done. `added` when VARY OBEY brought the keyword.
pub(crate) fn plan(c: &Cluster, ctx: &mut Ctx, stack: StackId, address: AddrId, added: bool) -> InitPlan {
    if c.structures().stack_structures {
        figure_8b(c, ctx, stack, address, added)
    } else {
        figure_8a(c, ctx, stack, address, added)
    }
}

fn figure_8b(c: &Cluster, ctx: &mut Ctx, stack: StackId, address: AddrId, added: bool) -> InitPlan {
    if !ctx.ask("F8B:800", "Is CLUSTERPORTS in force for the DVIPA?", c.cluster_ports(stack, address)) {
        return InitPlan::default();
    }
    if !ctx.ask("F8B:850", "Is the cluster-wide structure there?", c.structure(stack, address).is_some()) {
        ctx.note("F8B:855", "Make the cluster-wide structure, all ports available.", || Answer::Done);
        ctx.note("F8B:865", "Make the structure of this stack, all ports available.", || Answer::Done);
    } else if !ctx.ask(
        "F8B:860",
        "Is the structure of this stack there?",
        c.structure(stack, address).is_some_and(|s| s.has(stack)),
    ) {
        ctx.note("F8B:865", "Make the structure of this stack, all ports available.", || Answer::Done);
    }
    let range = c.from_range(stack, address);
    if ctx.ask("F8B:870", "Does CLUSTERPORTS come from a VIPARANGE?", range) {
        ctx.note("F8B:880", "Mark the active DVIPAs of the range for termination processing.", || {
            Answer::Done
        });
    } else if !ctx.ask("F8B:875", "Was CLUSTERPORTS added by VARY OBEY?", added) {
        return InitPlan { create: true, ..InitPlan::default() };
    }
    ctx.note("F8B:885", "Scan the connection table for ports of the DVIPA.", || Answer::Done);
    ctx.note("F8B:890", "Write what was found to both structures.", || Answer::Done);
    InitPlan { create: true, scan: true, search_routes: false, mark: range }
}

fn figure_8a(c: &Cluster, ctx: &mut Ctx, stack: StackId, address: AddrId, added: bool) -> InitPlan {
    if !ctx.ask("F8A:800", "Is CLUSTERPORTS in force for the DVIPA?", c.cluster_ports(stack, address)) {
        return InitPlan::default();
    }
    ctx.note("F8A:805", "Make the entry for the DVIPA unless it is there.", || Answer::Done);
    let mut plan = InitPlan { create: true, ..InitPlan::default() };
    // Only the routing stack has a connection routing table to search; a target leaves its ports to that search.
    if ctx.ask("F8A:810", "Is the DVIPA distributed?", c.is_distributed(stack, address)) {
        ctx.note("F8A:815", "Search the connection routing table on behalf of the targets.", || Answer::Done);
        plan.search_routes = c.owns(stack, address);
    } else if ctx.ask("F8A:820", "Does CLUSTERPORTS come from a VIPARANGE?", c.from_range(stack, address)) {
        ctx.note("F8A:830", "Mark the active DVIPAs of the range for termination processing.", || {
            Answer::Done
        });
        plan.mark = true;
        plan.scan = true;
    }
    if !plan.scan && ctx.ask("F8A:825", "Was CLUSTERPORTS added by VARY OBEY?", added) {
        plan.scan = true;
    }
    if plan.scan {
        ctx.note("F8A:835", "Scan the connection table for ports of the DVIPA.", || Answer::Done);
    }
    if plan.scan || plan.search_routes {
        ctx.note("F8A:840", "Write what was found.", || Answer::Done);
    }
    plan
}
