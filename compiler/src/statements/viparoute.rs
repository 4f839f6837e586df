//! VIPAROUTE: ordinary routes to target stacks (01 2.6).

use std::net::IpAddr;

use grammar::slot::viparoute as slot;
use grammar::tree::StmtView;
use serde::Serialize;

use crate::apply::{Apply, Kind};
use crate::place::At;
use crate::read::Read;
use crate::report::Report;
use crate::rules::{viparoute_delete_unknown, viparoute_family};
use crate::table::{Keyed, Table, key};

/// A route to a target stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Route {
    /// Dynamic XCF address that names the target.
    pub xcf: IpAddr,
    /// Address that packets are sent to.
    pub target: IpAddr,
    /// The dynamic XCF address in the text.
    pub at: At,
    /// The other address in the text.
    #[serde(skip)]
    pub target_at: At,
}

/// A VIPAROUTE statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    delete: bool,
    route: Option<Route>,
}

/// The routes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Part {
    /// In order.
    pub list: Table<Route>,
}

impl Keyed for Route {
    fn keys(&self, add: &mut dyn FnMut(u64)) {
        add(key((self.xcf, self.target)));
    }
}

/// So many routes a note shows.
const SHOWN: usize = 16;

/// Reads a VIPAROUTE statement.
pub fn read(view: &StmtView<'_>, cx: &mut Read<'_>) -> Typed {
    let parts = &view.parts;
    let route = parts.get(slot::XCF).zip(parts.get(slot::TARGET)).and_then(|(xcf, target)| {
        Some(Route {
            xcf: cx.ip(xcf)?,
            target: cx.ip(target)?,
            at: cx.at(xcf.span),
            target_at: cx.at(target.span),
        })
    });
    Typed { delete: parts.has(slot::DELETE), route }
}

impl Typed {
    /// DEFINE adds a route, DELETE with the same addresses takes it off.
    pub fn apply(&self, cx: &mut Apply<'_>) {
        let Some(route) = self.route else { return };
        let what = format!("VIPAROUTE {} {}", route.xcf, route.target);
        let list = &mut cx.config.viparoute.list;
        let way = key((route.xcf, route.target));
        let equal = |known: &Route| known.xcf == route.xcf && known.target == route.target;
        if self.delete {
            if !list.take_all(way, equal).is_empty() {
                cx.change(route.at, Kind::Removed, what);
                return;
            }
            // In a data set of its own it takes off what the running stack has.
            if !list.is_empty() {
                let mut known: Vec<String> =
                    list.iter().take(SHOWN).map(|known| format!("{} {}", known.xcf, known.target)).collect();
                if list.len() > SHOWN {
                    known.push(format!("{} more", list.len() - SHOWN));
                }
                cx.reports.push(
                    Report::new(
                        &viparoute_delete_unknown::RULE,
                        route.at,
                        format!("no VIPAROUTE {} {} is there to delete", route.xcf, route.target),
                    )
                    .note(format!("routes at this point: {}", known.join(", ")))
                    .note("DELETE names the same two addresses as the DEFINE"),
                );
            }
            cx.change_because(route.at, Kind::Ignored, what, "no such route");
            return;
        }
        if list.with(way).any(equal) {
            cx.change(route.at, Kind::Unchanged, what);
            return;
        }
        if route.xcf.is_ipv4() != route.target.is_ipv4() {
            cx.reports.push(
                Report::new(
                    &viparoute_family::RULE,
                    route.target_at,
                    format!("{} and {} of this VIPAROUTE are of different families", route.xcf, route.target),
                )
                .note("packets for an IPv4 target travel to an IPv4 address, those for an IPv6 target to an IPv6 one"),
            );
        }
        list.push(route);
        cx.change(route.at, Kind::Added, what);
    }
}
