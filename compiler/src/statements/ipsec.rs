//! IPSEC: the filter rules that hold while no policy is there (02 15).

use std::net::IpAddr;

use grammar::description::Slot;
use grammar::slot::ipsec as slot;
use grammar::tree::{Parts, StmtView};
use grammar::values;
use serde::Serialize;

use crate::apply::{Apply, Kind, Phase};
use crate::place::At;
use crate::read::Read;
use crate::report::Report;
use crate::rules::{ipsec_range_reversed, ipsec_twice, start_only_parameter};

/// What rules look at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Part {
    /// The block.
    pub at: Option<At>,
    /// The first rule for IPv6.
    #[serde(skip)]
    pub first6: Option<At>,
    /// The first LOG of a rule.
    #[serde(skip)]
    pub first_log: Option<At>,
    /// LOGENABLE.
    pub log_enabled: bool,
    /// Its rules.
    #[serde(skip)]
    pub rules: usize,
}

/// An IPSEC block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    part: Part,
    tunnels: Option<At>,
    reversed: Vec<(String, At)>,
}

/// Reads an IPSEC block.
pub fn read(view: &StmtView<'_>, cx: &mut Read<'_>) -> Typed {
    let place = |parts: &Parts<'_>, slot: Slot| parts.get(slot).map(|word| cx.at(word.span));
    let mut part = Part {
        at: Some(cx.at(view.stmt.name)),
        log_enabled: view.parts.has(slot::LOGENABLE),
        ..Part::default()
    };
    let mut reversed = Vec::new();
    for rule in view.parts.groups(slot::RULE) {
        part.rules += 1;
        part.first6 = part.first6.or_else(|| place(&rule, slot::IPSEC6RULE));
        part.first_log = part.first_log.or_else(|| place(&rule, slot::LOG));
        for (first, last) in PORTS {
            if let (Some(low), Some(high)) = (rule.get(first), rule.get(last))
                && low.number() > high.number()
            {
                reversed.push((format!("ports {} to {}", low.text(), high.text()), cx.at(low.span)));
            }
        }
        for (first, last) in ADDRESSES {
            if let (Some(low), Some(high)) = (rule.get(first), rule.get(last))
                && values::ip(low.text())
                    .zip(values::ip(high.text()))
                    .is_some_and(|(low, high)| above(low, high))
            {
                reversed.push((format!("addresses {} to {}", low.text(), high.text()), cx.at(low.span)));
            }
        }
    }
    Typed { part, tunnels: place(&view.parts, slot::DVIPSEC), reversed }
}

const PORTS: [(Slot, Slot); 2] =
    [(slot::SOURCE_PORT, slot::SOURCE_PORT_LAST), (slot::DESTINATION_PORT, slot::DESTINATION_PORT_LAST)];

const ADDRESSES: [(Slot, Slot); 4] = [
    (slot::SOURCE_ADDRESS, slot::SOURCE_LAST),
    (slot::DESTINATION_ADDRESS, slot::DESTINATION_LAST),
    (slot::SOURCE_ADDRESS6, slot::SOURCE_LAST6),
    (slot::DESTINATION_ADDRESS6, slot::DESTINATION_LAST6),
];

fn above(low: IpAddr, high: IpAddr) -> bool {
    low.is_ipv4() == high.is_ipv4() && low > high
}

impl Typed {
    /// A block with a mistake is there all the same; what the stack drops of it no source says.
    pub fn dropped(&self, cx: &mut Apply<'_>) {
        cx.config.ipsec.at = cx.config.ipsec.at.or(self.part.at);
    }

    /// The first block of a data set counts (IPSC-01).
    pub fn apply(&self, cx: &mut Apply<'_>) {
        if cx.nth > 0 {
            let rules = self.part.rules;
            let mut report = Report::new(
                &ipsec_twice::RULE,
                cx.at,
                "a second IPSEC in this data set is ignored".to_owned(),
            )
            .note(format!("its {rules} rules are lost; what only they permit is denied"))
            .note("put all rules into one block");
            if let Some(first) = cx.config.ipsec.at {
                report = report.related(first, "the first block, which counts");
            }
            cx.reports.push(report);
            cx.say("EZZ0757I", cx.at, "IPSEC was already specified; this one is ignored");
            cx.change_because(cx.at, Kind::Ignored, "IPSEC", "the data set has an IPSEC already");
            return;
        }
        if let Some(at) = self.tunnels.filter(|_| cx.phase == Phase::Obey) {
            cx.reports.push(
                Report::new(
                    &start_only_parameter::RULE,
                    at,
                    "DVIPSEC is for the initial profile; a running stack does not take it from an OBEYFILE",
                )
                .note("stop the stack, put DVIPSEC into its profile, and start it again"),
            );
            cx.change_because(at, Kind::Refused, "IPSEC DVIPSEC", "the stack runs already");
        }
        for (what, at) in &self.reversed {
            cx.reports.push(
                Report::new(
                    &ipsec_range_reversed::RULE,
                    *at,
                    format!("{what} of this filter rule end before they begin"),
                )
                .note("nothing is in such a range, so the rule permits nothing")
                .note("write the lower value first"),
            );
        }
        let kind = if cx.config.ipsec.at.is_some() { Kind::Replaced } else { Kind::Added };
        cx.config.ipsec = self.part;
        cx.change(cx.at, kind, "IPSEC");
    }
}
