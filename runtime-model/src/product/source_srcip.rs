//! SRCIP: the entry for a job or destination that counts (04:2.1 step 6, 04:2.2, 01:SI-04).

use std::net::IpAddr;

use super::source::{Asked, usable};
use super::source_select;
use crate::assumption::Assumption;
use crate::cluster::Cluster;
use crate::founding::f2_sources::matches;
use crate::ids::{AddrId, StackId};
use crate::model::{SourceFor, SrcipFrom, SrcipModel, SrcipRole};
use crate::outcome::{Answer, Ctx, Errno, Refusal};

const NOT_ACTIVE: Refusal = Refusal::new(
    Errno::EADDRNOTAVAIL,
    "04:2.5",
    "the source address that SRCIP gives is not active on this stack",
);

/// What SRCIP gave.
pub(super) struct Found {
    pub(super) address: AddrId,
    /// Inside a VIPARANGE and to be made active first.
    pub(super) activate: bool,
    /// By DESTINATION, or by JOBNAME for an IPv6 socket that connects to an IPv4-mapped address: what 04:3.5 is about.
    pub(super) designated: bool,
}

/// How specific a job pattern is: its fixed part, then whether it is exact.
pub(super) fn specific(pattern: &str) -> (usize, bool) {
    (pattern.chars().filter(|c| !matches!(c, '*' | '?')).count(), !pattern.contains(['*', '?']))
}

/// The step of an entry in the order of 04:2.1, and how specific it is within it.
fn rank(who: &SourceFor) -> (u8, (usize, bool)) {
    match who {
        SourceFor::Job(pattern) if pattern == "*" => (2, (0, false)),
        SourceFor::Job(pattern) => (0, specific(pattern)),
        SourceFor::Destination(net) => (1, (usize::from(net.prefix_len()), true)),
    }
}

const STEPS: [(&str, &str); 3] = [
    ("04:2.1#6a", "Is there an SRCIP JOBNAME entry for this job that fits (other than `*`)?"),
    ("04:2.1#6b", "Is there an SRCIP DESTINATION entry for the remote address?"),
    ("04:2.1#6c", "Is there an SRCIP entry for JOBNAME *?"),
];

