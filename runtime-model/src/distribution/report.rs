//! What a stack reports to the routing stack: listeners, connections, unique ports (section 5, points 3, 5, 6).

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::sync::Arc;

use super::messages::{Definitions, Message, Report};
use super::routing::Row;
use crate::assumption::Assumption;
use crate::cluster::Cluster;
use crate::engine::targets::is_hot;
use crate::ids::{AddrId, Handle, StackId};
use crate::outcome::{Answer, Ctx};

impl Cluster {
    /// Reported listeners of a stack on a port of an address, by the table of section 5.
    pub(crate) fn listeners_on(&self, stack: StackId, address: AddrId, port: u16) -> u32 {
        let count = |local: AddrId| {
            let n = self.listeners_at(stack, local, port);
            if n > 0 && (self.fixed.tables.reported)(self, stack, local, port, address) { n } else { 0 }
        };
        count(address).saturating_add(count(AddrId::ANY))
    }

    /// Listeners of a stack on a port at one local address.
    fn listeners_at(&self, stack: StackId, local: AddrId, port: u16) -> u32 {
        let range = (stack, local, port, Handle(0))..=(stack, local, port, Handle(u32::MAX));
        u32::try_from(self.sockets.listeners.range(range).count()).unwrap_or(u32::MAX)
    }

    /// Connections of a stack at an address: port and remote end.
    pub(crate) fn connections_at(&self, stack: StackId, address: AddrId) -> Vec<(u16, SocketAddr)> {
        let zero = SocketAddr::from(([0, 0, 0, 0], 0));
        let from = (address, 0, zero, StackId(0));
        let found = self.sockets.tuples.range(from..).take_while(|((a, ..), _)| *a == address);
        found.filter(|((.., s), _)| *s == stack).map(|((_, port, peer, _), _)| (*port, *peer)).collect()
    }

    /// Ports on which a stack has any listener that could matter to the address.
    fn listening_ports(&self, stack: StackId, address: AddrId) -> BTreeSet<u16> {
        let at = |local: AddrId| {
            let range = (stack, local, 0, Handle(0))..=(stack, local, u16::MAX, Handle(u32::MAX));
            self.sockets.listeners.range(range).map(|(_, _, port, _)| *port)
        };
        at(address).chain(at(AddrId::ANY)).collect()
    }

    /// Those of them that a rule concerns: all at the address itself, and of the servers at no address those with a port that
    /// VIPADISTRIBUTE lists. At the others nothing is reported and nothing is unique.
    fn concerned_ports(&self, stack: StackId, address: AddrId) -> BTreeSet<u16> {
        let range = (stack, address, 0, Handle(0))..=(stack, address, u16::MAX, Handle(u32::MAX));
        let here = self.sockets.listeners.range(range).map(|(_, _, port, _)| *port);
        let listed =
            self.rules_for(stack, address).unwrap_or_default().iter().flat_map(|r| &r.ports).copied();
        here.chain(listed.filter(|port| self.listens_at(stack, AddrId::ANY, *port))).collect()
    }

    pub(crate) fn listens_at(&self, stack: StackId, local: AddrId, port: u16) -> bool {
        let range = (stack, local, port, Handle(0))..=(stack, local, port, Handle(u32::MAX));
        self.sockets.listeners.range(range).next().is_some()
    }

    /// A listener's port that is this stack's alone and listened on at the DVIPA itself (004#6).
    fn is_unique(&self, stack: StackId, address: AddrId, port: u16) -> bool {
        self.listens_at(stack, address, port) && (self.fixed.tables.unique)(self, stack, address, port)
    }

    /// Everything at once, for the addresses that the sender of a list owns (003#14).
    pub(crate) fn full_report(&self, stack: StackId, answers: &Arc<Definitions>) -> Report {
        let (mut listeners, mut connections, mut unique) = (Vec::new(), Vec::new(), Vec::new());
        let any = (stack, AddrId::ANY, 0, Handle(0))..=(stack, AddrId::LAST, u16::MAX, Handle(u32::MAX));
        let listens = self.sockets.listeners.range(any).next().is_some();
        for d in answers.list.iter().filter(|d| d.owner) {
            if listens && !d.rules.is_empty() {
                for port in self.concerned_ports(stack, d.address) {
                    let n = self.listeners_on(stack, d.address, port);
                    if n > 0 {
                        listeners.push((d.address, port, n));
                    }
                    if self.is_unique(stack, d.address, port) {
                        unique.push((d.address, port));
                    }
                }
            }
            connections.extend(
                self.connections_at(stack, d.address).into_iter().map(|(port, peer)| (d.address, port, peer)),
            );
        }
        Report { answers: Arc::clone(answers), listeners, connections, unique }
    }

