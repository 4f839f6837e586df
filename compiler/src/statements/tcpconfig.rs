//! TCPCONFIG: the options that ports, acknowledgements and AT-TLS hang on (02 5).

use grammar::description::Slot;
use grammar::slot::tcpconfig as slot;
use grammar::tree::{Parts, StmtView};
use grammar::values;
use serde::Serialize;

use super::coded::{self, Coded};
use super::ipconfig::Placed;
use super::options;
use crate::apply::{Apply, Kind};
use crate::place::At;
use crate::read::Read;
use crate::report::Report;
use crate::rules::{ephemeral_ports_reversed, tcp_buffer_over_maximum};

/// Ports that the stack chooses from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Ephemeral {
    /// First port.
    pub low: u16,
    /// Last port.
    pub high: u16,
    /// The first port in the text.
    pub at: At,
}

/// The options as coded; None is the default.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Part {
    /// EPHEMERALPORTS.
    pub ephemeral: Option<Ephemeral>,
    /// TTLS.
    pub ttls: Option<Placed<bool>>,
    /// RESTRICTLOWPORTS.
    pub restrict_low_ports: Option<Placed<bool>>,
    /// DELAYACKS; false is NODELAYACKS.
    pub delay_acks: Option<Placed<bool>>,
    /// AUTODELAYACKS.
    pub auto_delay_acks: bool,
    /// TCPRCVBUFRSIZE in bytes.
    pub receive: Option<Placed<u64>>,
    /// TCPMAXRCVBUFRSIZE in bytes.
    pub most_receive: Option<Placed<u64>>,
    /// The other options, as coded.
    pub options: Coded,
    /// The last statement, for what none of them says.
    #[serde(skip)]
    pub at: Option<At>,
}

/// Default of TCPRCVBUFRSIZE.
pub const RECEIVE: u64 = 65_536;
/// Default of TCPMAXRCVBUFRSIZE.
pub const MOST_RECEIVE: u64 = 262_144;

/// Keywords of the options that have fields of their own.
const TYPED: &[Slot] = &[
    slot::EPHEMERALPORTS,
    slot::TTLS,
    slot::NOTTLS,
    slot::RESTRICTLOWPORTS,
    slot::UNRESTRICTLOWPORTS,
    slot::DELAYACKS,
    slot::NODELAYACKS,
    slot::AUTODELAYACKS,
    slot::TCPRCVBUFRSIZE,
    slot::TCPMAXRCVBUFRSIZE,
];

/// A TCPCONFIG statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed(Part);

/// Reads a TCPCONFIG statement.
pub fn read(view: &StmtView<'_>, cx: &mut Read<'_>) -> Typed {
    let parts = &view.parts;
    let size = |slot| {
        let word = parts.all(slot).last()?;
        Some(Placed { value: values::size(word.text())?, at: cx.at(word.span) })
    };
    Typed(Part {
        ephemeral: ephemeral(parts, cx),
        ttls: options::flag(parts, slot::TTLS, slot::NOTTLS, cx),
        restrict_low_ports: options::flag(parts, slot::RESTRICTLOWPORTS, slot::UNRESTRICTLOWPORTS, cx),
        delay_acks: options::flag(parts, slot::DELAYACKS, slot::NODELAYACKS, cx),
        auto_delay_acks: parts.has(slot::AUTODELAYACKS),
        receive: size(slot::RECEIVE),
        most_receive: size(slot::MOST_RECEIVE),
        options: coded::read(view, TYPED),
        at: Some(cx.at(view.stmt.name)),
    })
}

fn ephemeral(parts: &Parts<'_>, cx: &Read<'_>) -> Option<Ephemeral> {
    let low: Placed<u16> = options::number(parts, slot::LOW_PORT, cx)?;
    let high: Placed<u16> = options::number(parts, slot::HIGH_PORT, cx)?;
    Some(Ephemeral { low: low.value, high: high.value, at: low.at })
}

