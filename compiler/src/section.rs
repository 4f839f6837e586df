//! One section on one environment: symbols put in, statements read, mistakes of syntax put into words.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use grammar::complete::complete_inside;
use grammar::description::{Drops, Slot, SlotKind, StatementId};
use grammar::parse::parse_inside;
use grammar::tree::{ErrorKind, Section, StmtView, SyntaxError, Word};

use crate::Dialect;
use crate::finding::Severity;
use crate::place::{At, SectionKey};
use crate::read::{Env, Read};
use crate::report::Report;
use crate::rules;
use crate::statements::undetermined;
use crate::statements::undetermined::Statement;
use crate::statements::{self, Typed};
use crate::stretch::Part;
use crate::symbols::{self, SpanMap, Symbol};
use crate::{fold, names, syntax};

/// A statement of a section with its meaning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read1 {
    /// Which statement.
    pub id: Option<StatementId>,
    /// Its meaning.
    pub typed: Typed,
    /// Its name in the text.
    pub at: At,
    /// Index of its block in the section.
    pub parent: Option<u32>,
    /// The stack drops it.
    pub dropped: bool,
    /// The stack drops what follows in the block.
    pub stops_block: bool,
    /// A block or list without its END.
    pub unclosed: bool,
    /// For INCLUDE: the operand and its place.
    pub include: Option<Box<(String, At)>>,
    /// For an INCLUDE in a list with an END: whether a mistake before it costs the rest of the list.
    pub listed: Option<bool>,
    /// System symbols without a known value stand in it.
    pub undetermined: Option<Arc<Statement>>,
    /// For entries of a list that an INCLUDE cuts off from its name: they are no statement by themselves.
    pub part: Option<ListPart>,
}

/// Entries that an INCLUDE brings into a list, or that stand behind it there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListPart {
    /// One of them has a mistake.
    pub mistake: bool,
}

/// Sections in a row, read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// Its statements.
    pub statements: Vec<Read1>,
    /// What is wrong with each by itself.
    pub reports: Vec<Report>,
    /// Which of the statements are INCLUDE.
    pub includes: Vec<usize>,
    /// The block or list into which an INCLUDE brings the sections.
    pub inside: Option<StatementId>,
}

