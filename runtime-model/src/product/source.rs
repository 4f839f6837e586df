//! The source address of outbound traffic, in the full order of 04:2.1: the first source that gives one wins.

use std::net::IpAddr;

use super::{source_distributed, source_route, source_srcip, source_vipa};
use crate::assumption::Assumption;
use crate::cluster::Cluster;
use crate::event::SocketOptions;
use crate::ids::{AddrId, Handle, JobId, StackId};
use crate::outcome::{Answer, Ctx, Errno, Refusal};
use crate::socket::{BoundBy, Socket};
use crate::tables::{ConnectRequest, SendRequest, Source};

pub(super) const NO_ADDRESS: Refusal = Refusal::new(
    Errno::EADDRNOTAVAIL,
    "04:2.1#9",
    "the stack has no interface with an address of this family to leave from",
);

const NOT_TOLD: Refusal = Refusal::new(
    Errno::EADDRNOTAVAIL,
    "04:2.1#9",
    "the outbound interface has no address of this family in the profile; one that the stack makes while it runs is not known here",
);

/// What is asked: who sends what where, on which socket.
pub(super) struct Asked<'a> {
    pub(super) stack: StackId,
    pub(super) job: JobId,
    pub(super) to: IpAddr,
    pub(super) socket: Option<&'a Socket>,
    pub(super) options: SocketOptions,
}

impl<'a> Asked<'a> {
    fn new(c: &'a Cluster, stack: StackId, job: JobId, to: IpAddr, from: Option<Handle>) -> Self {
        let socket = from.and_then(|handle| c.socket(handle));
        let options = socket.and_then(|s| s.options.as_deref().copied()).unwrap_or_default();
        Self { stack, job, to, socket, options }
    }

    /// The application made no bind() at all.
    fn unbound(&self) -> bool {
        self.socket.is_none_or(|s| s.bound == BoundBy::Nobody)
    }
}

/// Source address of a TCP connection: chosen at connect() and fixed for the connection. Errors: EADDRNOTAVAIL.
pub(super) fn source(c: &Cluster, ctx: &mut Ctx, r: &ConnectRequest) -> Result<Source, Refusal> {
    let asked = Asked::new(c, r.stack, r.job, r.to.ip(), r.from);
    if let Some(address) = bound(c, ctx, &asked) {
        return Ok(Source { address, activate: false });
    }
    if let Some(found) = source_srcip::find(c, ctx, &asked)? {
        if found.designated {
            source_distributed::check(c, ctx, &asked, found.address)?;
        }
        return Ok(Source { address: found.address, activate: found.activate });
    }
    if let Some(address) = stack_source(c, ctx, &asked) {
        return Ok(Source { address, activate: false });
    }
    by_interface(c, ctx, &asked)
}

/// Source address of one datagram of UDP or of a raw socket: decided for each of them. Errors: EADDRNOTAVAIL.
pub(super) fn send(c: &Cluster, ctx: &mut Ctx, r: &SendRequest) -> Result<Source, Refusal> {
    let asked = Asked::new(c, r.stack, r.job, r.to.ip(), r.from);
    let by_message = r.options.packet_info.filter(|a| !a.is_unspecified());
    if ctx.ask("04:2.1#1", "Does sendmsg() carry IPV6_PKTINFO with an address?", by_message.is_some())
        && let Some(address) = by_message
    {
        return named(c, ctx, "04:2.1#1", address);
    }
    let by_socket = asked.options.packet_info.filter(|a| !a.is_unspecified());
    if ctx.ask("04:2.1#2", "Has the socket the option IPV6_PKTINFO with an address?", by_socket.is_some())
        && let Some(address) = by_socket
    {
        return named(c, ctx, "04:2.1#2", address);
    }
    if let Some(address) = bound(c, ctx, &asked) {
        return Ok(Source { address, activate: false });
    }
    ctx.note("04:2.1#6", "SRCIP and TCPSTACKSOURCEVIPA are for TCP only.", || Answer::Done);
    by_interface(c, ctx, &asked)
}

/// An address that the application names itself, which must be one that the cluster knows.
fn named(c: &Cluster, ctx: &mut Ctx, at: &'static str, address: IpAddr) -> Result<Source, Refusal> {
    let known = c.find_address(address).ok_or(NO_ADDRESS)?;
    ctx.note(at, "Leave from the address that the application gives:", || Answer::Address(address));
    Ok(Source { address: known, activate: false })
}

