//! Sending: a stack's full list of definitions, and single messages (section 5, point 2; 003#9-10).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::messages::{Candidates, Definition, Definitions, Message, Rule, Sharing};
use crate::assumption::Assumption;
use crate::cluster::{Cluster, Envelope};
use crate::ids::{AddrId, StackId};
use crate::model::{DistributionModel, Targets};

impl Cluster {
    /// Puts a message under way, behind those of the same pair. The receiver must be in the sender's group.
    pub(crate) fn send(&mut self, from: StackId, to: StackId, message: Message) {
        if self.is_partner(from, to) {
            self.send_from(from, to, message);
        }
    }

    /// The same from a stack that is gone: XCF itself speaks for it.
    pub(crate) fn send_from(&mut self, from: StackId, to: StackId, message: Message) {
        let place = self.net.partition_point(|e| (e.from, e.to) <= (from, to));
        self.net.insert(place, Envelope { from, to, message });
    }

    /// Delivers the first message of a pair; false if there is none.
    pub(crate) fn deliver(&mut self, ctx: &mut crate::outcome::Ctx, from: StackId, to: StackId) -> bool {
        let place = self.net.partition_point(|e| (e.from, e.to) < (from, to));
        if self.net.get(place).is_none_or(|e| (e.from, e.to) != (from, to)) {
            return false;
        }
        let Some(envelope) = self.net.remove(place) else { return false };
        if self.in_group(to) {
            self.receive(ctx, to, from, envelope.message);
        }
        true
    }

    /// Tells every partner the full list. `added`: addresses that got CLUSTERPORTS by VARY OBEY.
    pub(crate) fn announce(&mut self, stack: StackId, added: &BTreeSet<AddrId>) {
        self.tell_all(stack, added, false);
    }

    /// The same, asking for the partners' lists.
    pub(crate) fn greet(&mut self, stack: StackId) {
        self.tell_all(stack, &BTreeSet::new(), true);
    }

    fn tell_all(&mut self, stack: StackId, added: &BTreeSet<AddrId>, hello: bool) {
        let partners: Vec<StackId> = self.stack_ids().filter(|s| self.is_partner(stack, *s)).collect();
        if partners.is_empty() {
            return;
        }
        let list = Arc::new(self.definitions(stack, added));
        for partner in partners {
            self.send(stack, partner, Message::Definitions { list: Arc::clone(&list), hello });
        }
    }

    /// The full list of a stack, by address.
    pub(crate) fn definitions(&self, stack: StackId, added: &BTreeSet<AddrId>) -> Definitions {
        let Some(s) = self.stack(stack) else { return Definitions::default() };
        let list = s
            .dvipas
            .iter()
            .filter(|(_, d)| d.owner || ((d.define || d.backup.is_some()) && !d.deactivated))
            .map(|(address, d)| Definition {
                address: *address,
                owner: d.owner,
                define: d.define,
                backup: d.backup,
                cluster_ports: d.cluster_ports,
                added: added.contains(address),
                rules: match s.routing.get(address) {
                    Some(routing) => Arc::clone(&routing.rules),
                    None => self.own_rules(stack, *address),
                },
            })
            .collect();
        Definitions::new(list)
    }

    /// VIPADISTRIBUTE statements of the stack itself. Without VIPADEFINE or VIPABACKUP there they make no candidates.
    fn own_rules(&self, stack: StackId, address: AddrId) -> Arc<Vec<Rule>> {
        self.own.of(stack, || self.stated_rules(stack)).get(&address).cloned().unwrap_or_default()
    }

    /// The same for every address.
    fn stated_rules(&self, stack: StackId) -> BTreeMap<AddrId, Arc<Vec<Rule>>> {
        let Some(s) = self.stack(stack) else { return BTreeMap::new() };
        let mut all: BTreeMap<AddrId, Vec<Rule>> = BTreeMap::new();
        for d in s.config.distributions.iter().filter(|d| s.statement(d.dvipa).is_some()) {
            if let Some(address) = self.find_address(d.dvipa) {
                all.entry(address).or_default().push(self.rule(stack, d));
            }
        }
        all.into_iter().map(|(address, rules)| (address, Arc::new(rules))).collect()
    }

    /// Own statements, else those that this stack stored as a backup.
    pub(crate) fn rules_to_use(&self, stack: StackId, address: AddrId) -> Arc<Vec<Rule>> {
        let own = self.own_rules(stack, address);
        if !own.is_empty() || self.answer(Assumption::BackupDistributes) == "no" {
            return own;
        }
        let Some(s) = self.stack(stack) else { return own };
        if !s.dvipas.get(&address).is_some_and(|d| d.define || d.backup.is_some()) {
            return own;
        }
        s.stored.get(&address).cloned().unwrap_or_default()
    }

    /// Whether some stack of the chain says that CLUSTERPORTS is in force.
    pub(crate) fn heard_cluster_ports(&self, stack: StackId, address: AddrId) -> bool {
        self.stack(stack).is_some_and(|s| {
            s.heard
                .values()
                .filter_map(|list| list.get(address))
                .any(|d| d.cluster_ports && (d.owner || d.define))
        })
    }

    fn rule(&self, stack: StackId, d: &DistributionModel) -> Rule {
        let mut ports = d.ports.clone();
        ports.sort_unstable();
        let named = |xcf: &std::net::IpAddr| {
            self.stack_ids().find(|s| {
                self.same_group(stack, *s) && self.stack(*s).is_some_and(|s| s.config.xcf.contains(xcf))
            })
        };
        let product = self.fixed.tables.product_state;
        let candidates = match &d.targets {
            Targets::All if product => Candidates::Some(self.all_targets(stack, d)),
            Targets::All => Candidates::All,
            Targets::Xcf(targets) => Candidates::Some(targets.iter().filter_map(|t| named(&t.xcf)).collect()),
        };
        let sharing = product.then(|| {
            let targets = match &d.targets {
                Targets::All => Vec::new(),
                Targets::Xcf(targets) => {
                    targets.iter().filter_map(|t| Some((named(&t.xcf)?, t.weight, t.standby))).collect()
                }
            };
            Arc::new(Sharing { method: d.method, targets, options: d.product.clone() })
        });
        Rule { ports, candidates, sharing }
    }

    /// DESTIP ALL of the product: every stack of the group with dynamic XCF of the family; for tier 2 those of the CPC
    /// (04 5.1).
    fn all_targets(&self, stack: StackId, d: &DistributionModel) -> Vec<StackId> {
        let cpc = |s: StackId| self.stack(s).and_then(|s| s.config.cpc.as_deref());
        self.stack_ids()
            .filter(|s| self.same_group(stack, *s))
            .filter(|s| d.product.tier != Some(2) || cpc(*s) == cpc(stack))
            .filter(|s| {
                self.stack(*s).is_some_and(|s| s.config.xcf.iter().any(|x| x.is_ipv4() == d.dvipa.is_ipv4()))
            })
            .collect()
    }
}