impl Reading {
    /// A part of the statements, for the fold.
    pub fn items(&self, part: Range<usize>) -> impl Iterator<Item = fold::Item<'_>> {
        let inside = self.inside.is_some();
        let part = self.statements.get(part).unwrap_or(&[]);
        part.iter().map(move |read| fold::Item {
            read,
            in_block: read.parent.is_some() || inside,
            host: read.include.as_ref().and_then(|_| self.closed_host(read)),
            hole: false,
        })
    }

    /// The block or list in which a statement stands.
    pub fn host(&self, statement: &Read1) -> Option<StatementId> {
        let parent = statement.parent.and_then(|parent| self.statements.get(parent as usize));
        parent.map_or(self.inside, |parent| parent.id)
    }

    /// The same where the data set has the END of it too.
    fn closed_host(&self, statement: &Read1) -> Option<StatementId> {
        let parent = statement.parent.and_then(|parent| self.statements.get(parent as usize));
        self.host(statement).filter(|_| parent.is_none_or(|parent| !parent.unclosed))
    }

    /// Reads one section more.
    pub fn add(&mut self, section: &Section, key: SectionKey, env: &Env) {
        self.inside = section.inside;
        if section.symbols {
            self.add_with_symbols(section, key, env);
        } else {
            self.add_resolved(&Piece::whole(section, key), env, None);
        }
    }

    /// Reads all sections of a part.
    pub fn add_part(&mut self, part: &Part, env: &Env) {
        let section = &part.section;
        if let [(key, _)] = *part.heads {
            self.add(section, key, env);
            return;
        }
        self.inside = section.inside;
        self.statements.reserve(section.stmts.len());
        let (mut stmts, mut errors) = (0, 0);
        for (key, head) in &part.heads {
            let (last_stmt, last_error) = (head.stmts as usize, head.errors as usize);
            let (stmts, errors) = (
                std::mem::replace(&mut stmts, last_stmt)..last_stmt,
                std::mem::replace(&mut errors, last_error)..last_error,
            );
            let piece = Piece { section, key: *key, base: head.extent.start, stmts, errors };
            self.add_resolved(&piece, env, None);
        }
    }

    fn add_with_symbols(&mut self, section: &Section, key: SectionKey, env: &Env) {
        let (text, map, unknown) = symbols::resolve(&section.text, &env.symbols);
        for symbol in &unknown {
            let at = At { section: key, span: symbol.span };
            if !env.described {
                self.reports.push(not_described(symbol, at));
                continue;
            }
            let mut report = Report::new(
                &rules::symbol_unknown::RULE,
                at,
                format!("system symbol &{} has no value on this system", symbol.name),
            );
            if !env.symbols.is_empty() {
                let known: Vec<String> = env.symbols.keys().map(|name| format!("&{name}")).collect();
                report = report.note(format!("symbols with a value here: {}", known.join(", ")));
            }
            self.reports.push(report.note("give it a value under `symbols` of the stack in sysplex.toml"));
        }
        let parsed = parse_inside(&text, env.dialect.grammar(), section.inside);
        for placed in &parsed.sections {
            let shifted = map.shifted(placed.start);
            self.add_resolved(&Piece::whole(&placed.section, key), env, Some(&shifted));
        }
    }

    fn add_resolved(&mut self, piece: &Piece<'_>, env: &Env, map: Option<&SpanMap>) {
        let Self { statements, reports, includes, .. } = self;
        let Piece { section, key, base, .. } = *piece;
        let before = u32::try_from(statements.len()).unwrap_or(0);
        let first = u32::try_from(piece.stmts.start).unwrap_or(0);
        // What is wrong with each statement, found in one pass over the mistakes.
        let mut wrong: BTreeMap<u32, Wrong> = BTreeMap::new();
        let mut open: BTreeMap<u32, Vec<&SyntaxError>> = BTreeMap::new();
        for error in piece.errors() {
            let Some(view) = section.view(error.stmt as usize) else { continue };
            if left_open(&view, error, env.dialect) {
                open.entry(error.stmt).or_default().push(error);
                continue;
            }
            let wrong = wrong.entry(error.stmt).or_default();
            if matches!(error.kind, ErrorKind::Split { .. }) {
                wrong.split = true;
            } else if is_fatal(&view, &error.kind) && syntax::doubtful_word(&view, error).is_none() {
                wrong.fatal = true;
                wrong.first = wrong.first.or(Some(error.span.start));
            }
            wrong.unclosed |= matches!(error.kind, ErrorKind::NotClosed { .. });
        }
        for view in piece.views() {
            let Wrong { fatal, unclosed, split, .. } = wrong.get(&view.index).copied().unwrap_or_default();
            let mut cx = Read { env, key, base, map, reports };
            let drops = view.desc().map_or(Drops::Unknown, |desc| desc.drops);
            let dropped = !view.stmt.known || (fatal && whole_is_dropped(drops)) || unfit(&view, env);
            let at = cx.at(view.stmt.name);
            let brought = section.inside.is_some() && view.stmt.id == section.inside;
            let part = (!view.stmt.known && (brought || split)).then_some(ListPart { mistake: fatal });
            let typed = if part.is_some() {
                statements::read(&view, &mut cx)
            } else if !view.stmt.known || unfit(&view, env) {
                Typed::Other
            } else if dropped {
                // Only to know what it would have been: what refers to it needs no finding of its own.
                let mut unheard = Vec::new();
                statements::read(&view, &mut Read { env, key, base, map, reports: &mut unheard })
            } else {
                statements::read(&view, &mut cx)
            };
            let include = (view.stmt.id == Some(grammar::slot::include::ID))
                .then(|| {
                    view.parts.tokens().next().map(|(_, word)| Box::new((word.upper(), cx.at(word.span))))
                })
                .flatten();
            let listed = view.stmt.parent.filter(|_| include.is_some()).and_then(|parent| {
                let host = section.view(parent as usize)?;
                let spoils = host.desc()?.drops == Drops::RestOfList;
                let first = wrong.get(&parent).and_then(|wrong| wrong.first);
                let list = host.desc()?.end.is_some() && !is_block(host.desc()?.name);
                list.then(|| spoils && first.is_some_and(|first| first < view.stmt.name.start))
            });
            if include.is_some() {
                includes.push(statements.len());
            }
            let in_block = view.stmt.parent.is_some() || section.inside.is_some();
            let left_open = open.get(&view.index).map_or(&[][..], Vec::as_slice);
            let undetermined = undetermined(&view, left_open, &Read { env, key, base, map, reports });
            statements.push(Read1 {
                id: view.stmt.id,
                typed,
                at,
                parent: view.stmt.parent.map(|parent| parent.saturating_sub(first) + before),
                dropped,
                stops_block: in_block && (fatal || (!view.stmt.known && undetermined.is_none())),
                unclosed,
                include,
                listed,
                undetermined,
                part,
            });
        }
        syntax::reports(piece, env, map, reports);
    }
}

