//! AUTOLOG: procedures that the stack starts and watches (02 4).

use grammar::slot::autolog as slot;
use grammar::tree::StmtView;
use serde::Serialize;

use super::ipconfig::Placed;
use super::options;
use crate::apply::{Apply, Kind, Phase};
use crate::continued::List;
use crate::place::At;
use crate::read::Read;
use crate::report::Report;
use crate::rules::{autolog_empty, autolog_parameter_long, autolog_twice};
use crate::table::{Keyed, Table, key};

/// A procedure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// Member of the procedure library.
    pub procedure: String,
    /// Job name that PORT knows.
    pub job: String,
    /// DELAYSTART DVIPA.
    pub after_dvipas: bool,
    /// DELAYSTART TTLS.
    pub after_ttls: bool,
    /// The procedure in the text.
    pub at: At,
    /// The job name, or the procedure, in the text.
    #[serde(skip)]
    pub job_at: At,
    /// TTLS in the text, or the procedure.
    #[serde(skip)]
    pub ttls_at: At,
    /// PARMSTRING, with its place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameter: Option<Placed<String>>,
}

/// An AUTOLOG block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    list: Vec<Entry>,
    /// Minutes.
    wait: Option<Placed<u16>>,
    /// AUTOLOG in the text, when nothing stands in it.
    empty: Option<At>,
}

/// The procedures.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Part {
    /// In order.
    pub list: Table<Entry>,
    /// Minutes that a procedure which still runs may take to end when the stack starts, as coded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wait: Option<Placed<u16>>,
}

impl Keyed for Entry {
    fn keys(&self, add: &mut dyn FnMut(u64)) {
        add(key((self.procedure.as_str(), self.job.as_str())));
    }
}

/// Reads an AUTOLOG block.
pub fn read(view: &StmtView<'_>, cx: &mut Read<'_>) -> Typed {
    let mut list = Vec::new();
    for entry in cx.entries(view, slot::ENTRY) {
        let Some(word) = entry.get(slot::PROCEDURE).or_else(|| entry.get(slot::QUALIFIED)) else { continue };
        // The part behind the dot is ignored (AUTO-06).
        let name = word.upper();
        let procedure = name.split_once('.').map_or(name.as_str(), |(procedure, _)| procedure).to_owned();
        let job = entry.get(slot::JOB);
        let ttls = entry.get(slot::TTLS);
        list.push(Entry {
            job: job.map_or_else(|| procedure.clone(), |job| job.upper()),
            procedure,
            after_dvipas: entry.has(slot::DVIPA) || (entry.has(slot::DELAYSTART) && ttls.is_none()),
            after_ttls: ttls.is_some(),
            at: cx.at(word.span),
            job_at: cx.at(job.unwrap_or(word).span),
            ttls_at: cx.at(ttls.unwrap_or(word).span),
            parameter: entry
                .get(slot::PARAMETER)
                .map(|word| Placed { value: word.text().trim_matches('"').to_owned(), at: cx.at(word.span) }),
        });
    }
    let empty = list.is_empty() && view.parts.tokens().all(|(word, _)| word == slot::WAIT);
    let wait = options::number(&view.parts, slot::WAIT, cx);
    Typed { list, wait, empty: empty.then(|| cx.at(view.stmt.name)) }
}

impl List for Typed {
    type Entry = Entry;

    fn entries(&self) -> &[Entry] {
        &self.list
    }

    fn entries_mut(&mut self) -> &mut Vec<Entry> {
        &mut self.list
    }

    fn place(entry: &Entry) -> At {
        entry.at
    }

    fn also(&mut self, more: &Self) {
        self.empty = self.empty.filter(|_| more.list.is_empty());
    }
}

impl Typed {
    /// Adds procedures. No source says whether a list of an OBEYFILE replaces the old one, so nothing is taken off.
    pub fn apply(&self, cx: &mut Apply<'_>) {
        if let Some(at) = self.empty {
            cx.reports.push(
                Report::new(&autolog_empty::RULE, at, "AUTOLOG names no procedure, so it starts nothing")
                    .note(
                        "take it out, or take the semicolon off the procedures that the stack should start",
                    ),
            );
        }
        // It is for the start of the stack.
        if cx.phase == Phase::Initial {
            cx.config.autolog.wait = self.wait.or(cx.config.autolog.wait);
        }
        for entry in &self.list {
            let what = format!("AUTOLOG {}", entry.procedure);
            let parameter = entry.parameter.as_ref();
            let parameter = parameter.map(|parameter| (parameter.value.chars().count(), parameter.at));
            if let Some((length, at)) = parameter.filter(|(length, _)| *length > 115) {
                cx.reports.push(
                    Report::new(
                        &autolog_parameter_long::RULE,
                        at,
                        format!(
                            "the parameter of {} has {length} characters, and 115 are possible",
                            entry.procedure
                        ),
                    )
                    .note("put the values into a data set or an environment file that the procedure reads"),
                );
            }
            let known = |known: &&Entry| known.procedure == entry.procedure && known.job == entry.job;
            let entries = &cx.config.autolog.list;
            if let Some(first) = entries.find(key((entry.procedure.as_str(), entry.job.as_str())), known) {
                if cx.phase == Phase::Initial {
                    cx.reports.push(
                        Report::new(
                            &autolog_twice::RULE,
                            entry.at,
                            format!(
                                "AUTOLOG names {} twice, with the same job name {}",
                                entry.procedure, entry.job
                            ),
                        )
                        .related(first.at, "first here")
                        .note("take one of them out, or give each instance a JOBNAME of its own"),
                    );
                }
                cx.change(entry.at, Kind::Unchanged, what);
                continue;
            }
            cx.change(entry.at, Kind::Added, what);
            cx.config.autolog.list.push(entry.clone());
        }
    }
}
