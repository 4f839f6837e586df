//! ## What it finds
//! An IPSEC6RULE on a stack with IPCONFIG IPSECURITY and without IPCONFIG6 IPSECURITY.
//!
//! ## Why it hurts
//! IPv6 packets are not filtered.
//!
//! ## Example
//! ```profile
//! IPCONFIG IPSECURITY
//! IPSEC
//!   IPSECRULE * * NOLOG PROTOCOL * ROUTING EITHER
//!   IPSEC6RULE * * NOLOG PROTOCOL *
//! ENDIPSEC
//! ```
//!
//! ## How to mend it
//! Add IPCONFIG6 IPSECURITY, or take the rules for IPv6 out.
//!
//! ## Source
//! 02:IPSC-03.

use super::{Check, Rule, StackView};
use crate::finding::{Confidence, Severity};
use crate::report::Report;

/// The rule.
pub const RULE: Rule = Rule {
    name: "ipsec-ipv6-off",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Stack(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["IPCONFIG6 IPSECURITY"];

fn check(stack: &StackView<'_>, out: &mut Vec<Report>) {
    let config = stack.config;
    if config.ipconfig.ipsecurity.is_none() || config.ipconfig6.ipsecurity.is_some() {
        return;
    }
    let Some(at) = config.ipsec.first6() else { return };
    out.push(
        Report::new(&RULE, at, "rules for IPv6 have no effect: IPCONFIG6 has no IPSECURITY")
            .note("IPv6 packets pass without being filtered")
            .note("add `IPCONFIG6 IPSECURITY`"),
    );
}
