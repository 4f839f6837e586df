//! IPCONFIG6: options of IPv6 (01 5, 02 8.2).

use std::net::{IpAddr, Ipv6Addr};

use grammar::description::Slot;
use grammar::slot::ipconfig6 as slot;
use grammar::tree::StmtView;
use serde::Serialize;

use super::coded::{self, Coded};
use super::dvipa::{self, refused_ipv6};
use super::ipconfig::Placed;
use super::options;
use crate::apply::{Apply, Kind, Phase};
use crate::place::At;
use crate::read::Read;
use crate::report::Report;
use crate::rules::{temporary_address_life, xcf_changed};

/// DYNAMICXCF.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct DynamicXcf {
    /// The address.
    pub address: Ipv6Addr,
    /// Length of the prefix of a route to it.
    pub bits: Option<u8>,
    /// The address in the text.
    pub at: At,
}

/// The name of an interface with its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Named {
    /// In upper case.
    pub name: String,
    /// Where it stands.
    pub at: At,
}

/// An IPCONFIG6 statement: None where it says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    source_vipa: Option<Placed<bool>>,
    forward: Option<Placed<bool>>,
    ipsecurity: Option<Placed<bool>>,
    xcf: Option<Option<DynamicXcf>>,
    xcf_source: Option<String>,
    xcf_source_at: Option<At>,
    options: Coded,
    temporary: Option<Placed<bool>>,
    multipath: Option<Placed<bool>>,
    stack_source: Option<Option<Named>>,
    preferred: Option<Placed<u64>>,
    valid: Option<Placed<u64>>,
}

/// The options in effect.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Part {
    /// SOURCEVIPA.
    pub source_vipa: bool,
    /// DATAGRAMFWD, as coded.
    pub forward: Option<Placed<bool>>,
    /// IPSECURITY.
    pub ipsecurity: Option<Placed<bool>>,
    /// DYNAMICXCF.
    pub xcf: Option<DynamicXcf>,
    /// TCPSTACKSOURCEVIPA: an interface here.
    pub stack_source: Option<Named>,
    /// MULTIPATH, as coded.
    pub multipath: Option<Placed<bool>>,
    /// SOURCEVIPAINTERFACE of DYNAMICXCF.
    pub xcf_source: Option<String>,
    /// Its name in the text.
    #[serde(skip)]
    pub xcf_source_at: Option<At>,
    /// TEMPADDRS in the text, where it is in force.
    #[serde(skip)]
    pub temporary: Option<At>,
    /// The other options, as coded.
    pub options: Coded,
}

/// Keywords of the options that have fields of their own, and nothing behind them that these leave out.
const TYPED: &[Slot] = &[
    slot::SOURCEVIPA,
    slot::NOSOURCEVIPA,
    slot::IPSECURITY,
    slot::TCPSTACKSOURCEVIPA,
    slot::NOTCPSTACKSOURCEVIPA,
];

/// Reads an IPCONFIG6 statement.
pub fn read(view: &StmtView<'_>, cx: &mut Read<'_>) -> Typed {
    let parts = &view.parts;
    let mut typed = Typed {
        source_vipa: options::flag(parts, slot::SOURCEVIPA, slot::NOSOURCEVIPA, cx),
        forward: options::flag(parts, slot::DATAGRAMFWD, slot::NODATAGRAMFWD, cx),
        ipsecurity: options::word(parts, slot::IPSECURITY, cx),
        xcf_source: parts.get(slot::VIPA).map(|word| word.upper()),
        options: coded::read(view, TYPED),
        multipath: options::flag(parts, slot::MULTIPATH, slot::NOMULTIPATH, cx),
        xcf_source_at: parts.get(slot::VIPA).map(|word| cx.at(word.span)),
        temporary: options::flag(parts, slot::TEMPADDRS, slot::NOTEMPADDRS, cx),
        preferred: options::number(parts, slot::PREFERRED, cx),
        valid: options::number(parts, slot::VALID, cx),
        ..Typed::default()
    };
    if let Some(word) = parts.get(slot::XCF) {
        if let Some((IpAddr::V6(address), bits)) = dvipa::ipv6_with_bits(word.text()) {
            typed.xcf = Some(Some(DynamicXcf { address, bits, at: cx.at(word.span) }));
        }
    } else if parts.has(slot::NODYNAMICXCF) {
        typed.xcf = Some(None);
    }
    if let Some(word) = parts.get(slot::SOURCE) {
        typed.stack_source = Some(Some(Named { name: word.upper(), at: cx.at(word.span) }));
    } else if parts.has(slot::NOTCPSTACKSOURCEVIPA) {
        typed.stack_source = Some(None);
    }
    typed
}

