//! Figures 3 and 7: the source address of an outbound connection (000#1-14).

use crate::assumption::Assumption;
use crate::cluster::Cluster;
use crate::ids::AddrId;
use crate::outcome::{Answer, Ctx, Errno, Refusal};
use crate::tables::{ConnectRequest, SendRequest, Source};

const NOT_DEFINED: Refusal = Refusal::new(
    Errno::EADDRNOTAVAIL,
    "F7:740",
    "the source address of this application is not defined on this stack",
);
const NOT_CONFIGURED: Refusal = Refusal::new(
    Errno::EADDRNOTAVAIL,
    "F7:740",
    "the source DVIPA of this application is not configured on this stack",
);
const NOT_ACTIVE: Refusal = Refusal::new(
    Errno::EADDRNOTAVAIL,
    "F7:740",
    "the source DVIPA is not active here and in no VIPARANGE of this stack",
);
const ELSEWHERE: Refusal =
    Refusal::new(Errno::EADDRNOTAVAIL, "F7:740", "the source DVIPA is active on another stack that keeps it");
const NO_ADDRESS: Refusal =
    Refusal::new(Errno::EADDRNOTAVAIL, "F7:715", "the stack has no address to leave from");

/// The founding documents choose addresses for connections only. Error: ENOSYS.
pub(crate) fn send(_: &Cluster, _: &mut Ctx, _: &SendRequest) -> Result<Source, Refusal> {
    Err(Refusal::new(Errno::ENOSYS, "F7", "the founding documents choose source addresses for TCP only"))
}

/// Chooses the source address. Errors: EADDRNOTAVAIL by block 740, or when the stack has no address at all.
pub(crate) fn source(c: &Cluster, ctx: &mut Ctx, r: &ConnectRequest) -> Result<Source, Refusal> {
    let bound = r.from.and_then(|h| c.socket(h)).map(|s| s.local).filter(|a| *a != AddrId::ANY);
    if ctx.ask("F7:700", "Has the application bound the socket to an address?", bound.is_some())
        && let Some(address) = bound
    {
        ctx.note("F7:705", "Leave from the address of the socket:", || Answer::Address(c.address(address)));
        return Ok(Source { address, activate: false });
    }
    let entry = c.source_entry(r.stack, r.job);
    if !ctx.ask("F7:710", "Is there a SOURCEIPA entry for this application?", entry.is_some()) {
        let address = c.conventional_source(r.stack, r.to.ip()).ok_or(NO_ADDRESS)?;
        ctx.note("F7:715", "Leave from the conventional address (SOURCEVIPA, else the interface):", || {
            Answer::Address(c.address(address))
        });
        return Ok(Source { address, activate: false });
    }
    ctx.assume(Assumption::MostSpecificSource);
    let Some(address) = entry else { return Err(NO_ADDRESS) };
    if !ctx.ask("F7:720", "Is the address of that entry a DVIPA?", c.is_dvipa(r.stack, address)) {
        if !ctx.ask("F7:725", "Is that address defined on this stack?", c.is_home(r.stack, address)) {
            ctx.ask("F7:740", "May the connection be made?", false);
            return Err(NOT_DEFINED);
        }
        ctx.note("F7:730", "Leave from the address of the entry:", || Answer::Address(c.address(address)));
        return Ok(Source { address, activate: false });
    }
    if !ctx.ask(
        "F7:735",
        "Is the DVIPA configured on this stack (VIPADEFINE, VIPABACKUP, VIPARANGE, target)?",
        c.is_configured(r.stack, address),
    ) {
        ctx.ask("F7:740", "May the connection be made?", false);
        return Err(NOT_CONFIGURED);
    }
    let active = c.is_active(r.stack, address);
    if !ctx.ask("F7:745", "Is the DVIPA active on this stack?", active) {
        let inside = c.range_of(r.stack, address).is_some();
        if !ctx.ask("F7:750", "Is it inside a VIPARANGE of this stack?", inside) {
            ctx.ask("F7:740", "May the connection be made?", false);
            return Err(NOT_ACTIVE);
        }
        if let Some(owner) = c.owner(address, r.stack) {
            ctx.assume(Assumption::RangeMoves);
            if !c.lets_go(owner, address) {
                ctx.ask("F7:740", "May the connection be made?", false);
                return Err(ELSEWHERE);
            }
        }
        ctx.note("F7:760", "Activate the DVIPA on this stack:", || Answer::Address(c.address(address)));
    }
    ctx.note("F7:755", "Leave from the DVIPA of the entry:", || Answer::Address(c.address(address)));
    Ok(Source { address, activate: !active })
}
