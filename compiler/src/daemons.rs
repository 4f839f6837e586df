//! Which of the programs that a stack leans on is there: by AUTOLOG, by a port of its own, or as a job of `sysplex.toml`.

use crate::cluster::Cluster;
use crate::statements::port::Who;
use crate::summary::Summary;

/// OMPROUTE, the routing daemon.
#[must_use]
pub fn omproute(cluster: &Cluster, stack: &Summary) -> bool {
    runs(cluster, stack, &["OMPR"]) || stack.ports.iter().any(|port| !port.tcp && port.port == 520)
}

/// The policy agent.
#[must_use]
pub fn policy_agent(cluster: &Cluster, stack: &Summary) -> bool {
    runs(cluster, stack, &["PAGENT", "POLICYAG", "PAG"])
}

fn runs(cluster: &Cluster, stack: &Summary, beginnings: &[&str]) -> bool {
    let named = |name: &str| beginnings.iter().any(|beginning| name.starts_with(beginning));
    stack.autolog.iter().any(|entry| named(&entry.procedure) || named(&entry.job))
        || stack.ports.iter().any(|port| matches!(&port.who, Who::Job(job) if named(job)))
        || cluster.setup.jobs.iter().any(|job| named(&job.name))
}
