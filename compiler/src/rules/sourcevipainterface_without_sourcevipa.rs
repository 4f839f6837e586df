//! ## What it finds
//! SOURCEVIPAINTERFACE of an IPv4 interface on a stack without IPCONFIG SOURCEVIPA.
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
//! Add SOURCEVIPA to IPCONFIG.
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

fn check(stack: &StackView<'_>, out: &mut Vec<Report>) {
    if stack.config.ipconfig.source_vipa {
        return;
    }
    for interface in stack.config.interface.list.iter().filter(|interface| !interface.kind.is_ipv6()) {
        if let Some(source) = &interface.source_vipa {
            let message = format!(
                "SOURCEVIPAINTERFACE of {} has no effect without IPCONFIG SOURCEVIPA",
                interface.name
            );
            out.push(Report::new(&RULE, source.at, message).note("add `IPCONFIG SOURCEVIPA`"));
        }
    }
}
