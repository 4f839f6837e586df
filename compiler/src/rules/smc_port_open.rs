//! ## What it finds
//! SMC-R version 2 on an interface, and UDP port 4791 that no PORT reserves.
//!
//! ## Why it hurts
//! Its packets travel to UDP port 4791 of the hosts. A program that takes the port gets in their way.
//!
//! ## Example
//! ```profile
//! GLOBALCONFIG SMCR SMCGLOBAL SMCEID PLEX1 ENDSMCEID
//! INTERFACE OSA1 DEFINE IPAQENET PORTNAME OSAP1 IPADDR 192.0.2.1/24
//!   SMCR PFID 0018 SMCRIPADDR 192.0.2.9
//! START OSA1
//! ```
//!
//! ## How to mend it
//! Add PORT 4791 UDP RESERVED.
//!
//! ## Source
//! 03:QE-18, 06:D23.

use super::{Check, Rule, StackView};
use crate::finding::{Confidence, Severity};
use crate::report::Report;
use crate::table::key;

/// The rule.
pub const RULE: Rule = Rule {
    name: "smc-port-open",
    level: Severity::Info,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Stack(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["PORT", "PORTRANGE"];

fn check(stack: &StackView<'_>, out: &mut Vec<Report>) {
    let config = stack.config;
    let reserved = config.port.reservations.with(key(4791_u16)).any(|entry| entry.port == 4791 && !entry.tcp);
    if reserved || config.portrange.covering(4791, false).is_some() {
        return;
    }
    let Some((interface, smcr)) = config.interface.list.iter().find_map(|interface| {
        Some((interface, interface.smcr.as_ref().filter(|smcr| smcr.address.is_some())?))
    }) else {
        return;
    };
    out.push(
        Report::new(
            &RULE,
            smcr.address_at,
            format!("SMC-R version 2 of {} uses UDP port 4791, which nobody reserves", interface.name),
        )
        .missing(&["port-number"], 4791)
        .note("any program may take the port")
        .note("add `PORT 4791 UDP RESERVED`"),
    );
}
