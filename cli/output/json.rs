//! The JSON that pipelines hold on to. Its schema is `schema/findings.schema.json`.

use std::io::{self, Write};

use compiler::finding::{self, Finding, Place};
use schemars::JsonSchema;
use serde::Serialize;

use super::{Report, words, write_json};

/// Version of this form. The first number changes when something is removed or changes its meaning.
pub const FORMAT_VERSION: &str = "1.0";

/// All findings of one run.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "Findings of vipa lint --format json; with --format json-lines, one `Finding` a line")]
pub struct Envelope<'a> {
    /// Version of this form.
    pub format_version: &'static str,
    /// Version of vipa.
    pub tool_version: &'static str,
    /// How much was found in how much.
    pub summary: Summary,
    /// Sorted by file and place.
    pub findings: Vec<Entry<'a>>,
}

/// How much was found in how much.
#[derive(Serialize, JsonSchema)]
pub struct Summary {
    /// Findings of severity error.
    pub errors: usize,
    /// Findings of severity warning.
    pub warnings: usize,
    /// Findings of severity info.
    pub infos: usize,
    /// Files that took part.
    pub files: usize,
    /// Stacks that took part.
    pub stacks: usize,
}

/// Advice about the text of one or more files. Records and columns count from 1, columns in characters, ends are exclusive.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Finding")]
pub struct Entry<'a> {
    /// Name of the rule.
    pub rule: &'a str,
    /// How bad it is.
    pub severity: Severity,
    /// One line that stands alone.
    pub message: &'a str,
    /// Message that a real stack would print, where a source ties it to the case.
    pub message_id: Option<&'a str>,
    /// What a real stack does next, where known.
    pub effect: Option<Effect>,
    /// Stacks it concerns.
    pub stacks: &'a [String],
    /// The place itself.
    #[serde(flatten)]
    pub place: Span<'a>,
    /// Other places that explain it.
    pub related: Vec<Related<'a>>,
    /// What happens next, how to mend it, what was possible.
    pub notes: &'a [String],
    /// Ways to mend it.
    pub fixes: Vec<Fix<'a>>,
    /// How sure the sources are.
    pub confidence: Confidence,
    /// Named assumptions it rests on.
    pub assumptions: &'a [String],
    /// Documentation of the rule.
    pub url: Option<String>,
}

/// A span of a file.
#[derive(Serialize, JsonSchema)]
pub struct Span<'a> {
    /// Path as the command line leads to it.
    pub file: &'a str,
    /// First record.
    #[schemars(range(min = 1))]
    pub record: u32,
    /// First column.
    #[schemars(range(min = 1))]
    pub column: u32,
    /// Last record.
    #[schemars(range(min = 1))]
    pub end_record: u32,
    /// Behind the last column.
    #[schemars(range(min = 1))]
    pub end_column: u32,
}

/// A second place that explains the first.
#[derive(Serialize, JsonSchema)]
pub struct Related<'a> {
    /// What is there.
    pub message: &'a str,
    /// Where.
    #[serde(flatten)]
    pub place: Span<'a>,
}

/// A way to mend it; its edits are applied together or not at all.
#[derive(Serialize, JsonSchema)]
pub struct Fix<'a> {
    /// What it does.
    pub title: &'a str,
    /// Whether it may be applied without looking.
    pub applicability: Applicability,
    /// In order, not overlapping.
    pub edits: Vec<Edit<'a>>,
}

/// A replacement of one span.
#[derive(Serialize, JsonSchema)]
pub struct Edit<'a> {
    /// What is replaced.
    #[serde(flatten)]
    pub place: Span<'a>,
    /// By what.
    pub text: &'a str,
}

