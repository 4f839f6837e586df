//! Sysplex autonomics: when a stack may join, when the monitor takes it out, and when it comes back (04 1.8).

use crate::assumption::Assumption;
use crate::cluster::Cluster;
use crate::event::Problem;
use crate::ids::StackId;
use crate::outcome::{Ctx, Errno, Refusal};
use crate::product::Membership;
use crate::tables::JoinDelay;

/// What the monitor does about a problem that lasted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Act {
    /// Nothing: it is not watched here, or not now.
    Nothing,
    /// A message only.
    Message,
    /// The stack leaves its group.
    Leave,
}

/// Why a stack does not join now.
pub(super) fn join_delay(c: &Cluster, ctx: &mut Ctx, stack: StackId, asked: bool) -> Option<JoinDelay> {
    let s = c.stack(stack)?;
    let monitor = s.config.product.monitor;
    let p = s.product.as_ref()?;
    let first = p.membership == Membership::Down;
    if ctx.ask("04:1.8", "NOJOIN, and no operator has asked?", monitor.no_join && !asked && first) {
        return Some(JoinDelay::Asked);
    }
    let wrong = |problem| p.problems.contains_key(&problem);
    if !ctx.ask("04:1.8", "Is VTAM up?", !wrong(Problem::Vtam)) {
        return Some(JoinDelay::Waits("VTAM"));
    }
    let delayed = monitor.delay_join && wrong(Problem::Omproute);
    if ctx.ask("04:1.8", "DELAYJOIN, and OMPROUTE is not up?", delayed) {
        return Some(JoinDelay::Waits("OMPROUTE"));
    }
    if monitor.interfaces && wrong(Problem::Interfaces) {
        ctx.ask("04:1.8", "MONINTERFACE: is a monitored interface up?", false);
        return Some(JoinDelay::Waits("a monitored interface"));
    }
    if monitor.dynamic_routes && wrong(Problem::DynamicRoutes) {
        ctx.ask("04:1.8", "DYNROUTE: is there a dynamic route over a monitored interface?", false);
        return Some(JoinDelay::Waits("a dynamic route over a monitored interface"));
    }
    None
}

/// The next problem that has lasted longer than TIMERSECS by `end`: when, where, which.
pub(crate) fn next_due(c: &Cluster, end: u64) -> Option<(u64, StackId, Problem)> {
    let mut quiet = Ctx::new(false);
    let mut due: Vec<(u64, StackId, Problem)> = Vec::new();
    for stack in c.stack_ids().filter(|s| c.in_group(*s)) {
        let Some(s) = c.stack(stack) else { continue };
        let Some(p) = s.product.as_ref() else { continue };
        let timer = u64::from(s.config.product.monitor.timer);
        for (problem, since) in &p.problems {
            let at = since.saturating_add(timer).saturating_add(1).max(c.now());
            if at <= end
                && !p.announced.contains(problem)
                && verdict(c, &mut quiet, stack, *problem) != Act::Nothing
            {
                due.push((at, stack, *problem));
            }
        }
    }
    due.into_iter().min()
}

/// What the monitor does about a problem that lasted longer than TIMERSECS.
pub(crate) fn verdict(c: &Cluster, ctx: &mut Ctx, stack: StackId, problem: Problem) -> Act {
    let Some(s) = c.stack(stack) else { return Act::Nothing };
    let monitor = s.config.product.monitor;
    match problem {
        Problem::OmprouteSlow => return Act::Message,
        Problem::Xcf => {
            let advertises = s.dvipas.values().any(|d| d.owner);
            let forwards = s.routing.values().any(|r| !r.rules.is_empty());
            let mut systems: Vec<&str> = c
                .stack_ids()
                .filter_map(|o| c.stack(o))
                .filter(|o| o.in_group() && o.config.system != s.config.system)
                .map(|o| o.config.system.as_str())
                .collect();
            systems.sort_unstable();
            systems.dedup();
            let checked = advertises && forwards && systems.len() >= 2;
            if !ctx.ask(
                "04:1.8",
                "Does it advertise and distribute DVIPAs, beside two other systems?",
                checked,
            ) {
                return Act::Nothing;
            }
        }
        Problem::Interfaces | Problem::DynamicRoutes => {
            let on = if problem == Problem::Interfaces { monitor.interfaces } else { monitor.dynamic_routes };
            if !on {
                return Act::Nothing;
            }
            ctx.assume(Assumption::MonitoredInterfaces);
            if c.answer(Assumption::MonitoredInterfaces) == "message" {
                return Act::Message;
            }
        }
        Problem::Vtam | Problem::Omproute | Problem::SysplexCode | Problem::Storage => {}
    }
    if !ctx.ask("04:1.8", "Is RECOVERY on?", monitor.recovery) {
        return Act::Message;
    }
    let others = c.stack_ids().any(|o| c.is_partner(stack, o));
    if !ctx.ask("04:1.8", "Is there another member of the group to take over?", others) {
        return Act::Message;
    }
    Act::Leave
}

