//! ## What it finds
//! GLOBALCONFIG IQDVLANID on a stack without DYNAMICXCF.
//!
//! ## Why it hurts
//! The VLAN is for the HiperSockets of dynamic XCF, which this stack has not.
//!
//! ## Example
//! ```profile
//! GLOBALCONFIG IQDVLANID 3
//! ```
//!
//! ## How to mend it
//! Take it out, or add DYNAMICXCF.
//!
//! ## Source
//! 02:GLOB-13.

use super::{Check, Rule, StackView};
use crate::finding::{Confidence, Severity};
use crate::report::Report;

/// The rule.
pub const RULE: Rule = Rule {
    name: "iqdvlanid-without-xcf",
    level: Severity::Info,
    message_id: None,
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Stack(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["IPCONFIG DYNAMICXCF", "IPCONFIG6 DYNAMICXCF"];

fn check(stack: &StackView<'_>, out: &mut Vec<Report>) {
    let config = stack.config;
    let Some(vlan) =
        config.globalconfig.vlan.filter(|_| config.ipconfig.xcf.is_none() && config.ipconfig6.xcf.is_none())
    else {
        return;
    };
    out.push(
        Report::new(
            &RULE,
            vlan.at,
            format!("IQDVLANID {} has no effect: this stack has no DYNAMICXCF", vlan.value),
        )
        .note("it is the VLAN of the HiperSockets that dynamic XCF uses")
        .note("a HiperSockets interface of your own has its VLANID on INTERFACE"),
    );
}
