//! A request of a client: the routing stack chooses, the target accepts (section 5, point 4).

use std::net::SocketAddr;
use std::sync::Arc;

use super::routing::Held;
use crate::assumption::Assumption;
use crate::cf::access::Finished;
use crate::cluster::Cluster;
use crate::engine::{done, refuse};
use crate::ids::{AddrId, Handle, StackId};
use crate::outcome::{Ctx, Errno, Outcome, Refusal, Verdict};
use crate::ports::LocalPorts;
use crate::socket::{BoundBy, ClaimKind, Side, Socket};
use crate::tables::Route;

const NO_OWNER: Refusal = Refusal::new(Errno::EHOSTUNREACH, "003#1", "no stack has the address");
const NO_LISTENER: Refusal = Refusal::new(Errno::ECONNREFUSED, "003#1", "nobody listens on the port");
const NOT_ACTIVE: Refusal = Refusal::new(Errno::EHOSTUNREACH, "04:1.3", "no stack has the address active");
const NOT_READY: Refusal =
    Refusal::new(Errno::ECONNREFUSED, "04:5.2", "no target or listener takes a connection on the port");
const TUPLE_LIVES: Refusal =
    Refusal::new(Errno::EADDRINUSE, "003#16", "the client has a connection with these two ends already");
const NAME_TAKEN: Refusal = Refusal::new(Errno::EINVAL, "event", "this name is in use");
const GONE: Refusal =
    Refusal::new(Errno::ECONNREFUSED, "003#16", "the stack that was chosen has no listener any more");

impl Cluster {
    /// EHOSTUNREACH, by the words of the set of tables.
    pub(crate) fn no_owner(&self) -> Refusal {
        if self.fixed.tables.product_state { NOT_ACTIVE } else { NO_OWNER }
    }

    /// ECONNREFUSED, by the words of the set of tables.
    pub(crate) fn no_listener(&self) -> Refusal {
        if self.fixed.tables.product_state { NOT_READY } else { NO_LISTENER }
    }

    pub(crate) fn client_connect(
        &mut self,
        ctx: &mut Ctx,
        client: SocketAddr,
        to: SocketAddr,
        connection: Handle,
    ) -> Outcome {
        let Some((owner, address)) = self.receiver(to.ip()) else { return refuse(self.no_owner()) };
        let held = Held { client, port: to.port(), connection };
        match self.place(ctx, owner, address, held) {
            Placed::Accepted(stack) => {
                Outcome { stack: Some(stack), source: Some(to.ip()), port: Some(to.port()), ..done() }
            }
            Placed::Waits => {
                if let Some(r) = self.routing_mut(owner, address) {
                    r.held.push(held);
                }
                Outcome { stack: Some(owner), verdict: Verdict::Pending, ..done() }
            }
            Placed::Refused(refusal) => refuse(refusal),
        }
    }

    fn place(&mut self, ctx: &mut Ctx, owner: StackId, address: AddrId, request: Held) -> Placed {
        let Held { client, port, connection } = request;
        if self.socket(connection).is_some() {
            return Placed::Refused(NAME_TAKEN);
        }
        let range = (address, port, client, StackId(0))..=(address, port, client, StackId(u16::MAX));
        if self.sockets.tuples.range(range).next().is_some() {
            ctx.assume(Assumption::PeerEndInUse);
            return Placed::Refused(TUPLE_LIVES);
        }
        let route = (self.fixed.tables.route)(self, ctx, owner, address, request.port, request.client);
        let target = match route {
            Route::Existing(target) | Route::Unique(target) | Route::Own(target) => target,
            Route::Distributed(target) => target,
            Route::Held => return Placed::Waits,
            Route::Refused => return Placed::Refused(self.no_listener()),
        };
        let listener = (self.fixed.tables.listener)(self, ctx, target, address, port, client);
        let Some(listener) = listener.filter(|_| self.is_up(target)) else {
            return Placed::Refused(GONE);
        };
        if let Route::Distributed(target) = route {
            self.take_turn(owner, address, request.port, target);
        }
        self.accept(target, address, listener, request);
        self.note_accepted(owner, target, address, (listener, connection), (port, client));
        if let Some(r) = self.routing_mut(owner, address) {
            r.crt.insert((request.port, request.client, target));
        }
        Placed::Accepted(target)
    }

    pub(crate) fn accept(&mut self, stack: StackId, local: AddrId, listener: Handle, request: Held) {
        let Some(job) = self.socket(listener).map(|s| s.job) else { return };
        let guarded = self.cluster_ports(stack, local);
        if let Some(s) = self.stack_mut(stack) {
            s.ports.entry(local).or_insert_with(LocalPorts::new).add(request.port);
        }
        let socket = Socket {
            stack,
            job,
            local,
            port: request.port,
            listening: false,
            udp: false,
            reuse: false,
            peer: Some((request.client, Side::Inbound)),
            claim: ClaimKind::None,
            guarded,
            ephemeral: false,
            bound: BoundBy::Application,
            options: None,
        };
        let sockets = Arc::make_mut(&mut self.sockets);
        sockets.all.insert(request.connection, socket);
        sockets.tuples.insert((local, request.port, request.client, stack), request.connection);
    }

    /// One turn of a target is used; when no target has turns left, each gets as many as its weight.
    fn take_turn(&mut self, owner: StackId, address: AddrId, port: u16, target: StackId) {
        let Some(routing) = self.routing(owner, address) else { return };
        let left = routing.dpt.get(&(port, target)).map_or(0, |row| row.credit);
        let weights =
            if left == 0 { (self.fixed.tables.turns)(self, owner, address, port) } else { Vec::new() };
        let Some(routing) = self.routing_mut(owner, address) else { return };
        if left == 0 {
            for (stack, weight) in weights {
                if let Some(row) = routing.dpt.get_mut(&(port, stack)) {
                    row.credit = weight;
                }
            }
        }
        if let Some(row) = routing.dpt.get_mut(&(port, target)) {
            row.credit = row.credit.saturating_sub(1);
        }
    }

    /// Requests that waited at a stack that has the address no longer are refused.
    pub(crate) fn drop_held(&mut self, ctx: &mut Ctx, owner: StackId, address: AddrId) {
        let Some(routing) = self.routing(owner, address).filter(|r| !r.held.is_empty()) else { return };
        for request in routing.held.clone() {
            let finished = Finished::refuse(request.connection, owner, self.no_owner());
            self.complete(ctx, finished);
        }
        if let Some(routing) = self.routing_mut(owner, address) {
            routing.held.clear();
        }
    }

    /// Looks again at requests that waited for reports.
    pub(crate) fn retry_held(&mut self, ctx: &mut Ctx, owner: StackId, address: AddrId) {
        if self.routing(owner, address).is_none_or(|routing| routing.held.is_empty()) {
            return;
        }
        let Some(routing) = self.routing_mut(owner, address) else { return };
        for request in std::mem::take(&mut routing.held) {
            let mut finished =
                Finished { handle: Some(request.connection), stack: Some(owner), ..Finished::default() };
            match self.place(ctx, owner, address, request) {
                Placed::Accepted(target) => {
                    finished.stack = Some(target);
                    finished.source = Some(address);
                    finished.port = Some(request.port);
                }
                Placed::Waits => {
                    if let Some(r) = self.routing_mut(owner, address) {
                        r.held.push(request);
                    }
                    continue;
                }
                Placed::Refused(refusal) => finished.refused = Some(refusal),
            }
            self.complete(ctx, finished);
        }
    }
}

/// What became of a request.
enum Placed {
    Accepted(StackId),
    Waits,
    Refused(Refusal),
}
