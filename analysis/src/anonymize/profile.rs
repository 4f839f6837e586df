//! The text of a data set: records, keywords and numbers stay, names and addresses are given others.

use std::collections::BTreeMap;

use compiler::symbols::{resolve, symbols_in};
use grammar::description::{Setting, SlotKind, Type};
use grammar::parse::{Dialect, parse};
use grammar::token::{Token, Tokens, class, scan};
use grammar::tree::EventKind;
use grammar::values;

use super::addresses::Addresses;
use super::{Maps, words};

/// What the parser says of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    /// A statement, a keyword, an END.
    Keyword,
    /// A value of a type.
    Operand(Type),
    /// Nobody knows.
    Unplaced,
}

/// A text with its tokens and what each is.
struct Sorted<'t> {
    text: &'t str,
    scanned: Tokens,
    sorts: Vec<Sort>,
    /// Length of the mask in the statement of each token.
    masks: Vec<Option<u8>>,
}

impl<'t> Sorted<'t> {
    fn new(text: &'t str, dialect: Dialect) -> Self {
        let scanned = scan(text, dialect == Dialect::Founding);
        let mut sorts = vec![Sort::Unplaced; scanned.tokens.len()];
        let mut masks = vec![None; scanned.tokens.len()];
        let index = |offset: u32| scanned.tokens.binary_search_by_key(&offset, |token| token.start).ok();
        for placed in parse(text, dialect).sections {
            for view in placed.section.views() {
                let wrong: Vec<u32> = view.errors().map(|error| error.span.start).collect();
                let ends = view.stmt.end.into_iter().chain(view.stmt.id.map(|_| view.stmt.name));
                for span in ends {
                    if let Some(sort) = index(placed.start + span.start).and_then(|at| sorts.get_mut(at)) {
                        *sort = Sort::Keyword;
                    }
                }
                let (start, end) = view.stmt.events;
                let events = placed.section.events.get(start as usize..end as usize).unwrap_or(&[]);
                let tokens = || events.iter().filter(|event| event.kind == EventKind::Token);
                let mask = tokens().find_map(|event| values::mask(placed.section.text_of(event.span)));
                for event in tokens() {
                    let Some(at) = index(placed.start + event.span.start) else { continue };
                    let kind = view.desc().and_then(|desc| desc.slot_desc(event.slot)).map(|slot| slot.kind);
                    if let Some(sort) = sorts.get_mut(at) {
                        *sort = match kind {
                            Some(SlotKind::Keyword) => Sort::Keyword,
                            // It may be a misspelt keyword that was taken for a name.
                            Some(SlotKind::Operand(Type::Name(_))) if wrong.contains(&event.span.start) => {
                                Sort::Unplaced
                            }
                            Some(SlotKind::Operand(kind)) => Sort::Operand(kind),
                            Some(SlotKind::Group) | None => Sort::Unplaced,
                        };
                    }
                    if let Some(place) = masks.get_mut(at) {
                        *place = mask;
                    }
                }
            }
        }
        Self { text, scanned, sorts, masks }
    }

    fn tokens(&self) -> impl Iterator<Item = (&Token, &'t str, Sort, Option<u8>)> {
        let rest = self.sorts.iter().zip(&self.masks);
        self.scanned.tokens.iter().zip(rest).map(|(token, (sort, mask))| {
            let range = token.start as usize..(token.start + token.len) as usize;
            (token, self.text.get(range).unwrap_or(""), *sort, *mask)
        })
    }
}

