//! Who may have a port: PORT, PORTRANGE, UNRSV, RESTRICTLOWPORTS and the range of common INET (04:4.1 steps 0 to 2, 4.3).

use std::net::IpAddr;

use super::source_srcip::specific;
use crate::assumption::Assumption;
use crate::cluster::Cluster;
use crate::founding::f2_sources::matches;
use crate::ids::{AddrId, JobId, StackId};
use crate::model::{PortFor, PortModel, UnreservedModel};
use crate::outcome::{Answer, Ctx, Errno, ReasonCode, Refusal};
use crate::tables::BindRequest;

const fn denied(at: &'static str, words: &'static str) -> Refusal {
    Refusal::coded(Errno::EACCES, at, ReasonCode::PORT_ACCESS, words)
}

const INADDRANY: Refusal = Refusal::coded(
    Errno::EADDRINUSE,
    "04:4.1#0",
    ReasonCode::RESERVED_PORT,
    "the port is in the range of INADDRANYPORT, which common INET keeps for itself",
);
const OTHERS: Refusal = denied("04:4.1#2", "PORT or PORTRANGE reserves the port, and for other jobs");
const NOBODY: Refusal =
    Refusal::new(Errno::EADDRINUSE, "04:4.1#2", "PORT or PORTRANGE reserves the port, and nobody may use it");
const SAF: Refusal = denied("04:4.1#2", "the security server does not let the user have the port");
const LOW: Refusal = denied(
    "04:4.1#2",
    "RESTRICTLOWPORTS keeps ports below 1024 for reservations, APF-authorized programs and superusers",
);
const DENIED: Refusal = denied("04:4.3", "PORT UNRSV denies the job a port that no statement reserves");

/// What a PORT entry does for a request.
#[derive(Clone, Copy)]
pub(super) struct Admitted {
    /// BIND of the entry, in force for the request.
    pub(super) bind: Option<IpAddr>,
}

/// Steps 0 to 2. Errors: EADDRINUSE for a range of common INET and a RESERVED port, EACCES for any other refusal.
pub(super) fn admit(c: &Cluster, ctx: &mut Ctx, r: &BindRequest) -> Result<Admitted, Refusal> {
    let Some(stack) = c.stack(r.stack) else { return Ok(Admitted { bind: None }) };
    let network = &stack.config.network;
    if r.port == 0 {
        ctx.note("04:4.1", "The request names no port: access to it is not checked.", || Answer::Done);
        return Ok(Admitted { bind: None });
    }
    if let Some((first, last)) = network.inaddrany {
        let inside = (first..=last).contains(&r.port);
        if ctx.ask("04:4.1#0", "Is the port in the INADDRANYPORT range of common INET?", inside) {
            return Err(INADDRANY);
        }
    }
    let tcp = !r.options.udp;
    let reserved = stack.port_entries(r.port, tcp).next().is_some();
    if !ctx.ask("04:4.1#2", "Does PORT or PORTRANGE reserve the port?", reserved) {
        return unreserved(c, ctx, r).map(|()| Admitted { bind: None });
    }
    let Some(entry) = entry_for(c, ctx, r.stack, r.job, r.port, tcp) else {
        ctx.ask("04:4.1#2", "Does an entry fit the job?", false);
        let nobody = stack.port_entries(r.port, tcp).all(|entry| entry.who == PortFor::Reserved);
        if ctx.ask("04:4.1#2", "Is it RESERVED for nobody?", nobody) {
            ctx.assume(Assumption::ReservedErrno);
            return Err(if c.answer(Assumption::ReservedErrno) == "eacces" {
                Refusal { errno: Errno::EACCES, ..NOBODY }
            } else {
                NOBODY
            });
        }
        return Err(OTHERS);
    };
    ctx.note("04:4.1#2", "An entry fits the job, for", || Answer::Name(holder(entry).to_owned()));
    saf(c, ctx, "04:4.1#2", entry.saf.as_deref(), "PORTACCESS", r.stack, SAF)?;
    let bind = entry.bind.filter(|_| r.address == AddrId::ANY);
    Ok(Admitted { bind })
}

/// The reservation that counts for a job, if one fits it.
fn entry_for<'c>(
    c: &'c Cluster,
    ctx: &mut Ctx,
    stack: StackId,
    job: JobId,
    port: u16,
    tcp: bool,
) -> Option<&'c PortModel> {
    let name = &c.job_of(job)?.name;
    let fits = |entry: &&PortModel| match &entry.who {
        PortFor::Job(pattern) if pattern.eq_ignore_ascii_case("OMVS") && **name != *"OMVS" => {
            ctx.assume(Assumption::OmvsJobs);
            c.answer(Assumption::OmvsJobs) == "yes"
        }
        PortFor::Job(pattern) => matches(&pattern.to_ascii_uppercase(), name),
        PortFor::Reserved => false,
        PortFor::Authport => {
            ctx.assume(Assumption::AuthportJobs);
            name.starts_with("FTP")
        }
    };
    let entries: Vec<&PortModel> = c.stack(stack)?.port_entries(port, tcp).filter(fits).collect();
    if entries.len() > 1 {
        ctx.assume(Assumption::PortEntry);
        if c.answer(Assumption::PortEntry) == "first" {
            return entries.first().copied();
        }
    }
    // Of equal ones the first: max_by_key would take the last.
    entries.into_iter().rev().max_by_key(|entry| match &entry.who {
        PortFor::Job(pattern) if pattern.eq_ignore_ascii_case("OMVS") => (0, false),
        PortFor::Job(pattern) => specific(pattern),
        PortFor::Reserved | PortFor::Authport => (0, false),
    })
}

