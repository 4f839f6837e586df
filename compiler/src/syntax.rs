//! Mistakes of syntax in words: what stands there, what was possible, what the stack does next.

mod dropped;
mod expected;
mod habits;
mod lifetime;
mod operand;

use std::collections::BTreeMap;

use grammar::description::{Drops, SlotDesc, SlotKind};
use grammar::lookup;
use grammar::tree::{ErrorKind, Section, Span, StmtView, SyntaxError, Word};

use crate::finding::{Applicability, Effect};
use crate::place::{At, SectionKey};
use crate::read::{Env, placed};
use crate::report::Report;
use crate::rules;
use crate::section::{Piece, left_open};
use crate::symbols::SpanMap;
use expected::list;

/// A section with what its mistakes are told by.
pub(crate) struct Syntax<'a> {
    section: &'a Section,
    key: SectionKey,
    base: u32,
    pub(crate) env: &'a Env,
    pub(crate) map: Option<&'a SpanMap>,
    /// The statements of each block that has a mistake in it, in order.
    children: BTreeMap<u32, Vec<u32>>,
}

/// Puts every mistake of a section into words.
pub(crate) fn reports(piece: &Piece<'_>, env: &Env, map: Option<&SpanMap>, out: &mut Vec<Report>) {
    let Piece { section, key, base, .. } = *piece;
    let errors = piece.errors();
    let mut children: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    if !errors.is_empty() {
        for view in piece.views() {
            if let Some(parent) = view.stmt.parent {
                children.entry(parent).or_default().push(view.index);
            }
        }
    }
    let syntax = Syntax { section, key, base, env, map, children };
    for error in errors {
        if let Some(view) = section.view(error.stmt as usize)
            && !left_open(&view, error, env.dialect)
        {
            let report = syntax.report(&view, error);
            let doubtful = view.desc().is_some_and(|desc| desc.unconfirmed);
            out.push(match doubtful_word(&view, error) {
                Some(word) => of_doubtful(report)
                    .note(format!("{word} is known by its name only, and where it stands is not")),
                None if doubtful => of_doubtful(report),
                None => report,
            });
        }
    }
    for view in piece.views() {
        syntax.lifetime(&view, out);
    }
}

