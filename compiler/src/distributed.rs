//! The ports that a group distributes, with the stacks that reserve them: what rules about targets look at.
//!
//! Built in proportion to distributions; reservations and targets are looked up only where reservations differ.

use std::sync::OnceLock;

use smallvec::SmallVec;

use crate::cluster::Cluster;
use crate::reserved::{Known, Reserved};
use crate::statements::port::Reservation;
use crate::statements::vipadistribute::Distribution;
use crate::summary::Summary;
use crate::table::key;

/// The reservations of one stack for one port.
pub type Held<'c> = (&'c Summary, SmallVec<[&'c Reservation; 2]>);

/// A TCP port that a group distributes.
pub struct Port<'c> {
    /// The port.
    pub number: u16,
    /// Who distributes it.
    pub by: Vec<(&'c Summary, &'c Distribution)>,
    group: &'c str,
    forms: Known,
    held: OnceLock<Vec<Held<'c>>>,
}

/// Every distributed TCP port, by group and number. Targets that are not z/OS have no PORT entries and are left out.
#[must_use]
pub fn ports(cluster: &Cluster) -> Vec<Port<'_>> {
    let reserved = cluster.reserved();
    cluster.groups().into_iter().flat_map(|(group, stacks)| of_group(group, &stacks, &reserved)).collect()
}

fn of_group<'c>(group: &'c str, stacks: &[&'c Summary], reserved: &Reserved) -> Vec<Port<'c>> {
    let mut all: Vec<(u16, &'c Summary, &'c Distribution)> = Vec::new();
    for stack in stacks {
        for distribution in stack.distributions.iter().filter(|distribution| !distribution.foreign_targets) {
            all.extend(distribution.ports.iter().map(|number| (*number, *stack, distribution)));
        }
    }
    // Stable: each port keeps its distributions in the order of the description.
    all.sort_by_key(|(number, ..)| *number);
    let ports = all.chunk_by(|(one, ..), (other, ..)| one == other);
    let port = |by: &[(u16, &'c Summary, &'c Distribution)]| {
        let number = by.first()?.0;
        let by = by.iter().map(|(_, stack, distribution)| (*stack, *distribution)).collect();
        Some(Port { number, by, group, forms: reserved.of(group, number), held: OnceLock::new() })
    };
    ports.filter_map(port).collect()
}

impl<'c> Port<'c> {
    /// What it is known by among those of all groups.
    #[must_use]
    pub fn key(&self) -> (&'c str, u16) {
        (self.group, self.number)
    }

    /// How many stacks of the group have PORT entries for it.
    #[must_use]
    pub fn holders(&self) -> usize {
        self.forms.holders as usize
    }

    /// Whether all stacks that have PORT entries for it have the same ones.
    #[must_use]
    pub fn is_alike(&self) -> bool {
        self.forms.forms < 2
    }

    /// Whether a stack has nothing but RESERVED for it.
    #[must_use]
    pub fn is_closed_somewhere(&self) -> bool {
        self.forms.closed
    }

    /// Whether a stack shares it by SHAREPORT alone.
    #[must_use]
    pub fn is_shared_plainly(&self) -> bool {
        self.forms.plain
    }

    /// The stacks of the group that have PORT entries for it, in order of the description.
    pub fn held(&self, cluster: &'c Cluster) -> &[Held<'c>] {
        self.held.get_or_init(|| {
            let held = cluster.members(self.group).map(|stack| {
                let here = stack.ports.in_order(key(self.number)).map(|known| &**known);
                (stack, here.filter(|known| known.tcp && known.port == self.number).collect())
            });
            held.filter(|(_, here): &Held<'_>| !here.is_empty()).collect()
        })
    }

    /// The first distribution whose targets `differ` has something to say about, when it has for all stacks together. It has nothing to say where
    /// all have the same entries.
    pub fn first<T>(
        &self,
        cluster: &'c Cluster,
        differ: impl Fn(&[&Held<'c>]) -> Option<T>,
    ) -> Option<(&'c Summary, &'c Distribution, T)> {
        if self.is_alike() {
            return None;
        }
        let all: Vec<&Held<'c>> = self.held(cluster).iter().collect();
        differ(&all)?;
        self.by.iter().find_map(|(owner, distribution)| {
            let targets = cluster.targets(owner, distribution);
            let held: Vec<&Held<'c>> = self
                .held(cluster)
                .iter()
                .filter(|(stack, _)| targets.iter().any(|target| target.name() == stack.name()))
                .collect();
            differ(&held).map(|found| (*owner, *distribution, found))
        })
    }
}