/// Whether a stack that the monitor took out joins again now that a problem is gone.
pub(crate) fn may_rejoin(c: &Cluster, ctx: &mut Ctx, stack: StackId) -> bool {
    let Some(s) = c.stack(stack) else { return false };
    let Some(p) = s.product.as_ref() else { return false };
    if !ctx.ask("04:1.8", "Is AUTOREJOIN on?", s.config.product.monitor.auto_rejoin) {
        return false;
    }
    let kind = p.cause != Some(Problem::SysplexCode);
    if !ctx.ask("04:1.8", "Did it leave for a problem that it may come back from?", kind) {
        return false;
    }
    let left = p.problems.keys().any(|problem| *problem != Problem::OmprouteSlow);
    ctx.ask("04:1.8", "Are all problems gone?", !left)
}

/// Id, where a source ties one to the problem, and our wording.
pub(crate) fn message(
    c: &Cluster,
    ctx: &mut Ctx,
    stack: StackId,
    problem: Problem,
) -> (Option<&'static str>, String) {
    let config = c.stack(stack).map(|s| &s.config.product);
    let timer = config.map_or(0, |p| p.monitor.timer);
    let lasted = format!("for more than {timer} seconds");
    match problem {
        Problem::Vtam => (Some("EZZ9671E"), format!("VTAM is not active {lasted}")),
        Problem::OmprouteSlow => (Some("EZZ9672E"), format!("OMPROUTE does not respond {lasted}")),
        // With VIPAROUTE it is another message, whose id no source gives.
        Problem::Xcf if config.is_some_and(|p| !p.routes.is_empty()) => {
            (None, format!("no partner can be reached by dynamic XCF or VIPAROUTE {lasted}"))
        }
        Problem::Xcf => (Some("EZZ9673E"), format!("no partner can be reached by dynamic XCF {lasted}")),
        Problem::SysplexCode => (Some("EZZ9674E"), format!("sysplex processing does not respond {lasted}")),
        Problem::Omproute => (Some("EZZ9678E"), format!("OMPROUTE is down {lasted}")),
        Problem::Storage => (Some("EZD1974E"), format!("storage is constrained {lasted}")),
        Problem::Interfaces => {
            (c.unconfirmed_id(ctx, "EZD1209E"), format!("all monitored interfaces are down {lasted}"))
        }
        Problem::DynamicRoutes => (
            c.unconfirmed_id(ctx, "EZD1210E"),
            format!("no dynamic route is left over a monitored interface {lasted}"),
        ),
    }
}

const RANGED: Refusal = Refusal::new(
    Errno::EINVAL,
    "04:1.7",
    "the DVIPA was made by bind or ioctl, or this stack is only a target of it",
);

/// DEACTIVATE is for addresses of VIPADEFINE and VIPABACKUP.
pub(super) fn deactivate(
    c: &Cluster,
    ctx: &mut Ctx,
    stack: StackId,
    address: crate::ids::AddrId,
) -> Result<(), Refusal> {
    let stated =
        c.stack(stack).and_then(|s| s.dvipas.get(&address)).is_some_and(|d| d.define || d.backup.is_some());
    if ctx.ask("04:1.7", "Has the DVIPA a VIPADEFINE or VIPABACKUP on this stack?", stated) {
        Ok(())
    } else {
        Err(RANGED)
    }
}