impl Syntax<'_> {
    /// The place of a span.
    pub(crate) fn at(&self, span: Span) -> At {
        At { section: self.key, span: placed(span, self.base, self.map) }
    }

    /// The token as the stack reads it, and as typed where a symbol made the difference.
    fn token(&self, span: Span) -> String {
        self.section.text_of(span).to_owned()
    }

    fn report(&self, view: &StmtView<'_>, error: &SyntaxError) -> Report {
        let at = self.at(error.span);
        let token = self.token(error.span);
        let name = view.name();
        match &error.kind {
            ErrorKind::UnknownStatement { suggestion } => {
                let block = view.stmt.parent.and_then(|parent| self.section.view(parent as usize));
                let host = self.section.inside.and_then(grammar::lookup::statement).map(|desc| desc.name);
                let inside = block.map(|block| block.name()).or(host);
                let inside = inside.map_or(String::new(), |name| format!(" of {name}"));
                let mut report = match suggestion {
                    Some(near) => Report::new(
                        &rules::unknown_statement::RULE,
                        at,
                        format!("{token} is no statement{inside}; did you mean {near}?"),
                    )
                    .fix(
                        format!("write {near}"),
                        Applicability::Safe,
                        vec![(at, (*near).to_owned())],
                    ),
                    None => Report::new(
                        &rules::unknown_statement::RULE,
                        at,
                        format!("{token} is no statement{inside}"),
                    ),
                };
                report = match view.stmt.parent {
                    Some(_) => {
                        let drops =
                            block.and_then(|block| block.desc()).map_or(Drops::Unknown, |desc| desc.drops);
                        self.consequence(view, drops, report)
                    }
                    None => report.effect(Effect::StatementIgnored),
                };
                if suggestion.is_none() {
                    report = report.note("if it is a remark, put `; ` before it");
                }
                report
            }
            ErrorKind::Unexpected { expected, suggestion } => {
                let message = match suggestion {
                    Some(near) => {
                        let near = near.to_ascii_uppercase();
                        format!("{token} does not fit here in {name}; did you mean {near}?")
                    }
                    None => format!("{token} does not fit here in {name}; {} expected", list(expected)),
                };
                let mut report = Report::new(&rules::unexpected_token::RULE, at, message);
                let hint = habits::hint(view, &token, error.span).filter(|_| suggestion.is_none());
                if let Some(hint) = hint {
                    report = report.note(hint);
                } else if suggestion.is_none() && self.reads_like_prose(error.span) {
                    report = report.note("if it is a remark, put `; ` before it");
                }
                if let Some(near) = suggestion {
                    let near = near.to_ascii_uppercase();
                    report = report.fix(format!("write {near}"), Applicability::Safe, vec![(at, near)]);
                    if expected.len() > 1 {
                        report = report.note(format!("possible here: {}", list(expected)));
                    }
                }
                self.after(view, report)
            }
            ErrorKind::OutOfOrder { keyword, expected } => {
                let keyword = keyword.to_ascii_uppercase();
                let report = Report::new(
                    &rules::operand_order::RULE,
                    at,
                    format!("{keyword} cannot stand here in {name}; {} expected", list(expected)),
                )
                .note(format!("{}: see `vipa explain {name}`", expected::why_not(&keyword, expected)));
                self.after(view, report)
            }
            ErrorKind::Missing { expected } => {
                let behind =
                    if token.eq_ignore_ascii_case(name) { String::new() } else { format!(" behind {token}") };
                let report = Report::new(
                    &rules::operand_missing::RULE,
                    at,
                    format!("{name} ends too early{behind}; {} expected", list(expected)),
                );
                self.after(view, report)
            }
            ErrorKind::Value { slot, expected } => {
                let place = view.desc().map_or("as value".to_owned(), |desc| operand::words(desc, *slot));
                let slot = view.desc().and_then(|desc| desc.slot_desc(*slot));
                let mut report = Report::new(
                    &rules::value_out_of_range::RULE,
                    at,
                    format!("{token} is not possible {place} of {name}; {expected} expected"),
                );
                if slot.is_some_and(|slot| slot.unconfirmed) {
                    report = report.unconfirmed().note("no source that could be read confirms this limit");
                    return report;
                }
                if let Some(near) = keyword_near(view, self.section.text_of(error.span)) {
                    report = report.note(format!("did you mean {near}?")).fix(
                        format!("write {near}"),
                        Applicability::Unsafe,
                        vec![(at, near.to_owned())],
                    );
                }
                self.after(view, report)
            }
            ErrorKind::Duplicate { keyword } => {
                Report::new(&rules::keyword_twice::RULE, at, format!("{keyword} stands twice in this {name}"))
                    .note("take one of them out; which one the stack would use is not documented")
            }
            ErrorKind::Exclusive { keyword, other } => Report::new(
                &rules::keywords_exclusive::RULE,
                at,
                format!("{keyword} and {other} exclude each other in {name}"),
            )
            .note("the stack keeps one of them or drops the statement (EZZ0356I or EZZ0707I); take one out"),
            ErrorKind::NotClosed { end, before } => {
                let mut report = Report::new(
                    &rules::block_not_closed::RULE,
                    at,
                    format!("{name} is not closed by {end}"),
                )
                .note(format!(
                    "the stack takes everything behind it, to the end of the data set, as part of {name}"
                ));
                if let Some((end, span)) = self.end_in_two_words(view) {
                    report = report
                        .note(format!(
                            "`END {name}` in two words ends nothing; in a list both words are entries"
                        ))
                        .fix(
                            format!("write {end}"),
                            Applicability::Safe,
                            vec![(self.at(span), end.to_owned())],
                        );
                } else if let Some((before, next)) = before {
                    report = report
                        .related(self.at(*before), format!("{end} belongs before this"))
                        .note(format!("put {end} before {next}"));
                }
                report
            }
            ErrorKind::StrayEnd { opens } => Report::new(
                &rules::end_without_block::RULE,
                at,
                format!("{token} closes nothing: no {opens} is open"),
            )
            .note(format!("take it out, or put {opens} before the statements that it should close")),
            ErrorKind::Misplaced { block } => Report::new(
                &rules::statement_outside_block::RULE,
                at,
                format!("{name} belongs between {block} and {}", end_of(block)),
            )
            .note(format!(
                "put {block} before it and {} behind the last statement of the block",
                end_of(block)
            )),
            ErrorKind::Founding { instead } => {
                let report = Report::new(
                    &rules::founding_word::RULE,
                    at,
                    format!(
                        "{token} is a word of the founding documents that z/OS does not know; write {instead}"
                    ),
                )
                .note(
                    "`dialect = \"founding\"` in sysplex.toml reads the language of the founding documents",
                );
                self.after(view, report)
            }
            ErrorKind::Split { statement } => {
                let message = if self.section.inside.is_some() {
                    format!(
                        "{token} goes on with {statement} of the data set that includes it, and an INCLUDE ends a statement"
                    )
                } else {
                    format!(
                        "{token} goes on with {statement} behind an INCLUDE, which ends the statement before it"
                    )
                };
                Report::new(&rules::include_splits_statement::RULE, at, message)
                    .note(format!(
                        "it is read here as if it stood in {statement}; what the stack makes of it, no source says"
                    ))
                    .note(format!("write {statement} in front of it"))
            }
            ErrorKind::GluedComment => {
                let behind = Span { start: error.span.end(), len: 0 };
                Report::new(
                    &rules::comment_glued::RULE,
                    at,
                    format!("a comment follows {token} without a blank before the semicolon"),
                )
                .note("the stack needs the blank; it may take the semicolon as part of the operand")
                .fix(
                    "put a blank before the comment",
                    Applicability::Safe,
                    vec![(self.at(behind), " ".to_owned())],
                )
            }
            ErrorKind::UnclosedQuote => Report::new(
                &rules::quote_not_closed::RULE,
                at,
                "this quoted text does not end in its record".to_owned(),
            )
            .note("close it with a double quote on the same record"),
        }
    }

    /// Whether a word is the first of its record, or has another word behind it, both of letters only.
    fn reads_like_prose(&self, span: Span) -> bool {
        let text = &self.section.text;
        let before = text.get(..span.start as usize).unwrap_or("");
        let behind = text.get(span.end() as usize..).unwrap_or("");
        let first = before.rsplit('\n').next().is_some_and(|record| record.trim().is_empty());
        let next = behind.split('\n').next().and_then(|record| record.split_whitespace().next());
        let is_word = |word: &str| word.len() > 1 && word.chars().all(|letter| letter.is_ascii_alphabetic());
        is_word(self.section.text_of(span)) && (first || next.is_some_and(is_word))
    }

    /// The END of a block that is written in two words (06 D8), with what it stands for.
    fn end_in_two_words(&self, view: &StmtView<'_>) -> Option<(&'static str, Span)> {
        let end = view.desc()?.end.as_ref()?.full;
        let words: Vec<Word<'_>> = view.parts.tokens().map(|(_, word)| word).collect();
        words.windows(2).find_map(|pair| match pair {
            [first, second] if first.upper() == "END" && second.upper() == view.name() => {
                let span = Span { start: first.span.start, len: second.span.end() - first.span.start };
                Some((end, span))
            }
            _ => None,
        })
    }
}

