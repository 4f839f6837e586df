//! The step under the lock, where the structures are judged, and what follows when the lock is given back.

use std::net::SocketAddr;
use std::sync::Arc;

use crate::assumption::Assumption;
use crate::cf::access::{Finished, Task, Work};
use crate::cf::{Change, Use};
use crate::cluster::Cluster;
use crate::ids::{AddrId, Handle, StackId};
use crate::model::PortForm;
use crate::outcome::{Answer, Ctx, Errno, Refusal};
use crate::ports::LocalPorts;
use crate::socket::{ClaimKind, Side};
use crate::stack::RangeOrigin;
use crate::tables::InitPlan;

const TAKEN_MEANWHILE: Refusal = Refusal::new(
    Errno::EADDRINUSE,
    "F9:920",
    "another stack took the port while this one waited for the lock",
);
pub(super) const GONE_MEANWHILE: Refusal = Refusal::new(
    Errno::EADDRNOTAVAIL,
    "F9:945",
    "the source address was lost before the connection was open",
);

const LOST_MEANWHILE: Refusal =
    Refusal::new(Errno::EADDRNOTAVAIL, "F11:1140", "the address was lost before the socket was bound");

impl Cluster {
    /// Judges the structures as they are now and says what to write. A refusal is kept in the work.
    pub(crate) fn revise(&self, ctx: &mut Ctx, stack: StackId, address: AddrId, work: &mut Work) -> Change {
        let tables = self.fixed.tables;
        match work {
            Work::Later(_) => Change::Nothing,
            Work::Bind { request, judged, activate, port, claimed, refused } => {
                if *judged {
                    let Some(chosen) = (tables.choose)(self, ctx, stack, address, None) else {
                        if let Some(other) = self.beside_the_pool(ctx, stack, address) {
                            (*port, *claimed) = (other, false);
                        } else {
                            *refused = Some((tables.none_left)(self, ctx, true));
                        }
                        return Change::Nothing;
                    };
                    *port = chosen;
                    return Change::Claim { port: chosen, what: self.chosen_use() };
                } else {
                    // What was judged before the lock is looked at again, without a word.
                    let mut silent = Ctx::new(false);
                    let judgement = (tables.bind_port)(self, ctx, request).and_then(|()| {
                        let ctx = if tables.address_first { &mut silent } else { ctx };
                        (tables.bind_address)(self, ctx, request)
                    });
                    match judgement {
                        Ok(yes) => *activate = yes,
                        Err(refusal) => {
                            *refused = Some(refusal);
                            return Change::Nothing;
                        }
                    }
                }
                Change::Claim { port: *port, what: Use::Port }
            }
            Work::Connect { request, source, bound, port, refused, .. } => {
                if let Some(own) = bound {
                    let others =
                        self.holders(stack, *source, *own) > u32::from(self.holds(stack, *source, *own));
                    if others {
                        *refused = Some(TAKEN_MEANWHILE);
                        return Change::Nothing;
                    }
                    *port = *own;
                    if let Err(refusal) = self.tuple_free(stack, *source, *port, request.to) {
                        ctx.assume(Assumption::PeerEndInUse);
                        *refused = Some(refusal);
                        return Change::Nothing;
                    }
                } else {
                    let Some(chosen) = self.choose_port(ctx, stack, address, request.to) else {
                        *refused = Some((tables.none_left)(self, ctx, true));
                        return Change::Nothing;
                    };
                    *port = chosen;
                }
                let what = match self.claim_kind(bound.is_some()) {
                    ClaimKind::Tuple => Use::With(request.to),
                    ClaimKind::Port | ClaimKind::Pool | ClaimKind::None if bound.is_none() => {
                        self.chosen_use()
                    }
                    ClaimKind::Port | ClaimKind::Pool | ClaimKind::None => Use::Port,
                };
                Change::Claim { port: *port, what }
            }
            Work::Give { port, what, .. } => {
                if tables.product_state {
                    ctx.assume(Assumption::FreedPorts);
                }
                ctx.note(tables.marks.given, "Mark the port available:", || Answer::Port(*port));
                Change::Free { port: *port, what: *what }
            }
            Work::Initialise(plan) => self.scan(ctx, stack, address, *plan),
            Work::Recover { failed, life } => {
                if tables.product_state {
                    ctx.assume(Assumption::FailedPorts);
                }
                ctx.note(
                    tables.marks.recovered,
                    "Make the ports of the failed stack available, delete its structure:",
                    || Answer::Name(self.stack_name(*failed).to_owned()),
                );
                Change::Recover { failed: *failed, life: *life }
            }
        }
    }

