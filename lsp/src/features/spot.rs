//! The word at a position: which part of which statement it is.

use std::sync::Arc;

use grammar::description::{Slot, SlotDesc, StatementDesc};
use grammar::parse::parse;
use grammar::token::scan;
use grammar::tree::{Section, Span, StmtView};

use super::{Cx, Text};
use crate::home::Role;
use crate::uri;

/// What a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    /// A profile or a member that one includes.
    Profile,
    /// A scenario.
    Scenario,
    /// A `sysplex.toml`.
    Description,
    /// Something else.
    Other,
}

impl Language {
    /// By the name of the file.
    pub(crate) fn of(path: &str) -> Self {
        match Role::of(path) {
            Role::Description => Self::Description,
            Role::Profile => Self::Profile,
            Role::Companion => {
                let extension = uri::name(path).rsplit_once('.').map_or("", |(_, extension)| extension);
                if extension.eq_ignore_ascii_case("scenario") { Self::Scenario } else { Self::Other }
            }
        }
    }
}

/// A word of a profile.
pub(crate) struct Spot {
    section: Arc<Section>,
    /// Where the section starts in the file.
    pub(crate) base: u32,
    index: usize,
    /// Which part of the statement.
    pub(crate) part: Part,
    span: Span,
}

/// A part of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// Its name.
    Name,
    /// A keyword or value.
    Slot(Slot),
    /// The keyword that closes it.
    End,
}

impl Spot {
    /// The statement.
    pub(crate) fn view(&self) -> Option<StmtView<'_>> {
        self.section.view(self.index)
    }
    /// What is known of the statement.
    pub(crate) fn statement(&self) -> Option<&'static StatementDesc> {
        self.view().and_then(|view| view.desc())
    }
    /// What is known of the keyword or value.
    pub(crate) fn slot(&self) -> Option<&'static SlotDesc> {
        match self.part {
            Part::Slot(slot) => self.statement()?.slot_desc(slot),
            Part::Name | Part::End => None,
        }
    }
    /// As typed.
    pub(crate) fn word(&self) -> &str {
        self.section.text_of(self.span)
    }
    /// First and last byte in the file.
    pub(crate) fn span(&self) -> (u32, u32) {
        (self.base + self.span.start, self.base + self.span.end())
    }
}

/// The section at a byte of the document, else the last one before it, with its start.
pub(crate) fn section(cx: &Cx<'_>, text: Text<'_>, offset: u32) -> Option<(u32, Arc<Section>)> {
    if let Some(found) = cx.snapshot().and_then(|snapshot| snapshot.section_at(text.file(), offset)) {
        return Some(found);
    }
    let dialect = cx.snapshot().map_or_else(Default::default, |snapshot| snapshot.description().dialect());
    let parsed = parse(text.text(), dialect.grammar());
    let last = parsed.sections.into_iter().take_while(|placed| placed.start <= offset).last()?;
    Some((last.start, last.section))
}

/// The word of a profile at a byte, or that ends there.
pub(crate) fn spot(cx: &Cx<'_>, text: Text<'_>, offset: u32) -> Option<Spot> {
    if Language::of(&text.document.path) != Language::Profile {
        return None;
    }
    let (base, section) = section(cx, text, offset)?;
    let at = offset.checked_sub(base)?;
    let holds = |span: Span| span.start <= at && at <= span.end() && span.len > 0;
    let mut found: Option<(usize, Part, Span)> = None;
    for view in section.views() {
        if at < view.stmt.extent.start || view.stmt.extent.end() < at {
            continue;
        }
        let name = (Part::Name, view.stmt.name);
        let end = view.stmt.end.map(|span| (Part::End, span));
        let slots = view.parts.tokens().map(|(slot, word)| (Part::Slot(slot), word.span));
        for (part, span) in std::iter::once(name).chain(end).chain(slots).filter(|(_, span)| holds(*span)) {
            // Of two words that meet at the byte, the one that begins there.
            if found.is_none_or(|(_, _, known)| known.start <= span.start) {
                found = Some((view.index as usize, part, span));
            }
        }
    }
    let (index, part, span) = found?;
    Some(Spot { section, base, index, part, span })
}

/// Whether a byte stands in a comment.
pub(crate) fn in_comment(text: &str, offset: usize) -> bool {
    let before = text.get(..offset).unwrap_or(text);
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    let line = text.get(start..).and_then(|rest| rest.split('\n').next()).unwrap_or("");
    let at = offset - start;
    scan(line, false).comments.iter().any(|comment| (comment.start as usize) < at)
}

/// The word between blanks at a byte: its first and last byte.
pub(crate) fn word_at(text: &str, offset: usize) -> (usize, usize) {
    let ends = |letter: char| letter.is_whitespace() || matches!(letter, ';' | '"' | '=' | ',');
    let start = text
        .get(..offset)
        .and_then(|before| before.rfind(ends))
        .map_or(0, |at| at + text.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8));
    let end = text.get(offset..).and_then(|behind| behind.find(ends)).map_or(text.len(), |at| offset + at);
    (start, end.max(start))
}
