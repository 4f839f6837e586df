//! ## What it finds
//! SHAREPORT or SHAREPORTWLM on a UDP port.
//!
//! ## Why it hurts
//! Only TCP listeners share a port.
//!
//! ## Example
//! ```profile
//! PORT 53 UDP NAMED SHAREPORT
//! ```
//!
//! ## How to mend it
//! Take it out, or reserve the port for TCP.
//!
//! ## Source
//! 02:PORT-12.

use super::{Check, Rule};
use crate::finding::{Applicability, Confidence, Finding, Fix, Severity};
use crate::mend::Mender;
use grammar::slot::port as slot;

/// The rule.
pub const RULE: Rule = Rule {
    name: "port-share-udp",
    level: Severity::Error,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Fold,
};

/// Takes SHAREPORT or SHAREPORTWLM out of the entry.
pub fn mend(finding: &Finding, mender: &Mender<'_>) -> Option<Fix> {
    let page = mender.page(&finding.place.file)?;
    let here = page.at(&finding.place)?;
    let entry =
        here.view.parts.groups(slot::ENTRY).find(|entry| {
            entry.tokens().any(|(_, word)| here.place(word.span).start == finding.place.start)
        })?;
    let word = entry.tokens().map(|(_, word)| word).find(|word| word.upper().starts_with("SHAREPORT"))?;
    Some(Fix {
        title: format!("take {} out", word.upper()),
        applicability: Applicability::Unsafe,
        edits: vec![here.cut(word.span)],
    })
}
