//! Small numbers that stand for names inside a cluster, and the table that gives the names back.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use serde::Serialize;

/// A stack: its place in `Model::stacks`, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct StackId(pub u16);

/// An address that the cluster has heard of. [`AddrId::ANY`] is the unspecified address of either family.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct AddrId(pub(crate) u32);

impl AddrId {
    /// The unspecified address.
    pub const ANY: AddrId = AddrId(0);
    /// No address has a higher number.
    pub(crate) const LAST: AddrId = AddrId(u32::MAX);
}

/// An application: a job name with the user id it runs under.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct JobId(pub(crate) u32);

/// A socket or a connection. The caller chooses the number; it must not be in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct Handle(pub u32);

/// Job name and user id of an application instance.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Job {
    /// Job name, upper case.
    pub name: Arc<str>,
    /// User id, if told.
    pub user: Option<Arc<str>>,
}

/// Names by number and numbers by name. Numbers are given in the order of first mention.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Names {
    addresses: Vec<IpAddr>,
    by_address: BTreeMap<IpAddr, AddrId>,
    jobs: Vec<Job>,
    by_job: BTreeMap<Job, JobId>,
}

impl Names {
    pub(crate) fn new() -> Self {
        Self {
            addresses: vec![IpAddr::V4(Ipv4Addr::UNSPECIFIED)],
            by_address: BTreeMap::new(),
            jobs: Vec::new(),
            by_job: BTreeMap::new(),
        }
    }

    pub(crate) fn find(&self, address: IpAddr) -> Option<AddrId> {
        if address.is_unspecified() { Some(AddrId::ANY) } else { self.by_address.get(&address).copied() }
    }

    pub(crate) fn intern(&mut self, address: IpAddr) -> AddrId {
        if let Some(id) = self.find(address) {
            return id;
        }
        let id = AddrId(u32::try_from(self.addresses.len()).unwrap_or(u32::MAX));
        self.addresses.push(address);
        self.by_address.insert(address, id);
        id
    }

    pub(crate) fn address(&self, id: AddrId) -> IpAddr {
        self.addresses.get(id.0 as usize).copied().unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED))
    }

    pub(crate) fn intern_job(&mut self, name: &str, user: Option<&str>) -> JobId {
        let job =
            Job { name: name.to_ascii_uppercase().into(), user: user.map(|u| u.to_ascii_uppercase().into()) };
        if let Some(id) = self.by_job.get(&job) {
            return *id;
        }
        let id = JobId(u32::try_from(self.jobs.len()).unwrap_or(u32::MAX));
        self.jobs.push(job.clone());
        self.by_job.insert(job, id);
        id
    }

    pub(crate) fn find_job(&self, name: &str, user: Option<&str>) -> Option<JobId> {
        let job =
            Job { name: name.to_ascii_uppercase().into(), user: user.map(|u| u.to_ascii_uppercase().into()) };
        self.by_job.get(&job).copied()
    }

    pub(crate) fn job(&self, id: JobId) -> Option<&Job> {
        self.jobs.get(id.0 as usize)
    }
}
