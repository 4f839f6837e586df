//! connect(): the part that needs no coupling facility, and the end of each request.

use std::net::SocketAddr;
use std::sync::Arc;

use super::refuse_with;
use crate::cf::access::{Finished, Request, Task, Work};
use crate::cluster::Cluster;
use crate::ids::{AddrId, StackId};
use crate::model::PortForm;
use crate::outcome::{Answer, Ctx, Errno, Refusal};
use crate::ports::LocalPorts;
use crate::socket::{BoundBy, ClaimKind, Side, Socket};
use crate::stack::RangeOrigin;
use crate::tables::{ConnectRequest, PortPlan};

pub(super) const DOWN: Refusal = Refusal::new(Errno::ENETDOWN, "event", "the stack is not up");
pub(super) const NAME_TAKEN: Refusal = Refusal::new(Errno::EINVAL, "event", "this name is in use");
pub(super) const NO_SOCKET: Refusal =
    Refusal::new(Errno::EBADF, "event", "there is no such socket on this stack");
pub(super) const NOT_FREE: Refusal =
    Refusal::new(Errno::EINVAL, "event", "the socket listens or is connected already");
const SAME_TUPLE: Refusal =
    Refusal::new(Errno::EADDRINUSE, "local-ports", "this stack has a connection with these two ends already");
pub(crate) const NO_CF: Refusal = Refusal::new(
    Errno::EADDRNOTAVAIL,
    "cf-lost",
    "the port structures cannot be reached: there is no coupling facility",
);
const PEER_BUSY: Refusal = Refusal::new(
    Errno::ECONNREFUSED,
    "F9:945",
    "the remote end has a connection with this local end already",
);

/// What the first part of a request came to.
pub(crate) enum Begun {
    Done(Finished),
    Access(Box<Task>),
}

impl Cluster {
    pub(crate) fn begin(&mut self, ctx: &mut Ctx, request: Request) -> Begun {
        match request {
            Request::Bind(r) => self.begin_bind(ctx, r).unwrap_or_else(|e| refuse_with(r.socket, r.stack, e)),
            Request::Connect(r) => {
                self.begin_connect(ctx, r).unwrap_or_else(|e| refuse_with(r.connection, r.stack, e))
            }
            Request::Close(handle) => self.begin_close(ctx, handle),
        }
    }

    fn begin_connect(&mut self, ctx: &mut Ctx, r: ConnectRequest) -> Result<Begun, Refusal> {
        let tables = self.fixed.tables;
        if !self.is_up(r.stack) {
            return Err(DOWN);
        }
        if let Some(from) = r.from {
            let socket = self.socket(from).filter(|s| s.stack == r.stack && !s.udp).ok_or(NO_SOCKET)?;
            if socket.listening || socket.peer.is_some() {
                return Err(NOT_FREE);
            }
        }
        if Some(r.connection) != r.from && self.socket(r.connection).is_some() {
            return Err(NAME_TAKEN);
        }
        let source = (tables.source)(self, ctx, &r)?;
        // A socket keeps the address that it was bound to, also when the address has left the stack since.
        if !source.activate && !self.is_here(r.stack, source.address) {
            return Err(super::revise::GONE_MEANWHILE);
        }
        let begun = self.connect_from(ctx, r, source.address, source.activate);
        if begun.is_err() && source.activate && tables.keep_failed_activation {
            self.activate_range(ctx, r.stack, source.address, RangeOrigin::Connect);
        }
        begun
    }

    fn connect_from(
        &mut self,
        ctx: &mut Ctx,
        r: ConnectRequest,
        source: AddrId,
        activate: bool,
    ) -> Result<Begun, Refusal> {
        let tables = self.fixed.tables;
        let access = |c: &Self, ctx: &mut Ctx, bound: Option<u16>| {
            if !c.cf.there {
                return Err((tables.unreachable)(ctx));
            }
            let work = Work::Connect { request: r, source, activate, bound, port: 0, refused: None };
            Ok(Begun::Access(Box::new(Task::new(source, work))))
        };
        let plan = (tables.port)(self, ctx, &r, source)?;
        match plan {
            PortPlan::Cluster => access(self, ctx, None),
            PortPlan::Bound { port, claim } => {
                self.tuple_free(r.stack, source, port, r.to)?;
                if claim {
                    return access(self, ctx, Some(port));
                }
                let kind = r.from.and_then(|h| self.socket(h)).map_or(ClaimKind::None, |s| s.claim);
                if activate {
                    self.activate_range(ctx, r.stack, source, RangeOrigin::Connect);
                }
                Ok(Begun::Done(self.open(ctx, &r, source, port, kind, false)))
            }
            PortPlan::Local | PortPlan::Own(_) => {
                let own = match plan {
                    PortPlan::Own(port) => Some(port),
                    PortPlan::Local | PortPlan::Cluster | PortPlan::Bound { .. } => None,
                };
                let found = own.or_else(|| (tables.local_port)(self, r.stack, source, false));
                let Some(port) = found else {
                    self.tally_exhausted(r.stack, false);
                    return Err((tables.none_left)(self, ctx, false));
                };
                if activate {
                    self.activate_range(ctx, r.stack, source, RangeOrigin::Connect);
                }
                Ok(Begun::Done(self.open(ctx, &r, source, port, ClaimKind::None, true)))
            }
        }
    }

