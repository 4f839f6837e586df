//! `textDocument/documentSymbol`: blocks, statements and entries, each named by what it is about; the events of a scenario.

use grammar::description::{Slot, StatementDesc};
use grammar::parse::Placed;
use grammar::scenario::LineKind;
use grammar::tree::{Event, EventKind, Section, Span, StmtView};
use ls_types::{
    DocumentSymbol, DocumentSymbolParams, DocumentSymbolResponse, OneOf, Range, ServerCapabilities,
    SymbolKind, SymbolTag,
};
use tower_lsp::jsonrpc::Result;

use super::cx::Text;
use super::page::{Page, Played, short, subjects};
use super::{Cx, Feature, Scope};
use crate::settings::ClientInfo;

/// The feature.
pub(crate) struct Outline;

/// Characters of a name, and of what stands behind it.
const NAME: usize = 60;
const DETAIL: usize = 80;

impl Feature for Outline {
    const METHOD: &'static str = "textDocument/documentSymbol";
    type Params = DocumentSymbolParams;
    type Answer = Option<DocumentSymbolResponse>;

    fn scope(params: &Self::Params) -> Scope {
        Scope::Document(params.text_document.uri.clone())
    }
    fn register(capabilities: &mut ServerCapabilities, _: &ClientInfo) {
        capabilities.document_symbol_provider = Some(OneOf::Left(true));
    }
    fn answer(cx: &Cx<'_>, _: &Self::Params) -> Result<Self::Answer> {
        let text = cx.document()?;
        let symbols = match Page::of(cx, &text) {
            Page::Profile(file) => {
                file.sections.iter().flat_map(|placed| Part { text, placed }.symbols()).collect()
            }
            Page::Scenarios(played) => scenarios(&text, &played),
            Page::Other => return Ok(None),
        };
        Ok(Some(DocumentSymbolResponse::Nested(symbols)))
    }
}

#[expect(deprecated, reason = "the field has to be given")]
fn symbol(name: String, detail: String, kind: SymbolKind, range: Range, selection: Range) -> DocumentSymbol {
    DocumentSymbol {
        name,
        detail: (!detail.is_empty()).then_some(detail),
        kind,
        tags: None,
        deprecated: None,
        range,
        selection_range: selection,
        children: None,
    }
}

/// A section of the document.
struct Part<'a> {
    text: Text<'a>,
    placed: &'a Placed,
}

impl Part<'_> {
    fn section(&self) -> &Section {
        &self.placed.section
    }
    fn range(&self, span: Span) -> Range {
        self.text.range(self.placed.start + span.start, self.placed.start + span.end())
    }
    fn symbols(&self) -> Vec<DocumentSymbol> {
        let mut tops: Vec<DocumentSymbol> = Vec::new();
        // Blocks stand before their children; only one block deep.
        for view in self.section().views() {
            let symbol = self.statement(&view);
            match tops.last_mut().filter(|_| view.stmt.parent.is_some()) {
                Some(block) => block.children.get_or_insert_default().push(symbol),
                None => tops.push(symbol),
            }
        }
        tops
    }
    fn statement(&self, view: &StmtView<'_>) -> DocumentSymbol {
        let entries = entries(view);
        // Lists of thousands of entries are no rarity.
        let mut listed: Vec<u32> =
            entries.iter().flat_map(|entry| &entry.words).map(|span| span.start).collect();
        listed.sort_unstable();
        let inside = |span: Span| listed.binary_search(&span.start).is_ok();
        let mut about = subjects(view);
        about.retain(|word| !inside(word.span));
        let words: Vec<&str> =
            std::iter::once(view.name()).chain(about.iter().map(|word| word.text())).collect();
        let others = view
            .parts
            .tokens()
            .map(|(_, word)| word)
            .filter(|word| !inside(word.span) && !about.iter().any(|one| one.span == word.span));
        let detail = others.map(|word| word.text()).collect::<Vec<_>>().join(" ");
        let mut symbol = symbol(
            short(&words.join(" "), NAME),
            short(&detail, DETAIL),
            kind(view.desc()),
            self.range(view.stmt.extent),
            self.range(view.stmt.name),
        );
        if view.desc().is_some_and(is_retired) {
            symbol.tags = Some(vec![SymbolTag::DEPRECATED]);
        }
        if !entries.is_empty() {
            symbol.children = Some(entries.iter().map(|entry| self.entry(entry)).collect());
        }
        symbol
    }
    fn entry(&self, entry: &Entry) -> DocumentSymbol {
        let words: Vec<&str> = entry.words.iter().map(|span| self.section().text_of(*span)).collect();
        let range = self.range(entry.span());
        symbol(short(&words.join(" "), NAME), String::new(), SymbolKind::FIELD, range, range)
    }
}