/// Repeats an enumeration of the compiler, so that its schema is part of the published one and a new variant must be named here.
macro_rules! published {
    ($(#[$attribute:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident),* $(,)? }) => {
        $(#[$attribute])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
        #[serde(rename_all = "kebab-case")]
        pub enum $name { $($(#[$doc])* $variant),* }
        impl From<finding::$name> for $name {
            fn from(value: finding::$name) -> Self {
                match value { $(finding::$name::$variant => Self::$variant),* }
            }
        }
    };
}

published! {
    /// How bad it is.
    Severity {
        /// Good to know.
        Info,
        /// Works, or may work, but not as somebody will expect.
        Warning,
        /// The stack refuses it, or the sysplex breaks.
        Error,
    }
}
published! {
    /// How sure the sources are.
    Confidence {
        /// No source could be read for it.
        Unconfirmed,
        /// Derived from what is documented.
        Inferred,
        /// A source says so.
        Documented,
    }
}
published! {
    /// What a real stack does with the text.
    Effect {
        /// The statement has no effect.
        StatementIgnored,
        /// One entry of a list has no effect.
        EntryIgnored,
        /// One keyword has no effect.
        KeywordIgnored,
        /// One value has no effect.
        ValueIgnored,
        /// This and all later entries of the list have no effect.
        RestOfListIgnored,
        /// This and all later statements of the block have no effect.
        RestOfBlockIgnored,
        /// The whole block has no effect.
        BlockIgnored,
        /// It is taken as it stands.
        Accepted,
    }
}
published! {
    /// Whether a fix may be applied without looking.
    Applicability {
        /// Shown only.
        Display,
        /// Changes what the stack does.
        Unsafe,
        /// The text means what was meant.
        Safe,
    }
}

impl<'a> From<&'a Place> for Span<'a> {
    fn from(place: &'a Place) -> Self {
        Self {
            file: &place.file,
            record: place.start.record,
            column: place.start.column,
            end_record: place.end.record,
            end_column: place.end.column,
        }
    }
}

impl<'a> From<&'a Finding> for Entry<'a> {
    fn from(finding: &'a Finding) -> Self {
        let fix = |fix: &'a finding::Fix| Fix {
            title: &fix.title,
            applicability: fix.applicability.into(),
            edits: fix
                .edits
                .iter()
                .map(|edit| Edit { place: (&edit.place).into(), text: &edit.text })
                .collect(),
        };
        let related = |related: &'a finding::Related| Related {
            message: &related.message,
            place: (&related.place).into(),
        };
        Self {
            rule: finding.rule,
            severity: finding.severity.into(),
            message: &finding.message,
            message_id: finding.message_id,
            effect: finding.effect.map(Into::into),
            stacks: &finding.stacks,
            place: (&finding.place).into(),
            related: finding.related.iter().map(related).collect(),
            notes: &finding.notes,
            fixes: finding.fixes.iter().map(fix).collect(),
            confidence: finding.confidence.into(),
            assumptions: &finding.assumptions,
            url: words::rule_url(finding.rule),
        }
    }
}

/// Writes the envelope.
///
/// # Errors
/// When the writer fails.
pub fn write(report: &Report, to: &mut dyn Write) -> io::Result<()> {
    let counts = report.counts();
    let envelope = Envelope {
        format_version: FORMAT_VERSION,
        tool_version: env!("CARGO_PKG_VERSION"),
        summary: Summary {
            errors: counts.errors,
            warnings: counts.warnings,
            infos: counts.infos,
            files: report.files.len(),
            stacks: report.stacks.len(),
        },
        findings: report.findings.iter().map(Entry::from).collect(),
    };
    write_json(&envelope, to)
}

/// Writes one finding a line, without an envelope.
///
/// # Errors
/// When the writer fails.
pub fn write_lines(report: &Report, to: &mut dyn Write) -> io::Result<()> {
    for finding in &report.findings {
        serde_json::to_writer(&mut *to, &Entry::from(finding)).map_err(io::Error::from)?;
        writeln!(to)?;
    }
    Ok(())
}

/// The published schema of the envelope.
#[must_use]
pub fn schema() -> schemars::Schema {
    schemars::schema_for!(Envelope<'static>)
}
