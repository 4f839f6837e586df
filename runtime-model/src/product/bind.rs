//! bind() in the order of 04:4.1.

use std::net::IpAddr;

use super::{bind_access, conflict, source, source_srcip};
use crate::assumption::Assumption;
use crate::cluster::Cluster;
use crate::ids::{AddrId, StackId};
use crate::outcome::{Answer, Ctx, Errno, Refusal};
use crate::socket::BoundBy;
use crate::stack::RangeOrigin;
use crate::tables::{Admission, BindRequest};

const NOT_HERE: Refusal = Refusal::new(
    Errno::EADDRNOTAVAIL,
    "04:4.1#3",
    "the address is not in the HOME list of this stack, no DVIPA of it, and in no VIPARANGE",
);
const RANGE_SAF: Refusal = Refusal::new(
    Errno::EACCES,
    "04:4.1#3",
    "the security server does not let the user have an address of this VIPARANGE",
);
const IN_USE: Refusal = Refusal::new(
    Errno::EADDRINUSE,
    "04:4.1#5",
    "another socket of this stack has the port at an address that overlaps, and neither SO_REUSEADDR nor SHAREPORT lets both have it",
);

/// Steps 0 to 2, and the address that takes the place of the unspecified one. Errors: EACCES, EADDRINUSE, EADDRNOTAVAIL.
pub(super) fn admit(c: &Cluster, ctx: &mut Ctx, r: &BindRequest) -> Result<Admission, Refusal> {
    let admitted = bind_access::admit(c, ctx, r)?;
    if let Some(to) = r.options.address_for {
        let address = source::address_for(c, ctx, r.stack, r.job, r.options, to)?;
        return Ok(Admission { address, by: BoundBy::AddressSelection });
    }
    if let Some(wanted) = admitted.bind {
        if let Some(address) = substituted(ctx, wanted, r.options.inet6)
            && let Some(known) = c.find_address(address)
        {
            return Ok(Admission { address: known, by: BoundBy::PortStatement });
        }
    } else if r.address == AddrId::ANY && r.port != 0 {
        ctx.ask("04:4.1#1", "Has the entry a BIND address in place of the unspecified one?", false);
    }
    if r.listen
        && let Some(address) = server_address(c, ctx, r)
    {
        return Ok(Admission { address, by: BoundBy::Srcip });
    }
    Ok(Admission { address: r.address, by: BoundBy::Application })
}

/// 04:4.2: what BIND makes of the unspecified address.
fn substituted(ctx: &mut Ctx, bind: IpAddr, inet6: bool) -> Option<IpAddr> {
    let fits = bind.is_ipv4() || inet6;
    if !ctx.ask("04:4.2", "Does the BIND address fit the family of the socket?", fits) {
        return None;
    }
    let words = if bind.is_ipv4() && inet6 {
        "BIND takes the place of the unspecified address, IPv4-mapped:"
    } else {
        "BIND takes the place of the unspecified address:"
    };
    ctx.note("04:4.1#1", words, || Answer::Address(bind));
    Some(bind)
}

/// A SERVER or BOTH entry of SRCIP for a listener that binds to no address.
pub(super) fn server_address(c: &Cluster, ctx: &mut Ctx, r: &BindRequest) -> Option<AddrId> {
    if r.address != AddrId::ANY || r.options.udp {
        return None;
    }
    let job = &c.job_of(r.job)?.name;
    let address = source_srcip::for_server(c, r.stack, job, r.options.inet6)?;
    ctx.assume(Assumption::SourceServer);
    if c.answer(Assumption::SourceServer) == "no" {
        return None;
    }
    ctx.note("04:2.2", "A SERVER entry of SRCIP gives the listener its address:", || {
        Answer::Address(c.address(address))
    });
    Some(address)
}

