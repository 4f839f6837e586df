//! Virtual time, and the sysplex monitor that acts in it (04 1.8).

use super::{NO_STACK, done, refuse};
use crate::cluster::{Cluster, Mode};
use crate::event::{Path, Problem, Signal};
use crate::ids::StackId;
use crate::outcome::{Answer, Ctx, Errno, Outcome, Refusal};
use crate::product::Membership;
use crate::product::monitor::{self, Act};
use crate::product::state::Quiesced;

const FOUNDING: Refusal = Refusal::new(
    Errno::ENOSYS,
    "event",
    "the founding documents know nothing of this; the dialect is founding",
);
const PERCENT: Refusal = Refusal::new(Errno::EINVAL, "event", "the value must be from 0 to 100");
const PER_THOUSAND: Refusal = Refusal::new(Errno::EINVAL, "event", "the value must be from 0 to 1000");

impl Cluster {
    /// Time passes; problems that lasted long enough have their effect at their own moment.
    pub(super) fn advance_time(&mut self, ctx: &mut Ctx, mode: Mode, seconds: u64) -> Outcome {
        let end = self.now.saturating_add(seconds);
        while let Some((at, stack, problem)) = monitor::next_due(self, end) {
            self.now = at;
            self.monitor_acts(ctx, stack, problem);
            if mode == Mode::ToQuiescence {
                self.pump(ctx);
            }
        }
        self.now = end;
        done()
    }

    fn monitor_acts(&mut self, ctx: &mut Ctx, stack: StackId, problem: Problem) {
        let act = monitor::verdict(self, ctx, stack, problem);
        if let Some(p) = self.stack_mut(stack).and_then(|s| s.product.as_mut()) {
            p.announced.insert(problem);
        }
        let (id, text) = monitor::message(self, ctx, stack, problem);
        ctx.say(stack, id, || text);
        if act != Act::Leave {
            return;
        }
        self.leave(ctx, stack, Membership::LeftAutonomics);
        self.set_membership(stack, Membership::LeftAutonomics, Some(problem));
        ctx.say(stack, Some("EZZ9676E"), || "the monitor took the stack out of its sysplex group".to_owned());
    }

    /// What operators, WLM, the monitor and the network tell a stack.
    pub(super) fn signal(&mut self, ctx: &mut Ctx, stack: StackId, signal: Signal) -> Outcome {
        let Some(s) = self.stack(stack) else { return refuse(NO_STACK) };
        if s.product.is_none() {
            return refuse(FOUNDING);
        }
        let (up, now) = (s.up, self.now);
        let Some(p) = self.stack_mut(stack).and_then(|s| s.product.as_mut()) else { return refuse(NO_STACK) };
        match signal {
            Signal::Problem { problem, on: true } => {
                p.problems.entry(problem).or_insert(now);
                self.targets_changed(ctx);
            }
            Signal::Problem { problem, on: false } => {
                p.problems.remove(&problem);
                p.announced.remove(&problem);
                self.targets_changed(ctx);
                self.problem_cleared(ctx, stack);
            }
            Signal::Path { to, path, up } => {
                let lost = if up {
                    p.paths_down.remove(&(to, path));
                    false
                } else {
                    p.paths_down.insert((to, path))
                };
                if lost && path == Path::Ip {
                    self.say_no_route(ctx, stack, to);
                }
                self.targets_changed(ctx);
            }
            Signal::CreateAffine { job, asid, address } => {
                return self.define_affine(ctx, stack, address, (job, asid));
            }
            Signal::Quiesce { .. }
            | Signal::SystemWeight(_)
            | Signal::Abnormal { .. }
            | Signal::Responsiveness { .. } => {
                if !up {
                    return refuse(super::lifecycle::IS_DOWN);
                }
                match signal {
                    Signal::Quiesce { port: None, job: None, on, .. } => p.signals.quiesced = on,
                    Signal::Quiesce { port, job: Some(job), asid, on } => {
                        let named = Quiesced { port, job, asid };
                        if on {
                            p.signals.quiesced_jobs.insert(named);
                        } else {
                            // RESUME of a job without an address space is about all of its address spaces.
                            p.signals.quiesced_jobs.retain(|q| {
                                (q.port, q.job) != (port, job) || (asid.is_some() && q.asid != asid)
                            });
                        }
                    }
                    Signal::Quiesce { port: Some(port), job: None, on, .. } => {
                        if let Some(s) = self.stack_mut(stack) {
                            if on {
                                s.reports.quiesced.insert(port);
                            } else {
                                s.reports.quiesced.remove(&port);
                            }
                        }
                    }
                    Signal::SystemWeight(value) => p.signals.weight = Some(value),
                    Signal::Abnormal { job, value } => {
                        if value > 1000 {
                            return refuse(PER_THOUSAND);
                        }
                        p.signals.abnormal.insert(job, value);
                    }
                    Signal::Responsiveness { tcsr, cer, sef } => {
                        if [tcsr, cer, sef].iter().any(|v| *v > 100) {
                            return refuse(PERCENT);
                        }
                        p.signals.parts = Some((tcsr, cer, sef));
                    }
                    Signal::Problem { .. } | Signal::Path { .. } | Signal::CreateAffine { .. } => {}
                }
                self.targets_changed(ctx);
            }
        }
        Outcome { stack: Some(stack), ..done() }
    }

    /// A VIPAROUTE has no way any more: told once (04 5.10).
    fn say_no_route(&self, ctx: &mut Ctx, stack: StackId, to: StackId) {
        let (Some(from), Some(there)) = (self.stack(stack), self.stack(to)) else { return };
        for route in from.config.product.routes.iter().filter(|r| there.config.xcf.contains(&r.xcf)) {
            ctx.say(stack, None, || {
                format!(
                    "no route leads to {}, the VIPAROUTE target of {}: connections do not go to {} now",
                    route.target,
                    route.xcf,
                    self.on_system(to)
                )
            });
        }
    }

    /// A problem is gone: a stack that waits may join, one that left may come back.
    fn problem_cleared(&mut self, ctx: &mut Ctx, stack: StackId) {
        let Some(p) = self.stack(stack).filter(|s| s.up).and_then(|s| s.product.as_ref()) else { return };
        match p.membership {
            Membership::Waiting => {
                self.join(ctx, stack, true);
            }
            Membership::LeftAutonomics => {
                if !monitor::may_rejoin(self, ctx, stack) {
                    return;
                }
                ctx.note("04:1.8", "AUTOREJOIN: the stack joins again, with its saved definitions.", || {
                    Answer::Done
                });
                self.join(ctx, stack, false);
                if self.in_group(stack) {
                    ctx.say(stack, Some("EZD1192I"), || {
                        "the saved VIPADYNAMIC definitions are in force".to_owned()
                    });
                }
            }
            Membership::Down | Membership::Joined | Membership::NotJoined | Membership::LeftByCommand => {}
        }
    }
}
