//! PORTRANGE: reservations of runs of ports (02 3).

use grammar::slot::portrange as slot;
use grammar::tree::{Parts, StmtView};
use serde::Serialize;

use super::ipconfig::Placed;
use super::options;
use super::port::protocol;
use crate::apply::{Apply, Kind, Phase};
use crate::place::At;
use crate::read::Read;
use crate::report::Report;
use crate::rules::{portrange_authport_udp, portrange_over_port, portrange_overlap, portrange_past_end};

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
    /// In order.
    pub list: Vec<Range>,
}

/// Reads a PORTRANGE statement.
pub fn read(view: &StmtView<'_>, cx: &mut Read<'_>) -> Typed {
    let entries = cx.entries(view, slot::ENTRY);
    Typed(entries.iter().filter_map(|entry| range(entry, cx)).collect())
}

fn range(entry: &Parts<'_>, cx: &Read<'_>) -> Option<Range> {
    let (number, count) = (entry.get(slot::FIRST_PORT)?, entry.get(slot::COUNT)?);
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
        self.list.iter().find(|range| range.tcp == tcp && range.first <= port && port <= range.last)
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
    if cx.phase == Phase::Obey && cx.config.portrange.list.iter().any(|known| same(known, range)) {
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
    let meets =
        |first: u16, last: u16, tcp: bool| tcp == range.tcp && first <= range.last && range.first <= last;
    if let Some(known) =
        cx.config.portrange.list.iter().find(|known| meets(known.first, known.last, known.tcp))
    {
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
    let taken: Vec<&super::port::Reservation> =
        cx.config.port.reservations.iter().filter(|known| meets(known.port, known.port, known.tcp)).collect();
    if let Some(first) = taken.first() {
        let mut ports: Vec<u16> = taken.iter().map(|known| known.port).collect();
        ports.dedup();
        let shown: Vec<String> = ports.iter().take(8).map(u16::to_string).collect();
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
    cx.config.portrange.list.push(range.clone());
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
