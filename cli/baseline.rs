//! Baselines: findings that are known and left for later. An entry is a rule and a fingerprint (rule, file, words of the
//! record), never a line, so that edits elsewhere leave it alone. A baseline can only shrink.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use compiler::description::nearest;
use compiler::finding::{Confidence, Finding, Place};
use compiler::rules::baseline_entry_unused::RULE;
use compiler::source::SourceText;
use serde::{Deserialize, Serialize};

use crate::output::{Report, fingerprint, words};
use crate::trouble::Trouble;

/// Version of the form. Files of another first number are refused.
const FORMAT_VERSION: &str = "1.0";

#[derive(Debug, Deserialize)]
struct File {
    format_version: String,
    entries: Vec<Entry>,
}

/// A finding that is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Name of the rule.
    pub rule: String,
    /// The file, from the root of the repository.
    pub file: String,
    /// See [`fingerprint`].
    pub fingerprint: String,
    /// What was found, for whoever reads the file.
    #[serde(default)]
    pub message: String,
}

/// A file of entries.
#[derive(Clone, Debug)]
pub struct Baseline {
    path: String,
    text: String,
    entries: Vec<Entry>,
}

/// What a run has looked at: entries for anything else are neither used nor unused.
pub struct Looked<'a> {
    /// Whether a file was looked at, by its path from the root of the repository.
    pub at: &'a dyn Fn(&str) -> bool,
    /// Whether a rule took part.
    pub with: &'a dyn Fn(&str) -> bool,
}

impl Baseline {
    /// Reads a baseline.
    ///
    /// # Errors
    /// When it is none, or names a rule that does not exist.
    pub fn read(path: &str, bytes: &[u8]) -> Result<Self, Trouble> {
        let trouble = |reason: String, help: String| Trouble::Read { path: path.to_owned(), reason, help };
        let anew =
            || "`vipa lint --baseline FILE --write-baseline` writes one where there is none".to_owned();
        let text =
            std::str::from_utf8(bytes).map_err(|_| trouble("it is no UTF-8 text".to_owned(), anew()))?;
        let file: File = serde_json::from_str(text)
            .map_err(|error| trouble(format!("it is no baseline: {error}"), anew()))?;
        let (ours, theirs) = (major(FORMAT_VERSION), major(&file.format_version));
        if ours != theirs {
            let reason = format!(
                "its format_version is {:?}, and this vipa reads {FORMAT_VERSION}",
                file.format_version
            );
            return Err(trouble(reason, "write it anew, or use the vipa that wrote it".to_owned()));
        }
        for (number, entry) in (1..).zip(&file.entries) {
            if compiler::rules::rule(&entry.rule).is_none() {
                let near = nearest(&entry.rule, compiler::rule_names());
                let help = match near {
                    Some(near) => format!("did you mean {near}?"),
                    None => "`vipa explain --all` lists the rules; take the entry out".to_owned(),
                };
                let reason =
                    format!("its entry {number} names the rule {}, which does not exist", entry.rule);
                return Err(trouble(reason, help));
            }
        }
        Ok(Self { path: path.to_owned(), text: text.to_owned(), entries: file.entries })
    }

    /// Takes what is known out of a report, and adds a finding for each entry that matches nothing. Answers how many findings
    /// are known, and the entries that are left.
    pub fn apply(&self, report: &mut Report, looked: &Looked<'_>) -> (usize, Vec<Entry>) {
        let fingerprints = fingerprint::all(report);
        let known: BTreeSet<(&str, &str)> =
            self.entries.iter().map(|entry| (entry.rule.as_str(), entry.fingerprint.as_str())).collect();
        let mut met: BTreeSet<(String, String)> = BTreeSet::new();
        let mut fingerprints = fingerprints.into_iter();
        let before = report.findings.len();
        report.findings.retain(|finding| {
            let Some(fingerprint) = fingerprints.next() else { return true };
            let is_known = known.contains(&(finding.rule, fingerprint.as_str()));
            if is_known {
                met.insert((finding.rule.to_owned(), fingerprint));
            }
            !is_known
        });
        let taken = before - report.findings.len();
        let unused = |entry: &Entry| {
            (looked.at)(&entry.file)
                && (looked.with)(&entry.rule)
                && !met.contains(&(entry.rule.clone(), entry.fingerprint.clone()))
        };
        let source = Arc::new(SourceText::new(&self.text));
        let mut left = Vec::new();
        for entry in &self.entries {
            if unused(entry) {
                report.findings.push(self.stale(entry, &source));
            } else {
                left.push(entry.clone());
            }
        }
        if left.len() < self.entries.len() {
            report.sources.insert(Arc::from(self.path.as_str()), source);
            report.findings.sort_by(|a, b| a.order().cmp(&b.order()).then_with(|| a.stacks.cmp(&b.stacks)));
        }
        (taken, left)
    }

    /// How many entries it has.
    #[must_use]
    pub fn count(&self) -> usize {
        self.entries.len()
    }

    fn stale(&self, entry: &Entry, source: &SourceText) -> Finding {
        let word = format!("{:?}", entry.fingerprint);
        let start = self.text.find(&word).unwrap_or(0);
        let at = |offset: usize| source.position(u32::try_from(offset).unwrap_or(u32::MAX));
        let what = if entry.message.is_empty() {
            String::new()
        } else {
            format!(": {}", words::visible(&entry.message))
        };
        Finding {
            rule: RULE.name,
            severity: RULE.level,
            message: format!(
                "the baseline expects {} in {}, and it is not found any more{what}",
                entry.rule, entry.file
            ),
            message_id: None,
            effect: None,
            stacks: Vec::new(),
            place: Place {
                file: Arc::from(self.path.as_str()),
                start: at(start),
                end: at(start + word.len()),
            },
            label: String::new(),
            related: Vec::new(),
            notes: vec!["it would hide the next one; --write-baseline takes such entries out".to_owned()],
            fixes: Vec::new(),
            confidence: Confidence::Documented,
            assumptions: Vec::new(),
        }
    }
}

/// Entries for all findings of a report.
#[must_use]
pub fn entries(report: &Report) -> Vec<Entry> {
    let findings = report.findings.iter().zip(fingerprint::all(report));
    let entry = |(finding, fingerprint): (&Finding, String)| Entry {
        rule: finding.rule.to_owned(),
        file: report.repository.relative(&finding.place.file),
        fingerprint,
        message: finding.message.clone(),
    };
    findings.map(entry).collect()
}

/// The text of a baseline: an entry a line, sorted, so that two branches that take entries out merge.
#[must_use]
pub fn text(entries: &[Entry]) -> String {
    let sorted: BTreeMap<(&str, &str, &str), &Entry> = entries
        .iter()
        .map(|entry| ((entry.file.as_str(), entry.rule.as_str(), entry.fingerprint.as_str()), entry))
        .collect();
    let lines: Vec<String> = sorted
        .into_values()
        .map(|entry| format!("    {}", serde_json::to_string(entry).unwrap_or_default()))
        .collect();
    let entries = if lines.is_empty() { "[]".to_owned() } else { format!("[\n{}\n  ]", lines.join(",\n")) };
    format!("{{\n  \"format_version\": \"{FORMAT_VERSION}\",\n  \"entries\": {entries}\n}}\n")
}

fn major(version: &str) -> &str {
    version.split('.').next().unwrap_or(version)
}
