//! PKTTRACE: which packets are traced (02 16.2).

use grammar::description::Slot;
use grammar::slot::pkttrace as slot;
use grammar::tree::{Parts, StmtView};
use serde::Serialize;

use super::names;
use crate::apply::{Apply, Kind};
use crate::place::At;
use crate::read::Read;
use crate::report::Report;
use crate::rules::pkttrace_interface_unknown;

/// Conditions that must all hold (PKTT-03). What is absent is any.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Filter {
    /// LINKNAME or INTFNAME.
    pub interface: Option<String>,
    /// IPADDR.
    pub address: Option<String>,
    /// SUBNET, or the mask behind the address.
    pub subnet: Option<String>,
    /// PROT.
    pub protocol: Option<String>,
    /// SRCPORT.
    pub source_port: Option<String>,
    /// DESTPORT.
    pub destination_port: Option<String>,
    /// PORTNUM.
    pub port: Option<String>,
    /// DISCARD, other than NONE.
    pub discard: Option<String>,
    /// So many bytes of a packet; absent for all.
    pub bytes: Option<u64>,
}

/// A filter that is set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Trace {
    /// Its conditions.
    #[serde(flatten)]
    pub filter: Filter,
    /// ON.
    pub tracing: bool,
    /// PKTTRACE in the text.
    pub at: At,
}

/// The filters; of several, one that fits is enough (PKTT-03).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Part {
    /// In order.
    pub filters: Vec<Trace>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Does {
    Sets,
    TurnsOn,
    TurnsOff,
    Clears,
}

/// A PKTTRACE statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    does: Does,
    filter: Filter,
    /// The interfaces that it names.
    named: Vec<(String, At)>,
}

/// Reads a PKTTRACE statement.
pub fn read(view: &StmtView<'_>, cx: &mut Read<'_>) -> Typed {
    let parts = &view.parts;
    let words = parts.all(slot::INTERFACE).chain(parts.all(slot::LINK));
    let named = words.filter_map(|word| Some((setting(word.text())?, cx.at(word.span)))).collect();
    let value = |slot: Slot| set(parts, slot);
    let does = if parts.has(slot::CLEAR) {
        Does::Clears
    } else if parts.has(slot::OFF) {
        Does::TurnsOff
    } else if parts.has(slot::ON) {
        Does::TurnsOn
    } else {
        Does::Sets
    };
    let filter = Filter {
        interface: value(slot::INTERFACE).or_else(|| value(slot::LINK)),
        address: value(slot::ADDRESS),
        subnet: value(slot::SUBNET).or_else(|| value(slot::MASK)),
        protocol: value(slot::PROTOCOL),
        source_port: value(slot::SOURCE),
        destination_port: value(slot::DESTINATION),
        port: value(slot::EITHER),
        discard: value(slot::DISCARDED).filter(|value| value != "NONE"),
        bytes: match value(slot::LENGTH) {
            Some(bytes) => bytes.parse().ok(),
            None => parts.has(slot::ABBREV).then_some(200),
        },
    };
    Typed { does, filter, named }
}

fn set(parts: &Parts<'_>, slot: Slot) -> Option<String> {
    setting(parts.get(slot)?.text())
}

/// What stands behind the equals sign, if it says anything.
pub fn setting(text: &str) -> Option<String> {
    let value = text.rsplit('=').next()?.to_ascii_uppercase();
    (!value.is_empty() && value != "*").then_some(value)
}

impl Filter {
    /// The same filter with nothing but its interface.
    fn of_interface(&self) -> Self {
        Self { interface: self.interface.clone(), ..Self::default() }
    }

