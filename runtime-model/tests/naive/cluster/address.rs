//! Figures 7, 9 and 11: what a stack may do with an address, and with the ports of one.

use std::collections::BTreeSet;
use std::net::{IpAddr, SocketAddr};

use vipa_runtime_model::Errno;

use super::{Claim, Naive, Sock};

impl Naive {
    // Whether it is here, or must be activated first.

    pub(super) fn is_dvipa(&self, s: usize, a: IpAddr) -> bool {
        let home = self.home(s).contains(&a);
        let named = self.stacks.iter().any(|t| {
            t.config.dvipas.iter().any(|d| d.address == a)
                || t.config.distributions.iter().any(|d| d.dvipa == a)
                || t.config.ranges.iter().any(|r| r.subnet.contains(&a))
        });
        self.stacks[s].roles.contains_key(&a) || (!home && named)
    }

    pub(super) fn home(&self, s: usize) -> Vec<IpAddr> {
        let config = &self.stacks[s].config;
        config.home.iter().map(|h| h.address).chain(config.xcf.iter().copied()).collect()
    }

    pub(super) fn usable(&self, s: usize, a: IpAddr) -> Result<bool, Errno> {
        let no = Err(Errno::EADDRNOTAVAIL);
        if !self.is_dvipa(s, a) {
            return if self.home(s).contains(&a) { Ok(false) } else { no };
        }
        let owner = self.owner(a);
        let role = self.stacks[s].roles.get(&a);
        if role.is_some_and(|r| r.owner || (r.target && owner.is_some())) {
            return Ok(false);
        }
        if self.range(s, a).is_none() {
            return no;
        }
        match owner.map(|o| &self.stacks[o].roles[&a]) {
            Some(r) if !(r.ranged && r.lets_go) => no,
            Some(_) | None => Ok(true),
        }
    }

    /// A socket that is bound to the address can go on with it.
    pub(super) fn is_here(&self, s: usize, a: IpAddr) -> bool {
        match self.stacks[s].roles.get(&a) {
            Some(r) => r.owner || r.target || r.lingers,
            None => self.home(s).contains(&a),
        }
    }

    pub(super) fn activate(&mut self, s: usize, a: IpAddr) {
        let (cluster_ports, lets_go) = self.range(s, a).map(|r| (r.cluster_ports, r.non_disruptive)).unwrap();
        let r = self.stacks[s].roles.entry(a).or_default();
        (r.ranged, r.cluster_ports, r.lets_go) = (true, cluster_ports, lets_go);
        self.own(s, a);
    }

    pub fn cluster_ports(&self, s: usize, a: IpAddr) -> bool {
        match self.stacks[s].roles.get(&a) {
            Some(r) => r.cluster_ports,
            None => self.range(s, a).is_some_and(|r| r.cluster_ports),
        }
    }

    // Ports.

    pub(super) fn holds(&self, s: usize, a: IpAddr, port: u16) -> bool {
        self.socks.iter().any(|k| k.stack == s && k.at == Some(a) && k.port == port && k.claim != Claim::No)
    }

    pub fn in_use(&self, a: IpAddr) -> Vec<u16> {
        let ports: BTreeSet<u16> =
            self.socks.iter().filter(|k| k.at == Some(a) && k.claim != Claim::No).map(|k| k.port).collect();
        ports.into_iter().collect()
    }

    pub(super) fn reserved(&self, s: usize, port: u16) -> bool {
        self.stacks[s].config.ports.iter().any(|p| p.tcp && p.first <= port && port <= p.last)
    }

    pub(super) fn meant_for_many(&self, s: usize, a: IpAddr, port: u16) -> bool {
        self.known(s, a)
            .iter()
            .filter(|d| self.names(d, s))
            .any(|d| if d.ports.is_empty() { self.reserved(s, port) } else { d.ports.contains(&port) })
    }

    /// The lowest port that will do; through the structures, or by the stack's own rules.
    pub(super) fn lowest(
        &self,
        s: usize,
        at: Option<IpAddr>,
        peer: Option<SocketAddr>,
        through: bool,
    ) -> Option<u16> {
        let (first, last) = self.stacks[s].config.ephemeral.unwrap_or((1025, u16::MAX));
        let listed: Vec<u16> = match at {
            Some(a) if through => self.known(s, a).iter().flat_map(|d| d.ports.clone()).collect(),
            _ => Vec::new(),
        };
        let tuples = self.by_tuple && through && peer.is_some();
        (first..=last).find(|port| {
            let in_the_way = |k: &Sock| {
                let here = k.stack == s && !k.udp && (k.at.is_none() || (k.at == at && (!tuples || k.bound)));
                let there = through
                    && k.at == at
                    && match k.claim {
                        Claim::No => false,
                        Claim::Port => true,
                        Claim::Tuple => !tuples || k.peer == peer,
                    };
                k.port == *port && (here || there)
            };
            !self.reserved(s, *port) && !listed.contains(port) && !self.socks.iter().any(in_the_way)
        })
    }
}
