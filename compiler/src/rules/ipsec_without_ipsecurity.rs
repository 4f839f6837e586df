//! ## What it finds
//! An IPSEC block on a stack without IPCONFIG IPSECURITY.
//!
//! ## Why it hurts
//! The block is ignored: no filter rule is there.
//!
//! ## Example
//! ```profile
//! IPSEC
//!   IPSECRULE * * NOLOG PROTOCOL * ROUTING EITHER
//! ENDIPSEC
//! ```
//!
//! ## How to mend it
//! Add IPCONFIG IPSECURITY, or take the block out.
//!
//! ## Source
//! 02:IPSC-02.

use super::{Check, Rule, StackView};
use crate::finding::{Confidence, Severity};
use crate::report::Report;

/// The rule.
pub const RULE: Rule = Rule {
    name: "ipsec-without-ipsecurity",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Stack(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["IPCONFIG IPSECURITY"];

fn check(stack: &StackView<'_>, out: &mut Vec<Report>) {
    let config = stack.config;
    let Some(at) = config.ipsec.at.filter(|_| config.ipconfig.ipsecurity.is_none()) else { return };
    out.push(
        Report::new(&RULE, at, "this IPSEC block is ignored: IPCONFIG has no IPSECURITY")
            .note("packets are not filtered at all")
            .note("add `IPCONFIG IPSECURITY`, or take the block out"),
    );
}
