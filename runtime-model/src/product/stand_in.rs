//! Slots that the product has no table for yet: those of the founding documents decide, and the answer says so.

use std::net::SocketAddr;

use crate::assumption::Assumption;
use crate::cluster::Cluster;
use crate::founding::TABLES as FOUNDING;
use crate::ids::{AddrId, StackId};
use crate::outcome::{Ctx, Refusal};
use crate::tables::{BindRequest, ConnectRequest, PortPlan, Source};

pub(super) fn source(c: &Cluster, ctx: &mut Ctx, r: &ConnectRequest) -> Result<Source, Refusal> {
    ctx.assume(Assumption::ProductTables);
    (FOUNDING.source)(c, ctx, r)
}

pub(super) fn port(
    c: &Cluster,
    ctx: &mut Ctx,
    r: &ConnectRequest,
    source: AddrId,
) -> Result<PortPlan, Refusal> {
    ctx.assume(Assumption::ProductTables);
    (FOUNDING.port)(c, ctx, r, source)
}

pub(super) fn choose(
    c: &Cluster,
    ctx: &mut Ctx,
    stack: StackId,
    address: AddrId,
    peer: Option<SocketAddr>,
) -> Option<u16> {
    ctx.assume(Assumption::ProductTables);
    (FOUNDING.choose)(c, ctx, stack, address, peer)
}

pub(super) fn bind_port(c: &Cluster, ctx: &mut Ctx, r: &BindRequest) -> Result<(), Refusal> {
    ctx.assume(Assumption::ProductTables);
    (FOUNDING.bind_port)(c, ctx, r)
}

/// A DVIPA by the product's table; any other address as the founding documents have it.
pub(super) fn bind_address(c: &Cluster, ctx: &mut Ctx, r: &BindRequest) -> Result<bool, Refusal> {
    if r.address != AddrId::ANY && c.is_dvipa(r.stack, r.address) {
        return super::conflict::bind(c, ctx, r.stack, r.address);
    }
    ctx.assume(Assumption::ProductTables);
    (FOUNDING.bind_address)(c, ctx, r)
}
