//! ## What it finds
//! GLOBALCONFIG ADJUSTDVIPAMSS NONE on a stack with VIPAROUTE statements.
//!
//! ## Why it hurts
//! Packets that follow a VIPAROUTE are wrapped and grow. With NONE the stack does not agree on smaller segments for that, so full-sized packets
//! are cut in pieces on their way.
//!
//! ## Example
//! ```profile
//! GLOBALCONFIG ADJUSTDVIPAMSS NONE
//! IPCONFIG DYNAMICXCF 10.1.1.1 255.255.255.0 1
//! VIPADYNAMIC
//!   VIPAROUTE 10.1.1.1 192.0.2.2
//! ENDVIPADYNAMIC
//! INTERFACE VIPA1 DEFINE VIRTUAL IPADDR 192.0.2.2
//! ```
//!
//! ## How to mend it
//! Write AUTO, the default, or take the option out.
//!
//! ## Source
//! 01:VO-05, 04:5.10.

use super::{Check, Rule, StackView};
use crate::finding::{Confidence, Severity};
use crate::report::Report;

/// The rule.
pub const RULE: Rule = Rule {
    name: "adjustdvipamss-none",
    level: Severity::Info,
    message_id: None,
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Stack(check),
};

fn check(stack: &StackView<'_>, out: &mut Vec<Report>) {
    let config = stack.config;
    let Some(at) = config.globalconfig.adjust_none else { return };
    let Some(route) = config.viparoute.list.first() else { return };
    out.push(
        Report::new(&RULE, at, "ADJUSTDVIPAMSS NONE leaves no room for the wrapper that packets get on a VIPAROUTE")
            .related(route.at, "VIPAROUTE")
            .note("full-sized packets are cut in pieces between distributor and target, or dropped where that is forbidden")
            .note("write ADJUSTDVIPAMSS AUTO, the default"),
    );
}
