//! ## What it finds
//! TCPSTACKSOURCEVIPA on a stack without SOURCEVIPA.
//!
//! ## Why it hurts
//! It is not enabled: outbound connections leave from the address of the interface.
//!
//! ## Example
//! ```profile
//! IPCONFIG TCPSTACKSOURCEVIPA 192.0.2.1
//! ```
//!
//! ## How to mend it
//! Add SOURCEVIPA to IPCONFIG.
//!
//! ## Source
//! 01:IP-04, 06:C13.

use super::{Check, Rule, StackView};
use crate::finding::{Confidence, Effect, Severity};
use crate::report::Report;

/// The rule.
pub const RULE: Rule = Rule {
    name: "tcpstacksourcevipa-without-sourcevipa",
    level: Severity::Warning,
    message_id: None,
    effect: Some(Effect::KeywordIgnored),
    confidence: Confidence::Documented,
    check: Check::Stack(check),
};

fn check(stack: &StackView<'_>, out: &mut Vec<Report>) {
    let Some(source) = stack.config.ipconfig.stack_source else { return };
    if !stack.config.ipconfig.source_vipa {
        out.push(
            Report::new(
                &RULE,
                source.at,
                format!("TCPSTACKSOURCEVIPA {} has no effect without SOURCEVIPA", source.value),
            )
            .note("add SOURCEVIPA to IPCONFIG"),
        );
    }
}
