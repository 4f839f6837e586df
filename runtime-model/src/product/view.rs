//! What displays show of DVIPAs on a stack (04 1.6). Plain data for reports; everything here only reads.

use std::net::IpAddr;

use ipnet::IpNet;
use serde::Serialize;

use super::Membership;
use crate::cluster::Cluster;
use crate::ids::{AddrId, JobId, StackId};
use crate::model::{DvipaOrigin, Moveable};
use crate::stack::{Dvipa, RangeOrigin};

/// Status of a DVIPA as displays number it (04 1.6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DvipaStatus {
    /// 2: owner, or a target's instance in use.
    Active,
    /// 3: in the chain, not owner.
    Backup,
    /// 4: given away, connections are left.
    Moving,
    /// 5: deactivated or deleted, connections are left.
    Quiescing,
    /// 6: by DEACTIVATE.
    Deactivated,
    /// 7: by DEACTIVATE, and then the stack left its group by command.
    DeactivatedLeft,
    /// 8: by DEACTIVATE, and then the monitor took the stack out.
    DeactivatedAutonomics,
    /// 9: saved; the stack left by command.
    InactivatedLeft,
    /// 10: saved; the monitor took the stack out.
    InactivatedAutonomics,
}

impl DvipaStatus {
    /// Word of `expect view`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Backup => "backup",
            Self::Moving => "moving",
            Self::Quiescing => "quiescing",
            Self::Deactivated => "deactivated",
            Self::DeactivatedLeft => "deactivated-left",
            Self::DeactivatedAutonomics => "deactivated-autonomics",
            Self::InactivatedLeft => "inactivated-left",
            Self::InactivatedAutonomics => "inactivated-autonomics",
        }
    }
}

/// How a DVIPA came to a stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// VIPABACKUP.
    Vipabackup,
    /// VIPADEFINE.
    Vipadefine,
    /// VIPARANGE, by bind.
    ViparangeBind,
    /// VIPARANGE, by ioctl.
    ViparangeIoctl,
    /// VIPADISTRIBUTE on another stack.
    Target,
}

impl Origin {
    /// Word of `expect view`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Vipabackup => "vipabackup",
            Self::Vipadefine => "vipadefine",
            Self::ViparangeBind => "viparange-bind",
            Self::ViparangeIoctl => "viparange-ioctl",
            Self::Target => "origin-target",
        }
    }
}

/// Part of a stack in the distribution of a DVIPA.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Distribution {
    /// None.
    Neither,
    /// It distributes.
    Distributor,
    /// It is a target.
    Target,
    /// Both.
    Both,
}

impl Distribution {
    /// Word of `expect view`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Neither => "undistributed",
            Self::Distributor => "distributor",
            Self::Target => "target",
            Self::Both => "both",
        }
    }
}

/// MOVEABLE as displays show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum MoveableView {
    /// A backup without MOVEABLE, or a target.
    None,
    /// IMMEDIATE.
    Immediate,
    /// WHENIDLE.
    WhenIdle,
    /// NONDISRUPTIVE.
    NonDisruptive,
    /// DISRUPTIVE.
    Disruptive,
}

impl MoveableView {
    /// Word of `expect view`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::None => "no-moveable",
            Self::Immediate => "immediate",
            Self::WhenIdle => "whenidle",
            Self::NonDisruptive => "nondisruptive",
            Self::Disruptive => "disruptive",
        }
    }
}

/// A DVIPA on a stack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DvipaView {
    /// The address.
    pub address: IpAddr,
    /// Status.
    pub status: DvipaStatus,
    /// Origin.
    pub origin: Origin,
    /// 255 for VIPADEFINE, 1 to 254 for VIPABACKUP, none otherwise.
    pub rank: Option<u8>,
    /// Mask or prefix; none for a backup without one.
    pub subnet: Option<IpNet>,
    /// MOVEABLE.
    pub moveable: MoveableView,
    /// Its part in the distribution.
    pub distribution: Distribution,
    /// The job that made it by bind.
    pub job: Option<JobId>,
    /// Connections at the address on this stack.
    pub connections: usize,
    /// CPCSCOPE.
    pub cpc_scope: bool,
}

impl DvipaView {
    /// The words of `expect view`: status, origin, rank, MOVEABLE, distribution.
    #[must_use]
    pub fn words(&self) -> Vec<String> {
        let rank = self.rank.map_or_else(|| "no-rank".to_owned(), |rank| format!("rank-{rank}"));
        let words =
            [self.status.word(), self.origin.word(), &rank, self.moveable.word(), self.distribution.word()];
        words.into_iter().map(str::to_owned).collect()
    }
}

/// Displays.
impl Cluster {
    /// Where a stack stands to its group; none in a founding cluster.
    #[must_use]
    pub fn membership(&self, stack: StackId) -> Option<Membership> {
        self.stack(stack)?.product.as_ref().map(|p| p.membership)
    }

