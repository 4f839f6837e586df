//! From places in sections to files, records and columns.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::description::AddressEntry;
use crate::finding::{Edit, Finding, Fix, Place, Related};
use crate::place::{At, FileNo, SectionKey};
use crate::report::Report;
use crate::snapshot::{Snapshot, Ways};
use crate::source::SourceText;
use crate::{db, obey};

/// From sections to records.
pub(crate) struct Places<'s> {
    snapshot: &'s Snapshot,
    files: BTreeMap<FileNo, (Arc<str>, Arc<SourceText>)>,
    starts: FxHashMap<SectionKey, u32>,
    /// Files of OBEYFILEs, whose sections say themselves where they start.
    obeyed: BTreeSet<FileNo>,
}

impl<'s> Places<'s> {
    /// For the places of these reports: no others are looked for.
    pub(crate) fn new<'r>(
        snapshot: &'s Snapshot,
        ways: &Ways,
        reports: impl Iterator<Item = &'r Report>,
    ) -> Self {
        Self::of(snapshot, ways, reports.flat_map(Report::places))
    }

    /// For these places.
    pub(crate) fn of<'r>(snapshot: &'s Snapshot, ways: &Ways, places: impl Iterator<Item = &'r At>) -> Self {
        let named: FxHashSet<SectionKey> = places.map(|at| at.section).collect();
        let in_files: BTreeSet<FileNo> = named.iter().map(|section| section.file).collect();
        let db = &snapshot.db;
        let mut files = BTreeMap::new();
        let mut starts = FxHashMap::default();
        let dialect = snapshot.description.dialect();
        for (path, file) in snapshot.files.iter() {
            files.insert(file.no(db), (Arc::clone(path), Arc::clone(file.source(db))));
            if !in_files.contains(&file.no(db)) {
                continue;
            }
            if let Some(looked) = snapshot.once.files.get(&file.no(db)) {
                starts.extend(looked.names(file.no(db)).filter(|(section, _)| named.contains(section)));
                continue;
            }
            let top = [None];
            for way in ways.get(&file.no(db)).map_or(&top[..], Vec::as_slice) {
                let names =
                    db::sections(db, *file, dialect, *way).iter().flat_map(|stretch| stretch.names(db));
                starts.extend(names.filter(|(section, _)| named.contains(section)));
            }
        }
        if let Some((path, no, source)) = &snapshot.toml {
            files.insert(*no, (Arc::clone(path), Arc::clone(source)));
        }
        Self { snapshot, files, starts, obeyed: BTreeSet::new() }
    }

    /// Adds a file that an OBEYFILE has read.
    pub(crate) fn add(&mut self, no: FileNo, path: Arc<str>, source: Arc<SourceText>) {
        self.files.insert(no, (path, source));
        self.obeyed.insert(no);
    }

    pub(crate) fn place(&self, at: At) -> Option<Place> {
        let (file, source) = self.files.get(&at.section.file)?;
        let base = if at.section.hash == 0 {
            0
        } else if self.obeyed.contains(&at.section.file) {
            obey::start_of(at.section)
        } else {
            *self.starts.get(&at.section)?
        };
        let start = source.position(base + at.span.start);
        let end = source.position(base + at.span.end());
        Some(Place { file: Arc::clone(file), start, end })
    }

    pub(crate) fn finding(&self, report: Report) -> Option<Finding> {
        let place = self.place(report.at)?;
        let mut stacks = report.stacks;
        stacks.sort();
        // A lone profile is its own stack: naming it says nothing.
        if self.snapshot.toml.is_none() && stacks.len() == 1 && self.snapshot.inputs().len() == 1 {
            stacks.clear();
        }
        let names = &self.snapshot.description.addresses;
        let named = |text: String| if names.is_empty() { text } else { with_names(&text, names) };
        let related = report.related.into_iter().map(|(message, at)| (named(message), at));
        let fixes = report.fixes.into_iter().filter_map(|fix| {
            let edits = fix.edits.into_iter().map(|(at, text)| Some(Edit { place: self.place(at)?, text }));
            Some(Fix {
                title: fix.title,
                applicability: fix.applicability,
                edits: edits.collect::<Option<Vec<_>>>()?,
            })
        });
        Some(Finding {
            rule: report.rule,
            severity: report.severity,
            message: named(report.message),
            message_id: report.message_id,
            effect: report.effect,
            stacks,
            place,
            label: report.label,
            related: related
                .filter_map(|(message, at)| Some(Related { message, place: self.place(at)? }))
                .collect(),
            notes: report.notes.into_iter().map(named).collect(),
            fixes: fixes.collect(),
            confidence: report.confidence,
            assumptions: report.assumptions.into_iter().map(str::to_owned).collect(),
        })
    }
}

/// Puts the symbolic name before each address that has one: `DVA1 (203.0.113.1)`.
fn with_names(text: &str, names: &[AddressEntry]) -> String {
    let part_of_address = |letter: char| letter.is_ascii_hexdigit() || matches!(letter, '.' | ':' | '/');
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(part_of_address) {
        let (before, from) = rest.split_at(start);
        let length = from.find(|letter| !part_of_address(letter)).unwrap_or(from.len());
        let (word, behind) = from.split_at(length);
        let address = word.trim_end_matches(['.', ':']);
        let name = address
            .parse::<IpAddr>()
            .ok()
            .filter(|_| !before.ends_with(|letter: char| letter.is_ascii_alphanumeric()))
            .and_then(|address| names.iter().find(|entry| entry.address.value == address));
        out.push_str(before);
        match name {
            Some(entry) => {
                out.push_str(&format!("{} ({address})", entry.name.value));
                out.push_str(word.get(address.len()..).unwrap_or(""));
            }
            None => out.push_str(word),
        }
        rest = behind;
    }
    out.push_str(rest);
    out
}