/// A group of a statement: an entry of a list, a target.
pub(crate) struct Entry {
    /// Its tokens, at least one.
    pub(crate) words: Vec<Span>,
}

impl Entry {
    /// From its first to its last token.
    pub(crate) fn span(&self) -> Span {
        match (self.words.first(), self.words.last()) {
            (Some(first), Some(last)) => first.to(*last),
            (_, _) => Span::default(),
        }
    }
}

/// The entries of a statement: its outermost groups.
pub(crate) fn entries(view: &StmtView<'_>) -> Vec<Entry> {
    let (start, end) = view.stmt.events;
    let events = view.section.events.get(start as usize..end as usize).unwrap_or(&[]);
    let mut entries: Vec<Entry> = Vec::new();
    let mut open: Vec<Slot> = Vec::new();
    for Event { kind, slot, span } in events {
        match kind {
            EventKind::Open => {
                if open.is_empty() {
                    entries.push(Entry { words: Vec::new() });
                }
                open.push(*slot);
            }
            EventKind::Close => {
                open.pop();
            }
            EventKind::Token if !open.is_empty() => {
                if let Some(entry) = entries.last_mut() {
                    entry.words.push(*span);
                }
            }
            EventKind::Token | EventKind::Bad => {}
        }
    }
    entries.retain(|entry| !entry.words.is_empty());
    entries
}

/// Whether a statement is one to write no more.
pub(crate) fn is_retired(desc: &StatementDesc) -> bool {
    !desc.until.is_empty() || (!desc.instead.is_empty() && !desc.founding)
}

fn kind(desc: Option<&StatementDesc>) -> SymbolKind {
    let Some(desc) = desc else { return SymbolKind::NULL };
    match desc.name {
        "INCLUDE" => SymbolKind::FILE,
        "DEVICE" | "LINK" | "INTERFACE" => SymbolKind::INTERFACE,
        "VIPADEFINE" | "VIPABACKUP" | "VIPARANGE" | "VIPADISTRIBUTE" => SymbolKind::CONSTANT,
        "START" | "STOP" | "DELETE" | "VIPADELETE" => SymbolKind::EVENT,
        _ if desc.end.is_some() => SymbolKind::NAMESPACE,
        _ => SymbolKind::PROPERTY,
    }
}

/// Events with their outcomes and the assertions behind them; those of a Markdown file under the titles of their blocks.
fn scenarios(text: &Text<'_>, played: &[Played]) -> Vec<DocumentSymbol> {
    let mut all = Vec::new();
    for Played { block, scenario } in played {
        let mut events: Vec<DocumentSymbol> = Vec::new();
        for line in &scenario.lines {
            let range = text.range(line.span.start, line.span.end);
            let words = text.text().get(line.span.start as usize..line.span.end as usize).unwrap_or("");
            let kind = match line.kind {
                LineKind::Event(_) => SymbolKind::EVENT,
                LineKind::Outcome(_) => SymbolKind::FIELD,
                LineKind::Expect(_) => SymbolKind::BOOLEAN,
                LineKind::Malformed(_) => SymbolKind::NULL,
                LineKind::Comment => continue,
            };
            let symbol = symbol(short(words, NAME), String::new(), kind, range, range);
            match events.last_mut() {
                Some(event) if matches!(line.kind, LineKind::Outcome(_)) => {
                    event.range.end = range.end;
                    event.children.get_or_insert_default().push(symbol);
                }
                Some(_) | None => events.push(symbol),
            }
        }
        match block {
            None => all.append(&mut events),
            Some(block) => {
                let title = if block.title().is_empty() { "scenario" } else { block.title() };
                let range = text.range(block.start, block.end);
                let mut whole =
                    symbol(short(title, NAME), String::new(), SymbolKind::NAMESPACE, range, range);
                whole.children = Some(events);
                all.push(whole);
            }
        }
    }
    all
}
