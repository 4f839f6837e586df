//! What a search asks of a cluster: names that are taken, what is under way, and steps that nobody else can tell from the one before.

use std::net::IpAddr;

use crate::cf::access::{Request, Work};
use crate::cluster::Cluster;
use crate::distribution::messages::Message;
use crate::event::CfStep;
use crate::ids::{Handle, StackId};

/// For searches.
impl Cluster {
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
