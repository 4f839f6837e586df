//! ## What it finds
//! A PORTRANGE whose count is larger than its first port, as if the last port had been written.
//!
//! ## Why it hurts
//! The second number is how many ports there are. 5000 6000 reserves the ports from 5000 to 10999, not to 6000, and overlaps follow.
//!
//! ## Example
//! ```profile
//! PORTRANGE 5000 6000 TCP PAYROLL
//! ```
//!
//! ## How to mend it
//! Write the number of ports: the last port less the first, plus one.
//!
//! ## Source
//! 06:D17, 02:PRNG-01.

use super::{Check, Rule, StackView};
use crate::finding::{Confidence, Severity};
use crate::report::Report;

/// The rule.
pub const RULE: Rule = Rule {
    name: "portrange-count-is-last",
    level: Severity::Info,
    message_id: None,
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Stack(check),
};

fn check(stack: &StackView<'_>, out: &mut Vec<Report>) {
    for range in stack.config.portrange.list.iter().filter(|range| range.beyond == 0 && range.last < u16::MAX)
    {
        let count = u32::from(range.last) - u32::from(range.first) + 1;
        if range.first < 1000 || count <= u32::from(range.first) {
            continue;
        }
        out.push(
            Report::new(
                &RULE,
                range.count_at,
                format!(
                    "this range reserves ports {} to {}: {count} is how many, not the last one",
                    range.first, range.last
                ),
            )
            .note(format!(
                "for {} to {count} write `{} {}`",
                range.first,
                range.first,
                count - u32::from(range.first) + 1
            )),
        );
    }
}
