//! A short name for a state, made part by part: what an event left alone keeps the print that it had.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use smallvec::SmallVec;

use crate::cf::access::{Task, Work};
use crate::cf::{Change, CouplingFacility};
use crate::cluster::Cluster;
use crate::ids::StackId;
use crate::stack::Stack;

/// 128 bits, a word at a time: rotate, mix in, multiply by an odd number.
struct Wide(u128);

impl Wide {
    fn new() -> Self {
        Self(0x243f_6a88_85a3_08d3_1319_8a2e_0370_7344)
    }

    fn word(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(47) ^ u128::from(word))
            .wrapping_mul(0x2d99_787f_a9d1_c35b_9e37_79b9_7f4a_7c15);
    }

    fn end(&self) -> u128 {
        self.0 ^ (self.0 >> 61)
    }
}

impl Hasher for Wide {
    fn finish(&self) -> u64 {
        let [a, b] =
            [self.0, self.0 >> 64].map(|half| u64::try_from(half & u128::from(u64::MAX)).unwrap_or(0));
        a ^ b
    }

    fn write(&mut self, bytes: &[u8]) {
        for part in bytes.chunks(8) {
            let mut word = [0; 8];
            for (to, from) in word.iter_mut().zip(part) {
                *to = *from;
            }
            self.word(u64::from_le_bytes(word));
        }
        self.word(bytes.len() as u64);
    }

    fn write_u8(&mut self, n: u8) {
        self.word(n.into());
    }

    fn write_u16(&mut self, n: u16) {
        self.word(n.into());
    }

    fn write_u32(&mut self, n: u32) {
        self.word(n.into());
    }

    fn write_u64(&mut self, n: u64) {
        self.word(n);
    }

    fn write_u128(&mut self, n: u128) {
        let (low, high) = (n & u128::from(u64::MAX), n >> 64);
        self.word(u64::try_from(low).unwrap_or(0));
        self.word(u64::try_from(high).unwrap_or(0));
    }

    fn write_usize(&mut self, n: usize) {
        self.word(n as u64);
    }
}

/// The prints of the parts of a state, and of the whole.
#[derive(Clone, Debug)]
pub struct Print {
    stacks: SmallVec<[u128; 4]>,
    cf: u128,
    sockets: u128,
    name: u128,
}

impl Print {
    /// A name for the state, the same wherever it is reached. Among ten million states two share a name with a chance below
    /// one in 10^24.
    #[must_use]
    pub fn name(&self) -> u128 {
        self.name
    }
}

/// For searches.
impl Cluster {
    /// The print of the state. Configurations, which no search changes, and what follows from the rest take no part, nor does
    /// how often a stack has started: of the lives that structures, locks and work tell apart, only the order counts.
    #[must_use]
    pub fn print(&self) -> Print {
        self.print_with(None)
    }

    /// The same, when the state came about from another one.
    #[must_use]
    pub fn print_after(&self, before: &Cluster, print: &Print) -> Print {
        self.print_with(Some((before, print)))
    }

    fn print_with(&self, known: Option<(&Cluster, &Print)>) -> Print {
        let stacks = self.stacks.iter().enumerate().map(|(place, stack)| {
            let old = known.and_then(|(c, p)| Some((c.stacks.get(place)?, *p.stacks.get(place)?)));
            match old {
                Some((old, print)) if Arc::ptr_eq(old, stack) => print,
                Some(_) | None => print_of_stack(stack),
            }
        });
        let stacks: SmallVec<[u128; 4]> = stacks.collect();
        let cf = match known {
            Some((old, print)) if Arc::ptr_eq(&old.cf, &self.cf) => print.cf,
            Some(_) | None => print_of_cf(&self.cf),
        };
        let sockets = match known {
            Some((old, print)) if Arc::ptr_eq(&old.sockets, &self.sockets) => print.sockets,
            Some(_) | None => {
                let mut wide = Wide::new();
                self.sockets.all.hash(&mut wide);
                wide.end()
            }
        };
        let mut whole = Wide::new();
        for part in &stacks {
            whole.write_u128(*part);
        }
        whole.write_u128(cf);
        whole.write_u128(sockets);
        self.net.hash(&mut whole);
        self.delays.hash(&mut whole);
        self.lost.hash(&mut whole);
        self.now.hash(&mut whole);
        self.last_owner.hash(&mut whole);
        self.print_lives(&mut whole);
        let name = whole.end();
        Print { stacks, cf, sockets, name }
    }

