//! PORT: reservations of single ports (02 2).

use std::collections::BTreeMap;
use std::sync::Arc;

use grammar::slot::port as slot;
use grammar::tree::StmtView;
use serde::Serialize;

pub use super::reservation::{Reservation, Unreserved, Who, protocol};
use super::reservation::{describe, equal, of_user, options_of, reservation, unreserved};
use crate::apply::{Apply, Kind, Phase};
use crate::continued::List;
use crate::place::At;
use crate::read::Read;
use crate::report::Report;
use crate::rules::{
    port_in_range, port_share_udp, port_twice, port_unreserved_deny, port_unreserved_timing,
    port_unreserved_twice,
};
use crate::table::{Table, key};

/// A PORT statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    reservations: Vec<Arc<Reservation>>,
    unreserved: Vec<Unreserved>,
}

/// Reservations.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Part {
    /// In order.
    pub reservations: Table<Arc<Reservation>>,
    /// UNRSV entries, in order.
    pub unreserved: Table<Unreserved>,
    /// The ports that have an entry: 64 of them in a word each, by protocol (TCP is true).
    #[serde(skip)]
    used: BTreeMap<(bool, u16), u64>,
}

impl Part {
    fn add(&mut self, reservation: Arc<Reservation>) {
        *self.used.entry((reservation.tcp, reservation.port >> 6)).or_insert(0) |= bit(reservation.port);
        self.reservations.push(reservation);
    }

    /// The ports of a run that have an entry, in order.
    pub fn used_in(&self, first: u16, last: u16, tcp: bool) -> impl Iterator<Item = u16> {
        let words = (first <= last).then(|| self.used.range((tcp, first >> 6)..=(tcp, last >> 6)));
        let ports = words.into_iter().flatten().flat_map(|((_, high), word)| {
            (0..64).map(move |low| high << 6 | low).filter(move |port| word & bit(*port) != 0)
        });
        ports.filter(move |port| (first..=last).contains(port))
    }

    /// The first entry of a port.
    #[must_use]
    pub fn first(&self, port: u16, tcp: bool) -> Option<&Reservation> {
        self.reservations
            .find(key(port), |known| known.port == port && known.tcp == tcp)
            .map(|known| &**known)
    }

    /// Takes the entries of a port for somebody off (DELE-01). Whether there were any.
    pub fn give_up(&mut self, port: u16, tcp: bool, who: &Who) -> bool {
        let meant = |known: &Arc<Reservation>| known.port == port && known.tcp == tcp && known.who == *who;
        let gone = !self.reservations.take_all(key(port), meant).is_empty();
        if gone
            && self.first(port, tcp).is_none()
            && let Some(word) = self.used.get_mut(&(tcp, port >> 6))
        {
            *word &= !bit(port);
            if *word == 0 {
                self.used.remove(&(tcp, port >> 6));
            }
        }
        gone
    }
}

/// Where a port stands in its word.
fn bit(port: u16) -> u64 {
    1 << (port & 63)
}

/// Reads a PORT statement.
pub fn read(view: &StmtView<'_>, cx: &mut Read<'_>) -> Typed {
    let mut typed = Typed { reservations: Vec::new(), unreserved: Vec::new() };
    for entry in cx.entries(view, slot::ENTRY) {
        if let Some(word) = entry.get(slot::UNRSV) {
            typed.unreserved.push(unreserved(&entry, cx.at(word.span), cx));
        } else if let Some(reservation) = reservation(&entry, cx) {
            typed.reservations.push(Arc::new(reservation));
        }
    }
    typed.reservations.shrink_to_fit();
    typed
}

impl List for Typed {
    type Entry = Arc<Reservation>;

    fn entries(&self) -> &[Arc<Reservation>] {
        &self.reservations
    }

    fn entries_mut(&mut self) -> &mut Vec<Arc<Reservation>> {
        &mut self.reservations
    }

    fn place(entry: &Arc<Reservation>) -> At {
        entry.at
    }

    fn also(&mut self, more: &Self) {
        self.unreserved.extend(more.unreserved.iter().cloned());
    }
}

impl Typed {
    /// Adds entries to the table (02 2.8); what PORT-05 to PORT-07 refuse is refused.
    pub fn apply(&self, cx: &mut Apply<'_>) {
        // DENY for a job other than * drops the whole statement, good entries too (PORT-05, EZZ0146I).
        if let Some(entry) = self.unreserved.iter().find(|entry| entry.deny && entry.job != "*") {
            let dropped = self.reservations.len() + self.unreserved.len();
            cx.reports.push(
                Report::new(
                    &port_unreserved_deny::RULE,
                    entry.deny_at,
                    format!("DENY is only possible for job name *, not for {}", entry.job),
                )
                .note(format!("the whole PORT statement is dropped: {dropped} entries, the good ones too"))
                .note(format!("write `UNRSV {} * DENY`, or take DENY out", protocol(entry.tcp))),
            );
            cx.say("EZZ0146I", entry.deny_at, "DENY can only be used with a job name of *");
            cx.change_because(
                cx.at,
                Kind::Refused,
                format!("PORT, {dropped} entries"),
                "DENY with a job name other than *",
            );
            return;
        }
        cx.config.port.reservations.reserve(self.reservations.len(), 2);
        for reservation in &self.reservations {
            if reservation.share && !reservation.tcp {
                cx.reports.push(
                    Report::new(
                        &port_share_udp::RULE,
                        reservation.at,
                        format!("port {} is UDP, and only TCP listeners share a port", reservation.port),
                    )
                    .note("take SHAREPORT out, or reserve the port for TCP"),
                );
            }
            if refused_by_range(reservation, cx) {
                continue;
            }
            let of_user = of_user(reservation.port, &reservation.who, reservation.bind);
            let first = cx.config.port.reservations.find(of_user, |known| equal(known, reservation));
            let Some(first) = first.cloned() else {
                cx.added(reservation.at, || describe(reservation));
                cx.config.port.add(reservation.clone());
                continue;
            };
            twice(&first, reservation, cx);
            if cx.phase == Phase::Obey {
                cx.change(reservation.at, Kind::Unchanged, describe(reservation));
            }
        }
        for entry in &self.unreserved {
            self.add_unreserved(entry, cx);
        }
    }

