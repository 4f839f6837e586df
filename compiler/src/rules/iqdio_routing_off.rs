//! ## What it finds
//! IQDIOROUTING on a stack that does not forward, or that has IPSECURITY.
//!
//! ## Why it hurts
//! It is not enabled.
//!
//! ## Example
//! ```profile
//! IPCONFIG NODATAGRAMFWD IQDIOROUTING
//! ```
//!
//! ## How to mend it
//! Take IQDIOROUTING out, or allow forwarding by DATAGRAMFWD; with IPSECURITY it never works.
//!
//! ## Source
//! 02:IPC4-06, 02:IPC4-07, 05:8.

use super::{Check, Rule, StackView};
use crate::finding::{Confidence, Effect, Severity};
use crate::report::Report;
use crate::statements::options;

/// The rule.
pub const RULE: Rule = Rule {
    name: "iqdio-routing-off",
    level: Severity::Error,
    message_id: Some("EZZ0689I"),
    effect: Some(Effect::KeywordIgnored),
    confidence: Confidence::Documented,
    check: Check::Stack(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["IPCONFIG"];

fn check(stack: &StackView<'_>, out: &mut Vec<Report>) {
    let part = &stack.config.ipconfig;
    let Some(at) = options::on(part.iqdio_routing) else { return };
    let (why, other) = match (options::off(part.forward), options::on(part.ipsecurity)) {
        (Some(other), _) => ("the stack does not forward", other),
        (None, Some(other)) => ("the stack has IPSECURITY", other),
        (None, None) => return,
    };
    out.push(
        Report::new(&RULE, at, format!("IQDIOROUTING is not enabled, because {why}"))
            .related(other, "said here")
            .note("take one of the two out"),
    );
}
