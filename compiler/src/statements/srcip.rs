//! SRCIP: source addresses by job and by destination (01 3).

use std::net::IpAddr;

use grammar::slot::srcip as slot;
use grammar::tree::{Parts, StmtView};
use grammar::values;
use ipnet::IpNet;
use serde::Serialize;

use super::Config;
use super::sourceipa::{For, Source};
use crate::apply::{Apply, Kind, Phase};
use crate::continued::List;
use crate::place::At;
use crate::read::Read;
use crate::report::Report;
use crate::rules::{srcip_entry_twice, srcip_family, srcip_twice};
use crate::table::{Keyed, Table};

/// Which sockets of a job an entry is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Those that connect.
    Client,
    /// Those that listen on no address.
    Server,
    /// Both.
    Both,
}

/// What an entry gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum From {
    /// This address.
    Address(IpAddr),
    /// The IPv6 address of this interface.
    Interface(String),
    /// TEMPADDRS: temporary IPv6 addresses first, no address of its own.
    Temporary,
    /// PUBLICADDRS: public IPv6 addresses first, no address of its own.
    Public,
}

impl From {
    /// A preference for one kind of IPv6 address instead of an address.
    #[must_use]
    pub fn is_preference(&self) -> bool {
        match self {
            Self::Temporary | Self::Public => true,
            Self::Address(_) | Self::Interface(_) => false,
        }
    }
}

/// An entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// Whom it is for.
    pub who: For,
    /// What it gives.
    pub from: From,
    /// CLIENT, SERVER or BOTH.
    pub role: Role,
    /// The job or destination in the text.
    pub at: At,
    /// The source in the text.
    #[serde(skip)]
    pub from_at: At,
}

/// An SRCIP block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    entries: Vec<Entry>,
}

/// The entries in force.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Part {
    /// In order of the text, which says nothing (SI-03).
    pub entries: Table<Entry>,
}

impl Keyed for Entry {
    fn keys(&self, add: &mut dyn FnMut(u64)) {
        add(self.who.key());
    }
}

/// Reads an SRCIP block. One with a mistake never comes here: the stack drops all of it (SI-02).
pub fn read(view: &StmtView<'_>, cx: &mut Read<'_>) -> Typed {
    let entries = cx.entries(view, slot::ENTRY);
    Typed { entries: entries.filter_map(|parts| entry(&parts, cx)).collect() }
}

fn entry(parts: &Parts<'_>, cx: &mut Read<'_>) -> Option<Entry> {
    let (who, word) = match (parts.get(slot::JOB), parts.get(slot::NETWORK)) {
        (Some(job), _) => (For::Job(job.upper()), job),
        (None, Some(network)) => (For::Destination(destination(network.text())?), network),
        (None, None) => return None,
    };
    let (from, from_at) = match (parts.get(slot::ADDRESS), parts.get(slot::INTERFACE)) {
        (Some(address), _) => (From::Address(cx.ip(address)?), cx.at(address.span)),
        (None, Some(name)) => (From::Interface(name.upper()), cx.at(name.span)),
        (None, None) if parts.has(slot::TEMPADDRS) => (From::Temporary, cx.at(word.span)),
        (None, None) => (From::Public, cx.at(word.span)),
    };
    let role = if parts.has(slot::BOTH) {
        Role::Both
    } else if parts.has(slot::SERVER) {
        Role::Server
    } else {
        Role::Client
    };
    Some(Entry { who, from, role, at: cx.at(word.span), from_at })
}

