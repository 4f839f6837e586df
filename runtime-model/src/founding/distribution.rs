//! Distribution: which listeners the routing stack hears of, which get a route of their own, and the order of the
//! tables for a request (003#1, #12, #16; 004#1-16).

use std::net::SocketAddr;

use crate::assumption::Assumption;
use crate::cluster::Cluster;
use crate::ids::{AddrId, Handle, StackId};
use crate::outcome::{Answer, Ctx};
use crate::tables::Route;

/// 004#1-3, #9. With a port list: a listed port, bound to the DVIPA or unbound. Without: bound to the DVIPA, any port.
pub(crate) fn reported(c: &Cluster, stack: StackId, local: AddrId, port: u16, dvipa: AddrId) -> bool {
    let Some(rules) = c.rules_for(stack, dvipa) else { return false };
    rules.iter().filter(|rule| rule.names(stack)).any(|rule| {
        if rule.ports.is_empty() {
            local == dvipa
        } else {
            (local == dvipa || local == AddrId::ANY) && rule.lists(port)
        }
    })
}

/// 004#5-7, #10: the port is held by this stack alone, and not meant for several listeners.
pub(crate) fn unique(c: &Cluster, stack: StackId, dvipa: AddrId, port: u16) -> bool {
    c.rules_for(stack, dvipa).is_some_and(|rules| rules.iter().any(|r| r.names(stack)))
        && c.cluster_ports(stack, dvipa)
        && !c.is_shared_listener_port(stack, dvipa, port)
        && c.holders(stack, dvipa, port) == 1
        && (!c.structures().stack_structures || c.holds(stack, dvipa, port))
}

/// Looks a request up: connection, unique route, distribution, own listener.
pub(crate) fn route(
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
    if ctx.ask("003#16", "Is the connection in the current routing table?", existing.is_some())
        && let Some(stack) = existing
    {
        ctx.note("003#16", "Send it to the stack of that entry:", || name(stack));
        return Route::Existing(stack);
    }
    let unique = tables.and_then(|t| t.alone(port));
    if ctx.ask("004#11", "Is there a route of its own for this port?", unique.is_some())
        && let Some(stack) = unique
    {
        ctx.note("004#11", "Send it to the one stack that holds the port:", || name(stack));
        return Route::Unique(stack);
    }
    let target = c.next_target(owner, dvipa, port);
    if ctx.ask("003#12", "Does the destination port table name a target for this port?", target.is_some())
        && let Some(stack) = target
    {
        ctx.assume(Assumption::WeightedTurns);
        ctx.note("003#12", "Workload distribution chooses:", || name(stack));
        return Route::Distributed(stack);
    }
    if ctx.ask("003#13", "Does the routing stack itself listen on the port?", c.listens(owner, dvipa, port)) {
        return Route::Own(owner);
    }
    let waiting = tables.is_some_and(|t| !t.awaiting.is_empty()) || c.is_told(owner, dvipa, port, client);
    if ctx.ask("003#14", "Are reports of live targets still to come?", waiting) {
        return Route::Held;
    }
    Route::Refused
}

/// The first listener of the stack, at the DVIPA before one at no address.
pub(crate) fn listener(
    c: &Cluster,
    _: &mut Ctx,
    target: StackId,
    dvipa: AddrId,
    port: u16,
    _: SocketAddr,
) -> Option<Handle> {
    c.listener(target, dvipa, port)
}

/// As many turns as the weight says.
pub(crate) fn turns(c: &Cluster, owner: StackId, dvipa: AddrId, port: u16) -> Vec<(StackId, u16)> {
    let Some(routing) = c.routing(owner, dvipa) else { return Vec::new() };
    let rows = (port, StackId(0))..=(port, StackId(u16::MAX));
    routing.dpt.range(rows).map(|((_, s), _)| (*s, c.weight(*s, dvipa, port))).collect()
}
