//! `textDocument/formatting` and `rangeFormatting`: the formatter of `vipa fmt`, and that of scenarios, as edits of the records that
//! they change.
//! Line ends stay as they are.

use std::sync::PoisonError;

use compiler::dataset::{LineEnd, RecordForm, sequence_columns};
use compiler::source::SourceText;
use grammar::format::{blocks, format_again};
use grammar::scenario;
use ls_types::{
    DocumentFormattingParams, DocumentRangeFormattingParams, OneOf, Position, Range, ServerCapabilities,
    TextEdit,
};
use tower_lsp::jsonrpc::Result;

use super::commands::refusal;
use super::cx::Text;
use super::page::{self, Played};
use super::{Cx, Feature, Scope};
use crate::home::Role;
use crate::settings::ClientInfo;

/// A whole document.
pub(crate) struct Whole;

/// Some of its records.
pub(crate) struct Part;

impl Feature for Whole {
    const METHOD: &'static str = "textDocument/formatting";
    type Params = DocumentFormattingParams;
    type Answer = Option<Vec<TextEdit>>;

    fn scope(params: &Self::Params) -> Scope {
        Scope::Document(params.text_document.uri.clone())
    }
    fn register(capabilities: &mut ServerCapabilities, _: &ClientInfo) {
        capabilities.document_formatting_provider = Some(OneOf::Left(true));
    }
    fn answer(cx: &Cx<'_>, _: &Self::Params) -> Result<Self::Answer> {
        edits(cx, |_, _| true)
    }
}

impl Feature for Part {
    const METHOD: &'static str = "textDocument/rangeFormatting";
    type Params = DocumentRangeFormattingParams;
    type Answer = Option<Vec<TextEdit>>;

    fn scope(params: &Self::Params) -> Scope {
        Scope::Document(params.text_document.uri.clone())
    }
    fn register(capabilities: &mut ServerCapabilities, _: &ClientInfo) {
        capabilities.document_range_formatting_provider = Some(OneOf::Left(true));
    }
    fn answer(cx: &Cx<'_>, params: &Self::Params) -> Result<Self::Answer> {
        let (start, end) = (params.range.start, params.range.end);
        // A range that ends before the first character of a line does not mean that line.
        let last = if end.character == 0 && end.line > start.line { end.line - 1 } else { end.line };
        edits(cx, |first, behind| first <= last as usize && behind > start.line as usize)
    }
}

/// The edits of the runs of records that are wanted, by the first and the one behind the last.
fn edits(cx: &Cx<'_>, wanted: impl Fn(usize, usize) -> bool) -> Result<Option<Vec<TextEdit>>> {
    let text = cx.document()?;
    match Role::of(&text.document.path) {
        Role::Profile => {}
        Role::Companion | Role::Description => {
            let all = page::scenarios(&text.document.path, text.text());
            return Ok(all.map(|all| changes(&text, &scenarios(text.text(), &all), wanted)));
        }
    }
    if let Some(columns) = sequence_columns(text.source) {
        return Err(refusal(format!(
            "not formatted: there are sequence numbers in columns {} to {}, which would be moved; take them off first",
            columns.first, columns.last
        )));
    }
    let kept = &mut *cx.desk.formatted.lock().unwrap_or_else(PoisonError::into_inner);
    let new = format_again(text.text(), cx.dialect().grammar(), kept);
    Ok(Some(changes(&text, &new, wanted)))
}

/// A text with its scenarios laid out; what else a Markdown file says stays as it is.
fn scenarios(text: &str, all: &[Played]) -> String {
    let mut new = String::with_capacity(text.len());
    let mut done = 0;
    for played in all {
        let block = played.block.as_ref();
        let (start, end) = block.map_or((0, text.len()), |block| (block.start as usize, block.end as usize));
        let above = text.get(done..start).unwrap_or("");
        let fence = above.trim_end_matches('\n').rsplit('\n').next().unwrap_or("");
        let indent = fence.get(..fence.len() - fence.trim_start_matches([' ', '\t']).len()).unwrap_or("");
        let Some(laid) = scenario(text.get(start..end).unwrap_or(""), indent) else { continue };
        new.push_str(above);
        new.push_str(&laid);
        done = end;
    }
    new.push_str(text.get(done..).unwrap_or(""));
    new
}

/// A scenario laid out. The block of a list is indented, and its lines with it; None where one of them is not.
fn scenario(text: &str, indent: &str) -> Option<String> {
    if indent.is_empty() {
        return Some(scenario::format(text));
    }
    let line = |line| match str::strip_prefix(line, indent) {
        None if line.trim().is_empty() => Some("\n"),
        stripped => stripped,
    };
    let inner: String = text.split_inclusive('\n').map(line).collect::<Option<_>>()?;
    let laid = scenario::format(&inner);
    let indented =
        |line: &str| if line.trim().is_empty() { line.to_owned() } else { format!("{indent}{line}") };
    Some(laid.split_inclusive('\n').map(indented).collect())
}

fn changes(text: &Text<'_>, new: &str, wanted: impl Fn(usize, usize) -> bool) -> Vec<TextEdit> {
    let end = line_end(text.source);
    let mut edits = Vec::new();
    let mut at = 0;
    for block in blocks(text.text(), new) {
        let behind = at + block.old.len();
        // Where records are put in and none taken out, the record before is meant.
        if block.changed && wanted(at, behind.max(at + 1)) {
            let complete = block.old.last().is_none_or(|last| last.ends_with('\n'));
            let to = if complete { line(behind) } else { text.position(u32::MAX) };
            let new_text = block.new.concat().replace('\n', end);
            edits.push(TextEdit { range: Range { start: line(at), end: to }, new_text });
        }
        at = behind;
    }
    edits
}

fn line(number: usize) -> Position {
    Position { line: u32::try_from(number).unwrap_or(u32::MAX), character: 0 }
}

/// What ends the lines of a document.
pub(crate) fn line_end(source: &SourceText) -> &'static str {
    match source.form.records {
        RecordForm::Lines(LineEnd::CrLf) => "\r\n",
        RecordForm::Lines(LineEnd::Nel) => "\u{85}",
        RecordForm::Lines(
            LineEnd::Lf | LineEnd::Ebcdic15 | LineEnd::CrEbcdic15 | LineEnd::Ebcdic25 | LineEnd::CrEbcdic25,
        )
        | RecordForm::Fixed80 => "\n",
    }
}