/// A symbol of a lone profile: its system may well have it.
fn not_described(symbol: &Symbol, at: At) -> Report {
    let message = format!(
        "the value of system symbol &{} is not known here; what holds it is taken as right",
        symbol.name
    );
    let mut report = Report::new(&rules::symbol_unknown::RULE, at, message);
    report.severity = Severity::Warning;
    report.note(
        "describe the system in sysplex.toml, and give the symbol its value under `symbols` of the stack",
    )
}

/// A statement with symbols of which no value is known.
fn undetermined(view: &StmtView<'_>, left_open: &[&SyntaxError], cx: &Read<'_>) -> Option<Arc<Statement>> {
    let section = view.section;
    if !section.symbols {
        return None;
    }
    let name = section.text_of(view.stmt.name);
    let desc = view.desc().filter(|_| view.stmt.known);
    let defines = names::defines(view);
    let mut words = Vec::new();
    let mut options = BTreeSet::new();
    let mut text = desc.map_or_else(|| name.to_uppercase(), |desc| desc.name.to_owned());
    let open: BTreeSet<u32> = view
        .parts
        .tokens_by_group()
        .filter_map(|(entry, _, word)| word.text().contains('&').then_some(entry))
        .collect();
    for (entry, slot, word) in view.parts.tokens_by_group() {
        let slot = desc.and_then(|desc| desc.slot_desc(slot));
        options.extend(slot.filter(|slot| slot.kind == SlotKind::Keyword).map(|slot| slot.name));
        let role = desc.zip(slot).and_then(|(desc, slot)| names::role(desc.name, slot, defines));
        let defines = matches!(role, Some(names::Role::Definition | names::Role::Declaration));
        // A symbol outside of all entries may be of each.
        if defines || entry == 0 || open.contains(&0) || open.contains(&entry) {
            let operand = slot.map_or("", |slot| slot.name);
            let text = word.upper();
            words.push(undetermined::Word { text, at: cx.at(word.span), defines, operand, entry });
        }
        text.push(' ');
        text.push_str(&word.upper());
    }
    let symbols = name.contains('&') || !open.is_empty();
    // A value of another form is read on behind; after anything else nobody knows what the rest is.
    let unread = left_open.iter().any(|error| !matches!(error.kind, ErrorKind::Value { .. }));
    let id = desc.map(|desc| desc.id);
    let literal = |(slot, word): (Slot, Word<'_>)| {
        !word.text().contains('&')
            || desc.and_then(|desc| desc.slot_desc(slot)).is_some_and(undetermined::is_literal)
    };
    let whole = left_open.is_empty() && view.parts.tokens().all(literal);
    (symbols || unread).then(|| Arc::new(Statement { id, words, options, unread, whole, text }))
}

/// Whether a mistake is none, as far as anybody can know: a symbol without a known value stands there, or stood where the first mistake is,
/// or stands right beside it in a place where it may be a keyword that changes what is right there.
pub(crate) fn left_open(view: &StmtView<'_>, error: &SyntaxError, dialect: Dialect) -> bool {
    if !view.section.symbols {
        return false;
    }
    let unknown = |span| view.section.text_of(span).contains('&');
    let before = view.section.errors.iter().filter(|other| other.stmt == error.stmt);
    before.take_while(|other| other.span.start <= error.span.start).any(|other| unknown(other.span))
        || may_be_keyword_beside(view, error, dialect)
}

/// What stands in a list far down is not read up to there again and again.
const READ_AGAIN: u32 = 20_000;

