//! The same answers by plain sets and linear scans. Who holds a port is asked of the sockets themselves: there is no
//! coupling facility, no table, no message. Slow, and short enough to be checked against the figures by reading.

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

fn fits(pattern: &[u8], name: &[u8]) -> bool {
    match (pattern.first(), name.first()) {
        (None, None) => true,
        (Some(b'*'), _) => fits(&pattern[1..], name) || (!name.is_empty() && fits(pattern, &name[1..])),
        (Some(p), Some(n)) => (*p == b'?' || p == n) && fits(&pattern[1..], &name[1..]),
        (Some(_), None) | (None, Some(_)) => false,
    }
}

fn selects(pattern: &str, job: (&str, Option<&str>)) -> bool {
    fits(pattern.as_bytes(), job.0.as_bytes())
        || job.1.is_some_and(|user| fits(pattern.as_bytes(), user.as_bytes()))
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

    // Who has an address.

    pub fn owner(&self, a: IpAddr) -> Option<usize> {
        (0..self.stacks.len()).find(|s| self.stacks[*s].roles.get(&a).is_some_and(|r| r.owner))
    }

    fn busy(&self, s: usize, a: IpAddr) -> bool {
        self.socks.iter().any(|k| k.stack == s && k.at == Some(a) && k.port != 0 && !k.udp)
    }

    fn range(&self, s: usize, a: IpAddr) -> Option<&RangeModel> {
        let mut all: Vec<&RangeModel> =
            self.stacks[s].config.ranges.iter().filter(|r| r.subnet.contains(&a)).collect();
        all.sort_by_key(|r| std::cmp::Reverse(r.subnet.prefix_len()));
        all.first().copied()
    }

    /// The distribution in force for an owner: its own statements, else what it was told as a backup.
    fn distribution(&self, s: usize, a: IpAddr) -> Vec<DistributionModel> {
        let stack = &self.stacks[s];
        let stated = stack.config.dvipas.iter().any(|d| d.address == a);
        let own: Vec<_> =
            stack.config.distributions.iter().filter(|d| stated && d.dvipa == a).cloned().collect();
        match stack.roles.get(&a) {
            Some(r) if own.is_empty() && (r.define || r.backup.is_some()) => r.told.clone(),
            _ => own,
        }
    }

    fn names(&self, d: &DistributionModel, s: usize) -> bool {
        match &d.targets {
            Targets::All => true,
            Targets::Xcf(list) => list.iter().any(|t| self.stacks[s].config.xcf.contains(&t.xcf)),
        }
    }

    /// What a stack knows of the distribution: the owner and its targets do, others do not.
    fn known(&self, s: usize, a: IpAddr) -> Vec<DistributionModel> {
        let part = self.stacks[s].roles.get(&a).is_some_and(|r| r.owner || r.target);
        self.owner(a).filter(|_| part).map(|o| self.distribution(o, a)).unwrap_or_default()
    }

    fn own(&mut self, s: usize, a: IpAddr) {
        if let Some(old) = self.owner(a).filter(|old| *old != s) {
            let lingers = self.busy(old, a);
            let r = self.stacks[old].roles.get_mut(&a).unwrap();
            (r.owner, r.ranged, r.lingers) = (false, false, lingers);
        }
        let r = self.stacks[s].roles.entry(a).or_default();
        (r.owner, r.target, r.lingers) = (true, false, false);
        self.lost.remove(&a);
        self.settle();
    }

    /// A stack that begins, or whose profile changed, looks at its own statements.
    fn load(&mut self, s: usize) {
        let config = self.stacks[s].config.clone();
        for r in self.stacks[s].roles.values_mut() {
            (r.define, r.backup) = (false, None);
        }
        for d in &config.dvipas {
            let r = self.stacks[s].roles.entry(d.address).or_default();
            match d.origin {
                DvipaOrigin::Define => r.define = true,
                DvipaOrigin::Backup(rank) => r.backup = Some(rank),
            }
            r.when_idle = d.moveable == Some(Moveable::WhenIdle);
        }
        let gone: Vec<IpAddr> = self.stacks[s]
            .roles
            .iter()
            .filter(|(_, r)| r.owner && !r.define && r.backup.is_none() && !r.ranged)
            .map(|(a, _)| *a)
            .collect();
        for a in gone {
            let lingers = self.busy(s, a);
            let r = self.stacks[s].roles.get_mut(&a).unwrap();
            (r.owner, r.lingers) = (false, lingers);
            self.lost.insert(a);
        }
        if self.deaf.is_none() {
            self.settle();
        }
        self.spread_cluster_ports(Some(s));
        for d in &config.dvipas {
            let may = match self.owner(d.address) {
                None => true,
                Some(o) if o == s => false,
                Some(o) if self.stacks[o].roles[&d.address].when_idle => !self.busy(o, d.address),
                Some(_) => true,
            };
            if d.origin == DvipaOrigin::Define && may {
                self.own(s, d.address);
            }
        }
        self.settle();
    }

    /// What follows for everybody: lost addresses are taken over, targets named, backups told, nothing left is forgotten.
    fn settle(&mut self) {
        for a in self.lost.clone() {
            let rank = |s: &usize| {
                let r = self.stacks[*s].roles.get(&a)?;
                if r.define { Some(255) } else { r.backup }
            };
            let best = (0..self.stacks.len()).filter_map(|s| rank(&s).map(|r| (r, s)));
            if let Some((_, s)) = best.max_by_key(|(r, s)| (*r, std::cmp::Reverse(*s))) {
                return self.own(s, a);
            }
        }
        let addresses: BTreeSet<IpAddr> = self.stacks.iter().flat_map(|s| s.roles.keys().copied()).collect();
        let owned: Vec<(IpAddr, usize)> = self
            .stacks
            .iter()
            .flat_map(|s| s.config.dvipas.iter().map(|d| d.address))
            .filter_map(|a| Some((a, self.owner(a)?)))
            .collect();
        for s in (0..self.stacks.len()).filter(|s| self.stacks[*s].up).collect::<Vec<_>>() {
            for (a, o) in &owned {
                let rules = self.distribution(*o, *a);
                let target = *o != s && rules.iter().any(|d| self.names(d, s));
                if target {
                    self.stacks[s].roles.entry(*a).or_default().target = true;
                }
                if let Some(r) = self.stacks[s].roles.get_mut(a)
                    && *o != s
                    && self.deaf != Some(s)
                    && (r.define || r.backup.is_some())
                {
                    r.told = rules;
                }
            }
            for a in &addresses {
                let named = self
                    .owner(*a)
                    .filter(|o| *o != s)
                    .is_some_and(|o| self.distribution(o, *a).iter().any(|d| self.names(d, s)));
                let busy = self.busy(s, *a);
                let Some(r) = self.stacks[s].roles.get_mut(a) else { continue };
                if r.target && !named {
                    r.target = false;
                    r.lingers = busy && !r.owner;
                }
                r.lingers &= busy;
                if !r.configured() && !r.lingers {
                    self.stacks[s].roles.remove(a);
                }
            }
        }
        self.spread_cluster_ports(None);
    }

    /// CLUSTERPORTS is in force where a statement says so and where the owner or a definer told it. Sockets that are there
    /// when it comes claim their ports.
    fn spread_cluster_ports(&mut self, stating: Option<usize>) {
        let mut on: Vec<(usize, IpAddr)> = Vec::new();
        for s in 0..self.stacks.len() {
            for (a, r) in &self.stacks[s].roles {
                let config = &self.stacks[s].config;
                let stated = config.dvipas.iter().any(|d| d.address == *a && d.cluster_ports)
                    || config.distributions.iter().any(|d| d.dvipa == *a && d.cluster_ports);
                let says =
                    |t: &Stack| t.roles.get(a).is_some_and(|r| r.cluster_ports && (r.owner || r.define));
                let told = self.deaf != Some(s) && self.stacks.iter().any(says);
                let part = r.define || r.backup.is_some() || r.target;
                if !r.cluster_ports && !r.ranged && part && ((stating == Some(s) && stated) || told) {
                    on.push((s, *a));
                }
            }
        }
        for (s, a) in &on {
            self.stacks[*s].roles.get_mut(a).unwrap().cluster_ports = true;
            for k in &mut self.socks {
                if k.stack == *s && k.at == Some(*a) && k.port != 0 && !k.udp && k.claim == Claim::No {
                    k.claim = if self.by_tuple && !k.bound { Claim::Tuple } else { Claim::Port };
                }
            }
        }
        if !on.is_empty() {
            self.spread_cluster_ports(stating);
        }
    }

    // Events.

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

    // Figure 11.

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

    fn permitted(&self, s: usize, job: (&str, Option<&str>), port: u16, tcp: bool) -> Result<(), Errno> {
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

    fn conflict(&self, s: usize, at: Option<IpAddr>, port: u16, reuse: bool, udp: bool) -> bool {
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

    // Figures 7 and 11, the part about the address: whether it must be activated first.

    fn is_dvipa(&self, s: usize, a: IpAddr) -> bool {
        let home = self.home(s).contains(&a);
        let named = self.stacks.iter().any(|t| {
            t.config.dvipas.iter().any(|d| d.address == a)
                || t.config.distributions.iter().any(|d| d.dvipa == a)
                || t.config.ranges.iter().any(|r| r.subnet.contains(&a))
        });
        self.stacks[s].roles.contains_key(&a) || (!home && named)
    }

    fn home(&self, s: usize) -> Vec<IpAddr> {
        let config = &self.stacks[s].config;
        config.home.iter().map(|h| h.address).chain(config.xcf.iter().copied()).collect()
    }

    fn usable(&self, s: usize, a: IpAddr) -> Result<bool, Errno> {
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
    fn is_here(&self, s: usize, a: IpAddr) -> bool {
        match self.stacks[s].roles.get(&a) {
            Some(r) => r.owner || r.target || r.lingers,
            None => self.home(s).contains(&a),
        }
    }

    fn activate(&mut self, s: usize, a: IpAddr) {
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

    fn holds(&self, s: usize, a: IpAddr, port: u16) -> bool {
        self.socks.iter().any(|k| k.stack == s && k.at == Some(a) && k.port == port && k.claim != Claim::No)
    }

    pub fn in_use(&self, a: IpAddr) -> Vec<u16> {
        let ports: BTreeSet<u16> =
            self.socks.iter().filter(|k| k.at == Some(a) && k.claim != Claim::No).map(|k| k.port).collect();
        ports.into_iter().collect()
    }

    fn reserved(&self, s: usize, port: u16) -> bool {
        self.stacks[s].config.ports.iter().any(|p| p.tcp && p.first <= port && port <= p.last)
    }

    fn meant_for_many(&self, s: usize, a: IpAddr, port: u16) -> bool {
        self.known(s, a)
            .iter()
            .filter(|d| self.names(d, s))
            .any(|d| if d.ports.is_empty() { self.reserved(s, port) } else { d.ports.contains(&port) })
    }

    /// The lowest port that will do; through the structures, or by the stack's own rules.
    fn lowest(&self, s: usize, at: Option<IpAddr>, peer: Option<SocketAddr>, through: bool) -> Option<u16> {
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

    // Figures 7 and 9.

    fn entry(&self, s: usize, job: (&str, Option<&str>)) -> Option<IpAddr> {
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

    fn conventional(&self, s: usize, to: SocketAddr) -> Option<IpAddr> {
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
