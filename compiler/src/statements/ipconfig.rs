//! IPCONFIG: the options that move the model; the others are checked by the description (01 5).

use std::net::{IpAddr, Ipv4Addr};

use grammar::slot::ipconfig as slot;
use grammar::tree::StmtView;
use grammar::values;
use serde::Serialize;

use crate::apply::{Apply, Kind, Phase};
use crate::place::At;
use crate::read::Read;

/// A value with its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Placed<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub at: At,
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
    sysplex_routing: Option<bool>,
    xcf: Option<Option<DynamicXcf>>,
    stack_source: Option<Option<Placed<Ipv4Addr>>>,
}

/// The options in effect.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Part {
    /// SOURCEVIPA.
    pub source_vipa: bool,
    /// SYSPLEXROUTING.
    pub sysplex_routing: bool,
    /// DYNAMICXCF.
    pub xcf: Option<DynamicXcf>,
    /// TCPSTACKSOURCEVIPA.
    pub stack_source: Option<Placed<Ipv4Addr>>,
}

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
        sysplex_routing: switch(slot::SYSPLEXROUTING, slot::NOSYSPLEXROUTING),
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
    }
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
        let at = cx.at;
        let before = cx.config.ipconfig.clone();
        let part = &mut cx.config.ipconfig;
        part.source_vipa = self.source_vipa.unwrap_or(part.source_vipa);
        part.sysplex_routing = self.sysplex_routing.unwrap_or(part.sysplex_routing);
        part.stack_source = self.stack_source.unwrap_or(part.stack_source);
        if let Some(xcf) = self.xcf {
            part.xcf = xcf;
        }
        let changed = before.source_vipa != part.source_vipa
            || before.sysplex_routing != part.sysplex_routing
            || before.xcf.map(|xcf| xcf.address) != part.xcf.map(|xcf| xcf.address)
            || before.stack_source.map(|source| source.value) != part.stack_source.map(|source| source.value);
        let kind = match (changed, cx.phase) {
            (false, _) => Kind::Unchanged,
            (true, Phase::Initial) => Kind::Added,
            (true, Phase::Obey) => Kind::Replaced,
        };
        cx.change(at, kind, "IPCONFIG");
    }
}