/// Step 6. Errors: EADDRNOTAVAIL for an address that is not active, where the assumption says so.
pub(super) fn find(c: &Cluster, ctx: &mut Ctx, asked: &Asked<'_>) -> Result<Option<Found>, Refusal> {
    let Some(stack) = c.stack(asked.stack) else { return Ok(None) };
    let Some(job) = c.job_of(asked.job) else { return Ok(None) };
    let entries = &stack.config.network.srcip;
    if entries.is_empty() {
        ctx.ask("04:2.1#6", "Has the stack SRCIP entries?", false);
        return Ok(None);
    }
    for (step, (at, question)) in (0u8..).zip(STEPS) {
        let fits = |entry: &&SrcipModel| {
            let who = match &entry.who {
                SourceFor::Job(pattern) => {
                    entry.role != SrcipRole::Server && matches(&pattern.to_ascii_uppercase(), &job.name)
                }
                SourceFor::Destination(net) => net.contains(&asked.to),
            };
            who && rank(&entry.who).0 == step && !addresses(entry, asked.to).is_empty()
        };
        let best = entries.iter().filter(fits).map(|entry| rank(&entry.who)).max();
        let mut equal = entries.iter().filter(fits).filter(|entry| Some(rank(&entry.who)) == best);
        let Some(entry) = equal.next() else {
            ctx.ask(at, question, false);
            continue;
        };
        ctx.ask(at, question, true);
        if equal.next().is_some() {
            ctx.assume(Assumption::EqualSources);
        }
        ctx.note(at, "The most specific one is for", || Answer::Name(name(&entry.who)));
        let designated = step == 1 || (asked.options.inet6 && asked.to.is_ipv4());
        if let Some(found) = judge(c, ctx, asked, entry, designated)? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

/// The address of an entry, if the stack can use it now.
fn judge(
    c: &Cluster,
    ctx: &mut Ctx,
    asked: &Asked<'_>,
    entry: &SrcipModel,
    designated: bool,
) -> Result<Option<Found>, Refusal> {
    const AT: &str = "04:2.5";
    let all = addresses(entry, asked.to);
    let known = |a: &IpAddr| c.find_address(*a).is_some_and(|id| usable(c, asked.stack, id));
    let active: Vec<IpAddr> = all.iter().copied().filter(known).collect();
    if ctx.ask(AT, "Is its address active on this stack?", !active.is_empty()) {
        let Some(address) = source_select::pick(c, ctx, asked, &active, None) else { return Ok(None) };
        ctx.note(AT, "Leave from the address of the entry:", || Answer::Address(c.address(address)));
        return Ok(Some(Found { address, activate: false, designated }));
    }
    let ranged =
        all.iter().filter_map(|a| c.find_address(*a)).find(|id| c.range_of(asked.stack, *id).is_some());
    if let Some(address) = ranged {
        ctx.assume(Assumption::SourceRange);
        let creates = c.answer(Assumption::SourceRange) == "yes" && lets_go(c, asked.stack, address);
        if ctx.ask(AT, "Does connect() make an address of a VIPARANGE active?", creates) {
            ctx.note(AT, "Activate the DVIPA on this stack:", || Answer::Address(c.address(address)));
            return Ok(Some(Found { address, activate: true, designated }));
        }
    }
    ctx.assume(Assumption::SourceInactive);
    if c.answer(Assumption::SourceInactive) == "refuse" {
        return Err(NOT_ACTIVE);
    }
    ctx.note(AT, "The entry is passed over.", || Answer::Done);
    Ok(None)
}

fn lets_go(c: &Cluster, stack: StackId, address: AddrId) -> bool {
    c.owner(address, stack).is_none_or(|owner| c.lets_go(owner, address))
}

/// The addresses of an entry that have the family of the destination.
fn addresses(entry: &SrcipModel, to: IpAddr) -> Vec<IpAddr> {
    let all: &[IpAddr] = match &entry.from {
        SrcipFrom::Address(address) => std::slice::from_ref(address),
        SrcipFrom::Interface(named) => &named.addresses,
        SrcipFrom::Temporary | SrcipFrom::Public => &[],
    };
    all.iter().copied().filter(|a| a.is_ipv4() == to.is_ipv4()).collect()
}

/// The address that a SERVER or BOTH entry gives a listener of the job that binds to no address (01:SI-06).
pub(super) fn for_server(c: &Cluster, stack: StackId, job: &str, inet6: bool) -> Option<AddrId> {
    let entries = &c.stack(stack)?.config.network.srcip;
    let pattern = |entry: &SrcipModel| match &entry.who {
        SourceFor::Job(pattern) if entry.role != SrcipRole::Client => Some(pattern.to_ascii_uppercase()),
        SourceFor::Job(_) | SourceFor::Destination(_) => None,
    };
    let family = |a: &IpAddr| a.is_ipv4() || inet6;
    let address = |entry: &SrcipModel| match &entry.from {
        SrcipFrom::Address(address) => Some(*address).filter(family),
        SrcipFrom::Interface(named) => named.addresses.first().copied().filter(family),
        SrcipFrom::Temporary | SrcipFrom::Public => None,
    };
    let fits =
        |entry: &&SrcipModel| pattern(entry).is_some_and(|p| matches(&p, job)) && address(entry).is_some();
    let best = entries.iter().filter(fits).map(|entry| rank_of_job(&entry.who)).max()?;
    let entry = entries.iter().filter(fits).find(|entry| rank_of_job(&entry.who) == best)?;
    c.find_address(address(entry)?).filter(|id| usable(c, stack, *id))
}

fn rank_of_job(who: &SourceFor) -> (usize, bool) {
    match who {
        SourceFor::Job(pattern) => specific(pattern),
        SourceFor::Destination(_) => (0, false),
    }
}

fn name(who: &SourceFor) -> String {
    match who {
        SourceFor::Job(job) => format!("JOBNAME {job}"),
        SourceFor::Destination(net) => format!("DESTINATION {net}"),
    }
}
