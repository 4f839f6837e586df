//! Which words of a VIPADISTRIBUTE still say something: its ports and targets add up with those of other statements, so that places alone
//! do not tell.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use compiler::statements::Config;
use compiler::statements::vipadistribute::Targets;
use grammar::slot::vipadistribute as slot;
use grammar::tree::StmtView;
use grammar::values;

use super::cut::Span;

/// Targets, none for ALL, and SYSPLEXPORTS.
type Spread = (Option<BTreeSet<IpAddr>>, bool);

/// What is distributed: by DVIPA and port, none for every port.
pub(super) struct Distributed {
    ports: BTreeMap<(IpAddr, Option<u16>), Spread>,
    names: BTreeMap<String, IpAddr>,
    /// A statement without SYSPLEXPORTS goes where it came later: it would stand before the one that brings it, which has to be first.
    pub(super) strict: bool,
}

/// What goes of a statement.
pub(super) enum Goes {
    /// All of it.
    Whole,
    /// These words.
    Words(Vec<Span>),
}

impl Distributed {
    /// By a stack.
    pub(super) fn new(config: &Config, strict: bool) -> Self {
        let mut ports = BTreeMap::new();
        for one in config.vipadistribute.list.iter() {
            let targets = match &one.targets {
                Targets::All => None,
                Targets::List(list) => Some(list.iter().map(|target| target.xcf).collect()),
            };
            let value = (targets, one.cluster_ports);
            if one.ports.is_empty() {
                ports.insert((one.dvipa, None), value.clone());
            }
            ports.extend(one.ports.iter().map(|port| ((one.dvipa, Some(*port)), value.clone())));
        }
        let names = config.dvipa.list.iter();
        let names = names.filter_map(|dvipa| Some((dvipa.interface.clone()?, dvipa.address))).collect();
        Self { ports, names, strict }
    }

    /// What goes of a DEFINE.
    pub(super) fn goes(&self, view: &StmtView<'_>) -> Goes {
        let parts = &view.parts;
        let none = Goes::Words(Vec::new());
        if parts.has(slot::DELETE) || parts.bad() {
            return none;
        }
        let by_name = || parts.get(slot::INTERFACE).and_then(|word| self.names.get(&word.upper())).copied();
        let Some(dvipa) = parts.get(slot::DVIPA).and_then(|word| word.ip()).or_else(by_name) else {
            return none;
        };
        let flag = parts.has(slot::SYSPLEXPORTS) || parts.has(slot::CLUSTERPORTS);
        let mut left: Vec<&Option<BTreeSet<IpAddr>>> = Vec::new();
        let mut words = Vec::new();
        let mut keep = |port: Option<u16>| {
            let known = self.ports.get(&(dvipa, port));
            let known = known.filter(|(_, cluster)| *cluster == flag || *cluster && !self.strict);
            left.extend(known.map(|(targets, _)| targets));
            known.is_some()
        };
        let mut any = false;
        for word in parts.all(slot::PORTS) {
            any = true;
            let Some((first, last)) = values::port_range(word.text()) else { return none };
            if (first..=last).filter(|port| keep(Some(*port))).count() == 0 {
                words.push((word.span.start, word.span.end()));
            }
        }
        if !any {
            keep(None);
        }
        if left.is_empty() {
            return Goes::Whole;
        }
        let is_target =
            |xcf: IpAddr| left.iter().any(|known| known.as_ref().is_none_or(|all| all.contains(&xcf)));
        if parts.has(slot::ALL) {
            return if left.iter().any(|known| known.is_none()) { Goes::Words(words) } else { Goes::Whole };
        }
        let mut kept = false;
        for group in parts.groups(slot::TARGET) {
            match group.get(slot::XCF).and_then(|word| word.ip()) {
                Some(xcf) if !is_target(xcf) => {
                    words.extend(group.span().map(|span| (span.start, span.end())));
                }
                Some(_) | None => kept = true,
            }
        }
        if kept { Goes::Words(words) } else { Goes::Whole }
    }
}
