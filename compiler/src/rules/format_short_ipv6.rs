//! ## What it finds
//! IPCONFIG FORMAT SHORT on a stack with IPv6 interfaces.
//!
//! ## Why it hurts
//! Displays of a stack with IPv6 are always in the long format.
//!
//! ## Example
//! ```profile
//! IPCONFIG FORMAT SHORT
//! INTERFACE VIPA6 DEFINE VIRTUAL6 IPADDR 2001:db8::1
//! ```
//!
//! ## How to mend it
//! Take FORMAT SHORT out, and read displays in the long format.
//!
//! ## Source
//! 02:IPC4-20.

use super::{Check, Rule, StackView};
use crate::finding::{Confidence, Severity};
use crate::report::Report;

/// The rule.
pub const RULE: Rule = Rule {
    name: "format-short-ipv6",
    level: Severity::Info,
    message_id: None,
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Stack(check),
};

fn check(stack: &StackView<'_>, out: &mut Vec<Report>) {
    let config = stack.config;
    let Some(at) = config.ipconfig.short else { return };
    let Some(interface) = config.interface.list.iter().find(|interface| interface.kind.is_ipv6()) else {
        return;
    };
    out.push(
        Report::new(
            &RULE,
            at,
            "FORMAT SHORT has no effect on a stack with IPv6: displays are in the long format",
        )
        .related(interface.at, format!("{} is for IPv6", interface.name))
        .note("take it out, and let programs that read displays expect the long format"),
    );
}
