//! What the product notes about targets as things happen: standby roles, totals, affinities.

use std::collections::BTreeSet;
use std::net::SocketAddr;

use crate::assumption::Assumption;
use crate::cluster::Cluster;
use crate::distribution::messages::Rule;
use crate::ids::{AddrId, Handle, StackId};
use crate::model::{Method, Standby};
use crate::outcome::{Answer, Ctx};
use crate::product::state::Affinity;
use crate::product::{methods, targets};
use crate::socket::Socket;

/// Some statement says HOTSTANDBY.
pub(crate) fn is_hot(rules: &[Rule]) -> bool {
    rules.iter().any(|r| r.sharing.as_ref().is_some_and(|s| s.method == Method::HotStandby))
}

impl Cluster {
    /// Weights, responsiveness or paths have changed: rounds begin anew, hot-standby targets are judged again.
    pub(crate) fn targets_changed(&mut self, ctx: &mut Ctx) {
        if !self.fixed.tables.product_state {
            return;
        }
        let mut ports: Vec<(StackId, AddrId, u16)> = Vec::new();
        for stack in self.stack_ids() {
            let Some(s) = self.stack(stack) else { continue };
            // The others have no round to begin and no role to judge.
            let concerned = s.routing.iter().filter(|(_, routing)| {
                is_hot(&routing.rules) || routing.dpt.values().any(|row| row.credit != 0)
            });
            for (address, routing) in concerned {
                ports.extend(routing.dpt.keys().map(|(port, _)| (stack, *address, *port)));
            }
        }
        ports.dedup();
        self.judge_responsive(ctx);
        for (owner, address, port) in ports {
            if let Some(r) = self.routing_mut(owner, address) {
                for row in r.dpt.values_mut() {
                    row.credit = 0;
                }
            }
            self.judge_standby(ctx, owner, address, port);
        }
    }

    /// EZD1182I and EZD1183I of the distributor, for targets that are not responsive any more, or are again.
    fn judge_responsive(&mut self, ctx: &mut Ctx) {
        let all_responsive = self.stack_ids().all(|target| targets::tsr(self, target) > 0);
        for owner in self.stack_ids() {
            let Some(s) = self.stack(owner) else { continue };
            let Some(p) = s.product.as_ref() else { continue };
            if all_responsive && p.unresponsive.is_empty() {
                continue;
            }
            let rows = s.routing.iter().flat_map(|(a, r)| r.dpt.keys().map(move |(port, t)| (*a, *port, *t)));
            let rows: BTreeSet<(AddrId, u16, StackId)> = rows.collect();
            let now: BTreeSet<(AddrId, u16, StackId)> =
                rows.iter().copied().filter(|(.., target)| targets::tsr(self, *target) == 0).collect();
            if now == p.unresponsive {
                continue;
            }
            let gone: Vec<_> = now.difference(&p.unresponsive).copied().collect();
            let back: Vec<_> =
                p.unresponsive.difference(&now).copied().filter(|row| rows.contains(row)).collect();
            for (list, id, word) in
                [(gone, "EZD1182I", "is not responsive"), (back, "EZD1183I", "is responsive")]
            {
                for (address, port, target) in list {
                    let (ip, at) = (self.address(address), self.on_system(target));
                    let parts = targets::parts(self, target);
                    ctx.say(owner, Some(id), || {
                        format!("the target of {ip} port {port} at {at} {word}: {parts}")
                    });
                }
            }
            if let Some(p) = self.stack_mut(owner).and_then(|s| s.product.as_mut()) {
                p.unresponsive = now;
            }
        }
    }

    /// HOTSTANDBY: the active target of a port, as things are now.
    pub(crate) fn judge_standby(&mut self, ctx: &mut Ctx, owner: StackId, address: AddrId, port: u16) {
        if !self.fixed.tables.product_state {
            return;
        }
        if !self.rules_for(owner, address).is_some_and(is_hot) {
            return;
        }
        let next = methods::standby(self, &mut Ctx::new(false), owner, address, port);
        let Some(p) = self.stack_mut(owner).and_then(|s| s.product.as_mut()) else { return };
        let before = p.standby.get(&(address, port)).copied();
        if before == next {
            return;
        }
        match next {
            Some(next) => {
                p.standby.insert((address, port), next);
                let role = targets::role(self, owner, address, port, next).1;
                if before.is_some() && role == Some(Standby::Preferred) {
                    ctx.assume(Assumption::SwitchBack);
                }
                ctx.note("04:5.5", "HOTSTANDBY: new connections go to", || {
                    Answer::Name(self.stack_name(next).to_owned())
                });
            }
            // The one that was active stays the last known one: it is the first to be looked at when it is ready again.
            None => {
                p.standby.remove(&(address, port));
            }
        }
    }

    /// A client's connection was accepted by a target.
    pub(crate) fn note_accepted(
        &mut self,
        owner: StackId,
        target: StackId,
        address: AddrId,
        (listener, connection): (Handle, Handle),
        (port, client): (u16, SocketAddr),
    ) {
        if !self.fixed.tables.product_state {
            return;
        }
        let seconds = self
            .rules_for(owner, address)
            .and_then(|rules| {
                rules.iter().find(|r| r.lists(port)).or_else(|| rules.iter().find(|r| r.ports.is_empty()))
            })
            .and_then(|r| r.sharing.as_ref())
            .map_or(0, |s| s.options.affinity);
        if let Some(p) = self.stack_mut(owner).and_then(|s| s.product.as_mut()) {
            *p.totals.entry((address, port, target)).or_insert(0) += 1;
        }
        let Some(p) = self.stack_mut(target).and_then(|s| s.product.as_mut()) else { return };
        p.through.insert(connection, listener);
        if seconds > 0 {
            let fresh = Affinity { listener, uses: 0, closed: None, seconds };
            let entry = p.affinity.entry((address, port, client.ip())).or_insert_with(|| fresh.clone());
            if entry.listener != listener {
                *entry = fresh;
            }
            entry.uses += 1;
            entry.closed = None;
        }
    }

    /// A socket or connection has ended.
    pub(super) fn note_ended(&mut self, handle: Handle, socket: &Socket) {
        let now = self.now;
        let Some(p) = self.stack_mut(socket.stack).and_then(|s| s.product.as_mut()) else { return };
        let through = p.through.remove(&handle);
        if socket.listening {
            p.affinity.retain(|_, entry| entry.listener != handle);
        }
        let Some((peer, _)) = socket.peer else { return };
        let key = (socket.local, socket.port, peer.ip());
        if let Some(entry) = p.affinity.get_mut(&key)
            && through == Some(entry.listener)
        {
            entry.uses = entry.uses.saturating_sub(1);
            if entry.uses == 0 {
                entry.closed = Some(now);
            }
        }
    }
}
