//! ## What it finds
//! An IPv4 DVIPA that is the address of its own subnet, or its broadcast address: all bits behind the mask are zero, or all are one.
//!
//! ## Why it hurts
//! No host should have such an address; routers may not send to it.
//!
//! ## Example
//! ```profile
//! VIPADYNAMIC
//!   VIPADEFINE 255.255.255.0 192.0.2.255
//! ENDVIPADYNAMIC
//! ```
//!
//! ## How to mend it
//! Choose another address, or correct the mask.
//!
//! ## Source
//! 01:VF-12.

use std::net::IpAddr;

use ipnet::Ipv4Net;

use super::{Check, Rule, StackView};
use crate::finding::{Confidence, Severity};
use crate::report::Report;

/// The rule.
pub const RULE: Rule = Rule {
    name: "dvipa-host-part",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Unconfirmed,
    check: Check::Stack(check),
};

fn check(stack: &StackView<'_>, out: &mut Vec<Report>) {
    for dvipa in &stack.config.dvipa.list {
        let (IpAddr::V4(address), Some(bits)) = (dvipa.address, dvipa.bits.filter(|bits| *bits < 31)) else {
            continue;
        };
        let Ok(net) = Ipv4Net::new(address, bits) else { continue };
        let what = if address == net.network() {
            "the address of the subnet itself"
        } else if address == net.broadcast() {
            "the broadcast address"
        } else {
            continue;
        };
        out.push(
            Report::new(&RULE, dvipa.at, format!("{address} is {what} in {}", net.trunc()))
                .note("routers may not send to it; no source could be read that says what the stack does")
                .note(format!("choose another address, or correct the mask of {bits} bits")),
        );
    }
}
