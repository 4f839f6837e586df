//! Reader of the notation of `syntax/*.syntax`; runs at build time.

use std::fmt::Write as _;

#[path = "notation/kind.rs"]
mod kind;

use kind::{kind_of, value_of};
use pest::Parser as _;
use pest::iterators::Pair;

#[derive(pest_derive::Parser)]
#[grammar = "src/notation.pest"]
struct Notation;

/// A statement as written.
pub struct Statement {
    name: String,
    headers: Vec<(String, String)>,
    syntax: String,
    founding: Option<String>,
    end: Option<String>,
    slots: Vec<Slot>,
}

struct Slot {
    name: String,
    kind: String,
    default: String,
    doc: String,
    attributes: Vec<(String, String)>,
}

struct Reader<'i> {
    fragments: Vec<(String, Pair<'i, Rule>)>,
    slots: Vec<Slot>,
    depth: usize,
}

const HEADERS: [&str; 15] = [
    "in",
    "summary",
    "support",
    "obeyfile",
    "drops",
    "source",
    "since",
    "until",
    "instead",
    "belongs",
    "dialect",
    "end",
    "note",
    "title",
    "confidence",
];

/// Reads one file.
pub fn read(text: &str) -> Result<Statement, String> {
    let file = Notation::parse(Rule::file, text).map_err(|error| error.to_string())?.next().ok_or("empty")?;
    let statement = file.into_inner().next().ok_or("empty")?;
    let (mut name, mut headers, mut syntax, mut founding, mut items) =
        (String::new(), vec![], None, None, vec![]);
    let mut reader = Reader { fragments: vec![], slots: vec![], depth: 0 };
    for part in statement.into_inner() {
        match part.as_rule() {
            Rule::keyword => name = part.as_str().to_owned(),
            Rule::header => {
                let mut inner = part.into_inner();
                let word = inner.next().map_or("", |pair| pair.as_str()).to_owned();
                let line = inner.next().map_or("", |pair| pair.as_str()).trim().to_owned();
                if !HEADERS.contains(&word.as_str()) {
                    return Err(format!("unknown header {word}; possible: {}", HEADERS.join(", ")));
                }
                headers.push((word, line));
            }
            Rule::syntax => syntax = part.into_inner().next(),
            Rule::founding => founding = part.into_inner().next(),
            Rule::fragment => {
                let mut inner = part.into_inner();
                if let (Some(word), Some(expr)) = (inner.next(), inner.next()) {
                    reader.fragments.push((word.as_str().to_owned(), expr));
                }
            }
            Rule::items => items = part.into_inner().collect(),
            _ => {}
        }
    }
    let syntax = reader.expr(syntax.ok_or("no syntax")?)?;
    let founding = founding.map(|expr| reader.expr(expr)).transpose()?;
    let end = headers.iter().find(|(word, _)| word == "end").map(|(_, keyword)| keyword.clone());
    let end = end.map(|keyword| reader.keyword(&keyword)).transpose()?;
    for item in items {
        reader.item(item)?;
    }
    Ok(Statement { name, headers, syntax, founding, end, slots: reader.slots })
}

impl<'i> Reader<'i> {
    fn slot(&mut self, name: &str, kind: &str, default: &str) -> Result<usize, String> {
        if let Some(index) = self.slots.iter().position(|slot| slot.name.eq_ignore_ascii_case(name)) {
            let known = &mut self.slots[index];
            if known.kind != kind {
                return Err(format!("{name} is both {} and {kind}: give one another name", known.kind));
            }
            if known.default.is_empty() {
                known.default = default.to_owned();
            }
            return Ok(index);
        }
        self.slots.push(Slot {
            name: name.to_owned(),
            kind: kind.to_owned(),
            default: default.to_owned(),
            doc: String::new(),
            attributes: vec![],
        });
        Ok(self.slots.len() - 1)
    }

    fn keyword(&mut self, spelling: &str) -> Result<String, String> {
        let slot = self.slot(spelling, "SlotKind::Keyword", "")?;
        Ok(format!(
            "KeywordDesc {{ slot: Slot({slot}), full: {:?}, min: {} }}",
            spelling.to_uppercase(),
            minimum(spelling)
        ))
    }

    fn expr(&mut self, pair: Pair<'i, Rule>) -> Result<String, String> {
        let mut parts = vec![];
        for seq in pair.into_inner() {
            parts.push(self.seq(seq)?);
        }
        Ok(if parts.len() == 1 {
            parts.remove(0)
        } else {
            format!("Node::Choice(Nodes::choice(&[{}]))", parts.join(", "))
        })
    }

