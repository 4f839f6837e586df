//! DEFADDRTABLE: the policy table of the default address selection (02 14).

use std::net::{IpAddr, Ipv6Addr};

use grammar::slot::defaddrtable as slot;
use grammar::tree::{Parts, StmtView};
use grammar::values;
use ipnet::Ipv6Net;
use serde::Serialize;

use crate::apply::{Apply, Kind, Phase};
use crate::continued::List;
use crate::place::At;
use crate::read::Read;
use crate::report::Report;
use crate::rules::{default_address_prefix_twice, default_address_table_twice};

/// An entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// Addresses that it is for, host bits cleared.
    pub prefix: Ipv6Net,
    /// Precedence.
    pub precedence: u16,
    /// Label.
    pub label: u16,
    /// The prefix in the text.
    pub at: At,
}

/// A DEFADDRTABLE block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed(Vec<Entry>);

/// The table; empty is the default one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Part {
    /// In order of the text, which says nothing (DADT-04).
    pub entries: Vec<Entry>,
    /// The block.
    #[serde(skip)]
    pub at: Option<At>,
}

/// Reads a DEFADDRTABLE block. One with a mistake never comes here: the stack drops all of it (DADT-02).
pub fn read(view: &StmtView<'_>, cx: &mut Read<'_>) -> Typed {
    let entries = cx.entries(view, slot::ENTRY);
    Typed(entries.filter_map(|parts| entry(&parts, cx)).collect())
}

fn entry(parts: &Parts<'_>, cx: &Read<'_>) -> Option<Entry> {
    let word = parts.get(slot::PREFIX)?;
    let (address, bits) = values::net(word.text())?;
    let address: Ipv6Addr = match address {
        IpAddr::V6(address) => address,
        IpAddr::V4(_) => return None,
    };
    let number = |slot| parts.get(slot).and_then(|word| word.number()).and_then(|n| u16::try_from(n).ok());
    Some(Entry {
        prefix: Ipv6Net::new(address, bits).ok()?.trunc(),
        precedence: number(slot::PRECEDENCE)?,
        label: number(slot::LABEL)?,
        at: cx.at(word.span),
    })
}

impl List for Typed {
    type Entry = Entry;

    fn entries(&self) -> &[Entry] {
        &self.0
    }

    fn entries_mut(&mut self) -> &mut Vec<Entry> {
        &mut self.0
    }

    fn place(entry: &Entry) -> At {
        entry.at
    }
}

impl Typed {
    /// The first block of a data set replaces the table, later ones are ignored (DADT-01); of two entries for one
    /// prefix the first counts (DADT-03).
    pub fn apply(&self, cx: &mut Apply<'_>) {
        if cx.nth > 0 {
            cx.reports.push(
                Report::new(
                    &default_address_table_twice::RULE,
                    cx.at,
                    "a DEFADDRTABLE stands before this one in the data set, and only the first counts",
                )
                .note("put the entries of both into one block"),
            );
            let why = "the data set has a DEFADDRTABLE already";
            cx.change_because(cx.at, Kind::Ignored, "DEFADDRTABLE", why);
            return;
        }
        cx.config.defaddrtable.at = Some(cx.at);
        let old = std::mem::take(&mut cx.config.defaddrtable.entries);
        for entry in &self.0 {
            let what = format!("DEFADDRTABLE {} {} {}", entry.prefix, entry.precedence, entry.label);
            let first = cx.config.defaddrtable.entries.iter().find(|known| known.prefix == entry.prefix);
            if let Some(first) = first {
                cx.reports.push(
                    Report::new(
                        &default_address_prefix_twice::RULE,
                        entry.at,
                        format!(
                            "{} has an entry already: precedence {}, label {}",
                            first.prefix, first.precedence, first.label
                        ),
                    )
                    .related(first.at, "the first entry")
                    .note("the stack keeps the first entry of a prefix"),
                );
                cx.change_because(entry.at, Kind::Ignored, what, "the prefix is in the table already");
                continue;
            }
            let kept = old.iter().any(|known| same(known, entry));
            let kind = if kept && cx.phase == Phase::Obey { Kind::Unchanged } else { Kind::Added };
            cx.change(entry.at, kind, what);
            cx.config.defaddrtable.entries.push(*entry);
        }
        for entry in old.iter().filter(|known| !self.0.iter().any(|entry| same(known, entry))) {
            cx.change_because(
                cx.at,
                Kind::Removed,
                format!("DEFADDRTABLE {} {} {}", entry.prefix, entry.precedence, entry.label),
                "a DEFADDRTABLE takes the place of the whole table and this one does not repeat it",
            );
        }
    }
}

fn same(one: &Entry, other: &Entry) -> bool {
    (one.prefix, one.precedence, one.label) == (other.prefix, other.precedence, other.label)
}
