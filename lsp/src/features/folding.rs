//! `textDocument/foldingRange`: blocks, lists and long statements, runs of comments, and what follows an event of a scenario.

use compiler::file::FileView;
use grammar::scenario::LineKind;
use ls_types::{
    FoldingRange, FoldingRangeKind, FoldingRangeParams, FoldingRangeProviderCapability, ServerCapabilities,
};
use tower_lsp::jsonrpc::Result;

use super::cx::Text;
use super::page::{Page, Played};
use super::{Cx, Feature, Scope};
use crate::settings::ClientInfo;

/// The feature.
pub(crate) struct Folding;

impl Feature for Folding {
    const METHOD: &'static str = "textDocument/foldingRange";
    type Params = FoldingRangeParams;
    type Answer = Option<Vec<FoldingRange>>;

    fn scope(params: &Self::Params) -> Scope {
        Scope::Document(params.text_document.uri.clone())
    }
    fn register(capabilities: &mut ServerCapabilities, _: &ClientInfo) {
        capabilities.folding_range_provider = Some(FoldingRangeProviderCapability::Simple(true));
    }
    fn answer(cx: &Cx<'_>, _: &Self::Params) -> Result<Self::Answer> {
        let text = cx.document()?;
        Ok(match Page::of(cx, &text) {
            Page::Profile(file) => Some(profile(&text, &file)),
            Page::Scenarios(played) => Some(scenarios(&text, &played)),
            Page::Other => None,
        })
    }
}

fn fold(first: u32, last: u32, kind: FoldingRangeKind) -> Option<FoldingRange> {
    (last > first).then_some(FoldingRange {
        start_line: first,
        start_character: None,
        end_line: last,
        end_character: None,
        kind: Some(kind),
        collapsed_text: None,
    })
}

/// Index of the record of a byte.
fn line(text: &Text<'_>, offset: u32) -> u32 {
    text.source.position(offset).record.saturating_sub(1)
}

fn profile(text: &Text<'_>, file: &FileView) -> Vec<FoldingRange> {
    let mut folds = Vec::new();
    for placed in &file.sections {
        for stmt in &placed.section.stmts {
            let first = line(text, placed.start + stmt.name.start);
            // The END stays in sight.
            let last = match stmt.end {
                Some(end) => line(text, placed.start + end.start).saturating_sub(1),
                None => line(text, placed.start + stmt.extent.end()),
            };
            folds.extend(fold(first, last, FoldingRangeKind::Region));
        }
    }
    folds.extend(comments(text, file));
    folds.sort_by_key(|fold| (fold.start_line, std::cmp::Reverse(fold.end_line)));
    folds
}

/// Runs of comments on records of their own, without an empty record between.
fn comments(text: &Text<'_>, file: &FileView) -> Vec<FoldingRange> {
    let lines: Vec<u32> = file
        .comments
        .iter()
        .filter(|comment| comment.own_record)
        .map(|comment| line(text, comment.start))
        .collect();
    runs(&lines)
}

fn runs(lines: &[u32]) -> Vec<FoldingRange> {
    lines
        .chunk_by(|one, next| one + 1 == *next)
        .filter_map(|run| fold(*run.first()?, *run.last()?, FoldingRangeKind::Comment))
        .collect()
}

fn scenarios(text: &Text<'_>, played: &[Played]) -> Vec<FoldingRange> {
    let mut folds = Vec::new();
    for Played { block, scenario } in played {
        if let Some(block) = block {
            let first = block.first_line.saturating_sub(2);
            let last = line(text, block.end).saturating_sub(1);
            folds.extend(fold(first, last, FoldingRangeKind::Region));
        }
        let mut comments = Vec::new();
        let mut open: Option<(u32, u32)> = None;
        for one in &scenario.lines {
            let at = one.span.line.saturating_sub(1);
            match one.kind {
                LineKind::Comment => comments.push(at),
                LineKind::Event(_) => {
                    folds.extend(open.and_then(|(first, last)| fold(first, last, FoldingRangeKind::Region)));
                    open = Some((at, at));
                }
                LineKind::Outcome(_) | LineKind::Expect(_) | LineKind::Malformed(_) => {
                    open = open.map(|(first, _)| (first, at));
                }
            }
        }
        folds.extend(open.and_then(|(first, last)| fold(first, last, FoldingRangeKind::Region)));
        folds.extend(runs(&comments));
    }
    folds.sort_by_key(|fold| (fold.start_line, std::cmp::Reverse(fold.end_line)));
    folds
}
