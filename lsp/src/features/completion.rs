//! Completion: what may stand at the cursor, from the grammar, and what the sysplex has to put there.

mod addresses;
mod description;
mod names;
mod ranks;
mod scenario;
mod snippet;

use std::ops::Range;

use compiler::names::{Kind, kind_of};
use grammar::complete::{Completion, complete_inside};
use grammar::description::{SlotDesc, StatementDesc, gone_in};
use grammar::lookup;
use ls_types::{
    CompletionItem, CompletionItemKind, CompletionList, CompletionOptions, CompletionParams,
    CompletionResponse, CompletionTextEdit, Documentation, InsertTextFormat, MarkupKind, ServerCapabilities,
    TextEdit,
};
use tower_lsp::jsonrpc::Result;

use super::paper::Paper;
use super::spot::{Language, in_comment, section};
use super::{Cx, Feature, Scope, Text};
use crate::settings::ClientInfo;

/// The feature.
pub(crate) struct Completing;

impl Feature for Completing {
    const METHOD: &'static str = "textDocument/completion";
    type Params = CompletionParams;
    type Answer = Option<CompletionResponse>;

    fn scope(params: &CompletionParams) -> Scope {
        Scope::Document(params.text_document_position.text_document.uri.clone())
    }
    fn register(capabilities: &mut ServerCapabilities, _: &ClientInfo) {
        capabilities.completion_provider = Some(CompletionOptions {
            trigger_characters: Some(vec!["&".to_owned(), "=".to_owned()]),
            ..CompletionOptions::default()
        });
    }
    fn answer(cx: &Cx<'_>, params: &CompletionParams) -> Result<Self::Answer> {
        let text = cx.document()?;
        let offset = text.offset(params.text_document_position.position);
        if in_comment(text.text(), offset as usize) {
            return Ok(None);
        }
        let (start, items, more) = match Language::of(&text.document.path) {
            Language::Profile => profile(cx, text, offset),
            Language::Scenario => {
                let (start, items) = scenario::items(cx, text, offset);
                (start, items, false)
            }
            Language::Description => {
                let (start, items) = description::items(cx, text, offset);
                (start, items, false)
            }
            Language::Other => return Ok(None),
        };
        let range = text.range(start, offset);
        let typed = text.text().get(start as usize..offset as usize).unwrap_or("");
        let (items, is_incomplete) = few(items, typed, more);
        let items = items.into_iter().zip(0..).map(|(item, number)| item.finish(cx, range, number)).collect();
        Ok(Some(CompletionResponse::List(CompletionList { is_incomplete, items })))
    }
}

/// Items that go to the client at once. Of more, those that begin as typed, and the client asks again behind the next letter.
const MOST: usize = 100;

fn few(mut items: Vec<Item>, typed: &str, left_out: bool) -> (Vec<Item>, bool) {
    if items.len() <= MOST && !left_out {
        return (items, false);
    }
    let fits = |label: &str| label.get(..typed.len()).is_some_and(|start| start.eq_ignore_ascii_case(typed));
    items.retain(|item| fits(&item.label));
    let more = items.len() > MOST;
    items.truncate(MOST);
    (items, left_out || more || !typed.is_empty())
}

/// Something that may be typed.
pub(crate) struct Item {
    label: String,
    kind: CompletionItemKind,
    detail: String,
    doc: String,
    snippet: Option<String>,
    gone: bool,
}

impl Item {
    /// A word.
    fn new(label: impl Into<String>, kind: CompletionItemKind, detail: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            kind,
            detail: detail.into(),
            doc: String::new(),
            snippet: None,
            gone: false,
        }
    }
    fn finish(self, cx: &Cx<'_>, range: ls_types::Range, number: u32) -> CompletionItem {
        let text = cx.desk.client.capabilities.text_document.as_ref();
        let ability =
            text.and_then(|text| text.completion.as_ref()).and_then(|one| one.completion_item.as_ref());
        let snippets = ability.is_some_and(|item| item.snippet_support == Some(true));
        let formats = ability.and_then(|item| item.documentation_format.as_deref());
        let snippet = self.snippet.filter(|_| snippets);
        let format = snippet.as_ref().map(|_| InsertTextFormat::SNIPPET);
        let new_text = snippet.unwrap_or_else(|| self.label.clone());
        let documentation = (!self.doc.is_empty()).then(|| {
            let mut paper = Paper::new(formats.or(Some(&[MarkupKind::PlainText])));
            paper.line(&self.doc);
            Documentation::MarkupContent(paper.done())
        });
        CompletionItem {
            kind: Some(self.kind),
            detail: (!self.detail.is_empty()).then_some(self.detail),
            documentation,
            // In the order of the syntax, not of the alphabet.
            sort_text: Some(format!("{number:04}")),
            insert_text_format: format,
            text_edit: Some(CompletionTextEdit::Edit(TextEdit { range, new_text })),
            tags: self.gone.then(|| vec![ls_types::CompletionItemTag::DEPRECATED]),
            label: self.label,
            ..CompletionItem::default()
        }
    }
}

