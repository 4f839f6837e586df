//! VIPADISTRIBUTE: a DVIPA served by many stacks (01 2.8).

use std::net::IpAddr;

use grammar::slot::vipadistribute as slot;
use grammar::tree::StmtView;
use serde::Serialize;

pub use super::distribution_read::{Distribution, Target, Targets, describe, method_word};
use super::distribution_read::{clustered, listing};
use super::dvipa::refused_loopback;
use super::ipconfig::Placed;
use super::undetermined::Missing;
use super::{distribution, distribution_merge, distribution_read, hot_standby, names};
use crate::apply::{Apply, Kind, Phase};
use crate::place::At;
use crate::read::Read;
use crate::report::Report;
use crate::rules::{distribute_delete_unknown, distribute_without_definition};
use crate::table::{Table, key};

/// So many DVIPAs a note shows.
const SHOWN: usize = 16;

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
    distribution: Distribution,
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
    Typed { delete, named, distribution: distribution_read::read(parts, at, cx) }
}

impl Typed {
    /// DEFINE adds ports and targets, DELETE takes them off; nothing is replaced as a whole (01 2.8).
    pub fn apply(&self, cx: &mut Apply<'_>) {
        let read = &self.distribution;
        let Some(named) = &self.named else { return };
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
        // Only a statement for the same DVIPA can have what is missed.
        let (operands, value): (&[&str], _) = match named {
            Named::Address(address) => (&["dvipa"], address.to_string()),
            Named::Interface(name) => (&["interface"], name.clone()),
        };
        let missing = Missing { operands, value };
        if self.delete {
            let plain = cx.config.vipadistribute.any_clustered(dvipa, false);
            if plain && !cx.config.vipadistribute.taken.iter().any(|(known, _)| *known == dvipa) {
                cx.config.vipadistribute.taken.push((dvipa, read.at));
            }
            if !distribution_merge::delete(&distribution, &mut cx.config.vipadistribute) {
                let mut report = Report::new(
                    &distribute_delete_unknown::RULE,
                    read.at,
                    format!("no distribution `{}` is there to delete", what()),
                )
                .note("DELETE names the DVIPA, and ports and targets that are distributed; a target of DESTIP ALL cannot go by itself");
                report.missing.push(missing);
                cx.reports.push(report);
                cx.change_because(read.at, Kind::Ignored, what(), "no such distribution");
            } else {
                cx.change(read.at, Kind::Removed, what());
            }
            return;
        }
        if let Some(why) = cx.facts.refused.cluster_ports.get(&dvipa).filter(|_| distribution.cluster_ports) {
            cx.change_because(read.at, Kind::Refused, what(), why);
            return;
        }
        let before = cx.reports.len();
        let hot = hot_standby::fits(&distribution, cx);
        let fits = hot && distribution::fits(&distribution, cx);
        for report in cx.reports.iter_mut().skip(before) {
            report.missing.push(missing.clone());
        }
        if !hot {
            cx.change_because(read.at, Kind::Refused, what(), "the hot-standby rules are broken");
        }
        if !fits {
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
        );
        let dvipas = &cx.config.dvipa.list;
        let here: Vec<String> = dvipas.iter().take(SHOWN).map(|dvipa| dvipa.address.to_string()).collect();
        if !here.is_empty() {
            let more = dvipas.len() - here.len();
            let rest = if more == 0 { String::new() } else { format!(" and {more} more") };
            report = report.note(format!("DVIPAs of this stack: {}{rest}", here.join(", ")));
        }
        report = report.note(
            "put a VIPADEFINE or VIPABACKUP for it before the VIPADISTRIBUTE, or take the VIPADISTRIBUTE out",
        );
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
