//! ## What it finds
//! A DEFADDRTABLE with entries but without ::/0, or without an entry for IPv4 addresses.
//!
//! ## Why it hurts
//! The table takes the place of the default one as a whole. Addresses that no entry covers have no precedence and no label to be compared by.
//!
//! ## Example
//! ```profile
//! DEFADDRTABLE
//!   ::1/128 50 0
//!   ::/0 40 1
//! ENDDEFADDRTABLE
//! ```
//!
//! ## How to mend it
//! Add ::/0, and ::ffff:0.0.0.0/96 for IPv4, as the default table has them.
//!
//! ## Source
//! 02:DADT-05, 04:2.4.

use std::net::Ipv6Addr;

use super::{Check, Rule, StackView};
use crate::finding::{Confidence, Severity};
use crate::report::Report;

/// The rule.
pub const RULE: Rule = Rule {
    name: "defaddrtable-incomplete",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Stack(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["DEFADDRTABLE"];

fn check(stack: &StackView<'_>, out: &mut Vec<Report>) {
    let table = &stack.config.defaddrtable;
    let Some(at) = table.at.filter(|_| !table.entries.is_empty()) else { return };
    let mapped = Ipv6Addr::new(0, 0, 0, 0, 0, 0xffff, 0xc000, 0x0201);
    let all = table.entries.iter().any(|entry| entry.prefix.prefix_len() == 0);
    let ipv4 =
        table.entries.iter().any(|entry| entry.prefix.prefix_len() > 0 && entry.prefix.contains(&mapped));
    let missing = match (all, ipv4) {
        (true, true) => return,
        (false, _) => "::/0",
        (true, false) => "::ffff:0.0.0.0/96, the form that IPv4 addresses have here",
    };
    out.push(
        Report::new(&RULE, at, format!("this DEFADDRTABLE has no entry for {missing}"))
            .note("it takes the place of the default table as a whole")
            .note("the default table: ::1/128 50 0, ::/0 40 1, 2002::/16 30 2, ::/96 20 3, ::ffff:0.0.0.0/96 10 4"),
    );
}