impl Typed {
    /// Dynamic XCF stays as it is while the stack runs, as far as is known (IP-13).
    fn refused_xcf(&self, before: &Part, cx: &mut Apply<'_>) -> bool {
        let (Phase::Obey, Some(old), Some(new)) = (cx.phase, before.xcf, self.xcf) else { return false };
        let (what, at) = match new {
            Some(new) if (new.address, new.bits) == (old.address, old.bits) => return false,
            Some(new) => (format!("change dynamic XCF for IPv6 to {}", new.address), new.at),
            None => ("take dynamic XCF for IPv6 off".to_owned(), cx.at),
        };
        cx.reports.push(
            Report::new(
                &xcf_changed::RULE,
                at,
                format!("an OBEYFILE can hardly {what}: the stack runs with {}", old.address),
            )
            .related(old.at, "in force since here")
            .note("as far as is known the stack keeps what it has; change it in the profile and restart the stack"),
        );
        cx.change_because(at, Kind::Refused, "IPCONFIG6 DYNAMICXCF", "dynamic XCF is on and stays as it is");
        true
    }

    /// Options add up over statements; what is not named stays (02:GEN-14, GEN-15).
    pub fn apply(&self, cx: &mut Apply<'_>) {
        if let Some(Some(xcf)) = self.xcf
            && refused_ipv6(IpAddr::V6(xcf.address), xcf.at, "IPCONFIG6", cx)
        {
            cx.change_because(
                cx.at,
                Kind::Refused,
                "IPCONFIG6",
                "an IPv4 address in the form of an IPv6 one",
            );
            return;
        }
        if let (Some(preferred), Some(valid)) = (self.preferred, self.valid)
            && valid.value < preferred.value
        {
            cx.reports.push(
                Report::new(
                    &temporary_address_life::RULE,
                    valid.at,
                    format!(
                        "temporary addresses end after {} hours, before the {} hours for which they are preferred",
                        valid.value, preferred.value
                    ),
                )
                .note("VALIDLIFETIME is the longer of the two; left out, it is seven times PREFLIFETIME"),
            );
        }
        let before = cx.config.ipconfig6.clone();
        let kept = self.refused_xcf(&before, cx);
        let part = &mut cx.config.ipconfig6;
        part.source_vipa = self.source_vipa.map_or(part.source_vipa, |flag| flag.value);
        part.forward = self.forward.or(part.forward);
        part.ipsecurity = self.ipsecurity.or(part.ipsecurity);
        part.multipath = self.multipath.or(part.multipath);
        if let Some(xcf) = self.xcf.filter(|_| !kept) {
            part.xcf = xcf;
            part.xcf_source_at = self.xcf_source_at;
            part.xcf_source.clone_from(&self.xcf_source);
        }
        if let Some(temporary) = self.temporary {
            part.temporary = options::on(Some(temporary));
        }
        if let Some(source) = &self.stack_source {
            part.stack_source.clone_from(source);
        }
        let kept = if kept { &["DYNAMICXCF", "NODYNAMICXCF"][..] } else { &[] };
        part.options.take(&self.options.without(kept));
        let changed = options::differ(&before, part, cx.phase);
        options::taken(changed, "IPCONFIG6", cx);
    }
}
