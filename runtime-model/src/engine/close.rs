//! The end of a socket or connection (F10), on the stack that has it.

use std::sync::Arc;

use super::refuse_with;
use super::requests::{Begun, release};
use crate::cf::Use;
use crate::cf::access::{Finished, Task, Work};
use crate::cluster::Cluster;
use crate::ids::{AddrId, Handle, StackId};
use crate::model::PortForm;
use crate::outcome::{Answer, Ctx, Errno, Refusal};
use crate::socket::{ClaimKind, Socket};
use crate::tables::ClosePlan;

impl Cluster {
    pub(crate) fn begin_close(&mut self, ctx: &mut Ctx, handle: Handle) -> Begun {
        let socket = self.socket(handle).filter(|_| self.fixed.tables.product_state).cloned();
        let begun = self.close_socket(ctx, handle);
        if let Some(socket) = socket {
            self.note_ended(handle, &socket);
            self.creator_closed(ctx, socket.stack, handle);
        }
        begun
    }

    fn close_socket(&mut self, ctx: &mut Ctx, handle: Handle) -> Begun {
        let Some(socket) = self.take_socket(handle) else {
            return refuse_with(
                handle,
                StackId(0),
                Refusal::new(Errno::EBADF, "event", "there is no such socket"),
            );
        };
        let stack = socket.stack;
        let finished = Finished { handle: Some(handle), stack: Some(stack), ..Finished::default() };
        if socket.udp {
            if let Some(ports) = self.stack_mut(stack).and_then(|s| s.udp.get_mut(&socket.local)) {
                ports.take(socket.port);
            }
            return Begun::Done(finished);
        }
        self.told(ctx, &socket);
        if socket.port == 0 {
            return Begun::Done(finished);
        }
        let claimed = self.local_ports(stack, socket.local).is_some_and(|p| p.claimed.contains(socket.port));
        let last = self.stack_mut(stack).is_some_and(|s| release(s, socket.local, socket.port));
        if socket.claim == ClaimKind::Pool {
            return self.close_pooled(ctx, &socket, finished);
        }
        // In a connection table connections that have entries of their own do not stand behind a claim of the port.
        let last = last || self.only_tuples(stack, socket.local, socket.port);
        let what = match (socket.claim, socket.peer) {
            (ClaimKind::Tuple, Some((peer, _))) => Some(Use::With(peer)),
            (ClaimKind::Tuple | ClaimKind::Port | ClaimKind::Pool | ClaimKind::None, _) => {
                (claimed && last).then_some(Use::Port)
            }
        };
        let plan = (self.fixed.tables.close)(self, ctx, stack, socket.local);
        let in_force = self.cluster_ports(stack, socket.local);
        let Some(what) = what else {
            self.idle_check(ctx, stack, socket.local);
            if claimed {
                let mark = self.fixed.tables.marks.given;
                ctx.note(mark, "The port stays in use: other sockets of this stack hold it.", || {
                    Answer::Done
                });
            }
            return Begun::Done(finished);
        };
        // A claim is given back even when CLUSTERPORTS was taken off meanwhile.
        if plan == ClosePlan::Cluster || !in_force {
            if what == Use::Port {
                self.unclaim(stack, socket.local, socket.port);
            }
            self.idle_check(ctx, stack, socket.local);
            if !self.cf.there {
                return Begun::Done(finished);
            }
            let work = Work::Give { port: socket.port, what, handle: Some(handle) };
            return Begun::Access(Box::new(Task::new(socket.local, work)));
        }
        Begun::Done(finished)
    }

    /// Every socket that is left at the port has an entry of its own in the connection table: nobody has bound it any more.
    fn only_tuples(&mut self, stack: StackId, local: AddrId, port: u16) -> bool {
        let listened = (stack, local, port, Handle(0))..=(stack, local, port, Handle(u32::MAX));
        let bound = self.fixed.structures.ports == PortForm::ConnectionTable
            && self.sockets.listeners.range(listened).next().is_none()
            && self.local_ports(stack, local).is_some_and(|p| p.bound.contains(port));
        let at = |s: &Socket| s.stack == stack && s.local == local && s.port == port && !s.udp;
        if !bound || self.sockets.all.values().any(|s| at(s) && s.claim != ClaimKind::Tuple) {
            return false;
        }
        if let Some(ports) = self.stack_mut(stack).and_then(|s| s.ports.get_mut(&local)) {
            ports.bound.remove(port);
        }
        true
    }

    /// A socket with a port of EXPLICITBINDPORTRANGE: the port goes back to the pool.
    fn close_pooled(&mut self, ctx: &mut Ctx, socket: &Socket, finished: Finished) -> Begun {
        let (stack, port) = (socket.stack, socket.port);
        if socket.local != AddrId::ANY {
            if let Some(s) = self.stack_mut(stack) {
                release(s, AddrId::ANY, port);
            }
            self.idle_check(ctx, stack, socket.local);
        }
        self.unclaim(stack, AddrId::ANY, port);
        if !self.cf.there {
            return Begun::Done(finished);
        }
        let work = Work::Give { port, what: Use::Port, handle: finished.handle };
        Begun::Access(Box::new(Task::new(AddrId::ANY, work)))
    }

    fn take_socket(&mut self, handle: Handle) -> Option<Socket> {
        let sockets = Arc::make_mut(&mut self.sockets);
        let socket = sockets.all.remove(&handle)?;
        if socket.listening {
            sockets.listeners.remove(&(socket.stack, socket.local, socket.port, handle));
        }
        if let Some((peer, _)) = socket.peer {
            sockets.tuples.remove(&(socket.local, socket.port, peer, socket.stack));
        }
        Some(socket)
    }

    /// Tells the routing stack what has ended.
    fn told(&mut self, ctx: &mut Ctx, socket: &Socket) {
        if socket.listening {
            self.listening_changed(ctx, socket.stack, socket.local, socket.port);
        }
        if let Some((peer, _)) = socket.peer {
            self.connection_ended(ctx, socket.stack, socket.local, socket.port, peer);
        }
    }

    pub(crate) fn unclaim(&mut self, stack: StackId, address: AddrId, port: u16) {
        if let Some(s) = self.stack_mut(stack)
            && let Some(ports) = s.ports.get_mut(&address)
        {
            ports.claimed.remove(port);
            if ports.is_empty() {
                s.ports.remove(&address);
            }
        }
    }

    /// Removes every socket of a stack, or those at some address, without a word to anybody.
    pub(crate) fn drop_sockets(&mut self, stack: StackId, fits: impl Fn(AddrId) -> bool) {
        let gone: Vec<Handle> = self
            .sockets
            .all
            .iter()
            .filter(|(_, s)| s.stack == stack && fits(s.local))
            .map(|(handle, _)| *handle)
            .collect();
        for handle in gone {
            self.take_socket(handle);
        }
    }
}
