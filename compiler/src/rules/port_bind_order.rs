//! ## What it finds
//! An entry with BIND behind one without for the same port.
//!
//! ## Why it hurts
//! One guide says that the entry with BIND has to come first, another page shows the opposite. If the first is right, the server with BIND gets
//! the unspecified address.
//!
//! ## Example
//! ```profile
//! PORT
//!   512 TCP REXECD
//!   512 TCP OMVS BIND 192.0.2.5
//! INTERFACE VIPA1 DEFINE VIRTUAL IPADDR 192.0.2.5
//! ```
//!
//! ## How to mend it
//! Put the entry with BIND first; that is right by both.
//!
//! ## Source
//! 02:PORT-17.

use std::collections::BTreeMap;

use super::{Check, Rule, StackView};
use crate::finding::{Confidence, Severity};
use crate::report::Report;
use crate::statements::port::{Reservation, Who};

/// The rule.
pub const RULE: Rule = Rule {
    name: "port-bind-order",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Unconfirmed,
    check: Check::Stack(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["PORT"];

fn check(stack: &StackView<'_>, out: &mut Vec<Report>) {
    if stack.config.port.reservations.iter().all(|entry| entry.bind.is_none()) {
        return;
    }
    let mut plain: BTreeMap<(u16, bool), &Reservation> = BTreeMap::new();
    for entry in stack.config.port.reservations.iter() {
        if entry.bind.is_none() {
            plain.entry((entry.port, entry.tcp)).or_insert(entry);
            continue;
        }
        let (Some(first), Who::Job(job)) = (plain.get(&(entry.port, entry.tcp)), &entry.who) else {
            continue;
        };
        out.push(
            Report::new(
                &RULE,
                entry.bind_at(),
                format!("the entry of {job} for port {} has BIND and stands behind one without", entry.port),
            )
            .missing(&["port-number"], entry.port)
            .related(first.at, "the entry without BIND")
            .note("one source wants entries with BIND first, another shows them second")
            .note("put it first: that is right by both"),
        );
    }
}