/// Where the word begins, what may stand there, and whether there is more.
fn profile(cx: &Cx<'_>, text: Text<'_>, offset: u32) -> (u32, Vec<Item>, bool) {
    let dialect = cx.dialect();
    // What stands before the section has no say in what may stand here.
    let (base, inside) =
        section(cx, text, offset).map_or((0, None), |(base, section)| (base, section.inside));
    let behind = text.text().get(base as usize..).unwrap_or("");
    let completion = complete_inside(behind, (offset - base) as usize, dialect.grammar(), inside);
    let word_start = base + u32::try_from(completion.start).unwrap_or(0);
    let word = text.text().get(word_start as usize..offset as usize).unwrap_or("");
    if let Some(at) = word.rfind('&') {
        let start = word_start + u32::try_from(at).unwrap_or(0);
        return (start, names::symbols(cx, text), false);
    }
    let mut items = Vec::new();
    let start = word.rfind('=').map_or(word_start, |at| word_start + u32::try_from(at + 1).unwrap_or(0));
    let more = operands(cx, text, start..offset, &completion, &mut items);
    keywords(&completion, &mut items);
    statements(&completion, &mut items);
    (start, items, more)
}

/// What the sysplex has for the operands that may stand here, and whether it has more.
fn operands(
    cx: &Cx<'_>,
    text: Text<'_>,
    word: Range<u32>,
    completion: &Completion,
    items: &mut Vec<Item>,
) -> bool {
    let mut more = false;
    let Some((desc, slots)) =
        completion.slots.as_ref().and_then(|(id, slots)| Some((lookup::statement(*id)?, slots)))
    else {
        return more;
    };
    let typed = text.text().get(word.start as usize..word.end as usize).unwrap_or("");
    let line = text.text().get(word.end as usize..).and_then(|rest| rest.split('\n').next()).unwrap_or("");
    for slot in slots.iter().filter_map(|slot| desc.slot_desc(*slot)) {
        let before = items.len();
        match (desc.name, slot.name, kind_of(desc.name, slot)) {
            ("VIPABACKUP", "rank", _) => ranks::items(cx, text, line, items),
            (_, _, Some(Kind::Address)) => more |= addresses::items(cx, text, desc, slot, typed, items),
            (_, _, Some(kind)) => more |= names::items(cx, text, (desc, slot), kind, typed, items),
            (_, _, None) => {}
        }
        if items.len() == before && !slot.default.is_empty() {
            let mut item =
                Item::new(slot.default, CompletionItemKind::VALUE, format!("default of {}", slot.name));
            item.doc = slot.doc.to_owned();
            items.push(item);
        }
    }
    more
}

fn keywords(completion: &Completion, items: &mut Vec<Item>) {
    let open = completion.slots.as_ref().and_then(|(id, _)| lookup::statement(*id));
    for word in &completion.keywords {
        let slot = open.and_then(|desc| desc.slot(word)).map(|(_, slot)| slot);
        let mut item = Item::new(word.as_str(), CompletionItemKind::KEYWORD, detail(open, slot));
        if let Some(slot) = slot {
            item.doc = slot.doc.to_owned();
            item.gone = !slot.until.is_empty() || !slot.instead.is_empty();
        }
        items.push(item);
    }
}

fn detail(open: Option<&'static StatementDesc>, slot: Option<&'static SlotDesc>) -> String {
    let mut parts: Vec<String> = open.map(|desc| desc.name.to_owned()).into_iter().collect();
    if let Some(slot) = slot {
        if !slot.default.is_empty() {
            parts.push(format!("default {}", slot.default));
        }
        if !slot.since.is_empty() {
            parts.push(format!("since {}", slot.since));
        }
        if !slot.until.is_empty() {
            parts.push(gone_in(slot.until));
        }
    }
    parts.join(", ")
}

fn statements(completion: &Completion, items: &mut Vec<Item>) {
    for name in &completion.statements {
        let desc = grammar::STATEMENTS.iter().find(|desc| desc.name == *name);
        let detail = if desc.is_some() { "statement" } else { "closes the block" };
        let mut item = Item::new(*name, CompletionItemKind::MODULE, detail);
        if let Some(desc) = desc {
            item.doc = desc.summary.to_owned();
            item.gone = !desc.until.is_empty() || !desc.instead.is_empty();
            item.snippet = snippet::of(desc);
        }
        items.push(item);
    }
}

/// The stacks that read the document; all where that cannot be told.
fn stacks(cx: &Cx<'_>, text: Text<'_>) -> Vec<String> {
    cx.snapshot().map_or_else(Vec::new, |snapshot| snapshot.stacks_of(text.file()))
}
