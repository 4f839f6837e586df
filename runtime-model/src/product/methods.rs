//! Distribution methods: which target a new connection goes to (04 5.3, 5.5 to 5.7).

use std::net::SocketAddr;

use super::targets;
use crate::assumption::Assumption;
use crate::cluster::Cluster;
use crate::ids::{AddrId, Handle, JobId, StackId};
use crate::model::{DistributionOptions, Method, Standby};
use crate::outcome::{Answer, Ctx};

/// The target of a new connection; none when no target is ready.
pub(super) fn choose(
    c: &Cluster,
    ctx: &mut Ctx,
    owner: StackId,
    address: AddrId,
    port: u16,
    client: SocketAddr,
) -> Option<StackId> {
    let sharing = targets::sharing(c, owner, address, port)?;
    if let Some(target) = affine(c, owner, address, port, client) {
        ctx.note("04:5.6", "TIMEDAFFINITY: back to the instance that served the client before:", || {
            Answer::Name(c.stack_name(target).to_owned())
        });
        return Some(target);
    }
    if let Some(target) = local(c, ctx, owner, address, port, client, &sharing.options) {
        return Some(target);
    }
    let target = match sharing.method {
        Method::HotStandby => standby(c, ctx, owner, address, port),
        Method::WeightedActive => least_active(c, ctx, owner, address, port),
        Method::BaseWlm | Method::ServerWlm | Method::RoundRobin | Method::TargControlled => {
            in_turn(c, ctx, owner, address, port)
        }
    }?;
    ctx.note("04:5.3", method_words(sharing.method), || Answer::Name(c.stack_name(target).to_owned()));
    Some(target)
}

const fn method_words(method: Method) -> &'static str {
    match method {
        Method::BaseWlm => "BASEWLM chooses:",
        Method::RoundRobin => "ROUNDROBIN chooses:",
        Method::ServerWlm => "SERVERWLM chooses:",
        Method::WeightedActive => "WEIGHTEDACTIVE chooses:",
        Method::HotStandby => "HOTSTANDBY chooses:",
        Method::TargControlled => "TARGCONTROLLED chooses:",
    }
}

/// Weighted round robin: the target with most turns left in this round, of equal ones the first.
fn in_turn(c: &Cluster, ctx: &mut Ctx, owner: StackId, address: AddrId, port: u16) -> Option<StackId> {
    ctx.assume(Assumption::WeightedTurns);
    let weights = targets::weights(c, ctx, owner, address, port);
    let routing = c.routing(owner, address)?;
    let credit = |s: StackId| routing.dpt.get(&(port, s)).map_or(0, |row| row.credit);
    let left = weights.iter().any(|(s, w)| *w > 0 && credit(*s) > 0);
    weights
        .into_iter()
        .filter(|(_, weight)| *weight > 0)
        .max_by_key(|(s, weight)| (if left { credit(*s) } else { *weight }, std::cmp::Reverse(*s)))
        .map(|(s, _)| s)
}

/// WEIGHTEDACTIVE: connections that live stay in proportion to the weights.
fn least_active(c: &Cluster, ctx: &mut Ctx, owner: StackId, address: AddrId, port: u16) -> Option<StackId> {
    ctx.assume(Assumption::WeightedActive);
    let routing = c.routing(owner, address)?;
    let healthy = c.stack(owner).is_some_and(|s| s.config.product.sysplex_routing);
    let mut best: Option<(u64, u64, StackId)> = None;
    for target in targets::usable(c, owner, address, port) {
        let coded = targets::role(c, owner, address, port, target).0.unwrap_or(10);
        let (health, abnormal) = targets::health(c, target, address, port);
        let health = if healthy { u64::from(health) } else { 100 };
        let weight = u64::from(coded)
            * u64::from(targets::tsr(c, target))
            * health
            * u64::from(1000_u16.saturating_sub(abnormal));
        let active = routing.crt.iter().filter(|(p, _, s)| *p == port && *s == target).count();
        let load = u64::try_from(active).unwrap_or(u64::MAX).saturating_add(1);
        // load / weight < best load / best weight, without a division.
        let better = match best {
            None => true,
            Some((_, 0, _)) => weight > 0,
            Some((l, w, _)) => load.saturating_mul(w) < l.saturating_mul(weight),
        };
        if better {
            best = Some((load, weight, target));
        }
    }
    if best.is_some_and(|(_, weight, _)| weight == 0) {
        ctx.assume(Assumption::NoneResponsive);
    }
    best.map(|(.., target)| target)
}

