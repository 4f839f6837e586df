//! VIPADEFINE: the stack that should own a DVIPA first (01 2.2).

use grammar::slot::vipadefine as slot;
use grammar::tree::StmtView;
use runtime_model::model::{DvipaOrigin, Moveable};

use super::dvipa::{self, Dvipa, Named};
use crate::apply::Apply;
use crate::read::Read;

/// A VIPADEFINE statement: one DVIPA for each address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed(Vec<Dvipa>);

/// Reads a VIPADEFINE statement.
pub fn read(view: &StmtView<'_>, cx: &mut Read<'_>) -> Typed {
    let parts = &view.parts;
    let origin = DvipaOrigin::Define;
    let rank_at = cx.at(view.stmt.name);
    let ipv6 = dvipa::for_ipv6(parts, slot::ADDRESS6, &[slot::WHENIDLE, slot::SERVICEMGR], "VIPADEFINE", cx);
    // MOVEABLE IMMEDIATE is the default (01 2.2).
    let moveable =
        Some(if parts.has(slot::WHENIDLE) && !ipv6 { Moveable::WhenIdle } else { Moveable::Immediate });
    let tier = if parts.has(slot::TIER1) { Some(1) } else { parts.has(slot::TIER2).then_some(2) };
    let like = |address, interface, bits, at| Dvipa {
        address,
        interface,
        origin,
        bits,
        moveable,
        cpc_scope: parts.has(slot::CPCSCOPE),
        tier,
        cluster_ports: parts.has(slot::CLUSTERPORTS),
        service_manager: parts.has(slot::SERVICEMGR) && !ipv6,
        at,
        rank_at,
    };
    let named = Named {
        interface: parts.get(slot::INTERFACE),
        address6: parts.get(slot::ADDRESS6),
        mask: cx.mask(parts, slot::MASK),
        addresses: parts.all(slot::ADDRESS).collect(),
    };
    Typed(dvipa::each(named, like, cx))
}

/// At the end of a data set: what a later one defines again is no repetition in it.
pub fn end(cx: &mut Apply<'_>) {
    cx.config.dvipa.now.clear();
}

impl Typed {
    /// Adds each address by itself (04 S3).
    pub fn apply(&self, cx: &mut Apply<'_>) {
        for dvipa in &self.0 {
            dvipa::add(dvipa, cx);
        }
    }
}
