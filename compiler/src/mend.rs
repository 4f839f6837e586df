//! What the fixes of rules are made of: the statement at a place, and edits that leave no torn records behind.
//!
//! A rule that can be mended without a person has `pub fn mend` in its file. It is asked when the places of a finding are known,
//! and only when the finding has no fix yet.

use std::any::Any;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use grammar::tree::{Section, Span, StmtView};

use crate::dataset::sequence_columns;
use crate::finding::{Applicability, Edit, Finding, Fix, Place};
use crate::snapshot::{Snapshot, Ways};
use crate::source::{SourceText, Text};
use crate::{Dialect, db};

/// How a rule mends a finding.
pub type Mend = fn(&Finding, &Mender<'_>) -> Option<Fix>;

/// The texts of a snapshot, for fixes.
pub struct Mender<'s> {
    snapshot: &'s Snapshot,
    ways: Ways,
    /// One file has many findings.
    pages: RefCell<BTreeMap<String, Rc<Page>>>,
    /// The last fix that is the same for all findings of some statements.
    shared: RefCell<Option<Shared>>,
    /// What a rule keeps of a file for all of its findings there.
    kept: RefCell<BTreeMap<Kept, Rc<dyn Any>>>,
}

/// By rule and path.
type Kept = (&'static str, String);

/// A fix for what is found in a part of a file.
struct Shared {
    rule: &'static str,
    file: Arc<str>,
    within: Range<u32>,
    fix: Fix,
}

/// A text in which something is to be mended.
#[derive(Clone, Debug)]
pub struct Page {
    file: Arc<str>,
    source: Arc<SourceText>,
    /// The text with blanks in place of sequence numbers.
    text: Text,
    sections: Vec<(u32, Arc<Section>)>,
}

/// Which statement of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Nth {
    section: usize,
    statement: usize,
}

/// A statement of a page.
#[derive(Clone, Copy)]
pub struct Here<'p> {
    page: &'p Page,
    section: usize,
    start: u32,
    /// The statement.
    pub view: StmtView<'p>,
}

impl<'s> Mender<'s> {
    pub(crate) fn new(snapshot: &'s Snapshot, ways: Ways) -> Self {
        Self {
            snapshot,
            ways,
            pages: RefCell::default(),
            shared: RefCell::default(),
            kept: RefCell::default(),
        }
    }

    /// The text of a file, with its statements.
    #[must_use]
    pub fn page(&self, file: &str) -> Option<Rc<Page>> {
        if let Some(page) = self.pages.borrow().get(file) {
            return Some(Rc::clone(page));
        }
        let page = Rc::new(self.read(file)?);
        self.pages.borrow_mut().insert(file.to_owned(), Rc::clone(&page));
        Some(page)
    }

    /// A fix that is the same for all findings of the rule that begin in a part of a file, made once for those that follow each other.
    pub fn shared(&self, finding: &Finding, make: impl FnOnce() -> Option<(Range<u32>, Fix)>) -> Option<Fix> {
        if let Some(known) = self.shared.borrow().as_ref()
            && known.rule == finding.rule
            && known.file == finding.place.file
            && known.within.contains(&finding.place.start.offset)
        {
            return Some(known.fix.clone());
        }
        let (within, fix) = make()?;
        let (rule, file) = (finding.rule, Arc::clone(&finding.place.file));
        *self.shared.borrow_mut() = Some(Shared { rule, file, within, fix: fix.clone() });
        Some(fix)
    }

    /// What a rule keeps of a file: made for its first finding there, so that the others need not look through the file again.
    pub fn kept<T: 'static>(
        &self,
        rule: &'static str,
        page: &Page,
        make: impl FnOnce(&Page) -> T,
    ) -> Option<Rc<T>> {
        let key = (rule, page.file.to_string());
        let mut kept = self.kept.borrow_mut();
        let made = kept.entry(key).or_insert_with(|| Rc::new(make(page)));
        Rc::clone(made).downcast().ok()
    }

    fn read(&self, file: &str) -> Option<Page> {
        let db = &self.snapshot.db;
        let (path, source_file) = self.snapshot.files.get_key_value(file)?;
        let source = Arc::clone(source_file.source(db));
        let blanked = sequence_columns(&source).map(|columns| Text::from(columns.blanked(&source)));
        let way = self.ways.get(&source_file.no(db)).and_then(|ways| ways.first()).copied().flatten();
        let sections = db::sections(db, *source_file, self.dialect(), way)
            .iter()
            .flat_map(|stretch| stretch.parts(db))
            .map(|(part, start)| (start, Arc::clone(&part.section)))
            .collect();
        let text = blanked.unwrap_or_else(|| source.text.clone());
        Some(Page { file: Arc::clone(path), source, text, sections })
    }

    /// The text of any file, `sysplex.toml` among them, without statements.
    #[must_use]
    pub fn plain(&self, file: &str) -> Option<Page> {
        let source = self.snapshot.source(file)?;
        Some(Page { file: Arc::from(file), text: source.text.clone(), source, sections: Vec::new() })
    }

    /// The pages of a stack's initial profile, in order.
    #[must_use]
    pub fn pages_of(&self, stack: &str) -> Vec<Rc<Page>> {
        let Some(input) = self.snapshot.input(stack) else { return Vec::new() };
        let db = &self.snapshot.db;
        let paths = input.profiles(db).iter().map(|file| Arc::clone(file.path(db)));
        paths.filter_map(|path| self.page(&path)).collect()
    }

    /// The dialect of all texts.
    #[must_use]
    pub fn dialect(&self) -> Dialect {
        self.snapshot.description.dialect()
    }
}

