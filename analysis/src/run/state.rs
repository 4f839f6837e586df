//! Assertions: what a line wants of the state, against the state.

use std::net::{IpAddr, SocketAddr};

use runtime_model::Cluster;
use runtime_model::Routed;
use runtime_model::ids::StackId;

use super::scope::Scope;
use super::wants::{WantRoute, WantState};
use crate::names::Addresses;

/// What is wrong, one line that stands alone; nothing when the state is as wanted.
#[must_use]
pub fn expect(
    want: &WantState,
    cluster: &Cluster,
    scope: &Scope<'_>,
    addresses: &Addresses,
) -> Option<String> {
    let name = |stack: Option<StackId>| stack.map_or("none", |stack| scope.stack_name(stack));
    match want {
        WantState::Owner(dvipa, want) => {
            let got = cluster.owner_of(*dvipa);
            (got != *want).then(|| {
                format!("expected owner of {} = {}, got {}", addresses.show(*dvipa), name(*want), name(got))
            })
        }
        WantState::Status(stack, dvipa, want) => {
            let got = cluster.status(*stack, *dvipa).word();
            (got != want.word()).then(|| {
                let (stack, dvipa) = (scope.stack_name(*stack), addresses.show(*dvipa));
                format!("expected status of {dvipa} on {stack} = {}, got {got}", want.word())
            })
        }
        WantState::View(stack, dvipa, want) => {
            let got = cluster.dvipa_view(*stack, *dvipa).map(|view| view.words());
            let fits = match &got {
                None => want.is_empty(),
                Some(words) => !want.is_empty() && want.iter().all(|word| words.contains(word)),
            };
            (!fits).then(|| {
                let (stack, dvipa) = (scope.stack_name(*stack), addresses.show(*dvipa));
                let got = list(got.unwrap_or_default().into_iter());
                format!("expected {stack} to show {dvipa} with {}, got {got}", list(want.iter().cloned()))
            })
        }
        WantState::Group(stack, want) => {
            let got = match cluster.membership(*stack) {
                Some(membership) => membership.word(),
                None if cluster.in_group(*stack) => "joined",
                None => "down",
            };
            (got != want)
                .then(|| format!("expected group of {} = {want}, got {got}", scope.stack_name(*stack)))
        }
        WantState::Ready(service, stack, want) => {
            let owner = cluster.owner_of(service.ip());
            let rows = owner.map(|owner| cluster.vdpt(owner)).unwrap_or_default();
            let got = rows
                .iter()
                .find(|row| row.dvipa == service.ip() && row.port == service.port() && row.target == *stack)
                .map(|row| u64::from(row.ready));
            let word = |n: Option<u64>| n.map_or_else(|| "none".to_owned(), |n| n.to_string());
            (got != *want).then(|| {
                let (service, stack) = (at(service, addresses), scope.stack_name(*stack));
                format!("expected ready {service} on {stack} = {}, got {}", word(*want), word(got))
            })
        }
        WantState::Ports(dvipa, stack, want) => {
            let got = match stack {
                Some(stack) => cluster.ports_in_use_on(*dvipa, *stack),
                None => cluster.ports_in_use(*dvipa),
            };
            let wanted: Vec<u16> = want.iter().flat_map(|(first, last)| *first..=*last).collect();
            let mut sorted = wanted.clone();
            sorted.sort_unstable();
            sorted.dedup();
            (got != sorted).then(|| {
                let on = stack.map_or_else(String::new, |stack| format!(" on {}", scope.stack_name(stack)));
                let dvipa = addresses.show(*dvipa);
                format!("expected ports of {dvipa}{on} = {}, got {}", runs(&sorted), runs(&got))
            })
        }
        WantState::Targets(service, want) => {
            let mut got = cluster.targets(service.ip(), service.port());
            got.sort_unstable();
            (got != *want).then(|| {
                let list =
                    |stacks: &[StackId]| list(stacks.iter().map(|stack| scope.stack_name(*stack).to_owned()));
                let service = at(service, addresses);
                format!("expected targets of {service} = {}, got {}", list(want), list(&got))
            })
        }
        WantState::Route(from, to, want) => {
            let got = match cluster.route_of(*from, *to) {
                Routed::To(stack) => WantRoute::To(stack),
                Routed::Held(_) => WantRoute::Held,
                Routed::Refused(_) | Routed::NoOwner => WantRoute::Nowhere,
            };
            (got != *want).then(|| {
                let show = |route: WantRoute| match route {
                    WantRoute::To(stack) => scope.stack_name(stack),
                    WantRoute::Held => "held",
                    WantRoute::Nowhere => "none",
                };
                let (from, to) = (at(from, addresses), at(to, addresses));
                format!("expected route of {from} to {to} = {}, got {}", show(*want), show(got))
            })
        }
        WantState::Connections(stack, want) => {
            let got = cluster.connections(*stack).len() as u64;
            (got != *want)
                .then(|| format!("expected connections of {} = {want}, got {got}", scope.stack_name(*stack)))
        }
        WantState::Connection(called, handle, want) => {
            let got = cluster.socket_view(*handle).is_some_and(|socket| socket.peer.is_some());
            let word = |open: bool| if open { "open" } else { "ended" };
            (got != *want)
                .then(|| format!("expected connection {called} = {}, got {}", word(*want), word(got)))
        }
        // Broken invariants are booked when the event has run.
        WantState::Invariants => None,
        WantState::Quiescent => (!cluster.is_quiescent())
            .then(|| "expected nothing under way, but a message or a step waits".to_owned()),
    }
}

fn at(end: &SocketAddr, addresses: &Addresses) -> String {
    let ip: IpAddr = end.ip();
    match addresses.name(ip) {
        Some(name) => format!("{end} ({name})"),
        None => end.to_string(),
    }
}

fn list(words: impl Iterator<Item = String>) -> String {
    let words: Vec<String> = words.collect();
    if words.is_empty() { "none".to_owned() } else { words.join(" ") }
}

/// `1025 1030-1032`, `none`.
fn runs(ports: &[u16]) -> String {
    let mut runs: Vec<(u16, u16)> = Vec::new();
    for port in ports {
        match runs.last_mut() {
            Some((_, last)) if last.checked_add(1) == Some(*port) => *last = *port,
            Some(_) | None => runs.push((*port, *port)),
        }
    }
    list(runs.into_iter().map(
        |(first, last)| {
            if first == last { first.to_string() } else { format!("{first}-{last}") }
        },
    ))
}
