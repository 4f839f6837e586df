//! Nodes together, with what is asked of them at every token: made when the table is.

use super::{Node, Type};
use crate::kinds::Kinds;

/// The parts of a sequence, a choice or an any-order group.
#[derive(Clone, Copy, Debug)]
pub struct Nodes {
    list: &'static [Node],
    kinds: Kinds,
}

impl Nodes {
    /// One after another.
    #[must_use]
    pub const fn sequence(list: &'static [Node]) -> Self {
        let (mut kinds, mut nullable) = (Kinds::NONE, true);
        let mut rest = list;
        while let [node, behind @ ..] = rest {
            if nullable {
                kinds = kinds.or(Kinds::of_node(node));
                // Behind a name the next operand is looked at too.
                if let (Node::Operand(_, Type::Name(_)), [Node::Operand(..), ..]) = (node, behind) {
                    kinds = kinds.unsure();
                }
            }
            nullable = nullable && node.nullable();
            rest = behind;
        }
        Self { list, kinds: kinds.of_nodes(nullable) }
    }

    /// One of them.
    #[must_use]
    pub const fn choice(list: &'static [Node]) -> Self {
        let (mut kinds, mut nullable) = (Kinds::NONE, false);
        let mut rest = list;
        while let [node, behind @ ..] = rest {
            kinds = kinds.or(Kinds::of_node(node));
            nullable = nullable || node.nullable();
            rest = behind;
        }
        Self { list, kinds: kinds.of_nodes(nullable) }
    }

    /// Each of them, in any order.
    #[must_use]
    pub const fn any_order(list: &'static [Node]) -> Self {
        let (mut kinds, mut nullable) = (Kinds::NONE, true);
        let mut rest = list;
        while let [node, behind @ ..] = rest {
            kinds = kinds.or(Kinds::of_node(node));
            nullable = nullable && !node.is_required();
            rest = behind;
        }
        Self { list, kinds: kinds.of_nodes(nullable) }
    }

    /// In order.
    #[must_use]
    #[inline]
    pub const fn list(self) -> &'static [Node] {
        self.list
    }

    /// What they may begin with.
    #[must_use]
    #[inline]
    pub const fn kinds(&self) -> Kinds {
        self.kinds.of_tokens()
    }

    /// Whether together they may stand for nothing.
    #[must_use]
    #[inline]
    pub const fn nullable(&self) -> bool {
        self.kinds.nullable()
    }
}

impl std::ops::Deref for Nodes {
    type Target = [Node];

    #[inline]
    fn deref(&self) -> &[Node] {
        self.list
    }
}

impl IntoIterator for Nodes {
    type Item = &'static Node;
    type IntoIter = std::slice::Iter<'static, Node>;

    #[inline]
    fn into_iter(self) -> Self::IntoIter {
        self.list.iter()
    }
}

impl Node {
    /// Whether it may stand for nothing.
    #[must_use]
    pub const fn nullable(&self) -> bool {
        match self {
            Self::Nothing | Self::Rest(_) | Self::Optional(_) => true,
            Self::Keyword(_) | Self::Literal(..) | Self::Operand(..) => false,
            Self::Sequence(nodes) | Self::Choice(nodes) | Self::AnyOrder(nodes) => nodes.nullable(),
            Self::Repeat(node, low, _) => *low == 0 || node.nullable(),
            Self::Group(_, node) => node.nullable(),
        }
    }

    /// Whether an option of an any-order group has to stand.
    #[must_use]
    pub const fn is_required(&self) -> bool {
        matches!(self, Self::Repeat(_, 1, 1))
    }
}
