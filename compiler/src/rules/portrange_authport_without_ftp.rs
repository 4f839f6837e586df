//! ## What it finds
//! AUTHPORT on PORTRANGE on a stack where nobody has port 21.
//!
//! ## Why it hurts
//! Only an FTP server with PASSIVEDATAPORTS may use these ports. Without one nobody uses them.
//!
//! ## Example
//! ```profile
//! PORTRANGE 50000 100 TCP AUTHPORT
//! ```
//!
//! ## How to mend it
//! Reserve port 21 for the FTP server, or take the range out.
//!
//! ## Source
//! 02:PRNG-08.

use super::{Check, Rule, StackView};
use crate::finding::{Confidence, Severity};
use crate::report::Report;
use crate::statements::portrange::Holder;
use crate::table::key;

/// The rule.
pub const RULE: Rule = Rule {
    name: "portrange-authport-without-ftp",
    level: Severity::Info,
    message_id: None,
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Stack(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["PORT", "PORTRANGE"];

fn check(stack: &StackView<'_>, out: &mut Vec<Report>) {
    let config = stack.config;
    let Some(range) = config.portrange.list.iter().find(|range| range.who == Holder::Authport && range.tcp)
    else {
        return;
    };
    let ftp = config.port.reservations.with(key(21_u16)).any(|entry| entry.port == 21 && entry.tcp);
    if ftp || config.portrange.covering(21, true).is_some() {
        return;
    }
    out.push(
        Report::new(
            &RULE,
            range.who_at,
            format!(
                "ports {} to {} are for an FTP server, and none has port 21 on this stack",
                range.first, range.last
            ),
        )
        .note("AUTHPORT gives them to an FTP server with PASSIVEDATAPORTS; nobody else may use them")
        .note("reserve port 21 for the FTP server, or take the range out"),
    );
}
