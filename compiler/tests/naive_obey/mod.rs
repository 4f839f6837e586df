//! A second reading of profiles and OBEYFILEs, by plain lists and linear scans: what is added, replaced and refused, record by record. It
//! shares nothing with the compiler but the text, and knows only what the generator writes: statements that begin in column 1 and go
//! on in records that begin with a blank, with the statements of a block between them.

#![allow(
    dead_code,
    clippy::type_complexity,
    reason = "each test file uses a part; entries are told apart by their words"
)]

mod dynamic;
pub mod generate;
pub mod held;
mod options;
mod statements;
pub mod write;

use std::collections::{BTreeMap, BTreeSet};

/// What a stack holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stack {
    /// Name and number.
    pub devices: Vec<(String, String)>,
    /// Name, adapter, device.
    pub links: Vec<(String, String, String)>,
    /// Name, type with port, addresses with whether they are deprecated.
    pub interfaces: Vec<(String, String, Vec<(String, bool)>)>,
    /// More addresses of LOOPBACK6.
    pub loopback: Vec<String>,
    /// Address and link.
    pub home: Vec<(String, String)>,
    /// Devices and interfaces that are started.
    pub running: BTreeSet<String>,
    /// Destination, router, link, packet size.
    pub routes: Vec<(String, String, String, String)>,
    /// Port, protocol, job, and whether it is shared.
    pub ports: Vec<(String, String, String, bool)>,
    /// Protocol and job of UNRSV.
    pub unreserved: Vec<(String, String)>,
    /// First and last port, protocol, job.
    pub ranges: Vec<(u32, u32, String, String)>,
    /// Address, and the statement without it.
    pub dvipas: Vec<(String, String)>,
    /// DVIPA and port, `*` for any: targets, method, SYSPLEXPORTS.
    pub distributed: BTreeMap<(String, String), (BTreeSet<String>, String, bool)>,
    /// Subnet and DISRUPTIVE or not.
    pub subnets: Vec<(String, String)>,
    /// VIPAROUTE.
    pub ways: Vec<(String, String)>,
    /// Job or destination, and address.
    pub sources: Vec<(String, String)>,
    /// INBOUND and OUTBOUND.
    pub checks: (bool, bool),
    /// Network and zone.
    pub zones: Vec<(String, String)>,
    /// Procedure and job.
    pub procedures: Vec<(String, String)>,
    /// PRIMARYINTERFACE.
    pub primary: Option<String>,
    /// There is an IPSEC, with or without LOGENABLE.
    pub filter: Option<bool>,
    /// Options by statement and first keyword of the family.
    pub options: BTreeMap<String, String>,
}

impl Stack {
    /// The same without options that say what holds anyway.
    #[must_use]
    pub fn without_defaults(&self) -> Self {
        let mut stack = self.clone();
        stack.options.retain(|key, value| {
            let statement = key.split(' ').next().unwrap_or("");
            !options::DEFAULTS.contains(&(statement, value.as_str()))
        });
        stack
    }

    /// The same with the lists in order of which the order means nothing to the stack.
    #[must_use]
    pub fn sorted(&self) -> Self {
        let mut stack = self.clone();
        stack.devices.sort();
        stack.links.sort();
        stack.routes.sort();
        stack.ports.sort();
        stack.unreserved.sort();
        stack.ranges.sort();
        stack.dvipas.sort();
        stack.subnets.sort();
        stack.ways.sort();
        stack.zones.sort();
        stack.procedures.sort();
        stack
    }
}

/// A statement, each word with its record.
#[derive(Clone, Debug)]
struct Statement<'t> {
    words: Vec<&'t str>,
    records: Vec<u32>,
}

impl<'t> Statement<'t> {
    fn word(&self, at: usize) -> &'t str {
        self.words.get(at).copied().unwrap_or("")
    }

    fn text(&self, at: usize) -> String {
        self.word(at).to_owned()
    }

    fn has(&self, word: &str) -> bool {
        self.words.contains(&word)
    }
}

/// The statements of a data set, comments left out.
fn read(text: &str) -> Vec<Statement<'_>> {
    let mut all: Vec<Statement<'_>> = Vec::new();
    for (record, line) in (1..).zip(text.lines()) {
        let code = line.split(';').next().unwrap_or("");
        for (nth, word) in code.split_whitespace().enumerate() {
            if nth == 0 && !line.starts_with(' ') {
                all.push(Statement { words: Vec::new(), records: Vec::new() });
            }
            let last = all.last_mut().expect("a first statement");
            last.words.push(word);
            last.records.push(record);
        }
    }
    all
}

/// A data set on a stack. Gives the records of which the stack refuses something, from 1.
pub fn apply(stack: &mut Stack, text: &str, running: bool) -> BTreeSet<u32> {
    let mut reading = Reading {
        stack,
        running,
        refused: BTreeSet::new(),
        seen: BTreeSet::new(),
        defined: BTreeSet::new(),
        taken: BTreeSet::new(),
        ignoring: false,
    };
    let all = read(text);
    let last = |one: &Statement<'_>| matches!(one.word(0), "START" | "STOP");
    let dynamic = |one: &Statement<'_>| one.word(0).starts_with("VIPA");
    // First everything else, then VIPADYNAMIC, then START and STOP.
    for one in all.iter().filter(|one| !last(one) && !dynamic(one)) {
        reading.one(one);
    }
    for one in all.iter().filter(|one| dynamic(one)) {
        reading.dynamic(one);
    }
    for one in all.iter().filter(|one| last(one)) {
        reading.start(one);
    }
    reading.end();
    reading.refused
}

struct Reading<'s> {
    stack: &'s mut Stack,
    /// The stack runs: this is an OBEYFILE.
    running: bool,
    refused: BTreeSet<u32>,
    /// Statements that the data set has had: of some the first replaces, of some only the first counts.
    seen: BTreeSet<String>,
    /// DVIPAs that the data set has defined.
    defined: BTreeSet<String>,
    /// DVIPAs without SYSPLEXPORTS from whose distribution the data set has taken something.
    taken: BTreeSet<String>,
    /// In a block that is ignored.
    ignoring: bool,
}

impl Reading<'_> {
    fn no(&mut self, one: &Statement<'_>, word: usize) {
        self.refused.insert(one.records[word]);
    }

    /// Whether a device or interface is started when OBEYFILE comes.
    fn active(&self, name: &str) -> bool {
        self.running && self.stack.running.contains(name)
    }

    fn is_link(&self, name: &str) -> bool {
        self.stack.links.iter().any(|(known, ..)| known == name)
    }

    fn interface(&self, name: &str) -> Option<usize> {
        self.stack.interfaces.iter().position(|(known, ..)| known == name)
    }

    /// Whether a link or interface has the address.
    fn at_home(&self, address: &str) -> bool {
        let of_interface = |addresses: &[(String, bool)]| addresses.iter().any(|(known, _)| known == address);
        self.stack.home.iter().any(|(known, _)| known == address)
            || self.stack.interfaces.iter().any(|(_, _, addresses)| of_interface(addresses))
    }

    /// The end of a data set: a HOME without PRIMARYINTERFACE makes its first entry primary, unless an INTERFACE is.
    fn end(&mut self) {
        if self.running && self.seen.contains("HOME") && !self.seen.contains("primary") {
            let named = self.stack.primary.take();
            self.stack.primary = named.filter(|name| self.interface(name).is_some());
        }
    }
}
