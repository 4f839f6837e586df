//! A statement of the top level by its name: known, guessed, or passed over.

use super::Parser;
use crate::tree::ErrorKind;
use crate::{STATEMENTS, lookup};

impl Parser<'_> {
    /// One top-level statement with its children.
    pub(super) fn top(&mut self) {
        let name = self.word(self.pos);
        let found = self.named(self.pos).iter().filter_map(|id| lookup::statement(*id));
        let quoted = self.token(self.pos).is_none_or(|token| token.quoted);
        let mut inside = None;
        for desc in found {
            if quoted {
                break;
            }
            if desc.blocks.is_empty() || (self.founding && desc.founding_top) {
                self.statement(desc, true, None);
                return;
            }
            inside = inside.or(Some(desc));
        }
        if let Some(desc) = inside {
            let error = desc.blocks.first().map(|block| ErrorKind::Misplaced { block });
            self.statement(desc, true, error);
            return;
        }
        if let Some(desc) = STATEMENTS
            .iter()
            .find(|desc| desc.end.as_ref().is_some_and(|end| !quoted && lookup::is_keyword(name, end)))
        {
            self.unknown(Some(ErrorKind::StrayEnd { opens: desc.name }), None);
            return;
        }
        if !self.goes_on() {
            self.unknown_statement(None);
        }
    }

    /// A word that names no statement: guessed at if a name is near.
    pub(super) fn unknown_statement(&mut self, parent: Option<u32>) {
        let block = self.block;
        let typed = self.typed(self.pos);
        let possible = STATEMENTS.iter().filter(|desc| match block {
            Some(block) => desc.blocks.contains(&block),
            None => {
                (desc.blocks.is_empty() && (self.founding || !desc.founding))
                    || (self.founding && desc.founding_top)
            }
        });
        // An END that closes nothing is not its opener misspelt.
        let ending = typed.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("END"));
        let suggestion = lookup::nearest(typed, possible.map(|desc| desc.name)).filter(|_| !ending);
        let guess = suggestion.and_then(|name| STATEMENTS.iter().find(|desc| desc.name == name));
        let error = ErrorKind::UnknownStatement { suggestion };
        match guess {
            Some(desc) => {
                self.open(Some(desc), false, parent);
                self.error(self.span(self.pos), error);
                self.body(desc);
            }
            None => self.unknown(Some(error), parent),
        }
    }

    /// A statement that is passed over up to the next one.
    fn unknown(&mut self, error: Option<ErrorKind>, parent: Option<u32>) {
        self.open(None, false, parent);
        if let Some(kind) = error {
            self.error(self.span(self.pos), kind);
        }
        self.pos += 1;
        self.skip_to_statement();
        self.close();
    }
}
