//! GATEWAY: static routes up to V2R1 (03 8). Later releases have no routes from it.

use grammar::slot::gateway as slot;
use grammar::tree::StmtView;

use crate::apply::{Apply, Kind};
use crate::description::Release;
use crate::place::At;
use crate::read::Read;
use crate::report::Report;
use crate::rules::gateway_link_unknown;
use crate::statements::{beginroutes, names};

/// A GATEWAY statement: the links that it names, on releases that have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed(Option<Vec<(String, At)>>);

/// Reads a GATEWAY statement.
pub fn read(view: &StmtView<'_>, cx: &mut Read<'_>) -> Typed {
    if gone(cx.env.release) {
        return Typed(None);
    }
    let links = cx.entries(view, slot::ENTRY).filter_map(|entry| {
        let link = entry.get(slot::LINK)?;
        Some((link.upper(), cx.at(link.span)))
    });
    Typed(Some(links.collect()))
}

/// Whether a release has it no more (GW-01).
fn gone(release: Release) -> bool {
    release >= Release { version: 2, release: 2 }
}

impl Typed {
    /// The first of a data set replaces all static routes (GW-04); its own are not kept.
    pub fn apply(&self, cx: &mut Apply<'_>) {
        let Some(links) = &self.0 else { return };
        if cx.nth == 0 {
            beginroutes::replace(cx);
        }
        for (name, at) in links {
            if names::link(cx.config, name).is_some()
                || names::refused(cx.config, name)
                || names::may_be_link(cx.config, name)
            {
                cx.change(*at, Kind::Added, format!("GATEWAY {name}"));
                continue;
            }
            let report = Report::new(
                &gateway_link_unknown::RULE,
                *at,
                format!("GATEWAY names {name}, but no LINK of this name stands before it"),
            );
            cx.reports.push(match names::interface(cx.config, name) {
                Some(interface) => report
                    .related(interface.at, format!("{name} is an INTERFACE"))
                    .note("GATEWAY knows LINKs only; write the routes as BEGINROUTES"),
                None => names::advise(report, name, names::links(cx.config), "links", cx.reports.len()),
            });
            cx.change_because(*at, Kind::Refused, format!("GATEWAY {name}"), "no link of this name");
        }
    }
}
