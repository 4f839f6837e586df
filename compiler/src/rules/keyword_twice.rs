//! ## What it finds
//! A keyword that stands twice in one statement.
//!
//! ## Why it hurts
//! Which one counts is not documented.
//!
//! ## Example
//! ```profile
//! IPCONFIG TTL 64 TTL 128
//! ```
//!
//! ## How to mend it
//! Take one of them out.
//!
//! ## Source
//! 01:GC-01.

use grammar::parse::parse_inside;
use grammar::tree::Span;

use super::{Check, Rule};
use crate::finding::{Applicability, Confidence, Finding, Fix, Severity};
use crate::mend::Mender;

/// More operands than this no keyword has that stands once.
const MOST_OPERANDS: usize = 8;

/// The rule.
pub const RULE: Rule = Rule {
    name: "keyword-twice",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Syntax,
};

/// Takes the second one out, with its operands.
pub fn mend(finding: &Finding, mender: &Mender<'_>) -> Option<Fix> {
    let page = mender.page(&finding.place.file)?;
    let here = page.at(&finding.place)?;
    let stmt = here.view.stmt;
    let typed = here.text(stmt.extent);
    let host = stmt.parent.and_then(|parent| here.view.section.view(parent as usize));
    let host = host.map_or(here.view.section.inside, |host| host.stmt.id);
    let mistakes = |text: &str| -> usize {
        let parsed = parse_inside(text, mender.dialect().grammar(), host);
        parsed.sections.iter().map(|placed| placed.section.errors.len()).sum()
    };
    let before = mistakes(typed);
    let mut words = here.view.parts.tokens().map(|(_, word)| word.span);
    let keyword = words.find(|span| here.place(*span).start == finding.place.start)?;
    // Its operands are as many words behind it as must go for the rest to be right.
    for last in std::iter::once(keyword).chain(words).take(MOST_OPERANDS + 1) {
        let span = Span { start: keyword.start, len: last.end().saturating_sub(keyword.start) };
        if here.text(span).contains(['\n', ';']) {
            return None;
        }
        let head = typed.get(..keyword.start.saturating_sub(stmt.extent.start) as usize)?;
        let tail = typed.get(last.end().saturating_sub(stmt.extent.start) as usize..)?;
        if mistakes(&format!("{head}{tail}")) < before {
            let title = format!("take the second {} out", here.text(span).to_ascii_uppercase());
            return Some(Fix { title, applicability: Applicability::Unsafe, edits: vec![here.cut(span)] });
        }
    }
    None
}
