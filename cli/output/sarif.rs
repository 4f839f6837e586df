//! SARIF 2.1.0, for code scanning services. Only what they read, in structures of our own.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use compiler::finding::{Applicability, Finding, Fix, Place, Severity};
use serde::Serialize;
use serde_json::{Value, json};

use super::{Report, fingerprint, words, write_json};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool<'a>,
    column_kind: &'static str,
    artifacts: Vec<Artifact>,
    results: Vec<Outcome<'a>>,
}

#[derive(Serialize)]
struct Tool<'a> {
    driver: Driver<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver<'a> {
    name: &'static str,
    semantic_version: &'static str,
    rules: Vec<Rule<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    help_uri: Option<String>,
    #[serde(flatten)]
    known: Option<Known>,
}

/// What the registry of rules says.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Known {
    short_description: Message,
    help: Help,
    default_configuration: Configuration,
}

#[derive(Serialize)]
struct Help {
    text: &'static str,
    markdown: &'static str,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct Message {
    text: String,
}

#[derive(Serialize)]
struct Artifact {
    location: ArtifactLocation,
}

#[derive(Serialize)]
struct ArtifactLocation {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome<'a> {
    rule_id: &'a str,
    rule_index: usize,
    level: &'static str,
    message: Message,
    locations: [Location; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Change>,
    partial_fingerprints: BTreeMap<&'static str, String>,
    properties: Value,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    region: Region,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
    start_column: u32,
    end_line: u32,
    end_column: u32,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Change {
    description: Message,
    artifact_changes: Vec<ArtifactChange>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactChange {
    artifact_location: ArtifactLocation,
    replacements: Vec<Replacement>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement {
    deleted_region: Region,
    inserted_content: Message,
}

/// Writes the log of one run.
///
/// # Errors
/// When the writer fails.
pub fn write(report: &Report, to: &mut dyn Write) -> io::Result<()> {
    let rules: BTreeSet<&str> = report.findings.iter().map(|finding| finding.rule).collect();
    let rules: Vec<&str> = rules.into_iter().collect();
    let log = Log {
        schema: SCHEMA,
        version: "2.1.0",
        runs: [Run {
            tool: Tool {
                driver: Driver {
                    name: "vipa",
                    semantic_version: env!("CARGO_PKG_VERSION"),
                    rules: rules.iter().map(|id| rule(id)).collect(),
                },
            },
            column_kind: "unicodeCodePoints",
            artifacts: report
                .files
                .iter()
                .map(|file| Artifact { location: artifact(report, file) })
                .collect(),
            results: report
                .findings
                .iter()
                .zip(fingerprint::all(report))
                .map(|(finding, fingerprint)| outcome(report, finding, fingerprint, &rules))
                .collect(),
        }],
    };
    write_json(&log, to)
}

fn rule(id: &str) -> Rule<'_> {
    let known = compiler::rules::rule(id).map(|(rule, documentation)| Known {
        short_description: Message { text: summary(documentation) },
        help: Help { text: documentation, markdown: documentation },
        default_configuration: Configuration { level: level(rule.level) },
    });
    Rule { id, help_uri: words::rule_url(id), known }
}

/// What stands below the first heading of a rule's documentation, as one paragraph.
fn summary(documentation: &str) -> String {
    let lines = documentation.lines().skip_while(|line| line.starts_with('#') || line.is_empty());
    let paragraph: Vec<&str> = lines.take_while(|line| !line.is_empty()).collect();
    paragraph.join(" ")
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn outcome<'a>(report: &Report, finding: &'a Finding, fingerprint: String, rules: &[&str]) -> Outcome<'a> {
    let mut text = finding.message.clone();
    if let Some(says) = words::stack_says(finding) {
        text.push_str(&format!("\n{says}"));
    }
    for note in &finding.notes {
        text.push('\n');
        text.push_str(note);
    }
    let related = finding.related.iter().enumerate().map(|(nth, related)| Location {
        id: Some(nth),
        physical_location: physical(report, &related.place),
        message: Some(Message { text: related.message.clone() }),
    });
    Outcome {
        rule_id: finding.rule,
        rule_index: rules.iter().position(|rule| *rule == finding.rule).unwrap_or_default(),
        level: level(finding.severity),
        message: Message { text },
        locations: [Location {
            id: None,
            physical_location: physical(report, &finding.place),
            message: None,
        }],
        related_locations: related.collect(),
        fixes: finding.fixes.iter().filter_map(|fix| change(report, fix)).collect(),
        partial_fingerprints: BTreeMap::from([("vipaRecord/v1", fingerprint)]),
        properties: json!({
            "stacks": finding.stacks,
            "messageId": finding.message_id,
            "effect": finding.effect,
            "confidence": finding.confidence,
            "assumptions": finding.assumptions,
        }),
    }
}

/// A sketch is no fix for a service: it would offer to apply it.
fn change(report: &Report, fix: &Fix) -> Option<Change> {
    let caution = match fix.applicability {
        Applicability::Display => return None,
        Applicability::Safe => "",
        Applicability::Unsafe => " (changes what the stack does)",
    };
    let mut files: BTreeMap<&str, Vec<Replacement>> = BTreeMap::new();
    for edit in &fix.edits {
        files.entry(&edit.place.file).or_default().push(Replacement {
            deleted_region: region(&edit.place),
            inserted_content: Message { text: edit.text.clone() },
        });
    }
    let artifact_changes: Vec<ArtifactChange> = files
        .into_iter()
        .map(|(file, replacements)| ArtifactChange {
            artifact_location: artifact(report, file),
            replacements,
        })
        .collect();
    (!artifact_changes.is_empty()).then(|| Change {
        description: Message { text: format!("{}{caution}", fix.title) },
        artifact_changes,
    })
}

fn physical(report: &Report, place: &Place) -> PhysicalLocation {
    PhysicalLocation { artifact_location: artifact(report, &place.file), region: region(place) }
}

fn region(place: &Place) -> Region {
    Region {
        start_line: place.start.record,
        start_column: place.start.column,
        end_line: place.end.record,
        end_column: place.end.column,
    }
}

fn artifact(report: &Report, file: &str) -> ArtifactLocation {
    ArtifactLocation { uri: uri(&report.repository.relative(file)) }
}

/// A path as a URI reference: forward slashes, what may not stand there percent-encoded; absolute paths get their scheme.
fn uri(path: &str) -> String {
    let mut uri = String::new();
    if path.starts_with('/') {
        uri.push_str("file://");
    }
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(byte.into())
            }
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    #[test]
    fn names_of_data_sets_become_uris() {
        assert_eq!(super::uri("tcp parms/A$B#C.profile"), "tcp%20parms/A%24B%23C.profile");
        assert_eq!(super::uri("/u/é"), "file:///u/%C3%A9");
    }
}
