//! Symbolic addresses: `[addresses]` of the sysplex description, both ways.

use std::collections::BTreeMap;
use std::net::IpAddr;

/// Names of addresses. A name is found whatever its case; an address with several names shows the first in name order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Addresses {
    by_name: BTreeMap<String, IpAddr>,
    by_address: BTreeMap<IpAddr, String>,
}

impl Addresses {
    /// Takes the table of the description.
    #[must_use]
    pub fn new(table: &BTreeMap<String, IpAddr>) -> Self {
        let mut addresses = Self::default();
        for (name, address) in table {
            addresses.by_name.insert(name.to_ascii_uppercase(), *address);
            addresses.by_address.entry(*address).or_insert_with(|| name.clone());
        }
        addresses
    }

    /// The address of a name.
    #[must_use]
    pub fn address(&self, name: &str) -> Option<IpAddr> {
        self.by_name.get(&name.to_ascii_uppercase()).copied()
    }

    /// The name of an address.
    #[must_use]
    pub fn name(&self, address: IpAddr) -> Option<&str> {
        self.by_address.get(&address).map(String::as_str)
    }

    /// Every name, sorted.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        self.by_name.keys().cloned().collect()
    }

    /// For people: `203.0.113.1 (DVA1)`, or the address alone.
    #[must_use]
    pub fn show(&self, address: IpAddr) -> String {
        match self.name(address) {
            Some(name) => format!("{address} ({name})"),
            None => address.to_string(),
        }
    }

    /// The name where there is one, else the address: for a scenario that is written by the program.
    #[must_use]
    pub fn write(&self, address: IpAddr) -> String {
        self.name(address).map_or_else(|| address.to_string(), str::to_owned)
    }

    /// Puts the names behind the addresses of a sentence: `203.0.113.1 moves` becomes `203.0.113.1 (DVA1) moves`.
    #[must_use]
    pub fn annotate(&self, sentence: &str) -> String {
        let part_of_address = |c: char| c.is_ascii_hexdigit() || c == '.' || c == ':';
        let mut out = String::with_capacity(sentence.len());
        let mut rest = sentence;
        while let Some(start) = rest.find(part_of_address) {
            let (before, from) = rest.split_at(start);
            out.push_str(before);
            let end = from.find(|c| !part_of_address(c)).unwrap_or(from.len());
            let (run, behind) = from.split_at(end);
            let glued = before.chars().last().is_some_and(char::is_alphanumeric)
                || behind.chars().next().is_some_and(char::is_alphanumeric);
            // A sentence may end behind an address; an IPv6 address may end with colons.
            let word = if run.parse::<IpAddr>().is_ok() { run } else { run.trim_end_matches(['.', ':']) };
            out.push_str(word);
            if !glued
                && let Ok(address) = word.parse::<IpAddr>()
                && let Some(name) = self.name(address)
                && !behind.trim_start().starts_with(&format!("({name})"))
            {
                out.push_str(&format!(" ({name})"));
            }
            out.push_str(run.get(word.len()..).unwrap_or(""));
            rest = behind;
        }
        out.push_str(rest);
        out
    }
}
