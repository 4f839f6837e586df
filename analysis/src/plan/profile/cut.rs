//! Which words of a text go because what they brought is in force no longer.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use grammar::description::SlotKind;
use grammar::slot::{interface, vipabackup, vipadefine};
use grammar::tree::{EventKind, Section, StmtView, Word};

use super::targets::{Distributed, Goes};

/// First and last byte.
pub(super) type Span = (u32, u32);

/// Statements whose entries know their places; of others only what has an effect is known.
pub(super) const PLACED: &[&str] = &[
    "AUTOLOG",
    "BEGINROUTES",
    "BSDROUTINGPARMS",
    "DEFADDRTABLE",
    "DEVICE",
    "GATEWAY",
    "HOME",
    "INTERFACE",
    "IPSEC",
    "LINK",
    "NETACCESS",
    "PORT",
    "PORTRANGE",
    "PRIMARYINTERFACE",
    "ROUTE",
    "SRCIP",
    "TRANSLATE",
    "VIPABACKUP",
    "VIPADEFINE",
    "VIPADYNAMIC",
    "VIPARANGE",
    "VIPAROUTE",
    "VIPADISTRIBUTE",
];

/// Something that is cut out.
pub(super) struct Cut {
    /// What may come in its place: the name of a list, a definition by name, or DVIPAs. None where nothing may.
    pub(super) thing: Option<Thing>,
    /// Where its statement ends.
    pub(super) end: u32,
    /// The statements that take its place, where some do.
    pub(super) anew: Vec<String>,
}

impl Cut {
    /// Something that goes for good.
    pub(super) fn new(thing: Option<Thing>, end: u32) -> Self {
        Self { thing, end, anew: Vec::new() }
    }

    /// What takes its place in a text, each statement on a record of its own.
    pub(super) fn instead(&self, text: &str, start: u32) -> String {
        let before = text.get(..start as usize).unwrap_or("").rsplit('\n').next().unwrap_or("");
        let indent = if before.trim().is_empty() { before } else { "  " };
        self.anew.join(&format!("\n{indent}"))
    }
}

/// What a statement defines, as far as a later one may take its place.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Thing {
    /// A list that is replaced as a whole.
    List(String),
    /// Statement and name of a device, link or interface.
    Named(String, String),
    /// VIPADEFINE or VIPABACKUP.
    Dvipas(BTreeSet<IpAddr>),
}

impl Thing {
    /// What a statement with these words defines.
    pub(super) fn of(name: &str, words: &[String]) -> Option<Self> {
        match name {
            "HOME" | "BEGINROUTES" | "SRCIP" | "TRANSLATE" | "DEFADDRTABLE" | "GATEWAY" | "IPSEC"
            | "NETACCESS" => Some(Self::List(name.to_owned())),
            "DEVICE" | "LINK" | "INTERFACE" => {
                Some(Self::Named(name.to_owned(), words.first()?.to_uppercase()))
            }
            "VIPADEFINE" | "VIPABACKUP" => {
                let addresses = words.iter().filter_map(|word| word.parse().ok());
                Some(Self::Dvipas(addresses.filter(|address| !is_mask(*address)).collect()))
            }
            _ => None,
        }
    }

    /// Whether a new one takes the place of this one.
    pub(super) fn gives_way_to(&self, new: &Self) -> bool {
        match (self, new) {
            (Self::Dvipas(old), Self::Dvipas(new)) => !old.is_disjoint(new),
            (Self::List(_) | Self::Named(..) | Self::Dvipas(_), _) => self == new,
        }
    }
}

/// Whether an address is the mask of the others: none of those begins so high.
fn is_mask(address: IpAddr) -> bool {
    matches!(address, IpAddr::V4(address) if address.octets()[0] >= 240)
}

/// By span.
pub(super) type Cuts = BTreeMap<Span, Cut>;

/// Offsets in a text, in order.
#[derive(Default)]
pub(super) struct Live<'d> {
    /// Of what is in force.
    pub(super) kept: Vec<u32>,
    /// Of what is not.
    pub(super) gone: Vec<u32>,
    /// Of options that the stack has refused.
    pub(super) refused: Vec<u32>,
    /// Entries that are neither may be wanted: a statement goes as a whole only where all its entries go.
    pub(super) by_entry: bool,
    /// Lists that an OBEYFILE has replaced.
    pub(super) replaced: BTreeSet<String>,
    /// Where VIPADISTRIBUTE goes by what is distributed in place of where it stands.
    pub(super) distributed: Option<&'d Distributed>,
}