    /// Addresses for which a listener may count. A server at no address counts where a rule lists its port.
    fn concerned_addresses(&self, stack: StackId, local: AddrId, port: u16) -> Vec<AddrId> {
        let Some(s) = self.stack(stack) else { return Vec::new() };
        if local != AddrId::ANY {
            let here = s.dvipas.get(&local).filter(|d| d.owner || d.target_of.is_some());
            return here.map(|_| local).into_iter().collect();
        }
        let has_role =
            |address: &AddrId| s.dvipas.get(address).is_some_and(|d| d.owner || d.target_of.is_some());
        let named = |from: StackId, address: &AddrId| {
            s.dvipas.get(address).is_some_and(|d| d.target_of == Some(from))
        };
        let standby =
            |address: AddrId| s.product.as_ref().is_some_and(|p| p.standby.contains_key(&(address, port)));
        let own = s
            .routing
            .iter()
            .filter(|(a, r)| r.concerns(port) || standby(**a))
            .map(|(a, _)| *a)
            .filter(has_role);
        let heard = s
            .heard
            .iter()
            .flat_map(|(from, list)| list.listing(port).filter(|address| named(*from, address)));
        let mut all: Vec<AddrId> = own.chain(heard).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// A listener of this stack began or ended.
    pub(crate) fn listening_changed(&mut self, ctx: &mut Ctx, stack: StackId, local: AddrId, port: u16) {
        let concerned = self.concerned_addresses(stack, local, port);
        if concerned.is_empty() {
            return;
        }
        // Servers at no address are the same for all of them; those at one of them are few.
        let anywhere = self.listeners_at(stack, AddrId::ANY, port);
        let some = (stack, AddrId(1), 0, Handle(0))..=(stack, AddrId::LAST, u16::MAX, Handle(u32::MAX));
        let elsewhere = self.sockets.listeners.range(some).next().is_some();
        for address in concerned {
            let Some(owner) = self.owner(address, stack) else { continue };
            let reported = owner != stack && (self.fixed.tables.reported)(self, stack, local, port, address);
            // A server at no address concerns every address here, and most of them do not distribute its port.
            if owner != stack && local != address && !reported {
                continue;
            }
            if !reported && !self.is_distributed(stack, address) {
                continue;
            }
            let listeners = match reported && local == AddrId::ANY && !elsewhere {
                true => anywhere,
                false => self.listeners_on(stack, address, port),
            };
            let unique = elsewhere && self.is_unique(stack, address, port);
            if local == address && self.is_shared_listener_port(stack, address, port) {
                ctx.assume(Assumption::SharedNotUnique);
            }
            if owner == stack {
                self.set_row(stack, stack, address, port, listeners);
                self.set_unique(stack, stack, address, port, unique);
                continue;
            }
            if reported {
                ctx.note("003#7", "Tell the routing stack how many listeners the port has:", || {
                    Answer::Count(listeners)
                });
                self.send(stack, owner, Message::Listening { address, port, listeners });
            }
            if local == address && (unique || listeners == 0 || !self.listens(stack, address, port)) {
                self.tell_unique(ctx, stack, owner, address, port, unique);
            }
        }
    }

    /// Who holds these ports in the coupling facility has changed: listeners here look again, and so do those of the other
    /// holders.
    pub(crate) fn holders_changed(
        &mut self,
        ctx: &mut Ctx,
        stack: StackId,
        address: AddrId,
        mut ports: Vec<u16>,
    ) {
        ports.sort_unstable();
        ports.dedup();
        ports.retain(|port| {
            matches!(self.holders(stack, address, *port), 1 | 2)
                && !self.is_shared_listener_port(stack, address, *port)
        });
        self.judge_routes(ctx, stack, address, &ports);
        ports.retain(|p| self.holders(stack, address, *p) > u32::from(self.holds(stack, address, *p)));
        if ports.is_empty() {
            return;
        }
        let ports = Arc::new(ports);
        for partner in self.stack_ids() {
            // A single structure does not say whose a port is.
            let concerned = !self.structures().stack_structures
                || ports.iter().any(|port| self.holds(partner, address, *port));
            if concerned {
                self.send(stack, partner, Message::Holders { address, ports: Arc::clone(&ports) });
            }
        }
    }

    /// Listeners on these ports get their route where the port is their stack's alone now, and lose it where it is not
    /// any more.
    pub(crate) fn judge_routes(&mut self, ctx: &mut Ctx, stack: StackId, address: AddrId, ports: &[u16]) {
        if !self.is_distributed(stack, address) {
            return;
        }
        let Some(owner) = self.owner(address, stack) else { return };
        for port in ports {
            if !self.listens_at(stack, address, *port) {
                continue;
            }
            let unique = self.is_unique(stack, address, *port);
            ctx.assume(Assumption::UniqueLater);
            if unique && !self.fixed.choices.unique_later {
                continue;
            }
            if owner == stack {
                self.set_unique(stack, stack, address, *port, unique);
                continue;
            }
            self.tell_unique(ctx, stack, owner, address, *port, unique);
        }
    }

    fn tell_unique(
        &mut self,
        ctx: &mut Ctx,
        stack: StackId,
        owner: StackId,
        address: AddrId,
        port: u16,
        on: bool,
    ) {
        let words = if on {
            "No other stack holds the port: tell the routing stack to send all requests for it here:"
        } else {
            "Tell the routing stack that the port has no route of its own here:"
        };
        ctx.note("004#15", words, || Answer::Port(port));
        self.send(stack, owner, Message::Unique { address, port, on });
    }

    /// A connection began on this stack (003#15).
    pub(crate) fn connection_begun(
        &mut self,
        ctx: &mut Ctx,
        stack: StackId,
        address: AddrId,
        port: u16,
        peer: SocketAddr,
    ) {
        let Some(d) = self.stack(stack).and_then(|s| s.dvipas.get(&address)) else { return };
        if d.owner {
            if let Some(r) = self.routing_mut(stack, address) {
                r.crt.insert((port, peer, stack));
            }
            return;
        }
        if let Some(owner) = self.owner(address, stack) {
            ctx.note("003#15", "Tell the routing stack of the connection:", || {
                Answer::Name(self.stack_name(owner).to_owned())
            });
            self.send(stack, owner, Message::Begun { address, port, peer });
        }
    }

    /// A connection ended on this stack (003#11).
    pub(crate) fn connection_ended(
        &mut self,
        ctx: &mut Ctx,
        stack: StackId,
        address: AddrId,
        port: u16,
        peer: SocketAddr,
    ) {
        if self.stack(stack).is_none_or(|s| !s.dvipas.contains_key(&address)) {
            return;
        }
        let Some(owner) = self.owner(address, stack) else { return };
        if owner == stack {
            if let Some(r) = self.routing_mut(stack, address) {
                r.crt.remove(&(port, peer, stack));
            }
            return;
        }
        ctx.note("003#11", "Tell the routing stack that the connection has ended:", || {
            Answer::Name(self.stack_name(owner).to_owned())
        });
        self.send(stack, owner, Message::Ended { address, port, peer });
    }

    pub(crate) fn routing_mut(
        &mut self,
        stack: StackId,
        address: AddrId,
    ) -> Option<&mut super::routing::Routing> {
        self.stack_mut(stack)?.routing.get_mut(&address)
    }

    /// Writes a row of the destination port table.
    pub(crate) fn set_row(
        &mut self,
        owner: StackId,
        target: StackId,
        address: AddrId,
        port: u16,
        listeners: u32,
    ) {
        let Some(routing) = self.routing_mut(owner, address) else { return };
        if listeners == 0 || !routing.candidate(target, port) {
            routing.dpt.remove(&(port, target));
        } else if let Some(row) = routing.dpt.get_mut(&(port, target)) {
            row.listeners = listeners;
        } else {
            routing.dpt.insert((port, target), Row { listeners, credit: 0 });
        }
        if is_hot(&routing.rules) {
            self.judge_standby(&mut Ctx::new(false), owner, address, port);
        }
    }

    /// Writes a route outside workload distribution.
    pub(crate) fn set_unique(
        &mut self,
        owner: StackId,
        target: StackId,
        address: AddrId,
        port: u16,
        on: bool,
    ) {
        let Some(routing) = self.routing_mut(owner, address) else { return };
        if on {
            routing.unique.insert((port, target));
        } else {
            routing.unique.remove(&(port, target));
        }
    }

    /// The routing stack's own listeners. `fresh`: its tables for the address are empty still.
    pub(crate) fn own_rows(&mut self, owner: StackId, address: AddrId, fresh: bool) {
        let ports = match fresh {
            true => self.concerned_ports(owner, address),
            false => self.listening_ports(owner, address),
        };
        for port in ports {
            let listeners = self.listeners_on(owner, address, port);
            let unique = self.is_unique(owner, address, port);
            self.set_row(owner, owner, address, port, listeners);
            self.set_unique(owner, owner, address, port, unique);
        }
    }

    /// Whether a live connection stands behind a route.
    pub(crate) fn has_connection(
        &self,
        stack: StackId,
        address: AddrId,
        port: u16,
        peer: SocketAddr,
    ) -> bool {
        self.sockets.tuples.contains_key(&(address, port, peer, stack))
    }
}