/// Whether the last word that was taken before a mistake may be a keyword, or the next one may be what makes the word before it right.
fn may_be_keyword_beside(view: &StmtView<'_>, error: &SyntaxError, dialect: Dialect) -> bool {
    let section = view.section;
    let possible = |at: u32| complete_inside(&section.text, at as usize, dialect.grammar(), section.inside);
    let behind = section.text.get(error.span.end() as usize..).unwrap_or("");
    let next = behind.split_whitespace().next().unwrap_or("");
    if next.contains('&')
        && (error.span.start > READ_AGAIN || !possible(error.span.start).operands.is_empty())
    {
        return true;
    }
    let words = || view.parts.tokens().take_while(|(_, word)| word.span.end() <= error.span.start);
    let last = words().last().filter(|(_, word)| word.text().contains('&'));
    let Some((slot, word)) = last else { return false };
    if word.span.start > READ_AGAIN {
        return true;
    }
    let typed = word.upper();
    // One of several values may as well be the keyword behind them.
    let several = words().filter(|(other, _)| *other == slot).count() > 1;
    let keywords = view.desc().into_iter().flat_map(|desc| desc.slots);
    let mut keywords = keywords.filter(|slot| several && slot.kind == SlotKind::Keyword);
    keywords.any(|slot| undetermined::may_be(&typed, slot.name))
        || possible(word.span.start).keywords.iter().any(|word| undetermined::may_be(&typed, word))
}

/// A section as a part of what the parser gave.
pub(crate) struct Piece<'s> {
    /// What the parser gave.
    pub section: &'s Section,
    /// Name of the section.
    pub key: SectionKey,
    /// Where it starts there.
    pub base: u32,
    /// Its statements.
    pub stmts: Range<usize>,
    /// Its mistakes.
    pub errors: Range<usize>,
}

impl<'s> Piece<'s> {
    fn whole(section: &'s Section, key: SectionKey) -> Self {
        Self { section, key, base: 0, stmts: 0..section.stmts.len(), errors: 0..section.errors.len() }
    }

    /// Its statements.
    pub fn views(&self) -> impl Iterator<Item = StmtView<'s>> + use<'s> {
        let section = self.section;
        self.stmts.clone().filter_map(move |index| section.view(index))
    }

    /// Its mistakes.
    pub fn errors(&self) -> &'s [SyntaxError] {
        self.section.errors.get(self.errors.clone()).unwrap_or(&[])
    }
}

/// What the mistakes of a statement come to.
#[derive(Clone, Copy, Default)]
struct Wrong {
    fatal: bool,
    /// An INCLUDE stands before it and ends the statement that it goes on with.
    split: bool,
    /// Where the first fatal one is.
    first: Option<u32>,
    unclosed: bool,
}

/// Whether the stack refuses something because of a mistake. What no source confirms is not held against a statement.
fn is_fatal(view: &StmtView<'_>, kind: &ErrorKind) -> bool {
    if view.desc().is_some_and(|desc| desc.unconfirmed) {
        return false;
    }
    match kind {
        ErrorKind::Value { slot, .. } => {
            !view.desc().and_then(|desc| desc.slot_desc(*slot)).is_some_and(|slot| slot.unconfirmed)
        }
        ErrorKind::UnknownStatement { .. }
        | ErrorKind::Unexpected { .. }
        | ErrorKind::OutOfOrder { .. }
        | ErrorKind::Missing { .. }
        | ErrorKind::StrayEnd { .. }
        | ErrorKind::Misplaced { .. }
        | ErrorKind::Split { .. }
        | ErrorKind::Founding { .. } => true,
        ErrorKind::Duplicate { .. }
        | ErrorKind::Exclusive { .. }
        | ErrorKind::NotClosed { .. }
        | ErrorKind::GluedComment
        | ErrorKind::UnclosedQuote => false,
    }
}

/// Whether statements stand in it, not entries.
fn is_block(name: &str) -> bool {
    grammar::STATEMENTS.iter().any(|child| child.blocks.contains(&name))
}

fn whole_is_dropped(drops: Drops) -> bool {
    match drops {
        Drops::Statement | Drops::RestOfBlock | Drops::Block | Drops::Unknown => true,
        Drops::Entry | Drops::RestOfList => false,
    }
}

/// A statement of the founding documents in a profile of the product.
fn unfit(view: &StmtView<'_>, env: &Env) -> bool {
    env.dialect == crate::Dialect::Zos && view.desc().is_some_and(|desc| desc.founding)
}
