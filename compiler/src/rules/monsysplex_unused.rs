//! ## What it finds
//! MONSYSPLEX on an interface or link of a stack without SYSPLEXMONITOR MONINTERFACE.
//!
//! ## Why it hurts
//! Nobody watches it: the stack stays in its group when the interface is lost.
//!
//! ## Example
//! ```profile
//! INTERFACE OSA1 DEFINE IPAQENET PORTNAME OSAP1 IPADDR 192.0.2.1/24 MONSYSPLEX
//! START OSA1
//! ```
//!
//! ## How to mend it
//! Add GLOBALCONFIG SYSPLEXMONITOR MONINTERFACE, or take MONSYSPLEX out.
//!
//! ## Source
//! 03:IF-11, 01:GC-24.

use super::{Check, Rule, StackView};
use crate::finding::{Confidence, Severity};
use crate::report::Report;
use crate::statements::options;

/// The rule.
pub const RULE: Rule = Rule {
    name: "monsysplex-unused",
    level: Severity::Info,
    message_id: None,
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Stack(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["GLOBALCONFIG MONINTERFACE"];

fn check(stack: &StackView<'_>, out: &mut Vec<Report>) {
    let config = stack.config;
    if options::on(config.globalconfig.monitor.interface).is_some() {
        return;
    }
    let interface = config
        .interface
        .list
        .iter()
        .find(|interface| interface.monitored)
        .map(|interface| (interface.name.as_str(), interface.at));
    let link =
        || config.link.links.iter().find(|link| link.monitored()).map(|link| (link.name.as_str(), link.at));
    let Some((name, at)) = interface.or_else(link) else { return };
    out.push(
        Report::new(
            &RULE,
            at,
            format!("MONSYSPLEX of {name} has no effect: SYSPLEXMONITOR has no MONINTERFACE"),
        )
        .note("the stack stays in its group and keeps its DVIPAs when the interface is lost")
        .note("add `GLOBALCONFIG SYSPLEXMONITOR MONINTERFACE`"),
    );
}
