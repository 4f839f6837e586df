//! Who owns a DVIPA: activation, moves, takeover, deletion.
//!
//! Ownership is settled in one step for the whole group; what follows from it travels as messages.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::assumption::Assumption;
use crate::cf::access::{Task, Work};
use crate::cluster::Cluster;
use crate::distribution::routing::Routing;
use crate::ids::{AddrId, StackId};
use crate::model::Moveable;
use crate::outcome::{Answer, Ctx};
use crate::stack::{Dvipa, RangeOrigin};

impl Cluster {
    /// F7:760, F11:1160: makes an address of a VIPARANGE active here; another owner gives it up.
    pub(crate) fn activate_range(
        &mut self,
        ctx: &mut Ctx,
        stack: StackId,
        address: AddrId,
        how: RangeOrigin,
    ) {
        ctx.assume(Assumption::RangeStays);
        let range = self.range_of(stack, address).map(|r| (r.cluster_ports, r.non_disruptive));
        let (cluster_ports, non_disruptive) = range.unwrap_or((false, false));
        if let Some(s) = self.stack_mut(stack) {
            let d = s.dvipas.entry(address).or_default();
            d.range = Some(how);
            d.cluster_ports = cluster_ports;
            d.non_disruptive = non_disruptive;
        }
        self.take_ownership(ctx, stack, address);
        self.announce(stack, &BTreeSet::new());
    }

    /// This stack owns the address from now on. A living owner keeps its connections as a moving one.
    pub(crate) fn take_ownership(&mut self, ctx: &mut Ctx, stack: StackId, address: AddrId) {
        ctx.assume(Assumption::OwnershipIsAtomic);
        let mut held = Vec::new();
        let old = self.owner(address, stack).filter(|old| *old != stack && !self.fixed.tables.keep_old_owner);
        if let Some(old) = old {
            let busy = self.local_ports(old, address).is_some();
            let to = self.stack_name(stack).to_owned();
            let from = self.stack_name(old).to_owned();
            if let Some(s) = self.stack_mut(old) {
                // The client's TCP sends again, to the new owner.
                held = s.routing.remove(&address).map(|r| r.held).unwrap_or_default();
                if let Some(d) = s.dvipas.get_mut(&address) {
                    d.owner = false;
                    d.range = None;
                    d.moving = busy;
                    if d.is_nothing() {
                        s.dvipas.remove(&address);
                    }
                }
            }
            let ip = self.address(address);
            ctx.say(old, Some("EZZ8303I"), || format!("DVIPA {ip} given to {to}"));
            ctx.say(stack, Some("EZZ8301I"), || format!("DVIPA {ip} taken over from {from}"));
        }
        let key = self.key(stack, address);
        self.lost.remove(&key);
        let rules = self.rules_to_use(stack, address);
        let partners: BTreeSet<StackId> = self.stack_ids().filter(|s| self.is_partner(stack, *s)).collect();
        let own: Vec<(u16, std::net::SocketAddr)> = self.connections_at(stack, address);
        if let Some(s) = self.stack_mut(stack) {
            let d = s.dvipas.entry(address).or_default();
            d.owner = true;
            d.target_of = None;
            d.moving = false;
            d.quiescing = false;
            let routing = Routing {
                rules: Arc::new(rules),
                awaiting: partners,
                crt: own.into_iter().map(|(port, peer)| (port, peer, stack)).collect(),
                held,
                ..Routing::default()
            };
            s.routing.insert(address, routing);
        }
        self.own_rows(stack, address);
        self.initialise(ctx, stack, address, false);
    }

    /// Figure 8 for one address on one stack, as work in hand where there is something to do.
    pub(crate) fn initialise(&mut self, ctx: &mut Ctx, stack: StackId, address: AddrId, added: bool) {
        if !self.cluster_ports(stack, address) {
            return;
        }
        let plan = (self.fixed.tables.initialise)(self, ctx, stack, address, added);
        if plan.mark
            && let Some(d) = self.stack_mut(stack).and_then(|s| s.dvipas.get_mut(&address))
        {
            d.marked_for_termination = true;
        }
        if plan.create && self.cf.there {
            self.queue(stack, Task::new(address, Work::Initialise(plan)));
        }
    }

