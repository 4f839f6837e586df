//! IPCONFIG: the options that move the model or meet others; the rest is checked by the description (01 5, 02 8.1).

use std::net::{IpAddr, Ipv4Addr};

use grammar::description::Slot;
use grammar::slot::ipconfig as slot;
use grammar::tree::StmtView;
use grammar::values;
use serde::Serialize;

use super::coded::{self, Coded};
use super::options;
use crate::apply::{Apply, Kind, Phase};
use crate::place::At;
use crate::read::Read;
use crate::report::Report;
use crate::rules::{iqdio_routing_accelerator, xcf_changed};

/// A value with its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placed<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub at: At,
}

impl<T: Serialize> Serialize for Placed<T> {
    /// As the value alone.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(serializer)
    }
}

/// DYNAMICXCF.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct DynamicXcf {
    /// The address.
    pub address: Ipv4Addr,
    /// Length of its prefix.
    pub bits: u8,
    /// The address in the text.
    pub at: At,
}

/// An IPCONFIG statement: None where it says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    source_vipa: Option<bool>,
    source_vipa_at: Option<At>,
    short: Option<Placed<bool>>,
    sysplex_routing: Option<bool>,
    xcf: Option<Option<DynamicXcf>>,
    no_xcf_at: Option<At>,
    xcf_source: Option<String>,
    xcf_source_at: Option<At>,
    stack_source: Option<Option<Placed<Ipv4Addr>>>,
    forward: Option<Placed<bool>>,
    iqdio_routing: Option<Placed<bool>>,
    accelerator: Option<Placed<bool>>,
    ipsecurity: Option<Placed<bool>>,
    arp_seconds: Option<Placed<u32>>,
    multipath: Option<Placed<bool>>,
    options: Coded,
}

/// The options in effect.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Part {
    /// SOURCEVIPA.
    pub source_vipa: bool,
    /// SOURCEVIPA in the text.
    #[serde(skip)]
    pub source_vipa_at: Option<At>,
    /// FORMAT SHORT in the text.
    #[serde(skip)]
    pub short: Option<At>,
    /// SYSPLEXROUTING.
    pub sysplex_routing: bool,
    /// DYNAMICXCF.
    pub xcf: Option<DynamicXcf>,
    /// TCPSTACKSOURCEVIPA.
    pub stack_source: Option<Placed<Ipv4Addr>>,
    /// DATAGRAMFWD, as coded.
    pub forward: Option<Placed<bool>>,
    /// IQDIOROUTING, as coded.
    pub iqdio_routing: Option<Placed<bool>>,
    /// QDIOACCELERATOR, as coded.
    pub accelerator: Option<Placed<bool>>,
    /// The stack was started with IQDIOROUTING or QDIOACCELERATOR.
    #[serde(skip)]
    pub routed: bool,
    /// IPSECURITY.
    pub ipsecurity: Option<Placed<bool>>,
    /// ARPTO in seconds.
    pub arp_seconds: Option<Placed<u32>>,
    /// MULTIPATH, as coded.
    pub multipath: Option<Placed<bool>>,
    /// SOURCEVIPAINTERFACE of DYNAMICXCF.
    pub xcf_source: Option<String>,
    /// Its name in the text.
    #[serde(skip)]
    pub xcf_source_at: Option<At>,
    /// The other options, as coded.
    pub options: Coded,
}

/// Keywords of the options that have fields of their own, and nothing behind them that these leave out.
const TYPED: &[Slot] = &[
    slot::SOURCEVIPA,
    slot::NOSOURCEVIPA,
    slot::SYSPLEXROUTING,
    slot::NOSYSPLEXROUTING,
    slot::IPSECURITY,
    slot::ARPTO,
    slot::TCPSTACKSOURCEVIPA,
    slot::NOTCPSTACKSOURCEVIPA,
];

