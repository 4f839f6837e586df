//! The short displays: D TCPIP,,SYSPLEX,GROUP and PORTS, D NET,STATS,TYPE=CFS, and NETSTAT STATS as far as it counts ephemeral
//! ports (04:3.1, 3.2, 7.11, 7.12).

use schemars::JsonSchema;
use serde::Serialize;

use super::line::Line;
use super::words::number;
use super::{Body, Head, Reader};

/// A range of ports, first and last.
pub type Ports = (u16, u16);

/// D TCPIP,,SYSPLEX,PORTS.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PortPool {
    /// EXPLICITBINDPORTRANGE that the stack is configured with.
    pub configured: Option<Ports>,
    /// That which is active in the group.
    pub active: Option<Ports>,
}

/// Ephemeral ports of a protocol.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Ephemeral {
    /// `TCP` or `UDP`.
    pub protocol: String,
    /// How many there are.
    pub configured: Option<u32>,
    /// In use.
    pub used: Option<u32>,
    /// Most in use at a time.
    pub most: Option<u32>,
    /// How often none was left.
    pub exhausted: Option<u32>,
}

/// A structure in the coupling facility, as VTAM shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Structure {
    /// Its name, such as `EZBEPORT`.
    pub name: String,
    /// VTAM is connected to it.
    pub connected: bool,
    /// Its type, such as `LIST`.
    pub kind: Option<String>,
    /// Number of list headers.
    pub lists: Option<u32>,
    /// Number of lock headers.
    pub locks: Option<u32>,
    /// Size of a storage element.
    pub element: Option<u32>,
    /// What its lists hold, a line each as printed.
    pub entries: Vec<String>,
}

/// `07000-07999`.
fn range(word: &str) -> Option<Ports> {
    let (first, last) = word.split_once('-')?;
    Some((number(first)?, number(last)?))
}

/// The stack and the system in front of `IS`, and what comes after it.
fn member(line: &Line<'_>) -> Option<(Head, Option<String>)> {
    line.row(|words| {
        let is =
            |at: usize, wanted: &str| words.get(at).is_some_and(|word| word.eq_ignore_ascii_case(wanted));
        let name = |at: usize| words.get(at).map(|word| word.to_ascii_uppercase());
        let head = |stack: usize, system: usize| Head {
            stack: name(stack),
            system: name(system),
            release: None,
            console: true,
        };
        if is(0, "SYSPLEX") && is(1, "GROUP") && is(2, "FOR") && is(4, "AT") && is(6, "IS") {
            return Some((head(3, 5), name(7)));
        }
        (is(0, "EZZ8269I") && is(3, "IS") && is(4, "NOT")).then(|| (head(1, 2), None))
    })
}

/// D TCPIP,,SYSPLEX,GROUP, or the message of a stack that is in no group: whose, and its reader.
pub(super) fn group(line: &Line<'_>) -> Option<(Head, Box<dyn Reader>)> {
    let (head, group) = member(line)?;
    Some((head, Box::new(Group(group))))
}

struct Group(Option<String>);

impl Reader for Group {
    fn line(&mut self, line: &Line<'_>) -> bool {
        member(line).is_some()
    }

    fn whole(&self) -> bool {
        true
    }

    fn body(self: Box<Self>) -> Body {
        Body::Group(self.0)
    }
}

/// D TCPIP,,SYSPLEX,PORTS while it is read.
#[derive(Default)]
pub(super) struct PoolRows(PortPool);

impl Reader for PoolRows {
    fn line(&mut self, line: &Line<'_>) -> bool {
        if line.has("No EXPLICITBINDPORTRANGE") {
            return true;
        }
        let pairs = line.pairs(&["Configured", "Active", "Configured Range", "Active Range"]);
        for (label, value) in &pairs {
            let ports = value.split_whitespace().next().and_then(range);
            if label.starts_with("Configured") {
                self.0.configured = ports;
            } else {
                self.0.active = ports;
            }
        }
        !pairs.is_empty() || line.has("EXPLICITBINDPORTRANGE")
    }

