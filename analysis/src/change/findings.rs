//! Findings gained and lost: what the rules say of a sysplex before and after.

use std::collections::BTreeMap;

use compiler::finding::{Confidence, Effect, Finding, Severity};
use schemars::JsonSchema;
use serde::Serialize;

/// A finding as a report shows it. Records and columns count from 1, the end is exclusive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Found {
    /// Name of the rule.
    pub rule: &'static str,
    /// Its level.
    pub severity: Severity,
    /// One line that stands alone.
    pub message: String,
    /// What a real stack prints.
    pub message_id: Option<&'static str>,
    /// What a real stack does.
    pub effect: Option<Effect>,
    /// Stacks that it concerns.
    pub stacks: Vec<String>,
    /// Path of the file.
    pub file: String,
    /// Record of the first character.
    pub record: u32,
    /// Column of the first character.
    pub column: u32,
    /// Record behind the last character.
    pub end_record: u32,
    /// Column behind the last character.
    pub end_column: u32,
    /// What happens next, how to mend it.
    pub notes: Vec<String>,
    /// How sure the sources are.
    pub confidence: Confidence,
}

impl Found {
    /// From a finding.
    #[must_use]
    pub fn new(finding: &Finding) -> Self {
        let (start, end) = (finding.place.start, finding.place.end);
        Self {
            rule: finding.rule,
            severity: finding.severity,
            message: finding.message.clone(),
            message_id: finding.message_id,
            effect: finding.effect,
            stacks: finding.stacks.clone(),
            file: finding.place.file.to_string(),
            record: start.record,
            column: start.column,
            end_record: end.record,
            end_column: end.column,
            notes: finding.notes.clone(),
            confidence: finding.confidence,
        }
    }

    /// `file:record:column`.
    #[must_use]
    pub fn place(&self) -> String {
        format!("{}:{}:{}", self.file, self.record, self.column)
    }
}

/// What the rules say after a change and did not say before, and the other way round.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Judged {
    /// New ones, in the order of files and places.
    pub gained: Vec<Found>,
    /// Old ones that are gone.
    pub lost: Vec<Found>,
}

/// Compares. A finding is the same when rule, level, stacks and message are: its place may be another, because a statement was
/// written again.
#[must_use]
pub fn judge(before: &[Finding], after: &[Finding]) -> Judged {
    Judged { gained: only(after, before), lost: only(before, after) }
}

/// The findings of one side that the other does not have as often.
fn only(of: &[Finding], other: &[Finding]) -> Vec<Found> {
    let mut known: BTreeMap<_, usize> = BTreeMap::new();
    for finding in other {
        *known.entry(key(finding)).or_default() += 1;
    }
    let mut found = Vec::new();
    for finding in of {
        match known.get_mut(&key(finding)) {
            Some(number) if *number > 0 => *number -= 1,
            Some(_) | None => found.push(Found::new(finding)),
        }
    }
    found
}

fn key(finding: &Finding) -> (&'static str, Severity, &[String], &str) {
    (finding.rule, finding.severity, &finding.stacks, &finding.message)
}
