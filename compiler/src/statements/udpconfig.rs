//! UDPCONFIG: ports and queues of UDP (02 6).

use grammar::description::Slot;
use grammar::slot::udpconfig as slot;
use grammar::tree::StmtView;
use serde::Serialize;

use super::coded::{self, Coded};
use super::ipconfig::Placed;
use super::options;
use super::tcpconfig::{Ephemeral, take_ephemeral};
use crate::apply::Apply;
use crate::place::At;
use crate::read::Read;
use crate::report::Report;
use crate::rules::udp_queue_unlimited;

/// The options as coded; None is the default.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Part {
    /// EPHEMERALPORTS.
    pub ephemeral: Option<Ephemeral>,
    /// RESTRICTLOWPORTS.
    pub restrict_low_ports: Option<Placed<bool>>,
    /// UDPQUEUELIMIT.
    pub queue_limit: Option<Placed<bool>>,
    /// The other options, as coded.
    pub options: Coded,
    /// The last statement, for what none of them says.
    #[serde(skip)]
    pub at: Option<At>,
}

/// Keywords of the options that have fields of their own.
const TYPED: &[Slot] = &[
    slot::EPHEMERALPORTS,
    slot::RESTRICTLOWPORTS,
    slot::UNRESTRICTLOWPORTS,
    slot::UDPQUEUELIMIT,
    slot::NOUDPQUEUELIMIT,
];

/// A UDPCONFIG statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed(Part);

/// Reads a UDPCONFIG statement.
pub fn read(view: &StmtView<'_>, cx: &mut Read<'_>) -> Typed {
    let parts = &view.parts;
    let low: Option<Placed<u16>> = options::number(parts, slot::LOW_PORT, cx);
    let high: Option<Placed<u16>> = options::number(parts, slot::HIGH_PORT, cx);
    Typed(Part {
        ephemeral: low.zip(high).map(|(low, high)| Ephemeral {
            low: low.value,
            high: high.value,
            at: low.at,
        }),
        restrict_low_ports: options::flag(parts, slot::RESTRICTLOWPORTS, slot::UNRESTRICTLOWPORTS, cx),
        queue_limit: options::flag(parts, slot::UDPQUEUELIMIT, slot::NOUDPQUEUELIMIT, cx),
        options: coded::read(view, TYPED),
        at: Some(cx.at(view.stmt.name)),
    })
}

impl Typed {
    /// Options add up (GEN-14).
    pub fn apply(&self, cx: &mut Apply<'_>) {
        let before = cx.config.udpconfig.clone();
        let mut part = Part {
            ephemeral: take_ephemeral(self.0.ephemeral, before.ephemeral, "UDPCONFIG", cx),
            restrict_low_ports: self.0.restrict_low_ports.or(before.restrict_low_ports),
            queue_limit: self.0.queue_limit.or(before.queue_limit),
            options: before.options.clone(),
            at: before.at,
        };
        part.options.take(&self.0.options);
        if let Some(at) = options::off(self.0.queue_limit) {
            cx.reports.push(
                Report::new(
                    &udp_queue_unlimited::RULE,
                    at,
                    "NOUDPQUEUELIMIT lets datagrams pile up without end at a socket that nobody reads",
                )
                .note("with UDPQUEUELIMIT a socket holds 2000 of them at most")
                .note("an intrusion detection policy for the port has a limit of its own"),
            );
            cx.say("EZZ0336I", at, "no limit on the queue of incoming UDP datagrams");
        }
        if options::on(self.0.restrict_low_ports).is_some() {
            cx.say("EZZ0338I", cx.at, "UDP ports 1 to 1023 are reserved");
        }
        let changed = options::differ(&before, &part, cx.phase);
        part.at = self.0.at;
        cx.config.udpconfig = part;
        options::taken(changed, "UDPCONFIG", cx);
    }
}
