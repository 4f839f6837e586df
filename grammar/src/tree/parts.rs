//! The parts of a statement, as its events tell them: words by their slots, groups, entries of lists.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::{Event, EventKind, Section, Span};
use crate::description::Slot;
use crate::values;

/// The parts of a statement or of a group in it.
#[derive(Clone, Copy)]
pub struct Parts<'s> {
    section: &'s Section,
    events: &'s [Event],
}

impl<'s> Parts<'s> {
    pub(super) fn new(section: &'s Section, events: &'s [Event]) -> Self {
        Self { section, events }
    }
    /// The first token of a slot, also within groups.
    #[must_use]
    pub fn get(&self, slot: Slot) -> Option<Word<'s>> {
        self.all(slot).next()
    }
    /// The first token of each of some slots, found in one look at all tokens.
    #[must_use]
    pub fn firsts<const N: usize>(&self, slots: [Slot; N]) -> [Option<Word<'s>>; N] {
        let mut found = [None; N];
        for event in self.events.iter().filter(|event| event.kind == EventKind::Token) {
            let place = slots.iter().position(|slot| *slot == event.slot);
            if let Some(first) = place.and_then(|place| found.get_mut(place))
                && first.is_none()
            {
                *first = Some(Word { section: self.section, span: event.span });
            }
        }
        found
    }
    /// Whether a keyword stands here.
    #[must_use]
    pub fn has(&self, slot: Slot) -> bool {
        self.get(slot).is_some()
    }
    /// All tokens of a slot, also within groups.
    pub fn all(&self, slot: Slot) -> impl Iterator<Item = Word<'s>> + use<'s> {
        let section = self.section;
        self.events
            .iter()
            .filter(move |event| event.kind == EventKind::Token && event.slot == slot)
            .map(move |event| Word { section, span: event.span })
    }
    /// All tokens with their slots.
    pub fn tokens(&self) -> impl Iterator<Item = (Slot, Word<'s>)> + use<'s> {
        let section = self.section;
        self.events
            .iter()
            .filter(|event| event.kind == EventKind::Token)
            .map(move |event| (event.slot, Word { section, span: event.span }))
    }
    /// All tokens with their slots and the number of the outermost group that each stands in; 0 is outside of all.
    pub fn tokens_by_group(&self) -> impl Iterator<Item = (u32, Slot, Word<'s>)> + use<'s> {
        let section = self.section;
        let (mut depth, mut number) = (0_u32, 0_u32);
        self.events.iter().filter_map(move |event| {
            match event.kind {
                EventKind::Open => {
                    number += u32::from(depth == 0);
                    depth += 1;
                }
                EventKind::Close => depth = depth.saturating_sub(1),
                EventKind::Token => {
                    let group = if depth == 0 { 0 } else { number };
                    return Some((group, event.slot, Word { section, span: event.span }));
                }
                EventKind::Bad => {}
            }
            None
        })
    }
    /// The groups of a slot.
    #[must_use]
    pub fn groups(&self, slot: Slot) -> Groups<'s> {
        Groups { rest: *self, slot }
    }
    /// The groups of a slot as the entries of a list, each with what went wrong in it or before it.
    #[must_use]
    pub fn entries(&self, slot: Slot) -> Entries<'s> {
        Entries { section: self.section, events: self.events, slot, spoilt: false }
    }
    /// Whether the parser found a mistake directly in it.
    #[must_use]
    pub fn bad(&self) -> bool {
        self.events.iter().any(|event| event.kind == EventKind::Bad)
    }
    /// From its first to its last token.
    #[must_use]
    pub fn span(&self) -> Option<Span> {
        let mut tokens = self.tokens();
        let first = tokens.next()?.1.span;
        Some(first.to(tokens.last().map_or(first, |(_, word)| word.span)))
    }
}

/// An entry of a list.
#[derive(Clone, Copy)]
pub struct Entry<'s> {
    /// Its parts.
    pub parts: Parts<'s>,
    /// Has a mistake.
    pub bad: bool,
    /// A mistake stands before it in the list.
    pub spoilt: bool,
}

/// Walks the entries of a list.
pub struct Entries<'s> {
    section: &'s Section,
    events: &'s [Event],
    slot: Slot,
    spoilt: bool,
}

impl<'s> Iterator for Entries<'s> {
    type Item = Entry<'s>;

    fn next(&mut self) -> Option<Entry<'s>> {
        let (mut open, mut bad) = (None, false);
        for (index, event) in self.events.iter().enumerate() {
            match event.kind {
                EventKind::Open if event.slot == self.slot && open.is_none() => {
                    open = Some(index + 1);
                    bad = false;
                }
                EventKind::Close if event.slot == self.slot => {
                    let Some(events) = open.take().and_then(|start| self.events.get(start..index)) else {
                        continue;
                    };
                    let entry =
                        Entry { parts: Parts { section: self.section, events }, bad, spoilt: self.spoilt };
                    self.spoilt |= bad;
                    self.events = self.events.get(index + 1..).unwrap_or(&[]);
                    return Some(entry);
                }
                EventKind::Bad if open.is_some() => bad = true,
                EventKind::Bad => self.spoilt = true,
                EventKind::Token | EventKind::Open | EventKind::Close => {}
            }
        }
        self.events = &[];
        None
    }
}

/// Walks the groups of one slot.
pub struct Groups<'s> {
    rest: Parts<'s>,
    slot: Slot,
}

impl<'s> Iterator for Groups<'s> {
    type Item = Parts<'s>;

    fn next(&mut self) -> Option<Parts<'s>> {
        let events = self.rest.events;
        let open =
            events.iter().position(|event| event.kind == EventKind::Open && event.slot == self.slot)?;
        let inner = events.get(open + 1..)?;
        let close = inner
            .iter()
            .position(|event| event.kind == EventKind::Close && event.slot == self.slot)
            .unwrap_or(inner.len());
        self.rest.events = inner.get(close..).unwrap_or(&[]);
        Some(Parts { section: self.rest.section, events: inner.get(..close)? })
    }
}

/// A token of a section.
#[derive(Clone, Copy)]
pub struct Word<'s> {
    section: &'s Section,
    /// Where it stands.
    pub span: Span,
}

impl<'s> Word<'s> {
    /// As typed.
    #[must_use]
    #[inline]
    pub fn text(&self) -> &'s str {
        self.section.text_of(self.span)
    }
    /// Folded to upper case, as the stack does.
    #[must_use]
    pub fn upper(&self) -> String {
        self.text().to_ascii_uppercase()
    }
    /// As an IPv4 address.
    #[must_use]
    pub fn ipv4(&self) -> Option<Ipv4Addr> {
        values::ipv4(self.text())
    }
    /// As an IPv6 address, without its prefix length if it has one.
    #[must_use]
    pub fn ipv6(&self) -> Option<Ipv6Addr> {
        let text = self.text();
        values::ipv6(text.split_once('/').map_or(text, |(address, _)| address))
    }
    /// As an address of either family.
    #[must_use]
    pub fn ip(&self) -> Option<IpAddr> {
        values::ip(self.text())
    }
    /// As a number.
    #[must_use]
    pub fn number(&self) -> Option<u64> {
        values::number(self.text())
    }
}
