//! Start of a stack, joining and leaving its group, and the coupling facility as a whole.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{NO_STACK, done, refuse};
use crate::assumption::Assumption;
use crate::cf::access::Work;
use crate::cf::{Change, CouplingFacility};
use crate::cluster::{Cluster, home_of};
use crate::event::CfStep;
use crate::founding::f2_sources::Sources;
use crate::ids::{AddrId, StackId};
use crate::model::DvipaOrigin;
use crate::outcome::{Answer, Ctx, Errno, Outcome, Refusal};
use crate::product::Membership;
use crate::tables::InitPlan;

const IS_UP: Refusal = Refusal::new(Errno::EINVAL, "event", "the stack is up already");
pub(crate) const IS_DOWN: Refusal = Refusal::new(Errno::ENETDOWN, "event", "the stack is not up");
const IS_IN: Refusal = Refusal::new(Errno::EINVAL, "event", "the stack is in its group already");
const CF_THERE: Refusal = Refusal::new(Errno::EINVAL, "event", "the coupling facility is there already");
const CF_GONE: Refusal = Refusal::new(Errno::EINVAL, "event", "there is no coupling facility");

impl Cluster {
    pub(crate) fn start(&mut self, ctx: &mut Ctx, stack: StackId) -> Outcome {
        let Some(s) = self.stack(stack) else { return refuse(NO_STACK) };
        if s.up {
            return refuse(IS_UP);
        }
        if let Some(s) = self.stack_mut(stack) {
            s.up = true;
        }
        self.load_profile(ctx, stack);
        self.join(ctx, stack, false)
    }

    /// What the configuration gives without any partner: F2, reservations, home list.
    pub(crate) fn load_profile(&mut self, ctx: &mut Ctx, stack: StackId) {
        let Some(config) = self.stack(stack).map(|s| Arc::clone(&s.config)) else { return };
        let sources = Sources::new(&config.sources);
        let marks = self.fixed.tables.marks;
        if ctx.ask(
            marks.sources.0,
            "Does the profile give applications a source address?",
            !config.sources.is_empty(),
        ) {
            ctx.note(marks.sources.1, "Associate them:", || {
                Answer::Count(u32::try_from(config.sources.len()).unwrap_or(u32::MAX))
            });
        }
        let names = Arc::make_mut(&mut self.names);
        let home = home_of(names, &config);
        for address in sources.addresses().chain(super::pool::named(&config)) {
            names.intern(address);
        }
        if let Some(s) = self.stack_mut(stack) {
            s.sources = Arc::new(sources);
            s.home = Arc::new(home);
            s.reserved = Arc::new(s.reservations());
        }
        self.load_dvipas(ctx, stack);
    }

    /// VIPADEFINE and VIPABACKUP statements become roles; roles whose statement is gone end. Outside its group a stack
    /// keeps the statements and has no roles.
    pub(crate) fn load_dvipas(&mut self, ctx: &mut Ctx, stack: StackId) {
        if !self.in_group(stack) {
            return;
        }
        let Some(config) = self.stack(stack).map(|s| Arc::clone(&s.config)) else { return };
        let mut stated = BTreeSet::new();
        for model in &config.dvipas {
            let address = self.intern(model.address);
            if self.rejects(ctx, stack, address) {
                continue;
            }
            stated.insert(address);
            let by_distribution =
                config.distributions.iter().any(|d| d.dvipa == model.address && d.cluster_ports);
            if let Some(s) = self.stack_mut(stack) {
                let deactivated = s.product.as_ref().is_some_and(|p| p.deactivated.contains(&address));
                s.dvipas.change(address, |d| {
                    match model.origin {
                        DvipaOrigin::Define => d.define = true,
                        DvipaOrigin::Backup(rank) => d.backup = Some(rank),
                    }
                    d.moveable = model.moveable;
                    d.deactivated |= deactivated;
                    d.cluster_ports |= model.cluster_ports || by_distribution;
                });
            }
        }
        if let Some(s) = self.stack_mut(stack) {
            for (address, d) in s.dvipas.iter_mut() {
                if !stated.contains(address) {
                    d.define = false;
                    d.backup = None;
                }
            }
        }
    }

    pub(crate) fn join(&mut self, ctx: &mut Ctx, stack: StackId, asked: bool) -> Outcome {
        let Some(s) = self.stack(stack) else { return refuse(NO_STACK) };
        if !s.up {
            return refuse(IS_DOWN);
        }
        if s.joined {
            return refuse(IS_IN);
        }
        if let Some(delay) = (self.fixed.tables.join_delay)(self, ctx, stack, asked) {
            return self.delay_join(ctx, stack, delay);
        }
        if let Some(s) = self.stack_mut(stack) {
            s.joined = true;
            s.life += 1;
        }
        self.set_membership(stack, Membership::Joined, None);
        self.clean_on_return(ctx, stack);
        self.take_pool(ctx, stack, None);
        self.load_dvipas(ctx, stack);
        self.settle_configured(ctx, stack);
        self.recover_all(stack);
        self.greet(stack);
        self.judge_sources(ctx, stack);
        Outcome { stack: Some(stack), ..done() }
    }

