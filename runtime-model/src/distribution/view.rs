//! What a distributor distributes, for pictures and reports; everything here only reads.

use std::net::IpAddr;

use serde::Serialize;

use crate::cluster::Cluster;
use crate::ids::StackId;
use crate::model::{Method, Standby};

/// One VIPADISTRIBUTE as the routing stack has it: its own, or one that it inherited.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Distributed {
    /// Sorted; empty where the ports come by their listeners.
    pub ports: Vec<u16>,
    /// Candidate targets, in the order of the description.
    pub targets: Vec<Candidate>,
    /// True where every stack of the group is a candidate, now or later.
    pub to_all: bool,
    /// DISTMETHOD; none in a founding cluster.
    pub method: Option<Method>,
}

/// A candidate target that is in the group of the routing stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Candidate {
    /// The stack.
    pub stack: StackId,
    /// WEIGHT, where one is coded.
    pub weight: Option<u16>,
    /// HOTSTANDBY role.
    pub standby: Option<Standby>,
}

impl Cluster {
    /// What a stack distributes of a DVIPA, in the order of its statements. Empty on a stack that does not route it.
    #[must_use]
    pub fn distributed(&self, stack: StackId, dvipa: IpAddr) -> Vec<Distributed> {
        let Some(routing) = self.find_address(dvipa).and_then(|id| self.routing(stack, id)) else {
            return Vec::new();
        };
        let group = self.stack_config(stack).map(|config| config.xcf_group.as_str());
        let member = |target: &StackId| {
            self.in_group(*target)
                && self.stack_config(*target).map(|config| config.xcf_group.as_str()) == group
        };
        let shown = |rule: &super::messages::Rule| {
            let candidate = |stack: StackId| {
                let listed = rule.sharing.as_ref().and_then(|sharing| {
                    sharing.targets.iter().find(|(target, ..)| *target == stack).copied()
                });
                let (weight, standby) = listed.map_or((None, None), |(_, weight, standby)| (weight, standby));
                Candidate { stack, weight, standby }
            };
            Distributed {
                ports: rule.ports.clone(),
                targets: self
                    .stack_ids()
                    .filter(|target| rule.names(*target))
                    .filter(member)
                    .map(candidate)
                    .collect(),
                to_all: matches!(rule.candidates, super::messages::Candidates::All),
                method: rule.sharing.as_ref().map(|sharing| sharing.method),
            }
        };
        routing.rules.iter().map(shown).collect()
    }
}
