//! Figure 11: bind and listen, and whom PORT lets have a port.

use std::net::IpAddr;

use vipa_runtime_model::Errno;
use vipa_runtime_model::model::*;

use super::{Answer, Claim, Naive, Request, Sock};

fn fits(pattern: &[u8], name: &[u8]) -> bool {
    match (pattern.first(), name.first()) {
        (None, None) => true,
        (Some(b'*'), _) => fits(&pattern[1..], name) || (!name.is_empty() && fits(pattern, &name[1..])),
        (Some(p), Some(n)) => (*p == b'?' || p == n) && fits(&pattern[1..], &name[1..]),
        (Some(_), None) | (None, Some(_)) => false,
    }
}

pub(super) fn selects(pattern: &str, job: (&str, Option<&str>)) -> bool {
    fits(pattern.as_bytes(), job.0.as_bytes())
        || job.1.is_some_and(|user| fits(pattern.as_bytes(), user.as_bytes()))
}

impl Naive {
    pub fn bind(
        &mut self,
        q: &Request,
        at: Option<IpAddr>,
        port: u16,
        listen: bool,
        reuse: bool,
        udp: bool,
    ) -> Answer {
        let (s, mut at, mut port) = (q.stack, at, port);
        if !self.stacks[s].up {
            return Err(Errno::ENETDOWN);
        }
        if let Some(k) = self.socks.iter_mut().find(|k| k.handle == q.handle) {
            if !listen || k.stack != s || k.listens || k.peer.is_some() || k.udp {
                return Err(Errno::EINVAL);
            }
            if k.port != 0 {
                k.listens = true;
                return Ok((k.at, k.port));
            }
            (at, port) = (k.at, 0);
        } else if port != 0 {
            self.permitted(s, q.job, port, !udp)?;
            if self.conflict(s, at, port, reuse, udp) {
                return Err(Errno::EADDRINUSE);
            }
        }
        let clustered = !udp && at.is_some_and(|a| self.cluster_ports(s, a));
        if clustered && port != 0 {
            let a = at.unwrap();
            let taken = (0..self.stacks.len()).any(|t| t != s && self.holds(t, a, port));
            if taken && !self.meant_for_many(s, a, port) {
                return Err(Errno::EADDRINUSE);
            }
        }
        let activate = match at {
            Some(a) => self.usable(s, a)?,
            None => false,
        };
        let mut claim = if clustered && port != 0 { Claim::Port } else { Claim::No };
        if listen && port == 0 {
            let through = clustered && self.is_dvipa(s, at.unwrap());
            port = self.lowest(s, at, None, through).ok_or(Errno::EAGAIN)?;
            claim = if through { Claim::Port } else { Claim::No };
        }
        if activate {
            self.activate(s, at.unwrap());
        }
        self.socks.retain(|k| k.handle != q.handle);
        let listens = listen && !udp;
        self.socks.push(Sock {
            handle: q.handle,
            stack: s,
            at,
            port,
            listens,
            udp,
            peer: None,
            claim,
            bound: true,
        });
        Ok((at, port))
    }

    pub(super) fn permitted(
        &self,
        s: usize,
        job: (&str, Option<&str>),
        port: u16,
        tcp: bool,
    ) -> Result<(), Errno> {
        let entries: Vec<&PortFor> = self.stacks[s]
            .config
            .ports
            .iter()
            .filter(|p| p.tcp == tcp && p.first <= port && port <= p.last)
            .map(|p| &p.who)
            .collect();
        let jobs: Vec<&String> =
            entries.iter().filter_map(|w| if let PortFor::Job(j) = w { Some(j) } else { None }).collect();
        if jobs.iter().any(|j| selects(j, job)) || entries.is_empty() {
            return Ok(());
        }
        match entries[0] {
            PortFor::Reserved if jobs.is_empty() => Err(Errno::EADDRINUSE),
            PortFor::Reserved | PortFor::Authport | PortFor::Job(_) => Err(Errno::EACCES),
        }
    }

    pub(super) fn conflict(&self, s: usize, at: Option<IpAddr>, port: u16, reuse: bool, udp: bool) -> bool {
        let there = |k: &&Sock| {
            k.stack == s && k.port == port && k.udp == udp && (k.at == at || k.at.is_none() || at.is_none())
        };
        let shares = self.stacks[s]
            .config
            .ports
            .iter()
            .any(|p| p.share && p.tcp != udp && p.first <= port && port <= p.last);
        let listener = self.socks.iter().filter(there).any(|k| k.listens && k.at == at);
        (listener || !reuse) && !shares && self.socks.iter().any(|k| there(&k))
    }
}
