//! VARY TCPIP,,OBEYFILE on a running stack: the new effective configuration takes the place of the old one.

use std::collections::BTreeSet;
use std::net::IpAddr;
use std::sync::Arc;

use super::lifecycle::IS_DOWN;
use super::{NO_STACK, done, refuse};
use crate::cluster::Cluster;
use crate::ids::{AddrId, StackId};
use crate::model::{ClusterPortsAdded, StackModel};
use crate::outcome::{Answer, Ctx, Errno, NotTaken, Outcome, Refusal, Refused};
use crate::stack::RangeOrigin;

const OTHER_STACK: Refusal = Refusal::new(Errno::EINVAL, "event", "the configuration is for another stack");

impl Cluster {
    pub(crate) fn obey(&mut self, ctx: &mut Ctx, stack: StackId, config: &Arc<StackModel>) -> Outcome {
        let Some(s) = self.stack(stack) else { return refuse(NO_STACK) };
        if !s.up {
            return refuse(IS_DOWN);
        }
        let old = Arc::clone(&s.config);
        if !old.name.eq_ignore_ascii_case(&config.name) || old.xcf_group != config.xcf_group {
            return refuse(OTHER_STACK);
        }
        let config = self.without_refused(ctx, stack, &old, config);
        let named = self.made_under(stack, &config.product.deleted_interfaces);
        self.delete_made(ctx, stack, &config.product.deleted);
        self.delete_made(ctx, stack, &named);
        self.judge_again(stack, &old, &config);
        let before: BTreeSet<AddrId> = self
            .stack(stack)
            .map(|s| s.dvipas.iter().filter(|(_, d)| d.cluster_ports).map(|(a, _)| *a).collect())
            .unwrap_or_default();
        if let Some(s) = self.stack_mut(stack) {
            s.configure(config);
        }
        self.load_profile(ctx, stack);
        self.forget_refused(stack, &ctx.not_taken);
        self.store_heard(stack);
        self.index_dvipas();
        if !self.in_group(stack) {
            return Outcome { stack: Some(stack), ..done() };
        }
        self.take_pool(ctx, stack, old.network.explicit_bind);
        self.drop_unstated(ctx, stack);
        self.refresh_cluster_ports(stack, &old);
        self.settle_configured(ctx, stack);
        self.refresh_rules(ctx, stack);
        let after: Vec<AddrId> = self
            .stack(stack)
            .map(|s| {
                s.dvipas.iter().filter(|(_, d)| d.cluster_ports && d.configured()).map(|(a, _)| *a).collect()
            })
            .unwrap_or_default();
        let added: BTreeSet<AddrId> = after.into_iter().filter(|a| !before.contains(a)).collect();
        for address in &added {
            self.initialise(ctx, stack, *address, true);
        }
        self.announce(stack, &added);
        self.judge_sources(ctx, stack);
        Outcome { stack: Some(stack), ..done() }
    }

    /// DVIPAs of this stack inside IPv6 ranges with these interface names.
    fn made_under(&self, stack: StackId, interfaces: &[String]) -> Vec<IpAddr> {
        let Some(s) = self.stack(stack) else { return Vec::new() };
        let under = |address: IpAddr| {
            s.config.ranges.iter().any(|range| {
                range.subnet.contains(&address)
                    && range.interface.as_ref().is_some_and(|name| interfaces.contains(name))
            })
        };
        s.dvipas.keys().map(|id| self.address(*id)).filter(|address| under(*address)).collect()
    }

    /// VIPADELETE ends what an ioctl made, and what is left of it here as MOVING (04 1.2 S13, 1.10).
    fn delete_made(&mut self, ctx: &mut Ctx, stack: StackId, addresses: &[IpAddr]) {
        for address in addresses {
            let Some(id) = self.names.find(*address) else { continue };
            let made = self
                .stack(stack)
                .and_then(|s| s.dvipas.get(&id))
                .is_some_and(|d| d.range == Some(RangeOrigin::Ioctl) && (d.owner || d.moving));
            if self.fixed.tables.product_state && made {
                ctx.note("04:1.2", "VIPADELETE ends what an ioctl made:", || Answer::Address(*address));
                self.end_range(ctx, stack, id);
            }
        }
    }

    /// Setting `clusterports-added = refuse`: a statement that adds CLUSTERPORTS to a distributed DVIPA with live
    /// connections has no effect at all.
    fn without_refused(
        &self,
        ctx: &mut Ctx,
        stack: StackId,
        old: &StackModel,
        new: &Arc<StackModel>,
    ) -> Arc<StackModel> {
        if self.fixed.structures.clusterports_added != ClusterPortsAdded::Refuse {
            return Arc::clone(new);
        }
        let mut kept = (**new).clone();
        let busy = |address: IpAddr| {
            self.names.find(address).is_some_and(|id| {
                self.is_distributed(stack, id) && self.sockets.tuples.keys().any(|(local, ..)| *local == id)
            })
        };
        for statement in &mut kept.dvipas {
            let was = old.dvipas.iter().find(|d| d.address == statement.address);
            if statement.cluster_ports && was.is_some_and(|d| !d.cluster_ports) && busy(statement.address) {
                let address = statement.address;
                say_busy(ctx, stack, address);
                if let Some(was) = was {
                    *statement = was.clone();
                }
            }
        }
        let dists = std::mem::take(&mut kept.distributions);
        for statement in dists {
            let was: Vec<_> = old.distributions.iter().filter(|d| d.dvipa == statement.dvipa).collect();
            let adds = statement.cluster_ports && !was.is_empty() && !was.iter().any(|d| d.cluster_ports);
            if adds && busy(statement.dvipa) {
                let address = statement.dvipa;
                say_busy(ctx, stack, address);
                for was in was {
                    if !kept.distributions.contains(was) {
                        kept.distributions.push(was.clone());
                    }
                }
            } else {
                kept.distributions.push(statement);
            }
        }
        Arc::new(kept)
    }

