//! ## What it finds
//! A static route to a home address of the stack itself.
//!
//! ## Why it hurts
//! The stack has such routes by itself, and a coded one is in their way.
//!
//! ## Example
//! ```profile
//! INTERFACE OSA1 DEFINE IPAQENET PORTNAME PORTA IPADDR 198.51.100.1/26
//! BEGINROUTES
//!   ROUTE 198.51.100.1 HOST = OSA1 MTU 1492
//! ENDROUTES
//! START OSA1
//! ```
//!
//! ## How to mend it
//! Take the route out.
//!
//! ## Source
//! 03:RTE-17.

use super::{Check, Rule, StackView};
use crate::finding::{Confidence, Severity};
use crate::report::Report;
use crate::statements::interface;

/// The rule.
pub const RULE: Rule = Rule {
    name: "route-to-home-address",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Stack(check),
};

fn check(stack: &StackView<'_>, out: &mut Vec<Report>) {
    for route in &stack.config.beginroutes.routes {
        let address = route.destination.addr();
        if route.destination.prefix_len() != route.destination.max_prefix_len() {
            continue;
        }
        if let Some((name, at)) = interface::holder(stack.config, address) {
            out.push(
                Report::new(
                    &RULE,
                    route.at,
                    format!("{address} is an address of {name} on this stack, which needs no route"),
                )
                .related(at, "the address"),
            );
        }
    }
}
