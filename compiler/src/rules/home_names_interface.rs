//! ## What it finds
//! A HOME entry that names an INTERFACE.
//!
//! ## Why it hurts
//! HOME is for LINKs; an interface has its address on IPADDR. The rest of the list is lost with the entry.
//!
//! ## Example
//! ```profile
//! INTERFACE OSA1 DEFINE IPAQENET PORTNAME PORTA IPADDR 198.51.100.1/24
//! HOME 198.51.100.1 OSA1
//! START OSA1
//! ```
//!
//! ## How to mend it
//! Take the entry out.
//!
//! ## Source
//! 03:HOM-01, 06:D3.

use super::{Check, Rule};
use crate::finding::{Applicability, Confidence, Effect, Finding, Fix, Severity};
use crate::mend::Mender;
use grammar::slot::home as slot;
use grammar::tree::Span;

/// The rule.
pub const RULE: Rule = Rule {
    name: "home-names-interface",
    level: Severity::Error,
    message_id: None,
    effect: Some(Effect::EntryIgnored),
    confidence: Confidence::Documented,
    check: Check::Fold,
};

/// Takes the entry out, or the statement when it is the only one.
pub fn mend(finding: &Finding, mender: &Mender<'_>) -> Option<Fix> {
    let page = mender.page(&finding.place.file)?;
    let here = page.at(&finding.place)?;
    let entries: Vec<Span> = here.view.parts.groups(slot::ENTRY).filter_map(|entry| entry.span()).collect();
    let entry = entries.iter().find(|entry| here.place(**entry).end == finding.place.end)?;
    let edit = if entries.len() == 1 { page.cut(&here.whole()) } else { here.cut(*entry) };
    Some(Fix {
        title: "take the entry out".to_owned(),
        applicability: Applicability::Unsafe,
        edits: vec![edit],
    })
}
