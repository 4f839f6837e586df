//! `textDocument/onTypeFormatting`: a new record is moved to where the statement goes on, and the END of a block under its
//! opener. Columns are those of the formatter.

use std::collections::BTreeSet;

use grammar::STATEMENTS;
use grammar::description::StatementDesc;
use grammar::format::STEP;
use grammar::lookup::is_keyword;
use grammar::parse::{Dialect, parse};
use grammar::tree::{ErrorKind, StmtView};
use ls_types::{
    DocumentOnTypeFormattingOptions, DocumentOnTypeFormattingParams, Position, Range, ServerCapabilities,
    TextEdit,
};
use tower_lsp::jsonrpc::Result;

use super::outline::entries;
use super::page::Page;
use super::{Cx, Feature, Scope};
use crate::settings::ClientInfo;

/// The feature.
pub(crate) struct Typing;

impl Feature for Typing {
    const METHOD: &'static str = "textDocument/onTypeFormatting";
    type Params = DocumentOnTypeFormattingParams;
    type Answer = Option<Vec<TextEdit>>;

    fn scope(params: &Self::Params) -> Scope {
        Scope::Document(params.text_document_position.text_document.uri.clone())
    }
    fn register(capabilities: &mut ServerCapabilities, _: &ClientInfo) {
        capabilities.document_on_type_formatting_provider = Some(DocumentOnTypeFormattingOptions {
            first_trigger_character: "\n".to_owned(),
            more_trigger_character: Some(last_letters()),
        });
    }
    fn answer(cx: &Cx<'_>, params: &Self::Params) -> Result<Self::Answer> {
        let text = cx.document()?;
        let Page::Profile(file) = Page::of(cx, &text) else { return Ok(None) };
        let position = params.text_document_position.position;
        let Some(record) = text.source.record(position.line.saturating_add(1)) else { return Ok(None) };
        let start = text.offset(Position { character: 0, ..position });
        let before = text.text().get(..start as usize).unwrap_or("");
        let dialect = file.dialect.grammar();
        let wanted = if params.ch == "\n" {
            column(before, dialect)
        } else {
            let done = text.offset(position).saturating_sub(start) as usize;
            let word = record.trim();
            // Only a word that stands alone and has just been finished is moved.
            let alone = record.get(done..).is_some_and(|rest| rest.trim().is_empty());
            match open_block(before, dialect) {
                Some(block) if alone && closes(block, word) => 0,
                Some(_) | None => return Ok(None),
            }
        };
        let typed = record.len() - record.trim_start_matches([' ', '\t']).len();
        if record.get(..typed) == Some(" ".repeat(wanted).as_str()) {
            return Ok(None);
        }
        let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let range = Range {
            start: Position { character: 0, ..position },
            end: Position { character: number(typed), ..position },
        };
        Ok(Some(vec![TextEdit { range, new_text: " ".repeat(wanted) }]))
    }
}

/// The letters that END keywords end with, in either case.
fn last_letters() -> Vec<String> {
    let ends = STATEMENTS.iter().filter_map(|desc| desc.end.as_ref()?.full.chars().next_back());
    let letters: BTreeSet<char> = ends.flat_map(|last| [last, last.to_ascii_lowercase()]).collect();
    letters.into_iter().map(String::from).collect()
}

fn closes(block: &StatementDesc, word: &str) -> bool {
    block.end.as_ref().is_some_and(|end| is_keyword(word, end))
}

/// The block or list at the end of a text that wants an END.
fn open_block(text: &str, dialect: Dialect) -> Option<&'static StatementDesc> {
    let parsed = parse(text, dialect);
    let section = &parsed.sections.last()?.section;
    let block = section.views().filter(|view| view.stmt.parent.is_none()).last()?;
    block.desc().filter(|desc| desc.end.is_some() && block.stmt.end.is_none())
}

/// Columns before the record that follows a text.
fn column(text: &str, dialect: Dialect) -> usize {
    let parsed = parse(text, dialect);
    let Some(placed) = parsed.sections.last() else { return 0 };
    let Some(last) = placed.section.views().last() else { return 0 };
    let block = placed.section.views().find(|view| {
        let opens = |desc: &StatementDesc| desc.end.is_some() && has_statements(desc);
        view.stmt.parent.is_none() && view.stmt.end.is_none() && view.desc().is_some_and(opens)
    });
    let inside = if block.is_some() { STEP } else { 0 };
    let is_block = last.desc().is_some_and(|desc| desc.end.is_some() && has_statements(desc));
    if is_block || last.stmt.end.is_some() {
        return inside;
    }
    let incomplete = last.errors().any(|error| matches!(error.kind, ErrorKind::Missing { .. }));
    // An empty record ends a list.
    let ended = text.trim_end_matches([' ', '\t']).ends_with("\n\n");
    let goes_on = incomplete || (!ended && is_list(&last));
    let own = if last.stmt.parent.is_some() { STEP } else { 0 };
    if goes_on { own + STEP } else { inside }
}

/// Whether the entries of a statement have records of their own.
fn is_list(view: &StmtView<'_>) -> bool {
    let Some(first) = entries(view).into_iter().next() else { return false };
    let between = view.stmt.name.end() as usize..first.span().start as usize;
    view.section.text.get(between).is_some_and(|text| text.contains('\n'))
}

fn has_statements(desc: &StatementDesc) -> bool {
    STATEMENTS.iter().any(|child| child.blocks.contains(&desc.name))
}
