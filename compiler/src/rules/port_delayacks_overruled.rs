//! ## What it finds
//! DELAYACKS on PORT or PORTRANGE beside TCPCONFIG NODELAYACKS.
//!
//! ## Why it hurts
//! TCPCONFIG NODELAYACKS beats DELAYACKS everywhere, so the word has no effect.
//!
//! ## Example
//! ```profile
//! TCPCONFIG NODELAYACKS
//! PORT 80 TCP HTTPD DELAYACKS
//! ```
//!
//! ## How to mend it
//! Take it out, or use TCPCONFIG AUTODELAYACKS, which yields to it.
//!
//! ## Source
//! 02:2.6, 02:TCPC-08.

use super::{Check, Rule, StackView};
use crate::finding::{Confidence, Effect, Severity};
use crate::report::Report;
use crate::statements::options;

/// The rule.
pub const RULE: Rule = Rule {
    name: "port-delayacks-overruled",
    level: Severity::Warning,
    message_id: None,
    effect: Some(Effect::KeywordIgnored),
    confidence: Confidence::Documented,
    check: Check::Stack(check),
};

fn check(stack: &StackView<'_>, out: &mut Vec<Report>) {
    let Some(beaten) = options::off(stack.config.tcpconfig.delay_acks) else { return };
    let reservations = stack.config.port.reservations.iter();
    let ports = reservations.filter(|entry| entry.tcp).map(|entry| entry.delay_acks());
    let ranges = stack.config.portrange.list.iter().filter(|range| range.tcp).map(|range| range.delay_acks);
    for at in ports.chain(ranges).filter_map(options::on) {
        out.push(
            Report::new(&RULE, at, "DELAYACKS has no effect here: TCPCONFIG NODELAYACKS beats it")
                .related(beaten, "NODELAYACKS for the whole stack")
                .note("take the word out; or write AUTODELAYACKS or DELAYACKS on TCPCONFIG and NODELAYACKS on the ports that need it"),
        );
    }
}
