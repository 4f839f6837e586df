//! Entries of a list that an INCLUDE brings, or cuts off: put into the list's statement where they stand, so that the stack as modelled holds
//! them.

use grammar::description::Drops;
use grammar::lookup;
use grammar::tree::Span;

use crate::fold::Item;
use crate::place::{At, SectionKey};
use crate::section::Read1;
use crate::statements::{self, Typed};

/// A statement that is a list of entries.
pub trait List {
    /// An entry.
    type Entry: Clone;
    /// Its entries, in the order of the text.
    fn entries(&self) -> &[Self::Entry];
    /// The same, to change them.
    fn entries_mut(&mut self) -> &mut Vec<Self::Entry>;
    /// Where an entry begins.
    fn place(entry: &Self::Entry) -> At;
    /// Takes over what else the included text says of the list.
    fn also(&mut self, _: &Self) {}
}

/// How far a list has been put together.
#[derive(Clone, Copy, Debug)]
pub struct Cut {
    /// The list's own section.
    section: SectionKey,
    /// How many of its own entries have found their place.
    taken: usize,
    /// Where the entries begin that its last INCLUDE has brought.
    from: usize,
    /// Where the next entry goes.
    next: usize,
    /// A mistake before it costs what comes.
    spoilt: bool,
}

/// What comes next.
#[derive(Clone, Copy, Debug)]
pub enum Piece<'p> {
    /// An INCLUDE at this place. `spoilt`: behind a mistake that costs the rest of the list.
    Include { at: At, spoilt: bool },
    /// Entries. `mistake`: with one that costs the rest of the list.
    Entries { typed: &'p Typed, mistake: bool },
    /// The END.
    End,
}

/// An INCLUDE: what it brings goes behind the entries before it and in front of those behind it.
pub fn include<L: List>(own: &L, whole: &mut L, at: At, spoilt: bool, cut: &mut Cut) {
    if at.section == cut.section {
        let before = |entry: &&L::Entry| L::place(entry).span.start < at.span.start;
        let own = own.entries().get(cut.taken..).unwrap_or(&[]);
        let moved = own.iter().take_while(before).count();
        whole.entries_mut().extend(own.iter().take(moved).cloned());
        cut.taken += moved;
        cut.next = whole.entries().len();
        cut.from = cut.next;
    } else {
        let brought = whole.entries().get(cut.from..).unwrap_or(&[]);
        let start = |entry: &L::Entry| {
            Some(L::place(entry)).filter(|place| place.section == at.section).map(|place| place.span.start)
        };
        let behind = brought.iter().position(|entry| start(entry).is_some_and(|start| start > at.span.start));
        let last = brought.iter().rposition(|entry| start(entry).is_some());
        cut.next = match (behind, last) {
            (Some(behind), _) => cut.from + behind,
            (None, Some(last)) => cut.next.max(cut.from + last + 1),
            (None, None) => cut.next,
        };
    }
    cut.spoilt |= spoilt;
}

/// Entries that an INCLUDE brings.
pub fn entries<L: List>(whole: &mut L, more: &L, mistake: bool, cut: &mut Cut) {
    if cut.spoilt {
        return;
    }
    let (next, new) = (cut.next.min(whole.entries().len()), more.entries());
    whole.entries_mut().splice(next..next, new.iter().cloned());
    whole.also(more);
    cut.next = next + new.len();
    if mistake {
        whole.entries_mut().truncate(cut.next);
        cut.spoilt = true;
    }
}

/// The END: the rest of its own entries.
pub fn end<L: List>(own: &L, whole: &mut L, cut: &Cut) {
    if !cut.spoilt {
        whole.entries_mut().extend(own.entries().iter().skip(cut.taken).cloned());
    }
}

/// The same list without entries.
pub fn emptied<L: List + Clone>(own: &L) -> L {
    let mut list = own.clone();
    list.entries_mut().clear();
    list
}

/// A list into which an INCLUDE has brought something.
struct Open<'r> {
    /// Which of the items it is.
    index: usize,
    own: &'r Read1,
    whole: Option<Read1>,
    cut: Cut,
}

impl<'r> Open<'r> {
    fn new(index: usize, own: &'r Read1) -> Self {
        let cut = Cut { section: own.at.section, taken: 0, from: 0, next: 0, spoilt: false };
        Self { index, own, whole: None, cut }
    }

    fn go_on(&mut self, piece: Piece<'_>, dropped: bool) {
        let own = self.own;
        let whole = self
            .whole
            .get_or_insert_with(|| Read1 { typed: statements::without_entries(&own.typed), ..own.clone() });
        whole.dropped |= dropped;
        statements::go_on(&own.typed, &mut whole.typed, piece, &mut self.cut);
    }

    fn close(mut self) -> Option<(usize, Read1)> {
        self.whole.as_ref()?;
        self.go_on(Piece::End, false);
        Some((self.index, self.whole?))
    }
}

/// The lists with what INCLUDEs bring into them, by their place among the items.
pub(crate) fn wholes(items: &[Item<'_>]) -> Vec<(usize, Read1)> {
    let mut wholes = Vec::new();
    let mut open: Option<Open<'_>> = None;
    for (index, item) in items.iter().enumerate() {
        let read = item.read;
        if let Some(part) = read.part {
            let Some(open) = open.as_mut().filter(|open| open.own.id == read.id) else { continue };
            let drops = read.id.and_then(lookup::statement).map_or(Drops::Unknown, |desc| desc.drops);
            let (mistake, dropped) = match drops {
                Drops::Entry => (false, false),
                Drops::RestOfList => (part.mistake, false),
                Drops::Statement | Drops::RestOfBlock | Drops::Block | Drops::Unknown => {
                    (false, part.mistake)
                }
            };
            open.go_on(Piece::Entries { typed: &read.typed, mistake }, dropped);
        } else if let Some(spoilt) = read.listed {
            let at = read.include.as_deref().map_or(read.at, |(_, at)| *at);
            if let Some(open) = &mut open {
                open.go_on(Piece::Include { at, spoilt }, false);
            }
        } else if read.include.is_some() {
            // At the top level: behind all that the list has by itself.
            if let Some(open) = &mut open {
                let span = Span { start: u32::MAX, len: 0 };
                let at = At { section: open.own.at.section, span };
                open.go_on(Piece::Include { at, spoilt: false }, false);
            }
        } else if !item.in_block {
            wholes.extend(open.take().and_then(Open::close));
            open = Some(Open::new(index, read));
        }
    }
    wholes.extend(open.and_then(Open::close));
    wholes
}
