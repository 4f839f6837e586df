//! What was read, as a section by itself.

use std::sync::Arc;

use super::{Parser, Placed};
use crate::token::class;
use crate::tree::{ErrorKind, Section, SyntaxError};

impl Parser<'_> {
    /// The section that was read since `first`.
    pub(super) fn take(&mut self, first: usize) -> Placed {
        let last = self.pos.saturating_sub(1).max(first);
        let end = self.token(last).map_or(self.base, |token| token.start + token.len);
        for index in first..=last {
            self.check_token(index);
        }
        let text = self.text.get(self.base as usize..end as usize).unwrap_or("");
        let symbols = self
            .tokens
            .get(first..=last)
            .unwrap_or(&[])
            .iter()
            .any(|token| token.classes & class::SYMBOL != 0);
        // What was missed at the next statement's name is missing behind the last token of this one.
        let (length, behind) = (end.saturating_sub(self.base), self.span(last));
        for error in self.errors.iter_mut().filter(|error| error.span.end() > length) {
            error.span = behind;
            if let ErrorKind::Unexpected { expected, .. } | ErrorKind::OutOfOrder { expected, .. } =
                &mut error.kind
            {
                error.kind = ErrorKind::Missing { expected: std::mem::take(expected) };
            }
        }
        self.errors.sort_by_key(|error| (error.span.start, error.stmt));
        let section = Section {
            text: Arc::from(text),
            stmts: std::mem::take(&mut self.stmts),
            events: std::mem::take(&mut self.events),
            errors: std::mem::take(&mut self.errors),
            symbols,
            inside: self.inside.map(|desc| desc.id),
        };
        Placed { start: self.base, section: Arc::new(section) }
    }

    /// Mistakes that a token has by itself.
    fn check_token(&mut self, index: usize) {
        let Some(token) = self.token(index) else { return };
        let kind = if token.glued {
            ErrorKind::GluedComment
        } else if token.quoted && (token.len < 2 || !self.typed(index).ends_with('"')) {
            ErrorKind::UnclosedQuote
        } else {
            return;
        };
        let span = self.span(index);
        let stmt = self.stmts.partition_point(|stmt| stmt.name.start <= span.start).saturating_sub(1);
        self.errors.push(SyntaxError { stmt: u32::try_from(stmt).unwrap_or(0), span, kind });
    }
}
