//! ## What it finds
//! A statement that belongs into a block and stands outside it.
//!
//! ## Why it hurts
//! The stack does not know it there.
//!
//! ## Example
//! ```profile
//! VIPADEFINE 255.255.255.0 192.0.2.1
//! ```
//!
//! ## How to mend it
//! Put the block around it.
//!
//! ## Source
//! 01:2.1.

use super::{Check, Rule};
use crate::finding::{Applicability, Confidence, Finding, Fix, Severity};
use crate::mend::{Here, Mender};
use grammar::tree::ErrorKind;

/// The rule.
pub const RULE: Rule = Rule {
    name: "statement-outside-block",
    level: Severity::Error,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Syntax,
};

/// Puts the block around this statement and those beside it that lack it too.
pub fn mend(finding: &Finding, mender: &Mender<'_>) -> Option<Fix> {
    let (_, between) = finding.message.split_once(" belongs between ")?;
    let (opener, end) = between.split_once(" and ")?;
    mender.shared(finding, || {
        let page = mender.page(&finding.place.file)?;
        let lacks = |here: &Here<'_>| {
            here.view
                .errors()
                .any(|error| matches!(&error.kind, ErrorKind::Misplaced { block } if *block == opener))
        };
        let statements: Vec<Here<'_>> = page.statements().collect();
        let mut runs = statements.chunk_by(|one, next| lacks(one) && lacks(next));
        let run =
            runs.find(|run| run.iter().any(|here| lacks(here) && here.whole().start == finding.place.start))?;
        let (first, last) = (run.first()?, run.last()?);
        let fix = Fix {
            title: format!("put {opener} and {end} around it"),
            applicability: Applicability::Unsafe,
            edits: vec![first.before(&[opener]), last.behind(&[end])],
        };
        Some((first.whole().start.offset..last.whole().end.offset, fix))
    })
}
