//! The name under the cursor, whatever the document is, and where it stands.

use compiler::Snapshot;
use compiler::names::{Found, Kind, Name, Role, Written};
use grammar::values;
use ls_types::Position;
use tower_lsp::jsonrpc::Result;

use super::page;
use super::spot::{Language, in_comment, word_at};
use super::{Cx, Text};

/// A name at a position.
pub(crate) struct Named {
    /// First and last byte of the word.
    pub(crate) span: (u32, u32),
    /// What it is; a word with system symbols may be several things, and a symbolic address is an address too.
    pub(crate) found: Vec<Found>,
}

/// The name at a position. None where there is none.
pub(crate) fn named(cx: &Cx<'_>, position: Position) -> Result<Option<Named>> {
    let text = cx.document()?;
    let offset = text.offset(position);
    let Some(snapshot) = cx.snapshot() else { return Ok(None) };
    Ok(match Language::of(&text.document.path) {
        Language::Profile | Language::Description => {
            let mut found = if snapshot.source(text.file()).is_some() {
                snapshot.names_at(text.file(), offset)
            } else {
                aside(snapshot, text, offset)
            };
            // The shortest: a system symbol before the word that it is a part of.
            let span = found.first().map(|first| (first.start(), first.end()));
            found.retain(|one| Some((one.start(), one.end())) == span);
            span.map(|span| Named { span, found })
        }
        Language::Scenario => in_scenario(snapshot, text, offset),
        Language::Other => in_block(text, offset).then(|| in_scenario(snapshot, text, offset)).flatten(),
    })
}

/// The names at a byte of an OBEYFILE, or of another profile that no stack reads.
fn aside(snapshot: &Snapshot, text: Text<'_>, offset: u32) -> Vec<Found> {
    let mut found = snapshot.names_aside(text.file(), text.source);
    found.retain(|one| one.start() <= offset && offset <= one.end());
    found.sort_by_key(|one| (std::cmp::Reverse(one.start()), one.end()));
    found
}

/// Whether a byte stands in a scenario of a Markdown file.
fn in_block(text: Text<'_>, offset: u32) -> bool {
    let played = page::scenarios(&text.document.path, text.text()).unwrap_or_default();
    played
        .iter()
        .any(|one| one.block.as_ref().is_some_and(|block| (block.start..block.end).contains(&offset)))
}

/// Words of a scenario are names where the sysplex knows them.
fn in_scenario(snapshot: &Snapshot, text: Text<'_>, offset: u32) -> Option<Named> {
    let at = offset as usize;
    if in_comment(text.text(), at) {
        return None;
    }
    let (start, end) = word_at(text.text(), at);
    let word = text.text().get(start..end)?;
    let host = host(word);
    let names = match values::ip(host) {
        Some(address) => vec![Name::address(address)],
        None => [Kind::Symbolic, Kind::Stack, Kind::Job].map(|kind| Name::new(kind, host)).to_vec(),
    };
    let found: Vec<Found> = names
        .iter()
        .find_map(|name| snapshot.names_of(name).into_iter().min_by_key(|one| one.role))
        .into_iter()
        .collect();
    let start = start + word.find(host).unwrap_or(0);
    let span = (u32::try_from(start).ok()?, u32::try_from(start + host.len()).ok()?);
    (!found.is_empty()).then_some(Named { span, found })
}

/// The address of `ADDRESS:PORT` or `[ADDRESS]:PORT`, or the word.
pub(super) fn host(word: &str) -> &str {
    if let Some((inner, _)) = word.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        return inner;
    }
    match word.split_once(':') {
        Some((host, port)) if !port.contains(':') => host,
        Some(_) | None => word,
    }
}

impl Named {
    /// The same names everywhere, each place once; definitions first, then declarations, then uses.
    pub(crate) fn everywhere(&self, snapshot: &Snapshot) -> Vec<Found> {
        let mut all: Vec<Found> = self.found.iter().flat_map(|one| snapshot.names_like(one)).collect();
        all.sort_by_key(|one| (one.role, one.place.file.clone(), one.start()));
        all.dedup_by(|next, first| {
            next.place == first.place && (next.name == first.name || next.written != Written::Plain)
        });
        all
    }
    /// Where it comes from: its definitions, else its declarations.
    pub(crate) fn origins(&self, snapshot: &Snapshot) -> Vec<Found> {
        let mut all = self.everywhere(snapshot);
        let best = all.iter().map(|one| one.role).min().unwrap_or(Role::Reference);
        all.retain(|one| one.role == best && best != Role::Reference);
        all
    }
}
