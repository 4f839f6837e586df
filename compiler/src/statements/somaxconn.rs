//! SOMAXCONN: how many connections may wait at a listening socket (02 7).

use grammar::slot::somaxconn as slot;
use grammar::tree::StmtView;
use serde::Serialize;

use super::ipconfig::Placed;
use super::options;
use crate::apply::Apply;
use crate::read::Read;
use crate::report::Report;
use crate::rules::somaxconn_small;

/// The default (02 7).
pub const BACKLOG: u32 = 1024;

/// The limit, as coded; None is [`BACKLOG`].
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
        if let Some(most) = self.0.filter(|most| most.value == 10) {
            cx.reports.push(
                Report::new(
                    &somaxconn_small::RULE,
                    most.at,
                    format!(
                        "no server can have more than {} connections waiting, whatever it asks for",
                        most.value
                    ),
                )
                .note("10 was the default before V2R1 and stands in old samples; today it is 1024")
                .note("take SOMAXCONN out, or write 1024"),
            );
        }
        let before = cx.config.somaxconn.backlog.map(|backlog| backlog.value);
        cx.config.somaxconn.backlog = self.0.or(cx.config.somaxconn.backlog);
        options::taken(before != self.0.map(|backlog| backlog.value), "SOMAXCONN", cx);
    }
}
