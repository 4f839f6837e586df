//! Figures 7 and 9: the source address and the port of a connection.

use std::net::{IpAddr, SocketAddr};

use vipa_runtime_model::Errno;
use vipa_runtime_model::model::*;

use super::bind::selects;
use super::{Answer, Claim, Naive, Request, Sock};

impl Naive {
    pub(super) fn entry(&self, s: usize, job: (&str, Option<&str>)) -> Option<IpAddr> {
        let mut best: Option<((bool, bool, usize), IpAddr)> = None;
        for e in &self.stacks[s].config.sources {
            let SourceFor::Job(name) = &e.who else { continue };
            let wild = name.contains(['*', '?']);
            if (wild && !selects(name, job)) || (!wild && name != job.0 && job.1 != Some(name)) {
                continue;
            }
            // Exact before wildcard, job name before user id, longer before shorter, then the last one.
            let length = if wild { name.chars().filter(|c| *c != '*').count() } else { 0 };
            let key = (!wild, !wild && name == job.0, length);
            if best.is_none_or(|(k, _)| key >= k) {
                best = Some((key, e.address));
            }
        }
        best.map(|(_, a)| a)
    }

    pub(super) fn conventional(&self, s: usize, to: SocketAddr) -> Option<IpAddr> {
        let config = &self.stacks[s].config;
        let home: Vec<_> = config.home.iter().filter(|h| h.address.is_ipv4() == to.is_ipv4()).collect();
        let before: Vec<_> = home.iter().take_while(|h| h.is_virtual).collect();
        if config.source_vipa {
            let any = home.iter().find(|h| h.is_virtual);
            let has_interface = home.iter().any(|h| !h.is_virtual);
            if let Some(vipa) = before.last().copied().filter(|_| has_interface).or(any) {
                return Some(vipa.address);
            }
        }
        let interface = home.iter().find(|h| !h.is_virtual).or(home.first()).map(|h| h.address);
        interface.or(config.xcf.iter().copied().find(|a| a.is_ipv4() == to.is_ipv4()))
    }

    pub fn connect(&mut self, q: &Request, to: SocketAddr, from: Option<u32>) -> Answer {
        let s = q.stack;
        if !self.stacks[s].up {
            return Err(Errno::ENETDOWN);
        }
        let socket = match from {
            Some(h) => {
                let k = self.socks.iter().find(|k| k.handle == h && k.stack == s && !k.udp);
                let k = k.cloned().ok_or(Errno::EBADF)?;
                if k.listens || k.peer.is_some() {
                    return Err(Errno::EINVAL);
                }
                Some(k)
            }
            None => None,
        };
        if from != Some(q.handle) && self.socks.iter().any(|k| k.handle == q.handle) {
            return Err(Errno::EINVAL);
        }
        let bound = socket.as_ref().and_then(|k| k.at);
        let (a, activate) = match (bound, self.entry(s, q.job)) {
            (Some(a), _) if self.is_here(s, a) => (a, false),
            (Some(_), _) => return Err(Errno::EADDRNOTAVAIL),
            (None, Some(a)) => (a, self.usable(s, a)?),
            (None, None) => (self.conventional(s, to).ok_or(Errno::EADDRNOTAVAIL)?, false),
        };
        let through = self.is_dvipa(s, a) && self.cluster_ports(s, a);
        let own = socket.as_ref().map_or(0, |k| k.port);
        let mut claim = socket.as_ref().map_or(Claim::No, |k| k.claim);
        let port = if own == 0 {
            claim = match (through, self.by_tuple) {
                (false, _) => Claim::No,
                (true, true) => Claim::Tuple,
                (true, false) => Claim::Port,
            };
            self.lowest(s, Some(a), Some(to), through).ok_or(Errno::EAGAIN)?
        } else {
            let others = (0..self.stacks.len()).any(|t| t != s && self.holds(t, a, own));
            if through && others {
                return Err(Errno::EADDRINUSE);
            }
            let same = |k: &Sock| k.stack == s && k.at == Some(a) && k.port == own && k.peer == Some(to);
            if self.socks.iter().any(same) {
                return Err(Errno::EADDRINUSE);
            }
            if through {
                claim = Claim::Port;
            }
            own
        };
        if activate {
            self.activate(s, a);
        }
        self.socks.retain(|k| Some(k.handle) != from);
        let (at, peer) = (Some(a), Some(to));
        self.socks.push(Sock {
            handle: q.handle,
            stack: s,
            at,
            port,
            listens: false,
            udp: false,
            peer,
            claim,
            bound: own != 0,
        });
        self.settle();
        Ok((at, port))
    }
}
