//! What may stand at a token, in words, and which keyword was probably meant.

use super::{DETAILED_ERRORS, Parser};
use crate::description::{Node, Slot, SlotKind, Type};
use crate::lookup;
use crate::tree::ErrorKind;

/// What may stand at a token: operands in words, then keywords.
#[derive(Default)]
pub(super) struct Expected {
    operands: Vec<String>,
    spelled: Vec<String>,
    pub(super) slots: Vec<Slot>,
    pub(super) keywords: Vec<&'static str>,
}

impl Expected {
    fn words(self) -> Vec<String> {
        let mut words = self.operands;
        words.extend(self.spelled);
        words
    }

    fn operand(&mut self, word: String) {
        if !self.operands.contains(&word) {
            self.operands.push(word);
        }
    }

    fn keyword(&mut self, full: &'static str) {
        if !self.keywords.contains(&full) {
            self.keywords.push(full);
            self.spelled.push(full.to_owned());
        }
    }

    fn collect(&mut self, node: &'static Node) {
        match node {
            Node::Nothing | Node::Rest(_) => {}
            Node::Keyword(keyword) => {
                self.keyword(keyword.full);
            }
            Node::Literal(_, text) => self.operand(format!("`{text}`")),
            Node::Operand(slot, kind) => {
                self.operand(kind.describe());
                if !self.slots.contains(slot) {
                    self.slots.push(*slot);
                }
            }
            Node::Sequence(nodes) => {
                for node in nodes.list() {
                    self.collect(node);
                    if !node.nullable() {
                        break;
                    }
                }
            }
            Node::Choice(nodes) | Node::AnyOrder(nodes) => nodes.iter().for_each(|node| self.collect(node)),
            Node::Optional(node) | Node::Repeat(node, ..) | Node::Group(_, node) => self.collect(node),
        }
    }
}

impl Parser<'_> {
    /// What a node begins with, in words.
    pub(super) fn must(&self, node: &'static Node) -> Vec<String> {
        let mut expected = Expected::default();
        expected.collect(node);
        expected.words()
    }

    /// What may stand here: the node, then whatever may follow it.
    pub(super) fn expected(&self, node: Option<&'static Node>) -> Expected {
        let mut expected = Expected::default();
        if self.errors.len().saturating_sub(self.errors_before) > DETAILED_ERRORS {
            return expected;
        }
        if self.missed_at == self.pos {
            self.missed.iter().for_each(|node| expected.collect(node));
        }
        if let Some(node) = node {
            expected.collect(node);
            if !node.nullable() {
                return expected;
            }
        }
        for (place, nodes) in self.follow.iter().enumerate().rev() {
            for node in *nodes {
                expected.collect(node);
                if !node.nullable() && !self.enough.contains(&place) {
                    return expected;
                }
            }
        }
        match self.ends.last() {
            Some(end) if self.block.is_none() => expected.keyword(end.full),
            Some(_) | None => expected.spelled.push("the next statement".to_owned()),
        }
        expected
    }

    /// Reports the token at `pos`. True when it is now read as the keyword that was meant: try again.
    pub(super) fn unexpected(&mut self, node: Option<&'static Node>) -> bool {
        let expected = self.expected(node);
        if self.probe == Some(self.pos) && self.probed.is_none() {
            self.probed = self.desc.map(|desc| (desc.id, expected.slots.clone()));
        }
        if self.token(self.pos).is_none()
            || self.is_end(self.pos)
            || (self.is_statement(self.pos) && self.begins_statement(self.pos))
        {
            let last = self.pos.saturating_sub(1);
            self.error(self.span(last), ErrorKind::Missing { expected: expected.words() });
            return false;
        }
        // A name takes almost anything, so the word before may be the one that is misspelt.
        if self.blame_word_before() {
            return false;
        }
        let typed = self.typed(self.pos);
        let suggestion = lookup::nearest(typed, expected.keywords.iter().copied());
        let known = self.desc.and_then(|desc| {
            let keywords = desc.slots.iter().filter(|slot| slot.kind == SlotKind::Keyword);
            keywords.map(|slot| slot.name).find(|name| is_spelling(typed, name))
        });
        let kind = match (suggestion, known) {
            (None, Some(keyword)) => ErrorKind::OutOfOrder { keyword, expected: expected.words() },
            (suggestion, _) => ErrorKind::Unexpected { expected: expected.words(), suggestion },
        };
        self.error(self.span(self.pos), kind);
        match suggestion {
            Some(keyword) if self.repair.is_none_or(|(at, _)| at != self.pos) => {
                self.repair = Some((self.pos, keyword));
                true
            }
            Some(_) | None => false,
        }
    }

    fn blame_word_before(&mut self) -> bool {
        let events = self.events.get(self.events_before..).unwrap_or(&[]);
        let (Some(desc), Some(event)) = (self.desc, events.last()) else { return false };
        let Some(slot) = desc.slot_desc(event.slot) else { return false };
        let SlotKind::Operand(Type::Name(_)) = slot.kind else { return false };
        let before = self.pos.saturating_sub(1);
        if self.span(before) != event.span {
            return false;
        }
        let typed = self.typed(before);
        let keywords: Vec<&'static str> =
            desc.slots.iter().filter(|slot| slot.kind == SlotKind::Keyword).map(|slot| slot.name).collect();
        let Some(meant) = lookup::nearest(typed, keywords) else { return false };
        let kind = if is_spelling(typed, meant) {
            // A keyword in full that was taken for a name: it is not misspelt but out of place.
            let wanted = match slot.kind {
                SlotKind::Operand(kind) => kind.describe(),
                SlotKind::Keyword | SlotKind::Group => slot.name.to_owned(),
            };
            ErrorKind::OutOfOrder { keyword: meant, expected: vec![wanted] }
        } else {
            ErrorKind::Unexpected { expected: vec![meant.to_ascii_uppercase()], suggestion: Some(meant) }
        };
        self.error(self.span(before), kind);
        true
    }
}

/// Whether a word is a spelling of a keyword written with its abbreviation in capitals.
fn is_spelling(word: &str, name: &str) -> bool {
    let least = name.chars().take_while(|letter| !letter.is_ascii_lowercase()).count();
    word.len() >= least
        && name.as_bytes().get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word.as_bytes()))
}
