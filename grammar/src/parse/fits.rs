//! Whether a token has the form of a type. The form decides how a token is placed; whether its value is possible is
//! checked when it is taken.

use super::Parser;
use crate::description::{KeywordDesc, Node, Type};
use crate::token::{Token, class};
use crate::{lookup, values};

impl Parser<'_> {
    /// Whether a type takes words of almost any form, so that a statement name could be one.
    pub(super) fn loose(&self, kind: Type) -> bool {
        match kind {
            Type::Name(_)
            | Type::Job
            | Type::JobPattern
            | Type::Text
            | Type::Word
            | Type::Dsname
            | Type::Resource => true,
            Type::Ipv4 | Type::Ip | Type::IpOrNet | Type::Ipv4OrNet => self.founding,
            Type::Number(..)
            | Type::Hex(_)
            | Type::Ipv6
            | Type::Mask
            | Type::Ipv4Net
            | Type::Ipv6Net
            | Type::Ipv6OrNet
            | Type::Ipv4Range
            | Type::Ipv6Range
            | Type::PortRange
            | Type::Size(..)
            | Type::Decimal(..)
            | Type::Among(_)
            | Type::Exactly(_)
            | Type::Setting(_)
            | Type::Time
            | Type::InterfaceId
            | Type::Mac => false,
        }
    }

    /// Whether the token has the form of the type.
    pub(super) fn shaped(&self, kind: Type, index: usize) -> bool {
        self.token(index).is_some_and(|token| self.shaped_at(kind, index, token))
    }

    /// The same of a token that is at hand.
    fn shaped_at(&self, kind: Type, index: usize, token: Token) -> bool {
        if token.quoted {
            return kind == Type::Text;
        }
        let has = |bits: u8| token.classes & bits != 0;
        let only = |bits: u8| token.classes & !bits == 0;
        if has(class::SYMBOL) {
            // What the symbol stands for is not known here; only what stands beside it can rule a type out.
            return match kind {
                Type::Number(..) | Type::PortRange | Type::Hex(_) | Type::Mac | Type::Among(_) => {
                    !has(class::COLON)
                }
                Type::Setting(setting) => setting.value(self.typed(index)).is_some(),
                Type::Ipv4 | Type::Mask => !has(class::COLON | class::JOIN),
                Type::Ipv4Net => has(class::JOIN) && !has(class::COLON),
                Type::Ipv4OrNet => !has(class::COLON),
                Type::Ipv4Range => self.typed(index).contains('-') && !has(class::COLON),
                Type::Ipv6Range => self.typed(index).contains('-') && has(class::COLON),
                Type::Name(_)
                | Type::Job
                | Type::JobPattern
                | Type::Text
                | Type::Word
                | Type::Dsname
                | Type::Resource
                | Type::Ipv6
                | Type::Ip
                | Type::Ipv6Net
                | Type::Ipv6OrNet
                | Type::IpOrNet
                | Type::Size(..)
                | Type::Decimal(..)
                | Type::Exactly(_)
                | Type::Time
                | Type::InterfaceId => true,
            };
        }
        let dotted = has(class::DOT) && only(class::DIGIT | class::DOT);
        let dotted_net = has(class::DOT) && has(class::JOIN) && only(class::DIGIT | class::DOT | class::JOIN);
        let colon = has(class::COLON);
        let starts_with_digit = token.initial.is_ascii_digit();
        let symbolic = self.founding && !has(class::DOT | class::COLON | class::JOIN) && !starts_with_digit;
        match kind {
            Type::Number(..) | Type::Among(_) => only(class::DIGIT),
            Type::Decimal(..) => only(class::DIGIT | class::DOT),
            Type::Exactly(word) => self.typed(index).eq_ignore_ascii_case(word),
            Type::Setting(setting) => setting.value(self.typed(index)).is_some(),
            Type::Hex(_) | Type::Mac => only(class::DIGIT | class::HEX),
            Type::Ipv4 => dotted || symbolic,
            Type::Ipv6 | Type::InterfaceId => colon,
            Type::Ip => dotted || colon || symbolic,
            Type::Mask => dotted,
            Type::Ipv4Net => dotted_net,
            Type::Ipv4OrNet => dotted || dotted_net || symbolic,
            Type::Ipv6Net | Type::Ipv6OrNet => colon,
            Type::IpOrNet => dotted || dotted_net || colon || symbolic,
            Type::Ipv4Range => dotted_net && self.typed(index).contains('-'),
            Type::Ipv6Range => colon && self.typed(index).contains('-'),
            Type::Name(_) => !dotted && !dotted_net && !colon,
            Type::Job | Type::JobPattern => {
                !has(class::DOT | class::COLON | class::JOIN) && !only(class::DIGIT)
            }
            Type::PortRange => starts_with_digit && only(class::DIGIT | class::JOIN),
            Type::Size(..) => starts_with_digit && !has(class::DOT | class::COLON | class::JOIN),
            Type::Time => colon && only(class::DIGIT | class::COLON),
            Type::Resource => !has(class::DOT | class::COLON | class::JOIN),
            Type::Text | Type::Word => true,
            Type::Dsname => !colon && !dotted,
        }
    }

    /// Whether the value of a token that has the form of the type is possible. Symbols are judged when they are known.
    pub(super) fn possible(&self, kind: Type, index: usize) -> bool {
        let Some(token) = self.token(index) else { return false };
        if token.classes & class::SYMBOL != 0 {
            return true;
        }
        let text = self.text_of(token);
        let symbolic = self.founding && text.starts_with(|letter: char| letter.is_ascii_alphabetic());
        is_possible(kind, text, symbolic)
    }

    /// Whether a node may begin at a token.
    pub(super) fn starts(&self, node: &'static Node, index: usize) -> bool {
        self.token(index).is_some_and(|token| self.starts_at(node, index, token))
    }

    /// The same of a token that is at hand.
    pub(super) fn starts_at(&self, node: &'static Node, index: usize, token: Token) -> bool {
        match node {
            Node::Nothing => false,
            Node::Rest(_) => !self.is_stop(index),
            Node::Keyword(keyword) => self.spells(keyword, index, token),
            Node::Literal(_, text) => {
                // Of most words the length tells.
                (text.len() == token.len as usize || !self.repaired(index))
                    && self.word(index).eq_ignore_ascii_case(text)
            }
            Node::Operand(_, kind) => {
                self.shaped_at(*kind, index, token)
                    && !(self.loose(*kind) && self.is_stop(index) && self.repaired(index))
            }
            Node::Sequence(nodes) => {
                for (place, node) in nodes.iter().enumerate() {
                    if self.starts_at(node, index, token) {
                        return self.second_fits(node, nodes.get(place + 1), index);
                    }
                    if !nullable(node) {
                        return false;
                    }
                }
                false
            }
            Node::Choice(nodes) | Node::AnyOrder(nodes) => {
                nodes.iter().any(|node| self.starts_at(node, index, token))
            }
            Node::Optional(Node::Operand(_, Type::Mask)) => {
                let symbol = token.classes & class::SYMBOL != 0;
                self.shaped_at(Type::Mask, index, token)
                    && (symbol || values::mask(self.word(index)).is_some_and(|bits| bits > 0))
            }
            Node::Optional(node) | Node::Repeat(node, ..) | Node::Group(_, node) => {
                self.starts_at(node, index, token)
            }
        }
    }

    /// Whether a token is a keyword or an accepted abbreviation of it. Of most words the first letter tells.
    fn spells(&self, keyword: &KeywordDesc, index: usize, token: Token) -> bool {
        let repaired = !self.repaired(index);
        (repaired || keyword.full.as_bytes().first() == Some(&token.initial))
            && !token.quoted
            && lookup::is_keyword(self.word(index), keyword)
    }

    /// True unless the token was repaired into a keyword, which no operand may then take.
    pub(super) fn repaired(&self, index: usize) -> bool {
        self.repair.is_none_or(|(at, _)| at != index)
    }

    /// A name fits anything, so behind a name the next operand is looked at too.
    fn second_fits(&self, first: &Node, second: Option<&'static Node>, index: usize) -> bool {
        match (first, second) {
            (Node::Operand(_, Type::Name(_)), Some(second @ Node::Operand(_, kind))) => {
                self.loose(*kind) || self.starts(second, index + 1)
            }
            (_, _) => true,
        }
    }
}

