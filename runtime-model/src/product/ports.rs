//! Ports that the stack chooses: ephemeral ones (04:3.2), blocks of SYSPLEXPORTS (3.3, 3.4), EXPLICITBINDPORTRANGE (3.5).

use std::net::SocketAddr;

use crate::assumption::Assumption;
use crate::bits::Bits;
use crate::cf::structure::{Blocked, Structure};
use crate::cluster::Cluster;
use crate::ids::{AddrId, StackId};
use crate::outcome::{Answer, Ctx, Errno, Refusal};
use crate::ports::LocalPorts;
use crate::socket::ClaimKind;
use crate::tables::{BindRequest, ClosePlan, ConnectRequest, EphemeralPlan, InitPlan, PortPlan};

/// EPHEMERALPORTS when the profile does not say (04:3.2).
const EPHEMERAL: (u16, u16) = (1024, u16::MAX);

const TAKEN: Refusal = Refusal::new(
    Errno::EADDRINUSE,
    "04:3.3",
    "another stack has the port of the socket for this DVIPA in the coupling facility",
);

/// First and last ephemeral port of a stack.
pub(super) fn ephemeral(c: &Cluster, stack: StackId, udp: bool) -> (u16, u16) {
    let Some(s) = c.stack(stack) else { return EPHEMERAL };
    let said = if udp { s.config.network.ephemeral_udp } else { s.config.ephemeral };
    said.unwrap_or(EPHEMERAL)
}

/// The range of EXPLICITBINDPORTRANGE that is active for the group, on a stack that codes the parameter.
pub(super) fn pool(c: &Cluster, stack: StackId) -> Option<(u16, u16)> {
    c.stack(stack)?.config.network.explicit_bind?;
    c.cf.pools.get(&c.key(stack, AddrId::ANY).0).copied()
}

/// How the port of an outbound connection is found.
pub(super) fn plan(
    c: &Cluster,
    ctx: &mut Ctx,
    r: &ConnectRequest,
    source: AddrId,
) -> Result<PortPlan, Refusal> {
    let socket = r.from.and_then(|handle| c.socket(handle));
    let port = socket.map_or(0, |s| s.port);
    let claim = socket.map_or(ClaimKind::None, |s| s.claim);
    let unique = c.cluster_ports(r.stack, source);
    if !ctx.ask("04:3.3", "Is SYSPLEXPORTS in force for the source address?", unique) {
        if port == 0 {
            ctx.note("04:3.2", "Take an ephemeral port of this stack.", || Answer::Done);
            return Ok(PortPlan::Local);
        }
        ctx.note("04:3.2", "Use the port of the socket:", || Answer::Port(port));
        return Ok(PortPlan::Bound { port, claim: false });
    }
    if port == 0 {
        ctx.note("04:3.3", "Take a port of a block of 64 that this stack has for the DVIPA.", || {
            Answer::Done
        });
        return Ok(by_block(c, ctx, r.stack, source));
    }
    ctx.note("04:3.3", "Use the port of the socket:", || Answer::Port(port));
    if claim != ClaimKind::None || !asks(c, r.stack, port) {
        return Ok(PortPlan::Bound { port, claim: false });
    }
    ctx.assume(Assumption::ClaimAtConnect);
    if has_other(c, r.stack, source, port) {
        ctx.ask("04:3.3", "Is the port free for this stack in the coupling facility?", false);
        return Err(refused(c, ctx, TAKEN));
    }
    Ok(PortPlan::Bound { port, claim: true })
}

/// A block from the coupling facility; while that cannot be reached, a port of a block that the stack has.
fn by_block(c: &Cluster, ctx: &mut Ctx, stack: StackId, address: AddrId) -> PortPlan {
    if c.cf.there {
        return PortPlan::Cluster;
    }
    ctx.assume(Assumption::OwnBlocks);
    let port = own_block_port(c, stack, address);
    if ctx.ask("04:3.4", "Has the stack a free port in a block that it got before?", port.is_some())
        && let Some(port) = port
    {
        return PortPlan::Own(port);
    }
    PortPlan::Cluster
}

fn own_block_port(c: &Cluster, stack: StackId, address: AddrId) -> Option<u16> {
    let blocks = c.stack(stack)?.product.as_ref()?.blocks.get(&address)?;
    let (low, high) = range(c, stack, address);
    blocks.iter().find_map(|block| {
        let (first, last) = (block.saturating_mul(64), block.saturating_mul(64).saturating_add(63));
        free(c, stack, address, (first.max(low), last.min(high)), false)
    })
}