    /// A SOURCEIPA entry that is not right yet is kept, with a message.
    pub(crate) fn judge_sources(&mut self, ctx: &mut Ctx, stack: StackId) {
        let Some(s) = self.stack(stack).filter(|_| !self.fixed.tables.product_state) else { return };
        let sources = Arc::clone(&s.sources);
        for address in sources.addresses() {
            let Some(id) = self.names.find(address) else { continue };
            let right = self.is_configured(stack, id) || self.is_home(stack, id);
            if !right {
                ctx.assume(Assumption::SourceKept);
                ctx.say(stack, None, || {
                    format!("SOURCEIPA {address} is not on this stack yet; the entry is kept")
                });
            }
        }
    }

    /// The stack goes on alone: its DVIPAs end here, definitions are kept.
    pub(crate) fn leave(&mut self, ctx: &mut Ctx, stack: StackId, how: Membership) -> Outcome {
        let Some(s) = self.stack(stack) else { return refuse(NO_STACK) };
        if !s.in_group() {
            if s.product.as_ref().is_some_and(|p| p.membership == Membership::Waiting) {
                self.set_membership(stack, how, None);
                return Outcome { stack: Some(stack), ..done() };
            }
            return refuse(Refusal::new(Errno::ENETDOWN, "event", "the stack is not in its group"));
        }
        let dvipas: BTreeSet<AddrId> = s.dvipas.keys().copied().collect();
        self.drop_sockets(stack, |local| dvipas.contains(&local));
        self.depart(ctx, stack);
        if let Some(s) = self.stack_mut(stack) {
            s.joined = false;
            s.dvipas.clear();
            s.routing.clear();
            s.heard.clear();
            s.stored.clear();
            s.ports.retain(|address, _| !dvipas.contains(address));
        }
        self.leave_pool(stack);
        self.set_membership(stack, how, None);
        if let Some(p) = self.stack_mut(stack).and_then(|s| s.product.as_mut()) {
            p.known.clear();
            p.affinity.clear();
            p.through.clear();
            p.standby.clear();
            p.unresponsive.clear();
            p.totals.clear();
            p.creators.clear();
            p.affine.clear();
        }
        Outcome { stack: Some(stack), ..done() }
    }

    pub(crate) fn lose_cf(&mut self, ctx: &mut Ctx) -> Outcome {
        if !self.cf.there {
            return refuse(CF_GONE);
        }
        ctx.assume(Assumption::CfLost);
        let pools = self.cf.pools.clone();
        self.cf = Arc::new(CouplingFacility { there: false, pools, ..CouplingFacility::new() });
        // Locks are gone, and what was judged under them is worth nothing: work in hand begins again.
        for stack in self.stack_ids() {
            if self.stack(stack).is_none_or(|s| s.tasks.is_empty()) {
                continue;
            }
            if let Some(s) = self.stack_mut(stack) {
                for task in &mut s.tasks {
                    task.next = CfStep::Obtain;
                    task.change = None;
                    task.cleared.clear();
                }
            }
        }
        done()
    }

    /// Every live stack writes what its sockets hold, before anybody asks for a port.
    pub(crate) fn restore_cf(&mut self, ctx: &mut Ctx) -> Outcome {
        if self.cf.there {
            return refuse(CF_THERE);
        }
        ctx.assume(Assumption::CfRebuild);
        let pools = self.cf.pools.clone();
        self.cf = Arc::new(CouplingFacility { pools, ..CouplingFacility::new() });
        let form = self.fixed.structures;
        let mut written: Vec<(StackId, AddrId, Vec<u16>)> = Vec::new();
        for stack in self.stack_ids() {
            let Some(s) = self.stack(stack).filter(|s| s.in_group()) else { continue };
            let life = s.life;
            let addresses: Vec<AddrId> =
                s.dvipas.iter().filter(|(_, d)| d.cluster_ports && d.configured()).map(|(a, _)| *a).collect();
            for address in addresses {
                let plan = InitPlan { create: true, scan: true, ..InitPlan::default() };
                if let Some(p) = self.stack_mut(stack).and_then(|s| s.ports.get_mut(&address)) {
                    p.claimed = crate::bits::Bits::new(false);
                }
                let change = self.revise(ctx, stack, address, &mut Work::Initialise(plan));
                let key = self.key(stack, address);
                self.cf_mut().write(form, key, stack, life, &change);
                if let Change::Write(found) = &change {
                    self.claim_found(stack, address, found);
                    self.claim_tuples(stack, address);
                    written.push((stack, address, found.iter().map(|(port, _)| *port).collect()));
                }
            }
            self.restore_blocks(stack);
        }
        // Holders may have gone while nobody could say so.
        for (stack, address, ports) in written {
            self.judge_routes(ctx, stack, address, &ports);
        }
        done()
    }
}
