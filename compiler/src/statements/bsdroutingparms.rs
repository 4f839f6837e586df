//! BSDROUTINGPARMS: packet size, metric and mask of links (03 9).

use std::collections::BTreeSet;
use std::net::Ipv4Addr;

use grammar::slot::bsdroutingparms as slot;
use grammar::tree::{Parts, StmtView};
use serde::Serialize;

use crate::apply::{Apply, Kind, Phase};
use crate::continued::List;
use crate::place::At;
use crate::read::Read;
use crate::report::Report;
use crate::rules::{bsdroutingparms_link_unknown, bsdroutingparms_peer};
use crate::statements::link::Link;
use crate::statements::{names, options};

/// An entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// The link.
    pub link: String,
    /// Packet size; absent for DEFAULTSIZE.
    pub mtu: Option<u64>,
    /// Metric.
    pub metric: Option<u64>,
    /// Length of the mask; absent for 0, the mask of the class.
    pub bits: Option<u8>,
    /// The other end of a point-to-point link; absent for 0.
    pub peer: Option<Ipv4Addr>,
    /// The link in the text.
    pub at: At,
    /// The other end in the text.
    #[serde(skip)]
    pub peer_at: At,
}

/// A BSDROUTINGPARMS statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    always: bool,
    entries: Vec<Entry>,
}

/// The entries.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Part {
    /// TRUE: the packet size of a link is for every destination.
    pub always: bool,
    /// In order.
    pub entries: Vec<Entry>,
}

/// Reads a BSDROUTINGPARMS statement.
pub fn read(view: &StmtView<'_>, cx: &mut Read<'_>) -> Typed {
    let entries = cx.entries(view, slot::ENTRY).filter_map(|entry| read_entry(&entry, cx)).collect();
    Typed { always: view.parts.has(slot::TRUE), entries }
}

fn read_entry(entry: &Parts<'_>, cx: &Read<'_>) -> Option<Entry> {
    let link = entry.get(slot::LINK)?;
    let peer = entry.get(slot::PEER);
    let last = entry.tokens().last().map_or(link.span, |(_, word)| word.span);
    Some(Entry {
        link: link.upper(),
        mtu: entry.get(slot::PACKET_SIZE).and_then(|word| word.number()),
        metric: entry.get(slot::METRIC).and_then(|word| word.number()),
        bits: cx.mask(entry, slot::MASK),
        peer: peer.and_then(|word| word.ipv4()).filter(|peer| !peer.is_unspecified()),
        at: cx.at(link.span),
        peer_at: cx.at(peer.map_or(last, |word| word.span)),
    })
}

impl List for Typed {
    type Entry = Entry;

    fn entries(&self) -> &[Entry] {
        &self.entries
    }

    fn entries_mut(&mut self) -> &mut Vec<Entry> {
        &mut self.entries
    }

    fn place(entry: &Entry) -> At {
        entry.at
    }
}

impl Typed {
    /// The first of a data set replaces the entries, each later one adds to them; no source confirms it (03 14.1).
    pub fn apply(&self, cx: &mut Apply<'_>) {
        let mut old = Vec::new();
        if cx.nth == 0 {
            let new: BTreeSet<&str> = self.entries.iter().map(|new| new.link.as_str()).collect();
            old = std::mem::take(&mut cx.config.bsdroutingparms.entries);
            for entry in &old {
                if !new.contains(entry.link.as_str()) {
                    cx.change_because(
                        cx.at,
                        Kind::Removed,
                        format!("BSDROUTINGPARMS {}", entry.link),
                        "the first BSDROUTINGPARMS of a data set replaces the entries and this one does not repeat it",
                    );
                }
            }
        }
        cx.config.bsdroutingparms.always = self.always;
        for entry in &self.entries {
            add(entry, &old, cx);
        }
    }
}

fn add(entry: &Entry, old: &[Entry], cx: &mut Apply<'_>) {
    let what = format!("BSDROUTINGPARMS {}", entry.link);
    let link = names::link(cx.config, &entry.link);
    if link.is_none() && !names::may_be_link(cx.config, &entry.link) {
        let dynamic =
            names::made(&entry.link).is_some() && names::interface(cx.config, &entry.link).is_none();
        if !names::refused(cx.config, &entry.link) && !dynamic {
            let report = if let Some(interface) = names::interface(cx.config, &entry.link) {
                Report::new(
                    &bsdroutingparms_link_unknown::RULE,
                    entry.at,
                    format!("{} is an INTERFACE, and BSDROUTINGPARMS is for LINKs only", entry.link),
                )
                .related(interface.at, "the interface")
                .note("take the entry out; an INTERFACE has its mask on IPADDR and its packet size on MTU")
            } else {
                let report = Report::new(
                    &bsdroutingparms_link_unknown::RULE,
                    entry.at,
                    format!(
                        "BSDROUTINGPARMS names {}, but no LINK of this name stands before it",
                        entry.link
                    ),
                );
                names::advise(report, &entry.link, names::links(cx.config), "links", cx.reports.len())
            };
            cx.reports.push(report);
        }
        cx.change_because(entry.at, Kind::Refused, what, "no link of this name");
        return;
    }
    if let Some(report) = link.and_then(|link| peer(entry, link)) {
        cx.reports.push(report);
    }
    let kind = match old.iter().find(|known| known.link == entry.link) {
        Some(known) if options::differ(known, entry, cx.phase) => Kind::Replaced,
        Some(_) if cx.phase == Phase::Obey => Kind::Unchanged,
        Some(_) | None => Kind::Added,
    };
    cx.change(entry.at, kind, what);
    cx.config.bsdroutingparms.entries.push(entry.clone());
}

/// The other end of a link where there is none, or none where there is one.
fn peer(entry: &Entry, link: &Link) -> Option<Report> {
    let many = link.is_lan() || matches!(link.kind(), "IPAQENET" | "IPAQIDIO" | "VIRTUAL");
    let message = match (entry.peer, link.kind()) {
        (None, "CTC") => Some(format!(
            "{} is a point-to-point link, and the address of its other end is missing",
            entry.link
        )),
        (Some(peer), _) if many => {
            Some(format!("{} reaches many hosts, so it has no other end such as {peer}", entry.link))
        }
        (None | Some(_), _) => None,
    };
    let report = Report::new(&bsdroutingparms_peer::RULE, entry.peer_at, message?)
        .related(link.at, format!("{} is {}", entry.link, link.kind()))
        .note("the last operand is 0 for LANs and VIPAs, and the other end for point-to-point links");
    Some(report)
}
