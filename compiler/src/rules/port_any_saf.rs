//! ## What it finds
//! A UDP port reserved for every job, with SAF.
//!
//! ## Why it hurts
//! Each search for an ephemeral UDP port may come by it, so jobs that do not want the port are checked too and fail with ICH408I.
//!
//! ## Example
//! ```profile
//! PORT 5000 UDP * SAF GENERAL
//! ```
//!
//! ## How to mend it
//! Name the jobs that use the port, or take SAF out.
//!
//! ## Source
//! 02:PORT-21.

use super::{Check, Rule, StackView};
use crate::finding::{Confidence, Severity};
use crate::report::Report;
use crate::statements::port::Who;

/// The rule.
pub const RULE: Rule = Rule {
    name: "port-any-saf",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Stack(check),
};

fn check(stack: &StackView<'_>, out: &mut Vec<Report>) {
    for entry in stack.config.port.reservations.iter().filter(|entry| !entry.tcp) {
        let any = matches!(&entry.who, Who::Job(job) if job == "*");
        let Some(resource) = entry.saf.as_ref().filter(|_| any) else { continue };
        out.push(
            Report::new(
                &RULE,
                entry.who_at(),
                format!("UDP port {} is for every job but guarded by {resource}: jobs that look for any port are checked too", entry.port),
            )
            .note("they see ICH408I for a port that they never asked for; name the jobs, or take SAF out"),
        );
    }
}
