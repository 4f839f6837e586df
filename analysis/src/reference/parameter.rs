//! Keywords and values of a statement, as its description has them.

use grammar::description::{Node, Slot, SlotKind, StatementDesc, Type, gone_in};
use serde::Serialize;

/// A keyword or value of a statement.
#[derive(Clone, Debug, Serialize)]
pub struct Parameter {
    /// As in the diagram.
    pub name: &'static str,
    /// `keyword`, `value` or `group`.
    pub kind: &'static str,
    /// What fits, in words.
    pub value: Option<String>,
    /// Least number.
    pub least: Option<u64>,
    /// Greatest number, where there is one.
    pub most: Option<u64>,
    /// Unit of a number.
    pub unit: Option<&'static str>,
    /// When it is left out.
    pub default: Option<&'static str>,
    /// First release that has it.
    pub since: Option<&'static str>,
    /// First release without it.
    pub until: Option<&'static str>,
    /// What to write instead.
    pub instead: Option<&'static str>,
    /// True when only the founding documents have it.
    pub founding: bool,
    /// False when no source confirms its form or range: a breach is a warning.
    pub confirmed: bool,
    /// The rule that looks for what it names.
    pub refers: Option<&'static str>,
    /// The keyword that it belongs in front of, though it is taken behind it.
    pub before: Option<&'static str>,
    /// One line.
    pub meaning: String,
}

/// Named parts, without the fixed texts, which the diagram shows, and without groups of which nothing is known.
#[must_use]
pub fn of(statement: &'static StatementDesc) -> Vec<Parameter> {
    let (mut fixed, mut rests) = (Vec::new(), Vec::new());
    for syntax in std::iter::once(&statement.syntax).chain(&statement.founding_syntax) {
        unnamed(syntax, &mut fixed, &mut rests);
    }
    let end = statement.end.map(|end| end.slot);
    let mut out = Vec::new();
    for (number, slot) in (0u16..).zip(statement.slots) {
        let (kind, what) = match slot.kind {
            SlotKind::Keyword => ("keyword", None),
            SlotKind::Operand(what) => ("value", Some(what)),
            SlotKind::Group => ("group", None),
        };
        let closes = slot.doc.is_empty() && end == Some(Slot(number));
        if slot.doc.is_empty() && kind == "group" || fixed.contains(&Slot(number)) {
            continue;
        }
        let rest = rests.contains(&Slot(number));
        let (least, most) = range(what);
        out.push(Parameter {
            name: slot.name,
            kind,
            value: what.map(|what| if rest { "anything".to_owned() } else { what.describe() }),
            least,
            most,
            unit: some(slot.unit),
            default: some(slot.default),
            since: some(slot.since),
            until: some(slot.until),
            instead: some(slot.instead),
            founding: slot.founding,
            confirmed: !slot.unconfirmed,
            refers: some(slot.refers),
            before: some(slot.before),
            meaning: match (slot.doc, closes, rest) {
                ("", true, _) => "Closes the statement.".to_owned(),
                ("", false, true) => "Everything up to the next statement; it is not looked at.".to_owned(),
                ("", false, false) => String::new(),
                (doc, ..) => sentence(doc),
            },
        });
    }
    out
}

fn range(what: Option<Type>) -> (Option<u64>, Option<u64>) {
    let Some(Type::Number(least, most) | Type::Size(least, most)) = what else { return (None, None) };
    (Some(least), (most != u64::MAX).then_some(most))
}

/// Slots of fixed texts, and of what is not looked at.
fn unnamed(node: &Node, fixed: &mut Vec<Slot>, rests: &mut Vec<Slot>) {
    match node {
        Node::Literal(slot, _) => fixed.push(*slot),
        Node::Rest(slot) => rests.push(*slot),
        Node::Nothing | Node::Keyword(_) | Node::Operand(..) => {}
        Node::Sequence(nodes) | Node::Choice(nodes) | Node::AnyOrder(nodes) => {
            nodes.iter().for_each(|node| unnamed(node, fixed, rests));
        }
        Node::Optional(inner) | Node::Repeat(inner, ..) | Node::Group(_, inner) => {
            unnamed(inner, fixed, rests)
        }
    }
}

/// With a period at its end, which a description may leave out.
fn sentence(text: &str) -> String {
    if text.ends_with(['.', '!', '?']) { text.to_owned() } else { format!("{text}.") }
}

impl Parameter {
    /// What fits, with its unit.
    #[must_use]
    pub fn fits(&self) -> String {
        match (&self.value, self.unit) {
            (Some(value), Some(unit)) => format!("{value}, in {unit}"),
            (Some(value), None) => value.clone(),
            (None, _) => self.kind.to_owned(),
        }
    }

    /// Releases, dialect and confidence, in words.
    #[must_use]
    pub fn remarks(&self) -> String {
        let mut out = releases(self.since, self.until, self.instead);
        if self.founding {
            out.insert(0, "founding documents only".to_owned());
        }
        if !self.confirmed {
            out.push("unconfirmed".to_owned());
        }
        out.extend(self.before.map(|keyword| format!("in front of {keyword}")));
        out.extend(self.refers.map(|rule| format!("looked up: {rule}")));
        out.join("; ")
    }
}

/// When it came and went, and what to write instead.
pub(super) fn releases(since: Option<&str>, until: Option<&str>, instead: Option<&str>) -> Vec<String> {
    let mut out = Vec::new();
    if let Some(since) = since {
        out.push(format!("since {since}"));
    }
    if let Some(until) = until {
        out.push(gone_in(until));
    }
    if let Some(instead) = instead {
        out.push(format!("write {instead}"));
    }
    out
}

/// A text of a description, unless it is empty.
pub(super) fn some(text: &'static str) -> Option<&'static str> {
    (!text.is_empty()).then_some(text)
}
