//! `textDocument/codeAction`: the fixes of the findings at the cursor, every safe fix of a document at once, and the comment that
//! allows a finding with a reason.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use compiler::Snapshot;
use compiler::file::FileView;
use compiler::finding::{Applicability, Edit, Finding, Fix, Place};
use grammar::format::LAST_COLUMN;
use ls_types::{
    CodeAction, CodeActionKind, CodeActionOptions, CodeActionOrCommand, CodeActionParams,
    CodeActionProviderCapability, CodeActionResponse, Diagnostic, NumberOrString, ServerCapabilities,
};
use tower_lsp::jsonrpc::Result;

use super::cx::Text;
use super::edits::{Files, change};
use super::page::{Page, profile};
use super::{Cx, Feature, Scope};
use crate::settings::ClientInfo;

/// The feature.
pub(crate) struct Actions;

/// Every safe fix of a document.
const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.vipa");

/// What stands in place of a reason until somebody gives one.
const REASON: &str = "say why";

impl Feature for Actions {
    const METHOD: &'static str = "textDocument/codeAction";
    type Params = CodeActionParams;
    type Answer = Option<CodeActionResponse>;

    fn scope(params: &Self::Params) -> Scope {
        Scope::Document(params.text_document.uri.clone())
    }
    fn register(capabilities: &mut ServerCapabilities, _: &ClientInfo) {
        capabilities.code_action_provider = Some(CodeActionProviderCapability::Options(CodeActionOptions {
            code_action_kinds: Some(vec![CodeActionKind::QUICKFIX, FIX_ALL]),
            ..CodeActionOptions::default()
        }));
    }
    fn answer(cx: &Cx<'_>, params: &Self::Params) -> Result<Self::Answer> {
        let text = cx.document()?;
        let Some(snapshot) = cx.snapshot() else { return Ok(None) };
        let findings = cx.findings();
        let (start, end) = (text.offset(params.range.start), text.offset(params.range.end));
        let mine: Vec<&Finding> =
            findings.iter().filter(|finding| finding.place.file == *text.file()).collect();
        let touches = |place: &Place| place.start.offset <= end && start <= place.end.offset;
        let only = params.context.only.as_deref();
        let mut actions = Vec::new();
        let maker = Maker { cx, snapshot, text };
        if wants(only, &CodeActionKind::QUICKFIX) {
            let page = match Page::of(cx, &text) {
                Page::Profile(_) => Some(profile(cx, &text)),
                Page::Scenarios(_) | Page::Other => None,
            };
            let shown = |finding: &Finding| !told(finding, &params.context.diagnostics).is_empty();
            let here = || mine.iter().filter(|finding| touches(&finding.place) || shown(finding));
            for finding in here() {
                let told = told(finding, &params.context.diagnostics);
                for fix in finding.fixes.iter().filter(|fix| fix.applicability != Applicability::Display) {
                    actions.extend(maker.fix(fix, told.clone()));
                }
            }
            for finding in here() {
                let told = told(finding, &params.context.diagnostics);
                actions.extend(
                    page.as_ref().into_iter().flat_map(|page| maker.allowances(page, finding, &told)),
                );
            }
        }
        if wants(only, &FIX_ALL) {
            actions.extend(maker.fix_all(&mine));
        }
        Ok(Some(actions.into_iter().map(CodeActionOrCommand::CodeAction).collect()))
    }
}

/// Whether a client asks for a kind: kinds are refined by dots.
fn wants(only: Option<&[CodeActionKind]>, kind: &CodeActionKind) -> bool {
    only.is_none_or(|only| {
        only.iter().any(|one| {
            let rest = kind.as_str().strip_prefix(one.as_str());
            rest.is_some_and(|rest| one.as_str().is_empty() || rest.is_empty() || rest.starts_with('.'))
        })
    })
}

/// The client's diagnostics that show a finding.
fn told(finding: &Finding, diagnostics: &[Diagnostic]) -> Vec<Diagnostic> {
    let same = |one: &&Diagnostic| {
        one.code == Some(NumberOrString::String(finding.rule.to_owned()))
            && one.range.start.line + 1 == finding.place.start.record
            && one.message.starts_with(&finding.message)
    };
    diagnostics.iter().filter(same).cloned().collect()
}

struct Maker<'a> {
    cx: &'a Cx<'a>,
    snapshot: &'a Snapshot,
    text: Text<'a>,
}

