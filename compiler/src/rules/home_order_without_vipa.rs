//! ## What it finds
//! With SOURCEVIPA, a link that stands in HOME before the first static VIPA of the list.
//!
//! ## Why it hurts
//! The source VIPA of a link is the nearest VIPA above it. This link has none, so connections over it leave from its own address.
//!
//! ## Example
//! ```profile
//! IPCONFIG SOURCEVIPA
//! DEVICE OSA1 MPCIPA
//! LINK LOSA1 IPAQENET OSA1
//! DEVICE VDEV1 VIRTUAL 0
//! LINK VLINK1 VIRTUAL 0 VDEV1
//! HOME
//!   192.0.2.1 LOSA1
//!   192.0.2.9 VLINK1
//! START OSA1
//! ```
//!
//! ## How to mend it
//! Put the VIPA before the links that are to use it.
//!
//! ## Source
//! 03:HOM-13, 04:2.3.

use super::{Check, Rule, StackView};
use crate::finding::{Confidence, Severity};
use crate::report::Report;
use crate::statements::names;

/// The rule.
pub const RULE: Rule = Rule {
    name: "home-order-without-vipa",
    level: Severity::Info,
    message_id: None,
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Stack(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["HOME", "LINK", "DEVICE"];

fn check(stack: &StackView<'_>, out: &mut Vec<Report>) {
    let config = stack.config;
    if !config.ipconfig.source_vipa {
        return;
    }
    let is_virtual = |name: &str| names::link(config, name).is_some_and(|link| link.is_virtual());
    let Some((place, vipa)) = config.home.list.iter().enumerate().find(|(_, entry)| is_virtual(&entry.link))
    else {
        return;
    };
    let before = || config.home.list.iter().take(place).filter(|entry| entry.link != "LOOPBACK");
    let Some(first) = before().next() else { return };
    let links: Vec<&str> = before().map(|entry| entry.link.as_str()).collect();
    out.push(
        Report::new(
            &RULE,
            first.at,
            format!("{} has no source VIPA: it stands in HOME before {}, the first VIPA", links.join(", "), vipa.link),
        )
        .related(vipa.at, "the first VIPA of the list")
        .note("a link uses the nearest VIPA above it; without one its connections leave from its own address, in spite of SOURCEVIPA")
        .note(format!("put {} before it", vipa.link)),
    );
}
