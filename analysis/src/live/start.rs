//! A cluster in the state that captures show: stacks, groups, what operators deactivated, owners.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use runtime_model::Cluster;
use runtime_model::event::Event;
use runtime_model::ids::StackId;
use runtime_model::model::Model;
use runtime_model::outcome::Verdict;

use super::sockets::{Sockets, UNNAMED};
use super::{Live, Observed, Place, StackSeen, targets};
use crate::capture::{Dvipa, Role, Status};

/// Carries everything over.
pub(super) fn start(model: &Model, observed: Observed) -> Live {
    let mut notes = Vec::new();
    let mut cluster = Cluster::new(model);
    let up = running(model, &observed, &mut notes);
    for stack in &up {
        cluster.step_quiet(&Event::Start(id(*stack)));
    }
    let fresh = cluster.clone();
    for stack in &up {
        groups(&mut cluster, *stack, &observed);
    }
    for (stack, address) in deactivated(&observed) {
        cluster.step_quiet(&Event::Deactivate { stack: id(stack), address });
    }
    let mut sockets = Sockets::new(model, &observed);
    sockets.servers(&mut cluster);
    sockets.ranges(&mut cluster);
    owners(&mut cluster, &fresh, model, &observed, &mut notes);
    sockets.connections(&mut cluster);
    targets::ways(model, &observed, &mut cluster);
    targets::reports(model, &observed, &mut cluster, &mut notes);
    targets::standby(model, &observed, &mut cluster, &mut notes);
    let next = sockets.next;
    notes.extend(sockets.notes);
    Live { observed, cluster, next, notes }
}

/// The number of a stack.
pub(super) fn id(place: usize) -> StackId {
    StackId(u16::try_from(place).unwrap_or(u16::MAX))
}

/// Name of a stack.
pub(super) fn name(model: &Model, place: usize) -> &str {
    model.stacks.get(place).map_or("", |stack| stack.name.as_str())
}

/// The stacks that run. One without a capture runs too, unless a whole display of the sysplex does not know it.
fn running(model: &Model, observed: &Observed, notes: &mut Vec<String>) -> Vec<usize> {
    let whole = observed.roles.iter().find(|said| !said.cut && !said.what.is_empty());
    let mut up = Vec::new();
    for (place, stack) in model.stacks.iter().enumerate() {
        if observed.tells_of(place) {
            up.push(place);
            continue;
        }
        match whole.filter(|_| !stack.dvipas.is_empty()) {
            Some(said) => notes.push(format!(
                "{} is in no row of the display at {}: it is taken to be down",
                stack.name, said.at
            )),
            None => {
                notes.push(format!(
                    "nothing was captured of {}: it is taken to run with its profile",
                    stack.name
                ));
                up.push(place);
            }
        }
    }
    up
}

fn groups(cluster: &mut Cluster, place: usize, observed: &Observed) {
    let seen = observed.stacks.get(place);
    let config = seen.and_then(|seen| seen.config.as_ref());
    let group = seen.and_then(|seen| seen.group.as_ref());
    if config.is_some_and(|said| !said.what.joined) || group.is_some_and(|said| said.what.is_none()) {
        cluster.step_quiet(&Event::Leave(id(place)));
    }
}

fn deactivated(observed: &Observed) -> BTreeSet<(usize, IpAddr)> {
    let mut found = BTreeSet::new();
    for (place, seen) in observed.stacks.iter().enumerate() {
        let configured = seen.config.iter().flat_map(|said| &said.what.defined);
        found.extend(configured.filter(|row| row.deactivated).map(|row| (place, row.address)));
        let shown = seen.dvipas.iter().flat_map(|said| &said.what);
        let off = shown.filter(|row| row.status == Some(Status::Deactivated));
        found.extend(off.map(|row| (place, row.address)));
    }
    for row in observed.roles.iter().flat_map(|said| &said.what) {
        if let (Some(place), Status::Deactivated) = (row.stack, row.role.status) {
            found.insert((place, row.role.address));
        }
    }
    found
}

