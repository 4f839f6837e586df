//! Carries out what the decision tables answer.

mod adopt;
pub(crate) mod binding;
mod close;
mod failure;
mod group;
mod handover;
mod lifecycle;
mod monitor;
mod obey;
mod operator;
pub(crate) mod ownership;
mod pool;
pub(crate) mod requests;
mod revise;
pub(crate) mod targets;
mod tasks;
mod write;

use std::sync::Arc;

use crate::assumption::Assumption;
use crate::cf::access::{Finished, Request, Work};
use crate::cluster::{Cluster, Mode};
use crate::event::{CfStep, Event, SocketOptions};
use crate::ids::StackId;
use crate::outcome::{Completion, Ctx, Errno, Outcome, Refusal, Verdict};
use crate::product::Membership;
use crate::queries::Routed;
use crate::tables::{BindRequest, ConnectRequest, SendRequest};

pub(crate) const NO_STACK: Refusal = Refusal::new(Errno::EINVAL, "event", "there is no such stack");
const NOTHING_TO_DO: Refusal = Refusal::new(Errno::EINVAL, "event", "the stack has no work in hand");
const CLOSING: Refusal =
    Refusal::new(Errno::EBADF, "event", "the socket or connection is being closed already");
const NO_MESSAGE: Refusal =
    Refusal::new(Errno::EINVAL, "event", "no message is under way between these stacks");

pub(crate) fn done() -> Outcome {
    Outcome::default()
}

pub(crate) fn refuse(refusal: Refusal) -> Outcome {
    Outcome { verdict: Verdict::Refused(refusal), ..Outcome::default() }
}

impl Cluster {
    pub(crate) fn dispatch(&mut self, event: &Event, mode: Mode, ctx: &mut Ctx) -> Outcome {
        match event {
            Event::Bind { stack, job, at, options, socket }
            | Event::Listen { stack, job, at, options, socket } => {
                let options = self.known(*options);
                let address = match at.address {
                    Some(address) => self.intern(address),
                    None => crate::ids::AddrId::ANY,
                };
                let listen = matches!(event, Event::Listen { .. });
                let request = BindRequest {
                    stack: *stack,
                    job: *job,
                    address,
                    port: at.port,
                    options,
                    socket: *socket,
                    listen,
                    bound: crate::socket::BoundBy::Nobody,
                };
                self.request(ctx, mode, *stack, Request::Bind(request))
            }
            Event::Connect { stack, job, to, from, connection } => {
                let request = ConnectRequest {
                    stack: *stack,
                    job: *job,
                    to: *to,
                    from: *from,
                    connection: *connection,
                };
                self.request(ctx, mode, *stack, Request::Connect(request))
            }
            Event::Open { stack, job, options, socket } => {
                let options = self.known(*options);
                self.open_socket(*stack, *job, options, *socket)
            }
            Event::Send { stack, job, to, from, options } => {
                let options = self.known(*options);
                let request = SendRequest { stack: *stack, job: *job, to: *to, from: *from, options };
                self.send_datagram(ctx, &request)
            }
            Event::Unlisten(handle) | Event::Close(handle) => match self.socket(*handle) {
                Some(socket) => {
                    if matches!(event, Event::Unlisten(_)) && !socket.listening {
                        return refuse(Refusal::new(Errno::EINVAL, "event", "the socket does not listen"));
                    }
                    let stack = socket.stack;
                    if self.is_closing(stack, *handle) {
                        return refuse(CLOSING);
                    }
                    self.request(ctx, mode, stack, Request::Close(*handle))
                }
                None => refuse(Refusal::new(Errno::EBADF, "event", "there is no such socket or connection")),
            },
            Event::ClientConnect { client, to, connection } => {
                self.client_connect(ctx, *client, *to, *connection)
            }
            Event::Packet { client, to } => match self.look_up(ctx, *client, *to) {
                Routed::To(stack) => Outcome { stack: Some(stack), ..done() },
                Routed::Held(stack) => Outcome { stack: Some(stack), verdict: Verdict::Pending, ..done() },
                Routed::Refused(_) => refuse(self.no_listener()),
                Routed::NoOwner => refuse(self.no_owner()),
            },
            Event::Start(stack) => self.start(ctx, *stack),
            Event::Stop(stack) | Event::Fail(stack) => self.fail(ctx, &[*stack]),
            Event::FailSystem(system) => {
                let stacks = self.stacks_where(|s| s.config.system.eq_ignore_ascii_case(system));
                self.fail(ctx, &stacks)
            }
            Event::FailCpc(cpc) => {
                let stacks = self
                    .stacks_where(|s| s.config.cpc.as_deref().is_some_and(|c| c.eq_ignore_ascii_case(cpc)));
                self.fail(ctx, &stacks)
            }
            Event::Leave(stack) => self.leave(ctx, *stack, Membership::LeftByCommand),
            Event::Join(stack) => self.join(ctx, *stack, true),
            Event::LoseCf => self.lose_cf(ctx),
            Event::RestoreCf => self.restore_cf(ctx),
            Event::Obey { stack, config } => self.obey(ctx, *stack, config),
            Event::Define { stack, job: _, address } => self.define(ctx, *stack, *address),
            Event::Delete { stack, job: _, address } => self.delete(ctx, *stack, *address),
            Event::Deactivate { stack, address } => self.deactivate(ctx, *stack, *address),
            Event::Reactivate { stack, address } => self.reactivate(ctx, *stack, *address),
            Event::Quiesce { .. }
            | Event::Resume { .. }
            | Event::Weight { .. }
            | Event::Health { .. }
            | Event::Tsr { .. } => self.report_in(ctx, event),
            Event::Step(stack) => {
                if self.can_step(*stack) {
                    self.advance(ctx, *stack);
                    done()
                } else {
                    refuse(NOTHING_TO_DO)
                }
            }
            Event::Hold { stack, at } => match self.stack_mut(*stack) {
                Some(s) => {
                    s.hold = Some(*at).filter(|at| *at != CfStep::Unlock);
                    done()
                }
                None => refuse(NO_STACK),
            },
            Event::Release(stack) => match self.stack_mut(*stack) {
                Some(s) => {
                    s.hold = None;
                    done()
                }
                None => refuse(NO_STACK),
            },
            Event::Delay { from, to } => {
                if self.stack(*from).is_none() || self.stack(*to).is_none() {
                    return refuse(NO_STACK);
                }
                self.delays.insert((*from, *to));
                done()
            }
            Event::Deliver { from, to } => {
                let delayed = match mode {
                    Mode::ToQuiescence => self.delays.remove(&(*from, *to)),
                    Mode::Fine => false,
                };
                if self.deliver(ctx, *from, *to) || delayed { done() } else { refuse(NO_MESSAGE) }
            }
            Event::Advance(seconds) => self.advance_time(ctx, mode, *seconds),
            Event::Signal { stack, signal } => self.signal(ctx, *stack, *signal),
        }
    }

