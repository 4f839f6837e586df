//! Cuts in the files of a profile, and the text that comes of them. What is not cut stays byte for byte.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use compiler::Snapshot;
use compiler::place::At;

use super::added::Piece;
use super::cut::{self, Cut, Cuts, Live, Span, Thing};
use super::targets::Distributed;

/// What of the data sets takes the place of old definitions; the rest is put behind the profile.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum InPlace {
    /// Lists and definitions.
    All,
    /// Definitions.
    Definitions,
    /// Nothing.
    None,
}

impl InPlace {
    fn takes(self, thing: &Thing) -> bool {
        match (self, thing) {
            (Self::All, _) | (Self::Definitions, Thing::Named(..) | Thing::Dvipas(_)) => true,
            (Self::Definitions, Thing::List(_)) | (Self::None, _) => false,
        }
    }
}

/// The cuts, by file.
pub(super) struct Edits<'a> {
    snapshot: &'a Snapshot,
    stack: &'a str,
    cuts: BTreeMap<Arc<str>, Cuts>,
}

/// Numbers of the pieces that have found their place.
type Used = BTreeSet<usize>;

impl<'a> Edits<'a> {
    /// Cuts everything that is in force no longer, and the START of what was stopped.
    pub(super) fn new(
        snapshot: &'a Snapshot,
        stack: &'a str,
        kept: &BTreeSet<At>,
        was: &BTreeSet<At>,
        stopped: &BTreeSet<String>,
        replaced: &BTreeSet<String>,
        distributed: Option<&Distributed>,
    ) -> Self {
        let mut edits = Self { snapshot, stack, cuts: BTreeMap::new() };
        for path in snapshot.files() {
            let (Some(spans), Some(view)) = (snapshot.spans(&path), snapshot.file(&path)) else { continue };
            let starts = |places: &mut dyn Iterator<Item = &At>| -> Vec<u32> {
                places.filter_map(|at| spans.of(*at)).map(|(start, _)| start).collect()
            };
            let live = Live {
                kept: starts(&mut kept.iter()),
                gone: starts(&mut was.difference(kept)),
                replaced: replaced.clone(),
                distributed,
                ..Live::default()
            };
            let live = live.sorted();
            let mut cuts = Cuts::new();
            for placed in &view.sections {
                cut::section(&placed.section, placed.start, &live, &mut cuts);
                cuts.extend(starting(&placed.section, placed.start, stopped));
            }
            if !cuts.is_empty() {
                edits.cuts.insert(path, cuts);
            }
        }
        edits
    }

    /// The whole profile. A member that an INCLUDE brings is taken in where something in it is cut.
    pub(super) fn text(&self, files: &[Arc<str>], added: &[Piece], in_place: InPlace) -> String {
        let mut used = Used::new();
        let mut text = String::new();
        for path in files {
            if let Some(one) = self.file(path, added, in_place, &mut used, 0) {
                text.push_str(&one);
                if !text.is_empty() && !text.ends_with('\n') {
                    text.push('\n');
                }
            }
        }
        let rest =
            || added.iter().enumerate().filter(|(number, _)| !used.contains(number)).map(|(_, one)| one);
        for one in rest().filter(|one| !one.dynamic) {
            text.push_str(&one.text);
            text.push('\n');
        }
        if rest().any(|one| one.dynamic) {
            text.push_str("VIPADYNAMIC\n");
            // VIPADISTRIBUTE finds its DVIPA only behind the definition.
            let defines = |one: &&Piece| matches!(one.thing, Some(Thing::Dvipas(_)));
            for one in rest().filter(defines).chain(rest().filter(|one| one.dynamic && !defines(one))) {
                text.push_str(&format!("  {}\n", one.text));
            }
            text.push_str("ENDVIPADYNAMIC\n");
        }
        text
    }

    /// A file with its cuts.
    fn file(
        &self,
        path: &Arc<str>,
        added: &[Piece],
        in_place: InPlace,
        used: &mut Used,
        depth: usize,
    ) -> Option<String> {
        const DEEPEST: usize = 16;
        let view = self.snapshot.file(path)?;
        let text = &view.source.text;
        let mut edits: BTreeMap<Span, String> = BTreeMap::new();
        for (span, cut) in self.cuts.get(path).into_iter().flatten() {
            if !cut.anew.is_empty() {
                edits.insert(*span, cut.instead(text, span.0));
                continue;
            }
            let new = instead(cut, added, in_place, used);
            if new.is_empty() || span.1 == cut.end {
                edits.entry(*span).or_default().push_str(&new);
            } else {
                // One address of several: the statement keeps the others, and the new one comes behind it.
                edits.insert(*span, String::new());
                let behind = cut::behind(text, cut.end);
                edits.entry((behind, behind)).or_default().push_str(&format!("\n  {new}"));
            }
        }
        for included in self.snapshot.included(path).iter().filter(|_| depth < DEEPEST) {
            let ours = included.stacks.iter().any(|name| name.eq_ignore_ascii_case(self.stack));
            let Some(inner) = included.path.as_ref().filter(|_| ours) else { continue };
            if !self.touched(inner, depth + 1) {
                continue;
            }
            let host = view.sections.iter().find_map(|placed| {
                placed.section.views().find_map(|stmt| {
                    let extent =
                        (placed.start + stmt.stmt.extent.start, placed.start + stmt.stmt.extent.end());
                    let here = extent.0 <= included.span.0 && included.span.1 <= extent.1;
                    (here && stmt.name() == "INCLUDE").then_some(extent)
                })
            });
            if let (Some(extent), Some(new)) = (host, self.file(inner, added, in_place, used, depth + 1)) {
                edits.insert(extent, new.trim_start_matches(' ').trim_end().to_owned());
            }
        }
        for placed in &view.sections {
            cut::empty_blocks(&placed.section, placed.start, &mut edits);
        }
        Some(cut::apply(text, &edits))
    }

    /// Whether something is cut in a file, or in what it includes.
    fn touched(&self, path: &Arc<str>, depth: usize) -> bool {
        self.cuts.contains_key(path)
            || depth < 16
                && self.snapshot.included(path).iter().any(|one| {
                    one.stacks.iter().any(|name| name.eq_ignore_ascii_case(self.stack))
                        && one.path.as_ref().is_some_and(|inner| self.touched(inner, depth + 1))
                })
    }
}

/// What comes in the place of a cut.
fn instead(cut: &Cut, added: &[Piece], in_place: InPlace, used: &mut Used) -> String {
    let Some(old) = &cut.thing else { return String::new() };
    let mut new: Vec<&str> = Vec::new();
    for (number, piece) in added.iter().enumerate() {
        let fits = piece.thing.as_ref().is_some_and(|thing| in_place.takes(thing) && old.gives_way_to(thing));
        if fits && used.insert(number) {
            new.push(&piece.text);
        }
    }
    new.join("\n")
}

/// The START of these in a section.
pub(super) fn starting(
    section: &grammar::tree::Section,
    base: u32,
    stopped: &BTreeSet<String>,
) -> Vec<(Span, Cut)> {
    let starts = section.views().filter(|view| view.name() == "START");
    let named = starts
        .filter(|view| view.parts.tokens().next().is_some_and(|(_, word)| stopped.contains(&word.upper())));
    named
        .map(|view| {
            let extent = view.stmt.extent;
            let (start, end) = (base + extent.start, base + extent.end());
            ((start, end), Cut::new(None, end))
        })
        .collect()
}
