//! Options in any order: which has stood, which stands twice, which has to stand.

use super::Parser;
use crate::description::{Node, Slot, Type};
use crate::tree::{ErrorKind, EventKind};

impl Parser<'_> {
    pub(super) fn any_order(&mut self, node: &'static Node, options: &'static [Node]) -> bool {
        // One bit for each option; there are never more than 64.
        let mut used = 0u64;
        self.follow.push(std::slice::from_ref(node));
        let mut good = true;
        loop {
            let here = self.here(self.pos);
            if !here.kinds.is_token() {
                break;
            }
            let found = options.iter().enumerate().find(|(_, option)| self.starts_here(option, here));
            if let Some((place, option)) = found {
                let bit = bit(place);
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
        if node.nullable() {
            return true;
        }
        let left_out = |(place, option): &(usize, &Node)| option.is_required() && used & bit(*place) == 0;
        match options.iter().enumerate().find(left_out) {
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

/// The bit of an option, by its place among them.
fn bit(place: usize) -> u64 {
    1u64.checked_shl(u32::try_from(place).unwrap_or(u32::MAX)).unwrap_or(0)
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
