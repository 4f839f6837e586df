//! SMFCONFIG: the SMF records that the stack writes (02 11).

use std::collections::BTreeMap;

use grammar::slot::smfconfig as slot;
use grammar::tree::StmtView;
use serde::Serialize;

use super::options;
use crate::apply::Apply;
use crate::place::At;
use crate::read::Read;

/// A record word as coded: its type, its name without NO, whether it is on.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Record {
    kind: u8,
    name: String,
    on: bool,
    at: At,
}

/// An SMFCONFIG statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed(Vec<Record>);

/// The records.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Part {
    /// By type and name, with the place of the word.
    #[serde(serialize_with = "names")]
    pub records: BTreeMap<String, At>,
    /// The last statement.
    pub at: Option<At>,
}

/// The records without their places.
fn names<S: serde::Serializer>(records: &BTreeMap<String, At>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(records.keys())
}

/// Reads an SMFCONFIG statement. TYPE118 is in force until a type is named (SMFC-03).
pub fn read(view: &StmtView<'_>, cx: &mut Read<'_>) -> Typed {
    let mut kind = 118;
    let mut records = Vec::new();
    for (which, word) in view.parts.tokens() {
        if which == slot::TYPE118 {
            kind = 118;
        } else if which == slot::TYPE119 {
            kind = 119;
        } else {
            let text = word.upper();
            let (on, name) = match text.strip_prefix("NO") {
                Some(rest) => (false, rest.to_owned()),
                None => (true, text),
            };
            // The only word with a short form.
            let name = if name.starts_with("ZERTSUM") { "ZERTSUMMARY".to_owned() } else { name };
            records.push(Record { kind, name, on, at: cx.at(word.span) });
        }
    }
    Typed(records)
}

impl Typed {
    /// Records add up; those not named stay as they are.
    pub fn apply(&self, cx: &mut Apply<'_>) {
        let before = cx.config.smfconfig.records.clone();
        for record in &self.0 {
            let key = format!("{} {}", record.kind, record.name);
            if record.on {
                cx.config.smfconfig.records.insert(key, record.at);
            } else {
                cx.config.smfconfig.records.remove(&key);
            }
        }
        cx.config.smfconfig.at = Some(cx.at);
        let changed = before != cx.config.smfconfig.records;
        options::taken(changed, "SMFCONFIG", cx);
    }
}
