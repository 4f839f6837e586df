//! ## What it finds
//! IPCONFIG6 IPSECURITY without IPCONFIG IPSECURITY.
//!
//! ## Why it hurts
//! IP security for IPv6 is described as an addition to that for IPv4; alone it does nothing.
//!
//! ## Example
//! ```profile
//! IPCONFIG6 IPSECURITY
//! ```
//!
//! ## How to mend it
//! Add IPSECURITY to IPCONFIG.
//!
//! ## Source
//! 02:IPC6-05.

use super::{Check, Rule, StackView};
use crate::finding::{Confidence, Severity};
use crate::report::Report;
use crate::statements::options;

/// The rule.
pub const RULE: Rule = Rule {
    name: "ipsecurity-ipv6-alone",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Stack(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["IPCONFIG IPSECURITY"];

fn check(stack: &StackView<'_>, out: &mut Vec<Report>) {
    if options::on(stack.config.ipconfig.ipsecurity).is_some() {
        return;
    }
    if let Some(at) = options::on(stack.config.ipconfig6.ipsecurity) {
        out.push(
            Report::new(&RULE, at, "IPSECURITY of IPCONFIG6 needs IPSECURITY on IPCONFIG too")
                .note("IP security begins with IPv4; IPv6 is added to it"),
        );
    }
}
