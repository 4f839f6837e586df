//! VIPADISTRIBUTE: a DVIPA served by many stacks (01 2.8).

use std::collections::BTreeSet;
use std::net::IpAddr;

use grammar::description::Slot;
use grammar::slot::vipadistribute as slot;
use grammar::tree::{Parts, StmtView, Word};
use grammar::values;
use runtime_model::model::{Method, Standby};
use serde::Serialize;

use super::dvipa::refused_loopback;
use super::ipconfig::Placed;
use super::options;
use super::{distribution, distribution_merge, hot_standby, ipconfig6, names};
use crate::apply::{Apply, Kind, Phase};
use crate::limits::DISTRIBUTED_PORTS;
use crate::place::At;
use crate::read::Read;
use crate::report::Report;
use crate::rules::{distribute_delete_unknown, distribute_without_definition};
use crate::table::{Keyed, Table, key};

/// So many DVIPAs a note shows.
const SHOWN: usize = 16;

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

/// Names the DVIPA: by address, or by interface for IPv6.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Named {
    Address(IpAddr),
    Interface(String),
}

/// A VIPADISTRIBUTE statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    delete: bool,
    named: Option<Named>,
    distribution: Option<Distribution>,
}

/// The distributions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Part {
    /// In order.
    pub list: Table<Distribution>,
    /// The first distribution with each value of CONTROLPORT, in order.
    #[serde(skip)]
    control: Vec<(Placed<u16>, IpAddr)>,
    /// DVIPAs that this data set has found distributed without SYSPLEXPORTS and has taken a distribution from, with the place.
    #[serde(skip)]
    pub taken: Vec<(IpAddr, At)>,
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
fn listing(dvipa: IpAddr, ports: bool) -> u64 {
    key((dvipa, "ports", ports))
}

/// The key of the distributions of a DVIPA with ports of the cluster, or without.
fn clustered(dvipa: IpAddr, cluster_ports: bool) -> u64 {
    key((dvipa, "cluster", cluster_ports))
}

impl Distribution {
    /// The keys by which it meets others: its ports, or that it lists none.
    fn of_ports(&self) -> impl Iterator<Item = u64> {
        let none = self.ports.is_empty().then(|| listing(self.dvipa, false));
        self.ports.iter().map(|port| key((self.dvipa, *port))).chain(none)
    }
}

impl Part {
    /// The distributions of a DVIPA, in order.
    pub fn of(&self, dvipa: IpAddr) -> impl Iterator<Item = &Distribution> + Clone {
        self.list.with(key(dvipa)).filter(move |distribution| distribution.dvipa == dvipa)
    }

    /// Those that may have a port in common with one, or list none as it does, in order.
    pub fn near(&self, one: &Distribution) -> impl Iterator<Item = &Distribution> {
        self.list.with_any(one.of_ports())
    }

    /// The first distribution of a DVIPA that lists ports, or that does not.
    #[must_use]
    pub fn first_listing(&self, dvipa: IpAddr, ports: bool) -> Option<&Distribution> {
        let meant = |known: &&Distribution| known.dvipa == dvipa && known.ports.is_empty() != ports;
        self.list.find(listing(dvipa, ports), meant)
    }

    /// Whether a DVIPA has a distribution with ports of the cluster, or one without.
    #[must_use]
    pub fn any_clustered(&self, dvipa: IpAddr, cluster_ports: bool) -> bool {
        let meant = |known: &&Distribution| known.dvipa == dvipa && known.cluster_ports == cluster_ports;
        self.list.find(clustered(dvipa, cluster_ports), meant).is_some()
    }

    /// An earlier CONTROLPORT with another value, and its DVIPA.
    #[must_use]
    pub fn other_control(&self, port: Placed<u16>) -> Option<(Placed<u16>, IpAddr)> {
        self.control.iter().find(|(known, _)| known.value != port.value).copied()
    }

    /// Adds a distribution.
    pub fn add(&mut self, distribution: Distribution) {
        self.note_control(&distribution);
        self.list.push(distribution);
    }

    fn note_control(&mut self, distribution: &Distribution) {
        // Two values are enough to know of any third one what it differs from.
        let new = |port: &Placed<u16>| {
            self.control.len() < 2 && self.control.iter().all(|(known, _)| known.value != port.value)
        };
        if let Some(port) = distribution.control_port.filter(new) {
            self.control.push((port, distribution.dvipa));
        }
    }

    /// Takes all distributions of a DVIPA off and gives them back.
    pub fn take_off(&mut self, dvipa: IpAddr) -> Vec<Distribution> {
        let gone = self.list.take_all(key(dvipa), |known| known.dvipa == dvipa);
        self.without_control(gone)
    }

    /// Takes those off of which [`Self::near`] tells and that a condition holds for, and gives them back.
    pub fn take_near(
        &mut self,
        one: &Distribution,
        meant: impl FnMut(&Distribution) -> bool,
    ) -> Vec<Distribution> {
        let gone = self.list.take_any(one.of_ports(), meant);
        self.without_control(gone)
    }

