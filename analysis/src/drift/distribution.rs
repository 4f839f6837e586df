//! VIPADISTRIBUTE against NETSTAT VIPADCFG: a line for each address and port.

use std::collections::BTreeMap;
use std::net::IpAddr;

use super::{Kind, Pair};
use crate::capture::{Body, Distributed};
use crate::netstat::Name;

type Key = (IpAddr, Option<u16>);

fn by_port(rows: &[Distributed]) -> BTreeMap<Key, Vec<&Distributed>> {
    let mut ports: BTreeMap<Key, Vec<&Distributed>> = BTreeMap::new();
    for row in rows {
        ports.entry((row.address, row.port)).or_default().push(row);
    }
    ports
}

fn name((address, port): Key) -> String {
    match port {
        Some(port) => std::net::SocketAddr::new(address, port).to_string(),
        None => format!("{address} without a port list"),
    }
}

/// Compares.
pub(super) fn compare(pair: &mut Pair<'_>) {
    let Some(said) = pair.seen.config.clone() else { return };
    let Body::VipaConfig(expected) = pair.expected(Name::VipaDcfg) else { return };
    let (runs, due) = (by_port(&said.what.distributed), by_port(&expected.distributed));
    for (key, rows) in &runs {
        let subject = name(*key);
        match due.get(key) {
            None => {
                let message =
                    format!("{subject} is distributed by the running stack, and not in the profile");
                pair.extra(Kind::Distribution, &subject, message, &said.at);
            }
            Some(wanted) => {
                let parts = differences(rows, wanted, said.cut);
                if !parts.is_empty() {
                    let at = pair.wheres.distribution(key.0, key.1);
                    let message = format!("{subject} {}", parts.join("; it "));
                    pair.differs(Kind::Distribution, &subject, message, &said.at, at);
                }
            }
        }
    }
    for key in due.keys().filter(|key| !said.cut && !runs.contains_key(key)) {
        let (subject, at) = (name(*key), pair.wheres.distribution(key.0, key.1));
        let message = format!("{subject} is distributed in the profile, and not by the running stack");
        pair.missing(Kind::Distribution, &subject, message, &said.at, at);
    }
}

fn targets(rows: &[&Distributed]) -> String {
    let mut names: Vec<String> = rows
        .iter()
        .map(|row| row.target.map_or_else(|| "ALL".to_owned(), |target| target.to_string()))
        .collect();
    names.sort();
    names.dedup();
    names.join(", ")
}

fn differences(runs: &[&Distributed], due: &[&Distributed], cut: bool) -> Vec<String> {
    let mut parts = Vec::new();
    let (to, wanted) = (targets(runs), targets(due));
    if to != wanted && !cut {
        parts.push(format!("goes to {to} in the running stack, to {wanted} in the profile"));
    }
    let (Some(run), Some(plan)) = (runs.first(), due.first()) else { return parts };
    if let (Some(runs), Some(wanted)) = (&run.method, &plan.method)
        && !runs.eq_ignore_ascii_case(wanted)
    {
        let (runs, wanted) = (runs.to_uppercase(), wanted.to_uppercase());
        parts.push(format!("has DISTMETHOD {runs} in the running stack, {wanted} in the profile"));
    }
    if let (Some(runs), Some(wanted)) = (run.sysplex_ports, plan.sysplex_ports)
        && runs != wanted
    {
        let word = |on: bool| if on { "with" } else { "without" };
        parts.push(format!(
            "is {} SYSPLEXPORTS in the running stack, {} in the profile",
            word(runs),
            word(wanted)
        ));
    }
    if run.affinity != plan.affinity {
        let word = |seconds: Option<u32>| seconds.map_or_else(|| "none".to_owned(), |s| s.to_string());
        parts.push(format!(
            "has TIMEDAFFINITY {} in the running stack, {} in the profile",
            word(run.affinity),
            word(plan.affinity)
        ));
    }
    if let (Some(runs), Some(wanted)) = (run.optlocal, plan.optlocal)
        && runs != wanted
    {
        parts.push(format!("has OPTLOCAL {runs} in the running stack, {wanted} in the profile"));
    }
    for run in runs {
        let Some(plan) = due.iter().find(|plan| plan.target == run.target) else { continue };
        let target = run.target.map_or_else(|| "ALL".to_owned(), |target| target.to_string());
        let role = |row: &Distributed| match (&row.server, row.rank) {
            (Some(server), Some(rank)) => format!("{} {rank}", server.to_uppercase()),
            (Some(server), None) => server.to_uppercase(),
            (None, _) => "no role".to_owned(),
        };
        if run.server.is_some() && role(run) != role(plan) {
            parts.push(format!(
                "has {target} as {} in the running stack, as {} in the profile",
                role(run),
                role(plan)
            ));
        }
        if let (Some(runs), Some(wanted)) = (run.weight, plan.weight)
            && runs != wanted
        {
            parts.push(format!("gives {target} WEIGHT {runs} in the running stack, {wanted} in the profile"));
        }
    }
    parts
}