    fn seq(&mut self, pair: Pair<'i, Rule>) -> Result<String, String> {
        let mut parts = vec![];
        for term in pair.into_inner() {
            let mut inner = term.into_inner();
            let atom = self.atom(inner.next().ok_or("empty term")?)?;
            parts.push(match inner.next().map(|repeat| repeat.as_str().replace(' ', "")) {
                None => atom,
                Some(mark) if mark == "+" => format!("Node::Repeat(&{atom}, 1, u32::MAX)"),
                Some(mark) if mark == "*" => format!("Node::Repeat(&{atom}, 0, u32::MAX)"),
                Some(mark) => {
                    let (low, high) =
                        mark.trim_matches(['{', '}']).split_once("..").ok_or("repeat wants {low..high}")?;
                    format!("Node::Repeat(&{atom}, {low}, {high})")
                }
            });
        }
        Ok(if parts.len() == 1 {
            parts.remove(0)
        } else {
            format!("Node::Sequence(Nodes::sequence(&[{}]))", parts.join(", "))
        })
    }

    fn atom(&mut self, pair: Pair<'i, Rule>) -> Result<String, String> {
        let text = pair.as_str().to_owned();
        match pair.as_rule() {
            Rule::nothing => Ok("Node::Nothing".to_owned()),
            Rule::rest => {
                let slot = self.slot("rest", "SlotKind::Operand(Type::Word)", "")?;
                Ok(format!("Node::Rest(Slot({slot}))"))
            }
            Rule::optional => {
                let inner = self.expr(pair.into_inner().next().ok_or("empty []")?)?;
                Ok(format!("Node::Optional(&{inner})"))
            }
            Rule::anyorder => {
                let mut parts = vec![];
                for seq in pair.into_inner().next().ok_or("empty <>")?.into_inner() {
                    parts.push(self.seq(seq)?);
                }
                Ok(format!("Node::AnyOrder(Nodes::any_order(&[{}]))", parts.join(", ")))
            }
            Rule::group => self.expr(pair.into_inner().next().ok_or("empty ()")?),
            Rule::named => {
                let mut inner = pair.into_inner();
                let name = inner.next().ok_or("no name")?.as_str().to_owned();
                let slot = self.slot(&name, "SlotKind::Group", "")?;
                let node = self.atom(inner.next().ok_or("empty group")?)?;
                Ok(format!("Node::Group(Slot({slot}), &{node})"))
            }
            Rule::operand => {
                let mut inner = pair.into_inner();
                let name = inner.next().ok_or("no name")?.as_str().to_owned();
                let kind = inner.next().ok_or("no type")?.as_str().to_owned();
                let (mut args, mut default) = (vec![], String::new());
                for part in inner {
                    match part.as_rule() {
                        Rule::args => {
                            args = part.into_inner().map(|arg| arg.as_str().replace(' ', "")).collect()
                        }
                        _ => default = part.as_str().to_owned(),
                    }
                }
                let kind = kind_of(&kind, &args)?;
                let slot = self.slot(&name, &format!("SlotKind::Operand({kind})"), &default)?;
                Ok(format!("Node::Operand(Slot({slot}), {kind})"))
            }
            Rule::setting => {
                let mut inner = pair.into_inner();
                let name = inner.next().ok_or("no name")?.as_str().to_owned();
                let key = inner.next().ok_or("no key")?.as_str().to_owned();
                let values = inner.map(value_of).collect::<Result<Vec<_>, _>>()?.join(", ");
                let kind = format!(
                    "Type::Setting(&Setting {{ full: {:?}, min: {}, values: &[{values}] }})",
                    key.to_uppercase(),
                    minimum(&key)
                );
                let slot = self.slot(&name, &format!("SlotKind::Operand({kind})"), "")?;
                Ok(format!("Node::Operand(Slot({slot}), {kind})"))
            }
            Rule::literal => {
                let fixed = text.trim_matches('"').to_owned();
                let slot = self.slot(&format!("literal{}", fixed.len()), "SlotKind::Keyword", "")?;
                Ok(format!("Node::Literal(Slot({slot}), {fixed:?})"))
            }
            Rule::keyword => Ok(format!("Node::Keyword({})", self.keyword(&text)?)),
            Rule::reference => {
                self.depth += 1;
                if self.depth > 32 {
                    return Err(format!("{text} refers to itself"));
                }
                let expr = self
                    .fragments
                    .iter()
                    .find(|(name, _)| *name == text)
                    .map(|(_, expr)| expr.clone())
                    .ok_or_else(|| format!("no `where {text}`; an operand is written {text}:type"))?;
                let node = self.expr(expr)?;
                self.depth -= 1;
                Ok(node)
            }
            other => Err(format!("unexpected {other:?}")),
        }
    }

