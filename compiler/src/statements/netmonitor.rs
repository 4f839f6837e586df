//! NETMONITOR: the services that need something from others (02 12).

use std::collections::BTreeMap;

use grammar::description::SlotKind;
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
    /// ON: services that nothing names run with their defaults.
    pub all: bool,
    /// Services and their parts by their words without NO, and whether they are on.
    pub services: BTreeMap<String, bool>,
    /// MINLIFETIME in seconds.
    pub life: Option<Placed<u32>>,
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
        all: parts.has(slot::ON),
        services: services(view),
        life: options::number(parts, slot::LIFE, cx),
    };
    Typed { off: parts.has(slot::OFF), part }
}

/// The words for services as coded.
fn services(view: &StmtView<'_>) -> BTreeMap<String, bool> {
    let Some(desc) = view.desc() else { return BTreeMap::new() };
    let other = [slot::ON, slot::OFF, slot::MINLIFETIME];
    let words = view.parts.tokens().filter(|(slot, _)| !other.contains(slot));
    let words = words.filter_map(|(slot, _)| desc.slot_desc(slot));
    let words =
        words.filter(|desc| desc.kind == SlotKind::Keyword).map(|desc| desc.name.to_ascii_uppercase());
    words
        .map(|word| word.strip_prefix("NO").map_or((word.clone(), true), |rest| (rest.to_owned(), false)))
        .collect()
}

impl Typed {
    /// OFF ends all services; others add up (NETM-02).
    pub fn apply(&self, cx: &mut Apply<'_>) {
        let part = &mut cx.config.netmonitor;
        let before = part.clone();
        if self.off {
            *part = Part::default();
        }
        part.all |= self.part.all;
        part.services.extend(self.part.services.clone());
        part.life = self.part.life.or(part.life);
        part.zert = self.part.zert.or(part.zert);
        part.zert_by_policy = self.part.zert_by_policy.or(part.zert_by_policy);
        part.zert_summary = self.part.zert_summary.or(part.zert_summary);
        let changed = options::differ(&before, part, cx.phase);
        options::taken(changed, "NETMONITOR", cx);
    }
}
