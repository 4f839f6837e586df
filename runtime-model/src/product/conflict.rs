//! The conflict table: what comes of a second attempt to make a DVIPA that exists already (04 1.10).

use crate::assumption::Assumption;
use crate::cluster::Cluster;
use crate::ids::{AddrId, StackId};
use crate::outcome::{Ctx, Errno, ReasonCode, Refusal};
use crate::stack::{Dvipa, RangeOrigin};
use crate::tables::Created;

const INACTIVE: Refusal = Refusal::coded(
    Errno::EADDRNOTAVAIL,
    "04:1.10",
    ReasonCode::NOT_ACTIVE,
    "the DVIPA is configured on this stack and not active here",
);
const KEPT: Refusal = Refusal::coded(
    Errno::EADDRNOTAVAIL,
    "04:1.10",
    ReasonCode::DVIPA_CONFLICT,
    "the DVIPA is active on another stack, which does not let it go",
);
const NO_RANGE: Refusal =
    Refusal::new(Errno::EADDRNOTAVAIL, "04:1.9", "no VIPARANGE of this stack covers the address");
const DEFINED_HERE: Refusal = Refusal::new(
    Errno::EADDRNOTAVAIL,
    "04:1.10",
    "the DVIPA has a VIPADEFINE or VIPABACKUP on this stack, and an ioctl cannot make it a second time",
);

/// What a bind or ioctl on `stack` comes to. Errors: EADDRNOTAVAIL with the reason of the product, where it is known.
pub(crate) fn attempt(
    c: &Cluster,
    ctx: &mut Ctx,
    stack: StackId,
    address: AddrId,
    how: RangeOrigin,
) -> Result<Created, Refusal> {
    let here = c.stack(stack).and_then(|s| s.dvipas.get(&address));
    // A stack that gave the address away asks for it anew.
    let live = here.filter(|d| d.owner || d.quiescing || d.target_of.is_some());
    if ctx.ask("04:1.10", "Is the DVIPA in use on this stack?", live.is_some())
        && let Some(d) = live
    {
        return same_stack(c, ctx, d, how);
    }
    let configured = here.is_some_and(|d| d.define || d.backup.is_some());
    if ctx.ask("04:4.1", "Is it configured here, but not active?", configured) {
        if how == RangeOrigin::Ioctl {
            ctx.assume(Assumption::ConflictSameStack);
        }
        return Err(INACTIVE);
    }
    if !ctx.ask("04:1.9", "Does a VIPARANGE of this stack cover it?", c.range_of(stack, address).is_some()) {
        return Err(NO_RANGE);
    }
    super::bind::range_saf(c, ctx, stack, address, how)?;
    let Some(owner) = c.owner(address, stack) else {
        return idle_elsewhere(c, ctx, stack, address);
    };
    let Some(there) = c.stack(owner).and_then(|s| s.dvipas.get(&address)) else { return Ok(Created::New) };
    let may = match (there.range, how) {
        // An ioctl wins over bind and ioctl elsewhere.
        (Some(_), RangeOrigin::Ioctl) => true,
        (Some(RangeOrigin::Bind | RangeOrigin::Connect), RangeOrigin::Bind | RangeOrigin::Connect) => {
            there.non_disruptive
        }
        (Some(RangeOrigin::Ioctl), RangeOrigin::Bind | RangeOrigin::Connect) => false,
        (None, _) => {
            if !there.define {
                ctx.assume(Assumption::ConflictBackup);
            }
            !there.define && c.answer(Assumption::ConflictBackup) == "takes"
        }
    };
    if ctx.ask("04:1.10", "Does the stack that has it now let it go?", may) {
        Ok(Created::New)
    } else {
        Err(KEPT)
    }
}

/// The first of the two tables.
fn same_stack(c: &Cluster, ctx: &mut Ctx, d: &Dvipa, how: RangeOrigin) -> Result<Created, Refusal> {
    if how != RangeOrigin::Ioctl {
        if !d.define && d.backup.is_some() && d.owner {
            ctx.assume(Assumption::ConflictSameStack);
        }
        return Ok(Created::There);
    }
    if d.range.is_some() {
        return Ok(Created::Warned);
    }
    if d.backup.is_some() {
        ctx.assume(Assumption::ConflictSameStack);
        if c.answer(Assumption::ConflictSameStack) == "usable" {
            return Ok(Created::Warned);
        }
    }
    Err(DEFINED_HERE)
}

/// Nobody has it. A VIPABACKUP that is not active on another stack stands in the way.
fn idle_elsewhere(c: &Cluster, ctx: &mut Ctx, stack: StackId, address: AddrId) -> Result<Created, Refusal> {
    let configured = |s: &StackId| {
        c.is_partner(stack, *s)
            && c.stack(*s)
                .and_then(|s| s.dvipas.get(&address))
                .is_some_and(|d| d.define || d.backup.is_some())
    };
    let found = c.stack_ids().any(|s| configured(&s));
    if !ctx.ask("04:1.10", "Does another stack have a VIPABACKUP for it, not active?", found) {
        return Ok(Created::New);
    }
    ctx.assume(Assumption::ConflictBackup);
    if c.answer(Assumption::ConflictBackup) == "takes" { Ok(Created::New) } else { Err(KEPT) }
}

/// VIPADEFINE or VIPABACKUP of an address that is in use by bind or ioctl, here or on another stack: the statement is
/// rejected (04 1.2 S7, 1.10).
pub(super) fn statement_rejected(c: &Cluster, stack: StackId, address: AddrId) -> bool {
    let ranged = |s: StackId| {
        c.stack(s)
            .and_then(|s| s.dvipas.get(&address))
            .is_some_and(|d| d.range.is_some() && (d.owner || d.moving))
    };
    ranged(stack) || c.owner(address, stack).is_some_and(ranged)
}

const NOT_MADE: Refusal =
    Refusal::new(Errno::EADDRNOTAVAIL, "04:1.2", "the address was not made by ioctl or bind on this stack");
const DISTRIBUTED: Refusal =
    Refusal::new(Errno::EINVAL, "04:1.2", "a distributed DVIPA cannot be deleted by ioctl");

/// The ioctl that makes a DVIPA.
pub(super) fn create(
    c: &Cluster,
    ctx: &mut Ctx,
    stack: StackId,
    address: AddrId,
) -> Result<Created, Refusal> {
    attempt(c, ctx, stack, address, RangeOrigin::Ioctl)
}

/// The ioctl that deletes one (04 1.2 S13). Errors: EINVAL for a distributed one, EADDRNOTAVAIL for one not made here.
pub(super) fn delete(c: &Cluster, ctx: &mut Ctx, stack: StackId, address: AddrId) -> Result<(), Refusal> {
    let d = c.stack(stack).and_then(|s| s.dvipas.get(&address));
    if d.is_some_and(|d| d.owner || d.target_of.is_some()) && c.is_distributed(stack, address) {
        return Err(DISTRIBUTED);
    }
    let made = d.is_some_and(|d| d.range.is_some() && (d.owner || d.moving));
    if ctx.ask("04:1.9", "Was it made here from a VIPARANGE?", made) { Ok(()) } else { Err(NOT_MADE) }
}

/// Whether a bind will do, and whether it makes the DVIPA. For addresses that some stack configures as a DVIPA or covers
/// with a VIPARANGE (04 4.1, step 3).
pub(crate) fn bind(c: &Cluster, ctx: &mut Ctx, stack: StackId, address: AddrId) -> Result<bool, Refusal> {
    attempt(c, ctx, stack, address, RangeOrigin::Bind).map(|created| created == Created::New)
}
