//! HOME: addresses of LINKs, in an order that matters (03 3).

use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use grammar::slot::home as slot;
use grammar::tree::{Span, StmtView};
use serde::Serialize;

use crate::apply::{Apply, Kind, Phase};
use crate::continued::List;
use crate::finding::Effect;
use crate::name::{Name, upper};
use crate::place::At;
use crate::read::Read;
use crate::report::Report;
use crate::rules::{
    home_address_twice, home_again, home_link_twice, home_link_unknown, home_list_shortened, home_loopback,
    home_names_interface,
};
use crate::statements::{interface, interface_checks, names, undetermined};
use crate::table::{Keyed, Table, key};

/// An address and its link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// The address.
    pub address: Ipv4Addr,
    /// The link, or LOOPBACK.
    pub link: Name,
    /// The address in the text.
    pub at: At,
    /// The link in the text, in the section of the address.
    #[serde(skip)]
    link_span: Span,
}

impl Entry {
    /// The link in the text.
    #[must_use]
    pub fn link_at(&self) -> At {
        self.at.beside(self.link_span)
    }
}

impl Keyed for Entry {
    fn keys(&self, add: &mut dyn FnMut(u64)) {
        add(key(self.address));
        add(key(self.link.as_str()));
    }
}

/// A HOME statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    /// Entries that the stack takes.
    pub entries: Vec<Arc<Entry>>,
}

/// The HOME list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Part {
    /// In order; the order decides the source VIPA (HOM-13) and the primary interface (HOM-15).
    pub list: Table<Arc<Entry>>,
    /// The first HOME of the data set, until the data set ends.
    #[serde(skip)]
    first: Option<At>,
}

/// Reads a HOME statement.
pub fn read(view: &StmtView<'_>, cx: &mut Read<'_>) -> Typed {
    let mut entries = Vec::new();
    for entry in cx.entries(view, slot::ENTRY) {
        let [Some(address), Some(link)] = entry.firsts([slot::ADDRESS, slot::LINK]) else { continue };
        let Some(IpAddr::V4(value)) = cx.ip(address) else { continue };
        let (at, link_span) = (cx.at(address.span), cx.span(link.span));
        entries.push(Arc::new(Entry { address: value, link: upper(link), at, link_span }));
    }
    entries.shrink_to_fit();
    Typed { entries }
}

impl List for Typed {
    type Entry = Arc<Entry>;

    fn entries(&self) -> &[Arc<Entry>] {
        &self.entries
    }

    fn entries_mut(&mut self) -> &mut Vec<Arc<Entry>> {
        &mut self.entries
    }

    fn place(entry: &Arc<Entry>) -> At {
        entry.at
    }
}

/// So many entries of a long list have what is known of them fetched at the same time.
const TOGETHER: usize = 32;

fn fetch(entries: &[Arc<Entry>], cx: &Apply<'_>) {
    for entry in entries {
        let link = key(entry.link.as_str());
        cx.config.link.links.fetch(link);
        cx.config.home.list.fetch(link);
        cx.config.home.list.fetch(key(entry.address));
    }
    // Then the links themselves.
    for entry in entries {
        std::hint::black_box(names::link(cx.config, &entry.link));
    }
}

impl Typed {
    /// The first HOME of a data set replaces the list, each later one adds to it (HOM-04).
    pub fn apply(&self, cx: &mut Apply<'_>) {
        cx.config.primaryinterface.home = true;
        if cx.nth == 0 {
            cx.config.home.first = Some(cx.at);
            let old = std::mem::take(&mut cx.config.home.list);
            if cx.phase == Phase::Obey {
                let new: BTreeSet<(Ipv4Addr, &str)> = self.entries.iter().map(|entry| entry.pair()).collect();
                for entry in old.iter().filter(|old| !new.contains(&old.pair())) {
                    cx.change_because(
                        cx.at,
                        Kind::Removed,
                        format!("HOME {} {}", entry.address, entry.link),
                        "the first HOME of a data set replaces the whole list and this one does not repeat it",
                    );
                }
                for entry in self.entries.iter().filter(|new| listed(&old, new)) {
                    cx.change(entry.at, Kind::Unchanged, format!("HOME {} {}", entry.address, entry.link));
                }
            }
            cx.config.home.list.reserve(self.entries.len(), 2);
            for some in self.entries.chunks(TOGETHER) {
                fetch(some, cx);
                for entry in some {
                    let kept = listed(&old, entry);
                    self.add(entry, kept, cx);
                }
            }
            return;
        }
        // Told once: the third and fourth HOME do the same.
        if cx.nth == 1 {
            let mut report = Report::new(
                &home_again::RULE,
                cx.at,
                "a further HOME adds to the list of the first one and does not take its place",
            )
            .note("only the first HOME of a data set replaces the list; put all addresses into one HOME");
            if let Some(first) = cx.config.home.first {
                report = report.related(first, "the first HOME of the data set");
            }
            cx.reports.push(report);
        }
        for entry in &self.entries {
            self.add(entry, false, cx);
        }
    }