impl Live<'_> {
    /// Puts the offsets in order.
    pub(super) fn sorted(mut self) -> Self {
        for list in [&mut self.kept, &mut self.gone, &mut self.refused] {
            list.sort_unstable();
            list.dedup();
        }
        self
    }

    pub(super) fn keeps(&self, span: Span) -> bool {
        any(&self.kept, span)
    }

    fn loses(&self, span: Span) -> bool {
        any(&self.gone, span)
    }
}

fn any(offsets: &[u32], (start, end): Span) -> bool {
    offsets.get(offsets.partition_point(|at| *at < start)).is_some_and(|at| *at < end)
}

/// What goes of a section that begins at an offset.
pub(super) fn section(section: &Section, base: u32, live: &Live<'_>, into: &mut Cuts) {
    for view in section.views().filter(|view| view.stmt.parent.is_none()) {
        statement(section, base, &view, live, into);
    }
}

fn statement(section: &Section, base: u32, view: &StmtView<'_>, live: &Live<'_>, into: &mut Cuts) {
    let extent = (base + view.stmt.extent.start, base + view.stmt.extent.end());
    if !PLACED.contains(&view.name()) {
        options(base, view, live, into);
        for child in section.views().filter(|child| child.stmt.parent == Some(view.index)) {
            statement(section, base, &child, live, into);
        }
        return;
    }
    if view.name() == "VIPADISTRIBUTE"
        && let Some(distributed) = live.distributed
    {
        match distributed.goes(view) {
            Goes::Whole => drop(into.insert(extent, Cut::new(None, extent.1))),
            Goes::Anew(anew) => {
                into.insert(extent, Cut { anew, ..Cut::new(None, extent.1) });
            }
            Goes::Words(words) => {
                let cut = |(start, end)| ((base + start, base + end), Cut::new(None, extent.1));
                into.extend(words.into_iter().map(cut));
            }
        }
        return;
    }
    let replaced = live.replaced.contains(view.name());
    if !live.loses(extent) && !any(&live.refused, extent) && !replaced {
        return;
    }
    // What stands in the block is looked at by itself: a new definition may take the place of an old one.
    let is_block = view.name() == "VIPADYNAMIC";
    let spans = || entries(section, view).into_iter().map(|(start, end)| (base + start, base + end));
    let addresses = addresses(view);
    let spared = live.by_entry
        && (spans().any(|span| !live.loses(span))
            || addresses.iter().any(|word| !live.loses(at(base, word))));
    if (live.loses(extent) || replaced) && !live.keeps(extent) && !is_block && !spared {
        let words: Vec<String> = view.parts.tokens().map(|(_, word)| word.text().to_owned()).collect();
        into.insert(extent, Cut::new(Thing::of(view.name(), &words), extent.1));
        return;
    }
    let mut has_children = false;
    for child in section.views().filter(|child| child.stmt.parent == Some(view.index)) {
        has_children = true;
        statement(section, base, &child, live, into);
    }
    if has_children || is_block {
        return;
    }
    for span in spans() {
        if live.loses(span) && !live.keeps(span) {
            into.insert(span, Cut::new(None, extent.1));
        }
    }
    words(base, view.name(), &addresses, extent.1, live, into);
}

/// The addresses of a statement that may have several.
fn addresses<'s>(view: &StmtView<'s>) -> Vec<Word<'s>> {
    let tokens = view.parts.tokens();
    match view.name() {
        "VIPADEFINE" => {
            tokens.filter(|(slot, _)| *slot == vipadefine::ADDRESS).map(|(_, word)| word).collect()
        }
        "VIPABACKUP" => {
            tokens.filter(|(slot, _)| *slot == vipabackup::ADDRESS).map(|(_, word)| word).collect()
        }
        "INTERFACE" => {
            tokens.filter(|(slot, _)| *slot == interface::ADDRESS6).map(|(_, word)| word).collect()
        }
        _ => Vec::new(),
    }
}

fn at(base: u32, word: &Word<'_>) -> Span {
    (base + word.span.start, base + word.span.end())
}