    /// Every DVIPA that a stack holds or keeps saved, in the order of addresses.
    #[must_use]
    pub fn dvipa_views(&self, stack: StackId) -> Vec<DvipaView> {
        let Some(s) = self.stack(stack) else { return Vec::new() };
        let held = s.dvipas.keys().map(|a| self.address(*a));
        let mut all: Vec<IpAddr> = held.chain(s.config.dvipas.iter().map(|d| d.address)).collect();
        all.sort_unstable();
        all.dedup();
        all.into_iter().filter_map(|address| self.dvipa_view(stack, address)).collect()
    }

    /// One DVIPA on a stack; none where the stack has nothing to do with it.
    #[must_use]
    pub fn dvipa_view(&self, stack: StackId, dvipa: IpAddr) -> Option<DvipaView> {
        let s = self.stack(stack).filter(|s| s.up)?;
        let id = self.find_address(dvipa)?;
        let model = s.statement(dvipa);
        let rejected = s.product.as_ref().is_some_and(|p| p.rejected.contains(&id));
        let model = model.filter(|_| !rejected);
        let held = s.dvipas.get(&id);
        let status = match held {
            Some(d) => status_of(d)?,
            None => self.saved_status(stack, id, model.is_some())?,
        };
        let range = held.and_then(|d| d.range);
        let (origin, rank) = match (range, model.map(|m| m.origin)) {
            (Some(RangeOrigin::Ioctl), _) => (Origin::ViparangeIoctl, None),
            (Some(RangeOrigin::Bind | RangeOrigin::Connect), _) => (Origin::ViparangeBind, None),
            (None, Some(DvipaOrigin::Define)) => (Origin::Vipadefine, Some(u8::MAX)),
            (None, Some(DvipaOrigin::Backup(rank))) => (Origin::Vipabackup, Some(rank)),
            (None, None) => (Origin::Target, None),
        };
        let subnet = match range {
            Some(_) => s.range(dvipa).map(|r| r.subnet),
            None => model.and_then(|m| m.subnet),
        };
        let moveable = match (range, held, model.and_then(|m| m.moveable)) {
            (Some(_), Some(d), _) if d.non_disruptive => MoveableView::NonDisruptive,
            (Some(_), ..) => MoveableView::Disruptive,
            (None, _, Some(Moveable::Immediate)) => MoveableView::Immediate,
            (None, _, Some(Moveable::WhenIdle)) => MoveableView::WhenIdle,
            (None, _, None) => MoveableView::None,
        };
        Some(DvipaView {
            address: dvipa,
            status,
            origin,
            rank,
            subnet,
            moveable,
            distribution: self.distribution_of(stack, id),
            job: s
                .product
                .as_ref()
                .and_then(|p| p.creators.get(&id))
                .and_then(|handle| self.socket(*handle))
                .map(|socket| socket.job),
            connections: self.connection_count(stack, id),
            cpc_scope: model.is_some_and(|m| m.cpc_scope),
        })
    }

    /// Status of a definition that is kept while the stack is outside its group.
    fn saved_status(&self, stack: StackId, id: AddrId, configured: bool) -> Option<DvipaStatus> {
        let p = self.stack(stack).filter(|s| !s.joined && configured)?.product.as_ref()?;
        let deactivated = p.deactivated.contains(&id);
        match (p.membership, deactivated) {
            (Membership::LeftAutonomics, true) => Some(DvipaStatus::DeactivatedAutonomics),
            (Membership::LeftAutonomics, false) => Some(DvipaStatus::InactivatedAutonomics),
            (Membership::LeftByCommand, true) => Some(DvipaStatus::DeactivatedLeft),
            (Membership::LeftByCommand, false) => Some(DvipaStatus::InactivatedLeft),
            // Nothing was processed yet.
            (Membership::Down | Membership::Joined | Membership::NotJoined | Membership::Waiting, _) => None,
        }
    }

    /// The part of a stack in the distribution of a DVIPA.
    fn distribution_of(&self, stack: StackId, id: AddrId) -> Distribution {
        let Some(s) = self.stack(stack) else { return Distribution::Neither };
        let rules = s.routing.get(&id).map(|r| r.rules.as_slice()).unwrap_or_default();
        let distributor = !rules.is_empty();
        let target = rules.iter().any(|r| r.names(stack))
            || s.dvipas.get(&id).is_some_and(|d| d.target_of.is_some() && !d.owner);
        match (distributor, target) {
            (true, true) => Distribution::Both,
            (true, false) => Distribution::Distributor,
            (false, true) => Distribution::Target,
            (false, false) => Distribution::Neither,
        }
    }
}

/// Status of an instance; none for one that only waits for its statement to be judged.
fn status_of(d: &Dvipa) -> Option<DvipaStatus> {
    if d.owner {
        Some(DvipaStatus::Active)
    } else if d.quiescing {
        Some(DvipaStatus::Quiescing)
    } else if d.moving {
        Some(DvipaStatus::Moving)
    } else if d.deactivated {
        Some(DvipaStatus::Deactivated)
    } else if d.define || d.backup.is_some() {
        Some(DvipaStatus::Backup)
    } else if d.target_of.is_some() {
        Some(DvipaStatus::Active)
    } else {
        None
    }
}
