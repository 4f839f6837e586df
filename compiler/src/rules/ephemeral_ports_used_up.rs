//! ## What it finds
//! EPHEMERALPORTS of TCPCONFIG or UDPCONFIG of which every port is reserved by PORT, PORTRANGE or, for TCP, EXPLICITBINDPORTRANGE.
//!
//! ## Why it hurts
//! Reserved ports leave the pool. None is left for the stack to choose, so a connect or a bind without a port fails.
//!
//! ## Example
//! ```profile
//! TCPCONFIG EPHEMERALPORTS 40000 40099
//! PORTRANGE 40000 100 TCP PAYROLL
//! ```
//!
//! ## How to mend it
//! Widen EPHEMERALPORTS, or move the reservations out of it.
//!
//! ## Source
//! 02:TCPC-07, 02:UDPC-04, 02:GLOB-09, 01:GC-15, 04:3.2.

use super::{Check, Rule, StackView};
use crate::finding::{Confidence, Severity};
use crate::report::Report;
use crate::statements::tcpconfig::Ephemeral;

/// The rule.
pub const RULE: Rule = Rule {
    name: "ephemeral-ports-used-up",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Stack(check),
};

fn check(stack: &StackView<'_>, out: &mut Vec<Report>) {
    let config = stack.config;
    for (ports, tcp) in [(config.tcpconfig.ephemeral, true), (config.udpconfig.ephemeral, false)] {
        let Some(ports) = ports else { continue };
        let single = config
            .port
            .reservations
            .iter()
            .filter(|known| known.tcp == tcp)
            .map(|known| (known.port, known.port));
        let ranges = config
            .portrange
            .list
            .iter()
            .filter(|known| known.tcp == tcp)
            .map(|known| (known.first, known.last));
        let pool = config.globalconfig.explicit_bind.filter(|_| tcp).map(|pool| (pool.first, pool.last()));
        let mut taken: Vec<(u16, u16)> = single.chain(ranges).chain(pool).collect();
        taken.sort_unstable();
        if free(ports, &taken) {
            continue;
        }
        let (statement, protocol) = if tcp { ("TCPCONFIG", "TCP") } else { ("UDPCONFIG", "UDP") };
        out.push(
            Report::new(
                &RULE,
                ports.at,
                format!("all {protocol} ports from {} to {} of EPHEMERALPORTS are reserved, so none is left to choose", ports.low, ports.high),
            )
            .note("ports of PORT, PORTRANGE and, for TCP, of EXPLICITBINDPORTRANGE leave the pool; connects and binds without a port fail")
            .note(format!("widen EPHEMERALPORTS of {statement}, or reserve other ports")),
        );
    }
}

/// Whether a port of the range is in no interval; the intervals are in order.
fn free(ports: Ephemeral, taken: &[(u16, u16)]) -> bool {
    let mut next = u32::from(ports.low);
    for (first, last) in taken {
        if u32::from(*first) > next {
            break;
        }
        next = next.max(u32::from(*last) + 1);
    }
    next <= u32::from(ports.high)
}
