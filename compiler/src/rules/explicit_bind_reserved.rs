//! ## What it finds
//! EXPLICITBINDPORTRANGE over TCP ports that PORT or PORTRANGE reserves.
//!
//! ## Why it hurts
//! Ports of the common pool are for everybody, reserved ones are for one job: the two spoil each other, and the pool is smaller than it looks.
//!
//! ## Example
//! ```profile
//! GLOBALCONFIG EXPLICITBINDPORTRANGE 40000 1024
//! PORT 40100 TCP WEBSRV
//! ```
//!
//! ## How to mend it
//! Move the range to ports that nobody reserves.
//!
//! ## Source
//! 02:GLOB-08, 01:GC-17.

use super::{Check, Rule, StackView};
use crate::finding::{Confidence, Severity};
use crate::report::Report;
use crate::statements::globalconfig::Pool;

/// The rule.
pub const RULE: Rule = Rule {
    name: "explicit-bind-reserved",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Stack(check),
};

fn check(stack: &StackView<'_>, out: &mut Vec<Report>) {
    let Some(pool) = stack.config.globalconfig.explicit_bind else { return };
    let meets = |first: u16, last: u16| first <= pool.last() && pool.first <= last;
    let ports = stack.config.port.reservations.iter().filter(|port| port.tcp && meets(port.port, port.port));
    let ports: Vec<_> = ports.map(|port| (port.port.to_string(), port.at)).collect();
    let ranges =
        stack.config.portrange.list.iter().filter(|range| range.tcp && meets(range.first, range.last));
    let taken: Vec<_> =
        ranges.map(|range| (format!("{} to {}", range.first, range.last), range.at)).chain(ports).collect();
    let Some((first, at)) = taken.first() else { return };
    let more = if taken.len() > 1 { format!(" and {} more", taken.len() - 1) } else { String::new() };
    out.push(
        Report::new(&RULE, pool.at, format!("{} contains reserved TCP ports: {first}{more}", describe(pool)))
            .related(*at, "reserved here")
            .note("move the range to ports that nobody reserves"),
    );
}

fn describe(pool: Pool) -> String {
    format!("EXPLICITBINDPORTRANGE, ports {} to {},", pool.first, pool.last())
}