/// listen() on a socket that is bound: UNRSV WHENLISTEN, then a SERVER entry of SRCIP. Errors: EACCES.
pub(super) fn at_listen(c: &Cluster, ctx: &mut Ctx, r: &BindRequest) -> Result<Option<AddrId>, Refusal> {
    bind_access::at_listen(c, ctx, r.stack, r.job, r.port)?;
    Ok(server_address(c, ctx, r))
}

/// Step 3: whether the address will do; true when it must be made active first. Errors: EADDRNOTAVAIL, EACCES.
pub(super) fn address(c: &Cluster, ctx: &mut Ctx, r: &BindRequest) -> Result<bool, Refusal> {
    let judged = judge(c, ctx, r);
    // Which of the two is told first matters only where one of them fails.
    if judged.is_err() && r.port != 0 {
        ctx.assume(Assumption::AccessBeforeAddress);
    }
    judged
}

fn judge(c: &Cluster, ctx: &mut Ctx, r: &BindRequest) -> Result<bool, Refusal> {
    const AT: &str = "04:4.1#3";
    if r.address == AddrId::ANY {
        ctx.note(AT, "The unspecified address is always there.", || Answer::Done);
        return Ok(false);
    }
    if ctx.ask(AT, "Is the address a physical or static one of HOME?", c.is_home(r.stack, r.address)) {
        return Ok(false);
    }
    if !ctx.ask(AT, "Is it a DVIPA, or inside a VIPARANGE?", c.is_dvipa(r.stack, r.address)) {
        return Err(NOT_HERE);
    }
    let made = conflict::bind(c, ctx, r.stack, r.address)?;
    if made {
        ctx.note(AT, "Make the DVIPA active on this stack:", || Answer::Address(c.address(r.address)));
    }
    Ok(made)
}

/// SAF on the VIPARANGE that covers the address. Errors: EACCES, or for bind() what the assumption says.
pub(super) fn range_saf(
    c: &Cluster,
    ctx: &mut Ctx,
    stack: StackId,
    address: AddrId,
    how: RangeOrigin,
) -> Result<(), Refusal> {
    let resource = c.range_of(stack, address).and_then(|range| range.saf.as_deref());
    let (kind, resource) = match how {
        RangeOrigin::Bind | RangeOrigin::Connect => ("BINDDVIPARANGE", resource),
        // The ioctl needs authority whatever the range says.
        RangeOrigin::Ioctl => ("MODDVIPA", Some(resource.unwrap_or_default())),
    };
    let permitted = bind_access::saf(c, ctx, "04:1.9", resource, kind, stack, RANGE_SAF);
    permitted.map_err(|refusal| {
        if how == RangeOrigin::Ioctl {
            return refusal;
        }
        ctx.assume(Assumption::RangeSafErrno);
        if c.answer(Assumption::RangeSafErrno) == "eaddrnotavail" {
            Refusal { errno: Errno::EADDRNOTAVAIL, ..refusal }
        } else {
            refusal
        }
    })
}

/// Step 5: another socket of the stack has the port at an address that overlaps. Errors: EADDRINUSE.
pub(super) fn sockets(c: &Cluster, ctx: &mut Ctx, r: &BindRequest) -> Result<(), Refusal> {
    if r.port == 0 {
        return Ok(());
    }
    const AT: &str = "04:4.1#5";
    let reusable = !r.options.udp
        && c.stack(r.stack).is_some_and(|s| s.port_entries(r.port, true).any(|e| e.bind.is_some()));
    let mut asked = *r;
    asked.options.reuse_address |= reusable;
    if !c.overlaps(&asked) {
        ctx.ask(AT, "Has another socket of this stack the port at an address that overlaps?", false);
        return Ok(());
    }
    ctx.ask(AT, "Has another socket of this stack the port at an address that overlaps?", true);
    if reusable {
        ctx.note("04:4.2", "BIND on a PORT entry lets sockets share the port.", || Answer::Done);
    }
    if ctx.ask(AT, "May both have it (SO_REUSEADDR, SHAREPORT)?", !c.conflicts(&asked)) {
        Ok(())
    } else {
        Err(IN_USE)
    }
}
