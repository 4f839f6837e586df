//! Ownership as the founding documents leave it: VIPADEFINE takes, VIPABACKUP waits for a loss, MOVEABLE decides.

use crate::assumption::Assumption;
use crate::cluster::Cluster;
use crate::ids::{AddrId, StackId};
use crate::model::Moveable;
use crate::outcome::{Ctx, Errno, Refusal};
use crate::stack::Dvipa;
use crate::tables::{Claim, Created, JoinDelay, Remains, Settle};

const NO_RANGE: Refusal =
    Refusal::new(Errno::EADDRNOTAVAIL, "ioctl", "no VIPARANGE of this stack covers the address");
const ELSEWHERE: Refusal =
    Refusal::new(Errno::EADDRNOTAVAIL, "ioctl", "another stack has the address and keeps it");
const HERE: Refusal =
    Refusal::new(Errno::EINVAL, "ioctl", "the address is active on this stack by its configuration");
const NOT_MADE: Refusal =
    Refusal::new(Errno::EINVAL, "ioctl", "the address was not made from a VIPARANGE of this stack");

fn dvipa(c: &Cluster, stack: StackId, address: AddrId) -> Option<&Dvipa> {
    c.stack(stack).and_then(|s| s.dvipas.get(&address))
}

pub(super) fn settle(c: &Cluster, ctx: &mut Ctx, stack: StackId, address: AddrId) -> Settle {
    let define = dvipa(c, stack, address).is_some_and(|d| d.define);
    let Some(owner) = c.owner(address, stack) else {
        if define {
            return Settle::Take;
        }
        if c.is_lost(stack, address) && (c.fixed.tables.takes_over)(c, stack, address) {
            ctx.assume(Assumption::BackupWaits);
            return Settle::TakeOver;
        }
        return Settle::Stay;
    };
    if !define {
        return Settle::Stay;
    }
    if dvipa(c, owner, address).is_some_and(|d| d.define) {
        ctx.assume(Assumption::SecondDefine);
    }
    if gives_up(c, owner, address) { Settle::Take } else { Settle::Stay }
}

/// Whether a live owner lets a VIPADEFINE elsewhere have the address now.
fn gives_up(c: &Cluster, owner: StackId, address: AddrId) -> bool {
    let Some(d) = dvipa(c, owner, address) else { return true };
    match d.moveable.unwrap_or(Moveable::Immediate) {
        Moveable::Immediate => d.range.is_none() || d.non_disruptive,
        Moveable::WhenIdle => c.local_ports(owner, address).is_none(),
    }
}

pub(super) fn may_take(_: &Cluster, _: StackId, _: AddrId) -> bool {
    true
}

pub(super) fn rejects(_: &Cluster, _: StackId, _: AddrId) -> Option<crate::tables::Rejection> {
    None
}

pub(super) fn waits(c: &Cluster, ctx: &mut Ctx, owner: StackId, address: AddrId) -> Option<StackId> {
    let when_idle = dvipa(c, owner, address)?.moveable == Some(Moveable::WhenIdle);
    if !when_idle || c.local_ports(owner, address).is_some() {
        return None;
    }
    let waits = |s: &StackId| {
        c.is_partner(owner, *s) && dvipa(c, *s, address).is_some_and(|d| d.define && !d.deactivated)
    };
    let next = c.stack_ids().find(waits)?;
    ctx.assume(Assumption::WhenIdle);
    Some(next)
}

pub(super) fn on_loss(
    c: &Cluster,
    _: &mut Ctx,
    old: StackId,
    _: StackId,
    address: AddrId,
    _: Claim,
) -> Remains {
    if c.local_ports(old, address).is_some() { Remains::Moving } else { Remains::Idle }
}

pub(super) fn on_end(c: &Cluster, _: &mut Ctx, stack: StackId, address: AddrId, _: bool) -> Remains {
    if c.local_ports(stack, address).is_some() { Remains::Quiescing } else { Remains::Idle }
}

pub(super) fn is_over(c: &Cluster, stack: StackId, address: AddrId) -> bool {
    c.local_ports(stack, address).is_none()
}

pub(super) fn create(
    c: &Cluster,
    ctx: &mut Ctx,
    stack: StackId,
    address: AddrId,
) -> Result<Created, Refusal> {
    if let Some(d) = dvipa(c, stack, address) {
        return if d.owner && d.range.is_some() { Ok(Created::Warned) } else { Err(HERE) };
    }
    if c.range_of(stack, address).is_none() {
        return Err(NO_RANGE);
    }
    if let Some(owner) = c.owner(address, stack) {
        ctx.assume(Assumption::RangeMoves);
        if !c.lets_go(owner, address) {
            return Err(ELSEWHERE);
        }
    }
    Ok(Created::New)
}

pub(super) fn delete(c: &Cluster, _: &mut Ctx, stack: StackId, address: AddrId) -> Result<(), Refusal> {
    let made = dvipa(c, stack, address).is_some_and(|d| d.owner && d.range.is_some());
    if made { Ok(()) } else { Err(NOT_MADE) }
}

pub(super) fn deactivate(_: &Cluster, _: &mut Ctx, _: StackId, _: AddrId) -> Result<(), Refusal> {
    Ok(())
}

pub(super) fn join_delay(_: &Cluster, _: &mut Ctx, _: StackId, _: bool) -> Option<JoinDelay> {
    None
}