/// An instance in use that is not only a target's.
fn is_owner(dvipa: &Dvipa) -> bool {
    dvipa.status == Some(Status::Active) && dvipa.origin.is_some()
}

/// The same for a row of a display of the sysplex, which has no origin for each stack.
pub(crate) fn owns(role: &Role) -> bool {
    role.status == Status::Active && (role.distributor || !role.target)
}

/// Who has each DVIPA.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Owners {
    /// Place of the stack in the model, and the report that says so.
    pub of: BTreeMap<IpAddr, (usize, Place)>,
    /// What other reports say instead.
    pub others: Vec<(IpAddr, usize, Place)>,
}

impl Observed {
    /// Who has each DVIPA. Where reports do not agree, displays of the sysplex go first, then the stacks in their order.
    #[must_use]
    pub fn owners(&self) -> Owners {
        let shown = self.roles.iter().flat_map(|said| {
            let rows = said.what.iter().filter(|row| owns(&row.role));
            rows.filter_map(|row| Some((row.role.address, row.stack?, said.at.clone())))
        });
        let own = |(place, seen): (usize, &StackSeen)| -> Vec<(IpAddr, usize, Place)> {
            let rows = seen.dvipas.iter().flat_map(|said| said.what.iter().map(|row| (row, &said.at)));
            rows.filter(|(row, _)| is_owner(row)).map(|(row, at)| (row.address, place, at.clone())).collect()
        };
        let mut owners = Owners::default();
        for (address, place, at) in shown.chain(self.stacks.iter().enumerate().flat_map(own)) {
            match owners.of.get(&address) {
                None => {
                    owners.of.insert(address, (place, at));
                }
                Some((known, _)) if *known == place => {}
                Some(_) => owners.others.push((address, place, at)),
            }
        }
        owners
    }
}

/// Makes a DVIPA that no statement of the stack names out of a VIPARANGE of it.
fn out_of_range(cluster: &mut Cluster, model: &Model, place: usize, address: IpAddr) -> bool {
    let Some(stack) = model.stacks.get(place) else { return false };
    let stated = stack.dvipas.iter().any(|dvipa| dvipa.address == address);
    if stated || cluster.owner_of(address) == Some(id(place)) {
        return false;
    }
    let job = cluster.job(UNNAMED, None);
    cluster.step_quiet(&Event::Define { stack: id(place), job, address }).verdict == Verdict::Done
}

fn owners(
    cluster: &mut Cluster,
    fresh: &Cluster,
    model: &Model,
    observed: &Observed,
    notes: &mut Vec<String>,
) {
    let Owners { of, others } = observed.owners();
    for (address, place, at) in others {
        let Some((first, first_at)) = of.get(&address) else { continue };
        notes.push(format!(
            "{address} is active on {} by {first_at} and on {} by {at}: were they taken at different times? {} is taken",
            name(model, *first),
            name(model, place),
            name(model, *first),
        ));
    }
    let mut elsewhere = Vec::new();
    for (address, (place, at)) in of {
        if out_of_range(cluster, model, place, address) {
            notes.push(format!(
                "{address} on {} is out of a VIPARANGE by {at}; whether bind or an ioctl made it is not told, ioctl is taken",
                name(model, place)
            ));
        } else if !cluster.adopt_owner(id(place), address) {
            let stays = match cluster.owner_of(address) {
                Some(owner) => format!("it stays on {} here", cluster.stack_name(owner)),
                None => "nobody has it here".to_owned(),
            };
            notes.push(format!(
                "{address} is active on {} by {at}, and nothing in the profile of {} covers it: {stays}",
                name(model, place),
                name(model, place),
            ));
        } else if fresh.owner_of(address) != Some(id(place)) {
            elsewhere.push(format!("{address} on {}", name(model, place)));
        }
    }
    if !elsewhere.is_empty() {
        notes.push(format!("not where a start of all stacks puts it: {}", elsewhere.join(", ")));
    }
}
