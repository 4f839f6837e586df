//! `vipa coverage`: what of the profiles was understood, and how far.
//!
//! A statement is modelled (it moves the runtime model), checked (its form, ranges and references are), recognised (its name
//! and extent are known) or unknown. Properties: a file counts once, however many stacks read it; mistakes that lint reports
//! in what is understood are not counted here.

pub mod json;
pub mod text;

use std::collections::BTreeMap;

use compiler::ParsedSection;
use grammar::description::{SlotKind, Support};
use grammar::tree::{ErrorKind, Span, StmtView};
use schemars::JsonSchema;
use serde::Serialize;

/// How far a statement is understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// No statement has this name.
    Unknown,
    /// Known by name and extent only.
    Recognised,
    /// Types, ranges and references are checked.
    Checked,
    /// Moves the runtime model.
    Modelled,
}

impl State {
    /// The word in reports.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Recognised => "recognised",
            Self::Checked => "checked",
            Self::Modelled => "modelled",
        }
    }
}

/// What was understood.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct Coverage {
    /// How many files were read.
    pub files: usize,
    /// How many statements they have, by state.
    pub total: Counts,
    /// Statements that are checked or modelled, of a hundred; 100 when there are none.
    pub understood_percent: f64,
    /// Statements that are modelled, of a hundred; 100 when there are none.
    pub modelled_percent: f64,
    /// By name.
    pub statements: Vec<StatementCount>,
    /// What was not understood, or only recognised, in order of files and places.
    pub gaps: Vec<Gap>,
}

/// Statements by state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Counts {
    /// All of them.
    pub statements: usize,
    /// Modelled.
    pub modelled: usize,
    /// Checked.
    pub checked: usize,
    /// Recognised.
    pub recognised: usize,
    /// Unknown.
    pub unknown: usize,
}

/// A statement of the dialect, or a word that names none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct StatementCount {
    /// Its full name; as typed, in upper case, when it is unknown.
    pub name: String,
    /// How far it is understood.
    pub state: State,
    /// How often it stands in the profiles.
    pub count: usize,
    /// The file that it belongs to, for a statement that is none of a profile's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub belongs: Option<String>,
    /// Its keywords that stand there, with how often, by name.
    pub keywords: Vec<KeywordCount>,
}

/// A keyword of a statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct KeywordCount {
    /// Its full name.
    pub name: String,
    /// How far it is understood: as far as its statement.
    pub state: State,
    /// How often it stands in the profiles.
    pub count: usize,
    /// No source confirms its form.
    pub unconfirmed: bool,
}

/// A place that was not understood.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Gap {
    /// The file.
    pub file: String,
    /// The record, from 1.
    pub record: u32,
    /// The column, from 1.
    pub column: u32,
    /// The word.
    pub word: String,
    /// How far it is understood.
    pub state: State,
    /// What it is, in words.
    pub what: String,
}

/// Counts what sections hold.
#[must_use]
pub fn coverage(sections: impl IntoIterator<Item = ParsedSection>) -> Coverage {
    let mut tally = Tally::default();
    for section in sections {
        // Two descriptions may share a file.
        let seen = tally.files.entry(section.file.to_string()).or_insert(None);
        if seen.is_some_and(|start| section.start <= start) {
            continue;
        }
        *seen = Some(section.start);
        for view in section.section.views() {
            tally.statement(&section, &view);
        }
    }
    tally.finish()
}

#[derive(Default)]
struct Tally {
    /// Files with the start of the last section that was counted.
    files: BTreeMap<String, Option<u32>>,
    statements: BTreeMap<(String, State), StatementTally>,
    gaps: Vec<Gap>,
}

#[derive(Default)]
struct StatementTally {
    count: usize,
    belongs: Option<String>,
    keywords: BTreeMap<String, (usize, bool)>,
}

