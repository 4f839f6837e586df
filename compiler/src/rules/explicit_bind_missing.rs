//! ## What it finds
//! An SRCIP DESTINATION entry with a distributed DVIPA as source, on a stack without EXPLICITBINDPORTRANGE.
//!
//! ## Why it hurts
//! An application that binds to no address and no port before it connects gets a port of the stack alone; its connect then fails with
//! EADDRNOTAVAIL (JRSRCIPDistDVIPA).
//!
//! ## How to mend it
//! Add EXPLICITBINDPORTRANGE to GLOBALCONFIG, the same on all stacks.
//!
//! ## Source
//! 01:SI-13, 01:GC-12, 02:GLOB-04.

use super::{Check, Rule};
use crate::cluster::Cluster;
use crate::finding::{Confidence, Severity};
use crate::report::Report;
use crate::statements::sourceipa::For;

/// The rule.
pub const RULE: Rule = Rule {
    name: "explicit-bind-missing",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Cluster(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["GLOBALCONFIG EXPLICITBINDPORTRANGE"];

fn check(cluster: &Cluster, out: &mut Vec<Report>) {
    for stack in cluster.stacks.iter().filter(|stack| stack.global.explicit_bind.is_none()) {
        for source in &stack.sources {
            let For::Destination(network) = &source.who else { continue };
            let mut distributions = cluster.distributions(&stack.setup.group, source.address);
            let Some((owner, distribution)) = distributions.next() else { continue };
            out.push(
                Report::new(
                    &RULE,
                    source.at,
                    format!(
                        "connections to {network} leave {} from the distributed {}, which needs EXPLICITBINDPORTRANGE",
                        stack.name(),
                        source.address
                    ),
                )
                .related(distribution.at, format!("distributed by {}", owner.name()))
                .note("an application that binds to any address and port first cannot connect: EADDRNOTAVAIL, JRSRCIPDistDVIPA")
                .note("add EXPLICITBINDPORTRANGE to GLOBALCONFIG, with the same ports on all stacks")
                .stack(stack.name()),
            );
        }
    }
}