/// Addresses of which a statement has several, one by one.
fn words(base: u32, name: &str, addresses: &[Word<'_>], end: u32, live: &Live<'_>, into: &mut Cuts) {
    let goes = |word: &&Word<'_>| live.loses(at(base, word)) && !live.keeps(at(base, word));
    if addresses.iter().all(|word| goes(&word)) {
        return;
    }
    for word in addresses.iter().filter(goes) {
        let thing = word.ip().filter(|_| name != "INTERFACE").map(|address| Thing::Dvipas([address].into()));
        into.insert(at(base, word), Cut::new(thing, end));
    }
}

/// Options that the stack has refused, from their keyword to the next one.
fn options(base: u32, view: &StmtView<'_>, live: &Live<'_>, into: &mut Cuts) {
    let Some(desc) = view.desc() else { return };
    let is_keyword = |slot| desc.slot_desc(slot).is_some_and(|slot| slot.kind == SlotKind::Keyword);
    let mut open: Option<Span> = None;
    let mut refused = false;
    let mut close = |open: Option<Span>, refused: bool| {
        if let Some(span) = open.filter(|_| refused) {
            into.insert(span, Cut::new(None, span.1));
        }
    };
    for (slot, word) in view.parts.tokens() {
        let (start, end) = (base + word.span.start, base + word.span.end());
        if is_keyword(slot) {
            close(open.take(), refused);
            (open, refused) = (Some((start, end)), false);
        } else if let Some((first, _)) = open {
            open = Some((first, end));
        }
        refused |= live.refused.binary_search(&start).is_ok();
    }
    close(open, refused);
}

/// The entries of a statement: its outermost groups, from first to last token.
fn entries(section: &Section, view: &StmtView<'_>) -> Vec<Span> {
    let range = view.stmt.events.0 as usize..view.stmt.events.1 as usize;
    let mut all = Vec::new();
    let (mut depth, mut open): (usize, Option<Span>) = (0, None);
    for event in section.events.get(range).unwrap_or(&[]) {
        match event.kind {
            EventKind::Open => depth += 1,
            EventKind::Close => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    all.extend(open.take());
                }
            }
            EventKind::Token if depth > 0 => {
                let start = open.map_or(event.span.start, |(start, _)| start);
                open = Some((start, event.span.end()));
            }
            EventKind::Token | EventKind::Bad => {}
        }
    }
    all
}

/// A VIPADYNAMIC of which nothing is left goes as a whole.
pub(super) fn empty_blocks(section: &Section, base: u32, edits: &mut BTreeMap<Span, String>) {
    let span = |view: &StmtView<'_>| (base + view.stmt.extent.start, base + view.stmt.extent.end());
    for block in section.views().filter(|view| view.name() == "VIPADYNAMIC") {
        let children = || section.views().filter(|child| child.stmt.parent == Some(block.index));
        let is_gone = |child: StmtView<'_>| edits.get(&span(&child)).is_some_and(String::is_empty);
        if children().next().is_some() && children().all(is_gone) {
            edits.insert(span(&block), String::new());
        }
    }
}

/// Where something may be put behind a word: a comment beside it stays with it.
pub(super) fn behind(text: &str, at: u32) -> u32 {
    let rest = text.get(at as usize..).unwrap_or("");
    let line = rest.lines().next().unwrap_or("");
    let is_comment = line.trim_start().starts_with(';') || line.trim().is_empty();
    at + if is_comment { u32::try_from(line.len()).unwrap_or(0) } else { 0 }
}

/// Whether the last record of a text has a comment.
fn ends_in_comment(text: &str) -> bool {
    let line = text.lines().next_back().unwrap_or("");
    line.starts_with(';') || line.contains(" ;")
}

/// A text without its comments.
pub(super) fn code(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(|line| line.split(';').next().unwrap_or("").trim_end())
}

/// Replaces spans; a record of which nothing is left goes as a whole.
pub(super) fn apply(text: &str, edits: &BTreeMap<Span, String>) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut at, mut last) = (0, None);
    for ((start, end), new) in edits {
        let (start, end) = (*start as usize, *end as usize);
        if start < at {
            // What comes behind a record that has gone.
            if start == end && last.is_some_and(|last| last <= start) {
                out.push_str(new.trim_start_matches('\n'));
                out.push('\n');
            }
            continue;
        }
        last = Some(end);
        out.push_str(text.get(at..start).unwrap_or(""));
        at = end;
        if !new.is_empty() {
            out.push_str(new);
            let rest = text.get(end..).unwrap_or("").lines().next().unwrap_or("");
            if !ends_in_comment(new) || rest.trim().is_empty() {
                continue;
            }
            if rest.trim_start().starts_with(';') {
                // What was said beside the old one is said anew.
                at = end + rest.len();
            } else {
                out.push('\n');
            }
            continue;
        }
        let line = out.rfind('\n').map_or(0, |found| found + 1);
        let rest = text.get(end..).unwrap_or("");
        let tail = rest.find('\n').map_or(rest.len(), |found| found);
        let before_is_blank = out.get(line..).is_some_and(|head| head.trim().is_empty());
        // What is said beside it in a comment goes with it.
        let behind = rest.get(..tail).map_or("", str::trim);
        if before_is_blank && (behind.is_empty() || behind.starts_with(';')) {
            out.truncate(line);
            at = end + (tail + 1).min(rest.len());
        } else if rest.starts_with(' ') && out.ends_with(' ') {
            at = end + 1;
        } else if behind.is_empty() {
            out.truncate(out.trim_end_matches(' ').len());
        }
    }
    out.push_str(text.get(at..).unwrap_or(""));
    out
}
