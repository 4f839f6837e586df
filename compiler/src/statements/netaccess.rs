//! NETACCESS: networks that need the permission of the security server (02 13).

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::Arc;

use grammar::description::Slot;
use grammar::slot::netaccess as slot;
use grammar::tree::{Parts, StmtView};
use grammar::values;
use ipnet::IpNet;
use serde::Serialize;

use super::ipconfig::Placed;
use super::options;
use crate::apply::{Apply, Kind, Phase};
use crate::continued::List;
use crate::name::{Name, upper};
use crate::place::At;
use crate::read::Read;
use crate::report::Report;
use crate::rules::{netaccess_host_bits, netaccess_network_twice, netaccess_nothing_checked};

/// What an entry is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Network {
    /// A network, host bits cleared.
    Net(IpNet),
    /// DEFAULT.
    Default,
    /// DEFAULTHOME.
    Home,
}

/// An entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// The network.
    pub network: Network,
    /// Last qualifier of the resource.
    pub zone: Name,
    /// The network in the text.
    pub at: At,
    /// The address as written, if it has bits behind the mask.
    #[serde(skip)]
    pub host: Option<IpAddr>,
}

/// A NETACCESS block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    inbound: Option<Placed<bool>>,
    outbound: Option<Placed<bool>>,
    cache: Option<&'static str>,
    entries: Arc<Vec<Entry>>,
}

/// The table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Part {
    /// INBOUND.
    pub inbound: bool,
    /// OUTBOUND.
    pub outbound: bool,
    /// CACHEPERMIT or CACHESAME; absent for CACHEALL, the default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cache: Option<&'static str>,
    /// In order; the statement that brings them shares them.
    pub entries: Arc<Vec<Entry>>,
}

/// Which answers of the security server are remembered.
const CACHE: [(Slot, &str); 2] = [(slot::CACHEPERMIT, "CACHEPERMIT"), (slot::CACHESAME, "CACHESAME")];

/// Reads a NETACCESS block.
pub fn read(view: &StmtView<'_>, cx: &mut Read<'_>) -> Typed {
    let entries = cx.entries(view, slot::ENTRY);
    let mut entries: Vec<Entry> = entries.filter_map(|parts| entry(&parts, cx)).collect();
    entries.shrink_to_fit();
    let parts = &view.parts;
    Typed {
        inbound: options::flag(parts, slot::INBOUND, slot::NOINBOUND, cx),
        outbound: options::flag(parts, slot::OUTBOUND, slot::NOOUTBOUND, cx),
        cache: options::chosen(parts, &CACHE),
        entries: Arc::new(entries),
    }
}

fn entry(parts: &Parts<'_>, cx: &mut Read<'_>) -> Option<Entry> {
    let zone = upper(parts.get(slot::ZONE)?);
    let word = parts.get(slot::NET).or_else(|| parts.get(slot::NET6));
    let found = match (word, parts.get(slot::ADDRESS)) {
        (Some(word), _) => values::net(word.text()).map(|(address, bits)| (address, bits, word)),
        (None, Some(word)) => {
            let bits = cx.mask(parts, slot::MASK)?;
            word.ip().map(|address| (address, bits, word))
        }
        (None, None) => None,
    };
    if let Some((address, bits, word)) = found {
        let net = IpNet::new(address, bits).ok()?.trunc();
        let host = (net.addr() != address).then_some(address);
        return Some(Entry { network: Network::Net(net), zone, at: cx.at(word.span), host });
    }
    let (network, word) = match (parts.get(slot::DEFAULT), parts.get(slot::DEFAULTHOME)) {
        (Some(word), _) => (Network::Default, word),
        (None, Some(word)) => (Network::Home, word),
        (None, None) => return None,
    };
    Some(Entry { network, zone, at: cx.at(word.span), host: None })
}

impl List for Typed {
    type Entry = Entry;

    fn entries(&self) -> &[Entry] {
        &self.entries
    }

    fn entries_mut(&mut self) -> &mut Vec<Entry> {
        Arc::make_mut(&mut self.entries)
    }

    fn place(entry: &Entry) -> At {
        entry.at
    }

    fn also(&mut self, more: &Self) {
        self.inbound = more.inbound.or(self.inbound);
        self.outbound = more.outbound.or(self.outbound);
        self.cache = more.cache.or(self.cache);
    }
}

impl Typed {
    /// A block is taken to replace the table (02 13).
    pub fn apply(&self, cx: &mut Apply<'_>) {
        if let (Some(outbound), false) = (options::off(self.outbound), options::on(self.inbound).is_some()) {
            cx.reports.push(
                Report::new(
                    &netaccess_nothing_checked::RULE,
                    outbound,
                    "NOOUTBOUND without INBOUND: this NETACCESS checks nothing",
                )
                .note("NOINBOUND is the default; write INBOUND, or take NOOUTBOUND out"),
            );
        }
        let old = std::mem::take(&mut cx.config.netaccess.entries);
        // Of each network its first name, and the first other one.
        let mut names: BTreeMap<Network, (&Entry, Option<&Entry>)> = BTreeMap::new();
        for entry in self.entries.iter() {
            if let (Some(host), Network::Net(net)) = (entry.host, entry.network) {
                cx.reports.push(
                    Report::new(
                        &netaccess_host_bits::RULE,
                        entry.at,
                        format!("{host} is no network of this length; the network is {net}"),
                    )
                    .note(format!("write {net}, or a longer prefix if the host itself is meant")),
                );
            }
            let (first, second) = names.entry(entry.network).or_insert((entry, None));
            if second.is_none() && first.zone != entry.zone {
                *second = Some(entry);
            }
            let first = [Some(*first), *second].into_iter().flatten().find(|known| known.zone != entry.zone);
            if let Some(first) = first {
                cx.reports.push(
                    Report::new(
                        &netaccess_network_twice::RULE,
                        entry.at,
                        format!(
                            "{} is mapped to {} and to {}",
                            describe(entry.network),
                            first.zone,
                            entry.zone
                        ),
                    )
                    .related(first.at, format!("mapped to {} here", first.zone))
                    .note("a network has one name; take one of the entries out"),
                );
            }
            let kept = cx.phase == Phase::Obey && old.iter().any(|known| known.pair() == entry.pair());
            cx.became(entry.at, if kept { Kind::Unchanged } else { Kind::Added }, || entry.what());
        }
        for gone in old.iter().filter(|old| !self.entries.iter().any(|entry| entry.pair() == old.pair())) {
            cx.change_because(
                cx.at,
                Kind::Removed,
                gone.what(),
                "a NETACCESS takes the place of the whole table and this one does not repeat it",
            );
        }
        cx.config.netaccess = Part {
            inbound: options::on(self.inbound).is_some(),
            outbound: options::off(self.outbound).is_none(),
            cache: self.cache,
            entries: Arc::clone(&self.entries),
        };
    }
}

impl Entry {
    fn pair(&self) -> (Network, &str) {
        (self.network, &self.zone)
    }
    fn what(&self) -> String {
        format!("NETACCESS {} {}", describe(self.network), self.zone)
    }
}

fn describe(network: Network) -> String {
    match network {
        Network::Net(net) => net.to_string(),
        Network::Default => "DEFAULT".to_owned(),
        Network::Home => "DEFAULTHOME".to_owned(),
    }
}
