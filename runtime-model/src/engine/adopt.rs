//! State that was seen on a running sysplex, taken as it is: who owns a DVIPA, which connections clients have. How it came
//! to be is not known, so no decision table is asked whether it may.

use std::collections::BTreeSet;
use std::net::{IpAddr, SocketAddr};

use crate::cluster::Cluster;
use crate::distribution::routing::Held;
use crate::ids::{Handle, StackId};
use crate::outcome::Ctx;
use crate::product::methods::standby;
use crate::tables::Claim;

/// State from outside.
impl Cluster {
    /// Makes a stack the owner of a DVIPA. False, and nothing changes, when the stack is not in its group or has neither a
    /// statement for the address nor an instance that bind or ioctl made.
    pub fn adopt_owner(&mut self, stack: StackId, dvipa: IpAddr) -> bool {
        let Some(address) = self.find_address(dvipa) else { return false };
        let has_role = self.stack(stack).filter(|s| s.in_group()).is_some_and(|s| {
            s.dvipas.get(&address).is_some_and(|d| d.define || d.backup.is_some() || d.range.is_some())
        });
        if !has_role {
            return false;
        }
        if !self.owns(stack, address) {
            let ctx = &mut Ctx::new(false);
            self.take_ownership(ctx, stack, address, Claim::Statement);
            self.announce(stack, &BTreeSet::new());
            self.pump(ctx);
        }
        self.owns(stack, address)
    }

    /// The target that serves a hot-standby port of a DVIPA. False, and nothing changes, when the stack does not distribute the port so, or
    /// the target cannot serve it now, or another one would be preferred at once.
    pub fn adopt_standby(&mut self, owner: StackId, dvipa: IpAddr, port: u16, target: StackId) -> bool {
        let Some(address) = self.find_address(dvipa) else { return false };
        let row = self.vdpt(owner).into_iter().find(|row| {
            row.dvipa == dvipa && row.port == port && row.target == target && row.standby.is_some()
        });
        if row.is_none() {
            return false;
        }
        let before = self.clone();
        if let Some(p) = self.stack_mut(owner).and_then(|s| s.product.as_mut()) {
            p.standby.insert((address, port), target);
        }
        let stays = standby(self, &mut Ctx::new(false), owner, address, port) == Some(target);
        if !stays {
            *self = before;
        }
        stays
    }

    /// A connection of a client that ends on a stack, wherever the distribution would send it today. False, and nothing
    /// changes, when the stack has no listener for it, or the name or the ends are in use.
    pub fn adopt_inbound(
        &mut self,
        stack: StackId,
        at: SocketAddr,
        client: SocketAddr,
        connection: Handle,
    ) -> bool {
        let address = self.intern(at.ip());
        let taken = self.sockets.tuples.contains_key(&(address, at.port(), client, stack));
        if !self.is_up(stack) || taken || self.socket(connection).is_some() {
            return false;
        }
        let ctx = &mut Ctx::new(false);
        let listener = (self.fixed.tables.listener)(self, ctx, stack, address, at.port(), client);
        let Some(listener) = listener else { return false };
        let owner = self.owner(address, stack).unwrap_or(stack);
        self.accept(stack, address, listener, Held { client, port: at.port(), connection });
        self.note_accepted(owner, stack, address, (listener, connection), (at.port(), client));
        if let Some(routing) = self.routing_mut(owner, address) {
            routing.crt.insert((at.port(), client, stack));
        }
        true
    }
}
