//! What an access does to the structures: it is judged on a private copy (revise), and written when the copy is returned.

use std::sync::Arc;

use crate::cf::access::Work;
use crate::cf::{Change, Use};
use crate::cluster::Cluster;
use crate::ids::{AddrId, StackId};
use crate::outcome::{Answer, Ctx};

impl Cluster {
    /// Judges the structures as they are under the lock, on a private copy on which what failed stacks left behind is
    /// cleared first: nobody sees any of it before it is returned.
    pub(super) fn judge(
        &mut self,
        ctx: &mut Ctx,
        stack: StackId,
        address: AddrId,
        work: &mut Work,
    ) -> (Vec<(StackId, u32)>, Change) {
        if self.cf.stale.is_empty() {
            return (Vec::new(), self.revise(ctx, stack, address, work));
        }
        let before = Arc::clone(&self.cf);
        // F12 itself writes what it clears as its change.
        let cleared = match work {
            Work::Recover { .. } => Vec::new(),
            Work::Later(_)
            | Work::Bind { .. }
            | Work::Connect { .. }
            | Work::Give { .. }
            | Work::Initialise(_) => self.clear_dead(ctx, stack, address),
        };
        let change = self.revise(ctx, stack, address, work);
        self.cf = before;
        (cleared, change)
    }

    /// The copy is returned: what was cleared and what was decided are written, and listeners whose port has become, or
    /// is no longer, their stack's alone hear of it.
    pub(super) fn write_back(
        &mut self,
        ctx: &mut Ctx,
        stack: StackId,
        life: u32,
        address: AddrId,
        cleared: &[(StackId, u32)],
        change: &Change,
    ) {
        let mut ports = Vec::new();
        for (failed, life) in cleared {
            self.ports_left(stack, address, *failed, &mut ports);
            self.write(ctx, stack, 0, address, &Change::Recover { failed: *failed, life: *life });
        }
        match change {
            Change::Recover { failed, .. } => self.ports_left(stack, address, *failed, &mut ports),
            Change::Write(found) => ports.extend(found.iter().map(|(port, _)| *port)),
            Change::WriteFor(found) => ports.extend(found.iter().map(|(_, port, _)| *port)),
            Change::Create | Change::Claim { .. } | Change::Free { .. } | Change::Nothing => {}
        }
        self.write(ctx, stack, life, address, change);
        if let Change::Free { port, .. } = change
            && self.holders(stack, address, *port) == 1
        {
            ports.push(*port);
        }
        if !ports.is_empty() {
            self.holders_changed(ctx, stack, address, ports);
        }
    }

    fn ports_left(&self, stack: StackId, address: AddrId, failed: StackId, ports: &mut Vec<u16>) {
        if let Some(structure) = self.structure(stack, address) {
            ports.extend(structure.in_use(failed));
        }
    }

    /// Writes a change, and says which structures were made for it (F8B:850-865).
    fn write(&mut self, ctx: &mut Ctx, stack: StackId, life: u32, address: AddrId, change: &Change) {
        let form = self.fixed.structures;
        let marks = self.fixed.tables.marks;
        let key = self.key(stack, address);
        if let Change::Claim { port, what: Use::Block } = change
            && let Some(p) = self.stack_mut(stack).and_then(|s| s.product.as_mut())
        {
            p.blocks.entry(address).or_default().insert(port / 64);
        }
        let (cluster, own) = self.cf_mut().write(form, key, stack, life, change);
        if !matches!(change, Change::Create | Change::Write(_)) {
            if cluster && !marks.made.0.is_empty() {
                let at = if form.stack_structures { marks.made.0 } else { "F8A:805" };
                ctx.note(at, "Make the cluster-wide structure, all ports available.", || Answer::Done);
            }
            if own && !marks.made.1.is_empty() {
                ctx.note(marks.made.1, "Make the structure of this stack, all ports available.", || {
                    Answer::Done
                });
            }
        }
        match change {
            Change::Write(found) => {
                self.claim_found(stack, address, found);
            }
            Change::WriteFor(found) => {
                for (target, port, what) in found.iter() {
                    if *what == Use::Port {
                        self.mark_claimed(*target, address, &[*port]);
                    }
                }
            }
            Change::Create
            | Change::Claim { .. }
            | Change::Free { .. }
            | Change::Recover { .. }
            | Change::Nothing => {}
        }
    }

    /// After a scan: the stack's sockets hold what was written for them.
    pub(crate) fn claim_found(&mut self, stack: StackId, address: AddrId, found: &[(u16, Use)]) {
        let ports: Vec<u16> = found.iter().filter(|(_, w)| *w == Use::Port).map(|(p, _)| *p).collect();
        self.mark_claimed(stack, address, &ports);
    }

    fn mark_claimed(&mut self, stack: StackId, address: AddrId, ports: &[u16]) {
        if let Some(local) = self.stack_mut(stack).and_then(|s| s.ports.get_mut(&address)) {
            for port in ports {
                if local.used.contains(*port) {
                    local.claimed.insert(*port);
                }
            }
        }
    }

    /// It is for this stack to clear, or no live stack has a structure so that the next one to obtain it does.
    fn clears(&self, stack: StackId, address: AddrId) -> bool {
        let live = |s: &StackId| *s == stack || self.is_partner(stack, *s);
        (self.fixed.tables.recovers)(self, stack, address)
            || self.structure(stack, address).is_none_or(|s| !s.stacks().iter().any(live))
    }

    /// F12 by the next stack that obtains the structures, for failures that nobody else answers for. Returns what was
    /// cleared.
    fn clear_dead(&mut self, ctx: &mut Ctx, stack: StackId, address: AddrId) -> Vec<(StackId, u32)> {
        let key = self.key(stack, address);
        let found = self.cf.stale.get(&key).zip(self.cf.entries.get(&key));
        let Some((stacks, entry)) = found else { return Vec::new() };
        let dead: Vec<(StackId, u32)> =
            stacks.iter().filter_map(|s| entry.lives.get(s).map(|life| (*s, *life))).collect();
        let mut cleared = Vec::new();
        for (failed, life) in dead {
            let own = failed == stack;
            if own || (self.heard_of_failure(stack, failed) && self.clears(stack, address)) {
                let mark = self.fixed.tables.marks.recovered;
                ctx.note(mark, "Make the ports of a failed stack available:", || {
                    Answer::Name(self.stack_name(failed).to_owned())
                });
                let form = self.fixed.structures;
                self.cf_mut().write(form, key, stack, 0, &Change::Recover { failed, life });
                cleared.push((failed, life));
            }
        }
        cleared
    }
}