/// Takes note of the addresses of a text, and of names that are put together of symbols and letters.
pub(super) fn survey(
    text: &str,
    dialect: Dialect,
    symbols: &[BTreeMap<String, String>],
    addresses: &mut Addresses,
    flat: &mut bool,
) {
    for (token, typed, sort, mask) in Sorted::new(text, dialect).tokens() {
        if sort == Sort::Keyword {
            continue;
        }
        let symbolic = token.classes & class::SYMBOL != 0;
        for values in symbols.iter().take(if symbolic { symbols.len() } else { 1 }) {
            let resolved = if symbolic { resolve(typed, values).0 } else { typed.to_owned() };
            let known = note(&resolved, mask, addresses);
            if let (Some(known), true) = (known, symbolic) {
                addresses.freeze(known, fixed_bits(typed, values));
            }
            if known.is_none() && symbolic {
                // What a symbol stands for may be anything, and so may what follows it.
                let letters = |text: &str| text.contains(|letter: char| letter.is_ascii_alphabetic());
                let list = symbols_in(typed);
                let first = list.first().map_or(0, |symbol| symbol.span.start as usize);
                let typed_behind: String = without_symbols(typed.get(first..).unwrap_or(""));
                let values = list.iter().filter_map(|symbol| values.get(&symbol.name));
                *flat |= letters(&typed_behind) || values.into_iter().any(|value| letters(value));
            }
        }
        let pattern = sort == Sort::Operand(Type::JobPattern)
            && (typed.contains('?') || typed.trim_end_matches('*').contains('*'));
        *flat |= pattern;
    }
}

fn note(text: &str, mask: Option<u8>, addresses: &mut Addresses) -> Option<std::net::IpAddr> {
    if let Some((address, length)) = values::net(text) {
        addresses.add_network(address, length);
        return Some(address);
    }
    let address = values::ip(text).filter(|_| values::mask(text).is_none())?;
    match mask.filter(|_| address.is_ipv4()) {
        Some(length) => addresses.add_network(address, length),
        None => addresses.add(address),
    }
    Some(address)
}

/// Bits of an address that stand, or come of a symbol, before anything that differs from stack to stack.
fn fixed_bits(typed: &str, values: &BTreeMap<String, String>) -> u8 {
    if resolve(typed, values).0.contains(':') {
        return 32;
    }
    let start = typed.find('&').unwrap_or(typed.len());
    let before = typed.get(..start).unwrap_or("");
    let octets = if start == 0 {
        let first = symbols_in(typed).first().and_then(|symbol| values.get(&symbol.name));
        first
            .filter(|value| value.contains('.'))
            .map_or(0, |value| value.trim_end_matches('.').split('.').count())
    } else {
        before.matches('.').count()
    };
    u8::try_from(octets * 8).unwrap_or(24).min(24)
}

fn without_symbols(text: &str) -> String {
    let mut out = String::new();
    let mut copied = 0;
    for symbol in symbols_in(text) {
        out.push_str(text.get(copied..symbol.span.start as usize).unwrap_or(""));
        copied = symbol.span.end() as usize;
    }
    out + text.get(copied..).unwrap_or("")
}

/// The text with other names and addresses.
pub(super) fn rewrite(text: &str, dialect: Dialect, maps: &mut Maps) -> String {
    let sorted = Sorted::new(text, dialect);
    let mut pieces: BTreeMap<usize, (usize, String)> = BTreeMap::new();
    for (token, typed, sort, _) in sorted.tokens() {
        let start = token.start as usize;
        let new = word(typed, token, sort, maps);
        if new != typed {
            pieces.insert(start, (start + token.len as usize, new));
        }
    }
    for comment in &sorted.scanned.comments {
        let start = comment.start as usize;
        let end = start + comment.len as usize;
        let kept = allowance(text.get(start..end).unwrap_or(""), maps);
        // A comment that is glued to a word is a finding, and stays one.
        let glued =
            text.get(..start).is_some_and(|before| before.ends_with(|last: char| !last.is_whitespace()));
        let kept = if kept.is_empty() && glued { ";".to_owned() } else { kept };
        pieces.insert(start, (end, kept));
    }
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (start, (end, new)) in pieces {
        out.push_str(text.get(at..start).unwrap_or(""));
        out.push_str(&new);
        at = end;
    }
    out.push_str(text.get(at..).unwrap_or(""));
    out.split('\n').map(|record| record.trim_end_matches([' ', '\t'])).collect::<Vec<_>>().join("\n")
}

