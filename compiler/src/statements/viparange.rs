//! VIPARANGE: subnets in which applications create DVIPAs (01 2.5).

use std::net::IpAddr;

use grammar::description::Slot;
use grammar::slot::viparange as slot;
use grammar::tree::StmtView;
use grammar::values;
use ipnet::IpNet;
use serde::Serialize;

use super::dvipa::{refused_ipv6, refused_loopback};
use super::options;
use crate::apply::{Apply, Kind};
use crate::place::At;
use crate::read::Read;
use crate::report::Report;
use crate::rules::viparange_delete_unknown;
use crate::table::{Keyed, Table, key};

/// A range.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Range {
    /// The subnet, host bits cleared.
    pub subnet: IpNet,
    /// Interface name, for IPv6.
    pub interface: Option<String>,
    /// False is MOVEABLE DISRUPTIVE.
    pub non_disruptive: bool,
    /// CLUSTERPORTS.
    pub cluster_ports: bool,
    /// SAF resource.
    pub saf: Option<String>,
    /// ZCX.
    pub zcx: bool,
    /// ZCONT or ZCPA, as coded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub container: Option<&'static str>,
    /// The address in the text.
    pub at: At,
}

/// A VIPARANGE statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    delete: bool,
    range: Option<Range>,
}

/// The ranges.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Part {
    /// In order.
    pub list: Table<Range>,
}

impl Keyed for Range {
    fn keys(&self, add: &mut dyn FnMut(u64)) {
        add(key(self.subnet));
    }
}

/// What the words mean has no published source.
const CONTAINERS: [(Slot, &str); 2] = [(slot::ZCONT, "ZCONT"), (slot::ZCPA, "ZCPA")];

/// Reads a VIPARANGE statement.
pub fn read(view: &StmtView<'_>, cx: &mut Read<'_>) -> Typed {
    let parts = &view.parts;
    let mut found: Option<(IpAddr, u8, At)> = None;
    if let Some(word) = parts.get(slot::PREFIX) {
        found = values::net(word.text()).map(|(address, bits)| (address, bits, cx.at(word.span)));
    } else if let Some(word) = parts.get(slot::ADDRESS) {
        // The founding documents write no masks: one address.
        let bits = cx.mask(parts, slot::MASK).unwrap_or(32);
        found = cx.ip(word).map(|address| (address, bits, cx.at(word.span)));
    }
    let range = found.and_then(|(address, bits, at)| {
        Some(Range {
            subnet: IpNet::new(address, bits).ok()?.trunc(),
            interface: parts.get(slot::INTERFACE).map(|word| word.upper()),
            non_disruptive: !parts.has(slot::DISRUPTIVE),
            cluster_ports: parts.has(slot::CLUSTERPORTS),
            saf: parts.get(slot::RESOURCE).map(|word| word.upper()),
            zcx: parts.has(slot::ZCX),
            container: options::chosen(parts, &CONTAINERS),
            at,
        })
    });
    Typed { delete: parts.has(slot::DELETE), range }
}

impl Typed {
    /// Adds the range, or takes the one with the same mask and address off (05:C11).
    pub fn apply(&self, cx: &mut Apply<'_>) {
        let Some(range) = &self.range else { return };
        let what = format!("VIPARANGE {}", range.subnet);
        let address = range.subnet.addr();
        if refused_loopback(address, range.at, cx) || refused_ipv6(address, range.at, "VIPARANGE", cx) {
            cx.change_because(range.at, Kind::Refused, what, "no address for a DVIPA");
            return;
        }
        let list = &mut cx.config.viparange.list;
        let same = |known: &Range| known.subnet == range.subnet;
        let known = list.with(key(range.subnet)).any(same);
        match (self.delete, known) {
            (true, true) => {
                list.take(key(range.subnet), same);
                cx.change(range.at, Kind::Removed, what);
            }
            (true, false) => {
                cx.reports.push(
                    Report::new(
                        &viparange_delete_unknown::RULE,
                        range.at,
                        format!("no VIPARANGE {} is there to delete", range.subnet),
                    )
                    .note("DELETE wants the same mask and address as the DEFINE"),
                );
                cx.change_because(range.at, Kind::Ignored, what, "no such range");
            }
            (false, true) => {
                let before = list.find(key(range.subnet), |known| same(known)).cloned();
                list.update(key(range.subnet), same, |known| *known = range.clone());
                let changed = options::differ(&before, &Some(range.clone()), cx.phase);
                cx.change(range.at, if changed { Kind::Replaced } else { Kind::Unchanged }, what);
            }
            (false, false) => {
                list.push(range.clone());
                cx.change(range.at, Kind::Added, what);
            }
        }
    }
}
