//! The ports that a group distributes, with the stacks that reserve them: what rules about targets look at.
//!
//! Built in proportion to distributions and reservations; targets are looked up only where reservations differ.

use std::collections::BTreeMap;

use crate::cluster::Cluster;
use crate::statements::port::Reservation;
use crate::statements::vipadistribute::Distribution;
use crate::summary::Summary;

/// The reservations of one stack for one port.
pub type Held<'c> = (&'c Summary, Vec<&'c Reservation>);

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
    let mut ports: BTreeMap<(&str, u16), Port<'_>> = BTreeMap::new();
    for stack in &cluster.stacks {
        for distribution in stack.distributions.iter().filter(|distribution| !distribution.foreign_targets) {
            for number in &distribution.ports {
                let new = || Port { number: *number, by: Vec::new(), held: Vec::new() };
                let port = ports.entry((&stack.setup.group, *number)).or_insert_with(new);
                port.by.push((stack, distribution));
            }
        }
    }
    if ports.is_empty() {
        return Vec::new();
    }
    for stack in &cluster.stacks {
        let mut here: BTreeMap<u16, Vec<&Reservation>> = BTreeMap::new();
        for reservation in stack.ports.iter().filter(|reservation| reservation.tcp) {
            if ports.contains_key(&(stack.setup.group.as_str(), reservation.port)) {
                here.entry(reservation.port).or_default().push(reservation);
            }
        }
        for (number, reservations) in here {
            if let Some(port) = ports.get_mut(&(stack.setup.group.as_str(), number)) {
                port.held.push((stack, reservations));
            }
        }
    }
    ports.into_values().collect()
}

impl<'c> Port<'c> {
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
