//! Where a packet or request for a DVIPA goes (04 5.2, 5.8 to 5.10).

use std::net::SocketAddr;

use super::{methods, targets};
use crate::assumption::Assumption;
use crate::cluster::Cluster;
use crate::ids::{AddrId, StackId};
use crate::outcome::{Answer, Ctx};
use crate::tables::Route;

/// The product knows no routes of their own for ports.
pub(super) fn unique(_: &Cluster, _: StackId, _: AddrId, _: u16) -> bool {
    false
}

/// Connection routing table, then the distribution of the port, then a listener of the owner itself.
pub(super) fn route(
    c: &Cluster,
    ctx: &mut Ctx,
    owner: StackId,
    dvipa: AddrId,
    port: u16,
    client: SocketAddr,
) -> Route {
    let name = |s: StackId| Answer::Name(c.stack_name(s).to_owned());
    let tables = c.routing(owner, dvipa);
    let existing = tables.and_then(|t| t.existing(port, client));
    if ctx.ask("04:5.11", "Is the connection in the connection routing table?", existing.is_some())
        && let Some(stack) = existing
    {
        if !targets::reachable(c, owner, stack, dvipa) {
            ctx.note("04:5.10", "The way to its stack is down:", || name(stack));
            return Route::Refused;
        }
        ctx.note("04:5.11", "Send it to the stack of that entry:", || name(stack));
        return Route::Existing(stack);
    }
    let waiting = || tables.is_some_and(|t| !t.awaiting.is_empty()) || c.is_told(owner, dvipa, port, client);
    let distributed = targets::rule(c, owner, dvipa, port).is_some_and(|r| {
        // Without a PORT list only ports that a server opened at the DVIPA itself are distributed.
        !r.ports.is_empty()
            || tables
                .is_some_and(|t| t.dpt.range((port, StackId(0))..=(port, StackId(u16::MAX))).next().is_some())
    });
    if ctx.ask("04:5.2", "Is the port distributed?", distributed) {
        if let Some(target) = methods::choose(c, ctx, owner, dvipa, port, client) {
            return Route::Distributed(target);
        }
        if ctx.ask("04:5.9", "Are reports of targets still to come?", waiting()) {
            return Route::Held;
        }
        if targets::sharing(c, owner, dvipa, port).is_some_and(|s| s.options.foreign_targets) {
            ctx.assume(Assumption::ForeignTargets);
        } else {
            ctx.assume(Assumption::NoReadyTarget);
        }
        return Route::Refused;
    }
    if ctx.ask("04:1.4", "Does the owner itself listen on the port?", c.listens(owner, dvipa, port)) {
        return Route::Own(owner);
    }
    if ctx.ask("04:5.9", "Are reports of targets still to come?", waiting()) {
        return Route::Held;
    }
    Route::Refused
}
