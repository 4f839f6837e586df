//! Work in hand: one step at a time, or straight through where nobody is in the way.

use super::requests::Begun;
use crate::assumption::Assumption;
use crate::cf::access::{Finished, Request, Task, Work};
use crate::cf::lock::Lock;
use crate::cf::{Change, Key};
use crate::cluster::Cluster;
use crate::event::CfStep;
use crate::ids::{AddrId, StackId};
use crate::outcome::{Answer, Ctx};
use crate::tables::Marks;

impl Task {
    pub(crate) fn later(request: Request) -> Self {
        Self::new(AddrId::ANY, Work::Later(request))
    }
}

/// Where the sources describe a kind of work: obtain and lock, then return and unlock.
fn blocks(marks: &Marks, work: &Work) -> (&'static str, &'static str) {
    match work {
        Work::Later(_) => ("", ""),
        Work::Bind { judged: true, .. } | Work::Connect { .. } => marks.choose,
        Work::Bind { .. } | Work::Initialise(_) => marks.bind,
        Work::Give { .. } => marks.give,
        Work::Recover { .. } => marks.recover,
    }
}

const LOCKED: &str = "Obtain and lock the port structures.";
const UNLOCKED: &str = "Return the structures and unlock them.";

impl Cluster {
    /// The stack has work whose next step can be done now.
    pub(crate) fn can_step(&self, stack: StackId) -> bool {
        let Some(s) = self.stack(stack) else { return false };
        let Some(task) = s.tasks.front() else { return false };
        if task.next != CfStep::Lock || matches!(task.work, Work::Later(_)) || !self.cf.there {
            return true;
        }
        match self.cf.locks.get(&self.key(stack, task.address)) {
            None => true,
            Some(lock) => lock.holder == stack || !lock.waiters.contains(&stack),
        }
    }

    /// A hold keeps the stack from going on.
    pub(crate) fn is_held(&self, stack: StackId) -> bool {
        let Some(s) = self.stack(stack) else { return false };
        let (Some(hold), Some(task)) = (s.hold, s.tasks.front()) else { return false };
        !matches!(task.work, Work::Later(_)) && task.next > hold
    }

    /// Does the next step of the stack's work.
    pub(crate) fn advance(&mut self, ctx: &mut Ctx, stack: StackId) {
        let Some(s) = self.stack_mut(stack) else { return };
        let Some(mut task) = s.tasks.pop_front() else { return };
        let life = s.life;
        self.pending -= 1;
        if let Work::Later(request) = task.work {
            match self.begin(ctx, request) {
                Begun::Done(finished) => self.complete(ctx, finished),
                Begun::Access(task) => self.put_back(stack, *task),
            }
            return;
        }
        if !self.cf.there {
            let finished = self.without_cf(ctx, stack, task);
            self.complete(ctx, finished);
            return;
        }
        let (lock_block, unlock_block) = blocks(self.fixed.tables.marks, &task.work);
        match task.next {
            CfStep::Obtain => task.next = CfStep::Lock,
            CfStep::Lock => {
                if self.try_lock(stack, life, task.address) {
                    ctx.note(lock_block, LOCKED, || Answer::Done);
                    task.next = CfStep::Revise;
                } else {
                    ctx.note(lock_block, "Another stack has the lock: wait.", || Answer::Done);
                }
            }
            CfStep::Revise => {
                let (cleared, change) = self.judge(ctx, stack, task.address, &mut task.work);
                (task.cleared, task.change) = (cleared, Some(change));
                task.next = CfStep::Return;
            }
            CfStep::Return => {
                let change = task.change.take().unwrap_or(Change::Nothing);
                let cleared = std::mem::take(&mut task.cleared);
                self.write_back(ctx, stack, life, task.address, &cleared, &change);
                task.next = CfStep::Unlock;
            }
            CfStep::Unlock => {
                ctx.note(unlock_block, UNLOCKED, || Answer::Done);
                self.unlock(stack, task.address);
                let finished = self.finish(ctx, stack, task.address, task.work);
                self.complete(ctx, finished);
                // A failure that was heard of during the access may be this stack's to clear only now that it has a
                // structure of its own.
                if !self.cf.stale.is_empty() {
                    self.recover_all(stack);
                }
                return;
            }
        }
        self.put_back(stack, task);
    }

    /// Puts work in front of all other work of the stack.
    pub(crate) fn put_back(&mut self, stack: StackId, task: Task) {
        if let Some(s) = self.stack_mut(stack) {
            s.tasks.push_front(task);
            self.pending += 1;
        }
    }

    /// All five steps at once: the lock is free and nothing is held.
    pub(crate) fn straight(&mut self, ctx: &mut Ctx, stack: StackId, mut task: Task) -> Finished {
        let life = self.stack(stack).map_or(0, |s| s.life);
        let (lock_block, unlock_block) = blocks(self.fixed.tables.marks, &task.work);
        ctx.note(lock_block, LOCKED, || Answer::Done);
        let (cleared, change) = self.judge(ctx, stack, task.address, &mut task.work);
        self.write_back(ctx, stack, life, task.address, &cleared, &change);
        ctx.note(unlock_block, UNLOCKED, || Answer::Done);
        self.finish(ctx, stack, task.address, task.work)
    }

    fn try_lock(&mut self, stack: StackId, life: u32, address: AddrId) -> bool {
        let address = self.key(stack, address);
        let stale = self.cf.locks.get(&address).is_some_and(|l| {
            l.holder != stack && self.is_dead(l.holder, l.life) && self.heard_of_failure(stack, l.holder)
        });
        if stale && self.fixed.tables.break_locks {
            self.pass_lock(address);
        }
        let cf = self.cf_mut();
        match cf.locks.get_mut(&address) {
            None => {
                cf.locks.insert(address, Lock { holder: stack, life, waiters: Vec::new() });
                true
            }
            // A former life of this stack took it.
            Some(lock) if lock.holder == stack => {
                lock.life = life;
                true
            }
            Some(lock) => {
                if !lock.waiters.contains(&stack) {
                    lock.waiters.push(stack);
                }
                false
            }
        }
    }

    /// The lock goes to the first stack that waits.
    pub(crate) fn unlock(&mut self, stack: StackId, address: AddrId) {
        let address = self.key(stack, address);
        let Some(lock) = self.cf.locks.get(&address) else { return };
        if lock.holder == stack {
            self.pass_lock(address);
        }
    }

    pub(crate) fn pass_lock(&mut self, address: Key) {
        let next = self.cf.locks.get(&address).and_then(|l| l.waiters.first().copied());
        let life = next.and_then(|s| self.stack(s)).map_or(0, |s| s.life);
        let cf = self.cf_mut();
        match next {
            None => {
                cf.locks.remove(&address);
            }
            Some(next) => {
                if let Some(lock) = cf.locks.get_mut(&address) {
                    lock.waiters.remove(0);
                    lock.holder = next;
                    lock.life = life;
                }
            }
        }
    }

    /// Work that finds no coupling facility: requests are refused, the rest has nothing to do.
    fn without_cf(&mut self, ctx: &mut Ctx, stack: StackId, mut task: Task) -> Finished {
        ctx.assume(Assumption::CfLost);
        match &mut task.work {
            Work::Bind { refused, .. } | Work::Connect { refused, .. } => {
                *refused = Some((self.fixed.tables.unreachable)(ctx))
            }
            Work::Later(_) | Work::Give { .. } | Work::Initialise(_) | Work::Recover { .. } => {}
        }
        self.finish(ctx, stack, task.address, task.work)
    }
}
