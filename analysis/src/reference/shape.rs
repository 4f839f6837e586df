//! A syntax diagram before it is drawn: the description of a statement with everything that only its parser needs taken
//! out, and long alternatives given a name and a diagram of their own.

use grammar::STATEMENTS;
use grammar::description::{KeywordDesc, Node, Slot, StatementDesc};

/// How many words an alternative may have before it gets a diagram of its own: more does not fit on a screen.
const MOST_WORDS: usize = 12;

/// A piece of a diagram.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A keyword, spelled with its shortest abbreviation in capitals.
    Keyword {
        /// `DISTMethod`.
        spelled: String,
        /// True when the target release of most people does not have it.
        faded: bool,
    },
    /// A value, by its name.
    Operand(String),
    /// A text that stands there as it is.
    Literal(&'static str),
    /// Everything up to the next statement.
    Rest,
    /// A piece that has a diagram of its own.
    Fragment(String),
    /// One after another.
    Sequence(Vec<Shape>),
    /// One of them.
    Choice(Vec<Shape>),
    /// May be left out.
    Optional(Box<Shape>),
    /// At least once, and at most that often.
    Repeat(Box<Shape>, u32),
    /// Each at most once, in any order.
    AnyOrder(Vec<Shape>),
}

/// The diagram of a statement, and those of its long alternatives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagram {
    /// From the name to the closing keyword.
    pub main: Shape,
    /// Named pieces, in the order of their use.
    pub fragments: Vec<(String, Shape)>,
}

impl Shape {
    /// What may stand in place of each other here: the parts of a choice, or the piece itself.
    #[must_use]
    pub fn alternatives(&self) -> &[Shape] {
        if let Self::Choice(parts) = self { parts } else { std::slice::from_ref(self) }
    }
}

/// A keyword as it is written in a diagram: the shortest abbreviation in capitals.
#[must_use]
pub fn spelled(full: &str, min: usize) -> String {
    full.char_indices()
        .map(|(at, letter)| if at < min { letter } else { letter.to_ascii_lowercase() })
        .collect()
}

/// Statements that stand in the block of another, as diagrams name them.
#[must_use]
pub fn children(block: &str) -> Vec<&'static StatementDesc> {
    STATEMENTS.iter().filter(|statement| statement.blocks.contains(&block)).collect()
}

/// The diagram of a statement.
#[must_use]
pub fn diagram(statement: &StatementDesc) -> Diagram {
    assemble(statement, &statement.syntax)
}

/// The diagram of the form of the founding documents, where they have another.
#[must_use]
pub fn founding_diagram(statement: &StatementDesc) -> Option<Diagram> {
    statement.founding_syntax.as_ref().map(|syntax| assemble(statement, syntax))
}

fn assemble(statement: &StatementDesc, syntax: &Node) -> Diagram {
    let name = Shape::Keyword { spelled: spelled(statement.name, statement.min), faded: false };
    let mut parts = vec![name];
    flatten(shape(statement, syntax), &mut parts);
    let held: Vec<Shape> = children(statement.name)
        .iter()
        .map(|child| Shape::Fragment(format!("{} statement", child.name)))
        .collect();
    if !held.is_empty() {
        parts.push(Shape::Optional(Box::new(Shape::Repeat(Box::new(choice(held)), u32::MAX))));
    }
    if let Some(end) = &statement.end {
        parts.push(keyword(statement, end));
    }
    let mut fragments = Vec::new();
    let mut at = 0;
    let main = Shape::Sequence(parts.into_iter().map(|part| cut_inside(part, &mut fragments)).collect());
    // What was cut out may be long itself.
    while let Some((_, piece)) = fragments.get(at).cloned() {
        let piece = if let Shape::Sequence(parts) = piece {
            Shape::Sequence(parts.into_iter().map(|part| cut_inside(part, &mut fragments)).collect())
        } else {
            cut_inside(piece, &mut fragments)
        };
        if let Some((_, place)) = fragments.get_mut(at) {
            *place = piece;
        }
        at += 1;
    }
    Diagram { main, fragments }
}

fn keyword(statement: &StatementDesc, keyword: &KeywordDesc) -> Shape {
    Shape::Keyword { spelled: spelled(keyword.full, keyword.min), faded: faded(statement, keyword.slot) }
}

fn faded(statement: &StatementDesc, slot: Slot) -> bool {
    statement.slot_desc(slot).is_some_and(|desc| desc.founding || !desc.until.is_empty())
}

fn shape(statement: &StatementDesc, node: &Node) -> Shape {
    let all = |nodes: &[Node]| nodes.iter().map(|node| shape(statement, node)).collect::<Vec<_>>();
    match node {
        Node::Nothing => Shape::Sequence(vec![]),
        Node::Rest(_) => Shape::Rest,
        Node::Keyword(desc) => keyword(statement, desc),
        Node::Literal(_, text) => Shape::Literal(text),
        Node::Operand(slot, _) => {
            Shape::Operand(statement.slot_desc(*slot).map_or_else(String::new, |desc| desc.name.to_owned()))
        }
        Node::Sequence(nodes) => {
            let mut parts = Vec::new();
            for part in all(nodes) {
                flatten(part, &mut parts);
            }
            match parts.len() {
                1 => parts.remove(0),
                _ => Shape::Sequence(parts),
            }
        }
        Node::Choice(nodes) => choice(all(nodes)),
        Node::Optional(inner) => optional(shape(statement, inner)),
        Node::Repeat(inner, 0, most) => optional(repeat(shape(statement, inner), *most)),
        Node::Repeat(inner, _, most) => repeat(shape(statement, inner), *most),
        Node::AnyOrder(nodes) => Shape::AnyOrder(all(nodes)),
        Node::Group(slot, inner) => {
            let inner = shape(statement, inner);
            // A group that no source confirms is read for the sake of those who write it; nobody should learn it here.
            let doubtful = statement.slot_desc(*slot).is_some_and(|desc| desc.unconfirmed);
            if doubtful { fade(inner) } else { inner }
        }
    }
}

