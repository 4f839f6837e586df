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
                while self.pos < self.tokens.len() && !self.ends_rest() {
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
            Node::Sequence(nodes) => {
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
            Node::Choice(nodes) => match nodes.iter().find(|node| self.starts(node, self.pos)) {
                Some(chosen) => self.node(chosen),
                None if nodes.iter().any(super::fits::nullable) => true,
                None => self.unexpected(Some(node)) && self.node(node),
            },
            Node::Optional(inner) => {
                if !self.starts(node, self.pos) || self.leave_symbol(inner) {
                    return true;
                }
                self.node(inner)
            }
            Node::Repeat(inner, low, high) => self.repeat(node, inner, *low, *high),
            Node::AnyOrder(nodes) => self.any_order(node, nodes),
            Node::Group(slot, inner) => {
                self.events.push(Event { kind: EventKind::Open, slot: *slot, span: Span::default() });
                let good = self.node(inner);
                if !good {
                    self.event(EventKind::Bad);
                }
                self.events.push(Event { kind: EventKind::Close, slot: *slot, span: Span::default() });
                good
            }
        }
    }

    /// A statement that is known by its extent only goes on up to the record that begins the next one.
    fn ends_rest(&self) -> bool {
        self.is_end(self.pos)
            || (self.token(self.pos).is_some_and(|token| token.first)
                && self.is_statement(self.pos)
                && (!self.ends.is_empty() || self.begins_statement(self.pos)))
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

    fn operand(&mut self, node: &'static Node, slot: Slot, kind: Type) -> bool {
        let index = self.pos;
        // A required name may be spelt like a statement, unless that statement plainly begins here.
        let taken = self.starts(node, index)
            || (self.loose(kind)
                && self.shaped(kind, index)
                && !self.is_end(index)
                && self.repair.is_none_or(|(at, _)| at != index)
                && !(self.token(index).is_some_and(|token| token.first) && self.begins_statement(index)));
        if !taken {
            return self.unexpected(Some(node)) && self.node(node);
        }
        if !self.possible(kind, index) {
            self.error(self.span(index), ErrorKind::Value { slot, expected: kind.describe() });
            // What no source confirms is not held against the entry.
            if !self.desc.and_then(|desc| desc.slot_desc(slot)).is_some_and(|slot| slot.unconfirmed) {
                self.event(EventKind::Bad);
            }
        }
        self.take_token(slot);
        true
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
        while self.pos < self.tokens.len() && count < high {
            let before = self.pos;
            if self.starts(inner, self.pos) {
                if !self.node(inner) {
                    self.skip_entry(inner, strong);
                }
                count += 1;
                if self.pos == before {
                    self.pos += 1;
                }
                continue;
            }
            self.follow.pop();
            let stuck = self.stuck(self.pos);
            self.follow.push(std::slice::from_ref(node));
            if !stuck || count < low {
                break;
            }
            if self.unexpected(None) {
                self.follow.pop();
                let meant_inside = self.starts(inner, self.pos);
                self.follow.push(std::slice::from_ref(node));
                if !meant_inside {
                    break;
                }
                continue;
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
        let mut used = vec![false; options.len()];
        self.follow.push(std::slice::from_ref(node));
        let mut good = true;
        while self.pos < self.tokens.len() {
            if let Some(place) = options.iter().position(|option| self.starts(option, self.pos)) {
                if let Some(seen) = used.get_mut(place) {
                    if *seen {
                        self.duplicate(options.get(place));
                    }
                    *seen = true;
                }
                let before = self.pos;
                if let Some(option) = options.get(place)
                    && !self.node(option)
                {
                    good = false;
                    self.skip_entry(node, true);
                    if self.pos == before {
                        self.pos += 1;
                    }
                }
                continue;
            }
            self.follow.pop();
            let stuck = self.stuck(self.pos);
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
        }
        true
    }

    fn duplicate(&mut self, option: Option<&'static Node>) {
        let keyword = match option {
            Some(Node::Keyword(keyword)) => keyword,
            Some(Node::Sequence([Node::Keyword(keyword), ..])) => keyword,
            Some(_) | None => return,
        };
        self.error(self.span(self.pos), ErrorKind::Duplicate { keyword: keyword.full });
    }
}
