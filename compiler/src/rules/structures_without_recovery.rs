//! ## What it finds
//! `stack-structures = false` in a sysplex description of the founding dialect.
//!
//! ## Why it hurts
//! Figure 8A keeps one port structure for each DVIPA, and nothing in it says which stack has a port. When a stack fails, figure 12 has nothing
//! to go by: the ports of its connections stay unavailable for as long as the coupling facility lives.
//!
//! ## How to mend it
//! Take the line out. Each stack then has a structure of its own besides the cluster-wide one (figure 8B).
//!
//! ## Source
//! 001, figures 8A, 8B and 12.

use super::{Check, Rule};
use crate::Dialect;
use crate::description::Description;
use crate::finding::{Confidence, Severity};
use crate::place::At;
use crate::report::Report;

/// The rule.
pub const RULE: Rule = Rule {
    name: "structures-without-recovery",
    level: Severity::Info,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Description,
};

/// Looks at a description; `place` leads from a span of its text.
pub fn check(description: &Description, place: impl Fn(&std::ops::Range<usize>) -> At) -> Option<Report> {
    let founding = description.sysplex.dialect.as_ref().is_some_and(|d| d.value == Dialect::Founding);
    let one = description.model.stack_structures.as_ref().filter(|own| founding && !own.value)?;
    let message = "with `stack-structures = false` the ports of a stack that fails are never available again";
    Some(
        Report::new(&RULE, place(&one.span), message)
            .note("the one structure of a DVIPA does not say which stack has a port, so figure 12 does not apply")
            .note("without the line each stack has a structure of its own, and its ports are recovered"),
    )
}
