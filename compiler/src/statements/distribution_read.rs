//! A distribution as VIPADISTRIBUTE says it: its form, and how it is read (01 2.8).

use std::collections::BTreeSet;
use std::net::IpAddr;

use grammar::description::Slot;
use grammar::slot::vipadistribute as slot;
use grammar::tree::{Parts, Word};
use grammar::values;
use runtime_model::model::{Method, Standby};
use serde::Serialize;

use super::ipconfig::Placed;
use super::{ipconfig6, options};
use crate::limits::DISTRIBUTED_PORTS;
use crate::place::At;
use crate::read::Read;
use crate::table::{Keyed, key};

/// A target.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Target {
    /// Dynamic XCF address.
    pub xcf: IpAddr,
    /// WEIGHT.
    pub weight: Option<u16>,
    /// PREFERRED or BACKUP.
    pub standby: Option<Standby>,
    /// The address in the text.
    pub at: At,
    /// WEIGHT, PREFERRED or BACKUP in the text.
    #[serde(skip)]
    pub option_at: At,
}

/// DESTIP.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Targets {
    /// Every stack.
    All,
    /// These.
    List(Vec<Target>),
}

/// An option of a method behind the targets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Late {
    /// In the text.
    pub at: At,
    /// The keyword.
    pub word: &'static str,
    /// The method that knows it.
    pub method: Method,
}

