//! ## What it finds
//! A static VIPA or a DVIPA that is in no network of the stack's interfaces, on a stack without OMPROUTE, without PRIROUTER or SECROUTER, and
//! without VMAC.
//!
//! ## Why it hurts
//! Nobody announces the address, and the adapter does not answer for it, so packets never arrive.
//!
//! ## How to mend it
//! Start OMPROUTE, write VMAC on the interfaces and have the routers know the way, or take an address of the LAN.
//!
//! ## Source
//! 06:D25, 03:DEV-36, 03:QE-04.

use std::net::IpAddr;

use runtime_model::model::DvipaOrigin;

use super::{Check, Rule};
use crate::cluster::Cluster;
use crate::daemons;
use crate::finding::{Confidence, Severity};
use crate::report::Report;

/// The rule.
pub const RULE: Rule = Rule {
    name: "vipa-not-reachable",
    level: Severity::Info,
    message_id: None,
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Cluster(check),
};

/// What would bring it.
pub const MISSES: &[&str] =
    &["AUTOLOG", "PORT", "PORTRANGE", "INTERFACE", "HOME", "LINK", "DEVICE", "BSDROUTINGPARMS"];

fn check(cluster: &Cluster, out: &mut Vec<Report>) {
    for stack in &cluster.stacks {
        if stack.routed || stack.nets.is_empty() || daemons::omproute(cluster, stack) {
            continue;
        }
        let outside =
            |address: &IpAddr| address.is_ipv4() && !stack.nets.iter().any(|(net, ..)| net.contains(address));
        let vipas = stack.home.iter().filter(|home| home.is_virtual).map(|home| (home.address, home.at));
        let defined = stack
            .dvipas
            .iter()
            .filter(|dvipa| dvipa.origin == DvipaOrigin::Define)
            .map(|dvipa| (dvipa.address, dvipa.at));
        let mut far = vipas.chain(defined).filter(|(address, _)| outside(address));
        let Some((address, at)) = far.next() else { continue };
        let more = match far.count() {
            0 => String::new(),
            1 => " and one more VIPA".to_owned(),
            more => format!(" and {more} more VIPAs"),
        };
        let nets: Vec<String> = stack.nets.iter().take(4).map(|(net, ..)| net.to_string()).collect();
        out.push(
            Report::new(&RULE, at, format!("nothing leads to {address}{more} of {}: no network of its interfaces has it, and nobody announces it", stack.name()))
                .note(format!("its interfaces are in {}", nets.join(", ")))
                .note("an adapter answers for other addresses with VMAC or PRIROUTER only; routers learn of them from OMPROUTE")
                .note("if automation starts OMPROUTE, add it as a [[job]] to sysplex.toml")
                .stack(stack.name()),
        );
    }
}
