//! Where one statement ends and the next begins, and where reading goes on after a mistake.

use super::Parser;
use crate::description::{Node, StatementDesc};
use crate::lookup;
use crate::slot::include;

/// At most so many words are looked at to find where the next record begins.
const RECORD_WORDS: usize = 80;

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
        if token.quoted || (!token.kinds.may_stop() && self.repaired(index)) {
            return false;
        }
        self.named(index).iter().filter_map(|id| self.described(*id)).any(|desc| {
            match self.block {
                Some(block) if desc.blocks.contains(&block) => true,
                Some(_) if desc.id == include::ID => token.first || self.is_dataset(index + 1),
                Some(_) => token.first,
                // A word that no release has as a statement is more likely a name where it does not begin its record.
                None if self.ends.is_empty() => {
                    desc.blocks.is_empty() && !desc.is_of_no_release()
                        || (self.founding && desc.founding_top)
                        || token.first
                }
                // What belongs to another file is more likely an entry of the list than a statement.
                None => {
                    token.first && desc.blocks.is_empty() && desc.belongs.is_empty() && desc.until.is_empty()
                }
            }
        })
    }

    /// Whether a token names a data set for sure: no operand of a block has a member or is of the form of its name.
    pub(super) fn is_dataset(&self, index: usize) -> bool {
        let word = self.typed(index);
        word.contains(['.', '('])
            && word.starts_with(|letter: char| letter == '\'' || letter.is_ascii_alphabetic())
    }

    /// Whether nothing of the current statement can stand at or behind the token.
    pub(super) fn is_stop(&self, index: usize) -> bool {
        self.token(index).is_none()
            || self.is_end(index)
            || self.is_statement(index)
            || (self.founding
                && self.token(index).is_some_and(|token| token.first)
                && self.looks_like_statement(index))
    }

    /// Whether what stands behind a statement name can belong to that statement.
    pub(super) fn begins_statement(&self, index: usize) -> bool {
        let known = |desc: &&StatementDesc| desc.belongs.is_empty();
        self.named(index).iter().filter_map(|id| self.described(*id)).filter(known).any(|desc| {
            let syntax = if self.founding {
                desc.founding_syntax.as_ref().unwrap_or(&desc.syntax)
            } else {
                &desc.syntax
            };
            syntax.nullable()
                || self.starts(syntax, index + 1)
                || self.names_like_a_statement(syntax, index + 1)
        })
    }

    /// Whether the operand that a statement begins with is spelt like a statement itself, and what stands behind it tells that it is none.
    fn names_like_a_statement(&self, syntax: &'static Node, index: usize) -> bool {
        matches!(syntax, Node::Sequence(nodes) if matches!(nodes.list(), [Node::Operand(_, kind), second, ..]
            if self.shaped(kind, index) && self.is_telling(second) && self.starts(second, index + 1)))
    }

    /// Whether the token names a statement of another file alone.
    pub(super) fn is_foreign(&self, index: usize) -> bool {
        let named = self.named(index);
        !named.is_empty()
            && named.iter().filter_map(|id| self.described(*id)).all(|desc| !desc.belongs.is_empty())
    }

    /// Whether a record begins with a word that nearly names a statement, with what that statement begins with behind it.
    pub(super) fn begins_misspelt_statement(&self, index: usize) -> bool {
        let tops = crate::STATEMENTS.iter().filter(|desc| {
            desc.blocks.is_empty() && desc.belongs.is_empty() && (self.founding || !desc.founding)
        });
        let near = lookup::nearest(self.typed(index), tops.clone().map(|desc| desc.name));
        tops.filter(|desc| Some(desc.name) == near)
            .any(|desc| self.starts(&desc.syntax, index + 1) && self.tells(&desc.syntax, index + 1))
    }

    /// Whether what a statement begins with is more than a word of any form: the operand itself, or the one behind a name.
    fn tells(&self, syntax: &'static Node, index: usize) -> bool {
        self.is_telling(syntax)
            || matches!(syntax, Node::Sequence(nodes) if matches!(nodes.list(), [Node::Operand(..), second, ..]
                if self.is_telling(second) && self.starts(second, index + 1)))
    }

    /// Whether the token, which has been reported, is a wrong value and not what follows: only a name takes it, and behind it stands
    /// what nothing else looks like.
    pub(super) fn is_wrong_value(&self) -> bool {
        !self.is_end(self.pos)
            && !self.token(self.pos).is_some_and(|token| token.first)
            && !self.follows_telling(self.pos)
            && self.follows_telling(self.pos + 1)
    }

    /// Whether the token begins something that may follow, and that not every word looks like.
    fn follows_telling(&self, index: usize) -> bool {
        for node in self.follow.iter().rev().flat_map(|nodes| nodes.iter()) {
            if self.starts(node, index) && self.tells_at(node, index) {
                return true;
            }
            if !node.nullable() {
                return false;
            }
        }
        false
    }

    /// Whether what begins at the token is taken by something that not every word looks like.
    fn tells_at(&self, node: &'static Node, index: usize) -> bool {
        match node {
            Node::Choice(nodes) | Node::AnyOrder(nodes) => {
                nodes.iter().any(|node| self.starts(node, index) && self.tells_at(node, index))
            }
            Node::Optional(node) | Node::Repeat(node, ..) | Node::Group(_, node) => {
                self.tells_at(node, index)
            }
            Node::Sequence(nodes) => nodes
                .iter()
                .find(|node| self.starts(node, index))
                .is_some_and(|node| self.tells_at(node, index)),
            Node::Nothing | Node::Rest(_) | Node::Keyword(_) | Node::Literal(..) | Node::Operand(..) => {
                self.is_telling(node)
            }
        }
    }

    /// Whether a syntax begins with something that not every word looks like.
    pub(super) fn is_telling(&self, node: &Node) -> bool {
        match node {
            Node::Keyword(_) | Node::Literal(..) => true,
            Node::Operand(_, kind) => !self.loose(kind),
            Node::Sequence(nodes) => nodes.first().is_some_and(|node| self.is_telling(node)),
            Node::Choice(nodes) | Node::AnyOrder(nodes) => nodes.iter().all(|node| self.is_telling(node)),
            Node::Repeat(node, ..) | Node::Group(_, node) | Node::Optional(node) => self.is_telling(node),
            Node::Nothing | Node::Rest(_) => false,
        }
    }

    /// Whether anything that may follow can begin at the token. None: everything that may follow can also be left out.
    pub(super) fn follows(&self, index: usize) -> Option<bool> {
        for nodes in self.follow.iter().rev() {
            for node in *nodes {
                if self.starts(node, index) {
                    return Some(true);
                }
                if !node.nullable() {
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

    /// Whether the token belongs to nothing: no statement begins, nothing that may follow takes it. `own`: what is read in
    /// turns here, and goes on behind the token.
    pub(super) fn stuck(&self, index: usize, own: Option<&'static Node>) -> bool {
        !self.is_stop(index) && self.follows(index) != Some(true) && !self.unknown_statement_at(index, own)
    }

    /// Whether the token looks like a statement name that does not exist: a word that begins a record, with nothing
    /// required still to come. Inside a list that has an END it is an entry, and where the statement plainly goes on it is part of it.
    fn unknown_statement_at(&self, index: usize, own: Option<&'static Node>) -> bool {
        let listed = self.ends.len() > usize::from(self.block.is_some());
        self.token(index).is_some_and(|token| token.first)
            && !listed
            && self.follows(index).is_none()
            && self.typed(index).starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '&')
            && !own.is_some_and(|own| self.plainly_goes_on(index, own))
    }

    /// Whether an unknown word at the beginning of a record is part of the statement that is open: a misspelt keyword of it, or a
    /// word with its operands behind it, in the same record or at the beginning of the next.
    fn plainly_goes_on(&self, index: usize, own: &'static Node) -> bool {
        let statements = crate::STATEMENTS
            .iter()
            .filter(|desc| match self.block {
                Some(block) => desc.blocks.contains(&block) || desc.blocks.is_empty(),
                None => desc.blocks.is_empty(),
            })
            .filter(|desc| self.founding || !desc.founding)
            .map(|desc| desc.name);
        let keywords = self.expected(Some(own)).keywords;
        let near = lookup::nearest(self.typed(index), keywords.iter().copied().chain(statements.clone()));
        if near.is_some_and(|near| keywords.contains(&near)) {
            return true;
        }
        if near.is_some() || self.typed(index).get(..3).is_some_and(|start| start.eq_ignore_ascii_case("END"))
        {
            return false;
        }
        let next = (index + 1..index + RECORD_WORDS)
            .map_while(|next| Some((next, self.token(next)?)))
            .find(|(_, token)| token.first);
        let next = next.map(|(next, _)| next);
        next.is_some_and(|next| {
            self.starts(own, next)
                && self.tells_at(own, next)
                && !self.is_statement(next)
                && !self.is_end(next)
        })
    }

    /// Goes on behind a complete statement; what stands there and begins nothing is reported.
    pub(super) fn after_statement(&mut self) {
        self.follow.clear();
        if !self.stuck(self.pos, None) || self.is_second_piece() {
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
            if token.first && (self.is_statement(self.pos) || self.unknown_statement_at(self.pos, Some(node)))
            {
                break;
            }
            self.pos += 1;
        }
        self.follow.extend(own);
    }
}
