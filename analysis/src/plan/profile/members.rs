//! Members that the INCLUDEs of a data set have brought: what stands in a block through them belongs to it.

use std::collections::BTreeMap;

use compiler::limits::DEEPEST;
use compiler::obey::{Obeyed, ObeyedFile, Stated, offset};
use compiler::place::{At, FileNo};

use super::cut::{self, Cuts, Span};
use super::inside;

/// A data set with its members.
pub(super) struct Members<'o>(pub(super) &'o Obeyed);

impl<'o> Members<'o> {
    fn file(&self, no: FileNo) -> Option<&'o ObeyedFile> {
        self.0.files.iter().find(|file| file.no == no)
    }

    /// Whether a place is in a statement, or in a member that an INCLUDE in it brings.
    pub(super) fn within(&self, host: &Stated, at: At) -> bool {
        let by = |at: &At| self.file(at.section.file)?.by;
        std::iter::successors(Some(at), by).take(DEEPEST).any(|at| inside(host, at))
    }

    /// The text of a statement without what goes of it, members in the place of the INCLUDEs in it, with the comment beside its last
    /// word. None for a distribution of which nothing stays.
    pub(super) fn text(&self, stated: &Stated, cuts: &BTreeMap<FileNo, Cuts>) -> Option<String> {
        let extent = stated.extent;
        let file = self.file(extent.section.file)?;
        let span = (offset(extent), offset(extent) + extent.span.len);
        let whole = cuts.get(&file.no).and_then(|cuts| cuts.get(&span));
        match whole.filter(|_| stated.name == "VIPADISTRIBUTE") {
            Some(cut) if cut.anew.is_empty() => None,
            // It comes into a block of its own.
            Some(cut) => Some(cut.anew.join("\n  ")),
            None => Some(format!("{}{}", self.part(file, span, cuts, 0), comment_behind(file, span, cuts))),
        }
    }

    /// A part of a file.
    fn part(&self, file: &ObeyedFile, span: Span, cuts: &BTreeMap<FileNo, Cuts>, depth: usize) -> String {
        let text = file.source.text.get(span.0 as usize..span.1 as usize).unwrap_or("");
        let here = |(start, end): Span| (start.saturating_sub(span.0), end.saturating_sub(span.0));
        let mut edits: BTreeMap<Span, String> = BTreeMap::new();
        for (inner, cut) in cuts.get(&file.no).into_iter().flatten() {
            if span.0 <= inner.0 && inner.1 <= span.1 && *inner != span {
                let inner = here(*inner);
                edits.insert(inner, cut.instead(text, inner.0));
            }
        }
        let include = |one: &&Stated| one.name == "INCLUDE" && one.extent.section.file == file.no;
        for one in self.0.statements.iter().filter(include).filter(|_| depth < DEEPEST) {
            let extent = (offset(one.extent), offset(one.extent) + one.extent.span.len);
            let brought = self.0.files.iter().find(|file| file.by.is_some_and(|by| inside(one, by)));
            if let Some(member) = brought.filter(|_| span.0 <= extent.0 && extent.1 <= span.1) {
                let all = (0, u32::try_from(member.source.text.len()).unwrap_or(u32::MAX));
                let new = self.part(member, all, cuts, depth + 1);
                edits.insert(here(extent), new.trim_start_matches(' ').trim_end().to_owned());
            }
        }
        cut::apply(text, &edits).trim_end().to_owned()
    }
}

/// What a comment says beside the last word of a statement, with the blanks before it. Nothing where that word goes: the comment was its own.
fn comment_behind<'o>(file: &'o ObeyedFile, span: Span, cuts: &BTreeMap<FileNo, Cuts>) -> &'o str {
    let goes = cuts.get(&file.no).into_iter().flatten().any(|(inner, _)| inner.1 == span.1);
    let rest = file.source.text.get(span.1 as usize..).unwrap_or("");
    let line = rest.lines().next().unwrap_or("").trim_end();
    if !goes && line.starts_with(' ') && line.trim_start().starts_with(';') { line } else { "" }
}