impl Maker<'_> {
    fn action(&self, title: String, edits: &[&Edit], told: Vec<Diagnostic>) -> CodeAction {
        let files = Files { cx: self.cx, snapshot: self.snapshot, beside: BTreeMap::new() };
        let mut action = CodeAction {
            title,
            kind: Some(CodeActionKind::QUICKFIX),
            diagnostics: (!told.is_empty()).then_some(told),
            ..CodeAction::default()
        };
        match change(&files, edits) {
            Ok(edit) => action.edit = Some(edit),
            Err(reason) => action.disabled = Some(ls_types::CodeActionDisabled { reason }),
        }
        action
    }

    fn fix(&self, fix: &Fix, told: Vec<Diagnostic>) -> Option<CodeAction> {
        let safe = fix.applicability == Applicability::Safe;
        let title =
            if safe { fix.title.clone() } else { format!("{} (changes what the stack does)", fix.title) };
        let edits: Vec<&Edit> = fix.edits.iter().collect();
        if edits.is_empty() {
            return None;
        }
        let mut action = self.action(title, &edits, told);
        action.is_preferred = (safe && action.edit.is_some()).then_some(true);
        Some(action)
    }

    /// The safe fixes that do not touch each other, those of earlier findings first, as `lint --fix` takes them.
    fn fix_all(&self, findings: &[&Finding]) -> Option<CodeAction> {
        let mut taken: Vec<&Edit> = Vec::new();
        let mut count = 0_usize;
        for finding in findings {
            let safe = finding.fixes.iter().find(|fix| fix.applicability == Applicability::Safe);
            let Some(fix) = safe.filter(|fix| !fix.edits.is_empty()) else { continue };
            if fix.edits.iter().all(|edit| taken.contains(&edit)) {
                count += 1;
                continue;
            }
            let meets = |one: &Edit, other: &Edit| {
                one.place.file == other.place.file
                    && one.place.start.offset <= other.place.end.offset
                    && other.place.start.offset <= one.place.end.offset
            };
            if fix.edits.iter().any(|edit| taken.iter().any(|other| meets(edit, other))) {
                continue;
            }
            taken.extend(&fix.edits);
            count += 1;
        }
        if taken.is_empty() {
            return None;
        }
        let title = match count {
            1 => "apply the safe fix of this file".to_owned(),
            _ => format!("apply the {count} safe fixes of this file"),
        };
        Some(CodeAction { kind: Some(FIX_ALL), ..self.action(title, &taken, Vec::new()) })
    }

    fn allowances(&self, page: &FileView, finding: &Finding, told: &[Diagnostic]) -> Vec<CodeAction> {
        // What is wrong with an allowance is mended, not allowed.
        if finding.rule.starts_with("allow-") {
            return Vec::new();
        }
        let mut actions = Vec::new();
        let here = here(page, finding, &self.only_stack(finding));
        let file = in_file(page, finding.rule);
        for (title, made) in [("here", here), ("in this file", file)] {
            let Some((offset, text)) = made else { continue };
            let at = page.source.position(offset);
            let edit = Edit { place: Place { file: Arc::clone(self.text.file()), start: at, end: at }, text };
            actions.push(self.action(
                format!("allow {} {title}, with a reason", finding.rule),
                &[&edit],
                told.to_vec(),
            ));
        }
        actions
    }

    /// `, stack=NAME` for what concerns one of several stacks that read the file.
    fn only_stack(&self, finding: &Finding) -> String {
        match finding.stacks.as_slice() {
            [only] if self.snapshot.readers(self.text.file()).len() > 1 => format!(", stack={only}"),
            _ => String::new(),
        }
    }
}

/// Where a comment that allows a finding goes, and its text: at the end of the record where it fits into the columns, else on
/// a record of its own before the statement.
fn here(page: &FileView, finding: &Finding, stack: &str) -> Option<(u32, String)> {
    // What is missing stands nowhere: only the file as a whole can allow it.
    if finding.place.start == finding.place.end {
        return None;
    }
    let source = &page.source;
    let comment = format!("; vipa: allow({}{stack}) {REASON}", finding.rule);
    let record = finding.place.start.record;
    let line = source.record(record)?;
    let start = *source.record_starts().get(record as usize - 1)?;
    // Sequence numbers, where there are any, stand behind the last column.
    let kept: String = line.chars().take(LAST_COLUMN).collect();
    let kept = if numbered(page) { kept.as_str() } else { line };
    let content = kept.trim_end();
    let end = start + u32::try_from(line.len()).ok()?;
    let commented = page.comments.iter().any(|one| one.start >= start && one.start < end);
    if !commented && content.chars().count() + 1 + comment.chars().count() <= LAST_COLUMN {
        return Some((start + u32::try_from(content.len()).ok()?, format!(" {comment}")));
    }
    let statement = statement_at(page, finding.place.start.offset)?;
    let first = source.position(statement).record;
    let start = *source.record_starts().get(first as usize - 1)?;
    let before = source.text.get(start as usize..statement as usize)?;
    // Another statement in the same record would be the next one.
    if !before.trim().is_empty() {
        return None;
    }
    Some((start, indented(before, &comment)))
}

fn in_file(page: &FileView, rule: &str) -> Option<(u32, String)> {
    let first = page.sections.first()?.start;
    let start = *page.source.record_starts().get(page.source.position(first).record as usize - 1)?;
    Some((start, format!("; vipa: allow-file({rule}) {REASON}\n")))
}

fn indented(before: &str, comment: &str) -> String {
    let room = LAST_COLUMN.saturating_sub(comment.chars().count());
    let indent: String = before.chars().take(room).collect();
    format!("{indent}{comment}\n")
}

fn numbered(page: &FileView) -> bool {
    compiler::dataset::sequence_columns(&page.source)
        .is_some_and(|columns| columns.first as usize > LAST_COLUMN)
}

/// Where the innermost statement around a byte begins.
fn statement_at(page: &FileView, offset: u32) -> Option<u32> {
    let behind = page.sections.partition_point(|placed| placed.start <= offset);
    let placed = page.sections.get(behind.checked_sub(1)?)?;
    let starts: BTreeSet<u32> = placed
        .section
        .stmts
        .iter()
        .filter(|stmt| {
            placed.start + stmt.extent.start <= offset && offset <= placed.start + stmt.extent.end()
        })
        .map(|stmt| placed.start + stmt.name.start)
        .collect();
    starts.last().copied()
}