impl Page {
    /// Its statements in order, blocks before their children.
    pub fn statements(&self) -> impl Iterator<Item = Here<'_>> {
        self.sections.iter().enumerate().flat_map(move |(nth, (start, section))| {
            section.views().map(move |view| Here { page: self, section: nth, start: *start, view })
        })
    }

    /// One of them.
    #[must_use]
    pub fn statement(&self, nth: Nth) -> Option<Here<'_>> {
        let (start, section) = self.sections.get(nth.section)?;
        let view = section.view(nth.statement)?;
        Some(Here { page: self, section: nth.section, start: *start, view })
    }

    /// Its path.
    #[must_use]
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The innermost statement that holds the first byte of a place.
    #[must_use]
    pub fn at(&self, place: &Place) -> Option<Here<'_>> {
        let at = place.start.offset;
        let next = self.sections.partition_point(|(start, _)| *start <= at);
        let nth = next.checked_sub(1)?;
        let (start, section) = self.sections.get(nth)?;
        let holds = |here: &Here<'_>| {
            let extent = here.view.stmt.extent;
            here.start + extent.start <= at && at < here.start + extent.end()
        };
        // Statements stand in order of their names, blocks before their children: the last one that holds the place is the innermost.
        let next = section.stmts.partition_point(|stmt| start + stmt.name.start <= at);
        let before = (0..next).rev().filter_map(|index| section.view(index));
        before.map(|view| Here { page: self, section: nth, start: *start, view }).find(holds)
    }

    /// What stands at a place.
    #[must_use]
    pub fn text(&self, place: &Place) -> &str {
        self.slice(place.start.offset as usize, place.end.offset as usize)
    }

    /// Another text at a place.
    #[must_use]
    pub fn replace(&self, place: &Place, text: impl Into<String>) -> Edit {
        Edit { place: place.clone(), text: text.into() }
    }

    /// Takes a place out: its records, when nothing else but a comment stands there, else the words with the blanks before.
    #[must_use]
    pub fn cut(&self, place: &Place) -> Edit {
        self.cut_range(place.start.offset as usize, place.end.offset as usize)
    }

    /// Takes a comment out, with its record when nothing else stands there.
    #[must_use]
    pub fn cut_comment(&self, place: &Place) -> Edit {
        self.cut_range(place.start.offset as usize, self.record_end(place.end.offset as usize))
    }

    fn cut_range(&self, start: usize, end: usize) -> Edit {
        let (from, to) = (self.record_start(start), self.record_end(end));
        let before = self.slice(from, start);
        let behind = self.slice(end, to).trim_start();
        if before.trim().is_empty() && (behind.is_empty() || behind.starts_with(';')) {
            let to = if to < self.text.len() { to + 1 } else { to };
            return self.edit(from, to, String::new());
        }
        if before.trim().is_empty() {
            // What stands behind moves to where it stood.
            let gap = self.slice(end, to).len() - behind.len();
            return self.edit(start, end + gap, String::new());
        }
        self.edit(from + before.trim_end().len(), end, String::new())
    }

    fn slice(&self, start: usize, end: usize) -> &str {
        self.text.get(start..end).unwrap_or("")
    }
    fn record_start(&self, at: usize) -> usize {
        self.slice(0, at).rfind('\n').map_or(0, |end| end + 1)
    }
    fn record_end(&self, at: usize) -> usize {
        self.slice(at, self.text.len()).find('\n').map_or(self.text.len(), |end| at + end)
    }
    fn edit(&self, start: usize, end: usize, text: String) -> Edit {
        let position = |at: usize| self.source.position(u32::try_from(at).unwrap_or(u32::MAX));
        Edit {
            place: Place { file: Arc::clone(&self.file), start: position(start), end: position(end) },
            text,
        }
    }
}

impl<'p> Here<'p> {
    /// Which statement of its page it is.
    #[must_use]
    pub fn nth(&self) -> Nth {
        Nth { section: self.section, statement: self.view.index as usize }
    }

