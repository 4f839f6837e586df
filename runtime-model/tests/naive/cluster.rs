//! The same answers by plain sets and linear scans. Who holds a port is asked of the sockets themselves: there is no
//! coupling facility, no table, no message. Slow, and short enough to be checked against the figures by reading.

mod address;
mod bind;
mod owner;
mod source;

use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, SocketAddr};

use vipa_runtime_model::Errno;
use vipa_runtime_model::model::*;

/// A bind, listen or connect: address and port, or the error.
pub type Answer = Result<(Option<IpAddr>, u16), Errno>;

/// What a socket keeps others from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Claim {
    No,
    Port,
    /// The port with one remote end (connection table).
    Tuple,
}

#[derive(Clone, Debug)]
struct Sock {
    handle: u32,
    stack: usize,
    /// None is the unspecified address.
    at: Option<IpAddr>,
    port: u16,
    listens: bool,
    udp: bool,
    peer: Option<SocketAddr>,
    claim: Claim,
    /// The port came by number, or with listen.
    bound: bool,
}

/// What one stack has to do with one address.
#[derive(Clone, Default, Debug)]
struct Role {
    define: bool,
    backup: Option<u8>,
    ranged: bool,
    owner: bool,
    target: bool,
    cluster_ports: bool,
    lets_go: bool,
    when_idle: bool,
    /// Given away or taken off, with sockets left.
    lingers: bool,
    /// The distribution that the owner told a backup.
    told: Vec<DistributionModel>,
}

impl Role {
    fn configured(&self) -> bool {
        self.define || self.backup.is_some() || self.ranged || self.target || self.owner
    }
}

#[derive(Clone, Debug)]
pub struct Stack {
    config: StackModel,
    up: bool,
    roles: BTreeMap<IpAddr, Role>,
}

#[derive(Clone, Debug)]
pub struct Request {
    pub stack: usize,
    pub job: (&'static str, Option<&'static str>),
    pub handle: u32,
}

#[derive(Clone, Debug)]
pub struct Naive {
    pub stacks: Vec<Stack>,
    socks: Vec<Sock>,
    lost: BTreeSet<IpAddr>,
    by_tuple: bool,
    /// A stack that begins settles its own statements before it hears anybody.
    deaf: Option<usize>,
}

impl Naive {
    pub fn new(model: &Model) -> Self {
        let stack = |s: &StackModel| Stack { config: s.clone(), up: false, roles: BTreeMap::new() };
        Self {
            stacks: model.stacks.iter().map(stack).collect(),
            socks: Vec::new(),
            lost: BTreeSet::new(),
            by_tuple: model.structures.ports == PortForm::ConnectionTable,
            deaf: None,
        }
    }

    pub fn start(&mut self, s: usize) -> Result<(), Errno> {
        if self.stacks[s].up {
            return Err(Errno::EINVAL);
        }
        self.stacks[s].up = true;
        self.deaf = Some(s);
        self.load(s);
        self.deaf = None;
        self.settle();
        Ok(())
    }

    pub fn fail(&mut self, s: usize) -> Result<(), Errno> {
        if !self.stacks[s].up {
            return Err(Errno::EINVAL);
        }
        self.stacks[s].up = false;
        self.socks.retain(|k| k.stack != s);
        for (a, r) in std::mem::take(&mut self.stacks[s].roles) {
            if r.owner {
                self.lost.insert(a);
            }
        }
        self.settle();
        Ok(())
    }

    pub fn obey(&mut self, s: usize, config: &StackModel) -> Result<(), Errno> {
        if !self.stacks[s].up {
            return Err(Errno::ENETDOWN);
        }
        let old = std::mem::replace(&mut self.stacks[s].config, config.clone());
        let says = |c: &StackModel, a: IpAddr| {
            c.dvipas.iter().any(|d| d.address == a && d.cluster_ports)
                || c.distributions.iter().any(|d| d.dvipa == a && d.cluster_ports)
        };
        for a in self.stacks[s].roles.keys().copied().collect::<Vec<_>>() {
            // What this stack itself said and says no longer is in force only if others say it.
            if says(&old, a) && !says(config, a) {
                let told = (0..self.stacks.len()).filter(|t| *t != s).any(|t| {
                    self.stacks[t].roles.get(&a).is_some_and(|r| r.cluster_ports && (r.owner || r.define))
                });
                self.stacks[s].roles.get_mut(&a).unwrap().cluster_ports &= told;
            }
        }
        self.load(s);
        Ok(())
    }

    pub fn close(&mut self, handle: u32) -> Result<(), Errno> {
        let Some(i) = self.socks.iter().position(|k| k.handle == handle) else { return Err(Errno::EBADF) };
        let k = self.socks.remove(i);
        let Some(a) = k.at.filter(|_| k.port != 0 && !k.udp) else { return Ok(()) };
        let idle = self.stacks[k.stack].roles.get(&a).is_some_and(|r| r.owner && r.when_idle);
        if idle && !self.busy(k.stack, a) {
            let next = (0..self.stacks.len())
                .find(|s| *s != k.stack && self.stacks[*s].roles.get(&a).is_some_and(|r| r.define));
            if let Some(next) = next {
                self.own(next, a);
            }
        }
        self.settle();
        Ok(())
    }
}
