//! Options that nothing but the description looks at, as they are coded, so that what a stack holds is whole.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use grammar::description::{Node, Slot, SlotKind, StatementDesc};
use grammar::tree::StmtView;
use serde::{Serialize, Serializer};

/// Options in the words of the statement, by their place in its description. Of options that exclude each other the last one stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coded(BTreeMap<usize, String>);

/// For each slot of a statement the operand that begins with it, by its place among those that stand in any order.
type Places = Vec<Option<usize>>;

impl Serialize for Coded {
    /// As a list of texts.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.values())
    }
}

impl Coded {
    /// Whether nothing is coded.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Takes what a later statement codes.
    pub fn take(&mut self, later: &Self) {
        self.0.extend(later.0.iter().map(|(place, text)| (*place, text.clone())));
    }

    /// What follows a word that an option begins with; empty where nothing does. None when it is not coded.
    #[must_use]
    pub fn after(&self, word: &str) -> Option<&str> {
        self.0.values().find_map(|text| match text.split_once(' ') {
            Some((first, rest)) => (first == word).then_some(rest),
            None => (text == word).then_some(""),
        })
    }

    /// The same without the options that begin with one of these words.
    #[must_use]
    pub fn without(&self, words: &[&str]) -> Self {
        let refused = |text: &str| words.iter().any(|word| text.split(' ').next() == Some(*word));
        Self(self.0.iter().filter(|(_, text)| !refused(text)).map(|(at, text)| (*at, text.clone())).collect())
    }
}

/// The operands of a statement all of which stand in any order, but for those that begin with a keyword of `typed`.
#[must_use]
pub fn read(view: &StmtView<'_>, typed: &[Slot]) -> Coded {
    static PLACES: OnceLock<Vec<Places>> = OnceLock::new();
    let of = |desc: &StatementDesc| {
        let Node::AnyOrder(options) = &desc.syntax else { return Places::new() };
        places(&options.iter().collect::<Vec<_>>(), desc)
    };
    among(PLACES.get_or_init(|| grammar::STATEMENTS.iter().map(of).collect()), view, typed)
}

/// The same of a statement whose operands depend on what stands before them.
#[must_use]
pub fn read_of_type(view: &StmtView<'_>, typed: &[Slot]) -> Coded {
    static PLACES: OnceLock<Vec<Places>> = OnceLock::new();
    let of = |desc: &StatementDesc| {
        let mut options = Vec::new();
        in_any_order(&desc.syntax, &mut options);
        places(&options, desc)
    };
    among(PLACES.get_or_init(|| grammar::STATEMENTS.iter().map(of).collect()), view, typed)
}

/// Which of some operands begins with each slot.
fn places(options: &[&Node], desc: &StatementDesc) -> Places {
    let slots = (0..desc.slots.len()).filter_map(|slot| u16::try_from(slot).ok());
    slots.map(|slot| options.iter().position(|option| begins(option, Slot(slot)))).collect()
}

/// What is coded of these operands.
fn among(all: &[Places], view: &StmtView<'_>, typed: &[Slot]) -> Coded {
    let mut coded = Coded::default();
    let Some(desc) = view.desc() else { return coded };
    let Some(places) = all.get(usize::from(desc.id.0)) else { return coded };
    let mut current: Option<usize> = None;
    for (slot, word) in view.parts.tokens() {
        if let Some(place) = places.get(usize::from(slot.0)).copied().flatten() {
            current = (!typed.contains(&slot)).then_some(place);
            coded.0.remove(&place);
        }
        let Some(place) = current else { continue };
        let keyword = desc.slot_desc(slot).filter(|desc| desc.kind == SlotKind::Keyword);
        let text = keyword.map_or_else(|| word.upper(), |desc| desc.name.to_ascii_uppercase());
        let option = coded.0.entry(place).or_default();
        if !option.is_empty() {
            option.push(' ');
        }
        option.push_str(&text);
    }
    coded
}

/// The operands that stand in any order, in all branches of a syntax; those inside an operand come behind it.
fn in_any_order<'d>(node: &'d Node, into: &mut Vec<&'d Node>) {
    match node {
        Node::AnyOrder(options) => {
            into.extend(options.iter());
            options.iter().for_each(|option| in_any_order(option, into));
        }
        Node::Sequence(nodes) | Node::Choice(nodes) => nodes.iter().for_each(|node| in_any_order(node, into)),
        Node::Optional(node) | Node::Repeat(node, ..) | Node::Group(_, node) => in_any_order(node, into),
        Node::Nothing | Node::Rest(_) | Node::Literal(..) | Node::Keyword(_) | Node::Operand(..) => {}
    }
}

/// Whether an option may begin with a keyword.
fn begins(node: &Node, slot: Slot) -> bool {
    match node {
        Node::Keyword(keyword) => keyword.slot == slot,
        Node::Sequence(nodes) => nodes.first().is_some_and(|node| begins(node, slot)),
        Node::Choice(nodes) | Node::AnyOrder(nodes) => nodes.iter().any(|node| begins(node, slot)),
        Node::Optional(node) | Node::Repeat(node, ..) | Node::Group(_, node) => begins(node, slot),
        Node::Nothing | Node::Rest(_) | Node::Literal(..) | Node::Operand(..) => false,
    }
}
