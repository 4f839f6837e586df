//! From the description: uses of a statement that differ in one thing.

use vipa_grammar::description::{Node, Slot, StatementDesc, Type};

use crate::profiles;
use crate::text::{Wish, errors, first_keyword, is_required, lands, mentions, sample, text, walk};

/// How two uses differ.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// One has the thing, the other has nothing in its place.
    Absence,
    /// Another thing stands in its place, or another value.
    Exchange,
}

/// A thing that may change.
pub struct Case {
    /// The statement, the keywords that lead to it, and itself.
    pub name: String,
    /// Uses with the thing and without it, with another one in its place, or with another value. None where nothing else is possible.
    pub pairs: Vec<(By, String, String)>,
    /// Whether there is a use with it.
    pub reached: bool,
}

/// Everything in a statement that may change.
pub fn cases(desc: &'static StatementDesc) -> Vec<Case> {
    let mut found: Vec<Case> = Vec::new();
    walk(&desc.syntax, &mut Vec::new(), &mut |node, above| {
        let (slot, spellings) = match node {
            Node::Keyword(keyword) => (keyword.slot, vec![keyword.full.to_owned()]),
            Node::Literal(slot, fixed) => (*slot, vec![(*fixed).to_owned()]),
            Node::Operand(slot, kind) => (*slot, values(desc, *slot, *kind)),
            _ => return,
        };
        let Some(known) = desc.slot_desc(slot).filter(|slot| !slot.founding) else { return };
        let lead = lead(desc, above, slot);
        let name = [desc.name]
            .into_iter()
            .chain(lead.iter().map(|wish| wish.text.as_str()))
            .chain([known.name])
            .collect::<Vec<_>>()
            .join(" ")
            .to_ascii_uppercase();
        if found.iter().any(|case| case.name == name) {
            return;
        }
        // All of the way, or as much of it as the statement has words for.
        let use_of = |value: &str| {
            (0..=lead.len()).find_map(|left_out| {
                let way = lead.iter().skip(left_out).cloned();
                let wishes: Vec<Wish> = way.chain([Wish::new(slot, value)]).collect();
                let body = text(&desc.syntax, &wishes)?;
                (lands(desc, &body, slot, value) && errors(desc, &body).is_empty()).then_some((body, wishes))
            })
        };
        let uses: Vec<(String, Vec<Wish>)> = spellings.iter().filter_map(|value| use_of(value)).collect();
        let Some((body, wishes)) = uses.first().cloned().filter(|_| uses.len() == spellings.len()) else {
            found.push(Case { name, pairs: Vec::new(), reached: false });
            return;
        };
        let mut pairs = Vec::new();
        pairs.extend(uses.get(1).map(|(other, _)| (By::Exchange, body.clone(), other.clone())));
        pairs.extend(
            without(desc, &body, node, above, &wishes).map(|other| (By::Absence, other, body.clone())),
        );
        pairs.extend(
            instead(desc, &body, node, above, &wishes)
                .into_iter()
                .map(|(by, other)| (by, other, body.clone())),
        );
        found.push(Case { name, pairs, reached: true });
    });
    found
}

