//! ## What it finds
//! IPCONFIG6 TEMPADDRS on a stack where no IPv6 OSA interface configures its addresses itself.
//!
//! ## Why it hurts
//! Temporary addresses are made from the prefixes that routers announce, and an interface with IPADDR does not use these. There are none.
//!
//! ## Example
//! ```profile
//! IPCONFIG6 TEMPADDRS
//! INTERFACE OSA6 DEFINE IPAQENET6 PORTNAME OSAP1 IPADDR 2001:db8::1
//! START OSA6
//! ```
//!
//! ## How to mend it
//! Leave IPADDR out on the interface that is to have temporary addresses, or take TEMPADDRS out.
//!
//! ## Source
//! 02:IPC6-04, 03:QE-31, 03:QE-36.

use super::{Check, Rule, StackView};
use crate::finding::{Confidence, Severity};
use crate::report::Report;

/// The rule.
pub const RULE: Rule = Rule {
    name: "tempaddrs-unused",
    level: Severity::Info,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Stack(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["INTERFACE"];

fn check(stack: &StackView<'_>, out: &mut Vec<Report>) {
    let config = stack.config;
    let Some(at) = config.ipconfig6.temporary else { return };
    let own = |interface: &&crate::statements::interface_types::Interface| {
        interface.kind.is_osa() && interface.kind.is_ipv6()
    };
    let mut interfaces = config.interface.list.iter().filter(own);
    if interfaces.any(|interface| interface.addresses.is_empty()) {
        return;
    }
    out.push(
        Report::new(
            &RULE,
            at,
            "TEMPADDRS makes no addresses: no IPv6 OSA interface configures its addresses itself",
        )
        .note("temporary addresses come from prefixes that routers announce, on interfaces without IPADDR")
        .note("leave IPADDR out on the interface that is to have them"),
    );
}