/// What bind() to port 0 takes its port from.
pub(super) fn at_bind(c: &Cluster, ctx: &mut Ctx, r: &BindRequest) -> EphemeralPlan {
    if r.options.udp || r.options.raw {
        ctx.note("04:3.2", "Take an ephemeral UDP port of this stack.", || Answer::Done);
        return EphemeralPlan::Local;
    }
    if r.address == AddrId::ANY {
        let pool = pool(c, r.stack);
        if ctx.ask("04:3.5", "Is EXPLICITBINDPORTRANGE in force here?", pool.is_some()) {
            if c.cf.there {
                ctx.note("04:3.5", "Take a port of the range that the whole group shares.", || Answer::Done);
                return EphemeralPlan::Cluster;
            }
            ctx.assume(Assumption::OwnBlocks);
            return own_block_port(c, r.stack, r.address).map_or(EphemeralPlan::Local, EphemeralPlan::Own);
        }
    } else if ctx.ask(
        "04:3.3",
        "Is SYSPLEXPORTS in force for the address?",
        c.cluster_ports(r.stack, r.address),
    ) {
        ctx.note("04:3.3", "Take a port of a block of 64 that this stack has for the DVIPA.", || {
            Answer::Done
        });
        return match by_block(c, ctx, r.stack, r.address) {
            PortPlan::Own(port) => EphemeralPlan::Own(port),
            PortPlan::Cluster | PortPlan::Local | PortPlan::Bound { .. } => EphemeralPlan::Cluster,
        };
    }
    ctx.note("04:3.2", "Take an ephemeral port of this stack.", || Answer::Done);
    EphemeralPlan::Local
}

/// Range that a port of the structure of an address comes from: the pool for no address, else the ephemeral ports.
fn range(c: &Cluster, stack: StackId, address: AddrId) -> (u16, u16) {
    match (address == AddrId::ANY, pool(c, stack)) {
        (true, Some(pool)) => pool,
        (true | false, _) => ephemeral(c, stack, false),
    }
}

/// The port, from the structures as they are under the lock.
pub(super) fn choose(
    c: &Cluster,
    ctx: &mut Ctx,
    stack: StackId,
    address: AddrId,
    _peer: Option<SocketAddr>,
) -> Option<u16> {
    ctx.assume(Assumption::BlocksLowestFirst);
    ctx.assume(Assumption::BlocksAligned);
    ctx.assume(Assumption::BlocksKept);
    let none = Bits::new(false);
    let here = c.local_ports(stack, address).map_or(&none, |p| &p.used);
    let any = c.local_ports(stack, AddrId::ANY).map_or(&none, |p| &p.used);
    let withheld = withheld(c, stack, address);
    let sets = [c.reserved_ports(stack), here, any, &withheld];
    let skip = c.listed_ports(stack, address);
    let blocked = Blocked { sets: &sets, skip: &skip, range: range(c, stack, address), stack };
    let before = c.structure(stack, address).map_or(0, |s| s.blocks(stack).len());
    let port = match c.structure(stack, address) {
        Some(structure) => structure.choose(None, &blocked),
        None => Structure::new(c.structures()).get().choose(None, &blocked),
    };
    let at = if address == AddrId::ANY { "04:3.5" } else { "04:3.3" };
    if !ctx.ask(at, "Is there a port to take?", port.is_some()) {
        return None;
    }
    let block = port? / 64;
    let fresh = c.structure(stack, address).is_none_or(|s| s.block_of(port.unwrap_or(0)) != Some(stack));
    if ctx.ask(at, "Must the coupling facility give this stack another block of 64 ports?", fresh) {
        ctx.note(at, "Blocks that the stack has from now on:", || {
            Answer::Count(u32::try_from(before + 1).unwrap_or(u32::MAX))
        });
    }
    ctx.note(at, "First port of the block:", || Answer::Port(block.saturating_mul(64)));
    ctx.note(at, "Take from the block the port", || Answer::Port(port.unwrap_or(0)));
    port
}

/// Ports of the pool, which are withheld from ephemeral use (04:3.5).
fn withheld(c: &Cluster, stack: StackId, address: AddrId) -> Bits {
    let mut bits = Bits::new(false);
    if address != AddrId::ANY
        && let Some((first, last)) = pool(c, stack)
    {
        for port in first..=last {
            bits.insert(port);
        }
    }
    bits
}

/// Lowest port in a range that no socket of the stack has at the address and no statement reserves.
fn free(c: &Cluster, stack: StackId, address: AddrId, (low, high): (u16, u16), udp: bool) -> Option<u16> {
    let none = Bits::new(false);
    let s = c.stack(stack)?;
    let table = if udp { &s.udp } else { &s.ports };
    let used = |a: AddrId| table.get(&a).map_or(&none, |p: &LocalPorts| &p.used);
    let reserved = if udp { reserved_udp(c, stack) } else { c.reserved_ports(stack).clone() };
    let withheld = if udp { none.clone() } else { withheld(c, stack, address) };
    Bits::lowest_free(&[&reserved, &withheld, used(address), used(AddrId::ANY)], &[], low, high)
}

fn reserved_udp(c: &Cluster, stack: StackId) -> Bits {
    let mut bits = Bits::new(false);
    for entry in c.stack(stack).into_iter().flat_map(|s| s.config.ports.iter()).filter(|p| !p.tcp) {
        for port in entry.first..=entry.last {
            bits.insert(port);
        }
    }
    bits
}