/// TIMEDAFFINITY: the target with a living entry for the client, if the instance still listens there.
fn affine(c: &Cluster, owner: StackId, address: AddrId, port: u16, client: SocketAddr) -> Option<StackId> {
    targets::usable(c, owner, address, port)
        .into_iter()
        .find(|s| instance(c, *s, address, port, client).is_some())
}

/// The instance on a target that a client goes back to.
pub(super) fn instance(
    c: &Cluster,
    target: StackId,
    address: AddrId,
    port: u16,
    client: SocketAddr,
) -> Option<Handle> {
    let entry = c.stack(target)?.product.as_ref()?.affinity.get(&(address, port, client.ip()))?;
    let open = targets::open_listeners(c, target, address, port);
    (entry.holds(c.now()) && open.iter().any(|(h, _)| *h == entry.listener)).then_some(entry.listener)
}

/// OPTLOCAL, for a client on a stack that is a ready target itself.
fn local(
    c: &Cluster,
    ctx: &mut Ctx,
    owner: StackId,
    address: AddrId,
    port: u16,
    client: SocketAddr,
    options: &DistributionOptions,
) -> Option<StackId> {
    let value = options.opt_local?;
    let here = targets::stack_of(c, owner, client.ip())?;
    let usable = targets::usable(c, owner, address, port);
    if !ctx.ask(
        "04:5.7",
        "OPTLOCAL: has the stack of the client a server that is ready?",
        usable.contains(&here),
    ) {
        return None;
    }
    ctx.assume(Assumption::OptLocal);
    let stays = match c.answer(Assumption::OptLocal) {
        "always" => true,
        "never" => false,
        _ => by_value(c, ctx, owner, address, port, here, value),
    };
    ctx.ask("04:5.7", "Is the connection made locally?", stays).then_some(here)
}

/// 0: always. 1: while the local weight is above zero. 2 to 16: that many times the local weight is not less than any
/// other. Above 0, a local server in poor state sends the connection to the distributor.
fn by_value(
    c: &Cluster,
    ctx: &mut Ctx,
    owner: StackId,
    address: AddrId,
    port: u16,
    here: StackId,
    value: u8,
) -> bool {
    if value == 0 {
        return true;
    }
    let (health, abnormal) = targets::health(c, here, address, port);
    let sef = c
        .stack(here)
        .and_then(|s| s.product.as_ref())
        .and_then(|p| p.signals.parts)
        .map_or(100, |(_, _, sef)| sef);
    if sef < 75 || health < 75 || abnormal > 250 {
        return false;
    }
    if targets::sharing(c, owner, address, port).is_some_and(|s| s.method == Method::HotStandby) {
        return standby(c, ctx, owner, address, port) == Some(here);
    }
    let weights = targets::weights(c, ctx, owner, address, port);
    let own = weights.iter().find(|(s, _)| *s == here).map_or(0, |(_, w)| u32::from(*w));
    let most = weights.iter().filter(|(s, _)| *s != here).map(|(_, w)| u32::from(*w)).max().unwrap_or(0);
    own > 0 && (value == 1 || own * u32::from(value) >= most)
}

