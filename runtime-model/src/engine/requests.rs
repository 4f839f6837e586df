//! Bind, listen and connect: the part that needs no coupling facility, and the end of each request.

use std::net::SocketAddr;
use std::sync::Arc;

use super::refuse_with;
use crate::assumption::Assumption;
use crate::cf::access::{Finished, Request, Task, Work};
use crate::cluster::Cluster;
use crate::founding::f2_sources::matches;
use crate::ids::{AddrId, JobId, StackId};
use crate::model::{PortFor, PortForm};
use crate::outcome::{Answer, Ctx, Errno, Refusal};
use crate::ports::LocalPorts;
use crate::socket::{ClaimKind, Side, Socket};
use crate::stack::RangeOrigin;
use crate::tables::{BindRequest, ConnectRequest, PortPlan};

const DOWN: Refusal = Refusal::new(Errno::ENETDOWN, "event", "the stack is not up");
const NAME_TAKEN: Refusal = Refusal::new(Errno::EINVAL, "event", "this name is in use");
const NO_SOCKET: Refusal = Refusal::new(Errno::EBADF, "event", "there is no such socket on this stack");
const NOT_FREE: Refusal = Refusal::new(Errno::EINVAL, "event", "the socket listens or is connected already");
const RESERVED: Refusal = Refusal::new(Errno::EACCES, "PORT", "the port is reserved for another job");
const NOBODY: Refusal = Refusal::new(Errno::EADDRINUSE, "PORT", "the port is reserved and nobody may use it");
const IN_USE: Refusal =
    Refusal::new(Errno::EADDRINUSE, "local-ports", "address and port are in use on this stack");
const SAME_TUPLE: Refusal =
    Refusal::new(Errno::EADDRINUSE, "local-ports", "this stack has a connection with these two ends already");