/// A distribution of a DVIPA.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Distribution {
    /// The DVIPA.
    pub dvipa: IpAddr,
    /// Listed ports; empty: every port that a server binds to the DVIPA.
    pub ports: BTreeSet<u16>,
    /// Targets.
    pub targets: Targets,
    /// DISTMETHOD.
    pub method: Method,
    /// CLUSTERPORTS or SYSPLEXPORTS.
    pub cluster_ports: bool,
    /// TIMEDAFFINITY in seconds, 0 is off.
    pub affinity: u16,
    /// OPTLOCAL.
    pub optlocal: Option<u8>,
    /// HOTSTANDBY AUTOSWITCHBACK, the default.
    pub auto_switch_back: bool,
    /// HOTSTANDBY HEALTHSWITCH, the default.
    pub health_switch: bool,
    /// GRE or ENCAP: targets are not z/OS.
    pub foreign_targets: bool,
    /// TIER1 or TIER2.
    pub tier: Option<Placed<u8>>,
    /// PROCTYPE of BASEWLM: proportions of CP, zAAP and zIIP.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub processors: Option<[u8; 3]>,
    /// PROCXCOST of SERVERWLM: cost of zAAP and zIIP work on a general processor.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub crossing: Option<[u8; 2]>,
    /// ILWEIGHTING of SERVERWLM.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub importance: Option<u8>,
    /// EXTTARG, as coded.
    #[serde(skip_serializing_if = "is_false")]
    pub external: bool,
    /// PAUSE, as coded.
    #[serde(skip_serializing_if = "is_false")]
    pub pause: bool,
    /// Name behind TIER1 or TIER2.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tier_group: Option<ipconfig6::Named>,
    /// CONTROLPORT, as coded.
    pub control_port: Option<Placed<u16>>,
    /// The DVIPA in the text.
    pub at: At,
    /// ENCAP in the text.
    #[serde(serialize_with = "options::there", skip_serializing_if = "Option::is_none")]
    pub encap: Option<At>,
    /// SYSPLEXPORTS in the text.
    #[serde(skip)]
    pub sysplex_ports: Option<At>,
    /// The first word of the statement that only HOTSTANDBY knows, before its targets.
    #[serde(skip)]
    pub standby_word: Option<(At, &'static str)>,
    /// What belongs to a method and stands behind the targets, with the method.
    #[serde(skip)]
    pub late: Option<Late>,
    /// The method in the text, if one is coded.
    #[serde(skip)]
    pub method_at: Option<At>,
    /// DESTIP in the text.
    #[serde(skip)]
    pub targets_at: At,
    /// PORT in the text, or the DVIPA.
    #[serde(skip)]
    pub ports_at: At,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_false(flag: &bool) -> bool {
    !flag
}

impl Keyed for Distribution {
    fn keys(&self, add: &mut dyn FnMut(u64)) {
        add(key(self.dvipa));
        add(listing(self.dvipa, !self.ports.is_empty()));
        add(clustered(self.dvipa, self.cluster_ports));
        self.of_ports().for_each(add);
    }
}

/// The key of the distributions of a DVIPA that list ports, or that do not.
pub(super) fn listing(dvipa: IpAddr, ports: bool) -> u64 {
    key((dvipa, "ports", ports))
}

/// The key of the distributions of a DVIPA with ports of the cluster, or without.
pub(super) fn clustered(dvipa: IpAddr, cluster_ports: bool) -> u64 {
    key((dvipa, "cluster", cluster_ports))
}

impl Distribution {
    /// The keys by which it meets others: its ports, or that it lists none.
    pub(super) fn of_ports(&self) -> impl Iterator<Item = u64> {
        let none = self.ports.is_empty().then(|| listing(self.dvipa, false));
        self.ports.iter().map(|port| key((self.dvipa, *port))).chain(none)
    }
}

/// Reads what is distributed, for a DVIPA that [`super::vipadistribute`] finds by its name at `at`.
pub(super) fn read(parts: &Parts<'_>, at: At, cx: &mut Read<'_>) -> Distribution {
    let mut ports = BTreeSet::new();
    for word in parts.all(slot::PORTS) {
        if let Some((first, last)) = values::port_range(word.text()) {
            ports.extend((first..=last).take(DISTRIBUTED_PORTS.saturating_sub(ports.len())));
        }
    }
    let targets = if parts.has(slot::ALL) {
        Targets::All
    } else {
        Targets::List(parts.groups(slot::TARGET).filter_map(|group| target(&group, cx)).collect())
    };
    let place = |slot| parts.get(slot).map(|word| cx.at(word.span));
    let tier = [(slot::TIER1, 1), (slot::TIER2, 2)]
        .into_iter()
        .find_map(|(slot, value)| Some(Placed { value, at: place(slot)? }));
    let number = |slot| parts.get(slot).and_then(|word| word.number());
    Distribution {
        dvipa: IpAddr::V4(std::net::Ipv4Addr::UNSPECIFIED),
        ports,
        targets,
        method: method(parts),
        cluster_ports: parts.has(slot::CLUSTERPORTS) || parts.has(slot::SYSPLEXPORTS),
        affinity: number(slot::SECONDS).and_then(|value| u16::try_from(value).ok()).unwrap_or(0),
        optlocal: parts
            .has(slot::OPTLOCAL)
            .then(|| number(slot::OPTLOCAL_VALUE).and_then(|value| u8::try_from(value).ok()).unwrap_or(1)),
        auto_switch_back: !parts.has(slot::NOAUTOSWITCHBACK),
        health_switch: !parts.has(slot::NOHEALTHSWITCH),
        foreign_targets: parts.has(slot::GRE) || parts.has(slot::ENCAP),
        processors: parts.has(slot::PROCTYPE).then(|| {
            [(slot::CP_SHARE, 1), (slot::ZAAP_SHARE, 0), (slot::ZIIP_SHARE, 0)]
                .map(|(s, d)| share(parts, s, d))
        }),
        crossing: parts
            .has(slot::PROCXCOST)
            .then(|| [slot::ZAAP_SHARE, slot::ZIIP_SHARE].map(|s| share(parts, s, 0))),
        importance: parts.has(slot::ILWEIGHTING).then(|| share(parts, slot::IL_WEIGHT, 0)),
        external: parts.has(slot::EXTTARG),
        pause: parts.has(slot::PAUSE),
        tier,
        tier_group: parts
            .get(slot::TIER_1_GROUP)
            .or_else(|| parts.get(slot::TIER_2_GROUP))
            .map(|word| ipconfig6::Named { name: word.upper(), at: cx.at(word.span) }),
        control_port: options::number(parts, slot::CONTROL_PORT, cx),
        at,
        encap: place(slot::ENCAP),
        sysplex_ports: place(slot::SYSPLEXPORTS),
        standby_word: [
            (slot::AUTOSWITCHBACK, "AUTOSWITCHBACK"),
            (slot::NOAUTOSWITCHBACK, "NOAUTOSWITCHBACK"),
            (slot::HEALTHSWITCH, "HEALTHSWITCH"),
            (slot::NOHEALTHSWITCH, "NOHEALTHSWITCH"),
        ]
        .into_iter()
        .find_map(|(slot, word)| Some((place(slot)?, word))),
        late: late(parts, cx),
        method_at: method_word_at(parts).map(|word| cx.at(word.span)),
        targets_at: parts.get(slot::DESTIP).map_or(at, |word| cx.at(word.span)),
        ports_at: parts.get(slot::PORT).map_or(at, |word| cx.at(word.span)),
    }
}

/// The first option of a method behind DESTIP.
fn late(parts: &Parts<'_>, cx: &Read<'_>) -> Option<Late> {
    let behind = parts.get(slot::DESTIP)?.span.start;
    [
        (slot::PROCTYPE, "PROCTYPE", Method::BaseWlm),
        (slot::PROCXCOST, "PROCXCOST", Method::ServerWlm),
        (slot::ILWEIGHTING, "ILWEIGHTING", Method::ServerWlm),
    ]
    .into_iter()
    .filter_map(|(slot, word, method)| {
        let found = parts.all(slot).find(|found| found.span.start > behind)?;
        Some((found.span.start, Late { at: cx.at(found.span), word, method }))
    })
    .min_by_key(|(start, _)| *start)
    .map(|(_, late)| late)
}

/// A number of the method, or its default.
fn share(parts: &Parts<'_>, slot: Slot, default: u8) -> u8 {
    parts.get(slot).and_then(|word| word.number()).and_then(|n| u8::try_from(n).ok()).unwrap_or(default)
}

fn method_word_at<'s>(parts: &Parts<'s>) -> Option<Word<'s>> {
    [
        slot::BASEWLM,
        slot::ROUNDROBIN,
        slot::SERVERWLM,
        slot::WEIGHTEDACTIVE,
        slot::HOTSTANDBY,
        slot::TARGCONTROLLED,
    ]
    .into_iter()
    .find_map(|slot| parts.get(slot))
}

