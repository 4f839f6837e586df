//! ## What it finds
//! SOURCEVIPAINTERFACE of an interface on a stack without SOURCEVIPA of IPCONFIG, or for IPv6 of IPCONFIG6.
//!
//! ## Why it hurts
//! SOURCEVIPA switches source VIPAs on; without it the operand has no effect.
//!
//! ## Example
//! ```profile
//! INTERFACE VIPA1 DEFINE VIRTUAL IPADDR 192.0.2.1
//! INTERFACE OSA1 DEFINE IPAQENET PORTNAME PORTA IPADDR 198.51.100.1/26 SOURCEVIPAINTERFACE VIPA1
//! START OSA1
//! ```
//!
//! ## How to mend it
//! Add SOURCEVIPA to IPCONFIG, for IPv6 to IPCONFIG6.
//!
//! ## Source
//! 03:IF-07.

use super::{Check, Rule, StackView};
use crate::finding::{Confidence, Severity};
use crate::report::Report;

/// The rule.
pub const RULE: Rule = Rule {
    name: "sourcevipainterface-without-sourcevipa",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Stack(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["IPCONFIG SOURCEVIPA", "IPCONFIG6 SOURCEVIPA"];

fn check(stack: &StackView<'_>, out: &mut Vec<Report>) {
    let config = stack.config;
    for interface in &config.interface.list {
        let (on, statement) = match interface.kind.is_ipv6() {
            true => (config.ipconfig6.source_vipa, "IPCONFIG6"),
            false => (config.ipconfig.source_vipa, "IPCONFIG"),
        };
        let Some(source) = interface.source_vipa.as_ref().filter(|_| !on) else { continue };
        let message =
            format!("SOURCEVIPAINTERFACE of {} has no effect without {statement} SOURCEVIPA", interface.name);
        out.push(Report::new(&RULE, source.at, message).note(format!("add `{statement} SOURCEVIPA`")));
    }
}
