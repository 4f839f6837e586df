//! Which stack starts first, and what it decides.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use runtime_model::Cluster;
use runtime_model::event::Event;
use runtime_model::ids::StackId;
use runtime_model::model::{DvipaModel, DvipaOrigin, Model, StackModel};
use schemars::JsonSchema;
use serde::Serialize;

use super::case::Stage;
use super::spread::spread;

/// A DVIPA whose owner depends on the order in which stacks start.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Order {
    /// The address.
    pub address: IpAddr,
    /// Each owner with the stacks of which one must start first for it, in the order of the description.
    pub outcomes: Vec<Outcome>,
}

/// One outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Outcome {
    /// Owner when all stacks have started.
    pub owner: Option<String>,
    /// It comes to this when one of these starts before the others.
    pub first: Vec<String>,
}

/// Stacks that could be the first to activate an address: with VIPADEFINE, or with MOVEABLE and mask on VIPABACKUP.
pub(super) fn may_activate(dvipa: &DvipaModel) -> bool {
    match dvipa.origin {
        DvipaOrigin::Define => true,
        DvipaOrigin::Backup(_) => dvipa.moveable.is_some() && dvipa.subnet.is_some(),
    }
}

/// Plays a start with each stack first that shares a DVIPA with another that could be first.
pub(super) fn orders(stage: &Stage<'_>, threads: usize) -> Vec<Order> {
    let first: Vec<StackId> = contenders(stage.model).into_iter().collect();
    if first.is_empty() {
        return Vec::new();
    }
    let addresses: BTreeSet<IpAddr> =
        stage.model.stacks.iter().flat_map(|stack| &stack.dvipas).map(|dvipa| dvipa.address).collect();
    let plain = undistributed(stage.model);
    let usual = owners(&plain, &addresses, None);
    let tied = plain.stacks.iter().flat_map(|stack| &stack.dvipas).any(|dvipa| dvipa.interface.is_some());
    let with_first = |first: &StackId| {
        let Some(stack) = plain.stacks.get(usize::from(first.0)).filter(|_| !tied) else {
            return owners(&plain, &addresses, Some(*first));
        };
        // The stacks of an address that this one has nothing to do with start in the usual order.
        let stated: BTreeSet<IpAddr> = stack.dvipas.iter().map(|dvipa| dvipa.address).collect();
        let played = owners(&narrowed(&plain, &stated), &addresses, Some(*first));
        let owner = |((address, played), usual): ((&IpAddr, _), &Option<StackId>)| {
            if stated.contains(address) { played } else { *usual }
        };
        addresses.iter().zip(played).zip(&usual).map(owner).collect::<Vec<_>>()
    };
    let owners = spread(&first, threads, |_| 1, with_first, &mut |_, _| {});
    let mut found = Vec::new();
    for (place, address) in addresses.iter().enumerate() {
        let mut outcomes: BTreeMap<Option<StackId>, Vec<String>> = BTreeMap::new();
        for (first, owners) in first.iter().zip(&owners) {
            let owner = owners.get(place).copied().flatten();
            outcomes.entry(owner).or_default().push(stage.name(*first));
        }
        if outcomes.len() > 1 {
            let named = |(owner, first): (Option<StackId>, Vec<String>)| Outcome {
                owner: owner.map(|stack| stage.name(stack)),
                first,
            };
            found.push(Order { address: *address, outcomes: outcomes.into_iter().map(named).collect() });
        }
    }
    found
}

/// The sysplex without what plays no part while nobody listens and no client is connected: only statements for DVIPAs say then who
/// has one.
fn undistributed(model: &Model) -> Model {
    let mut plain = Model { stacks: Vec::new(), ..model.clone() };
    plain.stacks.extend(model.stacks.iter().cloned().map(|stack| StackModel {
        distributions: Vec::new(),
        ports: Vec::new(),
        sources: Vec::new(),
        ..stack
    }));
    plain
}

/// The same with nothing but these DVIPAs. Who has one depends on no other, unless names of interfaces tie them together (IPv6).
fn narrowed(model: &Model, to: &BTreeSet<IpAddr>) -> Model {
    let mut narrow = model.clone();
    for stack in &mut narrow.stacks {
        stack.dvipas.retain(|dvipa| to.contains(&dvipa.address));
    }
    narrow
}

/// Who owns each address when all stacks have started, this one before the others, which start in the order of the description.
fn owners(model: &Model, addresses: &BTreeSet<IpAddr>, first: Option<StackId>) -> Vec<Option<StackId>> {
    let mut cluster = Cluster::new(model);
    let others = cluster.stack_ids().filter(|stack| Some(*stack) != first);
    for stack in first.into_iter().chain(others) {
        cluster.step_quiet(&Event::Start(stack));
    }
    addresses.iter().map(|address| cluster.owner_of(*address)).collect()
}

/// Stacks that may activate an address that another stack of the group may activate, too.
fn contenders(model: &Model) -> BTreeSet<StackId> {
    let mut by_address: BTreeMap<(&str, IpAddr), Vec<StackId>> = BTreeMap::new();
    let ids = (0..u16::try_from(model.stacks.len()).unwrap_or(u16::MAX)).map(StackId);
    for (id, stack) in ids.zip(&model.stacks) {
        for dvipa in stack.dvipas.iter().filter(|dvipa| may_activate(dvipa)) {
            by_address.entry((stack.xcf_group.as_str(), dvipa.address)).or_default().push(id);
        }
    }
    by_address.into_values().filter(|stacks| stacks.len() > 1).flatten().collect()
}
