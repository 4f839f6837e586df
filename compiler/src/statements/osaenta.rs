//! OSAENTA: which frames an OSA-Express adapter traces (02 16.3).

use std::collections::{BTreeMap, BTreeSet};

use grammar::description::Slot;
use grammar::slot::osaenta as slot;
use grammar::tree::StmtView;
use serde::Serialize;

use super::pkttrace::setting;
use crate::apply::{Apply, Kind};
use crate::place::At;
use crate::read::Read;
use crate::report::Report;
use crate::rules::osaenta_filter_full;

/// What one filter takes, addresses of each family by themselves (OSAE-02).
const VALUES: usize = 8;

/// The trace of one adapter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Trace {
    /// PORTNAME.
    pub adapter: String,
    /// ON.
    pub tracing: bool,
    /// The values of each filter by its word; values of one filter are alternatives, filters must all fit (OSAE-03).
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub filters: BTreeMap<&'static str, BTreeSet<String>>,
    /// NOFILTER.
    pub no_filter: Option<String>,
    /// DISCARD.
    pub discard: Option<String>,
    /// ABBREV, DATA, FRAMES and TIME as coded.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub limits: BTreeMap<&'static str, String>,
    /// OSAENTA in the text.
    pub at: At,
}

/// The traces.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Part {
    /// By adapter, in order.
    pub traces: Vec<Trace>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Does {
    Sets,
    TurnsOn,
    TurnsOff,
    Clears,
    Deletes,
}

/// An OSAENTA statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    adapter: Option<String>,
    does: Does,
    /// Word, value, place; no value for any.
    filters: Vec<(&'static str, Option<String>, At)>,
    no_filter: Option<String>,
    discard: Option<String>,
    limits: Vec<(&'static str, String)>,
}

const FILTERS: [(Slot, &str); 7] = [
    (slot::DEVICE, "DEVICEID"),
    (slot::KIND, "ETHTYPE"),
    (slot::ADDRESS, "IPADDR"),
    (slot::MAC, "MAC"),
    (slot::PORT_NUMBER, "PORTNUM"),
    (slot::PROTOCOL, "PROTOCOL"),
    (slot::VLAN, "VLANID"),
];

const LIMITS: [(Slot, &str); 4] =
    [(slot::LENGTH, "ABBREV"), (slot::MEGABYTES, "DATA"), (slot::FRAMES, "FRAMES"), (slot::MINUTES, "TIME")];

/// Reads an OSAENTA statement.
pub fn read(view: &StmtView<'_>, cx: &mut Read<'_>) -> Typed {
    let parts = &view.parts;
    let value = |slot: Slot| setting(parts.get(slot)?.text());
    let does = [
        (slot::DEL, Does::Deletes),
        (slot::CLEAR, Does::Clears),
        (slot::OFF, Does::TurnsOff),
        (slot::ON, Does::TurnsOn),
    ];
    Typed {
        adapter: value(slot::ADAPTER),
        does: does.into_iter().find(|(slot, _)| parts.has(*slot)).map_or(Does::Sets, |(_, does)| does),
        filters: FILTERS
            .iter()
            .filter_map(|(slot, word)| {
                parts.get(*slot).map(|typed| (*word, setting(typed.text()), cx.at(typed.span)))
            })
            .collect(),
        no_filter: value(slot::NO_FILTER),
        discard: value(slot::DISCARDED),
        limits: LIMITS.iter().filter_map(|(slot, word)| Some((*word, value(*slot)?))).collect(),
    }
}

impl Typed {
    /// Statements for one adapter add up (OSAE-03).
    pub fn apply(&self, cx: &mut Apply<'_>) {
        let Some(adapter) = &self.adapter else { return };
        let what = format!("OSAENTA {adapter}");
        let old = cx.config.osaenta.traces.iter().find(|trace| trace.adapter == *adapter).cloned();
        let mut trace = old.clone().unwrap_or_else(|| Trace {
            adapter: adapter.clone(),
            tracing: false,
            filters: BTreeMap::new(),
            no_filter: None,
            discard: None,
            limits: BTreeMap::new(),
            at: cx.at,
        });
        match self.does {
            Does::Deletes => {
                cx.config.osaenta.traces.retain(|trace| trace.adapter != *adapter);
                let kind = if old.is_some() { Kind::Removed } else { Kind::Unchanged };
                cx.change(cx.at, kind, what);
                return;
            }
            Does::Clears => trace.filters.clear(),
            Does::TurnsOn => trace.tracing = true,
            Does::TurnsOff => trace.tracing = false,
            Does::Sets => {}
        }
        for (word, value, at) in &self.filters {
            match value {
                Some(value) => add(&mut trace, word, value, *at, cx),
                None => {
                    trace.filters.remove(word);
                }
            }
        }
        trace.no_filter = self.no_filter.clone().or(trace.no_filter);
        trace.discard = self.discard.clone().or(trace.discard);
        trace.limits.extend(self.limits.iter().cloned());
        let kind = match &old {
            None => Kind::Added,
            Some(old) if *old == trace => Kind::Unchanged,
            Some(_) => Kind::Replaced,
        };
        cx.change(cx.at, kind, what);
        match cx.config.osaenta.traces.iter_mut().find(|known| known.adapter == *adapter) {
            Some(known) => *known = trace,
            None => cx.config.osaenta.traces.push(trace),
        }
    }
}

/// One value more of a filter.
fn add(trace: &mut Trace, word: &'static str, value: &str, at: At, cx: &mut Apply<'_>) {
    let values = trace.filters.entry(word).or_default();
    let family = |value: &str| value.contains(':') && word == "IPADDR";
    let like = values.iter().filter(|known| family(known) == family(value)).count();
    if like < VALUES || values.contains(value) {
        values.insert(value.to_owned());
        return;
    }
    let kind = match word {
        "IPADDR" if family(value) => "IPv6 addresses".to_owned(),
        "IPADDR" => "IPv4 addresses".to_owned(),
        _ => format!("values of {word}"),
    };
    cx.reports.push(
        Report::new(
            &osaenta_filter_full::RULE,
            at,
            format!("{} has {VALUES} {kind} to trace already, and no place for {value}", trace.adapter),
        )
        .note(format!("those that are set: {}", values.iter().cloned().collect::<Vec<_>>().join(", ")))
        .note("trace a subnet in place of single addresses, or leave out a value that is not looked for"),
    );
}