fn holder(entry: &PortModel) -> &str {
    match &entry.who {
        PortFor::Job(pattern) => pattern,
        PortFor::Reserved => "RESERVED",
        PortFor::Authport => "AUTHPORT",
    }
}

/// PORT or PORTRANGE reserves the port, and for this job.
pub(super) fn reserved_for(c: &Cluster, stack: StackId, job: JobId, port: u16, tcp: bool) -> bool {
    entry_for(c, &mut Ctx::new(false), stack, job, port, tcp).is_some()
}

/// A port that no statement reserves.
fn unreserved(c: &Cluster, ctx: &mut Ctx, r: &BindRequest) -> Result<(), Refusal> {
    let Some(stack) = c.stack(r.stack) else { return Ok(()) };
    let tcp = !r.options.udp;
    let restricted = stack.config.network.restrict_low_ports;
    let restricted = if tcp { restricted.tcp } else { restricted.udp };
    if r.port < 1024 && ctx.ask("04:4.1#2", "Does RESTRICTLOWPORTS keep ports below 1024?", restricted) {
        ctx.assume(Assumption::JobsAuthorized);
        let authorized = c.answer(Assumption::JobsAuthorized) == "yes";
        if !ctx.ask("04:4.1#2", "Is the job APF-authorized or a superuser?", authorized) {
            return Err(LOW);
        }
        return Ok(());
    }
    let at_bind = stack.config.network.unreserved.iter().filter(|e| e.tcp == tcp).any(|e| e.when_bind);
    let any = stack.config.network.unreserved.iter().any(|e| e.tcp == tcp);
    if ctx.ask("04:4.3", "Is there a PORT UNRSV entry for the protocol?", any)
        && (ctx.ask("04:4.3", "Is it checked at bind()?", at_bind) || r.listen)
    {
        return unrsv(c, ctx, r.stack, r.job, tcp);
    }
    Ok(())
}

/// The UNRSV entries of a protocol: the most specific one decides (04:4.3). Errors: EACCES.
fn unrsv(c: &Cluster, ctx: &mut Ctx, stack: StackId, job: JobId, tcp: bool) -> Result<(), Refusal> {
    let (Some(s), Some(job)) = (c.stack(stack), c.job_of(job)) else { return Ok(()) };
    let fits = |e: &&UnreservedModel| e.tcp == tcp && matches(&e.job.to_ascii_uppercase(), &job.name);
    let entries = s.config.network.unreserved.iter().rev();
    let Some(entry) = entries.filter(fits).max_by_key(|e| specific(&e.job)) else {
        ctx.assume(Assumption::UnreservedNoMatch);
        let open = c.answer(Assumption::UnreservedNoMatch) == "allow";
        if ctx.ask("04:4.3", "No UNRSV entry fits the job: may it have the port?", open) {
            return Ok(());
        }
        return Err(DENIED);
    };
    ctx.note("04:4.3", "The most specific UNRSV entry is for", || Answer::Name(entry.job.clone()));
    if ctx.ask("04:4.3", "Does it deny the port?", entry.deny) {
        return Err(DENIED);
    }
    saf(c, ctx, "04:4.3", entry.saf.as_deref(), "PORTACCESS", stack, SAF)
}

/// UNRSV WHENLISTEN: the check of listen() for a socket that was bound before. Errors: EACCES.
pub(super) fn at_listen(
    c: &Cluster,
    ctx: &mut Ctx,
    stack: StackId,
    job: JobId,
    port: u16,
) -> Result<(), Refusal> {
    let Some(s) = c.stack(stack) else { return Ok(()) };
    let network = &s.config.network;
    let restricted = port < 1024 && network.restrict_low_ports.tcp;
    let reserved = s.port_entries(port, true).next().is_some();
    let late = network.unreserved.iter().any(|e| e.tcp && !e.when_bind);
    if port == 0 || restricted || reserved || !late {
        return Ok(());
    }
    ctx.note("04:4.3", "PORT UNRSV TCP is checked at listen().", || Answer::Done);
    unrsv(c, ctx, stack, job, true)
}

/// A SAF resource: what the security server says is an assumption. Errors: the refusal given.
pub(super) fn saf(
    c: &Cluster,
    ctx: &mut Ctx,
    at: &'static str,
    resource: Option<&str>,
    kind: &str,
    stack: StackId,
    refusal: Refusal,
) -> Result<(), Refusal> {
    let (Some(resource), Some(s)) = (resource, c.stack(stack)) else { return Ok(()) };
    ctx.note(at, "The user needs READ to", || {
        let name = format!("EZB.{kind}.{}.{}.{resource}", s.config.system, s.config.name);
        Answer::Name(name.trim_end_matches('.').to_owned())
    });
    ctx.assume(Assumption::SafPermits);
    if ctx.ask(at, "Does the security server permit it?", c.answer(Assumption::SafPermits) == "yes") {
        Ok(())
    } else {
        Err(refusal)
    }
}