/// Steps 3 to 5: the socket is bound to an address, and who chose it.
fn bound(c: &Cluster, ctx: &mut Ctx, asked: &Asked<'_>) -> Option<AddrId> {
    let socket = asked.socket.filter(|s| s.local != AddrId::ANY);
    let by = socket.map(|s| s.bound);
    let steps = [
        ("04:2.1#3", "Has the application bound the socket to an address?", BoundBy::Application),
        ("04:2.1#4", "Did bind2addrsel() choose the address of the socket?", BoundBy::AddressSelection),
        ("04:2.1#5", "Did BIND on a PORT statement give the socket its address?", BoundBy::PortStatement),
        ("04:2.2", "Did a SERVER entry of SRCIP give the socket its address?", BoundBy::Srcip),
    ];
    for (at, question, who) in steps {
        // The last step is an assumption of its own and is asked only where it happened.
        if who == BoundBy::Srcip && by != Some(who) {
            continue;
        }
        if ctx.ask(at, question, by == Some(who)) {
            let address = socket?.local;
            ctx.note(at, "Leave from the address of the socket:", || Answer::Address(c.address(address)));
            return Some(address);
        }
    }
    None
}

/// Step 7: TCPSTACKSOURCEVIPA.
fn stack_source(c: &Cluster, ctx: &mut Ctx, asked: &Asked<'_>) -> Option<AddrId> {
    const AT: &str = "04:2.1#7";
    let config = &c.stack(asked.stack)?.config;
    let named: Vec<IpAddr> = if asked.to.is_ipv4() {
        config.tcp_stack_source_vipa.into_iter().collect()
    } else {
        config.network.tcp_stack_source_vipa6.iter().flat_map(|n| n.addresses.iter().copied()).collect()
    };
    let coded = match (asked.to.is_ipv4(), &config.network.tcp_stack_source_vipa6) {
        (true, _) => !named.is_empty(),
        (false, named) => named.is_some(),
    };
    if !ctx.ask(AT, "Is TCPSTACKSOURCEVIPA coded for the family?", coded) {
        return None;
    }
    if !ctx.ask(AT, "Is it enabled, by SOURCEVIPA for the same family?", source_vipa::enabled(c, asked)) {
        return None;
    }
    if !ctx.ask(AT, "Is the socket without any bind()?", asked.unbound()) {
        return None;
    }
    let active: Vec<IpAddr> = named
        .into_iter()
        .filter(|a| c.find_address(*a).is_some_and(|id| usable(c, asked.stack, id)))
        .collect();
    if !ctx.ask(AT, "Is its address active on this stack?", !active.is_empty()) {
        ctx.stack_source_inactive = Some(asked.stack);
        return None;
    }
    let address = super::source_select::pick(c, ctx, asked, &active, None)?;
    ctx.note(AT, "Leave from the address of TCPSTACKSOURCEVIPA:", || Answer::Address(c.address(address)));
    Some(address)
}

/// Steps 8 and 9: by the interface that routing chooses.
fn by_interface(c: &Cluster, ctx: &mut Ctx, asked: &Asked<'_>) -> Result<Source, Refusal> {
    let out = source_route::outbound(c, ctx, asked.stack, asked.to).ok_or(NO_ADDRESS)?;
    if let Some(address) = source_vipa::find(c, ctx, asked, out) {
        return Ok(Source { address, activate: false });
    }
    let addresses: Vec<IpAddr> =
        out.addresses.iter().map(|a| a.address).filter(|a| a.is_ipv4() == asked.to.is_ipv4()).collect();
    let address = super::source_select::pick(c, ctx, asked, &addresses, Some(&out.name)).ok_or(NOT_TOLD)?;
    ctx.note("04:2.1#9", "Leave from the address of the interface:", || Answer::Address(c.address(address)));
    Ok(Source { address, activate: false })
}

/// The address is one of the stack now: in its HOME list, or a DVIPA that is active or a target here.
pub(super) fn usable(c: &Cluster, stack: StackId, address: AddrId) -> bool {
    c.is_home(stack, address) || c.is_active(stack, address)
}

/// bind2addrsel(): the address that default selection would use for the destination. Errors: EADDRNOTAVAIL.
pub(super) fn address_for(
    c: &Cluster,
    ctx: &mut Ctx,
    stack: StackId,
    job: JobId,
    options: SocketOptions,
    to: IpAddr,
) -> Result<AddrId, Refusal> {
    let asked = Asked { stack, job, to, socket: None, options };
    let out = source_route::outbound(c, ctx, stack, to);
    let all: Vec<IpAddr> = c
        .stack(stack)
        .into_iter()
        .flat_map(|s| s.config.network.interfaces.iter())
        .flat_map(|i| i.addresses.iter().map(|a| a.address))
        .filter(|a| a.is_ipv4() == to.is_ipv4())
        .collect();
    ctx.assume(Assumption::AddressSelection);
    let name = out.map(|i| i.name.as_str());
    let address = super::source_select::pick(c, ctx, &asked, &all, name).ok_or(NO_ADDRESS)?;
    ctx.note("04:2.1#4", "bind2addrsel() binds the socket to:", || Answer::Address(c.address(address)));
    Ok(address)
}