/// Whether a text that has the form of a type is a value of it. `symbolic`: a name may stand for an address.
fn is_possible(kind: Type, text: &str, symbolic: bool) -> bool {
    let net =
        |v4: bool, v6: bool| values::net(text).is_some_and(|(at, _)| if at.is_ipv4() { v4 } else { v6 });
    match kind {
        Type::Number(low, high) => values::number(text).is_some_and(|value| low <= value && value <= high),
        Type::Hex(digits) => text.len() <= usize::from(digits),
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
        Type::Name(longest) => text.len() <= usize::from(longest),
        Type::Job => text.len() <= 8,
        Type::JobPattern => text.len() <= 8,
        Type::PortRange => values::port_range(text).is_some(),
        Type::Size(low, high) => values::size(text).is_some_and(|value| low <= value && value <= high),
        Type::Decimal(low, high) => values::decimal(text).is_some_and(|value| low <= value && value <= high),
        Type::Among(all) => values::number(text).is_some_and(|value| all.contains(&value)),
        Type::Exactly(word) => text.eq_ignore_ascii_case(word),
        Type::Setting(setting) => setting.value(text).is_some_and(|value| {
            !value.is_empty() && setting.values.iter().any(|kind| is_possible(*kind, value, false))
        }),
        Type::Time => values::time(text).is_some(),
        Type::Resource => values::mvs_name(text, 8),
        Type::InterfaceId => text.split(':').count() == 4 && text.split(':').all(|group| group.len() <= 4),
        Type::Mac => text.len() == 12,
        Type::Text | Type::Word | Type::Dsname => true,
    }
}

/// Whether an option of an any-order group has to stand.
pub(super) fn is_required(option: &Node) -> bool {
    matches!(option, Node::Repeat(_, 1, 1))
}

/// Whether a node may stand for nothing.
pub(super) fn nullable(node: &Node) -> bool {
    match node {
        Node::Nothing | Node::Rest(_) | Node::Optional(_) => true,
        Node::AnyOrder(options) => !options.iter().any(is_required),
        Node::Keyword(_) | Node::Literal(..) | Node::Operand(..) => false,
        Node::Sequence(nodes) => nodes.iter().all(nullable),
        Node::Choice(nodes) => nodes.iter().any(nullable),
        Node::Repeat(node, low, _) => *low == 0 || nullable(node),
        Node::Group(_, node) => nullable(node),
    }
}
