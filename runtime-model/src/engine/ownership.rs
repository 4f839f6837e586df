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
use crate::outcome::{Answer, Ctx};
use crate::stack::RangeOrigin;
use crate::tables::{Claim, Remains, Settle};

impl Cluster {
    /// F7:760, F11:1160: makes an address of a VIPARANGE active here; another owner gives it up.
    pub(crate) fn activate_range(
        &mut self,
        ctx: &mut Ctx,
        stack: StackId,
        address: AddrId,
        how: RangeOrigin,
    ) {
        if !self.fixed.tables.product_state {
            ctx.assume(Assumption::RangeStays);
        }
        let range = self.range_of(stack, address).map(|r| (r.cluster_ports, r.non_disruptive));
        let (cluster_ports, non_disruptive) = range.unwrap_or((false, false));
        if let Some(s) = self.stack_mut(stack) {
            s.dvipas.change(address, |d| {
                d.range = Some(how);
                d.cluster_ports = cluster_ports;
                d.non_disruptive = non_disruptive;
            });
        }
        self.take_ownership(ctx, stack, address, Claim::Range(how));
        self.announce(stack, &BTreeSet::new());
    }

    /// This stack owns the address from now on. A living owner keeps its connections as a moving one.
    pub(crate) fn take_ownership(&mut self, ctx: &mut Ctx, stack: StackId, address: AddrId, claim: Claim) {
        ctx.assume(Assumption::OwnershipIsAtomic);
        let mut held = Vec::new();
        let old = self.owner(address, stack).filter(|old| *old != stack && !self.fixed.tables.keep_old_owner);
        if let Some(old) = old {
            let remains = (self.fixed.tables.on_loss)(self, ctx, old, stack, address, claim);
            // The client's TCP sends again, to the new owner.
            held = self.hand_over(ctx, old, address, remains);
            self.say_handover(ctx, old, stack, address);
        }
        let key = self.key(stack, address);
        self.lost.remove(&key);
        if self.fixed.tables.product_state {
            self.last_owner.insert(key, stack);
        }
        let rules = self.rules_to_use(stack, address);
        if self.fixed.tables.product_state {
            self.note_inherited(ctx, stack, address, &rules);
        }
        let partners: Vec<StackId> = self.stack_ids().filter(|s| self.is_partner(stack, *s)).collect();
        let own: Vec<(u16, std::net::SocketAddr)> = self.connections_at(stack, address);
        if let Some(s) = self.stack_mut(stack) {
            s.dvipas.change(address, |d| {
                d.owner = true;
                d.target_of = None;
                d.moving = false;
                d.quiescing = false;
            });
            let routing = Routing {
                rules,
                awaiting: partners,
                crt: own.into_iter().map(|(port, peer)| (port, peer, stack)).collect(),
                held,
                ..Routing::default()
            };
            s.routing.insert(address, routing);
        }
        self.own_rows(stack, address, true);
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
        match (self.fixed.tables.settle)(self, ctx, stack, address) {
            Settle::Stay => {}
            Settle::Take => self.take_ownership(ctx, stack, address, Claim::Statement),
            Settle::TakeOver => self.take_over(ctx, stack, address),
        }
    }

    /// The backup with the highest rank takes the address of a lost owner.
    pub(crate) fn take_over(&mut self, ctx: &mut Ctx, stack: StackId, address: AddrId) {
        let at = if self.fixed.tables.product_state { "04:1.4" } else { "001" };
        ctx.note(at, "The live backup with the highest rank takes the address over:", || {
            Answer::Name(self.stack_name(stack).to_owned())
        });
        if !self.fixed.tables.product_state || self.is_rank_shared(stack, address) {
            ctx.assume(Assumption::EqualRank);
        }
        let ip = self.address(address);
        let from = self.last_owner(stack, address).map(|last| self.on_system(last)).unwrap_or_default();
        ctx.say(stack, Some("EZZ8301I"), || {
            let from = if from.is_empty() { String::new() } else { format!(" from {from}") };
            format!("DVIPA {ip} taken over{from}")
        });
        self.take_ownership(ctx, stack, address, Claim::Statement);
    }

    /// The address is no longer active here. Sockets that are left make it quiescing. The flag says that a statement, not
    /// an operator, ended it.
    pub(crate) fn give_up(&mut self, ctx: &mut Ctx, stack: StackId, address: AddrId, deleted: bool) {
        self.drop_held(ctx, stack, address);
        let owned = self.owns(stack, address);
        let remains = if owned {
            (self.fixed.tables.on_end)(self, ctx, stack, address, deleted)
        } else {
            Remains::Idle
        };
        if let Some(s) = self.stack_mut(stack) {
            s.routing.remove(&address);
            if let Some(d) = s.dvipas.get_mut(&address) {
                d.owner = false;
                d.quiescing = remains == Remains::Quiescing;
            }
        }
        if owned {
            let key = self.key(stack, address);
            self.lost.insert(key);
        }
        if remains == Remains::Nothing {
            self.break_connections(ctx, stack, address);
        }
    }

    /// After a socket at the address is gone: what waited for the last one happens now.
    pub(crate) fn idle_check(&mut self, ctx: &mut Ctx, stack: StackId, address: AddrId) {
        let Some(d) = self.stack(stack).and_then(|s| s.dvipas.get(&address)) else { return };
        if d.owner {
            if let Some(next) = (self.fixed.tables.waits)(self, ctx, stack, address) {
                self.take_ownership(ctx, next, address, Claim::Statement);
                self.announce(next, &BTreeSet::new());
            }
            return;
        }
        if !(d.moving || d.quiescing) || !(self.fixed.tables.is_over)(self, stack, address) {
            return;
        }
        self.end_instance(ctx, stack, address);
    }
}
