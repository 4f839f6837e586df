//! A second reading of profiles and OBEYFILEs, by plain lists and linear scans: what is added, replaced and refused, record by record. It
//! shares nothing with the compiler but the text, and knows only what the generator writes: a statement a record, blocks over several.

use std::collections::BTreeSet;

/// What a stack holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stack {
    /// Name and number.
    pub devices: Vec<(String, String)>,
    /// Name, adapter, device.
    pub links: Vec<(String, String, String)>,
    /// Address and link.
    pub home: Vec<(String, String)>,
    /// Devices that are started.
    pub running: BTreeSet<String>,
    /// Destination, router, link, packet size.
    pub routes: Vec<(String, String, String, String)>,
    /// Port, protocol, job.
    pub ports: Vec<(String, String, String)>,
    /// Address, and the statement without it.
    pub dvipas: Vec<(String, String)>,
    /// Job and address.
    pub sources: Vec<(String, String)>,
    /// SOMAXCONN.
    pub backlog: Option<String>,
    /// XCFGRPID.
    pub group: Option<String>,
}

/// A data set on a stack. Gives the records of which the stack refuses something, from 1.
pub fn apply(stack: &mut Stack, text: &str, running: bool) -> BTreeSet<u32> {
    let mut reading = Reading {
        stack,
        running,
        refused: BTreeSet::new(),
        seen: BTreeSet::new(),
        defined: BTreeSet::new(),
        ignoring: false,
    };
    let records: Vec<(u32, Vec<&str>)> =
        (1..).zip(text.lines()).map(|(number, line)| (number, line.split_whitespace().collect())).collect();
    let last = |words: &[&str]| matches!(words.first(), Some(&"START" | &"STOP"));
    let dynamic = |words: &[&str]| words.first().is_some_and(|word| word.starts_with("VIPA"));
    // First everything else, then VIPADYNAMIC, then START and STOP.
    for (number, words) in records.iter().filter(|(_, words)| !last(words) && !dynamic(words)) {
        reading.one(*number, words);
    }
    for (number, words) in records.iter().filter(|(_, words)| dynamic(words)) {
        reading.dynamic(*number, words);
    }
    for (number, words) in records.iter().filter(|(_, words)| last(words)) {
        reading.start(*number, words);
    }
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
    /// In a block that is ignored.
    ignoring: bool,
}