/// How many ephemeral ports there are: without reserved ones, for TCP without those of the pool (04:3.2).
pub(super) fn configured(c: &Cluster, stack: StackId, udp: bool) -> u32 {
    let (low, high) = ephemeral(c, stack, udp);
    let reserved = if udp { reserved_udp(c, stack) } else { c.reserved_ports(stack).clone() };
    let pool = pool(c, stack).filter(|_| !udp);
    let free = |port: &u16| {
        !reserved.contains(*port) && pool.is_none_or(|(first, last)| !(first..=last).contains(port))
    };
    u32::try_from((low..=high).filter(free).count()).unwrap_or(u32::MAX)
}

/// 04:3.2: the lowest ephemeral port of the protocol that is free.
pub(super) fn local(c: &Cluster, stack: StackId, address: AddrId, udp: bool) -> Option<u16> {
    free(c, stack, address, ephemeral(c, stack, udp), udp)
}

/// Whether the coupling facility is asked for a port that the application names: only inside EPHEMERALPORTS (04:3.3).
fn asks(c: &Cluster, stack: StackId, port: u16) -> bool {
    let (low, high) = ephemeral(c, stack, false);
    (low..=high).contains(&port)
}

/// Another stack has the port itself, or the block that it is in.
fn has_other(c: &Cluster, stack: StackId, address: AddrId, port: u16) -> bool {
    let Some(structure) = c.structure(stack, address) else { return false };
    structure.holders(port) > u32::from(structure.holds(stack, port))
        || structure.block_of(port).is_some_and(|owner| owner != stack)
}

/// bind() to a DVIPA with SYSPLEXPORTS and a port of its own.
pub(super) fn marked(c: &Cluster, ctx: &mut Ctx, r: &BindRequest) -> bool {
    let tcp = !r.options.udp && !r.options.raw;
    if r.port == 0 || r.address == AddrId::ANY || !tcp {
        return false;
    }
    ctx.ask("04:3.3", "Is SYSPLEXPORTS in force for the address?", c.cluster_ports(r.stack, r.address))
        && ctx.ask("04:3.3", "Is the port inside EPHEMERALPORTS?", asks(c, r.stack, r.port))
}

/// The same under the lock. Errors: EADDRINUSE when another stack has the port.
pub(super) fn claim(c: &Cluster, ctx: &mut Ctx, r: &BindRequest) -> Result<(), Refusal> {
    ctx.assume(Assumption::BlocksKept);
    let other = has_other(c, r.stack, r.address, r.port);
    let free = !other || {
        let shared = c.is_shared_listener_port(r.stack, r.address, r.port);
        if shared {
            ctx.assume(Assumption::SharedListenerPorts);
        }
        shared
    };
    if ctx.ask("04:3.3", "Is the port free for this stack in the coupling facility?", free) {
        return Ok(());
    }
    Err(refused(c, ctx, TAKEN))
}

/// A refusal whose errno no source tells.
fn refused(c: &Cluster, ctx: &mut Ctx, refusal: Refusal) -> Refusal {
    ctx.assume(Assumption::PortErrno);
    let errno = if c.answer(Assumption::PortErrno) == "eaddrnotavail" {
        Errno::EADDRNOTAVAIL
    } else {
        Errno::EADDRINUSE
    };
    Refusal { errno, ..refusal }
}

/// The coupling facility cannot be reached (04:3.4).
pub(super) fn unreachable(ctx: &mut Ctx) -> Refusal {
    ctx.assume(Assumption::CfLost);
    Refusal::new(
        Errno::EADDRNOTAVAIL,
        "04:3.4",
        "the structure EZBEPORT cannot be reached, and this stack has no free port in a block of its own",
    )
}

/// No port is left: of the coupling facility, or of the stack.
pub(super) fn none_left(c: &Cluster, ctx: &mut Ctx, clustered: bool) -> Refusal {
    let (at, words) = if clustered {
        ("04:3.3", "the coupling facility has no block of 64 ports left inside EPHEMERALPORTS of this stack")
    } else {
        ("04:3.2", "no ephemeral port of this stack is free")
    };
    refused(c, ctx, Refusal::new(Errno::EADDRINUSE, at, words))
}

/// What the end of a socket gives back.
pub(super) fn close(c: &Cluster, ctx: &mut Ctx, stack: StackId, address: AddrId) -> ClosePlan {
    if ctx.ask("04:3.3", "Is SYSPLEXPORTS in force for the local address?", c.cluster_ports(stack, address)) {
        ClosePlan::Cluster
    } else {
        ClosePlan::Local
    }
}

/// A DVIPA whose SYSPLEXPORTS a stack hears of: ports that its sockets have there go into the structure.
pub(super) fn initialise(c: &Cluster, _: &mut Ctx, stack: StackId, address: AddrId, _: bool) -> InitPlan {
    let scan = c.local_ports(stack, address).is_some();
    InitPlan { create: scan, scan, ..InitPlan::default() }
}
