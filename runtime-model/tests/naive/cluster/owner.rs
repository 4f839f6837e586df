//! Who has an address: owners, backups, targets, and CLUSTERPORTS, which spreads with them.

use std::collections::BTreeSet;
use std::net::IpAddr;

use vipa_runtime_model::model::*;

use super::{Claim, Naive, Stack};

impl Naive {
    pub fn owner(&self, a: IpAddr) -> Option<usize> {
        (0..self.stacks.len()).find(|s| self.stacks[*s].roles.get(&a).is_some_and(|r| r.owner))
    }

    pub(super) fn busy(&self, s: usize, a: IpAddr) -> bool {
        self.socks.iter().any(|k| k.stack == s && k.at == Some(a) && k.port != 0 && !k.udp)
    }

    pub(super) fn range(&self, s: usize, a: IpAddr) -> Option<&RangeModel> {
        let mut all: Vec<&RangeModel> =
            self.stacks[s].config.ranges.iter().filter(|r| r.subnet.contains(&a)).collect();
        all.sort_by_key(|r| std::cmp::Reverse(r.subnet.prefix_len()));
        all.first().copied()
    }

    /// The distribution in force for an owner: its own statements, else what it was told as a backup.
    pub(super) fn distribution(&self, s: usize, a: IpAddr) -> Vec<DistributionModel> {
        let stack = &self.stacks[s];
        let stated = stack.config.dvipas.iter().any(|d| d.address == a);
        let own: Vec<_> =
            stack.config.distributions.iter().filter(|d| stated && d.dvipa == a).cloned().collect();
        match stack.roles.get(&a) {
            Some(r) if own.is_empty() && (r.define || r.backup.is_some()) => r.told.clone(),
            _ => own,
        }
    }

    pub(super) fn names(&self, d: &DistributionModel, s: usize) -> bool {
        match &d.targets {
            Targets::All => true,
            Targets::Xcf(list) => list.iter().any(|t| self.stacks[s].config.xcf.contains(&t.xcf)),
        }
    }

    /// What a stack knows of the distribution: the owner and its targets do, others do not.
    pub(super) fn known(&self, s: usize, a: IpAddr) -> Vec<DistributionModel> {
        let part = self.stacks[s].roles.get(&a).is_some_and(|r| r.owner || r.target);
        self.owner(a).filter(|_| part).map(|o| self.distribution(o, a)).unwrap_or_default()
    }

    pub(super) fn own(&mut self, s: usize, a: IpAddr) {
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
    pub(super) fn load(&mut self, s: usize) {
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
    pub(super) fn settle(&mut self) {
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
    pub(super) fn spread_cluster_ports(&mut self, stating: Option<usize>) {
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
}
