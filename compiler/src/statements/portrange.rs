//! PORTRANGE: reservations of runs of ports (02 3).

use std::collections::BTreeSet;

use grammar::description::Slot;
use grammar::slot::portrange as slot;
use grammar::tree::{Parts, StmtView};
use serde::Serialize;

use super::ipconfig::Placed;
use super::options;
use super::port::protocol;
use crate::apply::{Apply, Kind, Phase};
use crate::continued::List;
use crate::place::At;
use crate::read::Read;
use crate::report::Report;
use crate::rules::{portrange_authport_udp, portrange_over_port, portrange_overlap, portrange_past_end};
use crate::table::{Keyed, Table, key};

/// Who may use a range.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Holder {
    /// Nobody.
    Reserved,
    /// FTP servers with PASSIVEDATAPORTS.
    Authport,
    /// The jobs that the pattern covers.
    Job(String),
}

/// A range.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Range {
    /// First port.
    pub first: u16,
    /// Last port, at most 65535.
    pub last: u16,
    /// TCP, else UDP.
    pub tcp: bool,
    /// Who may use it.
    pub who: Holder,
    /// NOAUTOLOG.
    pub no_autolog: bool,
    /// DELAYACKS or NODELAYACKS, as coded.
    pub delay_acks: Option<Placed<bool>>,
    /// SAF.
    pub saf: Option<String>,
    /// NOSMC, SMC or NOSMCR, as coded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub smc: Option<&'static str>,
    /// The first port in the text.
    pub at: At,
    /// The count in the text.
    #[serde(skip)]
    pub count_at: At,
    /// The job, or RESERVED, in the text.
    #[serde(skip)]
    pub who_at: At,
    /// Ports behind 65535 that the stack leaves off.
    #[serde(skip)]
    pub beyond: u32,
}

/// A PORTRANGE statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed(Vec<Range>);

/// The ranges.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Part {
    /// In order. No two of a protocol have a port in common.
    pub list: Table<Range>,
    /// Protocol (TCP is true) and first port of each.
    #[serde(skip)]
    starts: BTreeSet<(bool, u16)>,
}

impl Keyed for Range {
    fn keys(&self, add: &mut dyn FnMut(u64)) {
        add(key((self.tcp, self.first)));
    }
}

/// Words that say whether the connections of a port may use SMC.
const SMC: [(Slot, &str); 3] = [(slot::NOSMC, "NOSMC"), (slot::SMC, "SMC"), (slot::NOSMCR, "NOSMCR")];

/// Reads a PORTRANGE statement.
pub fn read(view: &StmtView<'_>, cx: &mut Read<'_>) -> Typed {
    let entries = cx.entries(view, slot::ENTRY);
    Typed(entries.filter_map(|entry| range(&entry, cx)).collect())
}

fn range(entry: &Parts<'_>, cx: &Read<'_>) -> Option<Range> {
    let (number, count) = (entry.get(slot::FIRST_PORT)?, entry.get(slot::COUNT)?);
    if !entry.has(slot::TCP) && !entry.has(slot::UDP) {
        return None;
    }
    let first = u16::try_from(number.number()?).ok().filter(|first| *first > 0)?;
    let many = u16::try_from(count.number()?).ok().filter(|many| *many > 0)?;
    let end = u32::from(first) + u32::from(many) - 1;
    let who_word =
        entry.get(slot::JOB).or_else(|| entry.get(slot::RESERVED)).or_else(|| entry.get(slot::AUTHPORT))?;
    let who = match entry.get(slot::JOB) {
        Some(job) => Holder::Job(job.upper()),
        None if entry.has(slot::RESERVED) => Holder::Reserved,
        None => Holder::Authport,
    };
    Some(Range {
        first,
        last: u16::try_from(end).unwrap_or(u16::MAX),
        tcp: entry.has(slot::TCP),
        who,
        no_autolog: entry.has(slot::NOAUTOLOG),
        delay_acks: options::flag(entry, slot::DELAYACKS, slot::NODELAYACKS, cx),
        saf: entry.get(slot::RESOURCE).map(|word| word.upper()),
        smc: options::chosen(entry, &SMC),
        at: cx.at(number.span),
        count_at: cx.at(count.span),
        who_at: cx.at(who_word.span),
        beyond: end.saturating_sub(u32::from(u16::MAX)),
    })
}

impl Part {
    /// The range that has a port.
    #[must_use]
    pub fn covering(&self, port: u16, tcp: bool) -> Option<&Range> {
        let (_, first) = self.starts.range((tcp, 0)..=(tcp, port)).next_back()?;
        self.at(tcp, *first).filter(|range| port <= range.last)
    }

    /// The ranges that have a port of a run in common, in order of their ports.
    pub fn meeting(&self, first: u16, last: u16, tcp: bool) -> impl Iterator<Item = &Range> {
        let low = self.covering(first, tcp).map_or(first, |range| range.first);
        let starts = (low <= last).then(|| self.starts.range((tcp, low)..=(tcp, last)));
        starts.into_iter().flatten().filter_map(move |(_, first)| self.at(tcp, *first))
    }

