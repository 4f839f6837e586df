//! SRCIP against NETSTAT SRCIP.

use super::{Kind, Pair};
use crate::capture::{Body, SourceEntry, SourceFor};
use crate::netstat::Name;

fn name(who: &SourceFor) -> String {
    match who {
        SourceFor::Job(job) => format!("JOBNAME {}", job.to_uppercase()),
        SourceFor::Destination(net) if net.prefix_len() == net.max_prefix_len() => {
            format!("DESTINATION {}", net.addr())
        }
        SourceFor::Destination(net) => format!("DESTINATION {net}"),
    }
}

/// A job may have an entry for each family.
fn key(row: &SourceEntry) -> (String, bool) {
    let six = match &row.who {
        SourceFor::Job(_) => row.source.parse::<std::net::IpAddr>().map_or(true, |address| address.is_ipv6()),
        SourceFor::Destination(net) => net.addr().is_ipv6(),
    };
    (name(&row.who), six)
}

const fn role(role: Option<char>) -> &'static str {
    match role {
        Some('S' | 's') => "SERVER",
        Some('B' | 'b') => "BOTH",
        Some(_) | None => "CLIENT",
    }
}

/// Compares.
pub(super) fn compare(pair: &mut Pair<'_>) {
    let Some(said) = pair.seen.sources.clone() else { return };
    let Body::Sources(expected) = pair.expected(Name::SrcIp) else { return };
    for row in &said.what {
        let subject = name(&row.who);
        let found = expected.iter().find(|due| key(due) == key(row));
        let Some(due) = found else {
            let message = format!("SRCIP {subject} {} runs, and is not in the profile", row.source);
            pair.extra(Kind::Source, &subject, message, &said.at);
            continue;
        };
        let mut parts = Vec::new();
        if !row.source.eq_ignore_ascii_case(&due.source) {
            parts.push(format!("gives {} in the running stack, {} in the profile", row.source, due.source));
        }
        if row.role.is_some() && role(row.role) != role(due.role) {
            parts.push(format!(
                "is for {} in the running stack, {} in the profile",
                role(row.role),
                role(due.role)
            ));
        }
        if !parts.is_empty() {
            let at = place(pair, &subject);
            let message = format!("SRCIP {subject} {}", parts.join("; it "));
            pair.differs(Kind::Source, &subject, message, &said.at, at);
        }
    }
    for due in expected.iter().filter(|_| !said.cut) {
        if said.what.iter().any(|row| key(row) == key(due)) {
            continue;
        }
        let subject = name(&due.who);
        let at = place(pair, &subject);
        let message = format!("SRCIP {subject} {} is in the profile, and does not run", due.source);
        pair.missing(Kind::Source, &subject, message, &said.at, at);
    }
}

/// The statement of an entry: the model keeps them in the order of the profile.
fn place(pair: &Pair<'_>, subject: &str) -> Option<compiler::place::At> {
    let who = |entry: &runtime_model::model::SrcipModel| match &entry.who {
        runtime_model::model::SourceFor::Job(job) => name(&SourceFor::Job(job.clone())),
        runtime_model::model::SourceFor::Destination(net) => name(&SourceFor::Destination(*net)),
    };
    let nth = pair.model.network.srcip.iter().position(|entry| who(entry) == subject)?;
    pair.wheres.source(nth)
}