pub(crate) const NO_PORT: Refusal = Refusal::new(Errno::EAGAIN, "F9:935", "no port is available");
const NO_LOCAL_PORT: Refusal = Refusal::new(Errno::EAGAIN, "F9:910", "no local port is available");
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

    fn begin_bind(&mut self, ctx: &mut Ctx, mut r: BindRequest) -> Result<Begun, Refusal> {
        let tables = self.fixed.tables;
        if !self.is_up(r.stack) {
            return Err(DOWN);
        }
        if let Some(old) = self.socket(r.socket) {
            if !r.listen || old.stack != r.stack {
                return Err(NAME_TAKEN);
            }
            if old.listening || old.peer.is_some() || old.udp {
                return Err(NOT_FREE);
            }
            if old.port != 0 {
                return Ok(Begun::Done(self.listen_on(ctx, &r)));
            }
            // Bound to port 0 before: the port is chosen now.
            (r.address, r.port) = (old.local, 0);
        } else {
            if r.port != 0 {
                self.permitted(r.stack, r.job, r.port, !r.options.udp)?;
            }
            if r.port != 0 && self.conflicts(&r) {
                return Err(IN_USE);
            }
        }
        if r.options.udp && self.cluster_ports(r.stack, r.address) {
            ctx.assume(Assumption::TcpOnly);
        }
        if (tables.bind_marked)(self, ctx, &r) {
            if !self.cf.there {
                return Err(NO_CF);
            }
            let work = Work::Bind { request: r, judged: false, activate: false, port: r.port, refused: None };
            return Ok(Begun::Access(Box::new(Task::new(r.address, work))));
        }
        let activate = (tables.bind_address)(self, ctx, &r)?;
        let mut port = r.port;
        if r.listen && port == 0 {
            let clustered = !r.options.udp
                && r.address != AddrId::ANY
                && self.is_dvipa(r.stack, r.address)
                && self.cluster_ports(r.stack, r.address);
            if clustered {
                if !self.cf.there {
                    return Err(NO_CF);
                }
                let work = Work::Bind { request: r, judged: true, activate, port: 0, refused: None };
                return Ok(Begun::Access(Box::new(Task::new(r.address, work))));
            }
            port = (tables.local_port)(self, r.stack, r.address).ok_or(NO_LOCAL_PORT)?;
        }
        if activate {
            self.activate_range(ctx, r.stack, r.address, RangeOrigin::Bind);
        }
        Ok(Begun::Done(self.commit_bind(ctx, &r, port, false)))
    }

    /// PORT and PORTRANGE. Errors: EACCES for a port reserved to others, EADDRINUSE for one that nobody may use.
    fn permitted(&self, stack: StackId, job: JobId, port: u16, tcp: bool) -> Result<(), Refusal> {
        let Some(s) = self.stack(stack) else { return Ok(()) };
        if tcp && !s.reserved.contains(port) {
            return Ok(());
        }
        let Some(job) = self.names.job(job) else { return Ok(()) };
        let mut refusal = None;
        for entry in s.port_entries(port, tcp) {
            match &entry.who {
                PortFor::Job(pattern) => {
                    let pattern = pattern.to_ascii_uppercase();
                    if matches(&pattern, &job.name)
                        || job.user.as_deref().is_some_and(|u| matches(&pattern, u))
                    {
                        return Ok(());
                    }
                    refusal = Some(RESERVED);
                }
                PortFor::Reserved => refusal = refusal.or(Some(NOBODY)),
                PortFor::Authport => refusal = refusal.or(Some(RESERVED)),
            }
        }
        refusal.map_or(Ok(()), Err)
    }

    /// Another socket of the stack has the port at an address that overlaps, and may not share it.
    fn conflicts(&self, r: &BindRequest) -> bool {
        let Some(s) = self.stack(r.stack) else { return false };
        let table = if r.options.udp { &s.udp } else { &s.ports };
        let used_at = |address: AddrId| table.get(&address).is_some_and(|p| p.used.contains(r.port));
        let taken = if r.address == AddrId::ANY {
            table.values().any(|p| p.used.contains(r.port))
        } else {
            used_at(r.address) || used_at(AddrId::ANY)
        };
        if !taken {
            return false;
        }
        let shares = s.port_entries(r.port, !r.options.udp).any(|p| p.share);
        !shares && (!r.options.reuse_address || self.listens_exactly(r.stack, r.address, r.port))
    }

    fn listens_exactly(&self, stack: StackId, address: AddrId, port: u16) -> bool {
        self.listener(stack, address, port).and_then(|h| self.socket(h)).is_some_and(|s| s.local == address)
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
        let access = |c: &Self, bound: Option<u16>| {
            if !c.cf.there {
                return Err(NO_CF);
            }
            let work = Work::Connect { request: r, source, activate, bound, port: 0, refused: None };
            Ok(Begun::Access(Box::new(Task::new(source, work))))
        };
        match (tables.port)(self, ctx, &r, source)? {
            PortPlan::Cluster => access(self, None),
            PortPlan::Bound { port, claim } => {
                self.tuple_free(r.stack, source, port, r.to)?;
                if claim {
                    return access(self, Some(port));
                }
                let kind = r.from.and_then(|h| self.socket(h)).map_or(ClaimKind::None, |s| s.claim);
                if activate {
                    self.activate_range(ctx, r.stack, source, RangeOrigin::Connect);
                }
                Ok(Begun::Done(self.open(ctx, &r, source, port, kind, false)))
            }
            PortPlan::Local => {
                let port = (tables.local_port)(self, r.stack, source).ok_or(NO_LOCAL_PORT)?;
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

    /// F11:1130, 1155: the socket is bound. `claimed` when its port was claimed in the coupling facility.
    pub(crate) fn commit_bind(
        &mut self,
        ctx: &mut Ctx,
        r: &BindRequest,
        port: u16,
        claimed: bool,
    ) -> Finished {
        let mut ephemeral = r.port == 0 && port != 0;
        if let Some(old) = self.socket(r.socket) {
            // listen() on a socket that was bound to port 0.
            ephemeral |= old.ephemeral;
        }
        let socket = Socket {
            stack: r.stack,
            job: r.job,
            local: r.address,
            port,
            listening: false,
            udp: r.options.udp,
            reuse: r.options.reuse_address,
            peer: None,
            claim: if claimed { ClaimKind::Port } else { ClaimKind::None },
            guarded: false,
            ephemeral,
        };
        if let Some(s) = self.stack_mut(r.stack)
            && port != 0
        {
            let table = if r.options.udp { &mut s.udp } else { &mut s.ports };
            let ports = table.entry(r.address).or_insert_with(LocalPorts::new);
            ports.add(port);
            ports.bound.insert(port);
            if claimed {
                ports.claimed.insert(port);
            }
        }
        Arc::make_mut(&mut self.sockets).all.insert(r.socket, socket);
        self.note_creator(ctx, r.stack, r.address, r.socket);
        if r.listen && !r.options.udp {
            return self.listen_on(ctx, r);
        }
        Finished {
            handle: Some(r.socket),
            stack: Some(r.stack),
            source: (r.address != AddrId::ANY).then_some(r.address),
            port: Some(port),
            ephemeral,
            refused: None,
        }
    }

    fn listen_on(&mut self, ctx: &mut Ctx, r: &BindRequest) -> Finished {
        let sockets = Arc::make_mut(&mut self.sockets);
        let Some(socket) = sockets.all.get_mut(&r.socket) else { return Finished::default() };
        socket.listening = true;
        let (local, port, ephemeral) = (socket.local, socket.port, socket.ephemeral);
        sockets.listeners.insert((r.stack, local, port, r.socket));
        self.listening_changed(ctx, r.stack, local, port);
        Finished {
            handle: Some(r.socket),
            stack: Some(r.stack),
            source: (local != AddrId::ANY).then_some(local),
            port: Some(port),
            ephemeral,
            refused: None,
        }
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
            if by_number {
                ctx.note("F9:930", "Mark the port in the local table:", || Answer::Port(port));
            }
            ctx.note("F9:945", "Open the connection.", || Answer::Done);
        }
        let old = r.from.and_then(|h| Arc::make_mut(&mut self.sockets).all.remove(&h));
        if let Some(s) = self.stack_mut(r.stack) {
            // A socket bound to another local end, the unspecified address or port 0, moves to its final one.
            let moves = old.as_ref().is_none_or(|o| o.local != local || o.port != port);
            if moves && let Some(o) = old.as_ref().filter(|o| o.port != 0) {
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
            reuse: old.is_some_and(|o| o.reuse),
            peer: Some((r.to, Side::Outbound)),
            claim,
            guarded,
            ephemeral,
        };
        let sockets = Arc::make_mut(&mut self.sockets);
        sockets.all.insert(r.connection, socket);
        sockets.tuples.insert((local, port, r.to, r.stack), r.connection);
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