/// The keywords that begin the branches in which a thing stands: they tell it from others of its name.
fn lead(desc: &StatementDesc, above: &[&'static Node], slot: Slot) -> Vec<Wish> {
    let mut lead: Vec<Wish> = Vec::new();
    for (node, inner) in above.iter().zip(above.iter().skip(1)) {
        if !matches!(node, Node::Choice(_) | Node::AnyOrder(_)) {
            continue;
        }
        let founding = |slot| desc.slot_desc(slot).is_some_and(|slot| slot.founding);
        let keyword = first_keyword(inner).filter(|keyword| keyword.slot != slot && !founding(keyword.slot));
        if let Some(keyword) = keyword.filter(|keyword| lead.iter().all(|known| known.slot != keyword.slot)) {
            lead.push(Wish::new(keyword.slot, keyword.full));
        }
    }
    lead
}

/// The text that a node has in a use.
fn piece(node: &'static Node, wishes: &[Wish]) -> Option<String> {
    let here: Vec<Wish> = wishes.iter().filter(|wish| mentions(node, wish.slot)).cloned().collect();
    text(node, &here).filter(|piece| !piece.is_empty())
}

fn replaced(body: &str, piece: &str, by: &str) -> Option<String> {
    let padded = format!(" {body} ");
    let other = padded.replacen(&format!(" {piece} "), &format!(" {by} "), 1);
    (other != padded).then(|| other.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The same use without the thing, or without as little around it as can be left out.
fn without(
    desc: &'static StatementDesc,
    body: &str,
    node: &'static Node,
    above: &[&'static Node],
    wishes: &[Wish],
) -> Option<String> {
    let path: Vec<&'static Node> = above.iter().copied().chain([node]).collect();
    (0..path.len()).rev().find_map(|depth| {
        let outer = depth.checked_sub(1).map(|outer| path[outer]);
        let can = match (path[depth], outer) {
            (Node::Optional(_), _) => true,
            (Node::Repeat(_, low, _), _) => *low == 0,
            (inner, Some(Node::AnyOrder(_))) => !is_required(inner),
            _ => false,
        };
        let other =
            piece(path[depth], wishes).filter(|_| can).and_then(|piece| replaced(body, &piece, ""))?;
        errors(desc, &other).is_empty().then_some(other)
    })
}

/// The same use with each thing that may stand in its place.
fn instead(
    desc: &'static StatementDesc,
    body: &str,
    node: &'static Node,
    above: &[&'static Node],
    wishes: &[Wish],
) -> Vec<(By, String)> {
    let path: Vec<&'static Node> = above.iter().copied().chain([node]).collect();
    let Some(depth) = path.iter().rposition(|node| matches!(node, Node::Choice(_))) else {
        return Vec::new();
    };
    let (Node::Choice(branches), Some(own)) = (path[depth], path.get(depth + 1)) else { return Vec::new() };
    let Some(own_text) = piece(own, wishes) else { return Vec::new() };
    let mut others = Vec::new();
    for branch in branches.iter().filter(|branch| !std::ptr::eq(*branch, *own)) {
        let Some(branch_text) = text(branch, &[]).filter(|other| *other != own_text) else { continue };
        let other = replaced(body, &own_text, &branch_text);
        let by = if branch_text.is_empty() { By::Absence } else { By::Exchange };
        others.extend(other.filter(|other| errors(desc, other).is_empty()).map(|other| (by, other)));
    }
    others
}

/// Two values of an operand; one where no other is possible.
fn values(desc: &StatementDesc, slot: Slot, kind: Type) -> Vec<String> {
    let name = desc.slot_desc(slot).map_or("", |slot| slot.name);
    if let Some(values) = profiles::values(desc.name, name) {
        return values.map(str::to_owned).to_vec();
    }
    let one = sample(kind);
    let more = |low: u64, high: u64| (low < high).then(|| (low + 1).to_string());
    let other = match kind {
        Type::Number(low, high) => more(low, high),
        Type::Size(low, high) => Some((low + 1024).to_string()).filter(|_| low + 1024 <= high),
        Type::Decimal(low, high) => {
            Some(format!("{}.{:03}", (low + 10) / 1000, (low + 10) % 1000)).filter(|_| low + 10 <= high)
        }
        Type::Among(values) => values.get(1).map(u64::to_string),
        Type::Setting(setting) => setting.values.first().map(|inner| {
            let (_, value) = one.split_once('=').unwrap();
            format!("{}={}", setting.full, another(*inner).unwrap_or_else(|| format!("{value}0")))
        }),
        _ => another(kind),
    };
    [one].into_iter().chain(other).collect()
}

/// A value that is not the sample.
fn another(kind: Type) -> Option<String> {
    let text = match kind {
        Type::Hex(_) => "B1",
        Type::Ipv4 | Type::Ip | Type::Ipv4OrNet | Type::IpOrNet => "192.0.2.2",
        Type::Ipv6 | Type::Ipv6OrNet => "2001:db8::2",
        Type::Mask => "255.255.0.0",
        Type::Ipv4Net => "198.51.100.0/24",
        Type::Ipv6Net => "2001:db8:2::/64",
        Type::Name(_) => "QOTHER",
        Type::Job | Type::JobPattern => "QJOB2",
        Type::Ipv4Range => "192.0.2.1-192.0.2.8",
        Type::Ipv6Range => "2001:db8::1-2001:db8::8",
        Type::PortRange => "81",
        Type::Time => "02:30",
        Type::Text | Type::Word => "QWORD2",
        Type::Dsname => "QQ.OTHER",
        Type::Resource => "QRES2",
        Type::InterfaceId => "6:7:8:a",
        Type::Mac => "020000000002",
        Type::Exactly(_) => return None,
        Type::Number(low, high) if low < high => return Some((low + 1).to_string()),
        Type::Number(..) | Type::Size(..) | Type::Decimal(..) | Type::Among(_) | Type::Setting(_) => {
            return None;
        }
    };
    Some(text.to_owned())
}
