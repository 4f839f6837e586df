//! The names in one section.

use grammar::description::{SlotKind, Type};
use grammar::parse::parse_inside;
use grammar::tree::{Section, Span, StmtView, Word};
use grammar::values;

use super::classify::{classify, defines};
use super::{Kind, Name, Occurrence, Role, Written};
use crate::Dialect;
use crate::read::Env;
use crate::symbols::{self, SpanMap};

/// Adds the names of a section, by their places.
pub(super) fn read(section: &Section, env: &Env, out: &mut Vec<Occurrence>) {
    let first = out.len();
    if section.symbols {
        for symbol in symbols::symbols_in(&section.text) {
            out.push(Occurrence {
                name: Name::new(Kind::Symbol, &symbol.name),
                role: Role::Reference,
                written: Written::Plain,
                operand: None,
                span: symbol.span,
            });
        }
        let (text, map, _) = symbols::resolve(&section.text, &env.symbols);
        for placed in &parse_inside(&text, env.dialect.grammar(), section.inside).sections {
            statements(&placed.section, env, Some(&map.shifted(placed.start)), out);
        }
    } else {
        statements(section, env, None, out);
    }
    if let Some(added) = out.get_mut(first..) {
        added.sort_by_key(|occurrence| occurrence.span);
    }
}

fn statements(section: &Section, env: &Env, map: Option<&SpanMap>, out: &mut Vec<Occurrence>) {
    for view in section.views() {
        statement(&view, env, map, out);
    }
}

fn statement(view: &StmtView<'_>, env: &Env, map: Option<&SpanMap>, out: &mut Vec<Occurrence>) {
    let (Some(desc), Some(id)) = (view.desc(), view.stmt.id) else { return };
    let mut is_definition: Option<bool> = None;
    for (slot, word) in view.parts.tokens() {
        let Some(slot_desc) = desc.slot_desc(slot) else { continue };
        let SlotKind::Operand(kind) = slot_desc.kind else { continue };
        let defines = *is_definition.get_or_insert_with(|| defines(view));
        let Some((what, role)) = classify(desc.name, slot_desc, defines) else { continue };
        let (text, span) = value(word, kind);
        let mut add = |name: Name, written: Written| {
            let typed = map.map_or(span, |map| map.typed(span));
            let built = map.is_some_and(|map| map.touches(span));
            let written = if built { Written::Built } else { written };
            out.push(Occurrence { name, role, written, operand: Some((id, slot)), span: typed });
        };
        if what != Kind::Address {
            let text = text.trim_matches('\'');
            // LOOPBACK is always there, and so are the jobs that * covers.
            if !text.is_empty()
                && text != "*"
                && !(what == Kind::Link && text.eq_ignore_ascii_case("LOOPBACK"))
            {
                add(Name::new(what, text), Written::Plain);
            }
            continue;
        }
        match values::ip(text) {
            Some(address) => add(Name::address(address), Written::Plain),
            None if env.dialect == Dialect::Founding
                && text.starts_with(|letter: char| letter.is_ascii_alphabetic()) =>
            {
                let symbolic = Name::new(Kind::Symbolic, text);
                let stands_for = env.addresses.get(symbolic.text.as_ref()).copied();
                add(symbolic, Written::Plain);
                if let Some(address) = stands_for {
                    add(Name::address(address), Written::Symbolic);
                }
            }
            None => {}
        }
    }
}

/// The part of a word that is the value: what stands behind `KEY=`, an address without its prefix length.
fn value<'s>(word: Word<'s>, kind: Type) -> (&'s str, Span) {
    let (mut text, mut span) = (word.text(), word.span);
    if let Type::Setting(setting) = kind
        && let Some(value) = setting.value(text)
    {
        let skip = u32::try_from(text.len() - value.len()).unwrap_or(0);
        span = Span { start: span.start + skip, len: span.len.saturating_sub(skip) };
        text = value;
    }
    if let Some((address, _)) = text.split_once('/')
        && values::ip(address).is_some()
    {
        span.len = u32::try_from(address.len()).unwrap_or(span.len);
        text = address;
    }
    (text, span)
}
