//! ## What it finds
//! A distributed port below 1024 that no PORT and no PORTRANGE reserves on a target with TCPCONFIG RESTRICTLOWPORTS.
//!
//! ## Why it hurts
//! Only a job with APF authority or UID 0 can bind to it there; any other server gets EACCES.
//!
//! ## How to mend it
//! Reserve the port for the server on each target.
//!
//! ## Source
//! 06:D15, 02:TCPC-10, 04:4.1.

use super::{Check, Rule};
use crate::cluster::Cluster;
use crate::distributed::Port;
use crate::finding::{Confidence, Severity};
use crate::report::Report;
use crate::statements::portrange::Range;
use crate::summary::Summary;

/// The rule.
pub const RULE: Rule = Rule {
    name: "distribute-low-port-unreserved",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Ports(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["PORT", "PORTRANGE"];

fn check<'c>(cluster: &'c Cluster, ports: &[Port<'c>], out: &mut Vec<Report>) {
    for port in ports.iter().filter(|port| port.number < 1024) {
        // Where one target has an entry, the missing one is the case of port-target-unreserved.
        if port.holders() > 0 {
            continue;
        }
        for (owner, distribution) in &port.by {
            let targets = cluster.targets(owner, distribution);
            let open = |target: &&Summary| {
                let covered =
                    |range: &Range| range.tcp && range.first <= port.number && port.number <= range.last;
                target.low_ports.is_some() && !target.port_ranges.iter().any(covered)
            };
            let open: Vec<&Summary> = targets.into_iter().filter(open).collect();
            let Some((first, at)) = open.first().and_then(|first| Some((first, first.low_ports?))) else {
                continue;
            };
            let names = Cluster::names(open.iter().copied());
            let mut report = Report::new(
                &RULE,
                distribution.ports_at,
                format!(
                    "port {} of {} is distributed to {names}, where low ports are restricted and nothing reserves it",
                    port.number, distribution.dvipa
                ),
            )
            .related(at, format!("RESTRICTLOWPORTS on {}", first.name()))
            .note("a server without APF authority and UID 0 cannot bind to it: EACCES, permission denied")
            .note(format!("add `PORT {} TCP job` on every target", port.number))
            .missing(&["port-number"], port.number)
            .stack(owner.name());
            for target in open {
                report = report.stack(target.name());
            }
            out.push(report);
        }
    }
}