/// A mistake in a statement whose form no source confirms as a whole: a warning, and nothing is said of what the stack drops.
fn of_doubtful(report: Report) -> Report {
    let mut report =
        report.unconfirmed().note("no source that could be read confirms the form of this statement");
    report.effect = None;
    report.message_id = None;
    report
}

/// The END of a block.
fn end_of(block: &str) -> &'static str {
    let desc = grammar::STATEMENTS.iter().find(|desc| desc.name == block);
    desc.and_then(|desc| desc.end.as_ref()).map_or("its END", |end| end.full)
}

/// The keyword of the statement that a word may have been meant for.
fn keyword_near(view: &StmtView<'_>, word: &str) -> Option<&'static str> {
    let keywords = view.desc()?.slots.iter().filter(|slot| slot.kind == SlotKind::Keyword);
    lookup::nearest(word, keywords.map(|slot| slot.name)).filter(|near| near.len() > 3)
}

/// A keyword that no source confirms, if it is what stands in an impossible place or right before it.
pub(crate) fn doubtful_word(view: &StmtView<'_>, error: &SyntaxError) -> Option<&'static str> {
    let doubtful = |slot: &&SlotDesc| slot.kind == SlotKind::Keyword && slot.unconfirmed;
    let desc = view.desc()?;
    match &error.kind {
        ErrorKind::OutOfOrder { keyword, .. } => {
            desc.slots.iter().filter(doubtful).find(|slot| slot.name == *keyword).map(|slot| slot.name)
        }
        ErrorKind::Unexpected { suggestion: None, .. } => {
            let before = view.parts.tokens().take_while(|(_, word)| word.span.start < error.span.start);
            desc.slot_desc(before.last()?.0).filter(doubtful).map(|slot| slot.name)
        }
        ErrorKind::Unexpected { .. }
        | ErrorKind::UnknownStatement { .. }
        | ErrorKind::Missing { .. }
        | ErrorKind::Value { .. }
        | ErrorKind::Duplicate { .. }
        | ErrorKind::Exclusive { .. }
        | ErrorKind::NotClosed { .. }
        | ErrorKind::StrayEnd { .. }
        | ErrorKind::Misplaced { .. }
        | ErrorKind::Founding { .. }
        | ErrorKind::Split { .. }
        | ErrorKind::GluedComment
        | ErrorKind::UnclosedQuote => None,
    }
}
