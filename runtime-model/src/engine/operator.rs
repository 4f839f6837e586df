//! Operator commands, the ioctl for DVIPAs, and what WLM reports.

use std::collections::BTreeSet;

use super::lifecycle::IS_DOWN;
use super::{NO_STACK, done, refuse};
use crate::cluster::Cluster;
use crate::event::{Event, Kind, Servers};
use crate::ids::{JobId, StackId};
use crate::outcome::{Ctx, Errno, Outcome, Refusal};
use crate::product::conflict;
use crate::stack::RangeOrigin;
use crate::tables::Created;

const NOT_CONFIGURED: Refusal =
    Refusal::new(Errno::EINVAL, "event", "the DVIPA has no VIPADEFINE or VIPABACKUP on this stack");
const IS_OFF: Refusal = Refusal::new(Errno::EINVAL, "event", "the DVIPA is deactivated already");
const IS_ON: Refusal = Refusal::new(Errno::EINVAL, "event", "the DVIPA is not deactivated");
const PERCENT: Refusal = Refusal::new(Errno::EINVAL, "event", "the value must be from 0 to 100");

impl Cluster {
    pub(crate) fn deactivate(&mut self, ctx: &mut Ctx, stack: StackId, address: std::net::IpAddr) -> Outcome {
        let address = self.intern(address);
        let Some(d) = self.stack(stack).and_then(|s| s.dvipas.get(&address)) else {
            return refuse(NOT_CONFIGURED);
        };
        if !(d.define || d.backup.is_some()) {
            return refuse(NOT_CONFIGURED);
        }
        if d.deactivated {
            return refuse(IS_OFF);
        }
        if let Err(refusal) = (self.fixed.tables.deactivate)(self, ctx, stack, address) {
            return refuse(refusal);
        }
        if let Some(p) = self.stack_mut(stack).and_then(|s| s.product.as_mut()) {
            p.deactivated.insert(address);
        }
        if let Some(d) = self.stack_mut(stack).and_then(|s| s.dvipas.get_mut(&address)) {
            d.deactivated = true;
        }
        self.give_up(ctx, stack, address, false);
        self.announce(stack, &BTreeSet::new());
        done()
    }

    pub(crate) fn reactivate(&mut self, ctx: &mut Ctx, stack: StackId, address: std::net::IpAddr) -> Outcome {
        let address = self.intern(address);
        let Some(d) = self.stack_mut(stack).and_then(|s| s.dvipas.get_mut(&address)) else {
            return refuse(NOT_CONFIGURED);
        };
        if !d.deactivated {
            return refuse(IS_ON);
        }
        d.deactivated = false;
        if let Some(p) = self.stack_mut(stack).and_then(|s| s.product.as_mut()) {
            p.deactivated.remove(&address);
        }
        self.settle(ctx, stack, address);
        self.announce(stack, &BTreeSet::new());
        done()
    }

    pub(crate) fn define(&mut self, ctx: &mut Ctx, stack: StackId, address: std::net::IpAddr) -> Outcome {
        if !self.is_up(stack) {
            return refuse(IS_DOWN);
        }
        let id = self.intern(address);
        let product = self.fixed.tables.product_state;
        match (self.fixed.tables.create)(self, ctx, stack, id) {
            Err(refusal) => {
                let exit = conflict::exit(&refusal).filter(|_| product);
                Outcome { exit, ..refuse(refusal) }
            }
            Ok(Created::There) => Outcome { exit: product.then_some(0), ..done() },
            Ok(Created::Warned) => {
                ctx.say(stack, None, || format!("DVIPA {address} is active here already"));
                Outcome { exit: product.then_some(conflict::WARNED), ..done() }
            }
            Ok(Created::New) => {
                self.activate_range(ctx, stack, id, RangeOrigin::Ioctl);
                if product {
                    let id = self.unconfirmed_id(ctx, "EZD1204I");
                    ctx.say(stack, id, || format!("DVIPA {address} created by ioctl"));
                }
                let exit = product.then_some(0);
                Outcome { source: Some(address), stack: Some(stack), exit, ..done() }
            }
        }
    }

    /// MODDVIPA -a: the same, and connections go to the address space that asked first (04 1.9).
    pub(super) fn define_affine(
        &mut self,
        ctx: &mut Ctx,
        stack: StackId,
        address: std::net::IpAddr,
        maker: (JobId, Option<u16>),
    ) -> Outcome {
        if !self.is_up(stack) {
            return refuse(IS_DOWN);
        }
        if let Err(refusal) = conflict::affinity_served(self, ctx, stack) {
            return refuse(refusal);
        }
        let outcome = self.define(ctx, stack, address);
        let id = self.intern(address);
        if outcome.exit == Some(0)
            && self.owns(stack, id)
            && let Some(p) = self.stack_mut(stack).and_then(|s| s.product.as_mut())
        {
            p.affine.insert(id, maker);
        }
        outcome
    }

    pub(crate) fn delete(&mut self, ctx: &mut Ctx, stack: StackId, address: std::net::IpAddr) -> Outcome {
        let id = self.intern(address);
        if let Err(refusal) = (self.fixed.tables.delete)(self, ctx, stack, id) {
            let exit = conflict::exit(&refusal).filter(|_| self.fixed.tables.product_state);
            return Outcome { exit, ..refuse(refusal) };
        }
        if self.fixed.tables.product_state {
            self.end_range(ctx, stack, id);
            return Outcome { exit: Some(0), ..done() };
        }
        self.give_up(ctx, stack, id, true);
        let key = self.key(stack, id);
        self.lost.remove(&key);
        if let Some(s) = self.stack_mut(stack)
            && let Some(d) = s.dvipas.get_mut(&id)
        {
            d.range = None;
            if d.is_nothing() {
                s.dvipas.remove(&id);
            }
        }
        done()
    }

    /// What operators and WLM say about servers: quiesce, resume, weight, health, responsiveness.
    pub(crate) fn report_in(&mut self, ctx: &mut Ctx, event: &Event) -> Outcome {
        let Kind::Servers { stack, told } = event.kind() else { return refuse(NO_STACK) };
        let percent = match told {
            Servers::Health(_, value) | Servers::Tsr(value) => value,
            Servers::Quiesce(_) | Servers::Resume(_) | Servers::Weight(..) => 0,
        };
        if !self.is_up(stack) {
            return refuse(IS_DOWN);
        }
        if percent > 100 {
            return refuse(PERCENT);
        }
        let Some(s) = self.stack_mut(stack) else { return refuse(NO_STACK) };
        let reports = &mut *s.reports;
        match told {
            Servers::Quiesce(port) => {
                reports.quiesced.insert(port);
            }
            Servers::Resume(port) => {
                reports.quiesced.remove(&port);
            }
            Servers::Weight(job, value) => {
                reports.weights.insert(job, value);
            }
            Servers::Health(job, value) => {
                reports.health.insert(job, value);
            }
            Servers::Tsr(value) => reports.tsr = Some(value),
        }
        self.targets_changed(ctx);
        Outcome { stack: Some(stack), ..done() }
    }
}
