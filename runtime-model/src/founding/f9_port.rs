//! Figures 4 and 9: the port of an outbound connection (002#1-7, #13-17, #27-29, #35).

use std::net::SocketAddr;

use crate::assumption::Assumption;
use crate::bits::Bits;
use crate::cf::structure::{Blocked, Structure};
use crate::cluster::Cluster;
use crate::ids::{AddrId, StackId};
use crate::model::PortForm;
use crate::outcome::{Answer, Ctx, Errno, Refusal};
use crate::socket::ClaimKind;
use crate::tables::{BindRequest, ConnectRequest, EphemeralPlan, PortPlan};

/// First port that is chosen unless the stack says otherwise (F9:915: above 1024).
const FIRST: u16 = 1025;

const SHARED: Refusal = Refusal::new(
    Errno::EADDRINUSE,
    "F9:920",
    "another stack has a listener on this port: the 4-tuple might repeat",
);
const OCCUPIED: Refusal =
    Refusal::new(Errno::EADDRINUSE, "F9:920", "the port of this socket is in use on another stack");

const NO_PORT: Refusal = Refusal::new(Errno::EAGAIN, "F9:935", "no port is available");
const NO_LOCAL_PORT: Refusal = Refusal::new(Errno::EAGAIN, "F9:910", "no local port is available");

/// No port is left: by block 935, or by block 910.
pub(crate) fn none_left(_: &Cluster, _: &mut Ctx, clustered: bool) -> Refusal {
    if clustered { NO_PORT } else { NO_LOCAL_PORT }
}

/// A listener takes its port at once, any other socket at connect().
pub(crate) fn at_bind(c: &Cluster, _: &mut Ctx, r: &BindRequest) -> EphemeralPlan {
    let clustered = || {
        !r.options.udp
            && r.address != AddrId::ANY
            && c.is_dvipa(r.stack, r.address)
            && c.cluster_ports(r.stack, r.address)
    };
    match r.listen {
        false => EphemeralPlan::Later,
        true if clustered() => EphemeralPlan::Cluster,
        true => EphemeralPlan::Local,
    }
}

/// Blocks 900 to 920. Errors: EADDRINUSE for a bound port that another stack holds.
pub(crate) fn plan(
    c: &Cluster,
    ctx: &mut Ctx,
    r: &ConnectRequest,
    source: AddrId,
) -> Result<PortPlan, Refusal> {
    let socket = r.from.and_then(|h| c.socket(h));
    let port = socket.map_or(0, |s| s.port);
    let conventional = |ctx: &mut Ctx, at, words| {
        ctx.note(at, words, || Answer::Done);
        if port == 0 { PortPlan::Local } else { PortPlan::Bound { port, claim: false } }
    };
    if !ctx.ask("F9:900", "Is the source address a DVIPA?", c.is_dvipa(r.stack, source)) {
        return Ok(conventional(ctx, "F9:950", "Take the port by the stack's own rules."));
    }
    if !ctx.ask("F9:905", "Is CLUSTERPORTS in force for the DVIPA?", c.cluster_ports(r.stack, source)) {
        return Ok(conventional(ctx, "F9:910", "Take the port from the local table."));
    }
    if !ctx.ask("F9:915", "Has the application bound the socket to a port?", port != 0) {
        return Ok(PortPlan::Cluster);
    }
    let held = socket.is_some_and(|s| s.claim == ClaimKind::Port);
    if held {
        if c.holders(r.stack, source, port) > 1 {
            ctx.assume(Assumption::SharedPortConnect);
            ctx.ask("F9:920", "May the socket's own port be used?", false);
            return Err(SHARED);
        }
    } else {
        ctx.assume(Assumption::ClaimAtConnect);
        if c.holders(r.stack, source, port) > u32::from(c.holds(r.stack, source, port)) {
            ctx.ask("F9:920", "May the socket's own port be used?", false);
            return Err(OCCUPIED);
        }
    }
    ctx.note("F9:920", "Use the port of the socket:", || Answer::Port(port));
    Ok(PortPlan::Bound { port, claim: !held })
}

/// Block 935. A listener has no remote end.
pub(crate) fn choose(
    c: &Cluster,
    ctx: &mut Ctx,
    stack: StackId,
    address: AddrId,
    peer: Option<SocketAddr>,
) -> Option<u16> {
    ctx.assume(Assumption::LowestPort);
    let none = Bits::new(false);
    let by_tuple = c.structures().ports == PortForm::ConnectionTable && peer.is_some();
    let (here, any) = (c.local_ports(stack, address), c.local_ports(stack, AddrId::ANY));
    // In a connection table the same port may serve other remote ends, unless a socket bound it by number.
    let here = here.map_or(&none, |p| if by_tuple { &p.bound } else { &p.used });
    let any = any.map_or(&none, |p| &p.used);
    let sets = [c.reserved_ports(stack), here, any];
    let skip = c.listed_ports(stack, address);
    let range = c.ephemeral_range(stack).unwrap_or((FIRST, u16::MAX));
    let blocked = Blocked { sets: &sets, skip: &skip, range, stack };
    let port = match c.structure(stack, address) {
        Some(structure) => structure.choose(peer, &blocked),
        None => Structure::new(c.structures()).get().choose(peer, &blocked),
    };
    match port {
        Some(port) => {
            ctx.note("F9:935", "Choose an available port and mark it unavailable:", || Answer::Port(port))
        }
        None => {
            ctx.ask("F9:935", "Is any port available?", false);
        }
    }
    port
}

/// Blocks 910 and 950: the lowest port that no socket of this stack uses at this address and no statement reserves.
pub(crate) fn local(c: &Cluster, stack: StackId, address: AddrId, _udp: bool) -> Option<u16> {
    let none = Bits::new(false);
    let here = c.local_ports(stack, address).map_or(&none, |p| &p.used);
    let any = c.local_ports(stack, AddrId::ANY).map_or(&none, |p| &p.used);
    let (first, last) = c.ephemeral_range(stack).unwrap_or((FIRST, u16::MAX));
    Bits::lowest_free(&[c.reserved_ports(stack), here, any], &[], first, last)
}
