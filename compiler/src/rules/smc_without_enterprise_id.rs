//! ## What it finds
//! SMC-R version 2 on an interface, by SMCRIPADDR, on a stack with GLOBALCONFIG SMCR and without an enterprise id.
//!
//! ## Why it hurts
//! Version 2 needs at least one enterprise id that both hosts have; without it connections use TCP alone.
//!
//! ## Example
//! ```profile
//! GLOBALCONFIG SMCR
//! INTERFACE OSA1 DEFINE IPAQENET PORTNAME OSAP1 IPADDR 192.0.2.1/24
//!   SMCR PFID 0018 SMCRIPADDR 192.0.2.9
//! START OSA1
//! ```
//!
//! ## How to mend it
//! Add GLOBALCONFIG SMCGLOBAL SMCEID name ENDSMCEID, the same on all hosts.
//!
//! ## Source
//! 03:QE-18, 06:D23.

use super::{Check, Rule, StackView};
use crate::finding::{Confidence, Severity};
use crate::report::Report;
use crate::statements::options;

/// The rule.
pub const RULE: Rule = Rule {
    name: "smc-without-enterprise-id",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Stack(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["GLOBALCONFIG SMCEID"];

fn check(stack: &StackView<'_>, out: &mut Vec<Report>) {
    let config = stack.config;
    if options::on(config.globalconfig.smcr).is_none() || config.globalconfig.enterprise_ids > 0 {
        return;
    }
    let Some((interface, smcr)) = config.interface.list.iter().find_map(|interface| {
        Some((interface, interface.smcr.as_ref().filter(|smcr| smcr.address.is_some())?))
    }) else {
        return;
    };
    out.push(
        Report::new(
            &RULE,
            smcr.address_at,
            format!(
                "SMC-R version 2 of {} needs an enterprise id, and SMCGLOBAL SMCEID names none",
                interface.name
            ),
        )
        .note("without an id in common with the other host, connections use TCP alone")
        .note("add `GLOBALCONFIG SMCGLOBAL SMCEID name ENDSMCEID`, the same on all hosts"),
    );
}