    fn whole(&self) -> bool {
        true
    }

    fn body(self: Box<Self>) -> Body {
        Body::PortPool(self.0)
    }
}

/// NETSTAT STATS while it is read.
#[derive(Default)]
pub(super) struct Statistics(Vec<Ephemeral>);

impl Reader for Statistics {
    fn goes_on(&self, line: &Line<'_>) -> bool {
        section(line).is_some()
    }

    fn line(&mut self, line: &Line<'_>) -> bool {
        if let Some(protocol) = section(line) {
            self.0.push(Ephemeral {
                protocol: protocol.to_owned(),
                configured: None,
                used: None,
                most: None,
                exhausted: None,
            });
            return true;
        }
        let words: Vec<String> = line.words().iter().map(|word| word.to_ascii_lowercase()).collect();
        let value = line.words().last().and_then(|word| number(word));
        if let Some(last) = self.0.last_mut().filter(|_| words.iter().any(|word| word == "ephemeral")) {
            let says = |part: &str| words.iter().any(|word| word.starts_with(part));
            if says("config") {
                last.configured = value;
            } else if says("exhaust") {
                last.exhausted = value;
            } else if says("max") {
                last.most = value;
            } else {
                last.used = value;
            }
        }
        // Other statistics belong to the report and are not needed.
        value.is_some() || line.has("Statistics")
    }

    fn body(self: Box<Self>) -> Body {
        Body::Statistics(self.0)
    }
}

/// The protocol of a section of NETSTAT STATS.
pub(super) fn section(line: &Line<'_>) -> Option<&'static str> {
    [("TCP Statistics", "TCP"), ("UDP Statistics", "UDP")]
        .into_iter()
        .find(|(title, _)| line.has(title))
        .map(|(_, protocol)| protocol)
}

/// D NET,STATS,TYPE=CFS while it is read.
#[derive(Default)]
pub(super) struct StructureRows(Structure);

/// Whether the display of a structure begins.
pub(super) fn structure(line: &Line<'_>) -> bool {
    line.has("Connected To Structure")
}

impl Reader for StructureRows {
    fn line(&mut self, line: &Line<'_>) -> bool {
        let after = |phrase: &[&str]| {
            line.row(|words| {
                let fits = phrase.iter().zip(words).filter(|(a, b)| a.eq_ignore_ascii_case(b)).count();
                if fits == phrase.len() { words.get(phrase.len()).copied() } else { None }
            })
        };
        if let Some(name) = after(&["CONNECTED", "TO", "STRUCTURE"]) {
            self.0.name = name.to_ascii_uppercase();
            self.0.connected = !line.has("Not Connected To Structure");
            return true;
        }
        if let Some(kind) = after(&["STRUCTURE", "TYPE", "="]) {
            self.0.kind = Some(kind.to_ascii_uppercase());
            return true;
        }
        let headers = (after(&["LIST", "HEADERS", "="]), after(&["LOCK", "HEADERS", "="]));
        if headers.0.is_some() || headers.1.is_some() {
            self.0.lists = headers.0.and_then(number);
            self.0.locks = headers.1.and_then(number);
            return true;
        }
        if let Some(size) = after(&["ELEMENT", "SIZE", "="]) {
            self.0.element = number(size);
            return true;
        }
        if let Some(entry) = line.row(|words| match words {
            [list, at, ..]
                if list.eq_ignore_ascii_case("LIST") && at.ends_with(|c: char| c.is_ascii_digit()) =>
            {
                Some(words.join(" "))
            }
            _ => None,
        }) {
            self.0.entries.push(entry.to_ascii_uppercase());
            return true;
        }
        line.words().iter().any(|word| word.to_ascii_uppercase().starts_with("IST"))
    }

    fn whole(&self) -> bool {
        true
    }

    fn body(self: Box<Self>) -> Body {
        Body::Structure(self.0)
    }
}
