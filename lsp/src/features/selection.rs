//! `textDocument/selectionRange`: from the token under the cursor over its operands, entry, statement and block to the file.

use compiler::file::FileView;
use compiler::symbols::symbols_in;
use grammar::description::SlotKind;
use grammar::parse::Placed;
use grammar::tree::{Event, EventKind, Span, StmtView};
use ls_types::{SelectionRange, SelectionRangeParams, SelectionRangeProviderCapability, ServerCapabilities};
use tower_lsp::jsonrpc::Result;

use super::cx::Text;
use super::page::{Page, Played};
use super::{Cx, Feature, Scope};
use crate::settings::ClientInfo;

/// The feature.
pub(crate) struct Selection;

impl Feature for Selection {
    const METHOD: &'static str = "textDocument/selectionRange";
    type Params = SelectionRangeParams;
    type Answer = Option<Vec<SelectionRange>>;

    fn scope(params: &Self::Params) -> Scope {
        Scope::Document(params.text_document.uri.clone())
    }
    fn register(capabilities: &mut ServerCapabilities, _: &ClientInfo) {
        capabilities.selection_range_provider = Some(SelectionRangeProviderCapability::Simple(true));
    }
    fn answer(cx: &Cx<'_>, params: &Self::Params) -> Result<Self::Answer> {
        let text = cx.document()?;
        let page = Page::of(cx, &text);
        let one = |position| {
            let offset = text.offset(position);
            let mut spans = match &page {
                Page::Profile(file) => profile(file, offset),
                Page::Scenarios(played) => scenarios(&text, played, offset),
                Page::Other => Vec::new(),
            };
            spans.push((0, u32::try_from(text.text().len()).unwrap_or(u32::MAX)));
            nested(&text, offset, spans)
        };
        Ok(Some(params.positions.iter().map(|position| one(*position)).collect()))
    }
}

/// The spans around an offset, the smallest inside.
fn nested(text: &Text<'_>, offset: u32, mut spans: Vec<(u32, u32)>) -> SelectionRange {
    spans.retain(|(start, end)| *start <= offset && offset <= *end);
    spans.sort_by_key(|(start, end)| (std::cmp::Reverse(end - start), *start));
    spans.dedup();
    let mut outer: Option<SelectionRange> = None;
    let mut around = (0, u32::MAX);
    for (start, end) in spans {
        // Two neighbours may touch the cursor; only one of them can hold what follows.
        if start < around.0 || end > around.1 {
            continue;
        }
        around = (start, end);
        outer = Some(SelectionRange { range: text.range(start, end), parent: outer.map(Box::new) });
    }
    outer.unwrap_or_else(|| SelectionRange { range: text.range(offset, offset), parent: None })
}

fn profile(file: &FileView, offset: u32) -> Vec<(u32, u32)> {
    let mut spans = Vec::new();
    let behind = file.comments.partition_point(|comment| comment.start <= offset);
    if let Some(comment) = behind.checked_sub(1).and_then(|index| file.comments.get(index)) {
        spans.push((comment.start, comment.start + comment.len));
    }
    let behind = file.sections.partition_point(|placed| placed.start <= offset);
    let Some(placed) = behind.checked_sub(1).and_then(|index| file.sections.get(index)) else { return spans };
    let at = |span: Span| (placed.start + span.start, placed.start + span.end());
    for view in placed.section.views() {
        let (start, end) = at(view.stmt.extent);
        if offset < start || offset > end {
            continue;
        }
        spans.push((start, end));
        spans.push(at(view.stmt.name));
        spans.extend(view.stmt.end.map(at));
        inner(placed, &view, offset, &mut spans);
    }
    spans
}

/// Entries, keywords with their operands, tokens, and symbols in a token.
fn inner(placed: &Placed, view: &StmtView<'_>, offset: u32, spans: &mut Vec<(u32, u32)>) {
    let at = |span: Span| (placed.start + span.start, placed.start + span.end());
    let (start, end) = view.stmt.events;
    let events = placed.section.events.get(start as usize..end as usize).unwrap_or(&[]);
    let mut open: Vec<Option<Span>> = Vec::new();
    let mut clause: Option<Span> = None;
    for Event { kind, slot, span } in events {
        match kind {
            EventKind::Open => {
                spans.extend(clause.take().map(at));
                open.push(None);
            }
            EventKind::Close => {
                spans.extend(clause.take().map(at));
                if let Some(group) = open.pop().flatten() {
                    spans.push(at(group));
                    if let Some(Some(outer)) = open.last_mut() {
                        *outer = outer.to(group);
                    }
                }
            }
            EventKind::Bad => {}
            EventKind::Token => {
                let known = view.desc().and_then(|desc| desc.slot_desc(*slot));
                if known.is_some_and(|slot| slot.kind == SlotKind::Keyword) {
                    spans.extend(clause.replace(*span).map(at));
                } else {
                    clause = clause.map(|clause| clause.to(*span));
                }
                if let Some(group) = open.last_mut() {
                    *group = Some(group.map_or(*span, |group| group.to(*span)));
                }
                let (from, to) = at(*span);
                if from <= offset && offset <= to {
                    spans.push((from, to));
                    let symbols = symbols_in(placed.section.text_of(*span)).into_iter();
                    spans.extend(symbols.map(|symbol| (from + symbol.span.start, from + symbol.span.end())));
                }
            }
        }
    }
    spans.extend(clause.map(at));
}

/// The word, the line, the event with what follows it, and the block of a Markdown file.
fn scenarios(text: &Text<'_>, played: &[Played], offset: u32) -> Vec<(u32, u32)> {
    let mut spans = Vec::new();
    for Played { block, scenario } in played {
        spans.extend(block.as_ref().map(|block| (block.start, block.end)));
        let mut event: Option<(u32, u32)> = None;
        for line in &scenario.lines {
            let (start, end) = (line.span.start, line.span.end);
            spans.push((start, end));
            let happens = matches!(line.kind, grammar::scenario::LineKind::Event(_));
            if happens {
                spans.extend(event.replace((start, end)));
            } else {
                event = event.map(|(first, _)| (first, end));
            }
            if start <= offset && offset <= end {
                let words = text.text().get(start as usize..end as usize).unwrap_or("");
                spans.extend(word_at(words, offset - start).map(|(from, to)| (start + from, start + to)));
            }
        }
        spans.extend(event);
    }
    spans
}

/// The word of a line that holds or touches a byte.
fn word_at(line: &str, at: u32) -> Option<(u32, u32)> {
    let mut start = 0;
    for word in line.split([' ', '\t']) {
        let end = start + u32::try_from(word.len()).ok()?;
        if start <= at && at <= end && !word.is_empty() {
            return Some((start, end));
        }
        start = end + 1;
    }
    None
}
