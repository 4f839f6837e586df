//! The picture out of a cluster: columns, rows, ranges; DVIPAs that look alike put together.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use ipnet::IpNet;
use runtime_model::Cluster;
use runtime_model::ids::StackId;
use runtime_model::model::{DvipaOrigin, StackModel};
use runtime_model::product::view::Origin;
use runtime_model::stack::Status;

use super::{Column, Goal, Part, Picture, Range, RangeKind, Row, Service, State};
use crate::run::World;

/// More rows than this, and those that differ in ports alone become one.
const ROWS: usize = 60;

/// Everything that the cluster has.
pub(super) fn gather(world: &World<'_>, cluster: &Cluster) -> Picture {
    let order = columns(cluster);
    let places: BTreeMap<StackId, usize> =
        order.iter().enumerate().map(|(place, (stack, _))| (*stack, place)).collect();
    let mut groups: Vec<String> = Vec::new();
    let mut stacks = Vec::new();
    for (stack, config) in &order {
        let group = match groups.iter().position(|group| *group == config.xcf_group) {
            Some(group) => group,
            None => {
                groups.push(config.xcf_group.clone());
                groups.len() - 1
            }
        };
        stacks.push(Column {
            name: config.name.clone(),
            system: config.system.clone(),
            cpc: config.cpc.clone(),
            group,
            xcf: config.xcf.clone(),
            state: match (cluster.is_up(*stack), cluster.in_group(*stack)) {
                (false, _) => State::Down,
                (true, false) => State::Apart,
                (true, true) => State::Joined,
            },
        });
    }
    let seen = Seen { world, cluster, order: &order, places: &places, stacks: &stacks };
    let (rows, merged) = seen.rows();
    let ranges = seen.ranges();
    let sysplex = world.model.sysplex.clone();
    Picture { sysplex, shows: Vec::new(), stacks, groups, rows, ranges, merged }
}

/// The stacks in the order of the columns: CPCs and systems as they are first named; stacks without a CPC last.
fn columns(cluster: &Cluster) -> Vec<(StackId, &StackModel)> {
    let mut all: Vec<(StackId, &StackModel)> =
        cluster.stack_ids().filter_map(|stack| Some((stack, cluster.stack_config(stack)?))).collect();
    let mut cpcs: Vec<&str> = Vec::new();
    let mut systems: Vec<&str> = Vec::new();
    for (_, config) in &all {
        cpcs.extend(config.cpc.as_deref());
        systems.push(&config.system);
    }
    let first = |names: &[&str], name: &str| names.iter().position(|one| *one == name);
    all.sort_by_cached_key(|(stack, config)| {
        let cpc = config.cpc.as_deref().and_then(|cpc| first(&cpcs, cpc));
        (cpc.unwrap_or(usize::MAX), first(&systems, &config.system), *stack)
    });
    all
}

/// What the rows are made of.
struct Seen<'a> {
    world: &'a World<'a>,
    cluster: &'a Cluster,
    order: &'a [(StackId, &'a StackModel)],
    places: &'a BTreeMap<StackId, usize>,
    stacks: &'a [Column],
}

