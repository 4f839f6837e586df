//! Targets of a distributed port: who is ready, who can be reached, and what each weighs (04 5.2 to 5.4, 5.10).

use std::net::IpAddr;

use crate::assumption::Assumption;
use crate::cluster::Cluster;
use crate::distribution::messages::{Rule, Sharing};
use crate::distribution::routing::Row;
use crate::event::{Path, Problem};
use crate::ids::{AddrId, Handle, JobId, StackId};
use crate::model::{Method, Standby};
use crate::outcome::Ctx;
use crate::stack::Stack;

/// The VIPADISTRIBUTE that governs a port.
pub(super) fn rule(c: &Cluster, owner: StackId, address: AddrId, port: u16) -> Option<&Rule> {
    let rules = &c.routing(owner, address)?.rules;
    rules.iter().find(|r| r.lists(port)).or_else(|| rules.iter().find(|r| r.ports.is_empty()))
}

/// Its method and options.
pub(super) fn sharing(c: &Cluster, owner: StackId, address: AddrId, port: u16) -> Option<&Sharing> {
    rule(c, owner, address, port)?.sharing.as_deref()
}

/// WEIGHT and the role of a target, from whichever statement for the port names it.
pub(crate) fn role(
    c: &Cluster,
    owner: StackId,
    address: AddrId,
    port: u16,
    target: StackId,
) -> (Option<u16>, Option<Standby>) {
    let rules = c.routing(owner, address).map(|r| r.rules.as_slice()).unwrap_or_default();
    rules
        .iter()
        .filter(|r| r.ports.is_empty() || r.lists(port))
        .filter_map(|r| r.sharing.as_deref())
        .flat_map(|s| &s.targets)
        .find(|(s, ..)| *s == target)
        .map_or((None, None), |(_, weight, standby)| (*weight, *standby))
}

/// Listeners of a stack that take distributed connections for the address and port.
pub(super) fn listeners(c: &Cluster, target: StackId, address: AddrId, port: u16) -> Vec<(Handle, JobId)> {
    let at = |local: AddrId| {
        let range = (target, local, port, Handle(0))..=(target, local, port, Handle(u32::MAX));
        c.sockets.listeners.range(range).map(|(.., handle)| *handle)
    };
    at(address).chain(at(AddrId::ANY)).filter_map(|handle| Some((handle, c.socket(handle)?.job))).collect()
}

/// Address space that a socket belongs to, where its job has several.
pub(super) fn asid(c: &Cluster, handle: Handle) -> Option<u16> {
    c.socket(handle)?.options.as_ref()?.asid
}

/// QUIESCE of the target, the port or the job is in force.
fn quiesced(c: &Cluster, target: StackId, port: u16, handle: Handle, job: JobId) -> bool {
    let Some(s) = c.stack(target) else { return true };
    s.reports.quiesced.contains(&port)
        || s.product.as_ref().is_some_and(|p| {
            p.signals.quiesced || p.signals.quiesced_jobs.iter().any(|q| q.covers(port, job, asid(c, handle)))
        })
}

/// No QUIESCE of any kind is in force on a stack.
fn nothing_quiesced(s: &Stack) -> bool {
    s.reports.quiesced.is_empty()
        && s.product.as_ref().is_none_or(|p| !p.signals.quiesced && p.signals.quiesced_jobs.is_empty())
}

/// Those of them that are not quiesced.
pub(super) fn open_listeners(
    c: &Cluster,
    target: StackId,
    address: AddrId,
    port: u16,
) -> Vec<(Handle, JobId)> {
    let mut found = listeners(c, target, address, port);
    found.retain(|(handle, job)| !quiesced(c, target, port, *handle, *job));
    found
}

/// Rdy of the destination port table: listeners that the distributor knows of and that are not quiesced.
pub(crate) fn ready(c: &Cluster, owner: StackId, address: AddrId, port: u16, target: StackId) -> u32 {
    let row = c.routing(owner, address).and_then(|r| r.dpt.get(&(port, target)));
    row.map_or(0, |row| ready_row(c, row, address, port, target))
}

/// The same of a row of the table.
pub(crate) fn ready_row(c: &Cluster, row: &Row, address: AddrId, port: u16, target: StackId) -> u32 {
    if c.stack(target).is_some_and(nothing_quiesced) {
        return row.listeners;
    }
    let open = u32::try_from(open_listeners(c, target, address, port).len()).unwrap_or(u32::MAX);
    let here = u32::try_from(listeners(c, target, address, port).len()).unwrap_or(u32::MAX);
    // What the target has closed already while its message is under way counts as before.
    if open == here { row.listeners } else { row.listeners.min(open) }
}

/// Whether packets reach the target: by VIPAROUTE where one names it, else by dynamic XCF.
pub(super) fn reachable(c: &Cluster, owner: StackId, target: StackId, address: AddrId) -> bool {
    if owner == target {
        return true;
    }
    let (Some(from), Some(to)) = (c.stack(owner), c.stack(target)) else { return false };
    let v4 = c.address(address).is_ipv4();
    let routed =
        from.config.product.routes.iter().any(|r| r.xcf.is_ipv4() == v4 && to.config.xcf.contains(&r.xcf));
    let path = if routed { Path::Ip } else { Path::Xcf };
    let no_xcf =
        |s: &crate::stack::Stack| s.product.as_ref().is_some_and(|p| p.problems.contains_key(&Problem::Xcf));
    !from.product.as_ref().is_some_and(|p| p.paths_down.contains(&(target, path)))
        && (routed || !(no_xcf(from) || no_xcf(to)))
}