/// HOTSTANDBY: the active target of a port as things are now (04 5.5).
pub(crate) fn standby(
    c: &Cluster,
    ctx: &mut Ctx,
    owner: StackId,
    address: AddrId,
    port: u16,
) -> Option<StackId> {
    let options = &targets::sharing(c, owner, address, port)?.options;
    let usable = targets::usable(c, owner, address, port);
    let rank = |s: StackId| match targets::role(c, owner, address, port, s).1 {
        Some(Standby::Preferred) => 255,
        Some(Standby::Backup(rank)) => rank,
        None => 0,
    };
    let good = |s: StackId| !options.health_switch || is_healthy(c, s, address, port);
    if options.health_switch && usable.iter().any(|s| !good(*s)) {
        ctx.assume(Assumption::HealthSwitch);
    }
    let fit: Vec<StackId> = usable.iter().copied().filter(|s| good(*s)).collect();
    let preferred = fit.iter().copied().find(|s| rank(*s) == 255);
    let back = options.auto_switch_back && preferred.is_some();
    if ctx.ask("04:5.5", "AUTOSWITCHBACK, and is the preferred target ready and healthy?", back) {
        return preferred;
    }
    let active = c.stack(owner)?.product.as_ref()?.standby.get(&(address, port)).copied();
    let stays = active.filter(|s| fit.contains(s));
    if ctx.ask("04:5.5", "Is the active target still ready and healthy?", stays.is_some()) {
        return stays;
    }
    let by_rank = |list: &[StackId]| list.iter().copied().max_by_key(|s| (rank(*s), std::cmp::Reverse(*s)));
    if let Some(next) = by_rank(&fit) {
        return Some(next);
    }
    // Ready ones are left, none of them healthy.
    ctx.assume(Assumption::StandbyNoneHealthy);
    let ready = |s: &StackId| targets::ready(c, owner, address, port, *s);
    usable.iter().copied().max_by_key(|s| (ready(s), rank(*s), std::cmp::Reverse(*s)))
}

/// HEALTHSWITCH leaves a target that is not.
fn is_healthy(c: &Cluster, target: StackId, address: AddrId, port: u16) -> bool {
    let (health, abnormal) = targets::health(c, target, address, port);
    let responsive = targets::tsr(c, target) > 0;
    match c.answer(Assumption::HealthSwitch) {
        "tsr-only" => responsive,
        _ => responsive && health > 0 && abnormal < 1000,
    }
}

/// A listener of the address space that made the DVIPA with affinity (04 1.9).
fn creators_listener(
    c: &Cluster,
    target: StackId,
    address: AddrId,
    open: &[(Handle, JobId)],
) -> Option<Handle> {
    let maker = c.stack(target)?.product.as_ref()?.affine.get(&address)?;
    open.iter().find(|(handle, job)| (*job, targets::asid(c, *handle)) == *maker).map(|(handle, _)| *handle)
}

/// The listener of a target that takes a connection: that of the client's affinity, else of several the one with the
/// fewest connections, with SHAREPORTWLM for its weight. QUIESCE keeps distributed connections away, no others (04 1.7,
/// 4.5).
pub(super) fn listener(
    c: &Cluster,
    ctx: &mut Ctx,
    target: StackId,
    address: AddrId,
    port: u16,
    client: SocketAddr,
) -> Option<Handle> {
    if let Some(handle) = instance(c, target, address, port, client) {
        return Some(handle);
    }
    let owner = c.owner(address, target);
    let distributed = owner.is_some_and(|owner| targets::rule(c, owner, address, port).is_some());
    let open = if distributed {
        targets::open_listeners(c, target, address, port)
    } else {
        targets::listeners(c, target, address, port)
    };
    let s = c.stack(target)?;
    if let Some(handle) = creators_listener(c, target, address, &open) {
        ctx.note("04:1.9", "MODDVIPA with affinity: to the address space that made the DVIPA.", || {
            Answer::Done
        });
        return Some(handle);
    }
    if open.len() > 1 {
        ctx.assume(Assumption::ShareportTurns);
    }
    let by_weight = s.port_entries(port, true).any(|entry| entry.share_wlm);
    let weight = |job: &JobId| match s.reports.weights.get(job) {
        Some(weight) if by_weight => usize::from(*weight).max(1),
        Some(_) | None => 1,
    };
    let through = |handle: Handle| {
        s.product.as_ref().map_or(0, |p| p.through.values().filter(|h| **h == handle).count())
    };
    // (connections + 1) / weight, without a division.
    let less = |(a, job_a): &(Handle, JobId), (b, job_b): &(Handle, JobId)| {
        ((through(*a) + 1) * weight(job_b)).cmp(&((through(*b) + 1) * weight(job_a)))
    };
    open.into_iter().min_by(less).map(|(handle, _)| handle)
}
