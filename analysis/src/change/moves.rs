//! What moves between two states of a sysplex.

use std::collections::BTreeSet;
use std::net::{IpAddr, SocketAddr};

use schemars::JsonSchema;
use serde::Serialize;

use super::state::{Connection, State};

/// Everything that is not where, or as, it was.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Moves {
    /// DVIPAs with another owner, in the order of addresses.
    pub owners: Vec<Owner>,
    /// DVIPAs that are something else on a stack.
    pub statuses: Vec<Status>,
    /// Targets of distributed DVIPAs that come or go.
    pub targets: Vec<Target>,
    /// Listeners that come or go.
    pub listeners: Vec<Listener>,
    /// Cluster-wide ports that are taken or given back.
    pub ports: Vec<Ports>,
    /// Parts of stacks in structures of the coupling facility that are made or go.
    pub structures: Vec<Structure>,
    /// Connections.
    pub connections: Connections,
}

/// A DVIPA with another owner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Owner {
    /// The address.
    pub address: IpAddr,
    /// Owner before.
    pub from: Option<String>,
    /// Owner after.
    pub to: Option<String>,
}

/// A DVIPA that is something else on a stack: active, backup, moving, quiescing, deactivated, target, inactive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Status {
    /// The address.
    pub address: IpAddr,
    /// The stack.
    pub stack: String,
    /// Before; none where the stack had nothing to do with it.
    pub from: Option<&'static str>,
    /// After.
    pub to: Option<&'static str>,
}

/// A target that takes connections now, or does so no longer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Target {
    /// The distributed DVIPA.
    pub address: IpAddr,
    /// The port.
    pub port: u16,
    /// The target.
    pub stack: String,
    /// It came; else it went.
    pub added: bool,
}

/// A listener that came or went.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Listener {
    /// Its stack.
    pub stack: String,
    /// Its jobs.
    pub jobs: Vec<String>,
    /// Its address; none for every address.
    pub address: Option<IpAddr>,
    /// Its port.
    pub port: u16,
    /// UDP; else TCP.
    pub udp: bool,
    /// It came; else it went.
    pub added: bool,
}

/// Ports of a DVIPA that are taken or given back cluster-wide.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Ports {
    /// The address.
    pub address: IpAddr,
    /// Taken now.
    pub claimed: Vec<u16>,
    /// Given back.
    pub freed: Vec<u16>,
}

/// The part of a stack in a structure of the coupling facility.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Structure {
    /// The DVIPA.
    pub address: IpAddr,
    /// The stack.
    pub stack: String,
    /// It was made; else it went.
    pub made: bool,
}

/// What becomes of the connections that were there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Connections {
    /// So many go on as they were.
    pub kept: usize,
    /// These go on, and reach their stack through another.
    pub rerouted: Vec<Line>,
    /// These are gone.
    pub broken: Vec<Line>,
}

/// A connection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Line {
    /// The stack where it ends, or ended.
    pub stack: String,
    /// Its local end.
    pub local: SocketAddr,
    /// Its remote end.
    pub peer: SocketAddr,
    /// The stack that it came through.
    pub from: Option<String>,
    /// The stack that it comes through now.
    pub to: Option<String>,
}

impl Moves {
    /// Compares two states.
    #[must_use]
    pub fn between(before: &State, after: &State) -> Self {
        let mut moves = Self::default();
        for address in keys(before.owners.keys(), after.owners.keys()) {
            let of = |state: &State| state.owners.get(&address).cloned().flatten();
            let (from, to) = (of(before), of(after));
            if from != to {
                moves.owners.push(Owner { address, from, to });
            }
        }
        for key in keys(before.statuses.keys(), after.statuses.keys()) {
            let (from, to) = (before.statuses.get(&key).copied(), after.statuses.get(&key).copied());
            if from != to {
                moves.statuses.push(Status { address: key.0, stack: key.1, from, to });
            }
        }
        for key in keys(before.targets.keys(), after.targets.keys()) {
            let none = BTreeSet::new();
            let old = before.targets.get(&key).unwrap_or(&none);
            let new = after.targets.get(&key).unwrap_or(&none);
            for stack in old.symmetric_difference(new) {
                let added = new.contains(stack);
                moves.targets.push(Target { address: key.0, port: key.1, stack: stack.clone(), added });
            }
        }
        for key in keys(before.listeners.keys(), after.listeners.keys()) {
            let (old, new) = (before.listeners.get(&key), after.listeners.get(&key));
            let (jobs, added) = match (old, new) {
                (None, Some(jobs)) => (jobs, true),
                (Some(jobs), None) => (jobs, false),
                (None, None) | (Some(_), Some(_)) => continue,
            };
            let (stack, address, port, udp) = key;
            moves.listeners.push(Listener { stack, jobs: jobs.clone(), address, port, udp, added });
        }
        for address in keys(before.ports.keys(), after.ports.keys()) {
            let of = |state: &State| state.ports.get(&address).cloned().unwrap_or_default();
            let (old, new) = (of(before), of(after));
            let claimed: Vec<u16> = new.iter().copied().filter(|port| !old.contains(port)).collect();
            let freed: Vec<u16> = old.iter().copied().filter(|port| !new.contains(port)).collect();
            if !claimed.is_empty() || !freed.is_empty() {
                moves.ports.push(Ports { address, claimed, freed });
            }
        }
        for address in keys(before.structures.keys(), after.structures.keys()) {
            let of = |state: &State| -> BTreeSet<String> {
                state.structures.get(&address).into_iter().flatten().cloned().collect()
            };
            let (old, new) = (of(before), of(after));
            for stack in old.symmetric_difference(&new) {
                moves.structures.push(Structure { address, stack: stack.clone(), made: new.contains(stack) });
            }
        }
        moves.connections = Connections::between(before, after);
        moves
    }

    /// Whether nothing moves.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let Self { owners, statuses, targets, listeners, ports, structures, connections } = self;
        owners.is_empty()
            && statuses.is_empty()
            && targets.is_empty()
            && listeners.is_empty()
            && ports.is_empty()
            && structures.is_empty()
            && connections.rerouted.is_empty()
            && connections.broken.is_empty()
    }
}

impl Connections {
    fn between(before: &State, after: &State) -> Self {
        let mut all = Self::default();
        for (handle, old) in &before.connections {
            let line = |to: Option<String>| {
                let Connection { stack, local, peer, through } = old.clone();
                Line { stack, local, peer, from: through, to }
            };
            match after.connections.get(handle) {
                None => all.broken.push(line(None)),
                Some(new) if new.through != old.through => all.rerouted.push(line(new.through.clone())),
                Some(_) => all.kept += 1,
            }
        }
        all
    }
}

/// The keys of two maps together, in order.
fn keys<'k, K: Ord + Clone + 'k>(
    left: impl Iterator<Item = &'k K>,
    right: impl Iterator<Item = &'k K>,
) -> BTreeSet<K> {
    left.chain(right).cloned().collect()
}
