//! A text with its tokens, comments and statements, addressed by the index of the token.

use std::ops::Range;

use crate::description::{SlotKind, StatementDesc, StatementId};
use crate::lookup;
use crate::parse::{Dialect, Parsed, parse_inside};
use crate::token::{Comment, Token, Tokens, scan};
use crate::tree::{EventKind, Span};

/// What a token is to its statement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Role {
    /// A keyword: a record may well begin here.
    pub keyword: bool,
    /// The keyword before a list of distribution targets.
    pub targets: bool,
    /// The first of a part of its own right in the statement: an entry of a list, a target.
    pub part: bool,
}

/// See the module.
pub(super) struct View<'t> {
    pub text: &'t str,
    pub dialect: Dialect,
    pub tokens: Vec<Token>,
    pub comments: Vec<Comment>,
    pub parsed: Parsed,
    /// Tokens of each section.
    pub sections: Vec<Range<usize>>,
    pub roles: Vec<Role>,
    /// Offset of the first byte of each record.
    records: Vec<usize>,
    /// Width of each token with the commas behind it.
    widths: Vec<usize>,
    commas: Vec<usize>,
}

impl<'t> View<'t> {
    pub fn new(text: &'t str, dialect: Dialect) -> Self {
        Self::inside(text, dialect, None)
    }

    /// The text as an INCLUDE brings it into a block.
    pub fn inside(text: &'t str, dialect: Dialect, host: Option<StatementId>) -> Self {
        let founding = dialect == Dialect::Founding;
        let Tokens { tokens, comments } = scan(text, founding);
        let parsed = parse_inside(text, dialect, host);
        let records = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        let mut view = Self {
            text,
            dialect,
            tokens,
            comments,
            parsed,
            sections: Vec::new(),
            roles: Vec::new(),
            records,
            widths: Vec::new(),
            commas: Vec::new(),
        };
        view.commas =
            (0..view.tokens.len()).map(|token| if founding { view.count_commas(token) } else { 0 }).collect();
        view.widths = (0..view.tokens.len())
            .map(|token| view.word(token).chars().count() + view.commas.get(token).copied().unwrap_or(0))
            .collect();
        view.sections = view.section_ranges();
        view.roles = view.find_roles();
        view
    }

    /// The blocks into which the text may be brought: it has statements of theirs outside of them.
    pub fn hosts(&self) -> Vec<StatementId> {
        let mut hosts: Vec<StatementId> = Vec::new();
        // In the founding documents they may stand outside, and that is no mistake.
        let stmts = self.parsed.sections.iter().flat_map(|placed| &placed.section.stmts);
        let outside =
            stmts.filter(|stmt| stmt.parent.is_none()).filter_map(|stmt| lookup::statement(stmt.id?));
        for block in outside.flat_map(|desc| desc.blocks) {
            if let Some(desc) = crate::STATEMENTS.iter().find(|desc| desc.name == *block)
                && !hosts.contains(&desc.id)
            {
                hosts.push(desc.id);
            }
        }
        hosts
    }