    fn item(&mut self, pair: Pair<'i, Rule>) -> Result<(), String> {
        let mut inner = pair.into_inner();
        let name = inner.next().map_or("", |pair| pair.as_str()).to_owned();
        let line = inner.next().map_or("", |pair| pair.as_str()).trim().to_owned();
        let slot = self
            .slots
            .iter_mut()
            .find(|slot| slot.name.eq_ignore_ascii_case(&name))
            .ok_or_else(|| format!("items: {name} is not in the syntax"))?;
        let mut words = vec![];
        for part in line.split(';') {
            let part = part.trim();
            let (word, value) = part.split_once(' ').unwrap_or((part, ""));
            if ["founding", "unconfirmed", "since", "until", "instead", "unit", "default", "refers", "before"]
                .contains(&word)
            {
                slot.attributes.push((word.to_owned(), value.trim().to_owned()));
            } else {
                words.push(part);
            }
        }
        slot.doc = words.join("; ");
        Ok(())
    }
}

impl Statement {
    fn header(&self, word: &str) -> &str {
        self.headers.iter().find(|(known, _)| known == word).map_or("", |(_, line)| line)
    }

    /// The Rust literal of its description.
    pub fn emit(&self, index: usize) -> String {
        let blocks: Vec<&str> =
            self.header("in").split(',').map(str::trim).filter(|block| !block.is_empty()).collect();
        let (tops, blocks): (Vec<&str>, Vec<&str>) =
            blocks.into_iter().partition(|block| *block == "top(founding)");
        let support = match self.header("support") {
            "modelled" => "Modelled",
            "checked" => "Checked",
            _ => "Recognised",
        };
        let drops = match self.header("drops") {
            "statement" => "Statement",
            "entry" => "Entry",
            "rest-of-list" => "RestOfList",
            "rest-of-block" => "RestOfBlock",
            "block" => "Block",
            _ => "Unknown",
        };
        let slots: Vec<String> = self.slots.iter().map(Slot::emit).collect();
        format!(
            "StatementDesc {{ id: StatementId({index}), name: {:?}, min: {}, blocks: &{blocks:?}, founding_top: {}, \
             summary: {:?}, support: Support::{support}, obeyfile: {:?}, drops: Drops::{drops}, sources: {:?}, \
             since: {:?}, until: {:?}, instead: {:?}, belongs: {:?}, founding: {}, unconfirmed: {}, syntax: {}, founding_syntax: {}, \
             end: {}, slots: &[{}] }}",
            self.name.to_uppercase(),
            minimum(&self.name),
            !tops.is_empty(),
            self.header("summary"),
            self.header("obeyfile"),
            self.header("source"),
            self.header("since"),
            self.header("until"),
            self.header("instead"),
            self.header("belongs"),
            self.header("dialect") == "founding",
            self.header("confidence") == "unconfirmed",
            self.syntax,
            self.founding.as_ref().map_or("None".to_owned(), |node| format!("Some({node})")),
            self.end.as_ref().map_or("None".to_owned(), |keyword| format!("Some({keyword})")),
            slots.join(", "),
        )
    }

    /// The Rust constants that name its parts.
    pub fn emit_slots(&self, index: usize) -> String {
        let module = self.name.to_lowercase();
        let mut out = format!("/// Parts of {}.\npub mod {module} {{\n", self.name.to_uppercase());
        let _ = writeln!(
            out,
            "/// The statement.\npub const ID: crate::description::StatementId = crate::description::StatementId({index});"
        );
        for (index, slot) in self.slots.iter().enumerate() {
            let name = slot.name.to_uppercase().replace('-', "_");
            let doc = if slot.doc.is_empty() { slot.name.clone() } else { slot.doc.clone() };
            let _ = writeln!(
                out,
                "#[doc = {doc:?}]\npub const {name}: crate::description::Slot = crate::description::Slot({index});"
            );
        }
        out.push_str("}\n");
        out
    }
}

impl Slot {
    fn attribute(&self, word: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == word).map(|(_, value)| value.as_str())
    }

    fn emit(&self) -> String {
        let default = self.attribute("default").unwrap_or(&self.default);
        format!(
            "SlotDesc {{ name: {:?}, kind: {}, doc: {:?}, default: {default:?}, unit: {:?}, founding: {}, instead: {:?}, \
             since: {:?}, until: {:?}, unconfirmed: {}, refers: {:?}, before: {:?} }}",
            self.name,
            self.kind,
            self.doc,
            self.attribute("unit").unwrap_or(""),
            self.attribute("founding").is_some(),
            self.attribute("instead").unwrap_or(""),
            self.attribute("since").unwrap_or(""),
            self.attribute("until").unwrap_or(""),
            self.attribute("unconfirmed").is_some(),
            self.attribute("refers").unwrap_or(""),
            self.attribute("before").unwrap_or(""),
        )
    }
}

/// Length of the leading capitals and digits: the shortest abbreviation.
fn minimum(spelling: &str) -> usize {
    spelling.chars().take_while(|letter| !letter.is_ascii_lowercase()).count()
}
