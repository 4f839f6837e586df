//! ## What it finds
//! EPHEMERALPORTS whose first port is higher than its last.
//!
//! ## Why it hurts
//! The stack refuses the range and goes on choosing from the one that was in force.
//!
//! ## Example
//! ```profile
//! TCPCONFIG EPHEMERALPORTS 60000 50000
//! ```
//!
//! ## How to mend it
//! Write the lower port first.
//!
//! ## Source
//! 02:TCPC-02, 02:UDPC-01.

use super::{Check, Rule};
use crate::finding::{Applicability, Confidence, Effect, Finding, Fix, Severity};
use crate::mend::Mender;

/// The rule.
pub const RULE: Rule = Rule {
    name: "ephemeral-ports-reversed",
    level: Severity::Error,
    message_id: None,
    effect: Some(Effect::KeywordIgnored),
    confidence: Confidence::Documented,
    check: Check::Fold,
};

/// Puts the lower port first.
pub fn mend(finding: &Finding, mender: &Mender<'_>) -> Option<Fix> {
    let page = mender.page(&finding.place.file)?;
    let here = page.at(&finding.place)?;
    let words: Vec<_> = here.view.parts.tokens().map(|(_, word)| word).collect();
    let first = words.iter().position(|word| here.place(word.span).start == finding.place.start)?;
    let (low, high) = (words.get(first)?, words.get(first + 1)?);
    let edits = vec![here.replace(low.span, high.text()), here.replace(high.span, low.text())];
    Some(Fix { title: "put the lower port first".to_owned(), applicability: Applicability::Unsafe, edits })
}
