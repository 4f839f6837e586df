//! The conflict table: what comes of a second attempt to make a DVIPA that exists already (04 1.10).

use crate::assumption::Assumption;
use crate::cluster::Cluster;
use crate::ids::{AddrId, StackId};
use crate::outcome::{Ctx, Errno, ReasonCode, Refusal};
use crate::stack::{Dvipa, RangeOrigin};
use crate::tables::{Created, Rejection};

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
    if there.range.is_some()
        && ctx.ask("04:1.10", "Has this stack not yet heard of the DVIPA there?", c.is_delayed(owner, stack))
    {
        ctx.assume(Assumption::SameMoment);
        let (ip, winner) = (c.address(address), c.on_system(owner));
        ctx.say(stack, None, || format!("DVIPA {ip} is deleted again: {winner} made it earlier"));
        return Ok(Created::There);
    }
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

/// Why a VIPADEFINE or VIPABACKUP is rejected by the running stack: its security label, a pair of interface and address that
/// clashes with one that is defined (IPv6), bind or ioctl in possession of the address here or on another stack (04 1.2 S5 to
/// S7, 1.3, 1.10).
pub(super) fn statement_rejected(c: &Cluster, stack: StackId, address: AddrId) -> Option<Rejection> {
    super::label::refused(c, stack, address)
        .or_else(|| pair_elsewhere(c, stack, address).map(Rejection::Pair))
        .or_else(|| in_use(c, stack, address).then_some(Rejection::InUse))
}

/// Another stack of the group has a definition of the interface name with another address, or of the address with another
/// name.
fn pair_elsewhere(c: &Cluster, stack: StackId, address: AddrId) -> Option<StackId> {
    let own = super::chain::statement(c, stack, address)?;
    let name = own.interface.as_deref()?;
    let clashes = |s: &StackId| {
        let Some(there) = c.stack(*s) else { return false };
        there.config.dvipas.iter().any(|d| {
            let same_name = d.interface.as_deref() == Some(name);
            same_name != (d.address == own.address)
                && c.find_address(d.address)
                    .and_then(|a| there.dvipas.get(&a))
                    .is_some_and(|d| d.define || d.backup.is_some())
        })
    };
    c.stack_ids().find(|s| c.is_partner(stack, *s) && clashes(s))
}

fn in_use(c: &Cluster, stack: StackId, address: AddrId) -> bool {
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

/// An address that can be no DVIPA (04 1.9).
const PARAMETER: Refusal =
    Refusal::new(Errno::EINVAL, "04:1.9", "the address is unspecified, loopback or multicast: no DVIPA");

/// A bad parameter of MODDVIPA. Errors: EINVAL.
fn parameters(c: &Cluster, ctx: &mut Ctx, address: AddrId) -> Result<(), Refusal> {
    let ip = c.address(address);
    if !(ip.is_unspecified() || ip.is_loopback() || ip.is_multicast()) {
        return Ok(());
    }
    ctx.assume(Assumption::ModdvipaParameters);
    Err(PARAMETER)
}

/// Exit code of MODDVIPA for a refusal of create or delete, where a source tells it (04 1.9).
pub(crate) fn exit(refusal: &Refusal) -> Option<u8> {
    if *refusal == PARAMETER {
        Some(12)
    } else if *refusal == NO_RANGE || *refusal == NOT_MADE {
        Some(8)
    } else {
        None
    }
}

/// Exit code of MODDVIPA for a DVIPA that is there already, made by another application.
pub(crate) const WARNED: u8 = 4;

const NOT_YET: Refusal = Refusal::coded(
    Errno::EAGAIN,
    "04:1.9",
    ReasonCode::DVIPA_NOT_YET,
    "the stack does not serve DVIPAs yet: it is not in its group",
);

/// Whether a stack serves MODDVIPA with affinity now (04 1.9). Errors: EAGAIN, or EINVAL by the assumption.
pub(crate) fn affinity_served(c: &Cluster, ctx: &mut Ctx, stack: StackId) -> Result<(), Refusal> {
    if ctx.ask("04:1.9", "Is the stack in its group, with its VIPADYNAMIC statements?", c.in_group(stack)) {
        return Ok(());
    }
    ctx.assume(Assumption::AffinityEarly);
    if c.answer(Assumption::AffinityEarly) == "einval" {
        return Err(Refusal { errno: Errno::EINVAL, code: None, ..NOT_YET });
    }
    Err(NOT_YET)
}

/// The ioctl that makes a DVIPA.
pub(super) fn create(
    c: &Cluster,
    ctx: &mut Ctx,
    stack: StackId,
    address: AddrId,
) -> Result<Created, Refusal> {
    parameters(c, ctx, address)?;
    attempt(c, ctx, stack, address, RangeOrigin::Ioctl)
}

/// The ioctl that deletes one (04 1.2 S13). Errors: EINVAL for a distributed one, EADDRNOTAVAIL for one not made here.
pub(super) fn delete(c: &Cluster, ctx: &mut Ctx, stack: StackId, address: AddrId) -> Result<(), Refusal> {
    parameters(c, ctx, address)?;
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
