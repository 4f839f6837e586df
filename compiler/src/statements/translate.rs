//! TRANSLATE: hardware addresses of other hosts (03 11).

use std::collections::BTreeSet;
use std::net::Ipv4Addr;

use grammar::description::Slot;
use grammar::slot::translate as slot;
use grammar::tree::StmtView;
use serde::Serialize;

use crate::apply::{Apply, Kind, Phase};
use crate::place::At;
use crate::read::Read;
use crate::report::Report;
use crate::rules::{translate_link_unknown, translate_without_arp};
use crate::statements::{names, options};

/// An entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// The other host.
    pub address: Ipv4Addr,
    /// Its hardware address, upper case.
    pub hardware: String,
    /// IBMTR, FDDI, HCH or NSAP; absent for ETHERNET.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub network: Option<&'static str>,
    /// The link.
    pub link: String,
    /// The address in the text.
    pub at: At,
    /// The link in the text.
    #[serde(skip)]
    pub link_at: At,
}

/// A TRANSLATE statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    entries: Vec<Entry>,
}

/// The table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Part {
    /// In order.
    pub entries: Vec<Entry>,
}

/// Kinds of network of which hardware addresses are written, but for Ethernet.
const NETWORKS: [(Slot, &str); 4] =
    [(slot::IBMTR, "IBMTR"), (slot::FDDI, "FDDI"), (slot::HCH, "HCH"), (slot::NSAP, "NSAP")];

/// Reads a TRANSLATE statement.
pub fn read(view: &StmtView<'_>, cx: &mut Read<'_>) -> Typed {
    let mut entries = Vec::new();
    for entry in cx.entries(view, slot::ENTRY) {
        let hardware = entry.get(slot::MAC_ADDRESS).or_else(|| entry.get(slot::ATM_ADDRESS));
        let (Some(word), Some(hardware), Some(link)) =
            (entry.get(slot::ADDRESS), hardware, entry.get(slot::LINK))
        else {
            continue;
        };
        let Some(address) = word.ipv4() else { continue };
        let (at, link_at) = (cx.at(word.span), cx.at(link.span));
        let network = options::chosen(&entry, &NETWORKS);
        entries.push(Entry { address, hardware: hardware.upper(), network, link: link.upper(), at, link_at });
    }
    Typed { entries }
}

impl Typed {
    /// The first TRANSLATE of a data set replaces the table, each later one adds to it (TRN-06).
    pub fn apply(&self, cx: &mut Apply<'_>) {
        let mut old = Vec::new();
        if cx.nth == 0 {
            let new: BTreeSet<(Ipv4Addr, &str)> =
                self.entries.iter().map(|new| (new.address, new.link.as_str())).collect();
            old = std::mem::take(&mut cx.config.translate.entries);
            for entry in &old {
                if !new.contains(&(entry.address, entry.link.as_str())) {
                    cx.change_because(
                        cx.at,
                        Kind::Removed,
                        format!("TRANSLATE {} {}", entry.address, entry.link),
                        "the first TRANSLATE of a data set replaces the table and this one does not repeat it",
                    );
                }
            }
        }
        for entry in &self.entries {
            add(entry, &old, cx);
        }
    }
}

fn add(entry: &Entry, old: &[Entry], cx: &mut Apply<'_>) {
    let what = format!("TRANSLATE {} {}", entry.address, entry.link);
    let link = names::link(cx.config, &entry.link);
    if link.is_none() && !names::may_be_link(cx.config, &entry.link) {
        if !names::refused(cx.config, &entry.link) {
            let report = Report::new(
                &translate_link_unknown::RULE,
                entry.link_at,
                format!("TRANSLATE names {}, but no LINK of this name stands before it", entry.link),
            );
            cx.reports.push(match names::interface(cx.config, &entry.link) {
                Some(interface) => {
                    report.related(interface.at, format!("{} is an INTERFACE", entry.link)).note(
                        "an adapter with an INTERFACE asks for hardware addresses itself; take the entry out",
                    )
                }
                None => {
                    names::advise(report, &entry.link, names::links(cx.config), "links", cx.reports.len())
                }
            });
        }
        cx.change_because(entry.at, Kind::Refused, what, "no link of this name");
        return;
    }
    if let Some(link) = link.filter(|link| matches!(link.kind(), "IPAQENET" | "IPAQIDIO")) {
        let report = Report::new(
            &translate_without_arp::RULE,
            entry.link_at,
            format!(
                "the adapter of {} finds hardware addresses itself, so this entry has no effect",
                entry.link
            ),
        )
        .related(link.at, format!("{} is {}", entry.link, link.kind()))
        .note("TRANSLATE helps where the stack asks for hardware addresses, as on LCS Ethernet");
        cx.reports.push(report);
    }
    let same = |known: &&Entry| known.address == entry.address && known.link == entry.link;
    let kind = match old.iter().find(same) {
        Some(known) if options::differ(known, entry, cx.phase) => Kind::Replaced,
        Some(_) if cx.phase == Phase::Obey => Kind::Unchanged,
        Some(_) | None => Kind::Added,
    };
    cx.change(entry.at, kind, what);
    cx.config.translate.entries.push(entry.clone());
}
