//! What displays count of ports: ephemeral ones (04 3.2, 7.12), EXPLICITBINDPORTRANGE (3.5), and the structure EZBEPORT (3.1).
//! Plain data for reports; everything here only reads.

use std::collections::BTreeSet;
use std::net::IpAddr;

use super::ports;
use crate::cluster::Cluster;
use crate::ids::{AddrId, StackId};

/// Ephemeral ports of one protocol on one stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EphemeralUse {
    /// UDP, else TCP.
    pub udp: bool,
    /// How many there are: EPHEMERALPORTS without reserved ports and those of EXPLICITBINDPORTRANGE.
    pub configured: u32,
    /// In use now.
    pub used: u32,
    /// Most in use at a time since the stack started.
    pub most: u32,
    /// How often none was left.
    pub exhausted: u32,
}

/// Blocks of 64 ports of one list of EZBEPORT: of a DVIPA, or without one of EXPLICITBINDPORTRANGE.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PortBlocks {
    /// The DVIPA.
    pub dvipa: Option<IpAddr>,
    /// First ports of the blocks of each stack that has any.
    pub stacks: Vec<(StackId, Vec<u16>)>,
}

impl Cluster {
    /// Distinct ephemeral ports that sockets of a stack have.
    pub(crate) fn ephemeral_used(&self, stack: StackId, udp: bool) -> u32 {
        let own = self.sockets.all.values().filter(|s| s.stack == stack && s.udp == udp && s.port != 0);
        let ports: BTreeSet<u16> = own.filter(|s| s.ephemeral).map(|s| s.port).collect();
        u32::try_from(ports.len()).unwrap_or(u32::MAX)
    }

    /// Ephemeral ports of TCP, then of UDP.
    #[must_use]
    pub fn ephemeral_use(&self, stack: StackId) -> [EphemeralUse; 2] {
        let tally =
            self.stack(stack).and_then(|s| s.product.as_ref()).map(|p| p.tally.clone()).unwrap_or_default();
        let of = |udp: bool, most: u32, exhausted: u32| {
            let used = self.ephemeral_used(stack, udp);
            let configured = ports::configured(self, stack, udp);
            EphemeralUse { udp, configured, used, most: most.max(used), exhausted }
        };
        let ([most_tcp, most_udp], [none_tcp, none_udp]) = (tally.most, tally.exhausted);
        [of(false, most_tcp, none_tcp), of(true, most_udp, none_udp)]
    }

    /// EXPLICITBINDPORTRANGE that is active for the group of a stack: first and last port.
    #[must_use]
    pub fn active_port_range(&self, stack: StackId) -> Option<(u16, u16)> {
        self.cf.pools.get(&self.key(stack, AddrId::ANY).0).copied()
    }

    /// Whether the coupling facility can be reached.
    #[must_use]
    pub fn has_coupling_facility(&self) -> bool {
        self.cf.there
    }

    /// What the structure of the group of a stack holds: the list of EXPLICITBINDPORTRANGE first, then one for each DVIPA.
    #[must_use]
    pub fn port_blocks(&self, stack: StackId) -> Vec<PortBlocks> {
        let group = self.key(stack, AddrId::ANY).0;
        let mut lists: Vec<(Option<IpAddr>, AddrId)> = vec![(None, AddrId::ANY)];
        let keys = self.cf.entries.keys().filter(|(g, address)| *g == group && *address != AddrId::ANY);
        lists.extend(keys.map(|(_, address)| (Some(self.address(*address)), *address)));
        lists.sort_by_key(|(dvipa, _)| *dvipa);
        let blocks = |address: AddrId| {
            let Some(structure) = self.structure(stack, address) else { return Vec::new() };
            let of = |s: StackId| -> Vec<u16> {
                structure.blocks(s).into_iter().map(|block| block.saturating_mul(64)).collect()
            };
            self.stack_ids().map(|s| (s, of(s))).filter(|(_, blocks)| !blocks.is_empty()).collect()
        };
        lists.into_iter().map(|(dvipa, address)| PortBlocks { dvipa, stacks: blocks(address) }).collect()
    }

    /// Whether the way of a VIPAROUTE to the stack with this dynamic XCF address is up (04 5.10).
    #[must_use]
    pub fn route_is_up(&self, stack: StackId, xcf: IpAddr) -> bool {
        let target = self.stack_ids().find(|s| self.stack(*s).is_some_and(|s| s.config.xcf.contains(&xcf)));
        let down = |target: StackId| {
            let product = self.stack(stack).and_then(|s| s.product.as_ref());
            product.is_some_and(|p| p.paths_down.contains(&(target, crate::event::Path::Ip)))
        };
        target.is_some_and(|target| !down(target))
    }
}
