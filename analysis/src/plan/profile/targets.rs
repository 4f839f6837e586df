//! Which words of a VIPADISTRIBUTE still say something: its ports and targets add up with those of other statements, so that places alone
//! do not tell.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use compiler::statements::Config;
use compiler::statements::vipadistribute::Targets;
use grammar::slot::vipadistribute as slot;
use grammar::tree::{StmtView, Word};
use grammar::values;

use super::cut::{self, Span};

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
    /// Its ports go different ways: these statements take its place.
    Anew(Vec<String>),
}

/// What of a statement a port keeps: the numbers of its targets, none for ALL.
type Keeps = Option<Vec<usize>>;

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
        let mut targets: Vec<(Option<IpAddr>, Span)> = Vec::new();
        for group in parts.groups(slot::TARGET) {
            let xcf = group.get(slot::XCF).and_then(|word| word.ip());
            targets.extend(group.span().map(|span| (xcf, (span.start, span.end()))));
        }
        let all = parts.has(slot::ALL);
        // What a port keeps of the statement; none where it is distributed no more.
        let keeps = |port: Option<u16>| -> Option<Keeps> {
            let (known, cluster) = self.ports.get(&(dvipa, port))?;
            if !(*cluster == flag || *cluster && !self.strict) {
                return None;
            }
            let stays = |xcf: &Option<IpAddr>| match (xcf, known) {
                (Some(xcf), Some(known)) => known.contains(xcf),
                (None, _) | (_, None) => true,
            };
            match (all, known) {
                (true, None) => Some(None),
                (true, Some(_)) => None,
                (false, _) => {
                    let kept = targets.iter().enumerate().filter(|(_, (xcf, _))| stays(xcf));
                    let kept: Vec<usize> = kept.map(|(number, _)| number).collect();
                    (!kept.is_empty()).then_some(Some(kept))
                }
            }
        };
        let mut ways: BTreeMap<Keeps, BTreeSet<u16>> = BTreeMap::new();
        let (mut words, mut split) = (Vec::new(), false);
        let written: Vec<Word<'_>> = parts.all(slot::PORTS).collect();
        for word in &written {
            let Some((first, last)) = values::port_range(word.text()) else { return none };
            let mut stay = 0;
            for port in first..=last {
                if let Some(kept) = keeps(Some(port)) {
                    ways.entry(kept).or_default().insert(port);
                    stay += 1;
                }
            }
            if stay == 0 {
                words.push((word.span.start, word.span.end()));
            }
            split |= stay > 0 && stay <= last - first;
        }
        if written.is_empty()
            && let Some(kept) = keeps(None)
        {
            ways.entry(kept).or_default();
        }
        let gone = |kept: &Keeps| -> Vec<Span> {
            let gone = |number: &usize| kept.as_ref().is_some_and(|kept| !kept.contains(number));
            let spans = targets.iter().enumerate().filter(|(number, _)| gone(number));
            spans.map(|(_, (_, span))| *span).collect()
        };
        match ways.iter().next() {
            None => Goes::Whole,
            Some((kept, _)) if ways.len() == 1 && !split => {
                words.extend(gone(kept));
                Goes::Words(words)
            }
            Some(_) => Goes::Anew(anew(view, &written, ways.iter().map(|(kept, ports)| (ports, gone(kept))))),
        }
    }
}

/// A statement for each way that its ports go: these ports, and without these words.
fn anew<'w>(
    view: &StmtView<'_>,
    written: &[Word<'_>],
    ways: impl Iterator<Item = (&'w BTreeSet<u16>, Vec<Span>)>,
) -> Vec<String> {
    let extent = view.stmt.extent;
    let text = view.section.text_of(extent);
    let ranges = written.iter().any(|word| word.text().contains('-'));
    let one = |(ports, gone): (&BTreeSet<u16>, Vec<Span>)| {
        let mut edits: BTreeMap<Span, String> = gone.into_iter().map(|span| (span, String::new())).collect();
        for (number, word) in written.iter().enumerate() {
            let new = if number == 0 { listed(ports, ranges) } else { String::new() };
            edits.insert((word.span.start, word.span.end()), new);
        }
        let here = |at: u32| at.saturating_sub(extent.start);
        let edits = edits.into_iter().map(|((start, end), new)| ((here(start), here(end)), new)).collect();
        cut::apply(text, &edits).trim_end().to_owned()
    };
    let mut all: Vec<String> = ways.map(one).collect();
    // What a comment says is said once.
    for more in all.iter_mut().skip(1) {
        let code: Vec<&str> = cut::code(more).filter(|line| !line.trim().is_empty()).collect();
        *more = code.join("\n");
    }
    all
}

/// Ports as a statement lists them: runs as ranges, where it has some.
fn listed(ports: &BTreeSet<u16>, ranges: bool) -> String {
    let mut runs: Vec<(u16, u16)> = Vec::new();
    for port in ports {
        match runs.last_mut().filter(|(_, last)| ranges && last.checked_add(1) == Some(*port)) {
            Some((_, last)) => *last = *port,
            None => runs.push((*port, *port)),
        }
    }
    let run = |(first, last): &(u16, u16)| {
        if first == last { first.to_string() } else { format!("{first}-{last}") }
    };
    runs.iter().map(run).collect::<Vec<_>>().join(" ")
}
