//! ## What it finds
//! DELAYSTART TTLS on a stack whose TCPCONFIG has no TTLS.
//!
//! ## Why it hurts
//! AT-TLS services never become available there, so the procedure is never started.
//!
//! ## Example
//! ```profile
//! AUTOLOG
//!   SMTP DELAYSTART TTLS
//! ENDAUTOLOG
//! PORT 25 TCP SMTP
//! ```
//!
//! ## How to mend it
//! Add TTLS to TCPCONFIG, or take DELAYSTART TTLS out.
//!
//! ## Source
//! 02:AUTO-10.

use super::{Check, Rule, StackView};
use crate::finding::{Confidence, Severity};
use crate::report::Report;
use crate::statements::options;

/// The rule.
pub const RULE: Rule = Rule {
    name: "autolog-without-ttls",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Stack(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["TCPCONFIG TTLS"];

fn check(stack: &StackView<'_>, out: &mut Vec<Report>) {
    if options::on(stack.config.tcpconfig.ttls).is_some() {
        return;
    }
    for entry in stack.config.autolog.list.iter().filter(|entry| entry.after_ttls) {
        out.push(
            Report::new(
                &RULE,
                entry.ttls_at,
                format!(
                    "{} waits for AT-TLS, which this stack does not have: it is never started",
                    entry.procedure
                ),
            )
            .note("add TTLS to TCPCONFIG, or take DELAYSTART TTLS out"),
        );
    }
}