    fn add(&self, entry: &Arc<Entry>, kept: bool, cx: &mut Apply<'_>) {
        let what = || format!("HOME {} {}", entry.address, entry.link);
        if entry.address == Ipv4Addr::LOCALHOST {
            cx.say("EZZ0344I", entry.at, "127.0.0.1 cannot be in the HOME list");
            cx.change_because(
                entry.at,
                Kind::Refused,
                what(),
                "127.0.0.1 is always there and cannot be added",
            );
            cx.reports.push(
                Report::new(&home_loopback::RULE, entry.at, "127.0.0.1 cannot be put into the HOME list")
                    .note("the loopback address is always there; take the entry out, or give another address for LOOPBACK"),
            );
            return;
        }
        if names::refused(cx.config, &entry.link) {
            cx.change_because(entry.at, Kind::Refused, what(), "the link was refused");
            return;
        }
        let linked = names::link(cx.config, &entry.link).is_some();
        let interface = if linked { None } else { names::interface(cx.config, &entry.link) };
        if let Some(interface) = interface {
            let report = Report::new(
                &home_names_interface::RULE,
                entry.link_at(),
                format!("{} is an INTERFACE, and HOME is for LINKs only", entry.link),
            )
            .related(interface.at, "the interface")
            .note("take the entry out; an INTERFACE has its address on IPADDR");
            cx.reports.push(report);
            cx.change_because(entry.at, Kind::Refused, what(), "an INTERFACE");
            return;
        }
        if let Some((name, at)) = interface::holder(cx.config, IpAddr::V4(entry.address)) {
            let listed =
                cx.config.home.list.with(key(entry.address)).any(|known| known.address == entry.address);
            let message = if listed {
                format!("{} is already in the HOME list, for {name}", entry.address)
            } else {
                format!("{} is already an address of {name} on this stack", entry.address)
            };
            cx.reports.push(
                Report::new(&home_address_twice::RULE, entry.at, message)
                    .related(at, format!("{} first stands here", entry.address))
                    .note("give each link an address of its own"),
            );
            cx.say("EZZ0619I", entry.at, format!("{} is on the stack twice", entry.address));
            cx.change_because(entry.at, Kind::Refused, what(), "the address is already there");
            return;
        }
        if let Some(report) = interface_checks::reserved(entry.address, entry.at) {
            cx.reports.push(report.effect(Effect::EntryIgnored));
            cx.say("EZZ0617I", entry.at, format!("{} is a reserved address", entry.address));
            cx.change_because(entry.at, Kind::Refused, what(), "a reserved address");
            return;
        }
        let known = entry.link == "LOOPBACK" || linked || names::may_be_link(cx.config, &entry.link);
        if !known {
            let mut report = Report::new(
                &home_link_unknown::RULE,
                entry.link_at(),
                format!("HOME names {}, but no LINK of this name stands before it", entry.link),
            );
            report = if cx.config.link.links.is_empty() {
                report
                    .wants(&entry.link, "links")
                    .note("no LINK stands before this HOME; an INTERFACE has its address on IPADDR, not here")
            } else {
                names::advise(report, &entry.link, names::links(cx.config), "links", cx.reports.len())
            };
            cx.reports.push(report);
            cx.change_because(entry.at, Kind::Refused, what(), "no link of this name");
            return;
        }
        let first = cx
            .config
            .home
            .list
            .with(key(entry.link.as_str()))
            .find(|known| known.link == entry.link && known.link != "LOOPBACK");
        // An entry whose address is a symbol without a value gives the link one as well.
        let open = || {
            let beside = |word: &undetermined::Word| word.operand == "link" && word.at != entry.link_at();
            let at = cx.config.undetermined.stated(&["HOME"], &entry.link, beside)?;
            Some((at, format!("{} has an address already", entry.link))).filter(|_| entry.link != "LOOPBACK")
        };
        let first = first.map(|first| {
            (first.link_at(), format!("{} has an address already, {}", entry.link, first.address))
        });
        if let Some((at, message)) = first.or_else(open) {
            cx.reports.push(
                Report::new(&home_link_twice::RULE, entry.link_at(), message)
                    .related(at, "the first entry")
                    .note("give each address a link of its own; only LOOPBACK may have several"),
            );
        }
        if !kept {
            cx.added(entry.at, what);
        }
        cx.config.home.list.push(Arc::clone(entry));
    }
}

/// At the end of an OBEYFILE data set, says which addresses its HOME has taken away.
pub fn end(cx: &mut Apply<'_>) {
    let Some(first) = cx.config.home.first.take() else { return };
    if cx.phase == Phase::Initial {
        return;
    }
    let removed = |change: &&crate::apply::Change| {
        change.kind == Kind::Removed && change.at == first && change.what.starts_with("HOME ")
    };
    // A later HOME of the data set may have brought it back.
    let entries = cx.config.home.list.iter();
    let list: BTreeSet<String> =
        entries.map(|entry| format!("HOME {} {}", entry.address, entry.link)).collect();
    let back = |what: &str| list.contains(what);
    let added: BTreeSet<String> = cx
        .changes
        .iter()
        .filter(|change| removed(change) && back(&change.what))
        .map(|change| change.what.clone())
        .collect();
    if !added.is_empty() {
        cx.changes.retain(|change| !(removed(&change) && added.contains(&change.what)));
        for change in cx.changes.iter_mut().filter(|change| added.contains(&change.what)) {
            change.kind = if change.kind == Kind::Added { Kind::Unchanged } else { change.kind };
        }
    }
    let gone: Vec<String> = cx
        .changes
        .iter()
        .filter(removed)
        .filter_map(|change| change.what.strip_prefix("HOME ").filter(|_| !back(&change.what)))
        .map(str::to_owned)
        .collect();
    if gone.is_empty() {
        return;
    }
    cx.reports.push(
        Report::new(
            &home_list_shortened::RULE,
            first,
            format!("this HOME takes addresses away that it does not repeat: {}", gone.join(", ")),
        )
        .note("the first HOME of a data set replaces the whole list; repeat every entry that is to stay"),
    );
}

impl Entry {
    fn pair(&self) -> (Ipv4Addr, &str) {
        (self.address, &self.link)
    }
}

/// Whether a list has an entry.
fn listed(list: &Table<Arc<Entry>>, entry: &Entry) -> bool {
    list.with(key(entry.address)).any(|known| known.pair() == entry.pair())
}
