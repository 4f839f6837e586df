//! Static routes of BEGINROUTES against NETSTAT ROUTE. What a routing daemon or an interface itself brings has no flag S.

use super::{Kind, Pair};
use crate::capture::{Body, Route};
use crate::netstat::Name;

/// `198.51.100.0/24 by 192.0.2.254 over OSA1`.
fn words(route: &Route) -> String {
    let to = route.to.map_or_else(|| "default".to_owned(), |to| to.to_string());
    let by = route.gateway.map_or_else(String::new, |gateway| format!(" by {gateway}"));
    let over = route.interface.as_ref().map_or_else(String::new, |name| format!(" over {name}"));
    format!("{to}{by}{over}")
}

fn same(one: &Route, other: &Route) -> bool {
    let name = |route: &Route| route.interface.as_ref().map(|name| name.to_ascii_uppercase());
    one.to == other.to && one.gateway == other.gateway && name(one) == name(other)
}

/// Compares.
pub(super) fn compare(pair: &mut Pair<'_>) {
    let Some(said) = pair.seen.routes.clone() else { return };
    let Body::Routes(due) = pair.expected(Name::Route) else { return };
    let runs: Vec<&Route> = said.what.iter().filter(|route| route.flags.contains('S')).collect();
    for route in runs.iter().filter(|route| !due.iter().any(|known| same(known, route))) {
        let message = format!("static route {} runs, and is not in the profile", words(route));
        pair.extra(Kind::StaticRoute, &words(route), message, &said.at);
    }
    for (place, route) in due.iter().enumerate() {
        if said.cut || runs.iter().any(|known| same(known, route)) {
            continue;
        }
        let at = pair.wheres.static_route(place);
        let message =
            format!("static route {} is in the profile, and not in the running stack", words(route));
        pair.missing(Kind::StaticRoute, &words(route), message, &said.at, at);
    }
}
