//! Figure 11: a bind request (002#35-36).

use crate::assumption::Assumption;
use crate::cluster::Cluster;
use crate::ids::AddrId;
use crate::outcome::{Answer, Ctx, Errno, Refusal};
use crate::tables::BindRequest;

const IN_USE: Refusal =
    Refusal::new(Errno::EADDRINUSE, "F11:1110", "the port is in use on another stack of the cluster");
const NOT_DEFINED: Refusal =
    Refusal::new(Errno::EADDRNOTAVAIL, "F11:1140", "the address is not defined on this stack");
const NOT_CONFIGURED: Refusal =
    Refusal::new(Errno::EADDRNOTAVAIL, "F11:1140", "the DVIPA is not configured on this stack");
const NOT_ACTIVE: Refusal = Refusal::new(
    Errno::EADDRNOTAVAIL,
    "F11:1140",
    "the DVIPA is not active here and in no VIPARANGE of this stack",
);
const ELSEWHERE: Refusal =
    Refusal::new(Errno::EADDRNOTAVAIL, "F11:1140", "the DVIPA is active on another stack that keeps it");

/// Blocks 1100 and 1102.
pub(crate) fn marked(c: &Cluster, ctx: &mut Ctx, r: &BindRequest) -> bool {
    ctx.ask("F11:1100", "Does the request name a port?", r.port != 0)
        && ctx.ask(
            "F11:1102",
            "Is CLUSTERPORTS in force for the address?",
            !r.options.udp && r.address != AddrId::ANY && c.cluster_ports(r.stack, r.address),
        )
}

/// Block 1105, under the lock. Errors: EADDRINUSE by block 1110.
pub(crate) fn port(c: &Cluster, ctx: &mut Ctx, r: &BindRequest) -> Result<(), Refusal> {
    ctx.assume(Assumption::BindLocked);
    let others = c.holders(r.stack, r.address, r.port) > u32::from(c.holds(r.stack, r.address, r.port));
    let free = !others || {
        let shared = c.is_shared_listener_port(r.stack, r.address, r.port);
        if shared {
            ctx.assume(Assumption::SharedListenerPorts);
            ctx.note("F11:1105", "Other stacks hold the port; it is meant for several listeners:", || {
                Answer::Port(r.port)
            });
        }
        shared
    };
    if !ctx.ask("F11:1105", "Is the port available in the coupling facility?", free) {
        ctx.ask("F11:1110", "May the bind go on?", false);
        return Err(IN_USE);
    }
    ctx.note("F11:1115", "If the bind succeeds, no other stack can have the port:", || Answer::Port(r.port));
    Ok(())
}

/// Blocks 1120 to 1160. Errors: EADDRNOTAVAIL by block 1140.
pub(crate) fn address(c: &Cluster, ctx: &mut Ctx, r: &BindRequest) -> Result<bool, Refusal> {
    let refuse = |ctx: &mut Ctx, refusal: Refusal| {
        ctx.ask("F11:1140", "May the bind go on?", false);
        Err(refusal)
    };
    let dvipa = r.address != AddrId::ANY && c.is_dvipa(r.stack, r.address);
    if !ctx.ask("F11:1120", "Is the address a DVIPA?", dvipa) {
        let defined = r.address == AddrId::ANY || c.is_home(r.stack, r.address);
        if !ctx.ask("F11:1125", "Is the address defined on this stack, or the unspecified one?", defined) {
            return refuse(ctx, NOT_DEFINED);
        }
        ctx.note("F11:1130", "Bind the socket.", || Answer::Done);
        return Ok(false);
    }
    let configured = c.is_configured(r.stack, r.address);
    if !ctx.ask(
        "F11:1135",
        "Is the DVIPA configured on this stack (VIPADEFINE, VIPABACKUP, VIPARANGE, target)?",
        configured,
    ) {
        return refuse(ctx, NOT_CONFIGURED);
    }
    let active = c.is_active(r.stack, r.address);
    if !ctx.ask("F11:1145", "Is the DVIPA active on this stack?", active) {
        let inside = c.range_of(r.stack, r.address).is_some();
        if !ctx.ask("F11:1150", "Is it inside a VIPARANGE of this stack?", inside) {
            return refuse(ctx, NOT_ACTIVE);
        }
        if let Some(owner) = c.owner(r.address, r.stack) {
            ctx.assume(Assumption::RangeMoves);
            if !c.lets_go(owner, r.address) {
                return refuse(ctx, ELSEWHERE);
            }
        }
        ctx.note("F11:1160", "Activate the DVIPA on this stack:", || Answer::Address(c.address(r.address)));
    }
    ctx.note("F11:1155", "Bind the socket to the DVIPA.", || Answer::Done);
    Ok(!active)
}
