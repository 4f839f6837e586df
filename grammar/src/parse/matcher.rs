//! Walks a syntax over the tokens, one event for each.

use super::Parser;
use super::fits::Here;
use crate::description::{Node, Slot, Type};
use crate::kinds::Kinds;
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
            Node::Operand(slot, kind) => self.operand(node, *slot, kind),
            Node::Sequence(nodes) => self.sequence(nodes.list(), false),
            Node::Choice(nodes) => match self.first_of(nodes.list()) {
                Some(chosen) => self.begun(chosen),
                None if nodes.nullable() => true,
                None => self.unexpected(Some(node)) && self.node(node),
            },
            Node::Optional(inner) => {
                let here = self.here(self.pos);
                if self.starts_here(node, here) && !self.leave_symbol(inner, here) {
                    return self.begun(inner);
                }
                self.miss(inner);
                true
            }
            Node::Repeat(inner, low, high) => self.repeat(node, inner, *low, *high),
            Node::AnyOrder(nodes) => self.any_order(node, nodes.list()),
            Node::Group(slot, inner) => self.group(*slot, inner, false),
        }
    }

    /// The first of some nodes that may begin at the current token.
    fn first_of(&self, nodes: &'static [Node]) -> Option<&'static Node> {
        let here = self.here(self.pos);
        nodes.iter().find(|node| self.starts_here(node, here))
    }

    /// Reads a node that is known to start at the current token, without asking again.
    pub(super) fn begun(&mut self, node: &'static Node) -> bool {
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
                self.take_value(*slot, kind);
                true
            }
            Node::Sequence(nodes) => {
                let begun = nodes.list().first().is_some_and(|first| !first.nullable());
                self.sequence(nodes.list(), begun)
            }
            Node::Group(slot, inner) => self.group(*slot, inner, true),
            Node::Nothing
            | Node::Rest(_)
            | Node::Choice(_)
            | Node::Optional(_)
            | Node::Repeat(..)
            | Node::AnyOrder(_) => self.node(node),
        }
    }

    /// Reads nodes one after another. `begun`: the first is known to start at the current token.
    fn sequence(&mut self, nodes: &'static [Node], begun: bool) -> bool {
        self.follow.push(&[]);
        let mut rest = nodes;
        let mut good = true;
        if let [node, behind @ ..] = rest
            && begun
        {
            rest = behind;
            if let Some(follow) = self.follow.last_mut() {
                *follow = behind;
            }
            good = self.begun(node);
        }
        // What the token at a place may be, asked once for all that is left out in front of it.
        let mut here = Here { index: usize::MAX, kinds: Kinds::NONE };
        while let [node, behind @ ..] = rest
            && good
        {
            rest = behind;
            if here.index != self.pos {
                here = self.here(self.pos);
            }
            let begins = Kinds::of_node(node).begins(here.kinds);
            if let Node::Optional(inner) = node
                && begins == Some(false)
            {
                self.miss(inner);
                continue;
            }
            if let Some(follow) = self.follow.last_mut() {
                *follow = behind;
            }
            good = self.next(node, here, begins);
        }
        self.follow.pop();
        good
    }

    /// Reads a node at the current token, of which the kinds have been compared: the same as [`Self::node`], and mostly without a second look.
    #[inline(always)]
    fn next(&mut self, node: &'static Node, here: Here, begins: Option<bool>) -> bool {
        match node {
            Node::Optional(inner) => {
                if begins.unwrap_or_else(|| self.looks_like(node, here)) && !self.leave_symbol(inner, here) {
                    return self.begun(inner);
                }
                self.miss(inner);
                true
            }
            Node::Keyword(keyword) if begins.unwrap_or_else(|| self.looks_like(node, here)) => {
                self.founding_keyword(keyword.slot);
                self.take_token(keyword.slot);
                true
            }
            // A loose one at the beginning of a record may be what comes next.
            Node::Operand(slot, kind) if begins == Some(true) && !here.kinds.is_first() => {
                self.take_value(*slot, kind);
                true
            }
            Node::Choice(nodes) if begins != Some(false) => {
                match nodes.list().iter().find(|node| self.starts_here(node, here)) {
                    Some(chosen) => self.begun(chosen),
                    None => self.node(node),
                }
            }
            Node::Nothing
            | Node::Rest(_)
            | Node::Keyword(_)
            | Node::Literal(..)
            | Node::Operand(..)
            | Node::Sequence(_)
            | Node::Choice(_)
            | Node::Repeat(..)
            | Node::AnyOrder(_)
            | Node::Group(..) => self.node(node),
        }
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

    /// Takes the current token.
    #[inline]
    fn take_token(&mut self, slot: Slot) {
        let Some(token) = self.tokens.get(self.pos.wrapping_sub(self.dropped)) else { return };
        let span = Span { start: token.start.saturating_sub(self.base), len: token.len };
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

    fn operand(&mut self, node: &'static Node, slot: Slot, kind: &'static Type) -> bool {
        let index = self.pos;
        let loose = self.loose(kind);
        let here = self.here(index);
        let first = here.kinds.is_first();
        // A required name may be spelt like a statement, unless that statement plainly begins here.
        let taken = self.starts_here(node, here)
            || (loose
                && self.shaped(kind, index)
                && !self.is_end(index)
                && self.repair.is_none_or(|(at, _)| at != index)
                && !(first && self.begins_statement(index)));
        // A name that begins a record and spells a keyword with which the list goes on is that keyword.
        let taken = taken && !(loose && first && self.follows_keyword(index));
        if !taken {
            return self.unexpected(Some(node)) && self.node(node);
        }
        self.take_value(slot, kind);
        true
    }

    /// Takes a token of the right form; an impossible value is reported.
    fn take_value(&mut self, slot: Slot, kind: &'static Type) {
        let token = self.tokens.get(self.pos.wrapping_sub(self.dropped));
        if !token.is_some_and(|token| self.possible(kind, token)) {
            self.error(self.span(self.pos), ErrorKind::Value { slot, expected: kind.describe() });
            // What no source confirms is not held against the entry.
            if !self.desc.and_then(|desc| desc.slot_desc(slot)).is_some_and(|slot| slot.unconfirmed) {
                self.event(EventKind::Bad);
            }
        }
        self.take_token(slot);
    }

    /// A symbol could be anything: an optional operand leaves it to what must follow.
    fn leave_symbol(&self, inner: &Node, here: Here) -> bool {
        matches!(inner, Node::Operand(..))
            && self.token(here.index).is_some_and(|token| token.kinds.has_symbol())
            && self.follows(self.pos) == Some(true)
            && self.follows(self.pos + 1) != Some(true)
    }

    fn repeat(&mut self, node: &'static Node, inner: &'static Node, low: u32, high: u32) -> bool {
        let mut count = 0;
        let place = self.follow.len();
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
                    self.skip_entry(inner, self.is_strong(inner));
                }
                count += 1;
                if count == low {
                    self.enough.push(place);
                }
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
            self.skip_entry(inner, self.is_strong(inner));
        }
        self.follow.pop();
        if low > 0 && count >= low {
            self.enough.pop();
        }
        if count < low {
            return self.unexpected(Some(inner)) && self.repeat(node, inner, low, high);
        }
        true
    }

    /// Whether an entry begins with something that nothing else looks like.
    fn is_strong(&self, node: &Node) -> bool {
        match node {
            Node::Keyword(_) | Node::Literal(..) => true,
            Node::Operand(_, kind) => !self.loose(kind),
            Node::Sequence(nodes) => nodes.first().is_some_and(|node| self.is_strong(node)),
            Node::Choice(nodes) | Node::AnyOrder(nodes) => nodes.iter().all(|node| self.is_strong(node)),
            Node::Repeat(node, ..) | Node::Group(_, node) | Node::Optional(node) => self.is_strong(node),
            Node::Nothing | Node::Rest(_) => false,
        }
    }
}
