//! Takeback by VIPADEFINE, and what stays on a stack that gives an address away (04 1.4 to 1.7, 1.11).

use crate::assumption::Assumption;
use crate::cluster::Cluster;
use crate::ids::{AddrId, StackId};
use crate::model::{DvipaOrigin, Moveable};
use crate::outcome::{Answer, Ctx};
use crate::stack::RangeOrigin;
use crate::tables::{Claim, Remains};

/// MOVEABLE of the instance that owns the address: that of its own statement, for a backup without one that of the
/// definition it inherited.
pub(super) fn moveable(c: &Cluster, owner: StackId, address: AddrId) -> Moveable {
    let own = super::chain::statement(c, owner, address).and_then(|d| d.moveable);
    let inherited = || {
        c.stack_ids()
            .filter(|s| c.same_group(owner, *s))
            .filter_map(|s| super::chain::statement(c, s, address))
            .find(|d| d.origin == DvipaOrigin::Define)?
            .moveable
    };
    own.or_else(inherited).unwrap_or(Moveable::Immediate)
}

/// Connections that keep a WHENIDLE owner.
pub(super) fn is_busy(c: &Cluster, owner: StackId, address: AddrId) -> bool {
    let here = c.connection_count(owner, address) > 0;
    here || (c.answer(Assumption::WhenIdle) == "all-targets"
        && c.routing(owner, address).is_some_and(|r| !r.crt.is_empty()))
}

/// Whether a living owner lets a VIPADEFINE on another stack have the address now.
pub(super) fn lets_go(c: &Cluster, ctx: &mut Ctx, owner: StackId, address: AddrId, asker: StackId) -> bool {
    if super::chain::statement(c, owner, address).is_some_and(|d| d.origin == DvipaOrigin::Define) {
        ctx.assume(Assumption::SecondDefine);
        let keeps = c.answer(Assumption::SecondDefine) == "no";
        if ctx.ask("04:1.11", "Is the owner a second VIPADEFINE that keeps the address?", keeps) {
            return false;
        }
    }
    ctx.assume(Assumption::OwnersMoveable);
    let from = match c.answer(Assumption::OwnersMoveable) {
        "definers" => asker,
        _ => owner,
    };
    let idle = moveable(c, from, address) == Moveable::WhenIdle;
    if !ctx.ask("04:1.5", "Is it MOVEABLE WHENIDLE there?", idle) {
        ctx.note("04:1.5", "MOVEABLE IMMEDIATE: ownership moves at once to", || {
            Answer::Name(c.stack_name(asker).to_owned())
        });
        return true;
    }
    ctx.assume(Assumption::WhenIdle);
    let count = u32::try_from(c.connection_count(owner, address)).unwrap_or(u32::MAX);
    ctx.note("04:1.5", "Connections on the owner:", || Answer::Count(count));
    !is_busy(c, owner, address)
}

/// Connections can be kept through a planned move: both stacks have dynamic XCF of the address's family.
fn both_have_xcf(c: &Cluster, ctx: &mut Ctx, a: StackId, b: StackId, address: AddrId) -> bool {
    let v4 = c.address(address).is_ipv4();
    let has = |s: StackId| c.stack(s).is_some_and(|s| s.config.xcf.iter().any(|x| x.is_ipv4() == v4));
    ctx.ask("04:1.4", "Do both stacks have DYNAMICXCF, so that connections can be kept?", has(a) && has(b))
}

/// What stays on a living stack when another one takes the address.
pub(super) fn on_loss(
    c: &Cluster,
    ctx: &mut Ctx,
    old: StackId,
    new: StackId,
    address: AddrId,
    claim: Claim,
) -> Remains {
    let Some(d) = c.stack(old).and_then(|s| s.dvipas.get(&address)) else { return Remains::Nothing };
    let kept = match (d.range, claim) {
        // 04 1.10: an ioctl takes a DVIPA made by bind away, even from a nondisruptive range.
        (Some(RangeOrigin::Bind | RangeOrigin::Connect), Claim::Range(RangeOrigin::Ioctl)) => false,
        (Some(_), _) => d.non_disruptive,
        (None, _) => true,
    };
    if !ctx.ask("04:1.10", "Does it let connections live on here?", kept) {
        return Remains::Nothing;
    }
    if !both_have_xcf(c, ctx, old, new, address) {
        return Remains::Nothing;
    }
    if d.range.is_some() || c.connection_count(old, address) > 0 { Remains::Moving } else { Remains::Idle }
}

/// What stays when an operator or a statement ends the address here: QUIESCING needs connections, and a stack that takes
/// over and can keep them.
pub(super) fn on_end(c: &Cluster, ctx: &mut Ctx, stack: StackId, address: AddrId, deleted: bool) -> Remains {
    let busy = c.connection_count(stack, address) > 0;
    if !ctx.ask("04:1.7", "Are there connections?", busy) {
        return Remains::Idle;
    }
    if deleted {
        ctx.assume(Assumption::DeleteKeeps);
        if c.answer(Assumption::DeleteKeeps) == "no" {
            return Remains::Nothing;
        }
    }
    let next = c.successor(address, stack).filter(|s| *s != stack);
    if !ctx.ask("04:1.7", "Does another stack of the chain take over?", next.is_some()) {
        return Remains::Nothing;
    }
    match next {
        Some(next) if both_have_xcf(c, ctx, stack, next, address) => Remains::Quiescing,
        Some(_) | None => Remains::Nothing,
    }
}

/// The VIPADEFINE stack that waits for an idle owner.
pub(super) fn waits(c: &Cluster, ctx: &mut Ctx, owner: StackId, address: AddrId) -> Option<StackId> {
    if c.stack(owner)?.dvipas.get(&address)?.range.is_some() {
        return None;
    }
    let waits = |s: &StackId| {
        c.is_partner(owner, *s)
            && c.stack(*s)
                .and_then(|s| s.dvipas.get(&address))
                .is_some_and(|d| d.define && !d.deactivated && !d.quiescing)
            && super::chain::may_take(c, *s, address)
    };
    let next = c.stack_ids().find(waits)?;
    // Two VIPADEFINEs: the one that has it keeps it until somebody asks.
    if super::chain::statement(c, owner, address).is_some_and(|d| d.origin == DvipaOrigin::Define) {
        return None;
    }
    lets_go(c, ctx, owner, address, next).then_some(next)
}

/// A moving or quiescing instance ends: no connection is left, and what made it from a range is gone.
pub(super) fn is_over(c: &Cluster, stack: StackId, address: AddrId) -> bool {
    let Some(s) = c.stack(stack) else { return true };
    let Some(d) = s.dvipas.get(&address) else { return true };
    let made = match d.range {
        // A creator that closed ends the instance whatever is left (04 1.13, L10).
        Some(RangeOrigin::Bind | RangeOrigin::Connect) => {
            let creator = s.product.as_ref().and_then(|p| p.creators.get(&address).copied());
            return creator.is_none_or(|h| c.socket(h).is_none());
        }
        Some(RangeOrigin::Ioctl) => true,
        None => false,
    };
    !made && c.connection_count(stack, address) == 0
}
