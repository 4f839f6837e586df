//! ## What it finds
//! TCP port 20 reserved without NOAUTOLOG for a job of AUTOLOG.
//!
//! ## Why it hurts
//! FTP opens its data port on demand only. Every five minutes the stack looks for a listener on each port of the job; it finds none on port 20,
//! cancels the job and starts it again.
//!
//! ## Example
//! ```profile
//! AUTOLOG
//!   FTPD JOBNAME FTPD1
//! ENDAUTOLOG
//! PORT
//!   20 TCP FTPD1
//!   21 TCP FTPD1
//! ```
//!
//! ## How to mend it
//! Write NOAUTOLOG on the entry of port 20.
//!
//! ## Source
//! 02:AUTO-04, 02:PORT-28.

use super::{Check, Rule, StackView};
use crate::finding::{Confidence, Severity};
use crate::report::Report;
use crate::statements::port::Who;
use crate::table::key;

/// The rule.
pub const RULE: Rule = Rule {
    name: "autolog-ftp-data",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Stack(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["PORT"];

fn check(stack: &StackView<'_>, out: &mut Vec<Report>) {
    for entry in stack
        .config
        .port
        .reservations
        .with(key(20_u16))
        .filter(|entry| entry.port == 20 && entry.tcp && !entry.no_autolog)
    {
        let Who::Job(job) = &entry.who else { continue };
        let Some(started) = stack.config.autolog.list.iter().find(|started| started.job == *job) else {
            continue;
        };
        out.push(
            Report::new(&RULE, entry.at, format!("AUTOLOG restarts {job} again and again: port 20 opens on demand only and has no NOAUTOLOG"))
                .missing(&["port-number"], 20)
                .related(started.at, "AUTOLOG watches all ports of the job")
                .note("every five minutes a job is cancelled and started again if one of its ports has no listener")
                .note(format!("write `20 TCP {job} NOAUTOLOG`")),
        );
    }
}
