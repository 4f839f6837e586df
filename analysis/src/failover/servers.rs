//! Servers and clients in the model: who listens, who is served.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use runtime_model::event::{Event, LocalEnd, SocketOptions};
use runtime_model::ids::{Handle, JobId, StackId};
use runtime_model::{Cluster, Routed};

use super::services::{Plan, ServiceKind};

/// Handles of servers begin where those of a scenario or a question never come.
pub(crate) const FIRST_HANDLE: u32 = 1 << 24;

/// Lets every server listen that can. A bound service has one server at a time; a job that listens at a port of its stack
/// serves every address that is distributed there.
pub(crate) fn listen(cluster: &mut Cluster, plans: &[Plan], first: u32) {
    let mut next = first;
    let mut listen_at: BTreeMap<u16, Vec<(StackId, &str)>> = BTreeMap::new();
    let mut jobs: BTreeMap<(&str, Option<&str>), JobId> = BTreeMap::new();
    for plan in plans {
        let at_port = listen_at.entry(plan.port).or_default();
        for server in &plan.servers {
            if !cluster.is_up(server.stack) {
                continue;
            }
            if plan.kind == ServiceKind::Bound && !listening(cluster, plan).is_empty() {
                break;
            }
            let everywhere = plan.kind == ServiceKind::Distributed;
            if everywhere {
                if at_port.contains(&(server.stack, &server.job)) {
                    continue;
                }
                at_port.push((server.stack, &server.job));
            }
            while cluster.socket_view(Handle(next)).is_some() {
                next += 1;
            }
            let address = (!everywhere).then_some(plan.address);
            let job = jobs.entry((&server.job, server.user.as_deref()));
            let job = *job.or_insert_with(|| cluster.job(&server.job, server.user.as_deref()));
            cluster.step_quiet(&Event::Listen {
                stack: server.stack,
                job,
                at: LocalEnd { address, port: plan.port },
                options: SocketOptions { reuse_address: true, udp: false, ..SocketOptions::default() },
                socket: Handle(next),
            });
            next += 1;
        }
    }
}

/// Stacks that serve a service.
pub(crate) fn listening(cluster: &Cluster, plan: &Plan) -> Vec<StackId> {
    let mut stacks: Vec<StackId> = match plan.kind {
        ServiceKind::Distributed => {
            let targets = cluster.targets(plan.address, plan.port);
            if targets.is_empty() { alone(cluster, plan).into_iter().collect() } else { targets }
        }
        ServiceKind::Bound => {
            let owner = cluster.owner_of(plan.address);
            owner
                .filter(|owner| cluster.is_listening_at(*owner, plan.address, plan.port))
                .into_iter()
                .collect()
        }
    };
    stacks.sort_unstable();
    stacks.dedup();
    stacks
}

/// The owner, when it serves the address and port without distributing them.
fn alone(cluster: &Cluster, plan: &Plan) -> Option<StackId> {
    let to = SocketAddr::new(plan.address, plan.port);
    match cluster.route_of(client(plan.address), to) {
        Routed::To(stack) => Some(stack),
        Routed::Held(_) | Routed::Refused(_) | Routed::NoOwner => None,
    }
}

/// A client of the same family, out of a range that documentation uses.
pub(crate) fn client(address: IpAddr) -> SocketAddr {
    let from = match address {
        IpAddr::V4(_) => IpAddr::V4(Ipv4Addr::new(198, 51, 100, 254)),
        IpAddr::V6(_) => IpAddr::V6(Ipv6Addr::new(0x2001, 0xdb8, 0xffff, 0, 0, 0, 0, 254)),
    };
    SocketAddr::new(from, 49_152)
}