impl Tally {
    fn statement(&mut self, placed: &ParsedSection, view: &StmtView<'_>) {
        let desc = view.desc().filter(|_| view.stmt.known);
        let typed = view.section.text_of(view.stmt.name);
        let stray = view.errors().any(|error| matches!(error.kind, ErrorKind::StrayEnd { .. }));
        let state = desc.map_or(State::Unknown, |desc| match desc.support {
            Support::Recognised => State::Recognised,
            Support::Checked => State::Checked,
            Support::Modelled => State::Modelled,
        });
        let name = desc.map_or_else(|| typed.to_ascii_uppercase(), |desc| desc.name.to_owned());
        let belongs = desc.map(|desc| desc.belongs).filter(|file| !file.is_empty());
        let entry = self.statements.entry((name, state)).or_default();
        entry.count += 1;
        entry.belongs = belongs.map(ToOwned::to_owned);
        if let Some(desc) = desc {
            for (slot, _) in view.parts.tokens() {
                let Some(slot) = desc.slot_desc(slot).filter(|slot| slot.kind == SlotKind::Keyword) else {
                    continue;
                };
                let keyword = entry.keywords.entry(slot.name.to_ascii_uppercase()).or_default();
                keyword.0 += 1;
                keyword.1 |= slot.unconfirmed;
            }
        }
        match state {
            State::Unknown if stray => {
                self.gap(placed, view.stmt.name, state, "an END without its opener".to_owned());
            }
            State::Unknown => {
                self.gap(placed, view.stmt.name, state, "no statement has this name".to_owned());
                return;
            }
            State::Recognised => {
                let what = match belongs {
                    Some(file) => format!("a statement of {file}"),
                    None => "known by name and extent only".to_owned(),
                };
                self.gap(placed, view.stmt.name, state, what);
            }
            State::Checked | State::Modelled => {}
        }
        for error in view.errors() {
            let what = match &error.kind {
                ErrorKind::Unexpected { .. } => format!("nothing of {} fits here", view.name()),
                ErrorKind::OutOfOrder { keyword, .. } => format!("{keyword} may not stand here"),
                ErrorKind::UnknownStatement { .. }
                | ErrorKind::Missing { .. }
                | ErrorKind::Value { .. }
                | ErrorKind::Duplicate { .. }
                | ErrorKind::Exclusive { .. }
                | ErrorKind::NotClosed { .. }
                | ErrorKind::StrayEnd { .. }
                | ErrorKind::Misplaced { .. }
                | ErrorKind::Founding { .. }
                | ErrorKind::Split { .. }
                | ErrorKind::GluedComment
                | ErrorKind::UnclosedQuote => continue,
            };
            self.gap(placed, error.span, State::Unknown, what);
        }
    }

    fn gap(&mut self, placed: &ParsedSection, span: Span, state: State, what: String) {
        let position = placed.source.position(placed.start.saturating_add(span.start));
        self.gaps.push(Gap {
            file: placed.file.to_string(),
            record: position.record,
            column: position.column,
            word: placed.section.text_of(span).to_owned(),
            state,
            what,
        });
    }

    fn finish(self) -> Coverage {
        let mut total = Counts::default();
        for ((_, state), tally) in &self.statements {
            total.statements += tally.count;
            match state {
                State::Unknown => total.unknown += tally.count,
                State::Recognised => total.recognised += tally.count,
                State::Checked => total.checked += tally.count,
                State::Modelled => total.modelled += tally.count,
            }
        }
        let statements = self.statements.into_iter().map(|((name, state), tally)| StatementCount {
            name,
            state,
            count: tally.count,
            belongs: tally.belongs,
            keywords: tally
                .keywords
                .into_iter()
                .map(|(name, (count, unconfirmed))| KeywordCount { name, state, count, unconfirmed })
                .collect(),
        });
        let mut gaps = self.gaps;
        gaps.sort();
        Coverage {
            files: self.files.len(),
            total,
            understood_percent: percent(total.checked + total.modelled, total.statements),
            modelled_percent: percent(total.modelled, total.statements),
            statements: statements.collect(),
            gaps,
        }
    }
}

/// A share in tenths of a percent, rounded down: 100 only when nothing is missing.
fn percent(part: usize, whole: usize) -> f64 {
    let tenths = (part * 1000).checked_div(whole).unwrap_or(1000);
    f64::from(u32::try_from(tenths).unwrap_or(1000)) / 10.0
}