    /// How a port that was chosen is claimed: in blocks as part of one.
    fn chosen_use(&self) -> Use {
        if self.fixed.structures.ports == PortForm::Block { Use::Block } else { Use::Port }
    }

    /// F9:935 for a connection. A port whose 4-tuple is in use, by a connection that the remote end began, is not
    /// available for this remote end (002#28): the choice is made again without it.
    fn choose_port(&self, ctx: &mut Ctx, stack: StackId, address: AddrId, to: SocketAddr) -> Option<u16> {
        let choose = self.fixed.tables.choose;
        let mut port = choose(self, ctx, stack, address, Some(to))?;
        if self.tuple_free(stack, address, port, to).is_ok() {
            return Some(port);
        }
        let mut without = self.clone();
        loop {
            ctx.assume(Assumption::PeerEndInUse);
            ctx.note(
                "002#28",
                "The remote end has a connection with these two ends already: not this port.",
                || Answer::Port(port),
            );
            // As if a socket of this stack had bound the port; the copy is thrown away.
            let ports = &mut without.stack_mut(stack)?.ports;
            let ports = ports.entry(address).or_insert_with(LocalPorts::new);
            ports.add(port);
            ports.bound.insert(port);
            let next = choose(&without, ctx, stack, address, Some(to))?;
            if next == port || self.tuple_free(stack, address, next, to).is_ok() {
                return Some(next);
            }
            port = next;
        }
    }

    /// F8A:815, 835 and F8B:885: local ports of the sockets and connections at the address.
    fn scan(&self, ctx: &mut Ctx, stack: StackId, address: AddrId, plan: InitPlan) -> Change {
        if plan.search_routes {
            let mut found: Vec<(StackId, u16, Use)> = Vec::new();
            if let Some(routing) = self.routing(stack, address) {
                found.extend(
                    routing.crt.iter().map(|(port, peer, target)| (*target, *port, self.found(*peer))),
                );
            }
            if plan.scan {
                found.extend(
                    self.ports_of(stack, address).into_iter().map(|(port, what)| (stack, port, what)),
                );
            }
            found.sort_unstable();
            found.dedup();
            // What a stack holds already is not counted twice.
            found.retain(|(s, port, _)| {
                !self.local_ports(*s, address).is_some_and(|p| p.claimed.contains(*port))
            });
            return Change::WriteFor(Arc::new(found));
        }
        if !plan.scan {
            return Change::Create;
        }
        ctx.assume(Assumption::ScanTakesSockets);
        let mut found = self.ports_of(stack, address);
        if !self.fixed.structures.stack_structures {
            found.retain(|(port, _)| {
                !self.local_ports(stack, address).is_some_and(|p| p.claimed.contains(*port))
            });
        }
        Change::Write(Arc::new(found))
    }

    fn found(&self, peer: SocketAddr) -> Use {
        if self.fixed.structures.ports == PortForm::ConnectionTable { Use::With(peer) } else { Use::Port }
    }

