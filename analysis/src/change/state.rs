//! What of a running sysplex people ask for before a change: read out of a cluster, to be compared with another.

use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, SocketAddr};

use runtime_model::Cluster;
use runtime_model::ids::{Handle, StackId};

/// A listener: stack, address or none for every address, port, and whether it is UDP.
pub type Listener = (String, Option<IpAddr>, u16, bool);

/// A connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connection {
    /// Stack where it ends.
    pub stack: String,
    /// Its local end.
    pub local: SocketAddr,
    /// Its remote end.
    pub peer: SocketAddr,
    /// The stack that has its local address, through which packets come.
    pub through: Option<String>,
}

/// The state.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// Owner of each DVIPA.
    pub owners: BTreeMap<IpAddr, Option<String>>,
    /// What each DVIPA is on each stack, where it is anything.
    pub statuses: BTreeMap<(IpAddr, String), &'static str>,
    /// Targets of each distributed DVIPA and port that take connections.
    pub targets: BTreeMap<(IpAddr, u16), BTreeSet<String>>,
    /// Listeners, with the jobs.
    pub listeners: BTreeMap<Listener, Vec<String>>,
    /// Ports of each DVIPA that are taken cluster-wide.
    pub ports: BTreeMap<IpAddr, Vec<u16>>,
    /// Stacks with a part in the structures of a DVIPA in the coupling facility.
    pub structures: BTreeMap<IpAddr, Vec<String>>,
    /// Connections by name.
    pub connections: BTreeMap<Handle, Connection>,
}

impl State {
    /// Reads a cluster.
    #[must_use]
    pub fn read(cluster: &Cluster) -> Self {
        let name = |stack: StackId| cluster.stack_name(stack).to_owned();
        let stacks: Vec<StackId> = cluster.stack_ids().collect();
        let mut state = Self::default();
        let mut services: BTreeSet<(IpAddr, u16)> = BTreeSet::new();
        for stack in &stacks {
            for view in cluster.dvipa_views(*stack) {
                state.owners.entry(view.address).or_default();
            }
            let Some(config) = cluster.stack_config(*stack) else { continue };
            for distribution in &config.distributions {
                services.extend(distribution.ports.iter().map(|port| (distribution.dvipa, *port)));
            }
        }
        let addresses: Vec<IpAddr> = state.owners.keys().copied().collect();
        for address in addresses {
            state.owners.insert(address, cluster.owner_of(address).map(name));
            let ports = cluster.ports_in_use(address);
            if !ports.is_empty() {
                state.ports.insert(address, ports);
            }
        }
        for stack in &stacks {
            for view in cluster.dvipa_views(*stack) {
                let status = cluster.status(*stack, view.address).word();
                state.statuses.insert((view.address, name(*stack)), status);
            }
        }
        for (address, port) in services {
            let targets: BTreeSet<String> = cluster.targets(address, port).into_iter().map(name).collect();
            if !targets.is_empty() {
                state.targets.insert((address, port), targets);
            }
        }
        for socket in cluster.sockets() {
            if socket.listening {
                let job = cluster.job_of(socket.job).map(|job| job.name.clone()).unwrap_or_default();
                let key = (name(socket.stack), socket.address, socket.port, socket.udp);
                state.listeners.entry(key).or_default().push(job.to_string());
            }
            if let (Some((peer, _)), Some(address)) = (socket.peer, socket.address) {
                let connection = Connection {
                    stack: name(socket.stack),
                    local: SocketAddr::new(address, socket.port),
                    peer,
                    through: cluster.owner_of(address).map(name),
                };
                state.connections.insert(socket.handle, connection);
            }
        }
        for (address, stacks) in cluster.port_structures() {
            state.structures.insert(address, stacks.into_iter().map(name).collect());
        }
        state
    }
}