impl Reading<'_> {
    fn no(&mut self, record: u32) {
        self.refused.insert(record);
    }

    fn one(&mut self, record: u32, words: &[&str]) {
        let text = |at: usize| words.get(at).map_or_else(String::new, |word| (*word).to_owned());
        match words.first().copied().unwrap_or("") {
            "DEVICE" => match self.stack.devices.iter().find(|(name, _)| *name == text(1)) {
                Some((_, number)) if *number == text(3) => {}
                Some(_) => self.no(record),
                None => self.stack.devices.push((text(1), text(3))),
            },
            "LINK" => {
                let (name, adapter, device) = (text(1), text(3), text(4));
                match self.stack.links.iter().find(|(known, ..)| *known == name) {
                    Some((_, number, of)) if self.running && *of == device => {
                        if *number != adapter {
                            self.no(record);
                        }
                    }
                    Some(_) => self.no(record),
                    None => {
                        let there = self.stack.devices.iter().any(|(known, _)| *known == device);
                        let twin = self
                            .stack
                            .links
                            .iter()
                            .any(|(_, number, of)| *of == device && *number == adapter);
                        if there && !twin {
                            self.stack.links.push((name, adapter, device));
                        } else {
                            self.no(record);
                        }
                    }
                }
            }
            "HOME" => {
                if self.seen.insert("HOME".to_owned()) {
                    self.stack.home.clear();
                }
                for pair in words.get(1..).unwrap_or(&[]).chunks(2) {
                    let (address, link) = (pair[0].to_owned(), pair[1].to_owned());
                    let twice = self.stack.home.iter().any(|(known, _)| *known == address);
                    if twice || !self.stack.links.iter().any(|(name, ..)| *name == link) {
                        self.no(record);
                    } else {
                        self.stack.home.push((address, link));
                    }
                }
            }
            "BEGINROUTES" if self.seen.insert("BEGINROUTES".to_owned()) => self.stack.routes.clear(),
            "ROUTE" => {
                let route = (text(1), text(2), text(3), text(5));
                let way = |known: &(String, String, String, String)| {
                    (&known.0, &known.1, &known.2) == (&route.0, &route.1, &route.2)
                };
                let there = self.stack.links.iter().any(|(name, ..)| *name == route.2);
                if !there || self.stack.routes.iter().any(way) {
                    self.no(record);
                } else {
                    self.stack.routes.push(route);
                }
            }
            "PORT" => {
                let entry = (text(1), text(2), text(3));
                if !self.stack.ports.contains(&entry) {
                    self.stack.ports.push(entry);
                }
            }
            "DELETE" => self.delete(record, words),
            "SRCIP" => {
                self.ignoring = !self.seen.insert("SRCIP".to_owned());
                if self.ignoring {
                    self.no(record);
                } else {
                    self.stack.sources.clear();
                }
            }
            "JOBNAME" if !self.ignoring => self.stack.sources.push((text(1), text(2))),
            "SOMAXCONN" => self.stack.backlog = Some(text(1)),
            "GLOBALCONFIG" => {
                if self.running && self.stack.group.as_ref() != Some(&text(2)) {
                    self.no(record);
                } else {
                    self.stack.group = Some(text(2));
                }
            }
            _ => {}
        }
    }

    fn delete(&mut self, record: u32, words: &[&str]) {
        let name = words.get(2).copied().unwrap_or("").to_owned();
        match words.get(1).copied().unwrap_or("") {
            "DEVICE" => {
                let known = self.stack.devices.iter().position(|(known, _)| *known == name);
                match known {
                    Some(at) if !(self.running && self.stack.running.contains(&name)) => {
                        self.stack.devices.remove(at);
                        self.stack.running.remove(&name);
                    }
                    Some(_) | None => self.no(record),
                }
            }
            "LINK" => {
                let known = self.stack.links.iter().position(|(known, ..)| *known == name);
                let active = |at: usize| self.running && self.stack.running.contains(&self.stack.links[at].2);
                match known {
                    Some(at) if !active(at) => {
                        self.stack.links.remove(at);
                        self.stack.home.retain(|(_, link)| *link != name);
                        self.stack.routes.retain(|(_, _, link, _)| *link != name);
                    }
                    Some(_) | None => self.no(record),
                }
            }
            _ => {
                let entry = (name, words[3].to_owned(), words[4].to_owned());
                match self.stack.ports.iter().position(|known| *known == entry) {
                    Some(at) => {
                        self.stack.ports.remove(at);
                    }
                    None => self.no(record),
                }
            }
        }
    }

    fn dynamic(&mut self, record: u32, words: &[&str]) {
        let Some((&address, rest)) = words.split_last() else { return };
        let statement = rest.join(" ");
        let known = self.stack.dvipas.iter().position(|(known, _)| known == address);
        match words[0] {
            "VIPADYNAMIC" => {}
            "VIPADELETE" => match known {
                Some(at) => {
                    self.stack.dvipas.remove(at);
                    self.defined.remove(address);
                }
                None => self.no(record),
            },
            _ if self.stack.home.iter().any(|(home, _)| home == address) => self.no(record),
            _ => {
                let again = !self.defined.insert(address.to_owned());
                match known {
                    None => self.stack.dvipas.push((address.to_owned(), statement)),
                    Some(at) => {
                        let old = &mut self.stack.dvipas[at].1;
                        let replaces = self.running && !again && old.split(' ').next() == Some(words[0]);
                        if *old != statement && !replaces {
                            self.no(record);
                        } else {
                            *old = statement;
                        }
                    }
                }
            }
        }
    }

    fn start(&mut self, record: u32, words: &[&str]) {
        let name = words[1].to_owned();
        if !self.stack.devices.iter().any(|(known, _)| *known == name) {
            self.no(record);
        } else if words[0] == "START" {
            self.stack.running.insert(name);
        } else {
            self.stack.running.remove(&name);
        }
    }
}
