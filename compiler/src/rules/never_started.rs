//! ## What it finds
//! A device with links, or an interface with hardware, that no START names.
//!
//! ## Why it hurts
//! It is never activated, so its addresses answer nobody. A START may stand anywhere in the profile.
//!
//! ## Example
//! ```profile
//! INTERFACE OSA1 DEFINE IPAQENET PORTNAME PORTA IPADDR 198.51.100.1/26
//! ```
//!
//! ## How to mend it
//! Add START with the name of the device or interface, not of the link.
//!
//! ## Source
//! 03:STA-07, 03:IF-14.

use super::{Check, Rule, StackView};
use crate::finding::{Confidence, Severity};
use crate::report::Report;
use crate::statements::names;
use crate::statements::start;

/// The rule.
pub const RULE: Rule = Rule {
    name: "never-started",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Stack(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["START"];

fn check(stack: &StackView<'_>, out: &mut Vec<Report>) {
    let config = stack.config;
    for device in config.device.devices.iter().filter(|device| !device.is_virtual()) {
        let mut links = names::links_of(config, &device.name);
        if links.any(|link| !link.is_retired()) && !start::mentioned(&config.start, &device.name) {
            out.push(
                Report::new(&RULE, device.at, format!("device {} is never started", device.name))
                    .missing(&["object"], &device.name)
                    .note(format!("add `START {}`", device.name)),
            );
        }
    }
    for interface in config.interface.list.iter().filter(|interface| !interface.kind.is_virtual()) {
        if !start::mentioned(&config.start, &interface.name) {
            out.push(
                Report::new(&RULE, interface.at, format!("interface {} is never started", interface.name))
                    .missing(&["object"], &interface.name)
                    .note(format!("add `START {}`", interface.name)),
            );
        }
    }
}
