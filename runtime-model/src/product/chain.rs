//! The backup chain: who may take a DVIPA, and who takes it first (04 1.3).

use crate::assumption::Assumption;
use crate::cluster::Cluster;
use crate::ids::{AddrId, StackId};
use crate::model::{DvipaModel, DvipaOrigin};
use crate::outcome::{Answer, Ctx};
use crate::tables::Settle;

/// The statement of a stack for a DVIPA.
pub(super) fn statement(c: &Cluster, stack: StackId, address: AddrId) -> Option<&DvipaModel> {
    c.stack(stack)?.statement(c.address(address))
}

/// VIPADEFINE, or VIPABACKUP with MOVEABLE and a mask, which an IPv6 one need not have: it may be the first to have the
/// address.
pub(super) fn eligible_first(statement: &DvipaModel) -> bool {
    match statement.origin {
        DvipaOrigin::Define => true,
        DvipaOrigin::Backup(_) => {
            statement.moveable.is_some() && (statement.subnet.is_some() || statement.address.is_ipv6())
        }
    }
}

/// CPCSCOPE: the address stays in the CPC of the stack that had it last.
fn in_scope(c: &Cluster, stack: StackId, address: AddrId) -> bool {
    let cpc = |s: StackId| c.stack(s).and_then(|s| s.config.cpc.clone());
    let scoped = |s: StackId| statement(c, s, address).is_some_and(|d| d.cpc_scope);
    match c.last_owner(stack, address) {
        Some(last) if last != stack && (scoped(stack) || scoped(last)) => cpc(last) == cpc(stack),
        Some(_) | None => true,
    }
}

/// Whether a stack of the chain may take the address at all: the scope of its CPC, and for a backup without MOVEABLE
/// and mask a definition that it can inherit.
pub(super) fn may_take(c: &Cluster, stack: StackId, address: AddrId) -> bool {
    let Some(statement) = statement(c, stack, address) else { return false };
    if !in_scope(c, stack, address) {
        return false;
    }
    eligible_first(statement)
        || c.answer(Assumption::BackupInherits) == "ever"
        || c.stack(stack).and_then(|s| s.product.as_ref()).is_some_and(|p| p.known.contains(address))
}

/// What a configured DVIPA does when its stack joins, gets an OBEYFILE or a REACTIVATE.
pub(super) fn settle(c: &Cluster, ctx: &mut Ctx, stack: StackId, address: AddrId) -> Settle {
    let Some(statement) = statement(c, stack, address) else { return Settle::Stay };
    let define = statement.origin == DvipaOrigin::Define;
    let owner = c.owner(address, stack);
    if !ctx.ask("04:1.3", "Does another stack have the DVIPA active?", owner.is_some()) {
        let lost = c.is_lost(stack, address);
        if ctx.ask("04:1.3", "Was it active, and is it without an owner now?", lost) {
            let next = c.successor(address, stack);
            ctx.assume(Assumption::BackupInherits);
            if ctx.ask("04:1.4", "Is this stack the head of the backup chain?", next == Some(stack)) {
                return Settle::TakeOver;
            }
            return Settle::Stay;
        }
        return if ctx.ask(
            "04:1.3",
            "May this stack be the first (VIPADEFINE, or VIPABACKUP with MOVEABLE and mask)?",
            eligible_first(statement),
        ) {
            Settle::Take
        } else {
            Settle::Stay
        };
    }
    let Some(owner) = owner else { return Settle::Stay };
    if !ctx.ask("04:1.5", "Is it a VIPADEFINE, which asks for ownership?", define) {
        return Settle::Stay;
    }
    if !in_scope(c, stack, address) {
        ctx.note("04:1.3", "CPCSCOPE: the address stays in the CPC of", || {
            Answer::Name(c.stack_name(owner).to_owned())
        });
        return Settle::Stay;
    }
    if super::handover::lets_go(c, ctx, owner, address, stack) { Settle::Take } else { Settle::Stay }
}
