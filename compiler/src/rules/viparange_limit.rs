//! ## What it finds
//! More VIPARANGE statements than a stack takes: 1024 in V2R1, 4096 of each family later.
//!
//! ## Why it hurts
//! Those behind the limit are not taken, and no application can make an address of them.
//!
//! ## How to mend it
//! Write wider ranges.
//!
//! ## Source
//! 01:VR-04, 06:A6.

use super::{Check, Rule, StackView};
use crate::description::Release;
use crate::finding::{Confidence, Severity};
use crate::report::Report;
use crate::statements::viparange::Range;

/// The rule.
pub const RULE: Rule = Rule {
    name: "viparange-limit",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Stack(check),
};

fn check(stack: &StackView<'_>, out: &mut Vec<Report>) {
    let list = &stack.config.viparange.list;
    if stack.setup.release < (Release { version: 2, release: 2 }) {
        report(list.iter().nth(1024), list.len(), 1024, "", out);
        return;
    }
    for (four, family) in [(true, " IPv4"), (false, " IPv6")] {
        let of_family: Vec<&Range> =
            list.iter().filter(|range| range.subnet.addr().is_ipv4() == four).collect();
        report(of_family.get(4096).copied(), of_family.len(), 4096, family, out);
    }
}

fn report(beyond: Option<&Range>, many: usize, most: usize, family: &str, out: &mut Vec<Report>) {
    if let Some(range) = beyond {
        out.push(
            Report::new(
                &RULE,
                range.at,
                format!(
                    "this stack has {many}{family} ranges, and {most} are possible; here the first too many"
                ),
            )
            .note("write wider ranges in place of many narrow ones"),
        );
    }
}
