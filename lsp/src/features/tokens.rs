//! `textDocument/semanticTokens`: what each word is, of a whole document or a part of it. Abbreviations, operands that look
//! like keywords, symbols inside of addresses: the parser knows, a list of words does not.

use compiler::file::FileView;
use compiler::symbols::symbols_in;
use grammar::description::{SlotDesc, SlotKind, StatementDesc, Type};
use grammar::parse::{Dialect, Placed};
use grammar::scenario::{WordKind, words};
use grammar::tree::{EventKind, Span, StmtView};
use ls_types::{
    SemanticToken, SemanticTokenModifier, SemanticTokenType, SemanticTokens, SemanticTokensFullOptions,
    SemanticTokensLegend, SemanticTokensOptions, SemanticTokensParams, SemanticTokensRangeParams,
    SemanticTokensRangeResult, SemanticTokensResult, SemanticTokensServerCapabilities, ServerCapabilities,
};
use tower_lsp::jsonrpc::Result;

use super::cx::Text;
use super::outline::is_retired;
use super::page::{Page, Played};
use super::{Cx, Feature, Scope};
use crate::settings::ClientInfo;

/// The whole document.
pub(crate) struct Whole;

/// A part of it.
pub(crate) struct Part;

impl Feature for Whole {
    const METHOD: &'static str = "textDocument/semanticTokens/full";
    type Params = SemanticTokensParams;
    type Answer = Option<SemanticTokensResult>;

    fn scope(params: &Self::Params) -> Scope {
        Scope::Document(params.text_document.uri.clone())
    }
    fn register(capabilities: &mut ServerCapabilities, _: &ClientInfo) {
        let options = SemanticTokensOptions {
            legend: legend(),
            range: Some(true),
            full: Some(SemanticTokensFullOptions::Bool(true)),
            ..SemanticTokensOptions::default()
        };
        capabilities.semantic_tokens_provider =
            Some(SemanticTokensServerCapabilities::SemanticTokensOptions(options));
    }
    fn answer(cx: &Cx<'_>, _: &Self::Params) -> Result<Self::Answer> {
        let tokens = tokens(cx, 0, u32::MAX)?;
        Ok(tokens.map(SemanticTokensResult::Tokens))
    }
}

impl Feature for Part {
    const METHOD: &'static str = "textDocument/semanticTokens/range";
    type Params = SemanticTokensRangeParams;
    type Answer = Option<SemanticTokensRangeResult>;

    fn scope(params: &Self::Params) -> Scope {
        Scope::Document(params.text_document.uri.clone())
    }
    fn register(_: &mut ServerCapabilities, _: &ClientInfo) {}
    fn answer(cx: &Cx<'_>, params: &Self::Params) -> Result<Self::Answer> {
        let text = cx.document()?;
        let (start, end) = (text.offset(params.range.start), text.offset(params.range.end));
        Ok(tokens(cx, start, end)?.map(SemanticTokensRangeResult::Tokens))
    }
}

/// What a word is. The order is that of the legend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Statement,
    Keyword,
    Address,
    Name,
    Job,
    Number,
    Symbol,
    Text,
    Comment,
    Allowance,
    Sign,
}

/// What the legend calls them: types that every editor has colours for.
const TYPES: [(Kind, SemanticTokenType); 11] = [
    (Kind::Statement, SemanticTokenType::KEYWORD),
    (Kind::Keyword, SemanticTokenType::PROPERTY),
    (Kind::Address, SemanticTokenType::ENUM_MEMBER),
    (Kind::Name, SemanticTokenType::VARIABLE),
    (Kind::Job, SemanticTokenType::FUNCTION),
    (Kind::Number, SemanticTokenType::NUMBER),
    (Kind::Symbol, SemanticTokenType::MACRO),
    (Kind::Text, SemanticTokenType::STRING),
    (Kind::Comment, SemanticTokenType::COMMENT),
    (Kind::Allowance, SemanticTokenType::DECORATOR),
    (Kind::Sign, SemanticTokenType::OPERATOR),
];

/// Bits of the modifiers, in the order of the legend.
const DEPRECATED: u32 = 1;
const UNKNOWN: u32 = 2;

fn legend() -> SemanticTokensLegend {
    SemanticTokensLegend {
        token_types: TYPES.map(|(_, name)| name).to_vec(),
        token_modifiers: vec![SemanticTokenModifier::DEPRECATED, SemanticTokenModifier::new("unknown")],
    }
}

