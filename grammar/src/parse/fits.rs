//! Whether a token has the form of a type. The form decides how a token is placed; whether its value is possible is
//! checked when it is taken.

use super::Parser;
use crate::description::{KeywordDesc, Node, Type};
use crate::kinds::Kinds;
use crate::token::{Token, class};
use crate::{lookup, values};

/// A place with what its token may be: nothing where there is none.
#[derive(Clone, Copy)]
pub(super) struct Here {
    pub(super) index: usize,
    pub(super) kinds: Kinds,
}

impl Parser<'_> {
    /// Whether a type takes words of almost any form, so that a statement name could be one; in the founding documents names stand for addresses too.
    #[inline]
    pub(super) fn loose(&self, kind: &Type) -> bool {
        kind.is_loose() || (self.founding && is_symbolic(kind))
    }

    /// What the token may be; of one that was repaired, and in the founding documents, its kinds tell nothing.
    #[inline]
    pub(super) fn here(&self, index: usize) -> Here {
        let place = index.wrapping_sub(self.dropped);
        if index > self.reach.get() {
            self.reach.set(index);
        }
        let Some(token) = self.tokens.get(place) else {
            self.touched.set(true);
            return Here { index, kinds: Kinds::NONE };
        };
        let known = !self.founding && self.repaired(index);
        Here { index, kinds: if known { token.kinds } else { token.kinds.unknown() } }
    }

    /// Whether the token has the form of the type.
    pub(super) fn shaped(&self, kind: &Type, index: usize) -> bool {
        self.token(index).is_some_and(|token| self.shaped_at(kind, index, &token))
    }

    /// The same of a token that is at hand.
    fn shaped_at(&self, kind: &Type, index: usize, token: &Token) -> bool {
        if !token.kinds.has_form(Kinds::of_type(kind)) {
            return self.founding && is_symbolic(kind) && token.kinds.has_form(Kinds::SYMBOLIC);
        }
        self.text_fits(kind, index, token)
    }

    /// Whether a token has the form of a type of whose kinds it is: most types need no look at the text.
    #[inline]
    fn text_fits(&self, kind: &Type, index: usize, token: &Token) -> bool {
        match kind {
            // What a symbol stands for is not known here.
            Type::Exactly(word) => {
                token.kinds.has_form(Kinds::SYMBOLS) || self.typed(index).eq_ignore_ascii_case(word)
            }
            Type::Setting(setting) => setting.value(self.typed(index)).is_some(),
            Type::Ipv4Range | Type::Ipv6Range => self.typed(index).contains('-'),
            Type::Number(..)
            | Type::Hex(_)
            | Type::Ipv4
            | Type::Ipv6
            | Type::Ip
            | Type::Mask
            | Type::Ipv4Net
            | Type::Ipv4OrNet
            | Type::Ipv6Net
            | Type::Ipv6OrNet
            | Type::IpOrNet
            | Type::Name(_)
            | Type::Job
            | Type::JobPattern
            | Type::PortRange
            | Type::Size(..)
            | Type::Decimal(..)
            | Type::Among(_)
            | Type::Time
            | Type::Text
            | Type::Word
            | Type::Dsname
            | Type::Resource
            | Type::InterfaceId
            | Type::Mac => true,
        }
    }

    /// Whether the value of a token that has the form of the type is possible. Symbols are judged when they are known.
    pub(super) fn possible(&self, kind: &Type, token: &Token) -> bool {
        if token.classes & class::SYMBOL != 0 {
            return true;
        }
        // Of a name its length alone counts.
        if let Some(longest) = longest(kind) {
            return token.len as usize <= longest;
        }
        let text = self.text_of(*token);
        let symbolic = self.founding && text.starts_with(|letter: char| letter.is_ascii_alphabetic());
        is_possible(kind, text, symbolic)
    }

    /// Whether a node may begin at a token.
    pub(super) fn starts(&self, node: &'static Node, index: usize) -> bool {
        self.starts_here(node, self.here(index))
    }

    /// The same of a token that is at hand. Mostly its kinds tell.
    #[inline]
    pub(super) fn starts_here(&self, node: &'static Node, here: Here) -> bool {
        match Kinds::of_node(node).begins(here.kinds) {
            Some(sure) => sure,
            None => self.looks_like(node, here),
        }
    }

    /// The same where the text decides.
    #[inline]
    pub(super) fn looks_like(&self, node: &'static Node, here: Here) -> bool {
        if let Node::Keyword(keyword) = node {
            return self.spells(keyword, here.index);
        }
        self.starts_at(node, here)
    }

    /// The same of a token whose kinds fit.
    fn starts_at(&self, node: &'static Node, here: Here) -> bool {
        let index = here.index;
        match node {
            Node::Nothing => false,
            Node::Rest(_) => !self.is_stop(index),
            Node::Keyword(keyword) => self.spells(keyword, index),
            Node::Literal(_, text) => {
                // Of most words the length tells.
                (self.token(index).is_some_and(|token| text.len() == token.len as usize)
                    || !self.repaired(index))
                    && self.word(index).eq_ignore_ascii_case(text)
            }
            Node::Operand(_, kind) => {
                self.shaped(kind, index) && !(self.loose(kind) && self.is_stop(index) && self.repaired(index))
            }
            Node::Sequence(nodes) => {
                let mut rest = nodes.list();
                while let [node, behind @ ..] = rest {
                    if self.starts_here(node, here) {
                        return self.second_fits(node, behind.first(), index);
                    }
                    if !node.nullable() {
                        return false;
                    }
                    rest = behind;
                }
                false
            }
            Node::Choice(nodes) | Node::AnyOrder(nodes) => {
                nodes.list().iter().any(|node| self.starts_here(node, here))
            }
            Node::Optional(Node::Operand(_, Type::Mask)) => {
                let symbol = self.token(index).is_some_and(|token| token.kinds.has_symbol());
                self.shaped(&Type::Mask, index)
                    && (symbol || values::mask(self.word(index)).is_some_and(|bits| bits > 0))
            }
            Node::Optional(node) | Node::Repeat(node, ..) | Node::Group(_, node) => {
                self.starts_here(node, here)
            }
        }
    }

    /// Whether a token is a keyword or an accepted abbreviation of it. Of most words the first letter tells.
    fn spells(&self, keyword: &KeywordDesc, index: usize) -> bool {
        let Some(token) = self.tokens.get(index.wrapping_sub(self.dropped)) else { return false };
        if !self.repaired(index) {
            return !token.quoted && lookup::is_keyword(self.word(index), keyword);
        }
        // A quoted text has no first letter.
        if keyword.full.as_bytes().first() != Some(&token.initial) {
            return false;
        }
        if token.classes & class::OTHER != 0 {
            return lookup::is_keyword(self.word(index), keyword);
        }
        lookup::is_keyword_in_letters(self.bytes_of(token), keyword)
    }

    /// True unless the token was repaired into a keyword, which no operand may then take.
    pub(super) fn repaired(&self, index: usize) -> bool {
        self.repair.is_none_or(|(at, _)| at != index)
    }

    /// A name fits anything, so behind a name the next operand is looked at too.
    fn second_fits(&self, first: &Node, second: Option<&'static Node>, index: usize) -> bool {
        match (first, second) {
            (Node::Operand(_, Type::Name(_)), Some(second @ Node::Operand(_, kind))) => {
                self.loose(kind) || self.starts(second, index + 1)
            }
            (_, _) => true,
        }
    }
}

