//! NETMONITOR: the services that need something from others (02 12).

use grammar::slot::netmonitor as slot;
use grammar::tree::StmtView;
use serde::Serialize;

use super::ipconfig::Placed;
use super::options;
use crate::apply::Apply;
use crate::read::Read;

/// The services as coded.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Part {
    /// ZERTSERVICE.
    pub zert: Option<Placed<bool>>,
    /// ZERTSERVICEBYPOLICY.
    pub zert_by_policy: Option<Placed<bool>>,
    /// ZERTSUMMARY.
    pub zert_summary: Option<Placed<bool>>,
}

/// A NETMONITOR statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    off: bool,
    part: Part,
}

/// Reads a NETMONITOR statement.
pub fn read(view: &StmtView<'_>, cx: &mut Read<'_>) -> Typed {
    let parts = &view.parts;
    let flag = |on, off| options::flag(parts, on, off, cx);
    let part = Part {
        zert: flag(slot::ZERTSERVICE, slot::NOZERTSERVICE),
        zert_by_policy: flag(slot::ZERTSERVICEBYPOLICY, slot::NOZERTSERVICEBYPOLICY),
        zert_summary: flag(slot::ZERTSUMMARY, slot::NOZERTSUMMARY),
    };
    Typed { off: parts.has(slot::OFF), part }
}

impl Typed {
    /// OFF ends all services; others add up (NETM-02).
    pub fn apply(&self, cx: &mut Apply<'_>) {
        let part = &mut cx.config.netmonitor;
        let before = part.clone();
        if self.off {
            *part = Part::default();
        }
        part.zert = self.part.zert.or(part.zert);
        part.zert_by_policy = self.part.zert_by_policy.or(part.zert_by_policy);
        part.zert_summary = self.part.zert_summary.or(part.zert_summary);
        let changed = before != *part;
        options::taken(changed, "NETMONITOR", cx);
    }
}
