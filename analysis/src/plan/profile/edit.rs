//! Cuts in the files of a profile, and the text that comes of them. What is not cut stays byte for byte.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;
use std::sync::Arc;

use compiler::Snapshot;
use compiler::place::At;
use grammar::tree::{EventKind, Section, StmtView};

use super::{Added, PLACED};

/// First and last byte.
type Span = (u32, u32);

/// The cuts, by file.
pub(super) struct Edits<'a> {
    snapshot: &'a Snapshot,
    stack: &'a str,
    kept: BTreeMap<Arc<str>, Vec<u32>>,
    gone: BTreeMap<Arc<str>, Vec<u32>>,
    cuts: BTreeMap<Arc<str>, BTreeMap<Span, Cut>>,
}

/// Something that is cut out.
struct Cut {
    /// Name of its statement; none where there is nothing to take its place.
    name: Option<String>,
    /// Where its statement ends.
    end: u32,
}

/// What of the data sets has found its place.
#[derive(Default)]
struct Used {
    lists: BTreeSet<usize>,
    defined: BTreeSet<usize>,
}

impl<'a> Edits<'a> {
    pub(super) fn new(
        snapshot: &'a Snapshot,
        stack: &'a str,
        kept: &BTreeSet<At>,
        was: &BTreeSet<At>,
    ) -> Self {
        let mut edits =
            Self { snapshot, stack, kept: BTreeMap::new(), gone: BTreeMap::new(), cuts: BTreeMap::new() };
        for path in snapshot.files() {
            let Some(spans) = snapshot.spans(&path) else { continue };
            let starts = |places: &mut dyn Iterator<Item = &At>| -> Vec<u32> {
                let mut all: Vec<u32> =
                    places.filter_map(|at| spans.of(*at)).map(|(start, _)| start).collect();
                all.sort_unstable();
                all
            };
            edits.kept.insert(Arc::clone(&path), starts(&mut kept.iter()));
            edits.gone.insert(Arc::clone(&path), starts(&mut was.difference(kept)));
        }
        edits
    }

    /// Cuts everything that is in force no longer, and the START of what was stopped.
    pub(super) fn cut(&mut self, stopped: &BTreeSet<String>) {
        let paths: Vec<Arc<str>> = self.gone.keys().cloned().collect();
        for path in paths {
            let Some(view) = self.snapshot.file(&path) else { continue };
            let mut cuts = BTreeMap::new();
            for placed in &view.sections {
                for stmt in placed.section.views().filter(|view| view.stmt.parent.is_none()) {
                    self.statement(&path, &placed.section, placed.start, &stmt, &mut cuts);
                }
                for stmt in placed.section.views().filter(|view| view.name() == "START") {
                    let name = stmt.parts.tokens().next().map(|(_, word)| word.upper());
                    if name.is_some_and(|name| stopped.contains(&name)) {
                        let extent = stmt.stmt.extent;
                        let (start, end) = (placed.start + extent.start, placed.start + extent.end());
                        cuts.insert((start, end), Cut { name: None, end });
                    }
                }
            }
            if !cuts.is_empty() {
                self.cuts.insert(path, cuts);
            }
        }
    }

    fn count(places: &BTreeMap<Arc<str>, Vec<u32>>, path: &Arc<str>, (start, end): Span) -> usize {
        let all = places.get(path).map_or(&[][..], Vec::as_slice);
        all.partition_point(|at| *at < end).saturating_sub(all.partition_point(|at| *at < start))
    }

    fn statement(
        &self,
        path: &Arc<str>,
        section: &Section,
        base: u32,
        view: &StmtView<'_>,
        cuts: &mut BTreeMap<Span, Cut>,
    ) {
        let extent = (base + view.stmt.extent.start, base + view.stmt.extent.end());
        let gone = Self::count(&self.gone, path, extent);
        if gone == 0 || !PLACED.contains(&view.name()) {
            return;
        }
        if Self::count(&self.kept, path, extent) == 0 {
            cuts.insert(extent, Cut { name: Some(view.name().to_owned()), end: extent.1 });
            return;
        }
        let children: Vec<_> =
            section.views().filter(|child| child.stmt.parent == Some(view.index)).collect();
        for child in &children {
            self.statement(path, section, base, child, cuts);
        }
        if !children.is_empty() {
            return;
        }
        for (start, end) in groups(section, view) {
            let span = (base + start, base + end);
            if Self::count(&self.gone, path, span) > 0 && Self::count(&self.kept, path, span) == 0 {
                let defines = matches!(view.name(), "VIPADEFINE" | "VIPABACKUP");
                let name = defines.then(|| view.name().to_owned());
                cuts.insert(span, Cut { name, end: extent.1 });
            }
        }
    }

