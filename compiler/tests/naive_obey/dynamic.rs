//! VIPADYNAMIC.

use std::collections::BTreeSet;

use super::{Reading, Statement};

impl Reading<'_> {
    pub(super) fn dynamic(&mut self, one: &Statement<'_>) {
        match one.word(0) {
            "VIPADEFINE" => self.define(one, 4),
            "VIPABACKUP" => self.define(one, 2),
            "VIPADELETE" => {
                for at in 1..one.words.len() {
                    let address = one.word(at);
                    match self.stack.dvipas.iter().position(|(known, _)| known == address) {
                        Some(known) => {
                            self.stack.dvipas.remove(known);
                            self.stack.distributed.retain(|(dvipa, _), _| dvipa != address);
                            self.defined.remove(address);
                        }
                        None => self.no(one, at),
                    }
                }
            }
            "VIPARANGE" => {
                let moveable = if one.has("DISRUPTIVE") { "DISRUPTIVE" } else { "NONDISRUPTIVE" };
                let at = one.words.len() - 1;
                let bits = if one.word(at - 1).ends_with(".240") { "28" } else { "29" };
                let subnet = format!("{}/{bits}", one.word(at));
                let known = self.stack.subnets.iter().position(|(known, _)| *known == subnet);
                match (one.word(1), known) {
                    ("DELETE", Some(at)) => drop(self.stack.subnets.remove(at)),
                    ("DELETE", None) => self.no(one, 0),
                    (_, Some(at)) => self.stack.subnets[at].1 = moveable.to_owned(),
                    (_, None) => self.stack.subnets.push((subnet, moveable.to_owned())),
                }
            }
            "VIPAROUTE" => {
                let way = (one.text(2), one.text(3));
                let known = self.stack.ways.iter().position(|known| *known == way);
                match (one.word(1), known) {
                    ("DELETE", Some(at)) => drop(self.stack.ways.remove(at)),
                    ("DELETE", None) => self.no(one, 0),
                    (_, Some(_)) => {}
                    (_, None) => self.stack.ways.push(way),
                }
            }
            "VIPASMPARMS" => self.options(one),
            "VIPADISTRIBUTE" => self.distribute(one),
            _ => {}
        }
    }

    /// VIPADEFINE or VIPABACKUP; its addresses begin with this word.
    fn define(&mut self, one: &Statement<'_>, first: usize) {
        let statement = one.words[..first].join(" ");
        for at in first..one.words.len() {
            let address = one.word(at);
            let xcf = self.stack.options.get("IPCONFIG DYNAMICXCF");
            let is_xcf = xcf.is_some_and(|xcf| xcf.split(' ').nth(1) == Some(address));
            if self.at_home(address) || is_xcf {
                self.no(one, at);
                continue;
            }
            let again = !self.defined.insert(address.to_owned());
            let known = self.stack.dvipas.iter_mut().find(|(known, _)| known == address);
            let Some((_, old)) = known else {
                self.stack.dvipas.push((address.to_owned(), statement.clone()));
                continue;
            };
            let replaces = self.running && !again && old.split(' ').next() == Some(one.word(0));
            if *old != statement && !replaces {
                self.no(one, at);
            } else {
                old.clone_from(&statement);
            }
        }
    }

    fn distribute(&mut self, one: &Statement<'_>) {
        let place = |word: &str| one.words.iter().position(|known| *known == word);
        let to = place("DESTIP").expect("DESTIP");
        let port = place("PORT");
        let at = port.unwrap_or(to) - 1;
        let dvipa = one.text(at);
        let ports: Vec<String> = match port {
            Some(port) => one.words[port + 1..to].iter().map(|port| (*port).to_owned()).collect(),
            None => vec!["*".to_owned()],
        };
        let targets: BTreeSet<String> = one.words[to + 1..].iter().map(|word| (*word).to_owned()).collect();
        if !self.stack.dvipas.iter().any(|(known, _)| *known == dvipa) {
            self.no(one, at);
            return;
        }
        let flags = |stack: &super::Stack| -> Vec<bool> {
            let of = stack.distributed.iter().filter(|((known, _), _)| *known == dvipa);
            of.map(|(_, (_, _, flag))| *flag).collect()
        };
        let there = flags(self.stack);
        if one.word(1) == "DELETE" {
            if there.contains(&false) {
                self.taken.insert(dvipa.clone());
            }
            let mut found = false;
            for port in ports {
                let key = (dvipa.clone(), port);
                let Some((known, ..)) = self.stack.distributed.get_mut(&key) else { continue };
                let all = targets.contains("ALL");
                // A target by itself cannot be taken out of ALL.
                if !all && (known.contains("ALL") || known.is_disjoint(&targets)) {
                    continue;
                }
                found = true;
                known.retain(|target| !all && !targets.contains(target));
                if known.is_empty() {
                    self.stack.distributed.remove(&key);
                }
            }
            if !found {
                self.no(one, at);
            }
            return;
        }
        let asks = one.has("SYSPLEXPORTS");
        // It has to be on the first statement of a DVIPA, where it counts for all of them.
        if asks && (there.contains(&false) || self.taken.contains(&dvipa)) {
            self.no(one, at);
            return;
        }
        let method = place("DISTMETHOD").map_or("BASEWLM", |at| one.word(at + 1)).to_owned();
        let flag = asks || there.contains(&true);
        for port in ports {
            let entry = self.stack.distributed.entry((dvipa.clone(), port));
            let (known, of, ports) = entry.or_default();
            known.extend(targets.iter().cloned());
            if known.contains("ALL") {
                *known = BTreeSet::from(["ALL".to_owned()]);
            }
            of.clone_from(&method);
            *ports = flag;
        }
    }
}
