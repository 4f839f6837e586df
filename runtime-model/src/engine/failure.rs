//! Failure of stacks, and what their partners do when they hear of it (F12, section 6).

use super::{done, refuse};
use crate::assumption::Assumption;
use crate::cf::Key;
use crate::cf::access::{Task, Work};
use crate::cf::lock::Lock;
use crate::cluster::Cluster;
use crate::distribution::messages::Message;
use crate::ids::{AddrId, StackId};
use crate::outcome::{Answer, Ctx, Errno, Outcome, Refusal};

const NONE_UP: Refusal = Refusal::new(Errno::EINVAL, "event", "no such stack is up");

impl Cluster {
    /// All of these fail in one moment: none hears of another.
    pub(crate) fn fail(&mut self, ctx: &mut Ctx, stacks: &[StackId]) -> Outcome {
        let up: Vec<StackId> = stacks.iter().copied().filter(|s| self.is_up(*s)).collect();
        if up.is_empty() {
            return refuse(NONE_UP);
        }
        for stack in &up {
            if let Some(s) = self.stack_mut(*stack) {
                s.up = false;
            }
        }
        for stack in &up {
            self.drop_sockets(*stack, |_| true);
            self.depart(ctx, *stack);
            if let Some(s) = self.stack_mut(*stack) {
                s.reset();
            }
        }
        done()
    }

    /// The stack is out of its group: its work is lost, its addresses are free, its partners will hear of it.
    pub(crate) fn depart(&mut self, ctx: &mut Ctx, stack: StackId) {
        let Some(s) = self.stack(stack) else { return };
        let joined = s.joined;
        let owned: Vec<AddrId> = s.dvipas.iter().filter(|(_, d)| d.owner).map(|(a, _)| *a).collect();
        let tasks = s.tasks.len();
        for address in &owned {
            self.drop_held(ctx, stack, *address);
        }
        let lost: Vec<_> = owned.into_iter().map(|a| self.key(stack, a)).collect();
        self.lost.extend(lost);
        self.pending -= u32::try_from(tasks).unwrap_or(0);
        if let Some(s) = self.stack_mut(stack) {
            s.tasks.clear();
            s.joined = false;
        }
        self.cf_mut().life_ends(stack);
        for lock in self.cf_mut().locks.values_mut() {
            lock.waiters.retain(|w| *w != stack);
        }
        self.net.retain(|e| e.to != stack);
        if !joined {
            return;
        }
        for partner in self.stack_ids() {
            if self.in_group(partner) && self.same_group(partner, stack) {
                self.send_from(stack, partner, Message::Down);
            }
        }
        ctx.note(self.fixed.tables.marks.heard, "Partners will hear by XCF that the stack is gone:", || {
            Answer::Name(self.stack_name(stack).to_owned())
        });
    }

    /// A life of a stack that is over.
    pub(crate) fn is_dead(&self, stack: StackId, life: u32) -> bool {
        self.stack(stack).is_none_or(|s| !s.in_group() || s.life != life)
    }

    /// Whether this stack has been told that the other one failed.
    pub(crate) fn heard_of_failure(&self, stack: StackId, failed: StackId) -> bool {
        !self.net.iter().any(|e| e.from == failed && e.to == stack && matches!(e.message, Message::Down))
    }

    /// F12:1200: the failure of a partner is heard.
    pub(crate) fn partner_down(&mut self, ctx: &mut Ctx, me: StackId, failed: StackId) {
        ctx.note(self.fixed.tables.marks.heard, "A stack hears by XCF of the failure of:", || {
            Answer::Name(self.stack_name(failed).to_owned())
        });
        let tables = self.fixed.tables;
        if tables.break_locks {
            self.break_locks(ctx, me, |c, address, lock| {
                lock.waiters.contains(&me) || lock.waiters.is_empty() || (tables.recovers)(c, me, address)
            });
        }
        let held: Vec<AddrId> = if let Some(s) = self.stack_mut(me) {
            s.heard.remove(&failed);
            if s.dvipas.values().any(|d| d.target_of == Some(failed)) {
                for (address, d) in s.dvipas.iter_mut().filter(|(_, d)| d.target_of == Some(failed)) {
                    d.target_ends(s.ports.contains_key(address));
                }
            }
            if tables.drop_routes {
                for routing in s.routing.values_mut() {
                    routing.forget(failed);
                }
            }
            s.forget_nothings();
            s.routing.iter().filter(|(_, r)| !r.held.is_empty()).map(|(a, _)| *a).collect()
        } else {
            Vec::new()
        };
        for address in held {
            self.retry_held(ctx, me, address);
        }
        self.targets_changed(ctx);
        self.take_over_lost(ctx, me);
        self.recover_all(me);
    }

