//! What a search asks of a cluster: a short name for a state, and steps that nobody else can tell from the one before.

use std::hash::{Hash, Hasher};
use std::net::IpAddr;

use crate::cf::access::{Request, Work};
use crate::cluster::Cluster;
use crate::distribution::messages::Message;
use crate::event::CfStep;
use crate::ids::{Handle, StackId};

/// 128 bits, a word at a time: rotate, mix in, multiply by an odd number.
struct Wide(u128);

impl Wide {
    fn word(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(47) ^ u128::from(word))
            .wrapping_mul(0x2d99_787f_a9d1_c35b_9e37_79b9_7f4a_7c15);
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

    fn write_usize(&mut self, n: usize) {
        self.word(n as u64);
    }
}

/// For searches.
impl Cluster {
    /// A name for the state, the same wherever it is reached. Configurations, which no search changes, and what follows from
    /// the rest take no part. Among ten million states two share a name with a chance below one in 10^24.
    #[must_use]
    pub fn fingerprint(&self) -> u128 {
        let mut wide = Wide(0x243f_6a88_85a3_08d3_1319_8a2e_0370_7344);
        self.stacks.hash(&mut wide);
        self.cf.hash(&mut wide);
        self.sockets.all.hash(&mut wide);
        self.net.hash(&mut wide);
        self.delays.hash(&mut wide);
        self.lost.hash(&mut wide);
        self.now.hash(&mut wide);
        self.last_owner.hash(&mut wide);
        wide.0 ^ (wide.0 >> 61)
    }

    /// Gives addresses their numbers, so that the order in which events mention them does not show in the state.
    pub fn know(&mut self, addresses: impl IntoIterator<Item = IpAddr>) {
        for address in addresses {
            self.intern(address);
        }
    }

    /// A socket, connection or request under way has this name.
    #[must_use]
    pub fn is_named(&self, handle: Handle) -> bool {
        let asked = |request: &Request| match request {
            Request::Bind(r) => r.socket == handle,
            Request::Connect(r) => r.connection == handle || r.from == Some(handle),
            Request::Close(h) => *h == handle,
        };
        self.socket(handle).is_some()
            || self.stacks.iter().any(|s| {
                s.tasks.iter().any(|t| match &t.work {
                    Work::Later(request) => asked(request),
                    Work::Bind { request, .. } => request.socket == handle,
                    Work::Connect { request, .. } => request.connection == handle,
                    Work::Give { handle: given, .. } => *given == Some(handle),
                    Work::Initialise(_) | Work::Recover { .. } => false,
                }) || s.routing.values().any(|r| r.held.iter().any(|h| h.connection == handle))
            })
    }

    /// The next step of the work that a stack has in hand; none where it has none, or a request that waits to be begun.
    #[must_use]
    pub fn next_step(&self, stack: StackId) -> Option<CfStep> {
        let task = self.stack(stack)?.tasks.front()?;
        (!matches!(task.work, Work::Later(_))).then_some(task.next)
    }

    /// Stacks with work in hand.
    #[must_use]
    pub fn at_work(&self) -> usize {
        self.stacks.iter().filter(|s| !s.tasks.is_empty()).count()
    }

    /// Whether the next step of a stack can be taken at once in a search, because every order in which something else comes
    /// first leads to a state that is reached without it, too.
    ///
    /// - *Obtain* reads what is read again under the lock, and changes nothing but the place in the work. It commutes with
    ///   everything; a failure of the stack forgets it.
    /// - *Revise*, with no structure of a failed stack to clear, reads and keeps what it found to itself. Whatever else comes
    ///   between lock and revise could as well come before the lock, which was free; only another stack's finding it held
    ///   could not, and that could as well come after, as revise does not look at locks. A failure of the stack forgets
    ///   both alike.
    /// - *Return* and *unlock* of work that only makes structures (F8B without a scan), when no failure can come any more
    ///   (`failures`) and none is still to be heard or cleared: who has a structure is asked by figure 12 alone, and a stack
    ///   that finds the lock held gets it at the unlock as if it had come later.
    #[must_use]
    pub fn is_private(&self, stack: StackId, failures: bool) -> bool {
        let Some(task) = self.stack(stack).and_then(|s| s.tasks.front()) else { return false };
        if matches!(task.work, Work::Later(_)) || !self.cf.there || self.is_held(stack) {
            return false;
        }
        match task.next {
            CfStep::Obtain => true,
            CfStep::Lock => false,
            CfStep::Revise => !self.cf.stale.contains_key(&self.key(stack, task.address)),
            CfStep::Return | CfStep::Unlock => {
                !failures
                    && matches!(task.work, Work::Initialise(plan) if !plan.scan && !plan.search_routes)
                    && self.cf.stale.is_empty()
                    && !self.net.iter().any(|e| matches!(e.message, Message::Down))
            }
        }
    }
}