/// Reads an IPCONFIG statement.
pub fn read(view: &StmtView<'_>, cx: &mut Read<'_>) -> Typed {
    let parts = &view.parts;
    let switch = |on, off| match (parts.has(on), parts.has(off)) {
        (true, _) => Some(true),
        (false, true) => Some(false),
        (false, false) => None,
    };
    let mut typed = Typed {
        source_vipa: switch(slot::SOURCEVIPA, slot::NOSOURCEVIPA),
        source_vipa_at: parts.get(slot::SOURCEVIPA).map(|word| cx.at(word.span)),
        short: options::flag(parts, slot::SHORT, slot::LONG, cx),
        sysplex_routing: switch(slot::SYSPLEXROUTING, slot::NOSYSPLEXROUTING),
        forward: options::flag(parts, slot::DATAGRAMFWD, slot::NODATAGRAMFWD, cx),
        iqdio_routing: options::flag(parts, slot::IQDIOROUTING, slot::NOIQDIOROUTING, cx),
        accelerator: options::flag(parts, slot::QDIOACCELERATOR, slot::NOQDIOACCELERATOR, cx),
        ipsecurity: options::word(parts, slot::IPSECURITY, cx),
        arp_seconds: options::number(parts, slot::ARP_SECONDS, cx),
        multipath: options::flag(parts, slot::MULTIPATH, slot::NOMULTIPATH, cx),
        options: coded::read(view, TYPED),
        ..Typed::default()
    };
    if let (Some(word), Some(bits)) = (parts.get(slot::XCF), cx.mask(parts, slot::XCF_MASK)) {
        if let Some(IpAddr::V4(address)) = cx.ip(word) {
            typed.xcf = Some(Some(DynamicXcf { address, bits, at: cx.at(word.span) }));
        }
    } else if let Some(word) = parts.get(slot::XCF_NET) {
        if let Some((IpAddr::V4(address), bits)) = values::net(word.text()) {
            typed.xcf = Some(Some(DynamicXcf { address, bits, at: cx.at(word.span) }));
        }
    } else if parts.has(slot::NODYNAMICXCF) {
        typed.xcf = Some(None);
        typed.no_xcf_at = parts.get(slot::NODYNAMICXCF).map(|word| cx.at(word.span));
    }
    typed.xcf_source = parts.get(slot::VIPA).map(|word| word.upper());
    typed.xcf_source_at = parts.get(slot::VIPA).map(|word| cx.at(word.span));
    if let Some(word) = parts.get(slot::SOURCE) {
        typed.stack_source = word.ipv4().map(|value| Some(Placed { value, at: cx.at(word.span) }));
    } else if parts.has(slot::NOTCPSTACKSOURCEVIPA) {
        typed.stack_source = Some(None);
    }
    typed
}

impl Typed {
    /// Options add up over statements, the last one wins; what is not named stays (02:GEN-14, GEN-15).
    pub fn apply(&self, cx: &mut Apply<'_>) {
        let before = cx.config.ipconfig.clone();
        let routing = self.refused_routing(&before, cx);
        let xcf = self.refused_xcf(&before, cx);
        let part = &mut cx.config.ipconfig;
        part.source_vipa = self.source_vipa.unwrap_or(part.source_vipa);
        part.source_vipa_at = self.source_vipa_at.or(part.source_vipa_at);
        if let Some(short) = self.short {
            part.short = options::on(Some(short));
        }
        part.sysplex_routing = self.sysplex_routing.unwrap_or(part.sysplex_routing);
        part.stack_source = self.stack_source.unwrap_or(part.stack_source);
        if let Some(new) = self.xcf.filter(|_| !xcf) {
            part.xcf = new;
            part.xcf_source_at = self.xcf_source_at;
            part.xcf_source.clone_from(&self.xcf_source);
        }
        part.multipath = self.multipath.or(part.multipath);
        part.forward = self.forward.or(part.forward);
        part.iqdio_routing = self.iqdio_routing.filter(|_| !routing).or(part.iqdio_routing);
        part.accelerator = self.accelerator.or(part.accelerator);
        part.ipsecurity = self.ipsecurity.or(part.ipsecurity);
        part.arp_seconds = self.arp_seconds.or(part.arp_seconds);
        let routing = if routing { &["IQDIOROUTING"][..] } else { &[] };
        let xcf = if xcf { &["DYNAMICXCF", "NODYNAMICXCF"][..] } else { &[] };
        part.options.take(&self.options.without(routing).without(xcf));
        part.routed |= cx.phase == Phase::Initial
            && (options::on(part.iqdio_routing).is_some() || options::on(part.accelerator).is_some());
        let changed = options::differ(&before, part, cx.phase);
        options::taken(changed, "IPCONFIG", cx);
    }