    /// Gives the addresses of options a number. A raw socket has no port that TCP would know of.
    fn known(&mut self, mut options: SocketOptions) -> SocketOptions {
        for address in options.packet_info.iter().chain(&options.address_for) {
            self.intern(*address);
        }
        options.udp |= options.raw;
        options
    }

    fn stacks_where(&self, fits: impl Fn(&crate::stack::Stack) -> bool) -> Vec<StackId> {
        self.stack_ids().filter(|s| self.stack(*s).is_some_and(|s| s.up && fits(s))).collect()
    }

    /// Delivers messages and carries on with work in hand until nothing moves any more.
    pub(crate) fn pump(&mut self, ctx: &mut Ctx) {
        loop {
            let mut moved = false;
            while let Some((from, to)) = self.next_delivery() {
                self.deliver(ctx, from, to);
                moved = true;
            }
            if self.pending > 0 {
                for stack in self.stack_ids() {
                    while self.can_step(stack) && !self.is_held(stack) {
                        self.advance(ctx, stack);
                        moved = true;
                    }
                }
            }
            if !moved {
                return;
            }
        }
    }

    fn next_delivery(&self) -> Option<(StackId, StackId)> {
        self.net.iter().map(|e| (e.from, e.to)).find(|pair| !self.delays.contains(pair))
    }

    /// Serves a request at once where nothing stands in the way, else as work in hand.
    fn request(&mut self, ctx: &mut Ctx, mode: Mode, stack: StackId, request: Request) -> Outcome {
        let Some(s) = self.stack(stack) else { return refuse(NO_STACK) };
        if !s.tasks.is_empty() {
            ctx.assume(Assumption::StackIsSerial);
            self.queue(stack, crate::cf::access::Task::later(request));
            return Outcome { verdict: Verdict::Pending, stack: Some(stack), ..done() };
        }
        let straight = mode == Mode::ToQuiescence && s.hold.is_none();
        match self.begin(ctx, request) {
            requests::Begun::Done(finished) => self.outcome(finished),
            requests::Begun::Access(task) => {
                if straight
                    && !self.cf.locks.contains_key(&self.key(stack, task.address))
                    && self.pending == 0
                {
                    let finished = self.straight(ctx, stack, *task);
                    return self.outcome(finished);
                }
                self.queue(stack, *task);
                Outcome { verdict: Verdict::Pending, stack: Some(stack), ..done() }
            }
        }
    }

    fn outcome(&self, finished: Finished) -> Outcome {
        Outcome {
            source: finished.source.map(|a| self.address(a)),
            port: finished.port,
            ephemeral: finished.ephemeral,
            stack: finished.stack,
            verdict: finished.refused.map_or(Verdict::Done, Verdict::Refused),
            ..done()
        }
    }

    /// Notes that a request of an earlier event has ended.
    pub(crate) fn complete(&self, ctx: &mut Ctx, finished: Finished) {
        let (Some(handle), Some(stack)) = (finished.handle, finished.stack) else { return };
        ctx.completed.push(Completion {
            handle,
            stack,
            source: finished.source.map(|a| self.address(a)),
            port: finished.port,
            ephemeral: finished.ephemeral,
            verdict: finished.refused.map_or(Verdict::Done, Verdict::Refused),
        });
    }

    pub(crate) fn queue(&mut self, stack: StackId, task: crate::cf::access::Task) {
        if let Some(s) = self.stack_mut(stack) {
            s.tasks.push_back(task);
            self.pending += 1;
        }
    }

    /// A close of the socket waits for its stack.
    fn is_closing(&self, stack: StackId, handle: crate::ids::Handle) -> bool {
        self.stack(stack).is_some_and(|s| {
            s.tasks.iter().any(|t| matches!(t.work, Work::Later(Request::Close(h)) if h == handle))
        })
    }

    pub(crate) fn cf_mut(&mut self) -> &mut crate::cf::CouplingFacility {
        Arc::make_mut(&mut self.cf)
    }
}

pub(crate) fn refuse_with(handle: crate::ids::Handle, stack: StackId, refusal: Refusal) -> requests::Begun {
    requests::Begun::Done(Finished::refuse(handle, stack, refusal))
}
