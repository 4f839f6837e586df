//! Which ports are for a job, found without a look at those of all others: a sysplex has tens of thousands.

use std::sync::Arc;

use grammar::values::pattern_covers;

use super::places::Places;
use crate::db::{StackInput, summary};
use crate::snapshot::Snapshot;
use crate::statements::port::{Reservation, Who};
use crate::table::key;

/// The reservations of a stack by the job that they are for.
#[derive(Debug)]
pub struct JobPorts {
    /// Those for jobs, in order.
    all: Box<[Arc<Reservation>]>,
    /// By the hash of the job: the place in the list.
    named: Places<u64>,
    /// The places of those for whatever a pattern covers.
    patterns: Box<[u32]>,
}

impl JobPorts {
    fn new<'r>(reservations: impl Iterator<Item = &'r Arc<Reservation>>) -> Self {
        let job = |one: &&Arc<Reservation>| matches!(one.who, Who::Job(_));
        let all: Box<[Arc<Reservation>]> = reservations.filter(job).cloned().collect();
        let (mut named, mut patterns) = (Vec::with_capacity(all.len()), Vec::new());
        for (one, place) in all.iter().zip(0..) {
            match &one.who {
                Who::Job(pattern) if pattern.contains(['*', '?']) => patterns.push(place),
                Who::Job(name) => named.push((hash(name), place)),
                Who::Reserved => {}
            }
        }
        Self { all, named: Places::new(named), patterns: patterns.into() }
    }

    /// The reservations that cover a job, in order.
    fn of(&self, job: &str) -> Vec<Arc<Reservation>> {
        let named = self.named.of(hash(job));
        let mut places: Vec<u32> = named.chain(self.patterns.iter().copied()).collect();
        places.sort_unstable();
        let covers = |one: &&Arc<Reservation>| match &one.who {
            Who::Job(pattern) => **pattern == *job || pattern_covers(pattern, job),
            Who::Reserved => false,
        };
        let there = places.into_iter().filter_map(|place| self.all.get(place as usize));
        there.filter(covers).cloned().collect()
    }
}

fn hash(job: &str) -> u64 {
    key(job.to_ascii_uppercase())
}

/// The ports of a stack by job.
#[salsa::tracked(returns(ref), no_eq)]
fn job_ports(db: &dyn salsa::Database, stack: StackInput) -> Arc<JobPorts> {
    Arc::new(JobPorts::new((&summary(db, stack).ports).into_iter()))
}

impl Snapshot {
    /// The reservations of single ports that cover a job or are written with the same pattern, in order, for each stack of [`Self::cluster`].
    #[must_use]
    pub fn ports_of_job(&self, job: &str) -> Vec<Vec<Arc<Reservation>>> {
        self.inputs().into_iter().map(|input| job_ports(&self.db, input).of(job)).collect()
    }

    /// Has the ports of every stack put in order by job.
    pub(super) fn warm_jobs(&self) {
        for input in self.inputs() {
            job_ports(&self.db, input);
        }
    }
}