    /// A span of its section as a place.
    #[must_use]
    pub fn place(&self, span: Span) -> Place {
        let at = |offset: u32| self.page.source.position(self.start + offset);
        Place { file: Arc::clone(&self.page.file), start: at(span.start), end: at(span.end()) }
    }

    /// What is typed there.
    #[must_use]
    pub fn text(&self, span: Span) -> &'p str {
        self.view.section.text_of(span)
    }

    /// The whole statement, children included.
    #[must_use]
    pub fn whole(&self) -> Place {
        self.place(self.view.stmt.extent)
    }

    /// The words behind the name, without comments, in upper case.
    #[must_use]
    pub fn words(&self) -> Vec<String> {
        let extent = self.view.stmt.extent;
        let text = self
            .text(Span { start: self.view.stmt.name.end(), len: extent.end() - self.view.stmt.name.end() });
        let records = text.lines().map(|line| line.split_once(';').map_or(line, |(words, _)| words));
        records.flat_map(str::split_whitespace).map(str::to_ascii_uppercase).collect()
    }

    /// Another text in place of a span.
    #[must_use]
    pub fn replace(&self, span: Span, text: impl Into<String>) -> Edit {
        Edit { place: self.place(span), text: text.into() }
    }

    /// Takes a span out; see [`Page::cut`].
    #[must_use]
    pub fn cut(&self, span: Span) -> Edit {
        self.page.cut(&self.place(span))
    }

    /// Records of their own behind the statement, as far in as it is.
    #[must_use]
    pub fn behind(&self, records: &[&str]) -> Edit {
        let end = (self.start + self.view.stmt.extent.end()) as usize;
        let to = self.page.record_end(end);
        let indent = self.indent();
        let lines: String = records.iter().map(|record| format!("\n{indent}{record}")).collect();
        self.page.edit(to, to, lines)
    }

    /// Records of their own before the statement, as far in as it is.
    #[must_use]
    pub fn before(&self, records: &[&str]) -> Edit {
        let from = self.page.record_start((self.start + self.view.stmt.extent.start) as usize);
        let indent = self.indent();
        let lines: String = records.iter().map(|record| format!("{indent}{record}\n")).collect();
        self.page.edit(from, from, lines)
    }

    /// Records of their own before the END of the statement, one step further in. None when it has no END at the beginning of a
    /// record.
    #[must_use]
    pub fn before_end(&self, records: &[&str]) -> Option<Edit> {
        let end = (self.start + self.view.stmt.end?.start) as usize;
        let from = self.page.record_start(end);
        let indent = self.page.slice(from, end);
        let alone = indent.trim().is_empty();
        let lines: String = records.iter().map(|record| format!("{indent}  {record}\n")).collect();
        alone.then(|| self.page.edit(from, from, lines))
    }

    /// A word more behind the name.
    #[must_use]
    pub fn behind_name(&self, word: &str) -> Edit {
        let end = (self.start + self.view.stmt.name.end()) as usize;
        self.page.edit(end, end, format!(" {word}"))
    }

    /// The blanks before it in its record.
    #[must_use]
    pub fn indent(&self) -> String {
        let at = (self.start + self.view.stmt.extent.start) as usize;
        let before = self.page.slice(self.page.record_start(at), at);
        if before.trim().is_empty() { before.to_owned() } else { String::new() }
    }
}

/// The name that a finding guesses was meant, in place of the one that is there. A word of `sysplex.toml` changes what is told,
/// a name in a profile what the stack does.
#[must_use]
pub fn suggested(finding: &Finding, mender: &Mender<'_>) -> Option<Fix> {
    let all = std::iter::once(&finding.message).chain(&finding.notes);
    let mut hints = all.filter_map(|text| text.split_once("did you mean ")?.1.strip_suffix('?'));
    let near = hints.next()?.trim_matches('`');
    if near.contains(char::is_whitespace) {
        return None;
    }
    let page = mender.plain(&finding.place.file)?;
    let there = page.text(&finding.place);
    let quote = |mark: char| there.len() > 1 && there.starts_with(mark) && there.ends_with(mark);
    let text = match ['"', '\''].into_iter().find(|mark| quote(*mark)) {
        Some(mark) => format!("{mark}{near}{mark}"),
        None => near.to_owned(),
    };
    let word = !there.is_empty() && there.trim_matches(['"', '\'']).chars().all(|char| !char.is_whitespace());
    let about_us = finding.rule.starts_with("sysplex-toml-");
    let applicability = if about_us { Applicability::Safe } else { Applicability::Unsafe };
    let edits = vec![page.replace(&finding.place, text)];
    word.then(|| Fix { title: format!("write {near}"), applicability, edits })
}

/// Edits in the order of their places, each place once.
#[must_use]
pub fn in_order(edits: Vec<Edit>) -> Vec<Edit> {
    let edits: BTreeMap<Place, Edit> = edits.into_iter().map(|edit| (edit.place.clone(), edit)).collect();
    edits.into_values().collect()
}