/// Takes EPHEMERALPORTS unless its first port comes after its last (TCPC-02, UDPC-01).
pub fn take_ephemeral(
    new: Option<Ephemeral>,
    known: Option<Ephemeral>,
    statement: &str,
    cx: &mut Apply<'_>,
) -> Option<Ephemeral> {
    let Some(ports) = new else { return known };
    if ports.low <= ports.high {
        return new;
    }
    cx.reports.push(
        Report::new(
            &ephemeral_ports_reversed::RULE,
            ports.at,
            format!("EPHEMERALPORTS {} {} of {statement} begins behind its end", ports.low, ports.high),
        )
        .note(format!("the lower port comes first: EPHEMERALPORTS {} {}", ports.high, ports.low)),
    );
    cx.change_because(
        ports.at,
        Kind::Refused,
        format!("{statement} EPHEMERALPORTS {} {}", ports.low, ports.high),
        "the first port is higher than the last",
    );
    known
}

impl Typed {
    /// Options add up (GEN-14); a receive size and its maximum have to agree (TCPC-03).
    pub fn apply(&self, cx: &mut Apply<'_>) {
        let before = cx.config.tcpconfig.clone();
        let mut part = before.clone();
        part.ephemeral = take_ephemeral(self.0.ephemeral, before.ephemeral, "TCPCONFIG", cx);
        part.ttls = self.0.ttls.or(part.ttls);
        part.restrict_low_ports = self.0.restrict_low_ports.or(part.restrict_low_ports);
        if self.0.delay_acks.is_some() || self.0.auto_delay_acks {
            part.delay_acks = self.0.delay_acks;
            part.auto_delay_acks = self.0.auto_delay_acks && self.0.delay_acks.is_none();
        }
        self.buffers(&mut part, cx);
        part.options.take(&self.0.options);
        let changed = options::differ(&before, &part, cx.phase);
        part.at = self.0.at;
        cx.config.tcpconfig = part;
        options::taken(changed, "TCPCONFIG", cx);
    }

    fn buffers(&self, part: &mut Part, cx: &mut Apply<'_>) {
        let receive = self.0.receive.or(part.receive);
        let most = self.0.most_receive.or(part.most_receive);
        let value = receive.map_or(RECEIVE, |receive| receive.value);
        let limit = most.map_or(MOST_RECEIVE, |most| most.value);
        if value <= limit {
            part.receive = receive;
            part.most_receive = most;
            return;
        }
        let size = |word: &str, value: u64| format!("TCPCONFIG {word} {value}");
        let (at, refused, message) = match (self.0.receive, self.0.most_receive) {
            (Some(coded), _) => (
                coded.at,
                size("TCPRCVBUFRSIZE", value),
                format!(
                    "TCPRCVBUFRSIZE of {value} bytes is more than TCPMAXRCVBUFRSIZE allows, {limit} bytes"
                ),
            ),
            (None, Some(coded)) => (
                coded.at,
                size("TCPMAXRCVBUFRSIZE", limit),
                format!("TCPMAXRCVBUFRSIZE of {limit} bytes is less than TCPRCVBUFRSIZE, {value} bytes"),
            ),
            (None, None) => return,
        };
        cx.reports.push(
            Report::new(&tcp_buffer_over_maximum::RULE, at, message)
                .note("the value is ignored and the one in force stays")
                .note("raise TCPMAXRCVBUFRSIZE, or lower TCPRCVBUFRSIZE"),
        );
        cx.say("EZZ0616I", at, "receive buffer and its maximum do not agree; the value is ignored");
        const WHY: &str = "a buffer is no larger than the maximum; the value in force stays";
        cx.change_because(at, Kind::Refused, refused, WHY);
        if self.0.receive.is_none() {
            part.receive = receive;
        } else if limit >= part.receive.map_or(RECEIVE, |receive| receive.value) {
            part.most_receive = most;
        } else if let Some(coded) = self.0.most_receive {
            cx.change_because(coded.at, Kind::Refused, size("TCPMAXRCVBUFRSIZE", limit), WHY);
        }
    }
}
