//! ## What it finds
//! A TCP port that PORT reserves for several jobs, none of them with SHAREPORT or SHAREPORTWLM, on the same address.
//!
//! ## Why it hurts
//! The first server that listens has the port; the second one fails to bind.
//!
//! ## Example
//! ```profile
//! PORT
//!   80 TCP HTTPD1
//!   80 TCP HTTPD2
//! ```
//!
//! ## How to mend it
//! Add SHAREPORT or SHAREPORTWLM to one of the entries, or give each job an address by BIND.
//!
//! ## Source
//! 02:PORT-13, 02:PORT-14.

use std::collections::BTreeMap;
use std::net::IpAddr;

use super::{Check, Rule, StackView};
use crate::finding::{Confidence, Severity};
use crate::report::Report;
use crate::statements::port::{Reservation, Who};

/// The rule.
pub const RULE: Rule = Rule {
    name: "port-several-jobs",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Stack(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["PORT"];

fn check(stack: &StackView<'_>, out: &mut Vec<Report>) {
    let all = stack.config.port.reservations.iter().filter(|entry| entry.tcp && named(&entry.who));
    let mut all: Vec<&Reservation> = all.map(|entry| &**entry).collect();
    all.sort_by_key(|entry| entry.port);
    for entries in all.chunk_by(|one, other| one.port == other.port) {
        let [entry, _, ..] = entries else { continue };
        let port = entry.port;
        if entries.iter().any(|entry| entry.share) {
            continue;
        }
        let mut firsts: BTreeMap<Option<IpAddr>, &Reservation> = BTreeMap::new();
        let pair = entries.iter().find_map(|entry| {
            let first = *firsts.entry(entry.bind).or_insert(entry);
            (first.who != entry.who).then_some((first, *entry))
        });
        let Some((first, entry)) = pair else { continue };
        let (Who::Job(one), Who::Job(other)) = (&first.who, &entry.who) else { continue };
        out.push(
            Report::new(&RULE, entry.who_at(), format!("port {port} is reserved for {one} and for {other}, and only one of them can listen"))
                .related(first.who_at(), format!("reserved for {one}"))
                .missing(&["port-number"], port)
                .note("the second server fails to bind")
                .note("SHAREPORT or SHAREPORTWLM on one entry lets several servers of a port listen; it is enough once"),
        );
    }
}

/// Jobs by name or pattern; an entry for everybody, or for z/OS UNIX as a whole, says nothing of how many listen.
fn named(who: &Who) -> bool {
    match who {
        Who::Reserved => false,
        Who::Job(job) => job != "*" && job != "OMVS",
    }
}
