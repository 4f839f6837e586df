//! The product's way into and out of the XCF group, and statements that are refused for what an address is used for now.

use std::net::IpAddr;
use std::sync::Arc;

use super::done;
use crate::cluster::Cluster;
use crate::event::Problem;
use crate::ids::{AddrId, StackId};
use crate::model::{DvipaOrigin, StackModel};
use crate::outcome::{Ctx, NotTaken, Outcome, Refused};
use crate::product::Membership;
use crate::tables::{JoinDelay, Rejection};

impl Cluster {
    pub(super) fn set_membership(&mut self, stack: StackId, membership: Membership, cause: Option<Problem>) {
        if let Some(p) = self.stack_mut(stack).and_then(|s| s.product.as_mut()) {
            p.membership = membership;
            p.cause = cause;
        }
    }

    /// The stack stays outside for now (04 1.8).
    pub(super) fn delay_join(&mut self, ctx: &mut Ctx, stack: StackId, delay: JoinDelay) -> Outcome {
        match delay {
            JoinDelay::Asked => {
                self.set_membership(stack, Membership::NotJoined, None);
                ctx.say(stack, None, || "NOJOIN: the stack joins its group by JOINGROUP".to_owned());
            }
            JoinDelay::Waits(what) => {
                self.set_membership(stack, Membership::Waiting, None);
                ctx.say(stack, Some("EZD1170E"), || format!("joining the sysplex group waits for {what}"));
            }
        }
        Outcome { stack: Some(stack), ..done() }
    }

    /// Whether a VIPADEFINE or VIPABACKUP is refused by the running stack (04 1.2 S5 to S7, 1.3, 1.10).
    pub(super) fn rejects(&mut self, ctx: &mut Ctx, stack: StackId, address: AddrId) -> bool {
        let Some(p) = self.stack(stack).and_then(|s| s.product.as_ref()) else { return false };
        if p.rejected.contains(&address) {
            return true;
        }
        let known = self.stack(stack).and_then(|s| s.dvipas.get(&address));
        if known.is_some_and(|d| d.define || d.backup.is_some()) {
            return false;
        }
        let Some(rejection) = (self.fixed.tables.rejects)(self, stack, address) else { return false };
        let ip = self.address(address);
        let (at, why, id, text, words) = match rejection {
            Rejection::InUse => (
                "04:1.10",
                "The address is in use by bind or ioctl: the statement is rejected for",
                None,
                format!("the statement for DVIPA {ip} is rejected: bind or ioctl has it"),
                "bind or ioctl has the address".to_owned(),
            ),
            Rejection::Pair(other) => {
                let words =
                    format!("{} has another pair of this interface name or address", self.on_system(other));
                (
                    "04:1.3",
                    "Another stack pairs its interface name or its address otherwise: the statement is rejected for",
                    None,
                    format!("DVIPA {ip}: {words}"),
                    words,
                )
            }
            Rejection::Label(zone, own) => (
                "04:1.2",
                "Its security label does not fit the stack: the statement is rejected for",
                Some("EZZ8319I"),
                match zone {
                    Some(zone) => format!(
                        "DVIPA {ip} is in a zone with security label {zone}, not permitted on a stack with {own}"
                    ),
                    None => format!(
                        "DVIPA {ip} is in no zone with a security label, not permitted on a stack with {own}"
                    ),
                },
                "its security label does not fit the stack".to_owned(),
            ),
        };
        ctx.not_taken.push(NotTaken { address: ip, what: Refused::Definition, why: words });
        ctx.note(at, why, || crate::outcome::Answer::Address(ip));
        ctx.say(stack, id, || text);
        let statement = self.stack(stack).and_then(|s| s.statement(ip));
        if let Some(interface) = statement
            .filter(|statement| statement.origin == DvipaOrigin::Define)
            .and_then(|statement| statement.interface.clone())
        {
            ctx.say(stack, Some("EZZ9654I"), || format!("VIPADEFINE {interface} is rejected"));
        }
        if let Some(p) = self.stack_mut(stack).and_then(|s| s.product.as_mut()) {
            p.rejected.insert(address);
        }
        true
    }

    /// What an OBEYFILE brought and the stack refused is no part of what it holds: the same statement in a later one is judged anew.
    pub(super) fn forget_refused(&mut self, stack: StackId, not_taken: &[NotTaken]) {
        let refused =
            |address| not_taken.iter().any(|one| one.what == Refused::Definition && one.address == address);
        let Some(s) = self.stack_mut(stack) else { return };
        if s.config.dvipas.iter().any(|d| refused(d.address)) {
            let mut config = (*s.config).clone();
            config.dvipas.retain(|d| !refused(d.address));
            config.distributions.retain(|d| !refused(d.dvipa));
            s.configure(Arc::new(config));
        }
    }

    /// Takes what a stack has refused of its profile, and not of an OBEYFILE, out of what it holds: the same statement in an OBEYFILE is
    /// judged anew. Gives the DVIPAs.
    pub fn disown_refused(&mut self, stack: StackId) -> Vec<IpAddr> {
        let Some(s) = self.stack(stack).filter(|s| s.up) else { return Vec::new() };
        let Some(p) = s.product.as_ref() else { return Vec::new() };
        let stated = |address: &IpAddr| s.statement(*address).is_some();
        let refused: Vec<IpAddr> = p.rejected.iter().map(|id| self.address(*id)).filter(stated).collect();
        let why =
            |address: &IpAddr| NotTaken { address: *address, what: Refused::Definition, why: String::new() };
        let not_taken: Vec<NotTaken> = refused.iter().map(why).collect();
        self.forget_refused(stack, &not_taken);
        if let Some(p) = self.stack_mut(stack).and_then(|s| s.product.as_mut()) {
            p.rejected.clear();
        }
        refused
    }

    /// Statements that an OBEYFILE changed are judged anew.
    pub(super) fn judge_again(&mut self, stack: StackId, old: &StackModel, new: &Arc<StackModel>) {
        let Some(p) = self.stack(stack).and_then(|s| s.product.as_ref()) else { return };
        let of = |config: &StackModel, address| config.dvipas.iter().find(|d| d.address == address).cloned();
        let changed: Vec<AddrId> = p
            .rejected
            .iter()
            .copied()
            .filter(|a| {
                let (was, is) = (of(old, self.address(*a)), of(new, self.address(*a)));
                is.is_none() || was != is
            })
            .collect();
        let gone: Vec<AddrId> =
            p.deactivated.iter().copied().filter(|a| of(new, self.address(*a)).is_none()).collect();
        if let Some(p) = self.stack_mut(stack).and_then(|s| s.product.as_mut()) {
            p.rejected.retain(|a| !changed.contains(a));
            p.deactivated.retain(|a| !gone.contains(a));
        }
    }
}