    /// In the words of the statement.
    fn describe(&self) -> String {
        let words = [
            ("INTFNAME", &self.interface),
            ("IPADDR", &self.address),
            ("SUBNET", &self.subnet),
            ("PROT", &self.protocol),
            ("SRCPORT", &self.source_port),
            ("DESTPORT", &self.destination_port),
            ("PORTNUM", &self.port),
            ("DISCARD", &self.discard),
        ];
        let mut out = "PKTTRACE".to_owned();
        for (word, value) in words {
            if let Some(value) = value {
                out.push_str(&format!(" {word}={value}"));
            }
        }
        if let Some(bytes) = self.bytes {
            out.push_str(&format!(" ABBREV={bytes}"));
        }
        out
    }
}

impl Typed {
    /// Names are looked up at once (PKTT-01).
    pub fn apply(&self, cx: &mut Apply<'_>) {
        self.look_up(cx);
        match self.does {
            Does::Sets => self.add(false, cx),
            Does::TurnsOn if self.filter == self.filter.of_interface() => self.turn(true, cx),
            Does::TurnsOn => self.add(true, cx),
            Does::TurnsOff => self.turn(false, cx),
            Does::Clears => self.clear(cx),
        }
    }

    fn look_up(&self, cx: &mut Apply<'_>) {
        for (name, at) in &self.named {
            let there = names::interface(cx.config, name).is_some()
                || names::link(cx.config, name).is_some()
                || names::made(name).is_some()
                || names::refused(cx.config, name)
                || names::may_be_link_or_interface(cx.config, name);
            if !there {
                let report = Report::new(
                    &pkttrace_interface_unknown::RULE,
                    *at,
                    format!("no LINK and no INTERFACE {name} stands before this PKTTRACE"),
                )
                .note("nothing is traced by this filter");
                let known = names::links_and_interfaces(cx.config);
                cx.reports.push(names::advise(report, name, known, "links and interfaces", cx.reports.len()));
            }
        }
    }

    /// Whether a filter is of the interface that the statement names, if it names one.
    fn means(&self, known: &Trace) -> bool {
        self.filter.interface.is_none() || self.filter.interface == known.filter.interface
    }

    /// A filter more. One that joins others is traced as they are.
    fn add(&self, on: bool, cx: &mut Apply<'_>) {
        let filters = &mut cx.config.pkttrace.filters;
        let tracing = on || filters.iter().any(|known| known.tracing);
        let what = self.filter.describe();
        let kind = match filters.iter_mut().find(|known| known.filter == self.filter) {
            Some(known) if known.tracing || !on => Kind::Unchanged,
            Some(known) => {
                known.tracing = true;
                Kind::Replaced
            }
            None => {
                filters.push(Trace { filter: self.filter.clone(), tracing, at: cx.at });
                Kind::Added
            }
        };
        cx.change(cx.at, kind, what);
    }

    /// ON or OFF for the filters that are there, or for those of one interface.
    fn turn(&self, on: bool, cx: &mut Apply<'_>) {
        let meant: Vec<&mut Trace> =
            cx.config.pkttrace.filters.iter_mut().filter(|known| self.means(known)).collect();
        if meant.is_empty() && on {
            self.add(true, cx);
            return;
        }
        let mut turned = Vec::new();
        for known in meant {
            if known.tracing != on {
                known.tracing = on;
                turned.push(known.filter.describe());
            }
        }
        let word = if on { "ON" } else { "OFF" };
        if turned.is_empty() {
            cx.change(cx.at, Kind::Unchanged, format!("PKTTRACE {word}"));
        }
        for what in turned {
            cx.change(cx.at, Kind::Replaced, format!("{what} {word}"));
        }
    }

    fn clear(&self, cx: &mut Apply<'_>) {
        let filters = std::mem::take(&mut cx.config.pkttrace.filters);
        let (gone, kept): (Vec<Trace>, Vec<Trace>) = filters.into_iter().partition(|known| self.means(known));
        cx.config.pkttrace.filters = kept;
        if gone.is_empty() {
            cx.change(cx.at, Kind::Unchanged, "PKTTRACE CLEAR");
        }
        for known in gone {
            cx.change(cx.at, Kind::Removed, known.filter.describe());
        }
    }
}
