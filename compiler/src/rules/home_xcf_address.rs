//! ## What it finds
//! A home address that is the dynamic XCF address of the same stack.
//!
//! ## Why it hurts
//! The address is on two interfaces, and DYNAMICXCF or the other one fails.
//!
//! ## Example
//! ```profile
//! IPCONFIG DYNAMICXCF 10.1.0.1 255.255.255.0 1
//! INTERFACE VIPA1 DEFINE VIRTUAL IPADDR 10.1.0.1
//! ```
//!
//! ## How to mend it
//! Give one of them another address.
//!
//! ## Source
//! 03:HOM-10, 06:D28.

use super::{Check, Rule, StackView};
use crate::finding::{Confidence, Severity};
use crate::report::Report;
use crate::statements::interface;
use std::net::IpAddr;

/// The rule.
pub const RULE: Rule = Rule {
    name: "home-xcf-address",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Stack(check),
};

fn check(stack: &StackView<'_>, out: &mut Vec<Report>) {
    let Some(xcf) = stack.config.ipconfig.xcf else { return };
    if let Some((name, at)) = interface::holder(stack.config, IpAddr::V4(xcf.address)) {
        out.push(
            Report::new(
                &RULE,
                at,
                format!("{} is the dynamic XCF address and an address of {name}", xcf.address),
            )
            .related(xcf.at, "DYNAMICXCF"),
        );
    }
}