/// `; vipa: allow(rule)` with a reason of ours in place of the one that stood there; nothing of any other comment.
fn allowance(comment: &str, maps: &mut Maps) -> String {
    let Some(order) = comment.trim_start_matches([';', ' ']).strip_prefix("vipa:").map(str::trim) else {
        return String::new();
    };
    let Some((said, reason)) = order.split_once(')') else {
        // It has no effect, and says so in a finding.
        return "; vipa: allow(".to_owned();
    };
    let said = match said.split_once("stack=") {
        Some((before, stack)) => format!("{before}stack={}", maps.names.dotted(stack)),
        None => said.to_owned(),
    };
    let reason = if reason.trim().is_empty() { "" } else { " reason" };
    format!("; vipa: {said}){reason}")
}

fn word(typed: &str, token: &Token, sort: Sort, maps: &mut Maps) -> String {
    if token.quoted {
        // A text for a program: nothing of it means anything here.
        let blot = |letter: char| if letter.is_ascii_alphabetic() { 'X' } else { letter };
        return typed.chars().map(blot).collect();
    }
    let has_letters = typed.contains(|letter: char| letter.is_ascii_alphabetic() || "@#$".contains(letter));
    match sort {
        Sort::Keyword => return typed.to_owned(),
        Sort::Operand(
            Type::Hex(_)
            | Type::Size(..)
            | Type::Decimal(..)
            | Type::Among(_)
            | Type::Exactly(_)
            | Type::Time
            | Type::Number(..)
            | Type::PortRange
            | Type::Mask,
        ) => {
            return typed.to_owned();
        }
        Sort::Operand(Type::Setting(setting)) => return setting_of(typed, setting, maps),
        Sort::Operand(_) | Sort::Unplaced => {}
    }
    if token.classes & class::SYMBOL != 0 {
        return symbolic(typed, maps);
    }
    if let Some(address) = maps.addresses.text(typed) {
        return address;
    }
    if let Some((first, last)) = typed.split_once('-')
        && let (Some(first), Some(last)) = (maps.addresses.text(first), maps.addresses.text(last))
    {
        return format!("{first}-{last}");
    }
    match sort {
        Sort::Operand(Type::Mac) => "020000000001".get(..typed.len()).unwrap_or("020000000001").to_owned(),
        _ if !has_letters => typed.to_owned(),
        Sort::Operand(Type::Word | Type::Text) | Sort::Unplaced if words::is_of_dialect(typed) => {
            typed.to_owned()
        }
        // What has the form of a number, an address or a size, and is none, stays for its finding.
        _ if typed.starts_with(|letter: char| letter.is_ascii_digit()) || typed.contains(':') => {
            typed.to_owned()
        }
        Sort::Keyword | Sort::Operand(_) | Sort::Unplaced => maps.names.dotted(typed),
    }
}

/// `KEY=value`: the key stays, and a value that is no fixed word or number gets another.
fn setting_of(typed: &str, setting: &Setting, maps: &mut Maps) -> String {
    let Some((key, value)) = typed.split_once('=') else { return typed.to_owned() };
    let fixed = setting
        .values
        .iter()
        .any(|kind| matches!(kind, Type::Exactly(word) if word.eq_ignore_ascii_case(value)));
    let new = match maps.addresses.text(value) {
        Some(address) => address,
        None if fixed || !value.contains(|letter: char| letter.is_ascii_alphabetic()) => value.to_owned(),
        None => maps.names.dotted(value),
    };
    format!("{key}={new}")
}

/// A token with symbols: they stay, and what stands around them gets what it is resolved to.
fn symbolic(typed: &str, maps: &mut Maps) -> String {
    let address =
        maps.resolved(typed).any(|text| values::ip(&text).is_some() || values::net(&text).is_some());
    if !address {
        return maps.names.dotted(typed);
    }
    let start = typed.find('&').unwrap_or(0);
    let (before, behind) = typed.split_at(start);
    let literal = before.rfind('.').map_or(0, |dot| dot + 1);
    let (octets, partial) = before.split_at(literal);
    match maps.addresses.prefix(octets) {
        Some(new) => format!("{new}{partial}{behind}"),
        None => typed.to_owned(),
    }
}
