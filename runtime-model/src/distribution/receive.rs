//! Receiving: what a stack does with each message.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::sync::Arc;

use super::messages::{Definition, Definitions, Message, Report};
use crate::assumption::Assumption;
use crate::cluster::Cluster;
use crate::ids::{AddrId, StackId};
use crate::outcome::{Answer, Ctx};

/// Who owns an address of a list now, by what the list says of it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Held {
    /// The sender does not say that it does.
    Unsaid,
    Sender,
    /// The sender lost it to another stack meanwhile.
    Another,
    /// The sender lost it, and nobody has it.
    Nobody,
}

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
        let held: Vec<Held> = list.list.iter().map(|d| self.held_by(d, from, me)).collect();
        if let Some(s) = self.stack_mut(me) {
            s.heard.insert(from, Arc::clone(list));
            if let Some(p) = &mut s.product {
                for d in list.list.iter().filter(|d| d.owner || d.define) {
                    p.known.insert(d.address);
                }
            }
            for (d, held) in list.list.iter().zip(held) {
                let owner = held == Held::Sender;
                let candidate = owner && d.rules.iter().any(|r| r.names(me));
                let known = s.dvipas.get(&d.address).copied();
                if known.is_some_and(|k| (k.define || k.backup.is_some()) && !k.owner) {
                    let stored = s.stored.get(&d.address);
                    let fits = match (d.owner && held != Held::Another, stored) {
                        (true, Some(stored)) => !Arc::ptr_eq(stored, &d.rules),
                        (true, None) => true,
                        (false, stored) => stored.is_none() && d.define && !d.rules.is_empty(),
                    };
                    if fits {
                        s.stored.insert(d.address, Arc::clone(&d.rules));
                    }
                }
                let on = known.is_some_and(|k| k.cluster_ports);
                // The keyword reaches a stack on which sockets have the address already: as if by VARY OBEY.
                let late = d.cluster_ports && !on && s.ports.contains_key(&d.address);
                let mut mine = known.unwrap_or_default();
                if candidate && !mine.owner {
                    if mine.target_of != Some(from) || (d.cluster_ports && !on) || d.added {
                        fresh.push((d.address, d.added || late));
                        assumed |= late;
                    }
                    mine.target_of = Some(from);
                    mine.quiescing &= mine.deactivated;
                    mine.cluster_ports |= d.cluster_ports;
                } else if known.is_some() {
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
                } else {
                    continue;
                }
                if known != Some(mine) {
                    s.dvipas.insert(d.address, mine);
                }
            }
            // Addresses that the sender names no longer.
            let named = s.dvipas.iter().filter(|(_, mine)| mine.target_of == Some(from));
            let gone: Vec<AddrId> = named.map(|(a, _)| *a).filter(|a| list.get(*a).is_none()).collect();
            for address in gone {
                let busy = s.ports.contains_key(&address);
                if let Some(mine) = s.dvipas.get_mut(&address) {
                    mine.target_ends(busy);
                }
            }
            s.forget_nothings();
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
            r.hears_from(from);
            r.dpt.retain(|(port, target), _| *target != from || report.lists(d.address, *port));
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

    /// Who owns an address that the list of another stack speaks of.
    fn held_by(&self, told: &Definition, from: StackId, me: StackId) -> Held {
        if !told.owner {
            Held::Unsaid
        } else if self.owns(from, told.address) {
            Held::Sender
        } else if self.owner(told.address, me).is_some() {
            Held::Another
        } else {
            Held::Nobody
        }
    }

    /// A connection that a message tells of was broken meanwhile, when the address was taken away: nobody is told of that.
    fn is_over_already(&self, from: StackId, address: AddrId, port: u16, peer: SocketAddr) -> bool {
        self.fixed.tables.product_state && !self.has_connection(from, address, port, peer)
    }
}
