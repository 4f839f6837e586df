//! What must always hold (section 7). The caller asks after every event.

use std::collections::BTreeSet;

use serde::Serialize;
use smallvec::SmallVec;

use crate::cluster::Cluster;
use crate::distribution::messages::Message;
use crate::ids::{AddrId, StackId};
use crate::outcome::Outcome;

/// An invariant that does not hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Violation {
    /// Number in section 7, 1 to 7.
    pub invariant: u8,
    /// What is wrong, in one sentence.
    pub what: String,
}

/// Invariants 1 to 5 of a state. Where one is only due in a quiescent cluster, what a message under way, work in hand
/// or pending clean-up will restore is not reported.
#[must_use]
pub fn invariants(c: &Cluster) -> Vec<Violation> {
    let mut found = Vec::new();
    unique_tuples(c, &mut found);
    ports_match(c, &mut found);
    locks_end(c, &mut found);
    one_owner(c, &mut found);
    routes_live(c, &mut found);
    found
}

/// Invariant 6: a refused request has changed nothing.
#[must_use]
pub fn refused_changes_nothing(before: &Cluster, after: &Cluster, outcome: &Outcome) -> Option<Violation> {
    let same = || {
        // Addresses that a request named for the first time get a number; that is no change of the cluster.
        let mut before = before.clone();
        before.names = std::sync::Arc::clone(&after.names);
        before == *after
    };
    (outcome.refusal().is_some() && outcome.completed.is_empty() && !same())
        .then(|| Violation { invariant: 6, what: "a refused request has changed the cluster".to_owned() })
}

/// 1: no two live connections share a 4-tuple when their local address had CLUSTERPORTS before both began.
fn unique_tuples(c: &Cluster, found: &mut Vec<Violation>) {
    let mut last: Option<((AddrId, u16, std::net::SocketAddr), bool, StackId)> = None;
    for ((local, port, peer, stack), handle) in &c.sockets.tuples {
        let guarded = c.socket(*handle).is_some_and(|s| s.guarded);
        if let Some((key, other, first)) = last
            && key == (*local, *port, *peer)
            && guarded
            && other
            && c.same_group(first, *stack)
        {
            found.push(Violation {
                invariant: 1,
                what: format!(
                    "{} and {} both have a connection from {}:{port} to {peer}",
                    c.stack_name(first),
                    c.stack_name(*stack),
                    c.address(*local)
                ),
            });
        }
        last = Some(((*local, *port, *peer), guarded, *stack));
    }
}

/// 2: a port is unavailable cluster-wide exactly when a live stack holds it, and a stack holds what its sockets hold.
fn ports_match(c: &Cluster, found: &mut Vec<Violation>) {
    if !c.cf.there {
        return;
    }
    let split = c.structures().stack_structures;
    for ((group, address), entry) in &c.cf.entries {
        let mine = |s: &StackId| c.key(*s, *address).0 == *group;
        let structure = entry.structure.get();
        let cluster = structure.unavailable();
        let mut held: SmallVec<[u16; 16]> = SmallVec::new();
        let mut dead = false;
        if split {
            for stack in structure.stacks() {
                let ports = structure.in_use(stack);
                let life = entry.lives.get(&stack).copied().unwrap_or(0);
                if c.is_dead(stack, life) {
                    dead = true;
                } else {
                    local_matches(c, stack, *address, &ports, found);
                }
                held.extend(ports);
            }
            held.sort_unstable();
            held.dedup();
            for port in differences(&cluster, &held) {
                found.push(port_violation(c, *address, port, cluster.contains(&port)));
            }
            if dead
                && c.is_quiescent()
                && c.stack_ids().any(|s| mine(&s) && c.in_group(s) && structure.has(s))
            {
                found.push(Violation {
                    invariant: 2,
                    what: format!("ports of a failed stack were never freed for {}", c.address(*address)),
                });
            }
        } else if c.is_quiescent() {
            let claimed = c
                .stack_ids()
                .filter(mine)
                .filter_map(|s| c.local_ports(s, *address))
                .flat_map(|p| p.claimed.iter().filter(|port| p.used.contains(*port)))
                .chain(c.stack_ids().filter(mine).flat_map(|s| tuples_of(c, *address, s)));
            // Without stack-specific structures the ports of a failed stack are never recovered (figure 8A).
            for port in claimed.filter(|port| cluster.binary_search(port).is_err()) {
                found.push(port_violation(c, *address, port, false));
            }
        }
    }
}

fn tuples_of(c: &Cluster, address: AddrId, stack: StackId) -> impl Iterator<Item = u16> + '_ {
    c.sockets
        .all
        .values()
        .filter(move |s| s.local == address && s.stack == stack)
        .filter(|s| s.claim == crate::socket::ClaimKind::Tuple && s.peer.is_some())
        .map(|s| s.port)
}

