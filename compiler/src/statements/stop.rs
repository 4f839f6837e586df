//! STOP (03 12): runs when everything else has been read, so it never helps a DELETE of its data set (LX-33, DEV-12).

use grammar::slot::stop as slot;
use grammar::tree::StmtView;

use crate::apply::{Apply, Kind};
use crate::read::Read;
use crate::statements::interface_types::Named;
use crate::statements::start;

/// After all other statements of the data set.
pub const RUNS_LAST: bool = true;

/// A STOP statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed(Option<Named>);

/// Reads a STOP statement.
pub fn read(view: &StmtView<'_>, cx: &mut Read<'_>) -> Typed {
    Typed(view.parts.get(slot::OBJECT).map(|word| Named {
        name: word.upper(),
        at: cx.at(word.span),
        was_there: false,
    }))
}

impl Typed {
    /// Stops a device or an interface (STA-02).
    pub fn apply(&self, cx: &mut Apply<'_>) {
        let Some(object) = &self.0 else { return };
        if !start::found(object, "STOP", cx) {
            return;
        }
        let stopped = cx.config.start.running.remove(&object.name);
        let kind = if stopped { Kind::Removed } else { Kind::Unchanged };
        cx.change(object.at, kind, format!("STOP {}", object.name));
    }

    /// A mistake has cost the statement.
    pub fn dropped(&self, cx: &mut Apply<'_>) {
        if let Some(object) = &self.0 {
            cx.config.start.named.insert(object.name.clone());
        }
    }
}
