//! VIPABACKUP: stacks that take a DVIPA over (01 2.3).

use grammar::slot::vipabackup as slot;
use grammar::tree::StmtView;
use runtime_model::model::{DvipaOrigin, Moveable};

use super::dvipa::{self, Dvipa, Named};
use crate::apply::Apply;
use crate::read::Read;

/// A VIPABACKUP statement: one DVIPA for each address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed(Vec<Dvipa>);

/// Reads a VIPABACKUP statement.
pub fn read(view: &StmtView<'_>, cx: &mut Read<'_>) -> Typed {
    let parts = &view.parts;
    let rank = parts.get(slot::RANK);
    let value = rank.and_then(|word| word.number()).and_then(|rank| u8::try_from(rank).ok()).unwrap_or(1);
    let origin = DvipaOrigin::Backup(value);
    let rank_at = cx.at(rank.map_or(view.stmt.name, |word| word.span));
    let ipv6 = dvipa::for_ipv6(parts, slot::ADDRESS6, &[slot::WHENIDLE, slot::SERVICEMGR], "VIPABACKUP", cx);
    let moveable = match (parts.has(slot::MOVEABLE), parts.has(slot::WHENIDLE) && !ipv6) {
        (false, _) => None,
        (true, true) => Some(Moveable::WhenIdle),
        (true, false) => Some(Moveable::Immediate),
    };
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
        address6: parts.get(slot::ADDRESS6).or_else(|| parts.get(slot::PLAIN6)),
        mask: cx.mask(parts, slot::MASK),
        addresses: parts.all(slot::ADDRESS).collect(),
    };
    Typed(dvipa::each(named, like, cx))
}

impl Typed {
    /// Adds each address by itself (VB-02).
    pub fn apply(&self, cx: &mut Apply<'_>) {
        for dvipa in &self.0 {
            dvipa::add(dvipa, cx);
        }
    }
}
