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

use super::{Check, Rule, StackView};
use crate::finding::{Confidence, Severity};
use crate::report::Report;
use crate::statements::names;
use ipnet::IpNet;

use std::net::IpAddr;

/// The rule.
pub const RULE: Rule = Rule {
    name: "route-hop-not-reachable",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Unconfirmed,
    check: Check::Stack(check),
};

fn check(stack: &StackView<'_>, out: &mut Vec<Report>) {
    let config = stack.config;
    let routes = &config.beginroutes.routes;
    for route in routes {
        let Some(IpAddr::V4(hop)) = route.hop else { continue };
        let direct = routes.iter().filter(|other| other.hop.is_none() && other.interface == route.interface);
        let mut nets: Vec<IpNet> = direct.map(|other| other.destination).collect();
        if let Some(interface) = names::interface(config, &route.interface) {
            nets.extend(interface.subnets().map(IpNet::V4));
        }
        for home in config.home.list.iter().filter(|home| home.link == route.interface) {
            let masks = config.bsdroutingparms.entries.iter().filter(|entry| entry.link == route.interface);
            let masks = masks.filter_map(|entry| entry.bits);
            nets.extend(masks.filter_map(|bits| IpNet::new(IpAddr::V4(home.address), bits).ok()));
        }
        let peer = config.bsdroutingparms.entries.iter().any(|entry| entry.peer == Some(hop));
        if nets.is_empty() || peer || nets.iter().any(|net| net.contains(&IpAddr::V4(hop))) {
            continue;
        }
        let shown: Vec<String> = nets.iter().map(|net| net.trunc().to_string()).collect();
        out.push(
            Report::new(&RULE, route.hop_at, format!("router {hop} is in no network of {}", route.interface))
                .note(format!("{} is known to reach {}", route.interface, shown.join(", "))),
        );
    }
}
