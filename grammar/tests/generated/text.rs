//! The smallest text of a statement that has what is wished for in it.

use vipa_grammar::STATEMENTS;
use vipa_grammar::description::{KeywordDesc, Node, Slot, StatementDesc, Type};
use vipa_grammar::parse::{Dialect, parse};
use vipa_grammar::tree::{ErrorKind, EventKind, SyntaxError};

/// What to put for one slot; everything else is as small as can be.
#[derive(Clone)]
pub struct Wish {
    pub slot: Slot,
    pub text: String,
}

impl Wish {
    pub fn new(slot: Slot, text: impl Into<String>) -> Self {
        Self { slot, text: text.into() }
    }
}

/// The smallest text of a node that has all wishes in it, those of an any-order group in their order. None when there is none.
pub fn text(node: &'static Node, wishes: &[Wish]) -> Option<String> {
    let own = |slot: Slot, plain: String| match wishes {
        [] => Some(plain),
        [wish] if wish.slot == slot => Some(wish.text.clone()),
        _ => None,
    };
    match node {
        Node::Nothing | Node::Rest(_) => wishes.is_empty().then(String::new),
        Node::Keyword(keyword) => own(keyword.slot, keyword.full.to_owned()),
        Node::Literal(slot, fixed) => own(*slot, (*fixed).to_owned()),
        Node::Operand(slot, kind) => own(*slot, sample(*kind)),
        Node::Sequence(nodes) => {
            let mut left: Vec<Wish> = wishes.to_vec();
            let mut parts = Vec::new();
            for node in *nodes {
                let (here, there) = left.into_iter().partition(|wish| mentions(node, wish.slot));
                left = there;
                parts.push(text(node, &here)?);
            }
            left.is_empty().then(|| join(parts))
        }
        Node::Choice(nodes) => match wishes {
            [] => nodes.iter().filter_map(|node| text(node, &[])).min_by_key(String::len),
            _ => nodes.iter().find_map(|node| text(node, wishes)),
        },
        Node::Optional(inner) if wishes.is_empty() => text(inner, &[]).map(|_| String::new()),
        Node::Repeat(inner, low, _) if wishes.is_empty() => {
            let one = if *low == 0 { String::new() } else { text(inner, &[])? };
            Some(join(vec![one; *low as usize]))
        }
        Node::Optional(inner) | Node::Repeat(inner, ..) | Node::Group(_, inner) => text(inner, wishes),
        Node::AnyOrder(options) => any_order(options, wishes),
    }
}

fn any_order(options: &'static [Node], wishes: &[Wish]) -> Option<String> {
    let mut places: Vec<(usize, Vec<Wish>)> = Vec::new();
    for wish in wishes {
        let place = options.iter().position(|option| mentions(option, wish.slot))?;
        match places.iter_mut().find(|(known, _)| *known == place) {
            Some((_, here)) => here.push(wish.clone()),
            None => places.push((place, vec![wish.clone()])),
        }
    }
    for (place, option) in options.iter().enumerate() {
        if is_required(option) && places.iter().all(|(known, _)| *known != place) {
            places.push((place, Vec::new()));
        }
    }
    places.iter().map(|(place, here)| text(&options[*place], here)).collect::<Option<Vec<_>>>().map(join)
}

pub fn is_required(option: &Node) -> bool {
    matches!(option, Node::Repeat(_, 1, 1))
}

fn join(parts: Vec<String>) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

pub fn mentions(node: &Node, slot: Slot) -> bool {
    match node {
        Node::Nothing => false,
        Node::Rest(own) | Node::Literal(own, _) | Node::Operand(own, _) => *own == slot,
        Node::Keyword(keyword) => keyword.slot == slot,
        Node::Sequence(nodes) | Node::Choice(nodes) | Node::AnyOrder(nodes) => {
            nodes.iter().any(|node| mentions(node, slot))
        }
        Node::Optional(node) | Node::Repeat(node, ..) => mentions(node, slot),
        Node::Group(own, node) => *own == slot || mentions(node, slot),
    }
}