impl Seen<'_> {
    fn rows(&self) -> (Vec<Row>, bool) {
        let mut shapes: BTreeMap<(usize, Part, Vec<Service>), Vec<IpAddr>> = BTreeMap::new();
        for ((group, address), mut part) in self.parts() {
            part.definers.sort_unstable();
            part.backups.sort_by_key(|(place, rank)| (std::cmp::Reverse(*rank), *place));
            let services = self.services(address, &part.owners);
            shapes.entry((group, part, services)).or_default().push(address);
        }
        let merged = shapes.len() > ROWS;
        if merged {
            let mut fewer: BTreeMap<(usize, Part, Vec<Service>), Vec<IpAddr>> = BTreeMap::new();
            for ((group, part, services), addresses) in shapes {
                fewer.entry((group, part, without_ports(services))).or_default().extend(addresses);
            }
            shapes = fewer;
        }
        let named = |address: IpAddr| (address, self.world.addresses.name(address).map(str::to_owned));
        let mut rows: Vec<Row> = shapes
            .into_iter()
            .map(|((group, part, services), mut addresses)| {
                addresses.sort_unstable();
                Row { group, part, services, addresses: addresses.into_iter().map(named).collect() }
            })
            .collect();
        rows.sort_by_key(|row| (row.group, row.addresses.first().map(|(address, _)| *address)));
        (rows, merged)
    }

    /// Statements and owners of each address, group by group.
    fn parts(&self) -> BTreeMap<(usize, IpAddr), Part> {
        let mut parts: BTreeMap<(usize, IpAddr), Part> = BTreeMap::new();
        for ((_, config), (place, column)) in self.order.iter().zip(self.stacks.iter().enumerate()) {
            for dvipa in &config.dvipas {
                let part = parts.entry((column.group, dvipa.address)).or_default();
                part.cpc_scope |= dvipa.cpc_scope;
                match dvipa.origin {
                    DvipaOrigin::Define => part.definers.push(place),
                    DvipaOrigin::Backup(rank) => part.backups.push((place, rank)),
                }
            }
        }
        // A stack may have an address that its statements name no more.
        for ((group, address), part) in &mut parts {
            for ((stack, _), (place, column)) in self.order.iter().zip(self.stacks.iter().enumerate()) {
                if column.group == *group && self.cluster.status(*stack, *address) == Status::Active {
                    part.owners.push(place);
                }
            }
        }
        parts
    }

    fn services(&self, address: IpAddr, owners: &[usize]) -> Vec<Service> {
        let mut services: BTreeSet<Service> = BTreeSet::new();
        for (owner, _) in owners.iter().filter_map(|place| self.order.get(*place)) {
            for one in self.cluster.distributed(*owner, address) {
                let goal = |target: &runtime_model::Candidate| {
                    let stack = *self.places.get(&target.stack)?;
                    Some(Goal { stack, weight: target.weight, standby: target.standby })
                };
                let mut targets: Vec<Goal> = one.targets.iter().filter_map(goal).collect();
                targets.sort_unstable();
                services.insert(Service {
                    ports: one.ports,
                    method: one.method,
                    targets,
                    to_all: one.to_all,
                });
            }
        }
        services.into_iter().collect()
    }

    fn ranges(&self) -> Vec<Range> {
        let mut ranges: BTreeMap<(usize, IpNet), Range> = BTreeMap::new();
        for ((_, config), (place, column)) in self.order.iter().zip(self.stacks.iter().enumerate()) {
            for said in &config.ranges {
                let range = ranges.entry((column.group, said.subnet)).or_insert(Range {
                    group: column.group,
                    subnet: said.subnet,
                    stacks: Vec::new(),
                    active: Vec::new(),
                });
                let kind = RangeKind { non_disruptive: said.non_disruptive, saf: said.saf.clone() };
                range.stacks.push((place, kind));
            }
        }
        for ((stack, _), (place, column)) in self.order.iter().zip(self.stacks.iter().enumerate()) {
            for view in self.cluster.dvipa_views(*stack) {
                let by_range = matches!(view.origin, Origin::ViparangeBind | Origin::ViparangeIoctl);
                if !by_range || self.cluster.status(*stack, view.address) != Status::Active {
                    continue;
                }
                let longest = ranges
                    .iter_mut()
                    .filter(|((group, subnet), _)| *group == column.group && subnet.contains(&view.address))
                    .max_by_key(|((_, subnet), _)| subnet.prefix_len());
                if let Some((_, range)) = longest {
                    range.active.push((view.address, place));
                }
            }
        }
        ranges.into_values().collect()
    }
}

/// One service for all that go to the same targets in the same way.
fn without_ports(services: Vec<Service>) -> Vec<Service> {
    let bare = services.into_iter().map(|service| Service { ports: Vec::new(), ..service });
    bare.collect::<BTreeSet<_>>().into_iter().collect()
}
