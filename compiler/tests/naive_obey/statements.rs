//! Devices, links, interfaces, lists, ports.

use super::{Reading, Statement};

impl Reading<'_> {
    pub(super) fn one(&mut self, one: &Statement<'_>) {
        match one.word(0) {
            "DEVICE" => match self.stack.devices.iter().find(|(name, _)| *name == one.word(1)) {
                Some((_, number)) if *number == one.word(3) => {}
                Some(_) => self.no(one, 0),
                None => self.stack.devices.push((one.text(1), one.text(3))),
            },
            "LINK" => self.link(one),
            "INTERFACE" => self.an_interface(one),
            "HOME" => {
                if self.seen.insert("HOME".to_owned()) {
                    self.stack.home.clear();
                }
                for at in (1..one.words.len()).step_by(2) {
                    let (address, link) = (one.text(at), one.text(at + 1));
                    if self.at_home(&address) || !self.is_link(&link) {
                        self.no(one, at);
                    } else {
                        self.stack.home.push((address, link));
                    }
                }
            }
            "BEGINROUTES" if self.seen.insert("BEGINROUTES".to_owned()) => self.stack.routes.clear(),
            "ROUTE" => {
                let route = (one.text(1), one.text(2), one.text(3), one.text(5));
                let way = |known: &(String, String, String, String)| {
                    (&known.0, &known.1, &known.2) == (&route.0, &route.1, &route.2)
                };
                let ipv4 =
                    self.interface(&route.2).is_some_and(|at| !self.stack.interfaces[at].1.contains('6'));
                if !(self.is_link(&route.2) || ipv4) || self.stack.routes.iter().any(way) {
                    self.no(one, 0);
                } else {
                    self.stack.routes.push(route);
                }
            }
            "PORT" => self.ports(one),
            "PORTRANGE" => self.ranges(one),
            "DELETE" => self.delete(one),
            "SRCIP" => {
                self.ignoring = !self.seen.insert("SRCIP".to_owned());
                if self.ignoring {
                    self.no(one, 0);
                } else {
                    self.stack.sources.clear();
                }
            }
            "JOBNAME" | "DESTINATION" if !self.ignoring => {
                self.stack.sources.push((one.text(1), one.text(2)));
            }
            "AUTOLOG" => {
                let inner = &one.words[1..one.words.len() - 1];
                for (at, word) in inner.iter().enumerate() {
                    if *word == "JOBNAME" || at > 0 && inner[at - 1] == "JOBNAME" {
                        continue;
                    }
                    let job = if inner.get(at + 1) == Some(&"JOBNAME") { inner[at + 2] } else { word };
                    let entry = ((*word).to_owned(), job.to_owned());
                    if !self.stack.procedures.contains(&entry) {
                        self.stack.procedures.push(entry);
                    }
                }
            }
            "NETACCESS" => {
                self.stack.checks = (one.has("INBOUND"), !one.has("NOOUTBOUND"));
                let is_flag = |word: &&&str| word.ends_with("BOUND");
                let first = 1 + one.words[1..].iter().take_while(is_flag).count();
                let entries = one.words[first..one.words.len() - 1].chunks(2);
                self.stack.zones = entries.map(|pair| (pair[0].to_owned(), pair[1].to_owned())).collect();
            }
            "IPSEC" => {
                if self.seen.insert("IPSEC".to_owned()) {
                    self.stack.filter = Some(one.has("LOGENABLE"));
                } else {
                    self.no(one, 0);
                }
            }
            "PRIMARYINTERFACE" => {
                let name = one.text(1);
                let ipv4 = self.interface(&name).is_some_and(|at| !self.stack.interfaces[at].1.contains('6'));
                if self.is_link(&name) || ipv4 {
                    self.stack.primary = Some(name);
                    self.seen.insert("primary".to_owned());
                } else {
                    self.no(one, 0);
                }
            }
            _ => self.options(one),
        }
    }

    fn link(&mut self, one: &Statement<'_>) {
        let (name, adapter, device) = (one.text(1), one.text(3), one.text(4));
        match self.stack.links.iter().find(|(known, ..)| *known == name) {
            Some((_, number, of)) if self.running && *of == device => {
                if *number != adapter {
                    self.no(one, 0);
                }
            }
            Some(_) => self.no(one, 0),
            None => {
                let there = self.stack.devices.iter().any(|(known, _)| *known == device);
                let twin = |known: &(String, String, String)| known.2 == device && known.1 == adapter;
                if there && !self.stack.links.iter().any(twin) {
                    self.stack.links.push((name, adapter, device));
                } else {
                    self.no(one, 0);
                }
            }
        }
    }

    fn an_interface(&mut self, one: &Statement<'_>) {
        let name = one.text(1);
        let address = one.text(3);
        if name == "LOOPBACK6" {
            let known = self.stack.loopback.iter().position(|known| *known == address);
            match (one.word(2), known) {
                ("ADDADDR", None) => self.stack.loopback.push(address),
                ("ADDADDR", Some(_)) => {}
                (_, Some(at)) => drop(self.stack.loopback.remove(at)),
                (_, None) => self.no(one, 0),
            }
            return;
        }
        let known = self.interface(&name);
        match (one.word(2), known) {
            ("DEFINE", known) => {
                let kind = format!("{} {}", one.word(3), one.word(5));
                let addresses: Vec<(String, bool)> =
                    one.words[7..].iter().map(|address| ((*address).to_owned(), false)).collect();
                let is = |at: usize| {
                    let (_, known_kind, known) = &self.stack.interfaces[at];
                    *known_kind == kind && *known == addresses
                };
                if let Some(at) = known {
                    if !is(at) {
                        self.no(one, 0);
                    }
                } else if self.stack.interfaces.iter().any(|(_, known, _)| *known == kind)
                    || addresses.iter().any(|(address, _)| self.at_home(address))
                {
                    self.no(one, 0);
                } else {
                    self.stack.interfaces.push((name, kind, addresses));
                }
            }
            (_, None) => self.no(one, 0),
            ("DELETE", Some(_)) if self.active(&name) => self.no(one, 0),
            ("DELETE", Some(at)) => {
                self.stack.interfaces.remove(at);
                self.stack.running.remove(&name);
                self.stack.routes.retain(|(_, _, over, _)| *over != name);
            }
            (_, Some(at)) if !self.stack.interfaces[at].1.contains('6') => self.no(one, 0),
            (action, Some(at)) => {
                let addresses = &mut self.stack.interfaces[at].2;
                let place = addresses.iter().position(|(known, _)| *known == address);
                match (action, place) {
                    ("ADDADDR", None) => addresses.push((address, false)),
                    ("ADDADDR", Some(_)) => {}
                    ("DELADDR", Some(place)) => drop(addresses.remove(place)),
                    (_, Some(place)) => addresses[place].1 = true,
                    (_, None) => self.no(one, 0),
                }
            }
        }
    }

    fn ports(&mut self, one: &Statement<'_>) {
        let mut at = 1;
        while at < one.words.len() {
            if one.word(at) == "UNRSV" {
                let entry = (one.text(at + 1), one.text(at + 2));
                if entry.1 == "*" && self.stack.unreserved.contains(&entry) {
                    self.no(one, at);
                } else {
                    self.stack.unreserved.push(entry);
                }
                at += 3;
                continue;
            }
            let shared = one.word(at + 3) == "SHAREPORT";
            let entry = (one.text(at), one.text(at + 1), one.text(at + 2), shared);
            let port: u32 = entry.0.parse().expect("a port");
            if self.stack.ranges.iter().any(|range| range.2 == entry.1 && range.0 <= port && port <= range.1)
            {
                self.no(one, at);
            } else if !self.stack.ports.contains(&entry) {
                self.stack.ports.push(entry);
            }
            at += if shared { 4 } else { 3 };
        }
    }

    fn ranges(&mut self, one: &Statement<'_>) {
        for at in (1..one.words.len()).step_by(4) {
            let range = range(one, at);
            if self.running && self.stack.ranges.contains(&range) {
                continue;
            }
            let meets = |known: &&(u32, u32, String, String)| {
                known.2 == range.2 && known.0 <= range.1 && range.0 <= known.1
            };
            let inside = |known: &&(String, String, String, bool)| {
                let port: u32 = known.0.parse().expect("a port");
                known.1 == range.2 && range.0 <= port && port <= range.1
            };
            if self.stack.ranges.iter().find(meets).is_some()
                || self.stack.ports.iter().find(inside).is_some()
            {
                self.no(one, at);
            } else {
                self.stack.ranges.push(range);
            }
        }
    }

    fn delete(&mut self, one: &Statement<'_>) {
        let name = one.text(2);
        match one.word(1) {
            "DEVICE" => match self.stack.devices.iter().position(|(known, _)| *known == name) {
                Some(at) if !self.active(&name) => {
                    self.stack.devices.remove(at);
                    self.stack.running.remove(&name);
                }
                Some(_) | None => self.no(one, 0),
            },
            "LINK" => match self.stack.links.iter().position(|(known, ..)| *known == name) {
                Some(at) if !self.active(&self.stack.links[at].2) => {
                    self.stack.links.remove(at);
                    self.stack.home.retain(|(_, link)| *link != name);
                    self.stack.routes.retain(|(_, _, link, _)| *link != name);
                }
                Some(_) | None => self.no(one, 0),
            },
            "PORTRANGE" => {
                let range = range(one, 2);
                match self.stack.ranges.iter().position(|known| *known == range) {
                    Some(at) => drop(self.stack.ranges.remove(at)),
                    None => self.no(one, 0),
                }
            }
            _ if name == "UNRSV" => {
                let before = self.stack.unreserved.len();
                let entry = (one.text(3), one.text(4));
                self.stack.unreserved.retain(|known| *known != entry);
                if self.stack.unreserved.len() == before {
                    self.no(one, 0);
                }
            }
            _ => {
                let before = self.stack.ports.len();
                let meant = |known: &(String, String, String, bool)| {
                    (&*known.0, &*known.1, &*known.2) == (&name, one.word(3), one.word(4))
                };
                self.stack.ports.retain(|known| !meant(known));
                if self.stack.ports.len() == before {
                    self.no(one, 0);
                }
            }
        }
    }

    pub(super) fn start(&mut self, one: &Statement<'_>) {
        let name = one.text(1);
        let device = self.stack.devices.iter().any(|(known, _)| *known == name);
        if !device && self.interface(&name).is_none() {
            self.no(one, 0);
        } else if one.word(0) == "START" {
            self.stack.running.insert(name);
        } else {
            self.stack.running.remove(&name);
        }
    }
}

/// First and last port, protocol, job.
fn range(one: &Statement<'_>, at: usize) -> (u32, u32, String, String) {
    let number = |at: usize| -> u32 { one.word(at).parse().expect("a number") };
    (number(at), number(at) + number(at + 1) - 1, one.text(at + 2), one.text(at + 3))
}
