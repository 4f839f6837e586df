//! What VIPADEFINE, VIPABACKUP and VIPADELETE keep together: the DVIPAs configured on a stack (01 2.2 to 2.4).

use std::net::IpAddr;

use grammar::values;
use runtime_model::model::{DvipaOrigin, Moveable};
use serde::Serialize;

use crate::apply::{Apply, Kind};
use crate::place::At;
use crate::report::Report;
use crate::rules::{dvipa_defined_twice, dvipa_home_address, dvipa_loopback};

/// A DVIPA on this stack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Dvipa {
    /// The address.
    pub address: IpAddr,
    /// Interface name, for IPv6.
    pub interface: Option<String>,
    /// Which statement, with the rank of a backup.
    pub origin: DvipaOrigin,
    /// Length of the prefix, if a mask or prefix was given.
    pub bits: Option<u8>,
    /// MOVEABLE; absent on a backup that codes none.
    pub moveable: Option<Moveable>,
    /// CPCSCOPE.
    pub cpc_scope: bool,
    /// TIER1 or TIER2.
    pub tier: Option<u8>,
    /// CLUSTERPORTS.
    pub cluster_ports: bool,
    /// The address in the text.
    pub at: At,
    /// The rank in the text, or the statement.
    #[serde(skip)]
    pub rank_at: At,
}

/// The DVIPAs of VIPADEFINE and VIPABACKUP.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Part {
    /// In order.
    pub list: Vec<Dvipa>,
}

/// The statement that an origin stands for.
#[must_use]
pub fn statement(origin: DvipaOrigin) -> &'static str {
    match origin {
        DvipaOrigin::Define => "VIPADEFINE",
        DvipaOrigin::Backup(_) => "VIPABACKUP",
    }
}

/// Adds a DVIPA unless the stack refuses it (VD-03, VD-07, 04 S3).
pub fn add(dvipa: &Dvipa, cx: &mut Apply<'_>) {
    let what = format!("{} {}", statement(dvipa.origin), dvipa.address);
    if dvipa.address.is_loopback() {
        cx.reports.push(
            Report::new(&dvipa_loopback::RULE, dvipa.at, format!("{} cannot be a DVIPA", dvipa.address))
                .note("the statement is ignored"),
        );
        cx.say("EZZ0638I", dvipa.at, "127.0.0.1 cannot be a dynamic VIPA");
        cx.change_because(dvipa.at, Kind::Refused, what, "the loopback address");
        return;
    }
    if let Some(home) = cx.config.home.list.iter().find(|home| IpAddr::V4(home.address) == dvipa.address) {
        cx.reports.push(
            Report::new(
                &dvipa_home_address::RULE,
                dvipa.at,
                format!("{} is in the HOME list of this stack, so it cannot be a DVIPA", dvipa.address),
            )
            .related(home.at, format!("address of {}", home.link))
            .note("this address is skipped, the others of the statement are taken"),
        );
        cx.say("EZZ8307I", dvipa.at, "the address is in the HOME list");
        cx.change_because(dvipa.at, Kind::Refused, what, "the address is in the HOME list");
        return;
    }
    if let Some(first) = cx.config.dvipa.list.iter().find(|known| known.address == dvipa.address) {
        if same(first, dvipa) {
            cx.change(dvipa.at, Kind::Unchanged, what);
            return;
        }
        cx.reports.push(
            Report::new(
                &dvipa_defined_twice::RULE,
                dvipa.at,
                format!(
                    "{} already has a {} on this stack, so this {} is rejected",
                    dvipa.address,
                    statement(first.origin),
                    statement(dvipa.origin)
                ),
            )
            .related(first.at, "the first stands here")
            .note(format!("keep one of them, or put `VIPADELETE {}` between", dvipa.address)),
        );
        cx.change_because(dvipa.at, Kind::Refused, what, "the address is already configured here");
        return;
    }
    cx.change(dvipa.at, Kind::Added, what);
    cx.config.dvipa.list.push(dvipa.clone());
}

fn same(one: &Dvipa, other: &Dvipa) -> bool {
    one.origin == other.origin
        && one.interface == other.interface
        && one.bits == other.bits
        && one.moveable == other.moveable
        && one.cpc_scope == other.cpc_scope
        && one.tier == other.tier
        && one.cluster_ports == other.cluster_ports
}

/// An IPv6 address with an optional prefix length.
#[must_use]
pub fn ipv6_with_bits(text: &str) -> Option<(IpAddr, Option<u8>)> {
    match values::net(text) {
        Some((address @ IpAddr::V6(_), bits)) => Some((address, Some(bits))),
        Some(_) => None,
        None => values::ipv6(text).map(|address| (IpAddr::V6(address), None)),
    }
}
