//! ## What it finds
//! A procedure of AUTOLOG whose job name no PORT or PORTRANGE has, though one has a name that is almost the same or a pattern that covers it.
//!
//! ## Why it hurts
//! The stack starts it once and never watches it: names are compared exactly, so neither FTPD for FTPD1 nor HTTPD* for HTTPD1 counts.
//!
//! ## Example
//! ```profile
//! AUTOLOG
//!   FTPD
//! ENDAUTOLOG
//! PORT 21 TCP FTPD1
//! ```
//!
//! ## How to mend it
//! Add JOBNAME with the name that PORT has, or write the exact name on PORT.
//!
//! ## Source
//! 02:AUTO-02, 02:AUTO-03.

use std::collections::{BTreeMap, BTreeSet};

use super::{Check, Rule, StackView};
use crate::finding::{Confidence, Severity};
use crate::place::At;
use crate::report::Report;
use crate::statements::port::Who;
use crate::statements::portrange::Holder;
use grammar::values;

/// The rule.
pub const RULE: Rule = Rule {
    name: "autolog-not-watched",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Stack(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["PORT", "PORTRANGE"];

fn check(stack: &StackView<'_>, out: &mut Vec<Report>) {
    let ports = stack.config.port.reservations.iter().filter_map(|entry| match &entry.who {
        Who::Job(job) => Some((job.as_str(), entry.who_at())),
        Who::Reserved => None,
    });
    let ranges = stack.config.portrange.list.iter().filter_map(|range| match &range.who {
        Holder::Job(job) => Some((job.as_str(), range.who_at)),
        Holder::Reserved | Holder::Authport => None,
    });
    let names: BTreeSet<&str> = stack.config.autolog.list.iter().map(|entry| entry.job.as_str()).collect();
    if names.is_empty() {
        return;
    }
    let mut watched: BTreeSet<&str> = BTreeSet::new();
    // The names that are one letter longer, and those with a letter for any.
    let mut instances: BTreeMap<&str, BTreeMap<&str, At>> = BTreeMap::new();
    let mut patterns: BTreeMap<&str, At> = BTreeMap::new();
    for (job, at) in ports.chain(ranges) {
        if let Some(name) = names.get(job) {
            watched.insert(name);
        }
        let shorter = job.len().checked_sub(1).and_then(|end| job.get(..end));
        if let Some(name) = shorter.and_then(|shorter| names.get(shorter)).filter(|_| !job.ends_with('*')) {
            instances.entry(name).or_default().entry(job).or_insert(at);
        }
        if job != "*" && job.bytes().any(|letter| matches!(letter, b'*' | b'?')) {
            patterns.entry(job).or_insert(at);
        }
    }
    for entry in &stack.config.autolog.list {
        let name = entry.job.as_str();
        if watched.contains(name) {
            continue;
        }
        if let Some((job, at)) = instances.get(name).and_then(BTreeMap::first_key_value) {
            out.push(
                Report::new(
                    &RULE,
                    entry.job_at,
                    format!(
                        "AUTOLOG never watches {}: its ports are reserved for {job}, which is another name",
                        entry.job
                    ),
                )
                .missing(&["job"], name)
                .related(*at, format!("reserved for {job}"))
                .note(format!("write `{} JOBNAME {job}`", entry.procedure)),
            );
        } else if let Some((job, at)) = patterns.iter().find(|(job, _)| values::pattern_covers(job, name)) {
            out.push(
                Report::new(
                    &RULE,
                    entry.job_at,
                    format!(
                        "AUTOLOG never watches {}: PORT has the pattern {job}, and only exact names count",
                        entry.job
                    ),
                )
                .missing(&["job"], name)
                .related(*at, format!("reserved for {job}"))
                .note(format!(
                    "add a PORT entry for {}, if the stack should start it again when its port is closed",
                    entry.job
                )),
            );
        }
    }
}