    fn without_control(&mut self, gone: Vec<Distribution>) -> Vec<Distribution> {
        if gone.iter().any(|distribution| distribution.control_port.is_some()) {
            self.control.clear();
            let list = std::mem::take(&mut self.list);
            list.iter().for_each(|distribution| self.note_control(distribution));
            self.list = list;
        }
        gone
    }
}

/// Reads a VIPADISTRIBUTE statement.
pub fn read(view: &StmtView<'_>, cx: &mut Read<'_>) -> Typed {
    let parts = &view.parts;
    let delete = parts.has(slot::DELETE);
    let (named, at) = match (parts.get(slot::DVIPA), parts.get(slot::INTERFACE)) {
        (Some(word), _) => (cx.ip(word).map(Named::Address), cx.at(word.span)),
        (None, Some(word)) => (Some(Named::Interface(word.upper())), cx.at(word.span)),
        (None, None) => (None, cx.at(view.stmt.name)),
    };
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
    let distribution = Distribution {
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
        method_at: method_word_at(parts).map(|word| cx.at(word.span)),
        targets_at: parts.get(slot::DESTIP).map_or(at, |word| cx.at(word.span)),
        ports_at: parts.get(slot::PORT).map_or(at, |word| cx.at(word.span)),
    };
    Typed { delete, named, distribution: Some(distribution) }
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

impl Typed {
    /// DEFINE adds ports and targets, DELETE takes them off; nothing is replaced as a whole (01 2.8).
    pub fn apply(&self, cx: &mut Apply<'_>) {
        let (Some(named), Some(read)) = (&self.named, &self.distribution) else { return };
        if let Named::Address(address) = named
            && refused_loopback(*address, read.at, cx)
        {
            cx.change_because(
                read.at,
                Kind::Refused,
                format!("VIPADISTRIBUTE {address}"),
                "the loopback address",
            );
            return;
        }
        let Some(dvipa) = self.dvipa(named, read.at, cx) else { return };
        let distribution = Distribution { dvipa, ..read.clone() };
        let what = || describe(&distribution);
        if self.delete {
            let plain = cx.config.vipadistribute.any_clustered(dvipa, false);
            if plain && !cx.config.vipadistribute.taken.iter().any(|(known, _)| *known == dvipa) {
                cx.config.vipadistribute.taken.push((dvipa, read.at));
            }
            if !distribution_merge::delete(&distribution, &mut cx.config.vipadistribute) {
                cx.reports.push(
                    Report::new(
                        &distribute_delete_unknown::RULE,
                        read.at,
                        format!("no distribution `{}` is there to delete", what()),
                    )
                    .note("DELETE names the DVIPA, and ports and targets that are distributed; a target of DESTIP ALL cannot go by itself"),
                );
                cx.change_because(read.at, Kind::Ignored, what(), "no such distribution");
            } else {
                cx.change(read.at, Kind::Removed, what());
            }
            return;
        }
        if !hot_standby::fits(&distribution, cx) {
            cx.change_because(read.at, Kind::Refused, what(), "the hot-standby rules are broken");
            return;
        }
        if !distribution::fits(&distribution, cx) {
            return;
        }
        if cx.phase == Phase::Initial {
            distribution::other_method(&distribution, cx);
        }
        let kind = distribution_merge::define(&distribution, &mut cx.config.vipadistribute);
        if kind == Kind::Added {
            cx.added(read.at, what);
        } else {
            cx.change(read.at, kind, what());
        }
    }

    /// The DVIPA, which must be defined or backed up on this stack (VI-01).
    fn dvipa(&self, named: &Named, at: At, cx: &mut Apply<'_>) -> Option<IpAddr> {
        let found = match named {
            Named::Address(address) => cx.config.dvipa.of(*address),
            Named::Interface(name) => cx.config.dvipa.named(name),
        };
        if let Some(dvipa) = found {
            return Some(dvipa.address);
        }
        let name = match named {
            Named::Address(address) => address.to_string(),
            Named::Interface(name) => name.clone(),
        };
        if names::may_be_dvipa(cx.config, &name) {
            // By an interface its address is not known.
            return match named {
                Named::Address(address) => Some(*address),
                Named::Interface(_) => None,
            };
        }
        let mut report = Report::new(
            &distribute_without_definition::RULE,
            at,
            format!("{name} is distributed here, but this stack neither defines nor backs it up"),
        )
        .note(
            "put a VIPADEFINE or VIPABACKUP for it before the VIPADISTRIBUTE, or take the VIPADISTRIBUTE out",
        );
        let dvipas = &cx.config.dvipa.list;
        let here: Vec<String> = dvipas.iter().take(SHOWN).map(|dvipa| dvipa.address.to_string()).collect();
        if !here.is_empty() {
            let more = dvipas.len() - here.len();
            let rest = if more == 0 { String::new() } else { format!(" and {more} more") };
            report = report.note(format!("DVIPAs of this stack: {}{rest}", here.join(", ")));
        }
        cx.reports.push(report);
        cx.change_because(
            at,
            Kind::Refused,
            format!("VIPADISTRIBUTE {name}"),
            "neither defined nor backed up here",
        );
        None
    }
}

/// At the end of a data set: what it has taken off counts no more.
pub fn end(cx: &mut Apply<'_>) {
    cx.config.vipadistribute.taken.clear();
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
