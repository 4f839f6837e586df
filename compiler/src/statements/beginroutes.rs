//! BEGINROUTES: the static routes of both families (03 7).

use grammar::tree::StmtView;
use serde::Serialize;

use crate::apply::{Apply, Kind, Phase};
use crate::place::At;
use crate::read::Read;
use crate::report::Report;
use crate::rules::routes_left_out;
use crate::statements::route::Route;

/// A BEGINROUTES statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Typed;

/// The static routes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Part {
    /// In order; the first active one of a destination is used (RTE-10).
    pub routes: Vec<Route>,
    /// The first block of the data set, until the data set ends.
    #[serde(skip)]
    block: Option<At>,
}

/// Reads a BEGINROUTES statement.
pub fn read(_view: &StmtView<'_>, _cx: &mut Read<'_>) -> Typed {
    Typed
}

impl Typed {
    /// The first block of a data set replaces all static routes, each later one adds to them (RTE-11, RTE-12).
    pub fn apply(&self, cx: &mut Apply<'_>) {
        if cx.nth > 0 {
            return;
        }
        replace(cx);
    }
}

/// Takes all routes away; those that come again are unchanged.
pub fn replace(cx: &mut Apply<'_>) {
    cx.config.beginroutes.block = Some(cx.at);
    for route in std::mem::take(&mut cx.config.beginroutes.routes) {
        cx.change_because(
            cx.at,
            Kind::Removed,
            route.to_string(),
            "the first BEGINROUTES of a data set replaces all static routes and this one does not repeat it",
        );
    }
}

/// The routes over a link or interface that is deleted go with it (RTE-16).
pub fn forget(name: &str, at: At, cx: &mut Apply<'_>) {
    let routes = std::mem::take(&mut cx.config.beginroutes.routes);
    let (gone, kept) = routes.into_iter().partition(|route: &Route| route.interface == name);
    cx.config.beginroutes.routes = kept;
    let gone: Vec<Route> = gone;
    for route in gone {
        cx.change_because(at, Kind::Removed, route.to_string(), format!("{name} is deleted"));
    }
}

/// At the end of an OBEYFILE data set, says which routes it has taken away.
pub fn end(cx: &mut Apply<'_>) {
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
