//! What was read, made ready to be told.

use super::{Head, Parser};
use crate::token::{Token, class};
use crate::tree::{ErrorKind, Span, SyntaxError};

impl Parser<'_> {
    /// Ends the statement of the top level that was read since `first`. Whether it has a system symbol.
    pub(super) fn finish(&mut self, first: usize) -> bool {
        let last = self.pos.saturating_sub(1).max(first);
        let end = self.token(last).map_or(self.base, |token| token.start + token.len);
        let mut symbols = false;
        if !self.odd.is_empty() {
            for token in std::mem::take(&mut self.odd) {
                symbols |= self.check_token(token);
            }
        }
        let (from, to) = (first.saturating_sub(self.dropped), (last + 1).saturating_sub(self.dropped));
        let any_odd = self.scanner.has_odd(first)
            && self.tokens.get(from..to).is_none_or(|tokens| tokens.iter().any(Self::is_odd));
        if any_odd {
            for index in first.max(self.dropped)..=last {
                symbols |= self.token(index).is_some_and(|token| self.check_token(token));
            }
        }
        // What was missed at the next statement's name is missing behind the last token of this one.
        let (length, behind) = (end.saturating_sub(self.base), self.span(last));
        let errors = self.errors.get_mut(self.errors_before..).unwrap_or(&mut []);
        for error in errors.iter_mut().filter(|error| error.span.end() > length) {
            error.span = behind;
            if let ErrorKind::Unexpected { expected, .. } | ErrorKind::OutOfOrder { expected, .. } =
                &mut error.kind
            {
                error.kind = ErrorKind::Missing { expected: std::mem::take(expected) };
            }
        }
        if !errors.is_empty() {
            errors.sort_by_key(|error| (error.span.start, error.stmt));
        }
        self.errors_before = self.errors.len();
        let start = self.head_start.saturating_sub(self.base);
        self.heads.push(Head {
            extent: Span { start, len: length.saturating_sub(start) },
            stmts: u32::try_from(self.stmts.len()).unwrap_or(u32::MAX),
            errors: u32::try_from(self.errors.len()).unwrap_or(u32::MAX),
        });
        symbols
    }

    /// Whether [`Self::check_token`] finds anything.
    pub(super) fn is_odd(token: &Token) -> bool {
        token.glued || token.quoted || token.classes & class::SYMBOL != 0
    }

    /// Mistakes that a token has by itself. Whether it has a system symbol.
    fn check_token(&mut self, token: Token) -> bool {
        let symbol = token.classes & class::SYMBOL != 0;
        let kind = if token.glued {
            ErrorKind::GluedComment
        } else if token.quoted && (token.len < 2 || !self.text_of(token).ends_with('"')) {
            ErrorKind::UnclosedQuote
        } else {
            return symbol;
        };
        let span = Span { start: token.start.saturating_sub(self.base), len: token.len };
        let stmt = self.stmts.partition_point(|stmt| stmt.name.start <= span.start).saturating_sub(1);
        self.errors.push(SyntaxError { stmt: u32::try_from(stmt).unwrap_or(0), span, kind });
        symbol
    }
}
