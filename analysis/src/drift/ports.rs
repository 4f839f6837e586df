//! PORT and PORTRANGE against NETSTAT PORTLIST.

use std::collections::BTreeMap;

use super::{Kind, Pair};
use crate::capture::{Body, Reservation};
use crate::netstat::Name;

type Key = (Option<u16>, Option<u16>, bool);

fn by_port(rows: &[Reservation]) -> BTreeMap<Key, Vec<&Reservation>> {
    let mut ports: BTreeMap<Key, Vec<&Reservation>> = BTreeMap::new();
    for row in rows {
        ports.entry((row.first, row.last, row.tcp)).or_default().push(row);
    }
    ports
}

fn name((first, last, tcp): Key) -> String {
    let protocol = if tcp { "TCP" } else { "UDP" };
    match (first, last) {
        (Some(first), Some(last)) if first < last => format!("{first}-{last} {protocol}"),
        (Some(first), _) => format!("{first} {protocol}"),
        (None, _) => format!("UNRSV {protocol}"),
    }
}

/// Holders as people compare them: in upper case, in order.
fn holders(rows: &[&Reservation]) -> String {
    let mut users: Vec<String> = rows.iter().map(|row| row.user.to_uppercase()).collect();
    users.sort();
    users.dedup();
    users.join(", ")
}

/// Compares.
pub(super) fn compare(pair: &mut Pair<'_>) {
    let Some(said) = pair.seen.ports.clone() else { return };
    let Body::Ports(expected) = pair.expected(Name::PortList) else { return };
    let (runs, due) = (by_port(&said.what), by_port(&expected));
    for (key, rows) in &runs {
        let subject = name(*key);
        let Some(wanted) = due.get(key) else {
            let message = format!(
                "PORT {subject} is reserved for {} in the running stack, and not in the profile",
                holders(rows)
            );
            pair.extra(Kind::Port, &subject, message, &said.at);
            continue;
        };
        let parts = differences(rows, wanted);
        if !parts.is_empty() {
            let at = pair.wheres.port(key.0, key.2);
            let message = format!("PORT {subject} {}", parts.join("; it "));
            pair.differs(Kind::Port, &subject, message, &said.at, at);
        }
    }
    for (key, rows) in due.iter().filter(|(key, _)| !said.cut && !runs.contains_key(*key)) {
        let (subject, at) = (name(*key), pair.wheres.port(key.0, key.2));
        let message = format!(
            "PORT {subject} is reserved for {} in the profile, and not in the running stack",
            holders(rows)
        );
        pair.missing(Kind::Port, &subject, message, &said.at, at);
    }
}

fn differences(runs: &[&Reservation], due: &[&Reservation]) -> Vec<String> {
    let mut parts = Vec::new();
    let (run, wanted) = (holders(runs), holders(due));
    if run != wanted {
        parts.push(format!("is reserved for {run} in the running stack, for {wanted} in the profile"));
        return parts;
    }
    for run in runs {
        let Some(plan) = due.iter().find(|plan| plan.user.eq_ignore_ascii_case(&run.user)) else { continue };
        if run.bind != plan.bind {
            let word =
                |row: &Reservation| row.bind.map_or_else(|| "no address".to_owned(), |bind| bind.to_string());
            parts.push(format!("binds {} in the running stack, {} in the profile", word(run), word(plan)));
        }
        let shared = |row: &Reservation| match (row.flags.contains('W'), row.flags.contains('S')) {
            (true, _) => "SHAREPORTWLM",
            (false, true) => "SHAREPORT",
            (false, false) => "no SHAREPORT",
        };
        if shared(run) != shared(plan) {
            parts.push(format!("has {} in the running stack, {} in the profile", shared(run), shared(plan)));
        }
        if run.saf.is_some() && run.saf != plan.saf {
            let word = |row: &Reservation| row.saf.clone().unwrap_or_else(|| "none".to_owned());
            parts.push(format!(
                "has the SAF resource {} in the running stack, {} in the profile",
                word(run),
                word(plan)
            ));
        }
    }
    parts
}
