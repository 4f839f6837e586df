//! NETSTAT SRCIP (04:7.8): source addresses by job and by destination.

use ipnet::IpNet;
use schemars::JsonSchema;
use serde::Serialize;

use super::line::Line;
use super::words::address;
use super::{Body, Reader};

/// An entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SourceEntry {
    /// Whom it is for.
    pub who: SourceFor,
    /// Address, interface name, TEMPADDRS or PUBLICADDRS, as written.
    pub source: String,
    /// C, S or B: client, server, both; only for jobs.
    pub role: Option<char>,
}

/// Selector of an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SourceFor {
    /// Job name, perhaps with wildcards.
    Job(String),
    /// Destination.
    Destination(IpNet),
}

/// The report while it is read.
#[derive(Default)]
pub(super) struct Rows {
    rows: Vec<SourceEntry>,
    destinations: bool,
    pending: Option<IpNet>,
}

const LABELS: &[&str] = &["Destination", "Source"];

impl Reader for Rows {
    fn goes_on(&self, line: &Line<'_>) -> bool {
        line.has("Source IP Address Based on")
    }

    fn line(&mut self, line: &Line<'_>) -> bool {
        if line.has("Source IP Address Based on") {
            self.destinations = line.has("Destination");
            return true;
        }
        if line.has("Job Name") || line.starts(&["Destination", "Source"]) {
            return true;
        }
        if !self.destinations {
            let row = line.row(job);
            let read = row.is_some();
            self.rows.extend(row);
            return read;
        }
        let pairs = line.pairs(LABELS);
        for (label, value) in &pairs {
            match (*label, self.pending.take()) {
                ("Destination", _) => self.pending = network(value),
                (_, Some(to)) => self.rows.push(to_destination(to, value)),
                (_, None) => {}
            }
        }
        let row = if pairs.is_empty() { line.row(destination) } else { None };
        let read = !pairs.is_empty() || row.is_some();
        self.rows.extend(row);
        read
    }

    fn body(self: Box<Self>) -> Body {
        Body::Sources(self.rows)
    }
}

/// `APPA* IPV4 C 192.0.2.9`.
fn job(words: &[&str]) -> Option<SourceEntry> {
    let [job, family, rest @ ..] = words else { return None };
    if !family.eq_ignore_ascii_case("IPV4") && !family.eq_ignore_ascii_case("IPV6") {
        return None;
    }
    let role = |word: &str| {
        let mut letters = word.chars();
        letters
            .next()
            .filter(|c| matches!(c.to_ascii_uppercase(), 'C' | 'S' | 'B') && letters.next().is_none())
    };
    let (role, source) = match rest {
        [flag, source] => (role(flag), source),
        [source] => (None, source),
        _ => return None,
    };
    Some(SourceEntry { who: SourceFor::Job((*job).to_owned()), source: (*source).to_owned(), role })
}

/// `198.51.100.0/24 192.0.2.9`.
fn destination(words: &[&str]) -> Option<SourceEntry> {
    let [to, source] = words else { return None };
    Some(to_destination(network(to)?, source))
}

fn to_destination(to: IpNet, source: &str) -> SourceEntry {
    SourceEntry { who: SourceFor::Destination(to), source: source.to_owned(), role: None }
}

fn network(word: &str) -> Option<IpNet> {
    let (address, bits) = address(word)?;
    IpNet::new(address, bits.unwrap_or(if address.is_ipv4() { 32 } else { 128 })).ok().map(|net| net.trunc())
}
