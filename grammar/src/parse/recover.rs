//! Where one statement ends and the next begins, and where reading goes on after a mistake.

use super::Parser;
use super::fits::nullable;
use crate::description::{Node, StatementDesc};
use crate::lookup;

impl Parser<'_> {
    /// Whether the token is the END that is awaited.
    pub(super) fn is_end(&self, index: usize) -> bool {
        !self.ends.is_empty()
            && self.token(index).is_some_and(|token| token.initial == b'E' || !self.repaired(index))
            && self.ends.iter().any(|end| lookup::is_keyword(self.word(index), end))
    }

    /// Whether the token names a statement that may begin here. Inside a block, only the first token of a record ends it.
    pub(super) fn is_statement(&self, index: usize) -> bool {
        let Some(token) = self.token(index) else { return false };
        if token.quoted {
            return false;
        }
        lookup::statements_named(self.word(index)).iter().filter_map(|id| self.described(*id)).any(|desc| {
            match self.block {
                Some(block) if desc.blocks.contains(&block) => true,
                Some(_) => token.first,
                None if self.ends.is_empty() => {
                    desc.blocks.is_empty() || (self.founding && desc.founding_top) || token.first
                }
                // What belongs to another file is more likely an entry of the list than a statement.
                None => {
                    token.first && desc.blocks.is_empty() && desc.belongs.is_empty() && desc.until.is_empty()
                }
            }
        })
    }

    /// Whether nothing of the current statement can stand at or behind the token.
    pub(super) fn is_stop(&self, index: usize) -> bool {
        index >= self.tokens.len()
            || self.is_end(index)
            || self.is_statement(index)
            || (self.founding
                && self.token(index).is_some_and(|token| token.first)
                && self.looks_like_statement(index))
    }

    /// Whether what stands behind a statement name can belong to that statement.
    pub(super) fn begins_statement(&self, index: usize) -> bool {
        let known = |desc: &&StatementDesc| desc.belongs.is_empty();
        lookup::statements_named(self.word(index))
            .iter()
            .filter_map(|id| self.described(*id))
            .filter(known)
            .any(|desc| {
                let syntax = if self.founding {
                    desc.founding_syntax.as_ref().unwrap_or(&desc.syntax)
                } else {
                    &desc.syntax
                };
                nullable(syntax) || self.starts(syntax, index + 1)
            })
    }

    /// Whether anything that may follow can begin at the token. None: everything that may follow can also be left out.
    pub(super) fn follows(&self, index: usize) -> Option<bool> {
        for nodes in self.follow.iter().rev() {
            for node in *nodes {
                if self.starts(node, index) {
                    return Some(true);
                }
                if !nullable(node) {
                    return Some(false);
                }
            }
        }
        None
    }

    /// Whether the token spells a keyword that may follow.
    pub(super) fn follows_keyword(&self, index: usize) -> bool {
        self.follow.iter().flat_map(|nodes| nodes.iter()).any(|node| self.starts_keyword(node, index))
    }

    fn starts_keyword(&self, node: &'static Node, index: usize) -> bool {
        match node {
            Node::Keyword(_) => self.starts(node, index),
            Node::Sequence(nodes) => nodes.first().is_some_and(|first| self.starts_keyword(first, index)),
            Node::Choice(nodes) | Node::AnyOrder(nodes) => {
                nodes.iter().any(|node| self.starts_keyword(node, index))
            }
            Node::Optional(node) | Node::Repeat(node, ..) | Node::Group(_, node) => {
                self.starts_keyword(node, index)
            }
            Node::Nothing | Node::Rest(_) | Node::Literal(..) | Node::Operand(..) => false,
        }
    }

    /// Whether the token belongs to nothing: no statement begins, nothing that may follow takes it.
    pub(super) fn stuck(&self, index: usize) -> bool {
        !self.is_stop(index) && self.follows(index) != Some(true) && !self.unknown_statement_at(index)
    }

    /// Whether the token looks like a statement name that does not exist: a word that begins a record, with nothing
    /// required still to come. Inside a list that has an END it is an entry.
    fn unknown_statement_at(&self, index: usize) -> bool {
        let listed = self.ends.len() > usize::from(self.block.is_some());
        self.token(index).is_some_and(|token| token.first)
            && !listed
            && self.follows(index).is_none()
            && self.typed(index).starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '&')
    }

    /// Goes on behind a complete statement; what stands there and begins nothing is reported.
    pub(super) fn after_statement(&mut self) {
        self.follow.clear();
        if !self.stuck(self.pos) {
            return;
        }
        if !self.unexpected(None) {
            self.pos += 1;
        }
        self.event(crate::tree::EventKind::Bad);
        self.skip_to_statement();
    }

    /// Passes over tokens up to a statement name that begins a record, or the awaited END.
    pub(super) fn skip_to_statement(&mut self) {
        while let Some(token) = self.token(self.pos) {
            if self.is_end(self.pos)
                || (token.first && (self.is_statement(self.pos) || self.looks_like_statement(self.pos)))
            {
                return;
            }
            self.pos += 1;
        }
    }

    /// Outside lists, a record that begins with a word which nearly names a statement.
    fn looks_like_statement(&self, index: usize) -> bool {
        let listed = self.ends.len() > usize::from(self.block.is_some());
        !listed
            && lookup::nearest(self.typed(index), crate::STATEMENTS.iter().map(|desc| desc.name)).is_some()
    }

    /// Passes over the rest of a bad entry: up to a token where the list, or what follows it, can go on.
    pub(super) fn skip_entry(&mut self, node: &'static Node, strong: bool) {
        // Entries that look like anything can begin again only at a record, so the list itself does not count as following.
        let own = if strong { None } else { self.follow.pop() };
        while let Some(token) = self.token(self.pos) {
            let goes_on = (strong || token.first) && self.starts(node, self.pos);
            if goes_on || self.follows(self.pos) == Some(true) || self.is_end(self.pos) {
                break;
            }
            if token.first && (self.is_statement(self.pos) || self.unknown_statement_at(self.pos)) {
                break;
            }
            self.pos += 1;
        }
        self.follow.extend(own);
    }
}
