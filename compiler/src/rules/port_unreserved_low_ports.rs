//! ## What it finds
//! UNRSV entries of PORT for a protocol that has RESTRICTLOWPORTS.
//!
//! ## Why it hurts
//! For ports below 1024 the UNRSV entries are not asked: there a job with APF authority or UID 0 gets every port that nobody reserved, DENY or
//! not.
//!
//! ## Example
//! ```profile
//! TCPCONFIG RESTRICTLOWPORTS
//! PORT UNRSV TCP * DENY
//! ```
//!
//! ## How to mend it
//! Reserve the low ports that nobody may take with RESERVED, or take it as it is.
//!
//! ## Source
//! 02:PORT-24, 02:2.5.

use super::{Check, Rule, StackView};
use crate::finding::{Confidence, Severity};
use crate::report::Report;
use crate::statements::options;
use crate::statements::port::protocol;

/// The rule.
pub const RULE: Rule = Rule {
    name: "port-unreserved-low-ports",
    level: Severity::Info,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Stack(check),
};

fn check(stack: &StackView<'_>, out: &mut Vec<Report>) {
    let config = stack.config;
    for (flag, tcp) in
        [(config.tcpconfig.restrict_low_ports, true), (config.udpconfig.restrict_low_ports, false)]
    {
        let Some(at) = options::on(flag) else { continue };
        let Some(entry) = config.port.unreserved.iter().find(|entry| entry.tcp == tcp) else { continue };
        let protocol = protocol(tcp);
        out.push(
            Report::new(
                &RULE,
                entry.at,
                format!("UNRSV {protocol} does not cover ports below 1024, because RESTRICTLOWPORTS is on"),
            )
            .related(at, "RESTRICTLOWPORTS")
            .note(
                "a job with APF authority or UID 0 gets any low port that no PORT and no PORTRANGE reserves",
            )
            .note(format!("close a low port with `PORT number {protocol} RESERVED`")),
        );
    }
}