    /// A token as typed.
    pub fn word(&self, token: usize) -> &'t str {
        self.tokens
            .get(token)
            .and_then(|token| self.text.get(token.start as usize..(token.start + token.len) as usize))
            .unwrap_or("")
    }

    /// A token with the commas that stand behind it.
    pub fn push_word(&self, token: usize, to: &mut String) {
        to.push_str(self.word(token));
        to.extend(std::iter::repeat_n(',', self.commas.get(token).copied().unwrap_or(0)));
    }

    /// Columns that a token takes, commas and all.
    pub fn width(&self, token: usize) -> usize {
        self.widths.get(token).copied().unwrap_or(0)
    }

    /// Columns that tokens take with a blank between them.
    pub fn width_of(&self, tokens: Range<usize>) -> usize {
        let blanks = tokens.len().saturating_sub(1);
        tokens.map(|token| self.width(token)).sum::<usize>() + blanks
    }

    /// A comment without the blanks at its end.
    pub fn comment(&self, comment: &Comment) -> &'t str {
        let (start, end) = (comment.start as usize, (comment.start + comment.len) as usize);
        self.text.get(start..end).unwrap_or("").trim_end_matches([' ', '\t', '\r'])
    }

    /// Whether a token is the first of its record.
    pub fn is_first(&self, token: usize) -> bool {
        self.tokens.get(token).is_some_and(|token| token.first)
    }

    /// What a token is to its statement.
    pub fn role(&self, token: usize) -> Role {
        self.roles.get(token).copied().unwrap_or_default()
    }

    /// Index of the record of an offset.
    pub fn record(&self, offset: usize) -> usize {
        self.records.partition_point(|start| *start <= offset).saturating_sub(1)
    }

    /// Index of the record of a token.
    pub fn record_of(&self, token: usize) -> usize {
        self.record(self.tokens.get(token).map_or(self.text.len(), |token| token.start as usize))
    }

    /// A record without its end.
    pub fn record_text(&self, record: usize) -> &'t str {
        let start = self.records.get(record).copied().unwrap_or(self.text.len());
        let end = self.records.get(record + 1).map_or(self.text.len(), |next| next - 1);
        self.text.get(start..end).unwrap_or("")
    }

    /// The token that begins at an offset.
    pub fn token_at(&self, offset: u32) -> Option<usize> {
        self.tokens.binary_search_by_key(&offset, |token| token.start).ok()
    }

    /// The token that begins at, or holds, a place of a section.
    pub fn token_in(&self, start: u32, span: Span) -> usize {
        let offset = start + span.start;
        self.tokens.partition_point(|token| token.start <= offset).saturating_sub(1)
    }

    /// The same among the tokens of one section.
    pub fn token_of(&self, section: &Range<usize>, start: u32, span: Span) -> usize {
        let offset = start + span.start;
        let own = self.tokens.get(section.clone()).unwrap_or(&[]);
        (section.start + own.partition_point(|token| token.start <= offset)).saturating_sub(1)
    }

    /// Index of the first comment that stands behind so many tokens, or later.
    pub fn comments_from(&self, token: usize) -> usize {
        self.comments.partition_point(|comment| (comment.token as usize) < token)
    }

    /// Whether a comment stands right before a token.
    pub fn is_cut(&self, token: usize) -> bool {
        self.comments.get(self.comments_from(token)).is_some_and(|comment| comment.token as usize == token)
    }

    /// Whether an empty record stands before an offset, with nothing else between.
    pub fn blank_before(&self, offset: u32) -> bool {
        let before = self.text.get(..offset as usize).unwrap_or("");
        let gap = before.len() - before.trim_end_matches([' ', '\t', '\r', '\n']).len();
        before.get(before.len() - gap..).unwrap_or("").bytes().filter(|byte| *byte == b'\n').count() > 1
    }

    /// Commas between a token and the next, comments left out.
    fn count_commas(&self, token: usize) -> usize {
        let Some(here) = self.tokens.get(token) else { return 0 };
        let start = (here.start + here.len) as usize;
        let end = self.tokens.get(token + 1).map_or(self.text.len(), |next| next.start as usize);
        let commas = |from: usize, to: usize| {
            self.text.get(from..to).unwrap_or("").bytes().filter(|byte| *byte == b',').count()
        };
        let mut count = commas(start, end);
        for comment in self.comments.get(self.comments_from(token + 1)..).unwrap_or(&[]) {
            if comment.token as usize != token + 1 {
                break;
            }
            count -= commas(comment.start as usize, (comment.start + comment.len) as usize);
        }
        count
    }

    fn section_ranges(&self) -> Vec<Range<usize>> {
        let mut starts: Vec<usize> = self
            .parsed
            .sections
            .iter()
            .map(|placed| self.tokens.partition_point(|token| token.start < placed.start))
            .collect();
        starts.push(self.tokens.len());
        starts
            .windows(2)
            .map(|pair| match pair {
                [start, end] => *start..*end,
                _ => 0..0,
            })
            .collect()
    }

    fn find_roles(&self) -> Vec<Role> {
        let mut roles = vec![Role::default(); self.tokens.len()];
        for placed in &self.parsed.sections {
            for view in placed.section.views() {
                let Some(desc) = view.stmt.id.and_then(lookup::statement) else { continue };
                let (start, end) = view.stmt.events;
                let events = placed.section.events.get(start as usize..end as usize).unwrap_or(&[]);
                let (mut depth, mut opened) = (0_usize, false);
                for event in events {
                    match event.kind {
                        EventKind::Open => {
                            opened |= depth == 0;
                            depth += 1;
                        }
                        EventKind::Close => depth = depth.saturating_sub(1),
                        EventKind::Bad => {}
                        EventKind::Token => {
                            let token = self.token_at(placed.start + event.span.start);
                            if let Some(role) = token.and_then(|token| roles.get_mut(token)) {
                                *role = role_of(desc, event.slot, opened);
                            }
                            opened = false;
                        }
                    }
                }
            }
        }
        roles
    }
}

fn role_of(desc: &StatementDesc, slot: crate::description::Slot, part: bool) -> Role {
    let known = desc.slot_desc(slot);
    Role {
        keyword: known.is_some_and(|slot| slot.kind == SlotKind::Keyword),
        targets: known.is_some_and(|slot| slot.kind == SlotKind::Keyword && slot.name == "DESTIP"),
        part,
    }
}
