//! SMFPARMS: the old way to choose SMF records (02 11).

use grammar::tree::StmtView;
use serde::Serialize;

use super::options;
use crate::apply::Apply;
use crate::place::At;
use crate::read::Read;

/// An SMFPARMS statement; its numbers are the installation's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed(Vec<String>);

/// The numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Part {
    /// As coded.
    pub numbers: Vec<String>,
    /// Where.
    pub at: Option<At>,
}

/// Reads an SMFPARMS statement.
pub fn read(view: &StmtView<'_>, _cx: &mut Read<'_>) -> Typed {
    Typed(view.parts.tokens().map(|(_, word)| word.upper()).collect())
}

impl Typed {
    /// Takes the place of the numbers before.
    pub fn apply(&self, cx: &mut Apply<'_>) {
        let before = cx.config.smfparms.clone();
        let part = &mut cx.config.smfparms;
        part.numbers.clone_from(&self.0);
        part.at = Some(cx.at);
        let changed = options::differ(&before, part, cx.phase);
        options::taken(changed, "SMFPARMS", cx);
    }
}