    /// Joins the chain of every DVIPA in the configuration: owns those that are free or that move to it.
    pub(crate) fn settle_configured(&mut self, ctx: &mut Ctx, stack: StackId) {
        let Some(config) = self.stack(stack).map(|s| Arc::clone(&s.config)) else { return };
        for model in &config.dvipas {
            let address = self.intern(model.address);
            self.settle(ctx, stack, address);
        }
    }

    /// Takes one configured DVIPA if it is for this stack now.
    pub(crate) fn settle(&mut self, ctx: &mut Ctx, stack: StackId, address: AddrId) {
        let Some(d) = self.stack(stack).and_then(|s| s.dvipas.get(&address)) else { return };
        if d.owner || d.deactivated || !(d.define || d.backup.is_some()) {
            return;
        }
        let define = d.define;
        let Some(owner) = self.owner(address, stack) else {
            if define {
                self.take_ownership(ctx, stack, address);
            } else if self.lost.contains(&self.key(stack, address))
                && (self.fixed.tables.takes_over)(self, stack, address)
            {
                ctx.assume(Assumption::BackupWaits);
                self.take_over(ctx, stack, address);
            }
            return;
        };
        if !define {
            return;
        }
        if self.stack(owner).and_then(|s| s.dvipas.get(&address)).is_some_and(|d| d.define) {
            ctx.assume(Assumption::SecondDefine);
        }
        if self.gives_up(owner, address) {
            self.take_ownership(ctx, stack, address);
        }
    }

    /// Whether a live owner lets a VIPADEFINE elsewhere have the address now.
    fn gives_up(&self, owner: StackId, address: AddrId) -> bool {
        let Some(d) = self.stack(owner).and_then(|s| s.dvipas.get(&address)) else { return true };
        match d.moveable.unwrap_or(Moveable::Immediate) {
            Moveable::Immediate => d.range.is_none() || d.non_disruptive,
            Moveable::WhenIdle => self.local_ports(owner, address).is_none(),
        }
    }

    /// The backup with the highest rank takes the address of a lost owner.
    pub(crate) fn take_over(&mut self, ctx: &mut Ctx, stack: StackId, address: AddrId) {
        ctx.note("001", "The live backup with the highest rank takes the address over:", || {
            Answer::Name(self.stack_name(stack).to_owned())
        });
        ctx.assume(Assumption::EqualRank);
        let ip = self.address(address);
        ctx.say(stack, Some("EZZ8301I"), || format!("DVIPA {ip} taken over"));
        self.take_ownership(ctx, stack, address);
    }

    /// The address is no longer active here. Sockets that are left make it quiescing.
    pub(crate) fn give_up(&mut self, ctx: &mut Ctx, stack: StackId, address: AddrId) {
        self.drop_held(ctx, stack, address);
        let busy = self.local_ports(stack, address).is_some();
        let mut owned = false;
        if let Some(s) = self.stack_mut(stack) {
            s.routing.remove(&address);
            if let Some(d) = s.dvipas.get_mut(&address) {
                owned = d.owner;
                d.owner = false;
                d.quiescing = busy && owned;
            }
        }
        if owned {
            let key = self.key(stack, address);
            self.lost.insert(key);
        }
    }

    /// After a socket at the address is gone: what waited for the last one happens now.
    pub(crate) fn idle_check(&mut self, ctx: &mut Ctx, stack: StackId, address: AddrId) {
        let Some(d) = self.stack(stack).and_then(|s| s.dvipas.get(&address)) else { return };
        let when_idle = d.owner && d.moveable == Some(Moveable::WhenIdle);
        if !(d.moving || d.quiescing || when_idle) || self.local_ports(stack, address).is_some() {
            return;
        }
        if when_idle {
            let waits = |s: &StackId| {
                self.is_partner(stack, *s)
                    && self
                        .stack(*s)
                        .and_then(|s| s.dvipas.get(&address))
                        .is_some_and(|d: &Dvipa| d.define && !d.deactivated)
            };
            if let Some(next) = self.stack_ids().find(waits) {
                ctx.assume(Assumption::WhenIdle);
                self.take_ownership(ctx, next, address);
                self.announce(next, &BTreeSet::new());
            }
            return;
        }
        if let Some(s) = self.stack_mut(stack)
            && let Some(d) = s.dvipas.get_mut(&address)
        {
            d.moving = false;
            d.quiescing = false;
            if d.is_nothing() {
                s.dvipas.remove(&address);
            }
        }
    }
}
