//! ## What it finds
//! A port with SHAREPORT on one entry and SHAREPORTWLM on another.
//!
//! ## Why it hurts
//! Which of the two decides how connections are spread, no source says.
//!
//! ## Example
//! ```profile
//! PORT
//!   80 TCP HTTPD1 SHAREPORT
//!   80 TCP HTTPD2 SHAREPORTWLM
//! ```
//!
//! ## How to mend it
//! Use one of them.
//!
//! ## Source
//! 02:PORT-15.

use std::collections::BTreeMap;

use super::{Check, Rule, StackView};
use crate::finding::{Confidence, Severity};
use crate::report::Report;
use crate::statements::port::Reservation;

/// The rule.
pub const RULE: Rule = Rule {
    name: "port-share-mixed",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Unconfirmed,
    check: Check::Stack(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["PORT"];

fn check(stack: &StackView<'_>, out: &mut Vec<Report>) {
    let entries = &stack.config.port.reservations;
    let shared = entries.iter().filter(|entry| entry.share).map(|entry| (entry.port, entry.tcp));
    let mut shared: Vec<(u16, bool)> = shared.collect();
    shared.sort_unstable();
    if shared.windows(2).all(|pair| pair.first() != pair.last()) {
        return;
    }
    let mut firsts: BTreeMap<(u16, bool, bool), &Reservation> = BTreeMap::new();
    for entry in entries.iter().filter(|entry| entry.share) {
        firsts.entry((entry.port, entry.tcp, entry.share_wlm)).or_insert(entry);
        let Some(other) = firsts.get(&(entry.port, entry.tcp, !entry.share_wlm)) else { continue };
        out.push(
            Report::new(
                &RULE,
                entry.at,
                format!("port {} has SHAREPORT on one entry and SHAREPORTWLM on another", entry.port),
            )
            .missing(&["port-number"], entry.port)
            .related(other.at, "the other entry")
            .note("one of the two words on one entry is enough for the port"),
        );
    }
}