fn destination(text: &str) -> Option<IpNet> {
    match values::net(text) {
        Some((address, bits)) => IpNet::new(address, bits).ok().map(|net| net.trunc()),
        None => values::ip(text).map(IpNet::from),
    }
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
    /// The first block of a data set takes the place of the list, a second one is ignored (SI-01, SI-16).
    pub fn apply(&self, cx: &mut Apply<'_>) {
        if cx.nth > 0 {
            let mut report = Report::new(
                &srcip_twice::RULE,
                cx.at,
                format!("a second SRCIP in this data set is ignored, with its {}", count(self.entries.len())),
            )
            .note("put all entries into one block");
            if let Some(first) = cx.config.srcip.entries.first() {
                report = report.related(first.at, "the first block, which counts");
            }
            cx.reports.push(report);
            cx.say("EZZ0769I", cx.at, "SRCIP has already been specified; this one is ignored");
            cx.change_because(cx.at, Kind::Ignored, "SRCIP", "the data set has an SRCIP already");
            return;
        }
        let old = std::mem::take(&mut cx.config.srcip.entries);
        cx.config.srcip.entries.reserve(self.entries.len(), 1);
        for entry in &self.entries {
            self.check(entry, cx);
            let kept = old.with(entry.who.key()).any(|known| same(known, entry));
            let kind = if kept && cx.phase == Phase::Obey { Kind::Unchanged } else { Kind::Added };
            cx.became(entry.at, kind, || describe(entry));
            cx.config.srcip.entries.push(entry.clone());
        }
        let new = std::mem::take(&mut cx.config.srcip.entries);
        let repeated = |known: &&Entry| new.with(known.who.key()).any(|entry| same(known, entry));
        for entry in old.iter().filter(|known| !repeated(known)) {
            cx.change_because(
                cx.at,
                Kind::Removed,
                describe(entry),
                "an SRCIP takes the place of the whole list and this one does not repeat it",
            );
        }
        cx.config.srcip.entries = new;
    }

    fn check(&self, entry: &Entry, cx: &mut Apply<'_>) {
        let overlaps = |known: &&Entry| {
            known.who == entry.who
                && (known.role == entry.role || known.role == Role::Both || entry.role == Role::Both)
                && known.from.is_preference() == entry.from.is_preference()
                && family(known) == family(entry)
        };
        if let Some(first) = cx.config.srcip.entries.find(entry.who.key(), overlaps) {
            let report = Report::new(
                &srcip_entry_twice::RULE,
                entry.at,
                format!("SRCIP has two entries for {}, and only one of them can count", name(&entry.who)),
            )
            .related(first.at, "the first one")
            .note("which of the two it is, no source says; keep one");
            cx.reports.push(report);
        }
        if let (For::Destination(network), From::Address(address)) = (&entry.who, &entry.from)
            && network.addr().is_ipv4() != address.is_ipv4()
        {
            cx.reports.push(
                Report::new(
                    &srcip_family::RULE,
                    entry.from_at,
                    format!(
                        "connections to {network} cannot leave from {address}, which is of the other family"
                    ),
                )
                .note("give the destination a source address of its own family"),
            );
        }
    }
}

/// The entries that give outbound connections an address, with interfaces in place of their names.
#[must_use]
pub fn sources(config: &Config, interface: impl Fn(&str) -> Option<IpAddr>) -> Vec<Source> {
    let outbound = config.srcip.entries.iter().filter(|entry| entry.role != Role::Server);
    outbound
        .filter_map(|entry| {
            let address = match &entry.from {
                From::Address(address) => *address,
                From::Interface(name) => interface(name)?,
                From::Temporary | From::Public => return None,
            };
            Some(Source { address, who: entry.who.clone(), at: entry.from_at, who_at: entry.at })
        })
        .collect()
}

fn family(entry: &Entry) -> Option<bool> {
    match &entry.from {
        From::Address(address) => Some(address.is_ipv4()),
        From::Interface(_) => Some(false),
        From::Temporary | From::Public => None,
    }
}

fn same(one: &Entry, other: &Entry) -> bool {
    one.who == other.who && one.from == other.from && one.role == other.role
}

fn name(who: &For) -> String {
    match who {
        For::Job(job) => format!("JOBNAME {job}"),
        For::Destination(network) => format!("DESTINATION {network}"),
    }
}

fn describe(entry: &Entry) -> String {
    let from = match &entry.from {
        From::Address(address) => address.to_string(),
        From::Interface(name) => name.clone(),
        From::Temporary => "TEMPADDRS".to_owned(),
        From::Public => "PUBLICADDRS".to_owned(),
    };
    format!("SRCIP {} {from}", name(&entry.who))
}

fn count(entries: usize) -> String {
    if entries == 1 { "one entry".to_owned() } else { format!("{entries} entries") }
}
