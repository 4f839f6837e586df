//! ## What it finds
//! One interface name for two IPv6 DVIPAs of a stack.
//!
//! ## Why it hurts
//! An IPv6 DVIPA is a pair of a name and an address, so the second one cannot be made.
//!
//! ## Example
//! ```profile
//! VIPADYNAMIC
//!   VIPADEFINE WEB6 2001:db8::1
//!   VIPADEFINE WEB6 2001:db8::2
//! ENDVIPADYNAMIC
//! ```
//!
//! ## How to mend it
//! Give each DVIPA a name of its own.
//!
//! ## Source
//! 01:VB-06, 01:VF-08.

use std::collections::BTreeMap;

use super::{Check, Rule, StackView};
use crate::finding::{Confidence, Severity};
use crate::report::Report;
use crate::statements::dvipa::Dvipa;

/// The rule.
pub const RULE: Rule = Rule {
    name: "dvipa-interface-twice",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Stack(check),
};

fn check(stack: &StackView<'_>, out: &mut Vec<Report>) {
    let list = &stack.config.dvipa.list;
    let mut known: BTreeMap<&str, &Dvipa> = BTreeMap::new();
    for dvipa in list {
        let Some(name) = &dvipa.interface else { continue };
        let first = *known.entry(name).or_insert(dvipa);
        if first.address == dvipa.address {
            continue;
        }
        out.push(
            Report::new(
                &RULE,
                dvipa.at,
                format!(
                    "{name} is the interface of {} already, so {} cannot have it",
                    first.address, dvipa.address
                ),
            )
            .related(first.at, "first here")
            .note("a name and an address belong together as a pair; choose another name"),
        );
    }
}