fn local_matches(c: &Cluster, stack: StackId, address: AddrId, ports: &[u16], found: &mut Vec<Violation>) {
    let busy = c.stack(stack).is_some_and(|s| s.tasks.iter().any(|t| t.address == address));
    if busy {
        return;
    }
    let mut held: SmallVec<[u16; 16]> = SmallVec::new();
    if let Some(local) = c.local_ports(stack, address) {
        held.extend(local.claimed.iter().filter(|port| local.used.contains(*port)));
    }
    held.extend(tuples_of(c, address, stack));
    held.sort_unstable();
    held.dedup();
    for port in differences(ports, &held) {
        found.push(Violation {
            invariant: 2,
            what: format!(
                "port {port} of {} is {} on {} but its sockets say otherwise",
                c.address(address),
                if ports.contains(&port) { "in use" } else { "not in use" },
                c.stack_name(stack)
            ),
        });
    }
}

/// Ports that one of two ascending lists has and the other has not.
fn differences(a: &[u16], b: &[u16]) -> BTreeSet<u16> {
    if a == b {
        return BTreeSet::new();
    }
    let (a, b): (BTreeSet<u16>, BTreeSet<u16>) = (a.iter().copied().collect(), b.iter().copied().collect());
    a.symmetric_difference(&b).copied().collect()
}

fn port_violation(c: &Cluster, address: AddrId, port: u16, unavailable: bool) -> Violation {
    let what = if unavailable {
        format!("port {port} of {} is unavailable but no stack holds it", c.address(address))
    } else {
        format!("port {port} of {} is available but a stack holds it", c.address(address))
    };
    Violation { invariant: 2, what }
}

/// 3: a lock is held by a live stack at work, or by a failed one whose failure somebody has still to hear.
fn locks_end(c: &Cluster, found: &mut Vec<Violation>) {
    for ((_, address), lock) in &c.cf.locks {
        let holder = lock.holder;
        let at_work = !c.is_dead(holder, lock.life)
            && c.stack(holder).is_some_and(|s| s.tasks.front().is_some_and(|t| t.address == *address));
        // Whoever hears of a failure breaks every dead lock that it answers for.
        let unheard = c.net.iter().any(|e| matches!(e.message, Message::Down));
        let nobody = lock.waiters.is_empty() && !c.stack_ids().any(|s| c.in_group(s));
        // A stack that came back finds the lock its own.
        let back =
            c.in_group(holder) && c.stack(holder).is_some_and(|s| s.life != lock.life && !s.tasks.is_empty());
        if !at_work && !unheard && !nobody && !back {
            found.push(Violation {
                invariant: 3,
                what: format!(
                    "the lock for {} is held by {} for ever",
                    c.address(*address),
                    c.stack_name(holder)
                ),
            });
        }
    }
}

/// 4: at most one stack of a group owns a DVIPA.
fn one_owner(c: &Cluster, found: &mut Vec<Violation>) {
    let owns = |stack: StackId, address: &AddrId| {
        c.stack(stack).is_some_and(|s| {
            s.in_group() && s.routing.contains_key(address) && s.dvipas.get(address).is_some_and(|d| d.owner)
        })
    };
    for a in c.stack_ids() {
        let addresses = c.stack(a).into_iter().flat_map(|s| s.routing.keys());
        for address in addresses.filter(|address| owns(a, address)) {
            for b in c.stack_ids().filter(|b| a < *b && c.same_group(a, *b) && owns(*b, address)) {
                found.push(Violation {
                    invariant: 4,
                    what: format!(
                        "{} and {} both own {}",
                        c.stack_name(a),
                        c.stack_name(b),
                        c.address(*address)
                    ),
                });
            }
        }
    }
}

/// 5: routes lead to live connections and live listeners of live candidates.
fn routes_live(c: &Cluster, found: &mut Vec<Violation>) {
    for owner in c.stack_ids().filter(|s| c.in_group(*s)) {
        let Some(s) = c.stack(owner) else { continue };
        for (address, routing) in s.routing.iter() {
            let quiet = |target: StackId| !c.net.iter().any(|e| e.from == target && e.to == owner);
            for (port, peer, target) in &routing.crt {
                let live = c.is_up(*target) && c.has_connection(*target, *address, *port, *peer);
                if !live && quiet(*target) {
                    found.push(Violation {
                        invariant: 5,
                        what: format!(
                            "{} routes {peer} to {}:{port} on {}, where no such connection lives",
                            c.stack_name(owner),
                            c.address(*address),
                            c.stack_name(*target)
                        ),
                    });
                }
            }
            for (port, target) in routing.dpt.keys() {
                let live = c.in_group(*target)
                    && routing.candidate(*target, *port)
                    && c.listens(*target, *address, *port);
                // Definitions under way are answered with a full report, which puts the rows of the target right.
                let asked = c.net.iter().any(|e| {
                    e.from == owner
                        && e.to == *target
                        && matches!(&e.message, Message::Definitions { list, .. } if list.get(*address).is_some_and(|d| d.owner))
                });
                if !live && quiet(*target) && !asked {
                    found.push(Violation {
                        invariant: 5,
                        what: format!(
                            "{} names {} a target for {}:{port}, but nothing listens there",
                            c.stack_name(owner),
                            c.stack_name(*target),
                            c.address(*address)
                        ),
                    });
                }
            }
        }
    }
}
