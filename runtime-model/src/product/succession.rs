//! Who would come next: the backup chain of a DVIPA as it stands, and who waits for it (04 1.3, 1.5). For reports.

use std::net::IpAddr;

use super::chain;
use crate::assumption::Assumption;
use crate::cluster::Cluster;
use crate::ids::StackId;
use crate::model::DvipaOrigin;

/// Succession.
impl Cluster {
    /// Stacks of the group of `viewer` that would take the DVIPA over, the next one first, each with its rank (255 for
    /// VIPADEFINE). Stacks that own it, are deactivated, out of its CPC or without a definition to inherit are no part of
    /// it. Equal ranks stand in the order of [`Assumption::EqualRank`]; where there are some, that order is no fact.
    #[must_use]
    pub fn chain(&self, dvipa: IpAddr, viewer: StackId) -> Vec<(StackId, u8)> {
        let Some(id) = self.find_address(dvipa) else { return Vec::new() };
        let mut all: Vec<(StackId, u8)> = self
            .stack_ids()
            .filter(|s| self.same_group(*s, viewer) && self.in_group(*s))
            .filter_map(|s| {
                let d = self.stack(s)?.dvipas.get(&id).filter(|d| !d.owner && !d.deactivated)?;
                let rank = if d.define { Some(u8::MAX) } else { d.backup };
                rank.filter(|_| (self.fixed.tables.may_take)(self, s, id)).map(|rank| (s, rank))
            })
            .collect();
        if self.answer(Assumption::EqualRank) == "last" {
            all.reverse();
        }
        all.sort_by_key(|(_, rank)| std::cmp::Reverse(*rank));
        all
    }

    /// The VIPADEFINE stack that would have the DVIPA and waits for its owner: under WHENIDLE, until the last connection
    /// has ended.
    #[must_use]
    pub fn waiting_definer(&self, dvipa: IpAddr, owner: StackId) -> Option<StackId> {
        let id = self.find_address(dvipa)?;
        let define =
            |s: StackId| chain::statement(self, s, id).is_some_and(|d| d.origin == DvipaOrigin::Define);
        if define(owner) {
            return None;
        }
        let waits = |(s, _): &(StackId, u8)| define(*s);
        self.chain(dvipa, owner).into_iter().find(waits).map(|(s, _)| s)
    }
}
