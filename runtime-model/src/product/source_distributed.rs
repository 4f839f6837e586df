//! A distributed DVIPA that SRCIP gives as source address: when connect() ends with JRSRCIPDistDVIPA (04:3.5).

use super::source::Asked;
use super::{bind_access, ports};
use crate::assumption::Assumption;
use crate::cluster::Cluster;
use crate::ids::AddrId;
use crate::outcome::{Answer, Ctx, Errno, ReasonCode, Refusal};
use crate::socket::ClaimKind;

const AT: &str = "04:3.5";

const fn refusal(words: &'static str) -> Refusal {
    Refusal::coded(Errno::EADDRNOTAVAIL, AT, ReasonCode::SRCIP_DISTRIBUTED, words)
}

const NOT_CODED: Refusal = refusal(
    "SRCIP gives a distributed DVIPA, and the stack has no EXPLICITBINDPORTRANGE to keep its ports unique",
);
const NO_STRUCTURE: Refusal = refusal(
    "SRCIP gives a distributed DVIPA, and the stack cannot reach the structure EZBEPORT in the coupling facility",
);
const SEVERAL_STACKS: Refusal = refusal(
    "SRCIP gives a distributed DVIPA, and the job has no affinity to one of the several stacks of its system",
);
const OWN_PORT: Refusal = refusal(
    "SRCIP gives a distributed DVIPA, and the job has bound an ephemeral port that no PORT or PORTRANGE reserves for it",
);
const POOL_EMPTY: Refusal = refusal(
    "SRCIP gives a distributed DVIPA, and EXPLICITBINDPORTRANGE had no port left when the socket was bound",
);

/// Whether a connection may leave from the address that SRCIP gave. Errors: EADDRNOTAVAIL with JRSRCIPDistDVIPA.
pub(super) fn check(c: &Cluster, ctx: &mut Ctx, asked: &Asked<'_>, address: AddrId) -> Result<(), Refusal> {
    let distributed = c.is_distributed(asked.stack, address);
    if !ctx.ask(AT, "Is the address a distributed DVIPA?", distributed) {
        return Ok(());
    }
    let Some(stack) = c.stack(asked.stack) else { return Ok(()) };
    let network = &stack.config.network;
    if !ctx.ask(AT, "Is EXPLICITBINDPORTRANGE coded on this stack?", network.explicit_bind.is_some()) {
        return Err(NOT_CODED);
    }
    if !ctx.ask(AT, "Can the stack reach EZBEPORT?", c.cf.there && stack.in_group()) {
        return Err(NO_STRUCTURE);
    }
    let several = network.inaddrany.is_some()
        || c.stack_ids().any(|other| {
            other != asked.stack && c.stack(other).is_some_and(|o| o.config.system == stack.config.system)
        });
    if several {
        ctx.assume(Assumption::StackAffinity);
        let affinity = c.answer(Assumption::StackAffinity) == "yes";
        if !ctx.ask(AT, "Has the job affinity to this stack of the several on its system?", affinity) {
            return Err(SEVERAL_STACKS);
        }
    }
    let Some(socket) = asked.socket.filter(|s| s.port != 0) else {
        ctx.note(AT, "The socket has no port yet.", || Answer::Done);
        return Ok(());
    };
    let pooled = socket.claim == ClaimKind::Pool;
    if ctx.ask(AT, "Is its port one of EXPLICITBINDPORTRANGE?", pooled) {
        return Ok(());
    }
    let low = socket.port < ports::ephemeral(c, asked.stack, false).0;
    if ctx.ask(AT, "Is its port below the ephemeral ports?", low) {
        return Ok(());
    }
    let own = bind_access::reserved_for(c, asked.stack, asked.job, socket.port, true);
    if ctx.ask(AT, "Is its port reserved for the job by PORT or PORTRANGE?", own) {
        return Ok(());
    }
    Err(if socket.ephemeral { POOL_EMPTY } else { OWN_PORT })
}
