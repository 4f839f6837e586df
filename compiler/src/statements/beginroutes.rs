//! BEGINROUTES: the static routes of both families (03 7).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use grammar::tree::StmtView;
use serde::Serialize;

use crate::apply::{Apply, Kind, Phase};
use crate::place::At;
use crate::read::Read;
use crate::report::Report;
use crate::rules::routes_left_out;
use crate::statements::route::{self, Route};
use crate::table::Table;

/// A BEGINROUTES statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Typed {
    /// How many statements stand in it: room for so many routes is made at once.
    many: usize,
}

/// The static routes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Part {
    /// In order; the first active one of a destination is used (RTE-10).
    pub routes: Table<Arc<Route>>,
    /// The first block of the data set, until the data set ends.
    #[serde(skip)]
    block: Option<At>,
    /// Routes that the data set has taken away so far, until it ends.
    #[serde(skip)]
    pub gone: BTreeMap<String, Arc<Route>>,
    /// Routes that it has taken away and brought again: they have not changed.
    #[serde(skip)]
    pub back: BTreeSet<String>,
}

/// Reads a BEGINROUTES statement.
pub fn read(view: &StmtView<'_>, _cx: &mut Read<'_>) -> Typed {
    let behind = view.section.stmts.get(view.index as usize + 1..).unwrap_or_default();
    Typed { many: behind.iter().take_while(|stmt| stmt.parent == Some(view.index)).count() }
}

impl Typed {
    /// The first block of a data set replaces all static routes, each later one adds to them (RTE-11, RTE-12).
    pub fn apply(&self, cx: &mut Apply<'_>) {
        if cx.nth == 0 {
            replace(cx);
        }
        cx.config.beginroutes.routes.reserve(self.many, 1);
    }
}

/// Takes all routes away; those that come again are unchanged.
pub fn replace(cx: &mut Apply<'_>) {
    cx.config.beginroutes.block = Some(cx.at);
    for route in std::mem::take(&mut cx.config.beginroutes.routes) {
        let what = route.to_string();
        cx.config.beginroutes.gone.insert(what.clone(), route);
        cx.change_because(
            cx.at,
            Kind::Removed,
            what,
            "the first BEGINROUTES of a data set replaces all static routes and this one does not repeat it",
        );
    }
}

/// The routes over a link or interface that is deleted go with it (RTE-16).
pub fn forget(name: &str, at: At, cx: &mut Apply<'_>) {
    for route in cx.config.beginroutes.routes.take_all(route::over(name), |route| route.interface == name) {
        let what = route.to_string();
        cx.config.beginroutes.gone.insert(what.clone(), route);
        cx.change_because(at, Kind::Removed, what, format!("{name} is deleted"));
    }
}

/// At the end of an OBEYFILE data set, says which routes it has taken away.
pub fn end(cx: &mut Apply<'_>) {
    cx.config.beginroutes.gone.clear();
    let mut back = std::mem::take(&mut cx.config.beginroutes.back);
    if !back.is_empty() {
        cx.changes.retain(|change| change.kind != Kind::Removed || !back.remove(&change.what));
    }
    let Some(block) = cx.config.beginroutes.block.take() else { return };
    if cx.phase == Phase::Initial {
        return;
    }
    let gone: Vec<&str> = cx
        .changes
        .iter()
        .filter(|change| change.kind == Kind::Removed && change.at == block)
        .filter(|change| change.what.starts_with("ROUTE "))
        .map(|change| change.what.as_str())
        .collect();
    let Some(first) = gone.first() else { return };
    let more = match gone.len() {
        1 => String::new(),
        count => format!(" and {} more", count.saturating_sub(1)),
    };
    let report = Report::new(
        &routes_left_out::RULE,
        block,
        format!("this block takes routes away that it does not repeat: {first}{more}"),
    )
    .note(
        "the first BEGINROUTES of a data set replaces all static routes of both families, without a message",
    )
    .note("repeat every route that is to stay");
    cx.reports.push(report);
}
