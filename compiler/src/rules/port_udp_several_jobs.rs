//! ## What it finds
//! One UDP port reserved for two jobs, on the same address.
//!
//! ## Why it hurts
//! An old guide says that this is not supported; UDP sockets do not share a port as TCP listeners may.
//!
//! ## Example
//! ```profile
//! PORT
//!   5000 UDP PAYROLL
//!   5000 UDP ORDERS
//! ```
//!
//! ## How to mend it
//! Reserve the port for one job, or bind the two to different addresses with BIND.
//!
//! ## Source
//! 02:PORT-16.

use std::collections::BTreeMap;
use std::net::IpAddr;

use super::{Check, Rule, StackView};
use crate::finding::{Confidence, Severity};
use crate::report::Report;
use crate::statements::port::{Reservation, Who};

/// The rule.
pub const RULE: Rule = Rule {
    name: "port-udp-several-jobs",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Unconfirmed,
    check: Check::Stack(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["PORT"];

fn check(stack: &StackView<'_>, out: &mut Vec<Report>) {
    let mut known: BTreeMap<(u16, Option<IpAddr>), (&str, &Reservation)> = BTreeMap::new();
    for entry in stack.config.port.reservations.iter().filter(|entry| !entry.tcp) {
        let Who::Job(job) = &entry.who else { continue };
        let Some((first, there)) = known.get(&(entry.port, entry.bind)) else {
            known.insert((entry.port, entry.bind), (job, entry));
            continue;
        };
        if *first == job {
            continue;
        }
        out.push(
            Report::new(&RULE, entry.who_at(), format!("UDP port {} is reserved for {first} and for {job}", entry.port))
                .related(there.who_at(), format!("reserved for {first}"))
                .missing(&["port-number"], entry.port)
                .note("an old guide calls that not supported; the second of them cannot bind while the first has the port")
                .note("reserve it for one job, or give the two different addresses with BIND"),
        );
    }
}
