//! socket(), bind() and listen(): the part that needs no coupling facility, and the end of each request.

use std::sync::Arc;

use super::requests::{Begun, DOWN, NAME_TAKEN, NO_SOCKET, NOT_FREE, release};
use super::{done, refuse};
use crate::assumption::Assumption;
use crate::cf::access::{Finished, Task, Work};
use crate::cluster::Cluster;
use crate::event::SocketOptions;
use crate::founding::f2_sources::matches;
use crate::ids::{AddrId, Handle, JobId, StackId};
use crate::model::PortFor;
use crate::outcome::{Ctx, Errno, Outcome, Refusal};
use crate::ports::LocalPorts;
use crate::socket::{BoundBy, ClaimKind, Socket};
use crate::stack::RangeOrigin;
use crate::tables::{Admission, BindRequest, EphemeralPlan, SendRequest};

const RESERVED: Refusal = Refusal::new(Errno::EACCES, "PORT", "the port is reserved for another job");
const NOBODY: Refusal = Refusal::new(Errno::EADDRINUSE, "PORT", "the port is reserved and nobody may use it");
const IN_USE: Refusal =
    Refusal::new(Errno::EADDRINUSE, "local-ports", "address and port are in use on this stack");

/// What the founding documents leave to the stack: PORT and PORTRANGE, and the sockets that are there.
pub(crate) fn admit(c: &Cluster, _: &mut Ctx, r: &BindRequest) -> Result<Admission, Refusal> {
    if r.port != 0 {
        c.permitted(r.stack, r.job, r.port, !r.options.udp)?;
        if c.conflicts(r) {
            return Err(IN_USE);
        }
    }
    Ok(Admission { address: r.address, by: BoundBy::Application })
}

impl Cluster {
    /// socket() with options.
    pub(super) fn open_socket(
        &mut self,
        stack: StackId,
        job: JobId,
        options: SocketOptions,
        handle: Handle,
    ) -> Outcome {
        if !self.is_up(stack) {
            return refuse(DOWN);
        }
        if self.socket(handle).is_some() {
            return refuse(NAME_TAKEN);
        }
        Arc::make_mut(&mut self.sockets).all.insert(handle, Socket::new(stack, job, options));
        Outcome { stack: Some(stack), ..done() }
    }

    /// sendto(): the source address of one datagram.
    pub(super) fn send_datagram(&mut self, ctx: &mut Ctx, r: &SendRequest) -> Outcome {
        if !self.is_up(r.stack) {
            return refuse(DOWN);
        }
        if let Some(from) = r.from
            && self.socket(from).is_none_or(|s| s.stack != r.stack || !s.udp)
        {
            return refuse(NO_SOCKET);
        }
        match (self.fixed.tables.send)(self, ctx, r) {
            Ok(source) => {
                let port = r.from.and_then(|h| self.socket(h)).map(|s| s.port).filter(|port| *port != 0);
                Outcome { stack: Some(r.stack), source: Some(self.address(source.address)), port, ..done() }
            }
            Err(refusal) => refuse(refusal),
        }
    }

