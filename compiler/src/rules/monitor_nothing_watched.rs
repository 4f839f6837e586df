//! ## What it finds
//! SYSPLEXMONITOR MONINTERFACE on a stack where no LINK and no INTERFACE has MONSYSPLEX.
//!
//! ## Why it hurts
//! There is nothing to watch. Joining waits for a watched interface to become active, and none ever does.
//!
//! ## Example
//! ```profile
//! GLOBALCONFIG SYSPLEXMONITOR MONINTERFACE
//! INTERFACE OSA1 DEFINE IPAQENET PORTNAME OSAP1 IPADDR 192.0.2.1/24
//! START OSA1
//! ```
//!
//! ## How to mend it
//! Write MONSYSPLEX on the interfaces that matter, or take MONINTERFACE out.
//!
//! ## Source
//! 02:GLOB-16, 01:GC-24.

use super::{Check, Rule, StackView};
use crate::finding::{Confidence, Severity};
use crate::report::Report;
use crate::statements::options;

/// The rule.
pub const RULE: Rule = Rule {
    name: "monitor-nothing-watched",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Stack(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["LINK MONSYSPLEX", "INTERFACE MONSYSPLEX"];

fn check(stack: &StackView<'_>, out: &mut Vec<Report>) {
    let config = stack.config;
    let Some(at) = options::on(config.globalconfig.monitor.interface) else { return };
    if config.interface.list.iter().any(|interface| interface.monitored)
        || config.link.links.iter().any(|link| link.monitored())
    {
        return;
    }
    out.push(
        Report::new(&RULE, at, "MONINTERFACE has nothing to watch: no interface and no link has MONSYSPLEX")
            .note("the stack joins its group when a watched interface is active, so it may never join")
            .note("write MONSYSPLEX on the interfaces that lead to the network"),
    );
}
