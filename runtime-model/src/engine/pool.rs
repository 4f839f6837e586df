//! EXPLICITBINDPORTRANGE of a group and blocks of ports, as far as they are no decision; the warning of TCPSTACKSOURCEVIPA.

use std::net::IpAddr;
use std::sync::Arc;

use super::requests::release;
use crate::assumption::Assumption;
use crate::bits::Bits;
use crate::cf::{Change, Use};
use crate::cluster::Cluster;
use crate::ids::{AddrId, Handle, StackId};
use crate::model::{ExplicitBindModel, SrcipFrom, StackModel};
use crate::outcome::Ctx;
use crate::socket::ClaimKind;

/// A warning of TCPSTACKSOURCEVIPA comes at most once in this many seconds (04:2.3).
const QUIET: u64 = 300;

/// Addresses that a configuration names for sockets: of PORT BIND, SRCIP and TCPSTACKSOURCEVIPA.
pub(super) fn named(config: &StackModel) -> impl Iterator<Item = IpAddr> + '_ {
    let network = &config.network;
    let entries = network.srcip.iter().flat_map(|entry| match &entry.from {
        SrcipFrom::Address(address) => std::slice::from_ref(address),
        SrcipFrom::Interface(named) => named.addresses.as_slice(),
        SrcipFrom::Temporary | SrcipFrom::Public => &[],
    });
    let stack6 = network.tcp_stack_source_vipa6.iter().flat_map(|named| named.addresses.iter());
    let stack4 = config.tcp_stack_source_vipa.iter();
    let binds = config.ports.iter().filter_map(|port| port.bind.as_ref());
    entries.chain(stack6).chain(stack4).chain(binds).copied()
}

impl Cluster {
    /// The range that a stack has processed last becomes that of the whole group (04:3.5).
    pub(super) fn take_pool(&mut self, ctx: &mut Ctx, stack: StackId, old: Option<ExplicitBindModel>) {
        if !self.fixed.tables.product_state {
            return;
        }
        let Some(new) = self.stack(stack).and_then(|s| s.config.network.explicit_bind) else { return };
        if old == Some(new) {
            return;
        }
        let group = self.key(stack, AddrId::ANY).0;
        let range = (new.first, new.last);
        let before = self.cf.pools.get(&group).copied();
        if before != Some(range) {
            self.cf_mut().pools.insert(group, range);
        }
        let other = |s: &StackId| {
            *s != stack
                && self.is_partner(stack, *s)
                && self
                    .stack(*s)
                    .and_then(|s| s.config.network.explicit_bind)
                    .is_some_and(|p| (p.first, p.last) != range)
        };
        let others: Vec<StackId> = self.stack_ids().filter(other).collect();
        for partner in others {
            ctx.say(partner, None, || {
                format!(
                    "EXPLICITBINDPORTRANGE of the whole group is now {} to {}, as {} has processed it last; this stack is configured with another range",
                    range.0,
                    range.1,
                    self.stack_name(stack)
                )
            });
        }
    }

    /// EXPLICITBINDPORTRANGE is used up: bind() gets an ordinary port instead.
    pub(super) fn beside_the_pool(&self, ctx: &mut Ctx, stack: StackId, address: AddrId) -> Option<u16> {
        if address != AddrId::ANY || !self.fixed.tables.product_state {
            return None;
        }
        ctx.assume(Assumption::PoolEmpty);
        ctx.say(stack, Some("EZD1296I"), || "no port of EXPLICITBINDPORTRANGE is left".to_owned());
        (self.fixed.tables.local_port)(self, stack, address, false)
    }

    /// Notes how many ephemeral ports are in use, now that one more is.
    pub(super) fn tally_port(&mut self, stack: StackId, udp: bool) {
        if !self.fixed.tables.product_state {
            return;
        }
        let used = self.ephemeral_used(stack, udp);
        if let Some(most) = self
            .stack_mut(stack)
            .and_then(|s| s.product.as_mut())
            .and_then(|p| p.tally.most.get_mut(usize::from(udp)))
        {
            *most = used.max(*most);
        }
    }

    /// Notes that no ephemeral port was left.
    pub(super) fn tally_exhausted(&mut self, stack: StackId, udp: bool) {
        if let Some(count) = self
            .stack_mut(stack)
            .and_then(|s| s.product.as_mut())
            .and_then(|p| p.tally.exhausted.get_mut(usize::from(udp)))
        {
            *count = count.saturating_add(1);
        }
    }

    /// Outside its group a stack has no port of the pool and no blocks.
    pub(super) fn leave_pool(&mut self, stack: StackId) {
        let pooled = self.pooled(stack);
        if let Some(s) = self.stack_mut(stack) {
            if let Some(product) = s.product.as_mut() {
                product.blocks.clear();
            }
            for (_, local, port) in &pooled {
                if *local != AddrId::ANY {
                    release(s, AddrId::ANY, *port);
                }
            }
            if let Some(ports) = s.ports.get_mut(&AddrId::ANY) {
                ports.claimed = Bits::new(false);
                if ports.is_empty() {
                    s.ports.remove(&AddrId::ANY);
                }
            }
        }
        let all = &mut Arc::make_mut(&mut self.sockets).all;
        for (handle, ..) in pooled {
            if let Some(socket) = all.get_mut(&handle) {
                socket.claim = ClaimKind::None;
            }
        }
    }

    /// Sockets with a port of the pool: local address and port.
    fn pooled(&self, stack: StackId) -> Vec<(Handle, AddrId, u16)> {
        let all = self.sockets.all.iter();
        all.filter(|(_, s)| s.stack == stack && s.claim == ClaimKind::Pool)
            .map(|(handle, s)| (*handle, s.local, s.port))
            .collect()
    }

    /// A coupling facility is there again: the stack writes its blocks and its ports of the pool.
    pub(super) fn restore_blocks(&mut self, stack: StackId) {
        let Some(s) = self.stack(stack) else { return };
        let life = s.life;
        let blocks = s.product.as_ref().map(|p| p.blocks.clone()).unwrap_or_default();
        let form = self.fixed.structures;
        let pool = self.key(stack, AddrId::ANY);
        for (_, _, port) in self.pooled(stack) {
            self.cf_mut().write(form, pool, stack, life, &Change::Claim { port, what: Use::Port });
        }
        for (address, numbers) in blocks {
            let key = self.key(stack, address);
            self.cf_mut().write(form, key, stack, life, &Change::Create);
            self.cf_mut().grant(key, stack, numbers.into_iter());
        }
    }

    /// A connection leaves by normal selection because the address of TCPSTACKSOURCEVIPA is not active.
    pub(super) fn warn_of_stack_source(&mut self, ctx: &mut Ctx) {
        let Some(stack) = ctx.stack_source_inactive.take() else { return };
        let now = self.now;
        let Some(s) = self.stack_mut(stack).and_then(|s| s.product.as_mut()) else { return };
        if s.warned.is_some_and(|last| now < last.saturating_add(QUIET)) {
            return;
        }
        s.warned = Some(now);
        ctx.say(stack, None, || {
            "the address of TCPSTACKSOURCEVIPA is not active here; normal source address selection is used"
                .to_owned()
        });
    }
}