    /// The whole profile. A member that an INCLUDE brings is taken in where something in it is cut.
    pub(super) fn text(&self, files: &[Arc<str>], added: &Added, in_place: bool) -> String {
        let mut used = Used::default();
        let mut text = String::new();
        for path in files {
            if let Some(one) = self.file(path, added, in_place, &mut used, 0) {
                text.push_str(&one);
                if !text.ends_with('\n') {
                    text.push('\n');
                }
            }
        }
        let lists = added.lists.iter().enumerate().filter(|(number, _)| !used.lists.contains(number));
        for one in lists.map(|(_, (_, text))| text).chain(&added.plain) {
            text.push_str(one.trim_end());
            text.push('\n');
        }
        let defined = added.defined.iter().enumerate().filter(|(number, _)| !used.defined.contains(number));
        let dynamic: Vec<&String> = defined.map(|(_, (_, text))| text).chain(&added.dynamic).collect();
        if !dynamic.is_empty() {
            text.push_str("VIPADYNAMIC\n");
            for one in dynamic {
                text.push_str(&format!("  {}\n", one.trim_end()));
            }
            text.push_str("ENDVIPADYNAMIC\n");
        }
        text
    }

    /// A file with its cuts. Lists of the same name come in the place of the first that is cut, definitions of DVIPAs in that of
    /// the old definition.
    fn file(
        &self,
        path: &Arc<str>,
        added: &Added,
        in_place: bool,
        used: &mut Used,
        depth: usize,
    ) -> Option<String> {
        const DEEPEST: usize = 16;
        let view = self.snapshot.file(path)?;
        let text = &view.source.text;
        let mut edits: BTreeMap<Span, String> = BTreeMap::new();
        for (span, cut) in self.cuts.get(path).into_iter().flatten() {
            let old = text.get(span.0 as usize..span.1 as usize).unwrap_or("");
            let mut new: Vec<&str> = Vec::new();
            if in_place {
                for (number, (list, text)) in added.lists.iter().enumerate() {
                    if cut.name.as_ref() == Some(list) && used.lists.insert(number) {
                        new.push(text.trim_end());
                    }
                }
                if matches!(cut.name.as_deref(), Some("VIPADEFINE" | "VIPABACKUP")) {
                    let old: BTreeSet<IpAddr> = code(old).filter_map(|word| word.parse().ok()).collect();
                    for (number, (addresses, text)) in added.defined.iter().enumerate() {
                        if !addresses.is_disjoint(&old) && used.defined.insert(number) {
                            new.push(text.trim_end());
                        }
                    }
                }
            }
            let new = new.join("\n");
            if new.is_empty() || span.1 == cut.end {
                edits.insert(*span, new);
            } else {
                // One address of several: the statement keeps the others, and the new one comes behind it.
                edits.insert(*span, String::new());
                edits.entry((cut.end, cut.end)).or_default().push_str(&format!("\n  {new}"));
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
                edits.insert(extent, new.trim_end().to_owned());
            }
        }
        Some(apply(text, &edits))
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

/// The entries of a statement: its outermost groups, from first to last token.
fn groups(section: &Section, view: &StmtView<'_>) -> Vec<Span> {
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

/// Words of a statement without its comments.
fn code(text: &str) -> impl Iterator<Item = &str> {
    text.lines().flat_map(|line| line.split(';').next().unwrap_or("").split_whitespace())
}

/// Replaces spans; a record of which nothing is left goes as a whole.
fn apply(text: &str, edits: &BTreeMap<Span, String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for ((start, end), new) in edits {
        let (start, end) = (*start as usize, *end as usize);
        if start < at {
            continue;
        }
        out.push_str(text.get(at..start).unwrap_or(""));
        at = end;
        if !new.is_empty() {
            out.push_str(new);
            continue;
        }
        let line = out.rfind('\n').map_or(0, |found| found + 1);
        let rest = text.get(end..).unwrap_or("");
        let tail = rest.find('\n').map_or(rest.len(), |found| found);
        let before_is_blank = out.get(line..).is_some_and(|head| head.trim().is_empty());
        if before_is_blank && rest.get(..tail).is_some_and(|tail| tail.trim().is_empty()) {
            out.truncate(line);
            at = end + (tail + 1).min(rest.len());
        }
    }
    out.push_str(text.get(at..).unwrap_or(""));
    out
}
