//! What stays on a stack that owns an address no longer, and how that ends.

use crate::assumption::Assumption;
use crate::cf::access::Task;
use crate::cluster::Cluster;
use crate::distribution::messages::Rule;
use crate::distribution::routing::Held;
use crate::engine::requests::Begun;
use crate::ids::{AddrId, Handle, StackId};
use crate::outcome::Ctx;
use crate::stack::RangeOrigin;
use crate::tables::Remains;

impl Cluster {
    /// The old owner gives the address away. Gives the requests that waited there.
    pub(super) fn hand_over(
        &mut self,
        ctx: &mut Ctx,
        old: StackId,
        address: AddrId,
        remains: Remains,
    ) -> Vec<Held> {
        let mut held = Vec::new();
        if let Some(s) = self.stack_mut(old) {
            let product = s.product.is_some();
            held = s.routing.remove(&address).map(|r| r.held).unwrap_or_default();
            if let Some(d) = s.dvipas.get_mut(&address) {
                d.owner = false;
                d.moving = remains == Remains::Moving;
                // A moving instance of the product still shows what made it, and waits for its end.
                if !(product && d.moving) {
                    d.range = None;
                }
                if d.is_nothing() {
                    s.dvipas.remove(&address);
                }
            }
        }
        if remains == Remains::Nothing {
            self.forget_creator(old, address);
            self.break_connections(ctx, old, address);
        }
        held
    }

    /// A backup goes on with a distribution: its own, or the one it heard of (04 section 8, point 3).
    pub(super) fn note_inherited(&mut self, ctx: &mut Ctx, stack: StackId, address: AddrId, rules: &[Rule]) {
        let ip = self.address(address);
        let Some(s) = self.stack(stack) else { return };
        let backup = s.dvipas.get(&address).is_some_and(|d| d.backup.is_some());
        let stored = s.stored.get(&address).is_some_and(|rules| !rules.is_empty());
        let own = s.distributions(ip).next().is_some();
        if backup && stored && (!own || !rules.is_empty()) {
            ctx.assume(Assumption::BackupDistributes);
        }
        if let Some(p) = self.stack_mut(stack).and_then(|s| s.product.as_mut()) {
            p.totals.retain(|(a, ..), _| *a != address);
            p.standby.retain(|(a, _), _| *a != address);
        }
    }

    /// Console messages of both stacks (04 1.12).
    pub(super) fn say_handover(&self, ctx: &mut Ctx, old: StackId, new: StackId, address: AddrId) {
        let ip = self.address(address);
        if self.fixed.tables.product_state {
            let (from, to) = (self.on_system(old), self.on_system(new));
            let surrendered = self.stack(new).and_then(|s| s.dvipas.get(&address)).and_then(|d| d.range);
            let surrendered = surrendered.and_then(|_| self.unconfirmed_id(ctx, "EZZ8304I"));
            ctx.say(old, surrendered.or(Some("EZZ8303I")), || format!("DVIPA {ip} given to {to}"));
            let taken = self.unconfirmed_id(ctx, "EZZ8302I");
            ctx.say(new, taken, || format!("DVIPA {ip} taken from {from}"));
        } else {
            let (from, to) = (self.stack_name(old).to_owned(), self.stack_name(new).to_owned());
            ctx.say(old, Some("EZZ8303I"), || format!("DVIPA {ip} given to {to}"));
            ctx.say(new, Some("EZZ8301I"), || format!("DVIPA {ip} taken over from {from}"));
        }
    }

    /// An id that no page confirms, where the model is told to show such ones.
    pub(crate) fn unconfirmed_id(&self, ctx: &mut Ctx, id: &'static str) -> Option<&'static str> {
        if self.answer(Assumption::MessageIds) != "shown" {
            return None;
        }
        ctx.assume(Assumption::MessageIds);
        Some(id)
    }

    /// `TCPIP1 on MVS1`.
    pub(crate) fn on_system(&self, stack: StackId) -> String {
        let system = self.stack(stack).map_or("", |s| &s.config.system);
        format!("{} on {system}", self.stack_name(stack))
    }

    /// A moving or quiescing instance is gone. A statement that is left puts the stack back into the chain.
    pub(super) fn end_instance(&mut self, ctx: &mut Ctx, stack: StackId, address: AddrId) {
        self.forget_creator(stack, address);
        let made = self
            .stack_mut(stack)
            .and_then(|s| s.dvipas.get_mut(&address))
            .filter(|d| !d.owner)
            .is_some_and(|d| d.range.take().is_some());
        if made {
            // The new owner hears of their end while the address is still known here.
            self.break_connections(ctx, stack, address);
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

    /// A DVIPA that bind or ioctl made ends here, with the connections that use it.
    pub(crate) fn end_range(&mut self, ctx: &mut Ctx, stack: StackId, address: AddrId) {
        self.drop_held(ctx, stack, address);
        if let Some(s) = self.stack_mut(stack) {
            s.routing.remove(&address);
            if let Some(d) = s.dvipas.get_mut(&address) {
                d.owner = false;
            }
        }
        self.end_instance(ctx, stack, address);
        let key = self.key(stack, address);
        self.lost.remove(&key);
        self.announce(stack, &std::collections::BTreeSet::new());
    }

    /// The socket that made a DVIPA by bind is closed: the DVIPA goes with it (04 1.9).
    pub(super) fn creator_closed(&mut self, ctx: &mut Ctx, stack: StackId, handle: Handle) {
        let Some(product) = self.stack(stack).and_then(|s| s.product.as_ref()) else { return };
        let made: Vec<AddrId> =
            product.creators.iter().filter(|(_, h)| **h == handle).map(|(a, _)| *a).collect();
        for address in made {
            ctx.assume(Assumption::CreatorEnds);
            self.end_range(ctx, stack, address);
        }
    }

    fn forget_creator(&mut self, stack: StackId, address: AddrId) {
        if let Some(p) = self.stack_mut(stack).and_then(|s| s.product.as_mut()) {
            p.creators.remove(&address);
            p.affine.remove(&address);
        }
    }

    /// Notes the socket that made a DVIPA by bind.
    pub(super) fn note_creator(&mut self, ctx: &mut Ctx, stack: StackId, address: AddrId, handle: Handle) {
        let Some(s) = self.stack_mut(stack) else { return };
        let Some(p) = s.product.as_mut() else { return };
        let made = s.dvipas.get(&address).is_some_and(|d| d.range == Some(RangeOrigin::Bind) && d.owner);
        if !made || p.creators.contains_key(&address) {
            return;
        }
        p.creators.insert(address, handle);
        let job = self.socket(handle).and_then(|s| self.names.job(s.job)).map(|j| j.name.to_string());
        let ip = self.address(address);
        ctx.say(stack, Some("EZD1205I"), || {
            format!("DVIPA {ip} created by bind of {}", job.unwrap_or_default())
        });
    }

    /// Every connection of a stack at an address ends.
    pub(crate) fn break_connections(&mut self, ctx: &mut Ctx, stack: StackId, address: AddrId) {
        if !self.fixed.tables.product_state {
            return;
        }
        let gone: Vec<Handle> = self
            .sockets
            .all
            .iter()
            .filter(|(_, s)| s.stack == stack && s.local == address && s.peer.is_some())
            .map(|(handle, _)| *handle)
            .collect();
        for handle in gone {
            match self.begin_close(ctx, handle) {
                Begun::Done(_) => {}
                Begun::Access(task) => self.queue(stack, Task { ..*task }),
            }
        }
    }
}
