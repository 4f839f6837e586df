//! ## What it finds
//! An IPv4 route whose router is in no network that is known of its interface.
//!
//! ## Why it hurts
//! The stack cannot reach the router, so the route carries nothing. Known are the subnet of an INTERFACE, and what
//! direct routes and BSDROUTINGPARMS say.
//!
//! ## Example
//! ```profile
//! INTERFACE OSA1 DEFINE IPAQENET PORTNAME PORTA IPADDR 198.51.100.1/26
//! BEGINROUTES
//!   ROUTE DEFAULT 198.51.100.65 OSA1 MTU 1492
//! ENDROUTES
//! START OSA1
//! ```
//!
//! ## How to mend it
//! Mend the router or the interface, or add a direct route with = for the network of the router.
//!
//! ## Source
//! 03:RTE-08.

use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, Ipv4Addr};

use super::{Check, Rule, StackView};
use crate::finding::{Confidence, Severity};
use crate::nets::Nets;
use crate::report::Report;
use crate::statements::names;
use crate::statements::route;
use crate::table::key;
use ipnet::IpNet;

/// The rule.
pub const RULE: Rule = Rule {
    name: "route-hop-not-reachable",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Unconfirmed,
    check: Check::Stack(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["INTERFACE", "HOME", "LINK", "DEVICE", "BSDROUTINGPARMS"];

fn check(stack: &StackView<'_>, out: &mut Vec<Report>) {
    let config = stack.config;
    let routes = &config.beginroutes.routes;
    let peers: BTreeSet<Ipv4Addr> =
        config.bsdroutingparms.entries.iter().filter_map(|entry| entry.peer).collect();
    let mut masks: BTreeMap<&str, BTreeSet<u8>> = BTreeMap::new();
    for entry in &config.bsdroutingparms.entries {
        masks.entry(&entry.link).or_default().extend(entry.bits);
    }
    let mut reached: BTreeMap<&str, Nets> = BTreeMap::new();
    for route in routes {
        let Some(IpAddr::V4(hop)) = route.hop else { continue };
        let name = route.interface.as_str();
        let nets = reached.entry(name).or_insert_with(|| {
            let over = routes.with(route::over(name)).filter(|other| other.interface == name);
            let mut nets: Nets =
                over.filter(|other| other.hop.is_none()).map(|other| other.destination).collect();
            let interface = names::interface(config, name);
            nets.extend(interface.into_iter().flat_map(|interface| interface.subnets().map(IpNet::V4)));
            let bits = masks.get(name).into_iter().flatten();
            for home in config.home.list.with(key(name)).filter(|home| home.link == name) {
                let net = |bits: &u8| IpNet::new(IpAddr::V4(home.address), *bits).ok();
                nets.extend(bits.clone().filter_map(net));
            }
            nets
        });
        if nets.is_empty() || peers.contains(&hop) || nets.covers(IpAddr::V4(hop)) {
            continue;
        }
        let shown: Vec<String> = nets.first(16).map(|net| net.to_string()).collect();
        out.push(
            Report::new(
                &RULE,
                route.hop_at(),
                format!("router {hop} is in no network of {}", route.interface),
            )
            .note(format!("{} is known to reach {}", route.interface, shown.join(", "))),
        );
    }
}
