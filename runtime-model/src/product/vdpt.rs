//! What displays show of a distributor: destination port table and connection routing table (04 5.11). Plain data for
//! reports; everything here only reads.

use std::net::{IpAddr, SocketAddr};

use serde::Serialize;

use super::targets;
use crate::cluster::Cluster;
use crate::ids::{AddrId, StackId};
use crate::model::{Method, Moveable, Standby};
use crate::outcome::Ctx;

/// A row of the destination port table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct VdptRow {
    /// The DVIPA.
    pub dvipa: IpAddr,
    /// The port.
    pub port: u16,
    /// The target.
    pub target: StackId,
    /// Its dynamic XCF address of the DVIPA's family.
    pub xcf: Option<IpAddr>,
    /// Listeners that take new connections.
    pub ready: u32,
    /// Connections sent there since this stack has the DVIPA.
    pub total: u32,
    /// Connections that live.
    pub active: usize,
    /// DISTMETHOD.
    pub method: Method,
    /// Share of a round after responsiveness; none where the method takes no turns.
    pub weight: Option<u16>,
    /// Target server responsiveness in percent, and its parts where they were told.
    pub tsr: u16,
    /// TCSR, CER, SEF.
    pub parts: Option<(u16, u16, u16)>,
    /// Health in percent.
    pub health: u16,
    /// Abnormal ends per 1000.
    pub abnormal: u16,
    /// No PORT list: the row came by a listener.
    pub dynamic: bool,
    /// The way to the target is down.
    pub path_inactive: bool,
    /// HOTSTANDBY role.
    pub standby: Option<Standby>,
    /// HOTSTANDBY: new connections go here.
    pub standby_active: bool,
}

/// A row of the connection routing table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct VcrtRow {
    /// The DVIPA and port.
    pub dvipa: SocketAddr,
    /// The client; port 0 for a timed affinity.
    pub source: SocketAddr,
    /// The target.
    pub target: StackId,
}

/// Tables of the distributor.
impl Cluster {
    /// The destination port table of a stack, by DVIPA, port and target. Empty on a stack that distributes nothing.
    #[must_use]
    pub fn vdpt(&self, stack: StackId) -> Vec<VdptRow> {
        let Some(s) = self.stack(stack) else { return Vec::new() };
        let mut rows = Vec::new();
        for (address, routing) in s.routing.iter() {
            let mut keys: Vec<(u16, StackId, bool)> = Vec::new();
            for rule in routing.rules.iter() {
                let members = self.stack_ids().filter(|t| rule.names(*t) && self.in_group(*t));
                for target in members {
                    if rule.ports.is_empty() {
                        let here = routing.dpt.keys().filter(|(_, t)| *t == target);
                        keys.extend(here.map(|(port, t)| (*port, *t, true)));
                    } else {
                        keys.extend(rule.ports.iter().map(|port| (*port, target, false)));
                    }
                }
            }
            keys.sort_unstable();
            keys.dedup_by_key(|(port, target, _)| (*port, *target));
            rows.extend(
                keys.into_iter()
                    .map(|(port, target, dynamic)| self.row(stack, *address, port, target, dynamic)),
            );
        }
        rows
    }

    fn row(&self, owner: StackId, address: AddrId, port: u16, target: StackId, dynamic: bool) -> VdptRow {
        let dvipa = self.address(address);
        let product = self.stack(owner).and_then(|s| s.product.as_ref());
        let method = targets::sharing(self, owner, address, port).map_or(Method::default(), |s| s.method);
        let turns = match method {
            Method::WeightedActive | Method::HotStandby => None,
            Method::BaseWlm | Method::ServerWlm | Method::RoundRobin | Method::TargControlled => {
                targets::weights(self, &mut Ctx::new(false), owner, address, port)
                    .into_iter()
                    .find(|(s, _)| *s == target)
                    .map(|(_, weight)| weight)
            }
        };
        let (health, abnormal) = targets::health(self, target, address, port);
        let (_, standby) = targets::role(self, owner, address, port, target);
        let crt = self.routing(owner, address).map(|r| &r.crt);
        VdptRow {
            dvipa,
            port,
            target,
            xcf: self
                .stack(target)
                .and_then(|s| s.config.xcf.iter().copied().find(|x| x.is_ipv4() == dvipa.is_ipv4())),
            ready: targets::ready(self, owner, address, port, target),
            total: product.and_then(|p| p.totals.get(&(address, port, target)).copied()).unwrap_or(0),
            active: crt.map_or(0, |crt| crt.iter().filter(|(p, _, t)| *p == port && *t == target).count()),
            method,
            weight: turns,
            tsr: targets::tsr(self, target),
            parts: self.stack(target).and_then(|s| s.product.as_ref()).and_then(|p| p.signals.parts),
            health,
            abnormal,
            dynamic,
            path_inactive: !targets::reachable(self, owner, target, address),
            standby,
            standby_active: product.and_then(|p| p.standby.get(&(address, port)).copied()) == Some(target),
        }
    }

    /// The connection routing table of a stack: as owner every connection that it routes, elsewhere those that end
    /// here. Only of addresses that can move with their connections (MOVEABLE IMMEDIATE, NONDISRUPTIVE).
    #[must_use]
    pub fn vcrt(&self, stack: StackId) -> Vec<VcrtRow> {
        let Some(s) = self.stack(stack) else { return Vec::new() };
        let mut rows = Vec::new();
        for (address, d) in s.dvipas.iter() {
            let dvipa = self.address(*address);
            let movable = if d.range.is_some() {
                d.non_disruptive
            } else {
                super::handover::moveable(self, stack, *address) == Moveable::Immediate
            };
            if !movable {
                continue;
            }
            match s.routing.get(address) {
                Some(routing) => rows.extend(routing.crt.iter().map(|(port, peer, target)| VcrtRow {
                    dvipa: SocketAddr::new(dvipa, *port),
                    source: *peer,
                    target: *target,
                })),
                None => rows.extend(self.connections_at(stack, *address).into_iter().map(|(port, peer)| {
                    VcrtRow { dvipa: SocketAddr::new(dvipa, port), source: peer, target: stack }
                })),
            }
            for target in self.stack_ids().filter(|t| d.owner || *t == stack) {
                let Some(p) = self.stack(target).and_then(|s| s.product.as_ref()) else { continue };
                rows.extend(
                    p.affinity.iter().filter(|((a, ..), entry)| a == address && entry.holds(self.now())).map(
                        |((_, port, client), _)| VcrtRow {
                            dvipa: SocketAddr::new(dvipa, *port),
                            source: SocketAddr::new(*client, 0),
                            target,
                        },
                    ),
                );
            }
        }
        rows
    }
}