/// Whether a text that has the form of a type is a value of it. `symbolic`: a name may stand for an address.
fn is_possible(kind: &Type, text: &str, symbolic: bool) -> bool {
    let net =
        |v4: bool, v6: bool| values::net(text).is_some_and(|(at, _)| if at.is_ipv4() { v4 } else { v6 });
    match kind {
        Type::Number(low, high) => values::number(text).is_some_and(|value| *low <= value && value <= *high),
        Type::Hex(digits) => text.len() <= usize::from(*digits),
        Type::Ipv4 => symbolic || values::ipv4(text).is_some(),
        Type::Ipv6 => values::ipv6(text).is_some(),
        Type::Ip => symbolic || values::ip(text).is_some(),
        Type::Mask => values::mask(text).is_some(),
        Type::Ipv4Net => net(true, false),
        Type::Ipv4OrNet => symbolic || values::ipv4(text).is_some() || net(true, false),
        Type::Ipv6Net => net(false, true),
        Type::Ipv6OrNet => values::ipv6(text).is_some() || net(false, true),
        Type::IpOrNet => symbolic || values::ip(text).is_some() || net(true, true),
        Type::Ipv4Range => values::ip_range(text).is_some_and(|(first, _)| first.is_ipv4()),
        Type::Ipv6Range => values::ip_range(text).is_some_and(|(first, _)| first.is_ipv6()),
        Type::Name(_) | Type::Job | Type::JobPattern => {
            longest(kind).is_none_or(|longest| text.len() <= longest)
        }
        Type::PortRange => values::port_range(text).is_some(),
        Type::Size(low, high) => values::size(text).is_some_and(|value| *low <= value && value <= *high),
        Type::Decimal(low, high) => {
            values::decimal(text).is_some_and(|value| *low <= value && value <= *high)
        }
        Type::Among(all) => values::number(text).is_some_and(|value| all.contains(&value)),
        Type::Exactly(word) => text.eq_ignore_ascii_case(word),
        Type::Setting(setting) => setting.value(text).is_some_and(|value| {
            !value.is_empty() && setting.values.iter().any(|kind| is_possible(kind, value, false))
        }),
        Type::Time => values::time(text).is_some(),
        Type::Resource => values::mvs_name(text, 8),
        Type::InterfaceId => text.split(':').count() == 4 && text.split(':').all(|group| group.len() <= 4),
        Type::Mac => text.len() == 12,
        Type::Text | Type::Word | Type::Dsname => true,
    }
}

/// How long a name of the type may be; None for types that are no names.
fn longest(kind: &Type) -> Option<usize> {
    if let Type::Name(longest) = kind {
        return Some(usize::from(*longest));
    }
    matches!(kind, Type::Job | Type::JobPattern).then_some(8)
}

/// Whether a name may stand for an address of the type, in the founding documents.
fn is_symbolic(kind: &Type) -> bool {
    matches!(kind, Type::Ipv4 | Type::Ip | Type::Ipv4OrNet | Type::IpOrNet)
}