/// A word of the document, by bytes.
#[derive(Clone, Copy, Debug)]
struct Painted {
    start: u32,
    end: u32,
    kind: Kind,
    modifiers: u32,
}

/// The tokens that begin between two bytes.
fn tokens(cx: &Cx<'_>, start: u32, end: u32) -> Result<Option<SemanticTokens>> {
    let text = cx.document()?;
    let mut painted = match Page::of(cx, &text) {
        Page::Profile(file) => profile(&file, start, end),
        Page::Scenarios(played) => scenarios(&text, &played),
        Page::Other => return Ok(None),
    };
    painted.retain(|one| one.start >= start && one.start < end && one.end > one.start);
    painted.sort_by_key(|one| one.start);
    Ok(Some(SemanticTokens { result_id: None, data: encode(&text, &painted) }))
}

/// Each token counts from the one before it. A token ends in its record.
fn encode(text: &Text<'_>, painted: &[Painted]) -> Vec<SemanticToken> {
    let mut data = Vec::with_capacity(painted.len());
    let (mut line, mut character) = (0, 0);
    let mut behind = 0;
    let mut lines = text.lines();
    for one in painted.iter().copied() {
        if one.start < behind {
            continue;
        }
        behind = one.end;
        let (start, end) = (lines.position(one.start), lines.position(one.end));
        if start.line != end.line {
            continue;
        }
        let delta_line = start.line - line;
        let delta_start = if delta_line == 0 { start.character - character } else { start.character };
        (line, character) = (start.line, start.character);
        let kind = TYPES.iter().position(|(kind, _)| *kind == one.kind).unwrap_or(0);
        data.push(SemanticToken {
            delta_line,
            delta_start,
            length: end.character - start.character,
            token_type: u32::try_from(kind).unwrap_or(0),
            token_modifiers_bitset: one.modifiers,
        });
    }
    data
}

fn profile(file: &FileView, start: u32, end: u32) -> Vec<Painted> {
    let mut painted = Vec::new();
    for comment in file.comments.iter().filter(|comment| comment.start < end) {
        let words = file.source.text.get(comment.start as usize..(comment.start + comment.len) as usize);
        self::comment(words.unwrap_or(""), comment.start, &mut painted);
    }
    for placed in &file.sections {
        if placed.start >= end {
            break;
        }
        let last = placed.start + u32::try_from(placed.section.text.len()).unwrap_or(u32::MAX);
        if last >= start {
            section(placed, file.dialect, &mut painted);
        }
    }
    painted
}

/// A comment, with what it allows in a colour of its own.
fn comment(words: &str, start: u32, painted: &mut Vec<Painted>) {
    let trimmed = words.trim_end();
    let length = |text: &str| u32::try_from(text.len()).unwrap_or(0);
    let mut paint = |from: u32, to: u32, kind: Kind| {
        painted.push(Painted { start: start + from, end: start + to, kind, modifiers: 0 });
    };
    let allowance = trimmed.find("vipa:").and_then(|at| {
        let close = trimmed.get(at..)?.find(')')?;
        Some((length(trimmed.get(..at)?), length(trimmed.get(..at + close + 1)?)))
    });
    match allowance {
        Some((from, to)) => {
            paint(0, from, Kind::Comment);
            paint(from, to, Kind::Allowance);
            paint(to, length(trimmed), Kind::Comment);
        }
        None => paint(0, length(trimmed), Kind::Comment),
    }
}

fn section(placed: &Placed, dialect: compiler::Dialect, painted: &mut Vec<Painted>) {
    let at = |span: Span| (placed.start + span.start, placed.start + span.end());
    for view in placed.section.views() {
        let modifiers = match view.desc() {
            None => UNKNOWN,
            Some(_) if !view.stmt.known => UNKNOWN,
            Some(desc) => of_statement(desc, dialect.grammar()),
        };
        for span in std::iter::once(view.stmt.name).chain(view.stmt.end) {
            let (start, end) = at(span);
            painted.push(Painted { start, end, kind: Kind::Statement, modifiers });
        }
        words_of(placed, &view, dialect.grammar(), painted);
    }
}

fn of_statement(desc: &StatementDesc, dialect: Dialect) -> u32 {
    if desc.founding && dialect == Dialect::Zos {
        UNKNOWN
    } else if is_retired(desc) {
        DEPRECATED
    } else {
        0
    }
}

