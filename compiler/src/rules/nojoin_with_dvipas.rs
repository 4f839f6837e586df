//! ## What it finds
//! SYSPLEXMONITOR NOJOIN on a stack with a VIPADYNAMIC block or DYNAMICXCF.
//!
//! ## Why it hurts
//! The stack joins its group only by command. Until then neither VIPADYNAMIC nor DYNAMICXCF is processed.
//!
//! ## Example
//! ```profile
//! GLOBALCONFIG SYSPLEXMONITOR NOJOIN
//! VIPADYNAMIC
//!   VIPADEFINE 255.255.255.0 192.0.2.1
//! ENDVIPADYNAMIC
//! ```
//!
//! ## How to mend it
//! Take NOJOIN out, or have automation issue VARY TCPIP,,SYSPLEX,JOINGROUP.
//!
//! ## Source
//! 02:GLOB-15, 01:GC-25, 01:LX-32, 02:IPC4-24.

use super::{Check, Rule, StackView};
use crate::finding::{Confidence, Severity};
use crate::report::Report;
use crate::statements::options;

/// The rule.
pub const RULE: Rule = Rule {
    name: "nojoin-with-dvipas",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Stack(check),
};

fn check(stack: &StackView<'_>, out: &mut Vec<Report>) {
    let config = stack.config;
    let Some(at) = options::on(config.globalconfig.monitor.no_join) else { return };
    let first = config.dvipa.list.first().map(|dvipa| (dvipa.at, format!("DVIPA {}", dvipa.address)));
    let range = || config.viparange.list.first().map(|range| (range.at, format!("range {}", range.subnet)));
    let xcf = || config.ipconfig.xcf.map(|xcf| (xcf.at, format!("dynamic XCF address {}", xcf.address)));
    let Some((there, what)) = first.or_else(range).or_else(xcf) else { return };
    out.push(
        Report::new(
            &RULE,
            at,
            format!("{what} waits for an operator: with NOJOIN the stack joins its group only by command"),
        )
        .related(there, "not processed before")
        .note("neither VIPADYNAMIC nor DYNAMICXCF is processed until VARY TCPIP,,SYSPLEX,JOINGROUP")
        .note("take NOJOIN out, or have automation issue the command"),
    );
}