    /// Every life that something bears, as its age among those of the stack: 0 is the present one.
    fn print_lives(&self, wide: &mut Wide) {
        let mut borne: SmallVec<[(StackId, u32); 16]> = SmallVec::new();
        for entry in self.cf.entries.values() {
            borne.extend(entry.lives.iter().map(|(stack, life)| (*stack, *life)));
        }
        borne.extend(self.cf.locks.values().map(|lock| (lock.holder, lock.life)));
        for task in self.stacks.iter().flat_map(|stack| &stack.tasks) {
            if let Work::Recover { failed, life } = &task.work {
                borne.push((*failed, *life));
            }
            if let Some(Change::Recover { failed, life }) = &task.change {
                borne.push((*failed, *life));
            }
            borne.extend(task.cleared.iter().copied());
        }
        for (stack, life) in &borne {
            let now = self.stack(*stack).filter(|s| s.in_group()).map(|s| s.life);
            if now == Some(*life) {
                wide.write_u32(0);
                continue;
            }
            let later = borne.iter().enumerate().filter(|(at, (s, l))| {
                let first = || borne.iter().take(*at).all(|other| *other != (*s, *l));
                s == stack && l > life && Some(*l) != now && first()
            });
            wide.write_u32(1 + u32::try_from(later.count()).unwrap_or(u32::MAX));
        }
    }
}

fn print_of_stack(stack: &Stack) -> u128 {
    let mut wide = Wide::new();
    (stack.up, stack.joined, stack.hold).hash(&mut wide);
    stack.dvipas.hash(&mut wide);
    stack.ports.hash(&mut wide);
    stack.udp.hash(&mut wide);
    stack.heard.hash(&mut wide);
    stack.stored.hash(&mut wide);
    stack.routing.hash(&mut wide);
    stack.reports.hash(&mut wide);
    stack.product.hash(&mut wide);
    wide.write_usize(stack.tasks.len());
    for task in &stack.tasks {
        print_task(task, &mut wide);
    }
    wide.end()
}

/// A task but for the lives that it bears.
fn print_task(task: &Task, wide: &mut Wide) {
    (task.address, task.next).hash(wide);
    if let Work::Recover { failed, .. } = &task.work {
        (u8::MAX, failed).hash(wide);
    } else {
        task.work.hash(wide);
    }
    if let Some(Change::Recover { failed, .. }) = &task.change {
        (u8::MAX, failed).hash(wide);
    } else {
        task.change.hash(wide);
    }
    for (failed, _) in &task.cleared {
        failed.hash(wide);
    }
    wide.write_usize(task.cleared.len());
}

fn print_of_cf(cf: &CouplingFacility) -> u128 {
    let mut wide = Wide::new();
    cf.there.hash(&mut wide);
    for (key, entry) in &cf.entries {
        key.hash(&mut wide);
        entry.structure.hash(&mut wide);
        for stack in entry.lives.keys() {
            stack.hash(&mut wide);
        }
        wide.write_usize(entry.lives.len());
    }
    wide.write_usize(cf.entries.len());
    for (key, lock) in &cf.locks {
        (key, lock.holder, &lock.waiters).hash(&mut wide);
    }
    wide.write_usize(cf.locks.len());
    cf.stale.hash(&mut wide);
    wide.end()
}
