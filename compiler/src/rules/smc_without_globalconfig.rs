//! ## What it finds
//! SMCR with a PFID on an interface of a stack without GLOBALCONFIG SMCR.
//!
//! ## Why it hurts
//! SMC-R is off for the whole stack, so the operands of the interface do nothing.
//!
//! ## Example
//! ```profile
//! INTERFACE OSA1 DEFINE IPAQENET PORTNAME OSAP1 IPADDR 192.0.2.1/24
//!   SMCR PFID 0018 SMCRIPADDR 192.0.2.9
//! START OSA1
//! ```
//!
//! ## How to mend it
//! Add GLOBALCONFIG SMCR, with SMCGLOBAL SMCEID for version 2.
//!
//! ## Source
//! 03:QE-17, 03:QE-18.

use super::{Check, Rule, StackView};
use crate::finding::{Confidence, Severity};
use crate::report::Report;
use crate::statements::options;

/// The rule.
pub const RULE: Rule = Rule {
    name: "smc-without-globalconfig",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Stack(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["GLOBALCONFIG SMCR"];

fn check(stack: &StackView<'_>, out: &mut Vec<Report>) {
    let config = stack.config;
    let Some((interface, smcr)) = config.interface.list.iter().find_map(|interface| {
        Some((interface, interface.smcr.as_ref().filter(|smcr| smcr.function.is_some())?))
    }) else {
        return;
    };
    if options::on(config.globalconfig.smcr).is_none() {
        out.push(
            Report::new(
                &RULE,
                smcr.at,
                format!("SMCR of {} does nothing: GLOBALCONFIG has no SMCR", interface.name),
            )
            .note("connections over the interface use TCP alone")
            .note("add `GLOBALCONFIG SMCR`"),
        );
    }
}