/// Every node with its ancestors.
pub fn walk(
    node: &'static Node,
    above: &mut Vec<&'static Node>,
    visit: &mut dyn FnMut(&'static Node, &[&'static Node]),
) {
    visit(node, above);
    above.push(node);
    match node {
        Node::Nothing | Node::Rest(_) | Node::Keyword(_) | Node::Literal(..) | Node::Operand(..) => {}
        Node::Sequence(nodes) | Node::Choice(nodes) | Node::AnyOrder(nodes) => {
            nodes.iter().for_each(|node| walk(node, above, visit));
        }
        Node::Optional(node) | Node::Repeat(node, ..) | Node::Group(_, node) => walk(node, above, visit),
    }
    above.pop();
}

/// The keyword that a node begins with, whatever else follows.
pub fn first_keyword(node: &'static Node) -> Option<&'static KeywordDesc> {
    match node {
        Node::Keyword(keyword) => Some(keyword),
        Node::Sequence(nodes) => nodes.first().and_then(first_keyword),
        Node::Optional(node) | Node::Repeat(node, ..) | Node::Group(_, node) => first_keyword(node),
        _ => None,
    }
}

pub fn sample(kind: Type) -> String {
    match kind {
        Type::Number(low, _) | Type::Size(low, _) => return low.to_string(),
        Type::Decimal(low, _) => return format!("{}.{:03}", low / 1000, low % 1000),
        Type::Among(values) => return values[0].to_string(),
        Type::Setting(setting) => {
            return format!(
                "{}={}",
                setting.full,
                setting.values.iter().map(|kind| sample(*kind)).next().unwrap()
            );
        }
        _ => {}
    }
    match kind {
        Type::Hex(_) => "A0",
        Type::Ipv4 | Type::Ip | Type::Ipv4OrNet | Type::IpOrNet => "192.0.2.1",
        Type::Ipv6 | Type::Ipv6OrNet => "2001:db8::1",
        Type::Mask => "255.255.255.0",
        Type::Ipv4Net => "192.0.2.0/24",
        Type::Ipv6Net => "2001:db8::/64",
        Type::Name(_) => "QNAME",
        Type::Job | Type::JobPattern => "QJOB",
        Type::Ipv4Range => "192.0.2.1-192.0.2.9",
        Type::Ipv6Range => "2001:db8::1-2001:db8::9",
        Type::PortRange => "80",
        Type::Time => "01:30",
        Type::Text | Type::Word => "QWORD",
        Type::Dsname => "QQ.DATA(MEMBER)",
        Type::Resource => "QRES",
        Type::InterfaceId => "6:7:8:9",
        Type::Mac => "020000000001",
        Type::Exactly(word) => word,
        Type::Number(..) | Type::Size(..) | Type::Decimal(..) | Type::Among(_) | Type::Setting(_) => "",
    }
    .to_string()
}

/// A statement in the block that it belongs to.
pub fn wrap(desc: &StatementDesc, body: &str) -> String {
    let end = desc.end.as_ref().map_or("", |end| end.full);
    let own = format!("{} {body}\n{end}\n", desc.name);
    match desc.blocks.first().and_then(|name| STATEMENTS.iter().find(|block| block.name == *name)) {
        None => own,
        Some(block) => {
            let before = text(&block.syntax, &[]).unwrap_or_default();
            format!("{} {before}\n{own}{}\n", block.name, block.end.as_ref().map_or("", |end| end.full))
        }
    }
}

fn dialect(desc: &StatementDesc) -> Dialect {
    if desc.founding { Dialect::Founding } else { Dialect::Zos }
}

/// What is wrong with a text, but for words of the founding documents.
pub fn errors(desc: &StatementDesc, body: &str) -> Vec<SyntaxError> {
    let parsed = parse(&wrap(desc, body), dialect(desc));
    let all = parsed.sections.iter().flat_map(|placed| placed.section.errors.clone());
    all.filter(|error| !matches!(error.kind, ErrorKind::Founding { .. })).collect()
}

/// Whether the parser put a text into the slot.
pub fn lands(desc: &StatementDesc, body: &str, slot: Slot, wanted: &str) -> bool {
    let parsed = parse(&wrap(desc, body), dialect(desc));
    parsed.sections.iter().any(|placed| {
        placed.section.events.iter().any(|event| {
            event.kind == EventKind::Token
                && event.slot == slot
                && placed.section.text_of(event.span) == wanted
        })
    })
}
