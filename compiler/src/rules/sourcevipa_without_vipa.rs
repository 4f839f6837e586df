//! ## What it finds
//! IPCONFIG SOURCEVIPA on a stack without any static VIPA for IPv4.
//!
//! ## Why it hurts
//! SOURCEVIPA takes static VIPAs only, never a dynamic one. Connections leave from the addresses of the interfaces as if it were not there.
//!
//! ## Example
//! ```profile
//! IPCONFIG SOURCEVIPA
//! ```
//!
//! ## How to mend it
//! Define a static VIPA with INTERFACE VIRTUAL and name it in SOURCEVIPAINTERFACE, or take SOURCEVIPA out.
//!
//! ## Source
//! 01:IP-07, 04:2.3, 03:DEV-23, 03:VIP-06.

use super::{Check, Rule, StackView};
use crate::finding::{Confidence, Severity};
use crate::report::Report;
use crate::statements::names;

/// The rule.
pub const RULE: Rule = Rule {
    name: "sourcevipa-without-vipa",
    level: Severity::Info,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Stack(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["DEVICE", "LINK", "HOME", "INTERFACE"];

fn check(stack: &StackView<'_>, out: &mut Vec<Report>) {
    let config = stack.config;
    let Some(at) = config.ipconfig.source_vipa_at.filter(|_| config.ipconfig.source_vipa) else { return };
    let listed = config
        .home
        .list
        .iter()
        .any(|entry| names::link(config, &entry.link).is_some_and(|link| link.is_virtual()));
    let defined = config
        .interface
        .list
        .iter()
        .any(|interface| interface.kind.is_virtual() && !interface.kind.is_ipv6());
    // TCPSTACKSOURCEVIPA needs the word and brings its own address.
    if listed || defined || config.ipconfig.stack_source.is_some() {
        return;
    }
    out.push(
        Report::new(&RULE, at, "SOURCEVIPA has nothing to choose from: this stack has no static VIPA for IPv4")
            .note("connections leave from the address of the interface that they go out by; a dynamic VIPA is never chosen")
            .note("define a VIPA with `INTERFACE name DEFINE VIRTUAL IPADDR address` and name it in SOURCEVIPAINTERFACE of the interfaces"),
    );
}
