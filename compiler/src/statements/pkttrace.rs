//! PKTTRACE: which packets are traced (02 16.2).

use grammar::slot::pkttrace as slot;
use grammar::tree::StmtView;

use super::names;
use crate::apply::{Apply, Kind};
use crate::place::At;
use crate::read::Read;
use crate::report::Report;
use crate::rules::pkttrace_interface_unknown;

/// A PKTTRACE statement: the interfaces that it names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed(Vec<(String, At)>);

/// Reads a PKTTRACE statement.
pub fn read(view: &StmtView<'_>, cx: &mut Read<'_>) -> Typed {
    let named = |text: &str| {
        let value = text.rsplit('=').next()?.to_ascii_uppercase();
        (!value.is_empty() && value != "*").then_some(value)
    };
    let words = view.parts.all(slot::INTERFACE).chain(view.parts.all(slot::LINK));
    Typed(words.filter_map(|word| Some((named(word.text())?, cx.at(word.span)))).collect())
}

impl Typed {
    /// Names are looked up at once (PKTT-01).
    pub fn apply(&self, cx: &mut Apply<'_>) {
        for (name, at) in &self.0 {
            let there = names::interface(cx.config, name).is_some()
                || names::link(cx.config, name).is_some()
                || names::made(name).is_some()
                || names::refused(cx.config, name);
            if !there {
                let report = Report::new(
                    &pkttrace_interface_unknown::RULE,
                    *at,
                    format!("no LINK and no INTERFACE {name} stands before this PKTTRACE"),
                )
                .note("nothing is traced by this filter");
                let known = names::links_and_interfaces(cx.config);
                cx.reports.push(names::advise(report, name, known, "links and interfaces", cx.reports.len()));
            }
        }
        cx.change(cx.at, Kind::Added, "PKTTRACE");
    }
}
