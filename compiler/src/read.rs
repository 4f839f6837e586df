//! From the tree of a statement to its typed form.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::Arc;

use grammar::description::{Drops, Slot};
use grammar::tree::{Entry, Parts, Span, StmtView, Word};
use grammar::values;

use crate::Dialect;
use crate::description::{Release, nearest};
use crate::place::{At, SectionKey};
use crate::report::Report;
use crate::rules;
use crate::setup::StackSetup;
use crate::symbols::SpanMap;

/// What the meaning of a section depends on besides its text. Stacks that agree in it share the reading.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Env {
    /// Dialect of the profile.
    pub dialect: Dialect,
    /// Target release.
    pub release: Release,
    /// The symbols that the section uses, with their values.
    pub symbols: BTreeMap<String, String>,
    /// Whether that is all of them: without a description nothing tells what a system has.
    pub described: bool,
    /// Symbolic addresses, for the founding documents only.
    pub addresses: Arc<BTreeMap<String, IpAddr>>,
}

impl Env {
    /// That of a stack for text with these symbols.
    pub(crate) fn of(setup: &StackSetup, symbols: BTreeMap<String, String>) -> Self {
        let addresses = match setup.dialect {
            Dialect::Founding => Arc::clone(&setup.addresses),
            Dialect::Zos => Arc::new(BTreeMap::new()),
        };
        Self {
            dialect: setup.dialect,
            release: setup.release,
            symbols,
            described: setup.described,
            addresses,
        }
    }
}

/// Given to each statement's reader.
pub struct Read<'a> {
    /// Dialect, release, symbols, addresses.
    pub env: &'a Env,
    /// The section.
    pub key: SectionKey,
    /// Where it starts in what the parser gave.
    pub base: u32,
    /// The way back from resolved symbols, if the section has any.
    pub map: Option<&'a SpanMap>,
    /// Findings.
    pub reports: &'a mut Vec<Report>,
}

/// A span of what the parser gave as a span of its section.
pub(crate) fn placed(span: Span, base: u32, map: Option<&SpanMap>) -> Span {
    match map {
        Some(map) => map.typed(span),
        None => Span { start: span.start.saturating_sub(base), len: span.len },
    }
}

impl Read<'_> {
    /// The place of a span.
    #[must_use]
    pub fn at(&self, span: Span) -> At {
        At { section: self.key, span: placed(span, self.base, self.map) }
    }

    /// The same without the section, for a second place in it: see [`At::beside`].
    #[must_use]
    pub fn span(&self, span: Span) -> Span {
        placed(span, self.base, self.map)
    }

    /// An address, literal or symbolic. A symbolic one that is not declared is reported.
    pub fn ip(&mut self, word: Word<'_>) -> Option<IpAddr> {
        if let Some(address) = word.ip() {
            return Some(address);
        }
        if self.env.dialect != Dialect::Founding {
            return None;
        }
        let name = word.upper();
        if let Some(address) = self.env.addresses.get(&name) {
            return Some(*address);
        }
        if !name.starts_with(|letter: char| letter.is_ascii_alphabetic()) {
            return None;
        }
        let mut report = Report::new(
            &rules::symbolic_address_unknown::RULE,
            self.at(word.span),
            format!("{name} is no address and [addresses] of sysplex.toml does not name it"),
        );
        report = match nearest(&name, self.env.addresses.keys().map(String::as_str)) {
            Some(near) => report.note(format!("did you mean {near}?")),
            None => report.note(format!("add `{name} = \"...\"` under [addresses]")),
        };
        self.reports.push(report);
        None
    }

    /// The entries of a list that the stack takes, by what it drops after a mistake.
    pub fn entries<'s>(&self, view: &StmtView<'s>, slot: Slot) -> impl Iterator<Item = Parts<'s>> + use<'s> {
        let drops = view.desc().map_or(Drops::Unknown, |desc| desc.drops);
        let taken = move |entry: &Entry<'_>| match drops {
            Drops::Entry => !entry.bad,
            Drops::RestOfList => !entry.bad && !entry.spoilt,
            Drops::Statement | Drops::RestOfBlock | Drops::Block | Drops::Unknown => true,
        };
        view.parts.entries(slot).filter(taken).map(|entry| entry.parts)
    }

    /// A dotted mask as the length of its prefix.
    #[must_use]
    pub fn mask(&self, parts: &Parts<'_>, slot: Slot) -> Option<u8> {
        parts.get(slot).and_then(|word| values::mask(word.text()))
    }
}