    pub(super) fn begin_bind(&mut self, ctx: &mut Ctx, mut r: BindRequest) -> Result<Begun, Refusal> {
        let tables = self.fixed.tables;
        if !self.is_up(r.stack) {
            return Err(DOWN);
        }
        if let Some(old) = self.socket(r.socket) {
            if !r.listen || old.stack != r.stack || old.bound == BoundBy::Nobody {
                return Err(NAME_TAKEN);
            }
            if old.listening || old.peer.is_some() || old.udp {
                return Err(NOT_FREE);
            }
            (r.address, r.bound) = (old.local, old.bound);
            r.options = old.options.as_deref().copied().unwrap_or(r.options);
            if old.port != 0 {
                r.port = old.port;
                let moved = (tables.at_listen)(self, ctx, &r)?;
                if let Some(address) = moved {
                    self.move_socket(r.socket, address);
                }
                return Ok(Begun::Done(self.listen_on(ctx, &r)));
            }
            // Bound to port 0 before: the port is chosen now.
            r.port = 0;
        } else {
            let admission = (tables.admit)(self, ctx, &r)?;
            (r.address, r.bound) = (admission.address, admission.by);
        }
        if r.options.udp && self.cluster_ports(r.stack, r.address) {
            ctx.assume(Assumption::TcpOnly);
        }
        let early = match tables.address_first {
            true => Some((tables.bind_address)(self, ctx, &r)?),
            false => None,
        };
        (tables.conflict)(self, ctx, &r)?;
        if (tables.bind_marked)(self, ctx, &r) {
            let activate = early.unwrap_or(false);
            return self.ask_for_port(ctx, r, false, activate);
        }
        let activate = match early {
            Some(activate) => activate,
            None => (tables.bind_address)(self, ctx, &r)?,
        };
        let mut port = r.port;
        if port == 0 {
            match (tables.at_bind)(self, ctx, &r) {
                EphemeralPlan::Later => {}
                EphemeralPlan::Cluster => return self.ask_for_port(ctx, r, true, activate),
                EphemeralPlan::Own(own) => port = own,
                EphemeralPlan::Local => {
                    let found = (tables.local_port)(self, r.stack, r.address, r.options.udp);
                    port = match found {
                        Some(found) => found,
                        None => {
                            self.tally_exhausted(r.stack, r.options.udp);
                            return Err((tables.none_left)(self, ctx, false));
                        }
                    };
                }
            }
        }
        if activate {
            self.activate_range(ctx, r.stack, r.address, RangeOrigin::Bind);
        }
        Ok(Begun::Done(self.commit_bind(ctx, &r, port, false)))
    }

    /// `judged`: only the port is left to choose; else the port that the request names is asked for.
    fn ask_for_port(
        &mut self,
        ctx: &mut Ctx,
        r: BindRequest,
        judged: bool,
        activate: bool,
    ) -> Result<Begun, Refusal> {
        if !self.cf.there {
            return Err((self.fixed.tables.unreachable)(ctx));
        }
        let port = if judged { 0 } else { r.port };
        let work = Work::Bind { request: r, judged, activate, port, claimed: true, refused: None };
        Ok(Begun::Access(Box::new(Task::new(r.address, work))))
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

    /// Another socket of the stack has the port at an address that overlaps.
    pub(crate) fn overlaps(&self, r: &BindRequest) -> bool {
        let Some(s) = self.stack(r.stack) else { return false };
        let table = if r.options.udp { &s.udp } else { &s.ports };
        let used_at = |address: AddrId| table.get(&address).is_some_and(|p| p.used.contains(r.port));
        if r.address == AddrId::ANY {
            table.values().any(|p| p.used.contains(r.port))
        } else {
            used_at(r.address) || used_at(AddrId::ANY)
        }
    }

    /// Another socket of the stack has the port at an address that overlaps, and may not share it.
    pub(crate) fn conflicts(&self, r: &BindRequest) -> bool {
        let Some(s) = self.stack(r.stack) else { return false };
        if !self.overlaps(r) {
            return false;
        }
        let shares = s.port_entries(r.port, !r.options.udp).any(|p| p.share);
        !shares && (!r.options.reuse_address || self.listens_exactly(r.stack, r.address, r.port))
    }

    fn listens_exactly(&self, stack: StackId, address: AddrId, port: u16) -> bool {
        self.listener(stack, address, port).and_then(|h| self.socket(h)).is_some_and(|s| s.local == address)
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
        let claim = match (claimed, r.address == AddrId::ANY) {
            (false, _) => ClaimKind::None,
            (true, true) => ClaimKind::Pool,
            (true, false) => ClaimKind::Port,
        };
        let mut socket = Socket::new(r.stack, r.job, r.options);
        (socket.local, socket.port, socket.claim) = (r.address, port, claim);
        (socket.ephemeral, socket.bound) = (ephemeral, r.bound);
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
        if ephemeral {
            self.tally_port(r.stack, r.options.udp);
        }
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

    /// A socket that was bound to no address gets one at listen().
    fn move_socket(&mut self, handle: Handle, address: AddrId) {
        let Some(socket) = Arc::make_mut(&mut self.sockets).all.get_mut(&handle) else { return };
        if socket.claim == ClaimKind::Pool {
            return;
        }
        let (stack, old, port) = (socket.stack, socket.local, socket.port);
        (socket.local, socket.bound) = (address, BoundBy::Srcip);
        if let Some(s) = self.stack_mut(stack) {
            release(s, old, port);
            let ports = s.ports.entry(address).or_insert_with(LocalPorts::new);
            ports.add(port);
            ports.bound.insert(port);
        }
    }
}
