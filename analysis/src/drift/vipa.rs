//! VIPADEFINE, VIPABACKUP, VIPARANGE and VIPAROUTE against NETSTAT VIPADCFG.

use ipnet::IpNet;

use super::{Kind, Pair};
use crate::capture::{Body, Defined, Movement, Ranged, VipaConfig};
use crate::live::Said;
use crate::netstat::Name;

/// Compares.
pub(super) fn compare(pair: &mut Pair<'_>) {
    let Some(said) = pair.seen.config.clone() else { return };
    let Body::VipaConfig(expected) = pair.expected(Name::VipaDcfg) else { return };
    statements(pair, &said, &expected);
    ranges(pair, &said, &expected);
    routes(pair, &said, &expected);
}

fn word(row: &Defined) -> String {
    match row.rank {
        Some(rank) => format!("VIPABACKUP {rank}"),
        None => "VIPADEFINE".to_owned(),
    }
}

const fn moves(moveable: Movement) -> &'static str {
    match moveable {
        Movement::Immediate => "IMMEDIATE",
        Movement::WhenIdle => "WHENIDLE",
        Movement::NonDisruptive => "NONDISRUPTIVE",
        Movement::Disruptive => "DISRUPTIVE",
    }
}

fn statements(pair: &mut Pair<'_>, said: &Said<VipaConfig>, expected: &VipaConfig) {
    for row in &said.what.defined {
        let address = row.address.to_string();
        let Some(due) = expected.defined.iter().find(|due| due.address == row.address) else {
            let message = format!("{} {address} runs, and is not in the profile", word(row));
            pair.extra(Kind::Dvipa, &address, message, &said.at);
            continue;
        };
        let mut parts = Vec::new();
        if word(row) != word(due) {
            parts.push(format!("is {} in the running stack, {} in the profile", word(row), word(due)));
        }
        if let (Some(runs), Some(wanted)) = (row.bits, due.bits)
            && runs != wanted
        {
            parts.push(format!("has /{runs} in the running stack, /{wanted} in the profile"));
        }
        if let (Some(runs), Some(wanted)) = (row.moveable, due.moveable)
            && runs != wanted
        {
            let (runs, wanted) = (moves(runs), moves(wanted));
            parts.push(format!("is MOVEABLE {runs} in the running stack, {wanted} in the profile"));
        }
        if !parts.is_empty() {
            let at = pair.wheres.dvipa(row.address);
            pair.differs(Kind::Dvipa, &address, format!("{address} {}", parts.join("; it ")), &said.at, at);
        }
    }
    for due in expected.defined.iter().filter(|_| !said.cut) {
        if said.what.defined.iter().any(|row| row.address == due.address) {
            continue;
        }
        let (address, at) = (due.address.to_string(), pair.wheres.dvipa(due.address));
        let message = format!("{} {address} is in the profile, and does not run", word(due));
        pair.missing(Kind::Dvipa, &address, message, &said.at, at);
    }
}

fn net(row: &Ranged) -> Option<IpNet> {
    IpNet::new(row.address, row.bits?).ok().map(|net| net.trunc())
}

fn ranges(pair: &mut Pair<'_>, said: &Said<VipaConfig>, expected: &VipaConfig) {
    for row in &said.what.ranges {
        let Some(subnet) = net(row) else { continue };
        let subject = subnet.to_string();
        let Some(due) = expected.ranges.iter().find(|due| net(due) == Some(subnet)) else {
            let message = format!("VIPARANGE {subject} runs, and is not in the profile");
            pair.extra(Kind::Range, &subject, message, &said.at);
            continue;
        };
        let mut parts = Vec::new();
        if let (Some(runs), Some(wanted)) = (row.moveable, due.moveable)
            && runs != wanted
        {
            let (runs, wanted) = (moves(runs), moves(wanted));
            parts.push(format!("is MOVEABLE {runs} in the running stack, {wanted} in the profile"));
        }
        if row.saf.is_some() && row.saf != due.saf {
            let name = |saf: &Option<String>| saf.clone().unwrap_or_else(|| "none".to_owned());
            let (runs, wanted) = (name(&row.saf), name(&due.saf));
            parts.push(format!("has the SAF resource {runs} in the running stack, {wanted} in the profile"));
        }
        if !parts.is_empty() {
            let at = pair.wheres.range(subnet);
            let message = format!("VIPARANGE {subject} {}", parts.join("; it "));
            pair.differs(Kind::Range, &subject, message, &said.at, at);
        }
    }
    for subnet in expected.ranges.iter().filter(|_| !said.cut).filter_map(net) {
        if said.what.ranges.iter().any(|row| net(row) == Some(subnet)) {
            continue;
        }
        let (subject, at) = (subnet.to_string(), pair.wheres.range(subnet));
        let message = format!("VIPARANGE {subject} is in the profile, and does not run");
        pair.missing(Kind::Range, &subject, message, &said.at, at);
    }
}

fn routes(pair: &mut Pair<'_>, said: &Said<VipaConfig>, expected: &VipaConfig) {
    for row in &said.what.routes {
        let subject = row.target.to_string();
        let due: Vec<_> = expected.routes.iter().filter(|due| due.target == row.target).collect();
        match due.as_slice() {
            [] => {
                let message =
                    format!("VIPAROUTE to {subject} by {} runs, and is not in the profile", row.through);
                pair.extra(Kind::Route, &subject, message, &said.at);
            }
            due if due.iter().any(|due| due.through == row.through) => {}
            [due, ..] => {
                let message = format!(
                    "VIPAROUTE to {subject} goes by {} in the running stack, by {} in the profile",
                    row.through, due.through
                );
                let at = pair.wheres.route(row.target);
                pair.differs(Kind::Route, &subject, message, &said.at, at);
            }
        }
    }
    for due in expected.routes.iter().filter(|_| !said.cut) {
        if said.what.routes.iter().any(|row| row.target == due.target) {
            continue;
        }
        let (subject, at) = (due.target.to_string(), pair.wheres.route(due.target));
        let message = format!("VIPAROUTE to {subject} is in the profile, and does not run");
        pair.missing(Kind::Route, &subject, message, &said.at, at);
    }
}
