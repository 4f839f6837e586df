//! Walks a syntax over the tokens, one event for each.

use super::Parser;
use crate::description::{Node, Slot, Type};
use crate::token::class;
use crate::tree::{ErrorKind, Event, EventKind, Span};

impl Parser<'_> {
    /// Reads a node. False when it could not be completed; that has then been reported.
    pub(super) fn node(&mut self, node: &'static Node) -> bool {
        match node {
            Node::Nothing => true,
            Node::Rest(slot) => {
                while self.token(self.pos).is_some() && !self.ends_rest() {
                    self.take_token(*slot);
                }
                true
            }
            Node::Keyword(keyword) => {
                if self.starts(node, self.pos) {
                    self.founding_keyword(keyword.slot);
                    self.take_token(keyword.slot);
                    true
                } else {
                    self.unexpected(Some(node)) && self.node(node)
                }
            }
            Node::Literal(slot, _) => {
                if self.starts(node, self.pos) {
                    self.take_token(*slot);
                    true
                } else {
                    self.unexpected(Some(node));
                    false
                }
            }
            Node::Operand(slot, kind) => self.operand(node, *slot, *kind),
            Node::Sequence(nodes) => self.rest_of_sequence(nodes),
            Node::Choice(nodes) => match self.first_of(nodes) {
                Some(chosen) => self.begun(chosen),
                None if nodes.iter().any(super::fits::nullable) => true,
                None => self.unexpected(Some(node)) && self.node(node),
            },
            Node::Optional(inner) => {
                if !self.starts(node, self.pos) || self.leave_symbol(inner) {
                    self.miss(inner);
                    return true;
                }
                self.begun(inner)
            }
            Node::Repeat(inner, low, high) => self.repeat(node, inner, *low, *high),
            Node::AnyOrder(nodes) => self.any_order(node, nodes),
            Node::Group(slot, inner) => self.group(*slot, inner, false),
        }
    }

    /// The first of some nodes that may begin at the current token.
    fn first_of(&self, nodes: &'static [Node]) -> Option<&'static Node> {
        let token = self.token(self.pos)?;
        nodes.iter().find(|node| self.starts_at(node, self.pos, token))
    }

    /// Reads a node that is known to start at the current token, without asking again.
    fn begun(&mut self, node: &'static Node) -> bool {
        match node {
            Node::Keyword(keyword) => {
                self.founding_keyword(keyword.slot);
                self.take_token(keyword.slot);
                true
            }
            Node::Literal(slot, _) => {
                self.take_token(*slot);
                true
            }
            Node::Operand(slot, kind) => {
                self.take_value(*slot, *kind);
                true
            }
            Node::Sequence([first, rest @ ..]) if !super::fits::nullable(first) => {
                self.follow.push(rest);
                let good = self.begun(first);
                self.follow.pop();
                good && self.rest_of_sequence(rest)
            }
            Node::Group(slot, inner) => self.group(*slot, inner, true),
            Node::Nothing
            | Node::Rest(_)
            | Node::Sequence(_)
            | Node::Choice(_)
            | Node::Optional(_)
            | Node::Repeat(..)
            | Node::AnyOrder(_) => self.node(node),
        }
    }

    fn rest_of_sequence(&mut self, nodes: &'static [Node]) -> bool {
        for (place, node) in nodes.iter().enumerate() {
            self.follow.push(nodes.get(place + 1..).unwrap_or(&[]));
            let good = self.node(node);
            self.follow.pop();
            if !good {
                return false;
            }
        }
        true
    }

    fn group(&mut self, slot: Slot, inner: &'static Node, begun: bool) -> bool {
        self.events.push(Event { kind: EventKind::Open, slot, span: Span::default() });
        let good = if begun { self.begun(inner) } else { self.node(inner) };
        if !good {
            self.event(EventKind::Bad);
        }
        self.events.push(Event { kind: EventKind::Close, slot, span: Span::default() });
        good
    }

    /// A statement that is known by its extent only goes on up to the record that begins the next one, however that is spelt.
    fn ends_rest(&self) -> bool {
        self.is_end(self.pos)
            || (self.token(self.pos).is_some_and(|token| token.first)
                && ((self.is_statement(self.pos)
                    && (!self.ends.is_empty()
                        || self.is_foreign(self.pos)
                        || self.begins_statement(self.pos)))
                    || self.begins_misspelt_statement(self.pos)))
    }

    fn take_token(&mut self, slot: Slot) {
        let span = self.span(self.pos);
        self.events.push(Event { kind: EventKind::Token, slot, span });
        self.pos += 1;
    }

    /// A keyword of the founding documents in a profile of the product.
    fn founding_keyword(&mut self, slot: Slot) {
        if self.founding {
            return;
        }
        if let Some(desc) = self.desc.and_then(|desc| desc.slot_desc(slot))
            && desc.founding
        {
            self.error(self.span(self.pos), ErrorKind::Founding { instead: desc.instead });
        }
    }

    /// Remembers what could have stood here.
    fn miss(&mut self, node: &'static Node) {
        if self.missed_at != self.pos {
            self.missed_at = self.pos;
            self.missed.clear();
        }
        self.missed.push(node);
    }

    fn operand(&mut self, node: &'static Node, slot: Slot, kind: Type) -> bool {
        let index = self.pos;
        // A required name may be spelt like a statement, unless that statement plainly begins here.
        let taken = self.starts(node, index)
            || (self.loose(kind)
                && self.shaped(kind, index)
                && !self.is_end(index)
                && self.repair.is_none_or(|(at, _)| at != index)
                && !(self.token(index).is_some_and(|token| token.first) && self.begins_statement(index)));
        // A name that begins a record and spells a keyword with which the list goes on is that keyword.
        let taken = taken
            && !(self.loose(kind)
                && self.token(index).is_some_and(|token| token.first)
                && self.follows_keyword(index));
        if !taken {
            return self.unexpected(Some(node)) && self.node(node);
        }
        self.take_value(slot, kind);
        true
    }

    /// Takes a token of the right form; an impossible value is reported.
    fn take_value(&mut self, slot: Slot, kind: Type) {
        let index = self.pos;
        if !self.possible(kind, index) {
            self.error(self.span(index), ErrorKind::Value { slot, expected: kind.describe() });
            // What no source confirms is not held against the entry.
            if !self.desc.and_then(|desc| desc.slot_desc(slot)).is_some_and(|slot| slot.unconfirmed) {
                self.event(EventKind::Bad);
            }
        }
        self.take_token(slot);
    }

    /// A symbol could be anything: an optional operand leaves it to what must follow.
    fn leave_symbol(&self, inner: &Node) -> bool {
        matches!(inner, Node::Operand(..))
            && self.token(self.pos).is_some_and(|token| token.classes & class::SYMBOL != 0)
            && self.follows(self.pos) == Some(true)
            && self.follows(self.pos + 1) != Some(true)
    }

    fn repeat(&mut self, node: &'static Node, inner: &'static Node, low: u32, high: u32) -> bool {
        let strong = self.is_strong(inner);
        let mut count = 0;
        self.follow.push(std::slice::from_ref(node));
        loop {
            self.feed();
            if self.token(self.pos).is_none() || count >= high {
                break;
            }
            if self.embeds_include() {
                continue;
            }
            let before = self.pos;
            if self.starts(inner, self.pos) {
                if !self.begun(inner) {
                    self.skip_entry(inner, strong);
                }
                count += 1;
                if self.pos == before {
                    self.pos += 1;
                }
                continue;
            }
            self.follow.pop();
            let stuck = self.stuck(self.pos, Some(inner));
            self.follow.push(std::slice::from_ref(node));
            if !stuck || count < low {
                break;
            }
            if self.unexpected(None) {
                self.follow.pop();
                let meant_inside = self.starts(inner, self.pos);
                self.follow.push(std::slice::from_ref(node));
                if meant_inside {
                    continue;
                }
                if self.follows(self.pos) == Some(true) {
                    break;
                }
                // It was meant for the entry before, which is over.
                self.repair = None;
            }
            self.event(EventKind::Bad);
            self.pos += 1;
            self.skip_entry(inner, strong);
        }
        self.follow.pop();
        if count < low {
            return self.unexpected(Some(inner)) && self.repeat(node, inner, low, high);
        }
        true
    }

    /// Whether an entry begins with something that nothing else looks like.
    fn is_strong(&self, node: &Node) -> bool {
        match node {
            Node::Keyword(_) | Node::Literal(..) => true,
            Node::Operand(_, kind) => !self.loose(*kind),
            Node::Sequence(nodes) => nodes.first().is_some_and(|node| self.is_strong(node)),
            Node::Choice(nodes) | Node::AnyOrder(nodes) => nodes.iter().all(|node| self.is_strong(node)),
            Node::Repeat(node, ..) | Node::Group(_, node) | Node::Optional(node) => self.is_strong(node),
            Node::Nothing | Node::Rest(_) => false,
        }
    }

    fn any_order(&mut self, node: &'static Node, options: &'static [Node]) -> bool {
        // One bit for each option; there are never more than 64.
        let mut used = 0u64;
        self.follow.push(std::slice::from_ref(node));
        let mut good = true;
        while let Some(token) = self.token(self.pos) {
            let found =
                options.iter().enumerate().find(|(_, option)| self.starts_at(option, self.pos, token));
            if let Some((place, option)) = found {
                let bit = 1u64.checked_shl(u32::try_from(place).unwrap_or(u32::MAX)).unwrap_or(0);
                if used & bit != 0 {
                    self.duplicate(option);
                }
                used |= bit;
                let before = self.pos;
                if !self.begun(option) {
                    good = false;
                    if self.is_wrong_value() {
                        self.pos += 1;
                    }
                    self.skip_entry(node, true);
                    if self.pos == before {
                        self.pos += 1;
                    }
                }
                continue;
            }
            self.follow.pop();
            let stuck = self.stuck(self.pos, Some(node));
            let repaired = stuck && self.unexpected(Some(node));
            self.follow.push(std::slice::from_ref(node));
            if !stuck {
                break;
            }
            if !repaired {
                good = false;
                self.pos += 1;
                self.skip_entry(node, true);
            }
        }
        self.follow.pop();
        if !good {
            self.event(EventKind::Bad);
            return true;
        }
        let left_out = options.iter().enumerate().find(|(place, option)| {
            let bit = 1u64.checked_shl(u32::try_from(*place).unwrap_or(u32::MAX)).unwrap_or(0);
            super::fits::is_required(option) && used & bit == 0
        });
        match left_out {
            Some((_, option)) => self.lacks(option),
            None => true,
        }
    }

    /// Reports an option that has to stand and does not.
    fn lacks(&mut self, option: &'static Node) -> bool {
        let expected = self.must(option);
        let last = self.pos.saturating_sub(1);
        self.error(self.span(last), ErrorKind::Missing { expected });
        false
    }

    /// A second option of an any-order group: the same keyword again, or another one of a group that excludes it.
    fn duplicate(&mut self, option: &'static Node) {
        let Some((slot, name)) = self.keyword_at(option) else { return };
        let events = self.stmts.get(self.stmt as usize).map_or(0, |stmt| stmt.events.0 as usize);
        let before: Vec<Slot> =
            self.events.get(events..).unwrap_or(&[]).iter().map(|event| event.slot).collect();
        let kind = match option {
            Node::Choice(others) if !before.contains(&slot) => others
                .iter()
                .filter_map(opening)
                .find(|(other, _)| before.contains(other))
                .map(|(_, other)| ErrorKind::Exclusive { keyword: name, other }),
            Node::Choice(_)
            | Node::Nothing
            | Node::Rest(_)
            | Node::Keyword(_)
            | Node::Literal(..)
            | Node::Operand(..)
            | Node::Sequence(_)
            | Node::Optional(_)
            | Node::Repeat(..)
            | Node::AnyOrder(_)
            | Node::Group(..) => Some(ErrorKind::Duplicate { keyword: name }),
        };
        if let Some(kind) = kind {
            self.error(self.span(self.pos), kind);
        }
    }

    /// The keyword of an option that stands at the current token, or the key of its setting.
    fn keyword_at(&self, option: &'static Node) -> Option<(Slot, &'static str)> {
        if let Node::Choice(options) = option {
            return options.iter().find(|option| self.starts(option, self.pos)).and_then(opening);
        }
        opening(option)
    }
}

/// The keyword that a node begins with, or the key of the setting: its slot and its name.
fn opening(node: &'static Node) -> Option<(Slot, &'static str)> {
    match node {
        Node::Keyword(keyword) => Some((keyword.slot, keyword.full)),
        Node::Operand(slot, Type::Setting(setting)) => Some((*slot, setting.full)),
        Node::Sequence(nodes) => nodes.first().and_then(opening),
        Node::Repeat(node, 1, 1) => opening(node),
        Node::Nothing
        | Node::Rest(_)
        | Node::Literal(..)
        | Node::Operand(..)
        | Node::Choice(_)
        | Node::Optional(_)
        | Node::Repeat(..)
        | Node::AnyOrder(_)
        | Node::Group(..) => None,
    }
}