    fn ports_of(&self, stack: StackId, address: AddrId) -> Vec<(u16, Use)> {
        let tuples = self.fixed.structures.ports == PortForm::ConnectionTable;
        let mut found: Vec<(u16, Use)> = self
            .sockets
            .all
            .values()
            .filter(|s| s.stack == stack && s.local == address && s.port != 0 && !s.udp)
            .map(|s| match s.peer {
                Some((peer, Side::Outbound)) if tuples && s.ephemeral => (s.port, Use::With(peer)),
                Some(_) | None => (s.port, Use::Port),
            })
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The lock is given back: the request ends.
    pub(crate) fn finish(&mut self, ctx: &mut Ctx, stack: StackId, address: AddrId, work: Work) -> Finished {
        match work {
            Work::Later(_) | Work::Recover { .. } => Finished::default(),
            Work::Initialise(plan) => {
                if plan.scan {
                    self.claim_tuples(stack, address);
                }
                Finished::default()
            }
            Work::Give { handle, .. } => Finished { handle, stack: Some(stack), ..Finished::default() },
            Work::Bind { request, refused: Some(refusal), .. } => {
                Finished::refuse(request.socket, stack, refusal)
            }
            Work::Bind { request, activate, port, claimed, refused: None, .. } => {
                if address != AddrId::ANY && !self.is_active(stack, address) {
                    // What was active when it was judged may have lost its owner since.
                    if !activate || !self.may_activate(stack, address) {
                        self.put_back(
                            stack,
                            Task::new(address, Work::Give { port, what: Use::Port, handle: None }),
                        );
                        return Finished::refuse(request.socket, stack, LOST_MEANWHILE);
                    }
                    self.activate_range(ctx, stack, address, RangeOrigin::Bind);
                }
                self.commit_bind(ctx, &request, port, claimed)
            }
            Work::Connect { request, source, activate, refused: Some(refusal), .. } => {
                if activate && self.fixed.tables.keep_failed_activation {
                    self.activate_range(ctx, stack, source, RangeOrigin::Connect);
                }
                Finished::refuse(request.connection, stack, refusal)
            }
            Work::Connect { request, source, activate, bound, port, refused: None } => {
                let kind = self.claim_kind(bound.is_some());
                let usable = self.is_here(stack, source) || (activate && self.may_activate(stack, source));
                let late = if usable {
                    self.tuple_free(stack, source, port, request.to).err()
                } else {
                    Some(GONE_MEANWHILE)
                };
                if let Some(refusal) = late {
                    // F9:945 failed: the claim is taken back as figure 10 does.
                    let what = match kind {
                        ClaimKind::Tuple => Use::With(request.to),
                        ClaimKind::Port | ClaimKind::Pool | ClaimKind::None => Use::Port,
                    };
                    self.put_back(stack, Task::new(source, Work::Give { port, what, handle: None }));
                    return Finished::refuse(request.connection, stack, refusal);
                }
                if activate && !self.is_active(stack, source) {
                    self.activate_range(ctx, stack, source, RangeOrigin::Connect);
                }
                self.open(ctx, &request, source, port, kind, bound.is_none())
            }
        }
    }

    /// No other stack has the range address, or the one that has it lets it go.
    fn may_activate(&self, stack: StackId, address: AddrId) -> bool {
        self.owner(address, stack).is_none_or(|owner| self.lets_go(owner, address))
    }

    /// After a scan, connections own their entries in a connection table.
    pub(crate) fn claim_tuples(&mut self, stack: StackId, address: AddrId) {
        if self.fixed.structures.ports != PortForm::ConnectionTable {
            return;
        }
        let Some(structure) = self.structure(stack, address) else { return };
        if structure.in_use(stack).is_empty() {
            return;
        }
        let mine: Vec<Handle> = self
            .sockets
            .all
            .iter()
            .filter(|(_, s)| {
                s.stack == stack && s.local == address && s.claim == ClaimKind::None && s.ephemeral
            })
            .filter(|(_, s)| matches!(s.peer, Some((_, Side::Outbound))))
            .map(|(h, _)| *h)
            .collect();
        let all = &mut Arc::make_mut(&mut self.sockets).all;
        for handle in mine {
            if let Some(socket) = all.get_mut(&handle) {
                socket.claim = ClaimKind::Tuple;
            }
        }
    }
}