    fn add_unreserved(&self, entry: &Unreserved, cx: &mut Apply<'_>) {
        let what = format!("PORT UNRSV {} {}", protocol(entry.tcp), entry.job);
        let timing = |when_bind: bool| if when_bind { "WHENBIND" } else { "WHENLISTEN" };
        let known = &cx.config.port.unreserved;
        let other = |known: &&Unreserved| known.tcp == entry.tcp && known.when_bind != entry.when_bind;
        if let Some(first) = known.find(key((entry.tcp, !entry.when_bind)), other) {
            cx.reports.push(
                Report::new(
                    &port_unreserved_timing::RULE,
                    entry.at,
                    format!(
                        "this UNRSV TCP entry says {}, an earlier one {}",
                        timing(entry.when_bind),
                        timing(first.when_bind)
                    ),
                )
                .related(first.at, format!("{} is in force since here", timing(first.when_bind)))
                .note(
                    "the entry is ignored; all UNRSV TCP entries of a stack agree, WHENLISTEN is the default",
                ),
            );
            cx.say("EZZ0147I", entry.at, "the entry conflicts with the access control in force");
            cx.change_because(entry.at, Kind::Refused, what, "WHENBIND and WHENLISTEN do not agree");
            return;
        }
        let all = |known: &&Unreserved| known.tcp == entry.tcp && known.job == "*" && entry.job == "*";
        let first = known.find(key((entry.tcp, "*")), all).map(|first| first.at);
        if let Some(first) = first {
            cx.reports.push(
                Report::new(
                    &port_unreserved_twice::RULE,
                    entry.at,
                    format!("a second UNRSV {} entry for job name *", protocol(entry.tcp)),
                )
                .related(first, "the first stands here")
                .note("only one entry for * is possible for each protocol"),
            );
            cx.change_because(entry.at, Kind::Refused, what, "there is one for * already");
            return;
        }
        cx.change(entry.at, Kind::Added, what);
        cx.config.port.unreserved.push(entry.clone());
    }
}

/// An entry for somebody who has one for the port already. No source says what the stack makes of it (02 2.8, 05 4).
fn twice(first: &Reservation, again: &Reservation, cx: &mut Apply<'_>) {
    let (one, other) = (options_of(first), options_of(again));
    let same = one == other;
    // What an OBEYFILE brings to a stack that has it is told as an effect.
    if same && cx.phase == Phase::Obey {
        return;
    }
    let port = format!("port {} {}", again.port, protocol(again.tcp));
    let whom = match &again.who {
        Who::Reserved => "RESERVED".to_owned(),
        Who::Job(job) => format!("reserved for {job}"),
    };
    let at = again.bind.map_or_else(String::new, |address| format!(" at {address}"));
    let report = Report::new(
        &port_twice::RULE,
        again.at,
        if same {
            format!("{port} is {whom}{at} twice")
        } else {
            format!("{port} is {whom}{at} twice, here with {other} and first with {one}")
        },
    )
    .related(first.at, "the first entry");
    cx.reports.push(if same {
        report.note("keep one of them; no source says what the stack makes of the other")
    } else if cx.phase == Phase::Obey {
        report.note("to change an entry, put DELETE PORT into a data set of its own before this one; no source says whether it changes otherwise")
    } else {
        report.note("keep the one that is meant; no source says which of the two is in force, and the first is taken here")
    });
}

/// A port that lies in a PORTRANGE before it: the entry is ignored (PORT-03).
fn refused_by_range(reservation: &Reservation, cx: &mut Apply<'_>) -> bool {
    let Some(range) = cx.config.portrange.covering(reservation.port, reservation.tcp) else { return false };
    let (first, last, at) = (range.first, range.last, range.at);
    cx.reports.push(
        Report::new(
            &port_in_range::RULE,
            reservation.at,
            format!(
                "port {} {} lies in the PORTRANGE {first} to {last}, so this PORT entry is ignored",
                reservation.port,
                protocol(reservation.tcp)
            ),
        )
        .related(at, "the range that has the port")
        .note("the range keeps the port and its options; split it around the port, or take this entry out"),
    );
    cx.change_because(reservation.at, Kind::Refused, describe(reservation), "a PORTRANGE has the port");
    true
}
