//! ## What it finds
//! A route with a larger MTU than its interface has.
//!
//! ## Why it hurts
//! The stack cannot send such packets and takes the smaller size.
//!
//! ## Example
//! ```profile
//! INTERFACE OSA1 DEFINE IPAQENET PORTNAME PORTA IPADDR 198.51.100.1/26 MTU 1492
//! BEGINROUTES
//!   ROUTE DEFAULT 198.51.100.62 OSA1 MTU 8992
//! ENDROUTES
//! START OSA1
//! ```
//!
//! ## How to mend it
//! Lower the MTU of the route, or raise that of the interface.
//!
//! ## Source
//! 03:RTE-20, 03:4.3.

use super::{Check, Rule, StackView};
use crate::finding::{Confidence, Severity};
use crate::report::Report;
use crate::statements::names;

/// The rule.
pub const RULE: Rule = Rule {
    name: "route-mtu-above-interface",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Unconfirmed,
    check: Check::Stack(check),
};

fn check(stack: &StackView<'_>, out: &mut Vec<Report>) {
    for route in &stack.config.beginroutes.routes {
        let interface = names::interface(stack.config, &route.interface);
        let Some((size, most)) =
            route.mtu.map(|mtu| u64::from(mtu.get())).zip(interface.and_then(|interface| interface.mtu))
        else {
            continue;
        };
        if size > most {
            out.push(
                Report::new(
                    &RULE,
                    route.mtu_at(),
                    format!("MTU {size} of this route is more than the {most} of {}", route.interface),
                )
                .note(format!("the stack sends packets of {most} bytes at most")),
            );
        }
    }
}
