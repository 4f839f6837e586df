//! ## What it finds
//! A device, link or interface with a name that dynamic XCF uses, on a stack with DYNAMICXCF.
//!
//! ## Why it hurts
//! The stack makes its connections to the other systems only where no such name is there, so one of them is
//! missing.
//!
//! ## Example
//! ```profile
//! IPCONFIG DYNAMICXCF 10.1.0.1 255.255.255.0 1
//! DEVICE IUTSAMEH MPCPTP
//! LINK EZASAMEMVS MPCPTP IUTSAMEH
//! HOME 198.51.100.1 EZASAMEMVS
//! START IUTSAMEH
//! ```
//!
//! ## How to mend it
//! Take the definition out, or give it another name.
//!
//! ## Source
//! 03:NAM-09, 03:DEV-53, 03:DEV-54, 03:SYS-05.

use super::{Check, Rule, StackView};
use crate::finding::{Confidence, Severity};
use crate::report::Report;
use crate::statements::names;

/// The rule.
pub const RULE: Rule = Rule {
    name: "dynamic-xcf-blocked",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Stack(check),
};

fn check(stack: &StackView<'_>, out: &mut Vec<Report>) {
    let config = stack.config;
    if config.ipconfig.xcf.is_none() {
        return;
    }
    let devices = config.device.devices.iter().map(|device| (&device.name, device.at));
    let links = config.link.links.iter().map(|link| (&link.name, link.at));
    for (name, at) in devices.chain(links) {
        let blocks = name == "IUTSAMEH" || name == "EZASAMEMVS" || name.starts_with("EZAXCF");
        if blocks && names::made(name).is_some() {
            out.push(
                Report::new(&RULE, at, format!("{name} is defined by hand, so dynamic XCF does not make its own"))
                    .note("dynamic XCF makes a device and a link for each partner, unless one of their names is there"),
            );
        }
    }
}
