//! ## What it finds
//! A procedure of AUTOLOG whose PORT binds it to a dynamic VIPA, without DELAYSTART DVIPA.
//!
//! ## Why it hurts
//! DVIPAs come after the rest of the profile, when the stack has joined its group. A server that is started before fails to bind.
//!
//! ## Example
//! ```profile
//! AUTOLOG
//!   WEBSRV
//! ENDAUTOLOG
//! PORT 443 TCP WEBSRV BIND 192.0.2.1
//! VIPADYNAMIC
//!   VIPADEFINE 255.255.255.0 192.0.2.1
//! ENDVIPADYNAMIC
//! ```
//!
//! ## How to mend it
//! Add DELAYSTART DVIPA.
//!
//! ## Source
//! 02:AUTO-09, 01:VD-10.

use std::collections::BTreeMap;
use std::net::IpAddr;

use super::{Check, Rule, StackView};
use crate::finding::{Confidence, Severity};
use crate::nets::Nets;
use crate::report::Report;
use crate::statements::port::Reservation;
use crate::statements::port::Who;

/// The rule.
pub const RULE: Rule = Rule {
    name: "autolog-before-dvipa",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Stack(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["AUTOLOG"];

fn check(stack: &StackView<'_>, out: &mut Vec<Report>) {
    let config = stack.config;
    let ranges: Nets = config.viparange.list.iter().map(|range| range.subnet).collect();
    // Of each job the first port that it has at a DVIPA.
    let mut bound: BTreeMap<&str, (&Reservation, IpAddr)> = BTreeMap::new();
    for port in &config.port.reservations {
        let (Some(address), Who::Job(job)) = (port.bind, &port.who) else { continue };
        if config.dvipa.of(address).is_some() || ranges.covers(address) {
            bound.entry(job).or_insert((port, address));
        }
    }
    for entry in config.autolog.list.iter().filter(|entry| !entry.after_dvipas) {
        let Some((port, address)) = bound.get(entry.job.as_str()) else { continue };
        out.push(
            Report::new(
                &RULE,
                entry.at,
                format!(
                    "{} may start before {address} is there, the DVIPA that PORT {} binds it to",
                    entry.procedure, port.port
                ),
            )
            .related(port.bind_at(), "bound to the DVIPA here")
            .note("DVIPAs are made when the stack has joined its sysplex group; add DELAYSTART DVIPA"),
        );
    }
}