    fn at(&self, tcp: bool, first: u16) -> Option<&Range> {
        self.list.find(key((tcp, first)), |range| range.tcp == tcp && range.first == first)
    }

    fn add(&mut self, range: Range) {
        self.starts.insert((range.tcp, range.first));
        self.list.push(range);
    }

    /// Takes a range off (DELE-01). Whether it was there.
    pub fn give_up(&mut self, first: u16, last: u16, tcp: bool, who: &Holder) -> bool {
        let meant = |known: &Range| {
            known.first == first && known.last == last && known.tcp == tcp && known.who == *who
        };
        let gone = self.list.take(key((tcp, first)), meant).is_some();
        if gone {
            self.starts.remove(&(tcp, first));
        }
        gone
    }
}

impl List for Typed {
    type Entry = Range;

    fn entries(&self) -> &[Range] {
        &self.0
    }

    fn entries_mut(&mut self) -> &mut Vec<Range> {
        &mut self.0
    }

    fn place(entry: &Range) -> At {
        entry.at
    }
}

impl Typed {
    /// Adds ranges; one that meets a PORT entry or another range is ignored as a whole (PRNG-03, PRNG-04).
    pub fn apply(&self, cx: &mut Apply<'_>) {
        for range in &self.0 {
            add(range, cx);
        }
    }
}

fn add(range: &Range, cx: &mut Apply<'_>) {
    let what = describe(range);
    let there = cx.config.portrange.at(range.tcp, range.first).is_some_and(|known| same(known, range));
    if cx.phase == Phase::Obey && there {
        cx.change(range.at, Kind::Unchanged, what);
        return;
    }
    if range.beyond > 0 {
        cx.reports.push(
            Report::new(
                &portrange_past_end::RULE,
                range.count_at,
                format!(
                    "this range ends at port {}, and 65535 is the last there is",
                    u32::from(u16::MAX) + range.beyond
                ),
            )
            .note(format!("the stack reserves {} to 65535 and says nothing", range.first))
            .note("the second number is how many ports there are, not the last one"),
        );
    }
    if range.who == Holder::Authport && !range.tcp {
        cx.reports.push(
            Report::new(
                &portrange_authport_udp::RULE,
                range.who_at,
                "AUTHPORT is for FTP data, which is TCP",
            )
            .note("write TCP, or RESERVED if nobody may use these UDP ports"),
        );
    }
    let known = cx.config.portrange.meeting(range.first, range.last, range.tcp).next();
    if let Some(known) = known {
        cx.reports.push(
            Report::new(
                &portrange_overlap::RULE,
                range.at,
                format!(
                    "ports {} to {} {} overlap the range {} to {}, so this range is not taken",
                    range.first,
                    range.last,
                    protocol(range.tcp),
                    known.first,
                    known.last
                ),
            )
            .related(known.at, "the earlier range")
            .note(format!(
                "both want {} to {}; a PORTRANGE is a first port and a count",
                range.first.max(known.first),
                range.last.min(known.last)
            )),
        );
        cx.change_because(range.at, Kind::Refused, what, "it overlaps another range");
        return;
    }
    let port = &cx.config.port;
    let mut used = port.used_in(range.first, range.last, range.tcp);
    let first = used.next().and_then(|number| port.first(number, range.tcp));
    drop(used);
    if let Some(first) = first {
        let ports = port.used_in(range.first, range.last, range.tcp);
        let shown: Vec<String> = ports.take(8).map(|number| number.to_string()).collect();
        cx.reports.push(
            Report::new(
                &portrange_over_port::RULE,
                range.at,
                format!(
                    "ports {} to {} {} contain port {}, which PORT reserves: the whole range is ignored",
                    range.first,
                    range.last,
                    protocol(range.tcp),
                    first.port
                ),
            )
            .related(first.at, format!("PORT {} stands here", first.port))
            .note(format!("ports of PORT in the range: {}", shown.join(", ")))
            .note("split the range around them, or take the PORT entries out"),
        );
        cx.change_because(range.at, Kind::Refused, what, "PORT reserves a port of it");
        return;
    }
    cx.change(range.at, Kind::Added, what);
    cx.config.portrange.add(range.clone());
}

fn same(one: &Range, other: &Range) -> bool {
    one.first == other.first
        && one.last == other.last
        && one.tcp == other.tcp
        && one.who == other.who
        && one.saf == other.saf
}

fn describe(range: &Range) -> String {
    let who = match &range.who {
        Holder::Reserved => "RESERVED",
        Holder::Authport => "AUTHPORT",
        Holder::Job(job) => job,
    };
    format!("PORTRANGE {}-{} {} {who}", range.first, range.last, protocol(range.tcp))
}