    /// Dynamic XCF stays as it is while the stack runs, as far as is known (IP-13).
    fn refused_xcf(&self, before: &Part, cx: &mut Apply<'_>) -> bool {
        let (Phase::Obey, Some(old), Some(new)) = (cx.phase, before.xcf, self.xcf) else { return false };
        let (what, at) = match new {
            Some(new) if (new.address, new.bits) == (old.address, old.bits) => return false,
            Some(new) => (format!("change dynamic XCF to {}", new.address), new.at),
            None => ("take dynamic XCF off".to_owned(), self.no_xcf_at.unwrap_or(cx.at)),
        };
        cx.reports.push(
            Report::new(&xcf_changed::RULE, at, format!("an OBEYFILE can hardly {what}: the stack runs with {}", old.address))
                .related(old.at, "in force since here")
                .note("as far as is known the stack keeps what it has; no source could be read that says what it answers")
                .note("change it in the profile and restart the stack"),
        );
        cx.change_because(at, Kind::Refused, "IPCONFIG DYNAMICXCF", "dynamic XCF is on and stays as it is");
        true
    }

    /// IQDIOROUTING and QDIOACCELERATOR exclude each other, on a running stack too (IPC4-08, IPC4-10); a stack that was started with
    /// neither does not get IQDIOROUTING later (IPC4-09). True when the stack refuses it.
    fn refused_routing(&self, before: &Part, cx: &mut Apply<'_>) -> bool {
        let Some(at) = options::on(self.iqdio_routing) else { return false };
        let running = cx.phase == Phase::Obey && self.accelerator.is_none();
        let accelerator = if running { before.accelerator } else { self.accelerator };
        if let Some(other) = options::on(accelerator) {
            let mut report = Report::new(
                &iqdio_routing_accelerator::RULE,
                at,
                "IQDIOROUTING and QDIOACCELERATOR exclude each other",
            )
            .related(other, "QDIOACCELERATOR stands here");
            report = if running {
                report.note(
                    "the accelerator is active; write NOQDIOACCELERATOR before IQDIOROUTING in the same data set",
                )
            } else {
                report.note("QDIOACCELERATOR does what IQDIOROUTING does and more; keep that one")
            };
            cx.reports.push(report);
            if running {
                cx.say("EZZ0689I", at, "IQDIO routing cannot be enabled: the accelerator is active");
                refuse_routing(at, "the accelerator is active", cx);
            }
            return running;
        }
        if cx.phase == Phase::Initial || before.routed {
            return false;
        }
        cx.reports.push(
            Report::new(
                &iqdio_routing_accelerator::RULE,
                at,
                "IQDIOROUTING comes too late: the stack was started without it and without QDIOACCELERATOR",
            )
            .note("the stack refuses it until it is started again")
            .note("put it into the profile and restart the stack"),
        );
        cx.say("EZZ0689I", at, "IQDIO routing cannot be enabled: the stack was started without it");
        refuse_routing(at, "the stack was started with neither", cx);
        true
    }
}

fn refuse_routing(at: At, why: &str, cx: &mut Apply<'_>) {
    cx.change_because(at, Kind::Refused, "IPCONFIG IQDIOROUTING", why);
}
