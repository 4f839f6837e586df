//! ARPAGE: the minutes that an ARP entry lives; IPCONFIG ARPTO sets the same (02 17).

use grammar::slot::arpage as slot;
use grammar::tree::StmtView;
use serde::Serialize;

use super::ipconfig::Placed;
use super::options;
use crate::apply::Apply;
use crate::read::Read;

/// An ARPAGE statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed(Option<Placed<u32>>);

/// The value as coded.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Part {
    /// Minutes.
    pub minutes: Option<Placed<u32>>,
}

/// Reads an ARPAGE statement.
pub fn read(view: &StmtView<'_>, cx: &mut Read<'_>) -> Typed {
    Typed(options::number(&view.parts, slot::MINUTES, cx))
}

impl Typed {
    /// The last one counts.
    pub fn apply(&self, cx: &mut Apply<'_>) {
        let before = cx.config.arpage.minutes;
        cx.config.arpage.minutes = self.0.or(before);
        let changed = options::differ(&before, &cx.config.arpage.minutes, cx.phase);
        options::taken(changed, "ARPAGE", cx);
    }
}
