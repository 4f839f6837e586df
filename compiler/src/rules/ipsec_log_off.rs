//! ## What it finds
//! LOG on a filter rule of IPSEC without LOGENABLE.
//!
//! ## Why it hurts
//! Nothing is logged: LOGDISABLE is the default and beats the rules.
//!
//! ## Example
//! ```profile
//! IPCONFIG IPSECURITY
//! IPSEC
//!   IPSECRULE * * LOG PROTOCOL * ROUTING EITHER
//! ENDIPSEC
//! ```
//!
//! ## How to mend it
//! Write LOGENABLE behind IPSEC, or take LOG out of the rules.
//!
//! ## Source
//! 02:IPSC-09.

use super::{Check, Rule, StackView};
use crate::finding::{Confidence, Severity};
use crate::report::Report;

/// The rule.
pub const RULE: Rule = Rule {
    name: "ipsec-log-off",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Stack(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["IPSEC"];

fn check(stack: &StackView<'_>, out: &mut Vec<Report>) {
    let ipsec = &stack.config.ipsec;
    let Some(at) = ipsec.first_log().filter(|_| !ipsec.log_enabled) else { return };
    out.push(
        Report::new(&RULE, at, "this LOG logs nothing: IPSEC has no LOGENABLE")
            .note("LOGDISABLE is the default, and it beats LOG of the rules")
            .note("write `IPSEC LOGENABLE`"),
    );
}