    /// DVIPAs whose statement is gone end here.
    fn drop_unstated(&mut self, ctx: &mut Ctx, stack: StackId) {
        let Some(s) = self.stack(stack) else { return };
        let gone: Vec<AddrId> = s
            .dvipas
            .iter()
            .filter(|(_, d)| d.owner && !d.define && d.backup.is_none() && d.range.is_none())
            .map(|(a, _)| *a)
            .collect();
        for address in gone {
            self.give_up(ctx, stack, address, true);
        }
        if let Some(s) = self.stack_mut(stack) {
            s.forget_nothings();
        }
    }

    /// A stack that VARY OBEY makes a backup stores what it heard of the distribution before.
    fn store_heard(&mut self, stack: StackId) {
        let Some(s) = self.stack(stack) else { return };
        let mut found = Vec::new();
        for (address, d) in s.dvipas.iter() {
            if (d.define || d.backup.is_some()) && !d.owner && !s.stored.contains_key(address) {
                let owner = self.owner(*address, stack);
                let told = owner.and_then(|o| s.heard.get(&o)).and_then(|list| list.get(*address));
                found.extend(told.map(|d| (*address, Arc::clone(&d.rules))));
            }
        }
        if let Some(s) = self.stack_mut(stack) {
            for (address, rules) in found {
                s.stored.insert(address, rules);
            }
        }
    }

    /// CLUSTERPORTS as the new statements say, for addresses that come from a statement or range of this stack. What came
    /// from elsewhere, a routing stack that is gone for instance, stays.
    fn refresh_cluster_ports(&mut self, stack: StackId, old: &StackModel) {
        let Some(config) = self.stack(stack).map(|s| Arc::clone(&s.config)) else { return };
        let addresses: Vec<AddrId> =
            self.stack(stack).map(|s| s.dvipas.keys().copied().collect()).unwrap_or_default();
        for address in addresses {
            let ip = self.address(address);
            let says = |config: &StackModel| {
                config.dvipas.iter().any(|d| d.address == ip && d.cluster_ports)
                    || config.distributions.iter().any(|d| d.dvipa == ip && d.cluster_ports)
            };
            let (stated, was_stated) = (says(&config), says(old));
            let ranged = self.range_of(stack, address).is_some_and(|r| r.cluster_ports);
            let heard = self.heard_cluster_ports(stack, address);
            let d = self.stack_mut(stack).and_then(|s| s.dvipas.get_mut(&address));
            if let Some(d) = d {
                d.cluster_ports = if d.range.is_some() {
                    ranged
                } else if was_stated && !stated {
                    d.cluster_ports && heard
                } else {
                    // One that only has connections left goes on as it is.
                    d.cluster_ports || stated || (heard && d.configured())
                };
            }
        }
    }

    /// VIPADISTRIBUTE statements of addresses that this stack owns; rows of stacks that are no candidates any more go.
    fn refresh_rules(&mut self, ctx: &mut Ctx, stack: StackId) {
        let owned: Vec<AddrId> =
            self.stack(stack).map(|s| s.routing.keys().copied().collect()).unwrap_or_default();
        for address in owned {
            let rules = self.rules_to_use(stack, address);
            let Some(s) = self.stack_mut(stack) else { return };
            let Some(routing) = s.routing.get_mut(&address) else { continue };
            if routing.rules == rules {
                continue;
            }
            routing.rules = rules;
            let keep: BTreeSet<(u16, StackId)> =
                routing.dpt.keys().copied().filter(|(port, s)| routing.candidate(*s, *port)).collect();
            routing.dpt.retain(|key, _| keep.contains(key));
            let rules = Arc::clone(&routing.rules);
            routing.unique.retain(|(_, s)| rules.iter().any(|r| r.names(*s)));
            self.own_rows(stack, address, false);
            self.retry_held(ctx, stack, address);
        }
    }
}

/// CLUSTERPORTS is refused while there are connections.
fn say_busy(ctx: &mut Ctx, stack: StackId, address: IpAddr) {
    let why = "it is distributed and has connections";
    ctx.say(stack, None, || format!("CLUSTERPORTS for {address} refused: {why}"));
    ctx.not_taken.push(NotTaken { address, what: Refused::ClusterPorts, why: why.to_owned() });
}
