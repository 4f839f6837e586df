//! What the rules for all stacks together have found, kept until something that they looked at changes.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use crate::aspect::{ASPECTS, Aspects, DISTRIBUTIONS, PORTS, noting};
use crate::cluster::Cluster;
use crate::db::Database;
use crate::distributed::{self, Port};
use crate::report::Report;
use crate::{parallel, rules};

/// What rules have found so far.
#[derive(Debug, Default)]
pub struct Compared(Mutex<Memory>);

#[derive(Debug, Default)]
struct Memory {
    /// The stacks as they were compared last.
    last: Option<Arc<Cluster>>,
    /// Counts the changes.
    moment: u64,
    /// When each part changed last.
    changed: [u64; ASPECTS],
    /// By the place of a rule in [`rules::RULES`].
    known: BTreeMap<usize, Known>,
}

#[derive(Debug)]
struct Known {
    moment: u64,
    looked_at: Aspects,
    reports: Arc<[Report]>,
}

impl Memory {
    /// Goes on to these stacks. Whether little has changed.
    fn go_on(&mut self, cluster: &Arc<Cluster>) -> bool {
        let (changed, little) = match &self.last {
            Some(last) if Arc::ptr_eq(last, cluster) => return true,
            Some(last) => {
                let changed = last.differing(cluster);
                cluster.take_over(last, changed);
                (changed, last.changed(cluster) < 2)
            }
            None => (Aspects::ALL, false),
        };
        self.last = Some(Arc::clone(cluster));
        self.moment += 1;
        for number in changed.numbers() {
            if let Some(when) = self.changed.get_mut(number) {
                *when = self.moment;
            }
        }
        little
    }

    fn known(&self, rule: usize) -> Option<Arc<[Report]>> {
        let known = self.known.get(&rule)?;
        let same = |number: usize| self.changed.get(number).is_some_and(|when| *when <= known.moment);
        known.looked_at.numbers().all(same).then(|| Arc::clone(&known.reports))
    }
}

impl Compared {
    /// What these rules find, each by its place in [`rules::RULES`]; those of which it is not known are asked, several at a time.
    pub(crate) fn ask(
        &self,
        cluster: &Arc<Cluster>,
        asked: &[usize],
        db: &Database,
        threads: usize,
    ) -> Vec<Arc<[Report]>> {
        let (moment, open, threads) = {
            let mut memory = self.memory();
            // Where one stack has changed, the rules are through before another thread is up.
            let threads = if memory.go_on(cluster) { 1 } else { threads };
            let open = asked.iter().copied().filter(|rule| memory.known(*rule).is_none());
            (memory.moment, open.collect::<Vec<usize>>(), threads)
        };
        let ports: OnceLock<Vec<Port<'_>>> = OnceLock::new();
        parallel::each(db, threads, open.len(), |_, number| {
            let Some(rule) = open.get(number) else { return };
            let (reports, looked_at) = check(*rule, cluster, &ports);
            self.memory().known.insert(*rule, Known { moment, looked_at, reports: reports.into() });
        });
        let memory = self.memory();
        asked.iter().filter_map(|rule| memory.known(*rule)).collect()
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        // Nothing that may fail is done while it is held.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn check<'c>(rule: usize, cluster: &'c Cluster, ports: &OnceLock<Vec<Port<'c>>>) -> (Vec<Report>, Aspects) {
    let mut reports = Vec::new();
    let Some((rule, _)) = rules::RULES.get(rule) else { return (reports, Aspects::default()) };
    let ((), looked_at) = noting(|| match rule.check {
        rules::Check::Cluster(check) => check(cluster, &mut reports),
        rules::Check::Ports(check) => {
            check(cluster, ports.get_or_init(|| distributed::ports(cluster)), &mut reports);
        }
        rules::Check::Syntax | rules::Check::Description | rules::Check::Fold | rules::Check::Stack(_) => {}
    });
    rules::leave_out(cluster, &mut reports);
    let of_ports = matches!(rule.check, rules::Check::Ports(_));
    // Whoever needed them first looked at what they are made of, for all.
    let looked_at = looked_at.with_if(PORTS, of_ports).with_if(DISTRIBUTIONS, of_ports);
    (reports, looked_at)
}