    /// F12:1205: breaks the locks of dead lives that this stack has heard of and answers for.
    fn break_locks(&mut self, ctx: &mut Ctx, me: StackId, answers: impl Fn(&Self, AddrId, &Lock) -> bool) {
        let stale: Vec<Key> = self
            .cf
            .locks
            .iter()
            .filter(|(a, l)| {
                self.same_group(me, l.holder)
                    && self.is_dead(l.holder, l.life)
                    && self.heard_of_failure(me, l.holder)
                    && answers(self, a.1, l)
            })
            .map(|(a, _)| *a)
            .collect();
        for address in stale {
            ctx.note(self.fixed.tables.marks.recover.0, "Break the lock of the failed stack.", || {
                Answer::Done
            });
            self.pass_lock(address);
        }
    }

    /// A stack that joins clears what its former life left behind, and what nobody was there to clear.
    pub(crate) fn clean_on_return(&mut self, ctx: &mut Ctx, me: StackId) {
        if self.fixed.tables.break_locks {
            self.break_locks(ctx, me, |_, _, _| true);
        }
        let own: Vec<(AddrId, u32)> = self
            .cf
            .entries
            .iter()
            .filter_map(|((_, address), entry)| entry.lives.get(&me).map(|life| (*address, *life)))
            .filter(|(_, life)| self.is_dead(me, *life))
            .collect();
        for (address, life) in own {
            ctx.assume(Assumption::CleanOnReturn);
            self.queue(me, Task::new(address, Work::Recover { failed: me, life }));
        }
    }

    /// Takes over every address without owner that is for this stack.
    pub(crate) fn take_over_lost(&mut self, ctx: &mut Ctx, me: StackId) {
        if self.lost.is_empty() {
            return;
        }
        let Some(s) = self.stack(me) else { return };
        let mine: Vec<AddrId> = s
            .dvipas
            .iter()
            .filter(|(_, d)| !d.owner && (d.define || d.backup.is_some()))
            .map(|(a, _)| *a)
            .filter(|a| self.lost.contains(&self.key(me, *a)) && (self.fixed.tables.takes_over)(self, me, *a))
            .collect();
        if mine.is_empty() {
            return;
        }
        for address in mine {
            self.take_over(ctx, me, address);
        }
        self.announce(me, &std::collections::BTreeSet::new());
    }

    /// F12 for every structure of a dead life that this stack answers for.
    pub(crate) fn recover_all(&mut self, me: StackId) {
        let mut work: Vec<(AddrId, StackId, u32)> = Vec::new();
        for ((group, address), stacks) in &self.cf.stale {
            if self.key(me, *address).0 != *group || !(self.fixed.tables.recovers)(self, me, *address) {
                continue;
            }
            let Some(entry) = self.cf.entries.get(&(*group, *address)) else { continue };
            for stack in stacks.iter().filter(|s| self.heard_of_failure(me, **s)) {
                if let Some(life) = entry.lives.get(stack) {
                    work.push((*address, *stack, *life));
                }
            }
        }
        for (address, failed, life) in work {
            let recover = Work::Recover { failed, life };
            let known = self
                .stack(me)
                .is_some_and(|s| s.tasks.iter().any(|t| t.address == address && t.work == recover));
            if !known {
                self.queue(me, Task::new(address, recover));
            }
        }
    }
}