fn of_keyword(slot: &SlotDesc, dialect: Dialect) -> u32 {
    if slot.founding {
        return if dialect == Dialect::Zos { UNKNOWN } else { 0 };
    }
    if slot.until.is_empty() && slot.instead.is_empty() { 0 } else { DEPRECATED }
}

fn words_of(placed: &Placed, view: &StmtView<'_>, dialect: Dialect, painted: &mut Vec<Painted>) {
    let (start, end) = view.stmt.events;
    let events = placed.section.events.get(start as usize..end as usize).unwrap_or(&[]);
    for event in events.iter().filter(|event| event.kind == EventKind::Token) {
        let known = view.desc().and_then(|desc| desc.slot_desc(event.slot));
        let word = placed.section.text_of(event.span);
        let (kind, modifiers) = match known {
            Some(slot) => match slot.kind {
                SlotKind::Keyword => (Kind::Keyword, of_keyword(slot, dialect)),
                SlotKind::Operand(kind) => (of_operand(kind, word), 0),
                SlotKind::Group => (Kind::Name, 0),
            },
            // What stands in a statement of which only the extent is known.
            None => (of_word(word), 0),
        };
        let at = placed.start + event.span.start;
        let mut from = 0;
        let mut paint = |start: u32, end: u32, kind: Kind, modifiers: u32| {
            painted.push(Painted { start: at + start, end: at + end, kind, modifiers });
        };
        if placed.section.symbols {
            for symbol in symbols_in(word) {
                paint(from, symbol.span.start, kind, modifiers);
                paint(symbol.span.start, symbol.span.end(), Kind::Symbol, 0);
                from = symbol.span.end();
            }
        }
        paint(from, event.span.len, kind, modifiers);
    }
}

fn of_operand(kind: Type, word: &str) -> Kind {
    match kind {
        Type::Ipv4
        | Type::Ipv6
        | Type::Ip
        | Type::Mask
        | Type::Ipv4Net
        | Type::Ipv4OrNet
        | Type::Ipv6Net
        | Type::Ipv6OrNet
        | Type::IpOrNet
        | Type::Ipv4Range
        | Type::Ipv6Range
        | Type::InterfaceId
        | Type::Mac => Kind::Address,
        Type::Name(_) => Kind::Name,
        Type::Job | Type::JobPattern => Kind::Job,
        Type::Number(..)
        | Type::Hex(_)
        | Type::PortRange
        | Type::Size(..)
        | Type::Decimal(..)
        | Type::Among(_)
        | Type::Time => Kind::Number,
        Type::Exactly(_) | Type::Setting(_) => Kind::Keyword,
        Type::Text | Type::Dsname | Type::Resource => Kind::Text,
        Type::Word => of_word(word),
    }
}

/// What a word looks like, where nobody knows what it stands for.
fn of_word(word: &str) -> Kind {
    if word.starts_with(['"', '\'']) {
        Kind::Text
    } else if grammar::values::ip(word).is_some() || grammar::values::net(word).is_some() {
        Kind::Address
    } else if word.bytes().all(|byte| byte.is_ascii_digit()) {
        Kind::Number
    } else {
        Kind::Name
    }
}

fn scenarios(text: &Text<'_>, played: &[Played]) -> Vec<Painted> {
    let mut painted = Vec::new();
    for one in played {
        // The lines of the scenario leave comments out, so the records are read.
        for (start, line) in one.records(text.text()) {
            for (kind, from, to) in words(line) {
                painted.push(Painted {
                    start: start + from,
                    end: start + to,
                    kind: of_scenario(kind),
                    modifiers: 0,
                });
            }
        }
        for error in one.scenario.errors() {
            painted.push(Painted {
                start: error.span.start,
                end: error.span.end,
                kind: Kind::Name,
                modifiers: UNKNOWN,
            });
        }
    }
    painted
}

fn of_scenario(kind: WordKind) -> Kind {
    match kind {
        WordKind::Keyword => Kind::Statement,
        WordKind::Sign => Kind::Sign,
        WordKind::Place | WordKind::Name => Kind::Name,
        WordKind::Job => Kind::Job,
        WordKind::Address => Kind::Address,
        WordKind::Number => Kind::Number,
        WordKind::Text => Kind::Text,
        WordKind::Comment => Kind::Comment,
    }
}
