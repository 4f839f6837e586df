//! SOMAXCONN: how many connections may wait at a listening socket (02 7).

use grammar::slot::somaxconn as slot;
use grammar::tree::StmtView;
use serde::Serialize;

use super::ipconfig::Placed;
use super::options;
use crate::apply::Apply;
use crate::read::Read;

/// The limit, as coded; None is the default, 1024.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Part {
    /// Connections that wait.
    pub backlog: Option<Placed<u32>>,
}

/// A SOMAXCONN statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed(Option<Placed<u32>>);

/// Reads a SOMAXCONN statement.
pub fn read(view: &StmtView<'_>, cx: &mut Read<'_>) -> Typed {
    Typed(options::number(&view.parts, slot::BACKLOG, cx))
}

impl Typed {
    /// Takes the place of the limit before, in an OBEYFILE too.
    pub fn apply(&self, cx: &mut Apply<'_>) {
        let before = cx.config.somaxconn.backlog.map(|backlog| backlog.value);
        cx.config.somaxconn.backlog = self.0.or(cx.config.somaxconn.backlog);
        options::taken(before != self.0.map(|backlog| backlog.value), "SOMAXCONN", cx);
    }
}
