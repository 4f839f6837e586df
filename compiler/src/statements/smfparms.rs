//! SMFPARMS: the old way to choose SMF records (02 11).

use grammar::tree::StmtView;
use serde::Serialize;

use crate::apply::{Apply, Kind};
use crate::place::At;
use crate::read::Read;

/// An SMFPARMS statement; its numbers are the installation's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed;

/// Whether the statement is there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Part {
    /// Where.
    pub at: Option<At>,
}

/// Reads an SMFPARMS statement.
pub fn read(view: &StmtView<'_>, cx: &mut Read<'_>) -> Typed {
    let _ = (view, cx);
    Typed
}

impl Typed {
    /// Notes that it is there.
    pub fn apply(&self, cx: &mut Apply<'_>) {
        cx.config.smfparms.at = Some(cx.at);
        cx.change(cx.at, Kind::Added, "SMFPARMS");
    }
}
