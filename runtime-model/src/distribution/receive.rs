//! Receiving: what a stack does with each message.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::sync::Arc;

use super::messages::{Definitions, Message, Report};
use crate::assumption::Assumption;
use crate::cluster::Cluster;
use crate::ids::{AddrId, StackId};
use crate::outcome::{Answer, Ctx};

impl Cluster {
    pub(crate) fn receive(&mut self, ctx: &mut Ctx, me: StackId, from: StackId, message: Message) {
        match message {
            Message::Definitions { list, hello } => self.hear(ctx, me, from, &list, hello),
            Message::Report(report) => self.take_report(ctx, me, from, &report),
            Message::Listening { address, port, listeners } => {
                ctx.note("003#14", "The routing stack notes the listeners of a target:", || {
                    Answer::Count(listeners)
                });
                self.set_row(me, from, address, port, listeners);
                self.retry_held(ctx, me, address);
            }
            Message::Begun { address, port, peer } if self.is_over_already(from, address, port, peer) => {}
            Message::Begun { address, port, peer } => {
                if let Some(r) = self.routing_mut(me, address) {
                    r.crt.insert((port, peer, from));
                }
                self.retry_held(ctx, me, address);
            }
            Message::Ended { address, port, peer } => {
                if let Some(r) = self.routing_mut(me, address) {
                    r.crt.remove(&(port, peer, from));
                }
                if self.fixed.tables.product_state {
                    self.idle_check(ctx, me, address);
                }
            }
            Message::Unique { address, port, on } => {
                self.set_unique(me, from, address, port, on);
                self.retry_held(ctx, me, address);
            }
            Message::Holders { address, ports } => self.judge_routes(ctx, me, address, &ports),
            Message::Down => self.partner_down(ctx, me, from),
        }
    }

    /// A partner's full list: am I a candidate, am I a backup?
    fn hear(&mut self, ctx: &mut Ctx, me: StackId, from: StackId, list: &Arc<Definitions>, hello: bool) {
        let mut fresh: Vec<(AddrId, bool)> = Vec::new();
        let mut assumed = false;
        // Who owns an address is settled for all at once: a list that was sent before the sender lost one names no targets.
        let owned: BTreeSet<AddrId> =
            list.list.iter().filter(|d| d.owner && self.owns(from, d.address)).map(|d| d.address).collect();
        let moved: BTreeSet<AddrId> = list
            .list
            .iter()
            .filter(|d| d.owner && !owned.contains(&d.address) && self.owner(d.address, me).is_some())
            .map(|d| d.address)
            .collect();
        if let Some(s) = self.stack_mut(me) {
            s.heard.insert(from, Arc::clone(list));
            if let Some(p) = &mut s.product {
                p.known.extend(list.list.iter().filter(|d| d.owner || d.define).map(|d| d.address));
            }
            for d in &list.list {
                let owner = owned.contains(&d.address);
                let candidate = owner && d.rules.iter().any(|r| r.names(me));
                let known = s.dvipas.get_mut(&d.address);
                if known.as_ref().is_some_and(|k| (k.define || k.backup.is_some()) && !k.owner) {
                    if d.owner && !moved.contains(&d.address) {
                        s.stored.insert(d.address, Arc::clone(&d.rules));
                    } else if d.define && !d.rules.is_empty() {
                        s.stored.entry(d.address).or_insert_with(|| Arc::clone(&d.rules));
                    }
                }
                let on = known.as_ref().is_some_and(|k| k.cluster_ports);
                // The keyword reaches a stack on which sockets have the address already: as if by VARY OBEY.
                let late = d.cluster_ports && !on && s.ports.contains_key(&d.address);
                if candidate && known.as_ref().is_none_or(|k| !k.owner) {
                    let mine = s.dvipas.entry(d.address).or_default();
                    if mine.target_of != Some(from) || (d.cluster_ports && !on) || d.added {
                        fresh.push((d.address, d.added || late));
                        assumed |= late;
                    }
                    mine.target_of = Some(from);
                    mine.quiescing &= mine.deactivated;
                    mine.cluster_ports |= d.cluster_ports;
                } else if let Some(mine) = known {
                    // One that another stack named a target, before this owner took the address, ends, too.
                    if mine.target_of == Some(from) || (owner && mine.target_of.is_some()) {
                        mine.target_ends(s.ports.contains_key(&d.address));
                    }
                    if (mine.define || mine.backup.is_some()) && (d.owner || d.define) {
                        mine.cluster_ports |= d.cluster_ports;
                        if late {
                            fresh.push((d.address, true));
                            assumed = true;
                        }
                    }
                }
            }
            // Addresses that the sender names no longer.
            for (address, mine) in &mut s.dvipas {
                if mine.target_of == Some(from) && list.get(*address).is_none() {
                    mine.target_ends(s.ports.contains_key(address));
                }
            }
            s.dvipas.retain(|_, d| !d.is_nothing());
        }
        if !fresh.is_empty() {
            ctx.note(
                "003#10",
                "The stack is a candidate target; distributed addresses that are new to it:",
                || Answer::Count(u32::try_from(fresh.len()).unwrap_or(u32::MAX)),
            );
        }
        if assumed {
            ctx.assume(Assumption::LateKeyword);
        }
        for (address, added) in fresh {
            self.initialise(ctx, me, address, added);
        }
        if list.list.iter().any(|d| d.owner) {
            let report = self.full_report(me, list);
            self.send(me, from, Message::Report(Arc::new(report)));
        }
        if hello {
            let mine = Arc::new(self.definitions(me, &BTreeSet::new()));
            self.send(me, from, Message::Definitions { list: mine, hello: false });
        }
        // An address that a partner gave up may be for this stack.
        self.take_over_lost(ctx, me);
    }

    fn take_report(&mut self, ctx: &mut Ctx, me: StackId, from: StackId, report: &Report) {
        let mut held = Vec::new();
        for d in report.answers.list.iter().filter(|d| d.owner) {
            let Some(r) = self.routing_mut(me, d.address) else { continue };
            r.awaiting.remove(&from);
            let old: Vec<u16> = r.dpt.keys().filter(|(_, s)| *s == from).map(|(port, _)| *port).collect();
            for port in old {
                if !report.listeners.iter().any(|(a, p, _)| *a == d.address && *p == port) {
                    r.dpt.remove(&(port, from));
                }
            }
            r.unique.retain(|(port, s)| *s != from || report.unique.contains(&(d.address, *port)));
            if !r.held.is_empty() {
                held.push(d.address);
            }
        }
        for (address, port, listeners) in &report.listeners {
            self.set_row(me, from, *address, *port, *listeners);
        }
        for (address, port) in &report.unique {
            self.set_unique(me, from, *address, *port, true);
        }
        for (address, port, peer) in &report.connections {
            if self.is_over_already(from, *address, *port, *peer) {
                continue;
            }
            if let Some(r) = self.routing_mut(me, *address) {
                r.crt.insert((*port, *peer, from));
            }
        }
        for address in held {
            self.retry_held(ctx, me, address);
        }
    }

    /// A connection that a message tells of was broken meanwhile, when the address was taken away: nobody is told of that.
    fn is_over_already(&self, from: StackId, address: AddrId, port: u16, peer: SocketAddr) -> bool {
        self.fixed.tables.product_state && !self.has_connection(from, address, port, peer)
    }
}