fn fade(part: Shape) -> Shape {
    let all = |parts: Vec<Shape>| parts.into_iter().map(fade).collect::<Vec<_>>();
    match part {
        Shape::Keyword { spelled, .. } => Shape::Keyword { spelled, faded: true },
        Shape::Operand(_) | Shape::Literal(_) | Shape::Rest | Shape::Fragment(_) => part,
        Shape::Sequence(parts) => Shape::Sequence(all(parts)),
        Shape::Choice(parts) => Shape::Choice(all(parts)),
        Shape::AnyOrder(parts) => Shape::AnyOrder(all(parts)),
        Shape::Optional(inner) => Shape::Optional(Box::new(fade(*inner))),
        Shape::Repeat(inner, most) => Shape::Repeat(Box::new(fade(*inner)), most),
    }
}

fn flatten(part: Shape, parts: &mut Vec<Shape>) {
    if let Shape::Sequence(inner) = part {
        parts.extend(inner);
    } else {
        parts.push(part);
    }
}

fn nothing(part: &Shape) -> bool {
    matches!(part, Shape::Sequence(parts) if parts.is_empty())
}

fn choice(parts: Vec<Shape>) -> Shape {
    let (mut kept, mut left_out) = (Vec::new(), false);
    for part in parts {
        if nothing(&part) {
            left_out = true;
        } else if let Shape::Choice(inner) = part {
            kept.extend(inner);
        } else {
            kept.push(part);
        }
    }
    let all = if kept.len() == 1 { kept.remove(0) } else { Shape::Choice(kept) };
    if left_out { optional(all) } else { all }
}

fn optional(inner: Shape) -> Shape {
    // Nothing in any order is nothing already.
    if nothing(&inner) || matches!(inner, Shape::Optional(_) | Shape::AnyOrder(_)) {
        inner
    } else {
        Shape::Optional(Box::new(inner))
    }
}

fn repeat(inner: Shape, most: u32) -> Shape {
    if let Shape::Optional(inner) = inner {
        Shape::Optional(Box::new(repeat(*inner, most)))
    } else if most == 1 {
        inner
    } else {
        Shape::Repeat(Box::new(inner), most)
    }
}

/// Words of a piece, for its size.
fn words(part: &Shape) -> usize {
    match part {
        Shape::Keyword { .. } | Shape::Operand(_) | Shape::Literal(_) | Shape::Rest | Shape::Fragment(_) => 1,
        Shape::Sequence(parts) | Shape::Choice(parts) | Shape::AnyOrder(parts) => {
            parts.iter().map(words).sum()
        }
        Shape::Optional(inner) | Shape::Repeat(inner, _) => words(inner),
    }
}

/// Long pieces behind a keyword become fragments that bear its name, everywhere but in the sequence that begins here.
fn cut_inside(part: Shape, fragments: &mut Vec<(String, Shape)>) -> Shape {
    let mut all = |parts: Vec<Shape>| parts.into_iter().map(|part| cut(part, fragments)).collect::<Vec<_>>();
    match part {
        Shape::Choice(parts) => Shape::Choice(all(parts)),
        Shape::AnyOrder(parts) => Shape::AnyOrder(all(parts)),
        Shape::Sequence(parts) => Shape::Sequence(all(parts)),
        Shape::Optional(inner) => Shape::Optional(Box::new(cut_inside(*inner, fragments))),
        Shape::Repeat(inner, most) => Shape::Repeat(Box::new(cut_inside(*inner, fragments)), most),
        Shape::Keyword { .. } | Shape::Operand(_) | Shape::Literal(_) | Shape::Rest | Shape::Fragment(_) => {
            part
        }
    }
}

fn cut(part: Shape, fragments: &mut Vec<(String, Shape)>) -> Shape {
    let Shape::Sequence(parts) = part else { return cut_inside(part, fragments) };
    let mut name: Option<String> = None;
    let mut kept: Vec<Shape> = Vec::new();
    let whole = parts.len() > 1 && parts.iter().skip(1).map(words).sum::<usize>() > MOST_WORDS;
    let mut rest: Vec<Shape> = Vec::new();
    for part in parts {
        if kept.is_empty()
            && let Shape::Keyword { spelled, .. } = &part
        {
            name = Some(spelled.to_ascii_uppercase());
            kept.push(part);
        } else if whole && name.is_some() {
            rest.push(part);
        } else {
            kept.push(cut_inside(part, fragments));
        }
    }
    if let Some(name) = name
        && !rest.is_empty()
    {
        let piece = if rest.len() == 1 { rest.remove(0) } else { Shape::Sequence(rest) };
        kept.push(Shape::Fragment(entitle(&name, piece, fragments)));
    }
    Shape::Sequence(kept)
}

/// The name of a fragment: the same for the same piece, another for another.
fn entitle(name: &str, piece: Shape, fragments: &mut Vec<(String, Shape)>) -> String {
    let mut title = format!("{name} operands");
    let mut number = 2;
    while let Some((_, known)) = fragments.iter().find(|(known, _)| *known == title) {
        if *known == piece {
            return title;
        }
        title = format!("{name} operands {number}");
        number += 1;
    }
    fragments.push((title.clone(), piece));
    title
}