    /// F9:945 as far as the other end decides. Errors: EADDRINUSE when this stack has the 4-tuple, ECONNREFUSED when
    /// the remote end itself opened it to another stack.
    pub(crate) fn tuple_free(
        &self,
        stack: StackId,
        local: AddrId,
        port: u16,
        to: SocketAddr,
    ) -> Result<(), Refusal> {
        let range = (local, port, to, StackId(0))..=(local, port, to, StackId(u16::MAX));
        for ((_, _, _, other), handle) in self.sockets.tuples.range(range) {
            if *other == stack {
                return Err(SAME_TUPLE);
            }
            let side = self.socket(*handle).and_then(|s| s.peer).map(|(_, side)| side);
            if side == Some(Side::Inbound) && self.same_group(stack, *other) {
                return Err(PEER_BUSY);
            }
        }
        Ok(())
    }

    /// F9:945: the connection is open.
    pub(crate) fn open(
        &mut self,
        ctx: &mut Ctx,
        r: &ConnectRequest,
        local: AddrId,
        port: u16,
        claim: ClaimKind,
        ephemeral: bool,
    ) -> Finished {
        let guarded = self.cluster_ports(r.stack, local);
        let by_number = !ephemeral;
        if guarded {
            let marks = self.fixed.tables.marks;
            if by_number {
                ctx.note(marks.local, "Mark the port in the local table:", || Answer::Port(port));
            }
            ctx.note(marks.opened, "Open the connection.", || Answer::Done);
        }
        self.warn_of_stack_source(ctx);
        let old = r.from.and_then(|h| Arc::make_mut(&mut self.sockets).all.remove(&h));
        if let Some(s) = self.stack_mut(r.stack) {
            // A socket bound to another local end, the unspecified address or port 0, moves to its final one.
            let moves = old.as_ref().is_none_or(|o| o.local != local || o.port != port);
            // A port of the pool stays taken at the unspecified address, under which it is kept.
            let kept = claim == ClaimKind::Pool;
            if moves && let Some(o) = old.as_ref().filter(|o| o.port != 0 && !kept) {
                release(s, o.local, o.port);
            }
            let ports = s.ports.entry(local).or_insert_with(LocalPorts::new);
            if moves {
                ports.add(port);
            }
            if by_number {
                ports.bound.insert(port);
            }
            if claim == ClaimKind::Port {
                ports.claimed.insert(port);
            }
        }
        let socket = Socket {
            stack: r.stack,
            job: r.job,
            local,
            port,
            listening: false,
            udp: false,
            reuse: old.as_ref().is_some_and(|o| o.reuse),
            peer: Some((r.to, Side::Outbound)),
            claim,
            guarded,
            ephemeral,
            bound: old.as_ref().map_or(BoundBy::Nobody, |o| o.bound),
            options: old.and_then(|o| o.options),
        };
        let sockets = Arc::make_mut(&mut self.sockets);
        sockets.all.insert(r.connection, socket);
        sockets.tuples.insert((local, port, r.to, r.stack), r.connection);
        if ephemeral {
            self.tally_port(r.stack, false);
        }
        self.connection_begun(ctx, r.stack, local, port, r.to);
        Finished {
            handle: Some(r.connection),
            stack: Some(r.stack),
            source: Some(local),
            port: Some(port),
            ephemeral,
            refused: None,
        }
    }

    /// What a chosen port becomes in the coupling facility: a port, or in a connection table a 4-tuple.
    pub(crate) fn claim_kind(&self, bound: bool) -> ClaimKind {
        if self.fixed.structures.ports == PortForm::ConnectionTable && !bound {
            ClaimKind::Tuple
        } else {
            ClaimKind::Port
        }
    }
}

/// Takes one socket out of the local port table; true when it was the last at its address and port.
pub(crate) fn release(s: &mut crate::stack::Stack, local: AddrId, port: u16) -> bool {
    let Some(ports) = s.ports.get_mut(&local) else { return false };
    let last = ports.take(port);
    if ports.is_empty() {
        s.ports.remove(&local);
    }
    last
}