/// Target server responsiveness in percent: as told, else from its three parts.
pub(crate) fn tsr(c: &Cluster, target: StackId) -> u16 {
    let Some(s) = c.stack(target) else { return 0 };
    let parts = s.product.as_ref().and_then(|p| p.signals.parts);
    match (parts, s.reports.tsr) {
        (Some((tcsr, cer, sef)), _) => {
            if c.answer(Assumption::Responsiveness) == "minimum" {
                tcsr.min(cer).min(sef)
            } else {
                let product = u32::from(tcsr) * u32::from(cer) * u32::from(sef) / 10_000;
                u16::try_from(product).unwrap_or(100)
            }
        }
        (None, told) => told.unwrap_or(100),
    }
}

/// `TCSR 0 CER 100 SEF 90`, as far as it was told.
pub(crate) fn parts(c: &Cluster, target: StackId) -> String {
    match c.stack(target).and_then(|s| s.product.as_ref()).and_then(|p| p.signals.parts) {
        Some((tcsr, cer, sef)) => format!("TCSR {tcsr} CER {cer} SEF {sef}"),
        None => format!("TSR {}", tsr(c, target)),
    }
}

fn first_job(c: &Cluster, target: StackId, address: AddrId, port: u16) -> Option<JobId> {
    listeners(c, target, address, port).first().map(|(_, job)| *job)
}

/// Health in percent and abnormal ends per 1000 of the server on the port.
pub(super) fn health(c: &Cluster, target: StackId, address: AddrId, port: u16) -> (u16, u16) {
    let Some(s) = c.stack(target) else { return (0, 1000) };
    let Some(job) = first_job(c, target, address, port) else { return (100, 0) };
    let health = s.reports.health.get(&job).copied().unwrap_or(100);
    let abnormal = s.product.as_ref().and_then(|p| p.signals.abnormal.get(&job).copied()).unwrap_or(0);
    (health, abnormal)
}

/// The weight that WLM reports for the method: of the system, or of the server. None where it reports none.
pub(super) fn wlm(c: &Cluster, method: Method, target: StackId, address: AddrId, port: u16) -> Option<u16> {
    let s = c.stack(target)?;
    match method {
        Method::ServerWlm => s.reports.weights.get(&first_job(c, target, address, port)?).copied(),
        Method::BaseWlm | Method::TargControlled => s.product.as_ref()?.signals.weight,
        Method::RoundRobin | Method::WeightedActive | Method::HotStandby => None,
    }
}

/// Targets of a port that are ready and can be reached, in order.
pub(super) fn usable(c: &Cluster, owner: StackId, address: AddrId, port: u16) -> Vec<StackId> {
    let Some(routing) = c.routing(owner, address) else { return Vec::new() };
    let rows = (port, StackId(0))..=(port, StackId(u16::MAX));
    routing
        .dpt
        .range(rows)
        .filter(|((_, s), row)| ready_row(c, row, address, port, *s) > 0 && reachable(c, owner, *s, address))
        .map(|((_, s), _)| *s)
        .collect()
}

/// What each usable target weighs now. Where WLM gives no weights, or none above zero, every responsive one weighs the
/// same: round robin (04 5.3).
pub(super) fn weights(
    c: &Cluster,
    ctx: &mut Ctx,
    owner: StackId,
    address: AddrId,
    port: u16,
) -> Vec<(StackId, u16)> {
    let usable = usable(c, owner, address, port);
    let method = sharing(c, owner, address, port).map_or(Method::RoundRobin, |s| s.method);
    let raw: Vec<(StackId, Option<u16>)> =
        usable.iter().map(|s| (*s, wlm(c, method, *s, address, port))).collect();
    let known = raw.iter().any(|(_, w)| w.is_some());
    if known && raw.iter().any(|(_, w)| w.is_none()) {
        ctx.assume(Assumption::MissingWeight);
    }
    let missing = if c.answer(Assumption::MissingWeight) == "zero" { 0 } else { 1 };
    let scaled = |stack: StackId, weight: u16| {
        let scaled = (u32::from(weight) * u32::from(tsr(c, stack)) + 50) / 100;
        // A responsive target with a small weight keeps its share.
        u16::try_from(scaled).unwrap_or(u16::MAX).max(u16::from(weight > 0 && tsr(c, stack) > 0))
    };
    if known {
        let found: Vec<(StackId, u16)> =
            raw.iter().map(|(s, w)| (*s, scaled(*s, w.unwrap_or(missing)))).collect();
        let all = found.iter().fold(0, |a, (_, w)| gcd(a, *w));
        if all > 0 {
            return found.into_iter().map(|(s, w)| (s, w / all)).collect();
        }
    }
    let even: Vec<(StackId, u16)> = usable.iter().map(|s| (*s, u16::from(tsr(c, *s) > 0))).collect();
    if even.iter().any(|(_, w)| *w > 0) {
        if even.iter().any(|(_, w)| *w == 0) {
            ctx.assume(Assumption::ProbeUnresponsive);
        }
        return even;
    }
    ctx.assume(Assumption::NoneResponsive);
    usable.into_iter().map(|s| (s, 1)).collect()
}

/// Turns of a new round.
pub(super) fn turns(c: &Cluster, owner: StackId, address: AddrId, port: u16) -> Vec<(StackId, u16)> {
    weights(c, &mut Ctx::new(false), owner, address, port)
}

fn gcd(a: u16, b: u16) -> u16 {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// The stack of the group that a client's address belongs to.
pub(super) fn stack_of(c: &Cluster, owner: StackId, client: IpAddr) -> Option<StackId> {
    let id = c.find_address(client)?;
    c.stack_ids().find(|s| c.same_group(owner, *s) && c.in_group(*s) && (c.is_home(*s, id) || c.owns(*s, id)))
}
