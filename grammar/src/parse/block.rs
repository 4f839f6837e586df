//! The statements of a block, and its END.

use super::Parser;
use crate::description::{KeywordDesc, StatementDesc};
use crate::tree::ErrorKind;
use crate::{STATEMENTS, lookup};

impl Parser<'_> {
    /// The statements of a block, up to its END or to a statement that cannot stand in it.
    pub(super) fn children(&mut self, block: &'static StatementDesc, parent: u32) {
        let outer = self.block.replace(block.name);
        loop {
            self.feed();
            if self.token(self.pos).is_none() || self.is_end(self.pos) {
                break;
            }
            let before = self.pos;
            let mut names = self.named(self.pos).iter().filter_map(|id| lookup::statement(*id));
            let child =
                names.clone().find(|desc| desc.blocks.contains(&block.name) || desc.name == "INCLUDE");
            if let Some(desc) = child {
                self.open(Some(desc), true, Some(parent));
                self.body(desc);
            } else if (names.any(|desc| desc.blocks.is_empty())
                && self.token(self.pos).is_some_and(|token| token.first))
                || self.end_guess(block, parent)
            {
                break;
            } else {
                self.unknown_statement(Some(parent));
            }
            if self.pos == before {
                self.pos += 1;
            }
        }
        self.block = outer;
    }

    /// A misspelt END: reported, and read as the END.
    fn end_guess(&mut self, block: &'static StatementDesc, parent: u32) -> bool {
        let Some(end) = &block.end else { return false };
        let typed = self.typed(self.pos);
        let children =
            STATEMENTS.iter().filter(|desc| desc.blocks.contains(&block.name)).map(|desc| desc.name);
        if lookup::nearest(typed, children.chain([end.full])) != Some(end.full) {
            return false;
        }
        self.stmt = parent;
        let kind = ErrorKind::Unexpected { expected: vec![end.full.to_owned()], suggestion: Some(end.full) };
        self.error(self.span(self.pos), kind);
        self.repair = Some((self.pos, end.full));
        true
    }

    pub(super) fn finish_block(&mut self, end: &'static KeywordDesc, stmt: u32) {
        self.stmt = stmt;
        if self.is_end(self.pos) {
            let span = self.span(self.pos);
            self.pos += 1;
            if let Some(block) = self.stmts.get_mut(stmt as usize) {
                block.end = Some(span);
                block.extent = block.name.to(span);
            }
            return;
        }
        let before = self.token(self.pos).map(|_| (self.span(self.pos), self.typed(self.pos).to_owned()));
        let last = self.span(self.pos.saturating_sub(1));
        let Some(block) = self.stmts.get_mut(stmt as usize) else { return };
        block.extent = block.name.to(last);
        let name = block.name;
        self.error(name, ErrorKind::NotClosed { end: end.full, before });
    }
}
