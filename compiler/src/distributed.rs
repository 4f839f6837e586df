//! The ports that a group distributes, with the stacks that reserve them: what rules about targets look at.
//!
//! Built in proportion to distributions and reservations; targets are looked up only where reservations differ.

use std::collections::BTreeMap;

use smallvec::{SmallVec, smallvec};

use crate::cluster::Cluster;
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
    /// The stacks of the group that have PORT entries for it, in order of the description.
    pub held: Vec<Held<'c>>,
}

/// Every distributed TCP port, by group and number. Targets that are not z/OS have no PORT entries and are left out.
#[must_use]
pub fn ports(cluster: &Cluster) -> Vec<Port<'_>> {
    cluster.groups().into_values().flat_map(|stacks| of_group(&stacks)).collect()
}

fn of_group<'c>(stacks: &[&'c Summary]) -> Vec<Port<'c>> {
    let mut ports: BTreeMap<u16, Port<'c>> = BTreeMap::new();
    for stack in stacks {
        for distribution in stack.distributions.iter().filter(|distribution| !distribution.foreign_targets) {
            for number in &distribution.ports {
                let new = || Port { number: *number, by: Vec::new(), held: Vec::new() };
                ports.entry(*number).or_insert_with(new).by.push((stack, distribution));
            }
        }
    }
    if ports.is_empty() {
        return Vec::new();
    }
    let mut ports: Vec<Port<'c>> = ports.into_values().collect();
    let most = stacks.iter().map(|stack| stack.ports.len()).max().unwrap_or(0);
    if ports.len() < most / 4 {
        // Of many reservations few are looked at.
        for port in &mut ports {
            port.held.reserve(stacks.len());
            for stack in stacks {
                let here = stack.ports.in_order(key(port.number)).map(|known| &**known);
                let here: SmallVec<_> = here.filter(|known| known.tcp && known.port == port.number).collect();
                if !here.is_empty() {
                    port.held.push((stack, here));
                }
            }
        }
        return ports;
    }
    // Where each port stands in the list: one look for each of many reservations.
    let mut places: Vec<Option<u16>> = vec![None; usize::from(u16::MAX) + 1];
    for (place, port) in (0..=u16::MAX).zip(&ports) {
        if let Some(known) = places.get_mut(usize::from(port.number)) {
            *known = Some(place);
        }
    }
    for (nth, stack) in stacks.iter().enumerate() {
        for reservation in stack.ports.iter().filter(|reservation| reservation.tcp) {
            let place = places.get(usize::from(reservation.port)).copied().flatten();
            let Some(port) = place.and_then(|place| ports.get_mut(usize::from(place))) else { continue };
            match port.held.last_mut() {
                Some((known, reservations)) if std::ptr::eq(*known, *stack) => reservations.push(reservation),
                Some(_) | None => {
                    if port.held.is_empty() {
                        port.held.reserve(stacks.len() - nth);
                    }
                    port.held.push((stack, smallvec![&**reservation]));
                }
            }
        }
    }
    ports
}

impl<'c> Port<'c> {
    /// What it is known by among those of all groups.
    #[must_use]
    pub fn key(&self) -> (&'c str, u16) {
        let group = self.by.first().map_or("", |(stack, _)| stack.setup.group.as_str());
        (group, self.number)
    }

    /// Whether every stack that reserves it does so in the `same` way.
    pub fn are_alike(&self, same: impl Fn(&[&Reservation], &[&Reservation]) -> bool) -> bool {
        let Some(((_, first), others)) = self.held.split_first() else { return true };
        others.iter().all(|(_, here)| same(first, here))
    }

    /// The first distribution whose targets `differ` has something to say about, when it has for all stacks together.
    pub fn first<T>(
        &self,
        cluster: &'c Cluster,
        differ: impl Fn(&[&Held<'c>]) -> Option<T>,
    ) -> Option<(&'c Summary, &'c Distribution, T)> {
        let all: Vec<&Held<'c>> = self.held.iter().collect();
        differ(&all)?;
        self.by.iter().find_map(|(owner, distribution)| {
            let targets = cluster.targets(owner, distribution);
            let held: Vec<&Held<'c>> = self
                .held
                .iter()
                .filter(|(stack, _)| targets.iter().any(|target| target.name() == stack.name()))
                .collect();
            differ(&held).map(|found| (*owner, *distribution, found))
        })
    }
}
