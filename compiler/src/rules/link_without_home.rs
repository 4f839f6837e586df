//! ## What it finds
//! A link without an entry in HOME.
//!
//! ## Why it hurts
//! The link never gets an address: a VIPA does not exist, a link with hardware carries nothing, and START of its device does not help.
//!
//! ## Example
//! ```profile
//! DEVICE D VIRTUAL 0
//! LINK L VIRTUAL 0 D
//! ```
//!
//! ## How to mend it
//! Add the address and the link to HOME.
//!
//! A link of device IUTSAMEH is not reported: for Enterprise Extender it is the path between VTAM and the stack, and needs no address.
//!
//! ## Source
//! 03:HOM-11, 03:DEV-10, 03:STA-08; IUTSAMEH without HOME: the configuration guide on a static VIPA for Enterprise Extender.

use super::{Check, Rule, StackView};
use crate::finding::{Confidence, Severity};
use crate::report::Report;
use crate::statements::link::Link;
use crate::table::key;

/// The rule.
pub const RULE: Rule = Rule {
    name: "link-without-home",
    level: Severity::Warning,
    message_id: Some("EZZ0331I"),
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Stack(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["HOME"];

fn check(stack: &StackView<'_>, out: &mut Vec<Report>) {
    let serves_vtam = |link: &Link| link.device() == Some("IUTSAMEH");
    for link in stack.config.link.links.iter().filter(|link| !link.is_retired() && !serves_vtam(link)) {
        if !stack.config.home.list.with(key(link.name.as_str())).any(|home| home.link == link.name) {
            out.push(
                Report::new(&RULE, link.at, format!("link {} has no address in HOME", link.name))
                    .missing(&["link"], &link.name)
                    .note(format!("add `HOME address {}`, or take the link out", link.name)),
            );
        }
    }
}
