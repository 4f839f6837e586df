//! ## What it finds
//! Some of the UDP ports 12000 to 12004 reserved, but not all of them for the same job.
//!
//! ## Why it hurts
//! Enterprise Extender needs all five for VTAM; otherwise its connections fail with EZD0802I reason 10.
//!
//! ## Example
//! ```profile
//! PORT
//!   12000 UDP NET
//!   12001 UDP NET
//! ```
//!
//! ## How to mend it
//! Reserve all five for the job name of VTAM.
//!
//! ## Source
//! 02:PORT-26, 05:4.

use std::collections::BTreeSet;

use super::{Check, Rule, StackView};
use crate::finding::{Confidence, Severity};
use crate::report::Report;
use crate::statements::port::Who;
use crate::statements::portrange::Holder;

/// The rule.
pub const RULE: Rule = Rule {
    name: "port-enterprise-extender",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Stack(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["PORT", "PORTRANGE"];

/// The ports of Enterprise Extender.
const PORTS: [u16; 5] = [12_000, 12_001, 12_002, 12_003, 12_004];

fn check(stack: &StackView<'_>, out: &mut Vec<Report>) {
    let mut first = None;
    let mut owners: BTreeSet<String> = BTreeSet::new();
    let mut missing = Vec::new();
    for port in PORTS {
        let entry = stack.config.port.first(port, false);
        let owner = match entry.map(|entry| (&entry.who, entry.at)) {
            Some((Who::Job(job), at)) => Some((job.to_string(), at)),
            Some((Who::Reserved, at)) => Some(("RESERVED".to_owned(), at)),
            None => stack.config.portrange.covering(port, false).map(|range| {
                let job = match &range.who {
                    Holder::Job(job) => job.clone(),
                    Holder::Reserved => "RESERVED".to_owned(),
                    Holder::Authport => "AUTHPORT".to_owned(),
                };
                (job, range.at)
            }),
        };
        match owner {
            Some((job, at)) => {
                first = first.or(Some(at));
                owners.insert(job);
            }
            None => missing.push(port.to_string()),
        }
    }
    let Some(at) = first else { return };
    // A wide range for everybody is no sign of Enterprise Extender.
    if missing.is_empty() && owners.len() == 1 {
        return;
    }
    let message = if missing.is_empty() {
        let owners: Vec<String> = owners.into_iter().collect();
        format!(
            "UDP ports 12000 to 12004 of Enterprise Extender are reserved for different jobs: {}",
            owners.join(", ")
        )
    } else {
        format!("UDP {} of Enterprise Extender's ports 12000 to 12004 are not reserved", missing.join(", "))
    };
    out.push(
        Report::new(&RULE, at, message)
            .note("VTAM needs all five; its connections fail with EZD0802I reason 10 otherwise"),
    );
}