fn method(parts: &Parts<'_>) -> Method {
    [
        (slot::ROUNDROBIN, Method::RoundRobin),
        (slot::SERVERWLM, Method::ServerWlm),
        (slot::WEIGHTEDACTIVE, Method::WeightedActive),
        (slot::HOTSTANDBY, Method::HotStandby),
        (slot::TARGCONTROLLED, Method::TargControlled),
    ]
    .into_iter()
    .find(|(slot, _)| parts.has(*slot))
    .map_or(Method::BaseWlm, |(_, method)| method)
}

fn target(parts: &Parts<'_>, cx: &mut Read<'_>) -> Option<Target> {
    let word = parts.get(slot::XCF)?;
    let rank =
        || parts.get(slot::RANK).and_then(|word| word.number()).and_then(|rank| u8::try_from(rank).ok());
    let option =
        parts.get(slot::WEIGHT).or_else(|| parts.get(slot::PREFERRED)).or_else(|| parts.get(slot::BACKUP));
    Some(Target {
        xcf: cx.ip(word)?,
        weight: parts.has(slot::WEIGHT).then(|| {
            parts
                .get(slot::SHARE)
                .and_then(|word| word.number())
                .and_then(|share| u16::try_from(share).ok())
                .unwrap_or(10)
        }),
        standby: if parts.has(slot::PREFERRED) {
            Some(Standby::Preferred)
        } else {
            parts.has(slot::BACKUP).then(|| Standby::Backup(rank().unwrap_or(1)))
        },
        at: cx.at(word.span),
        option_at: cx.at(option.unwrap_or(word).span),
    })
}

/// The keyword of a method.
#[must_use]
pub fn method_word(method: Method) -> &'static str {
    match method {
        Method::BaseWlm => "BASEWLM",
        Method::RoundRobin => "ROUNDROBIN",
        Method::ServerWlm => "SERVERWLM",
        Method::WeightedActive => "WEIGHTEDACTIVE",
        Method::HotStandby => "HOTSTANDBY",
        Method::TargControlled => "TARGCONTROLLED",
    }
}

/// DVIPA and ports, as effects name them.
#[must_use]
pub fn describe(distribution: &Distribution) -> String {
    if distribution.ports.is_empty() {
        return format!("VIPADISTRIBUTE {}", distribution.dvipa);
    }
    let ports: Vec<String> = distribution.ports.iter().map(u16::to_string).collect();
    format!("VIPADISTRIBUTE {} PORT {}", distribution.dvipa, ports.join(" "))
}
