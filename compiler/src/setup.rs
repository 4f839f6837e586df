//! What is known of a stack and its sysplex before any profile is read.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;
use std::sync::Arc;

use runtime_model::model::{JobModel, Structures};

use crate::Dialect;
use crate::description::Release;
use crate::place::At;

/// One stack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StackSetup {
    /// Name of the stack.
    pub name: String,
    /// Its job name, where that is another one.
    pub job: Option<String>,
    /// The system it runs on.
    pub system: String,
    /// The CPC of that system, if told.
    pub cpc: Option<String>,
    /// XCF group.
    pub group: String,
    /// Target release.
    pub release: Release,
    /// Dialect of its profiles.
    pub dialect: Dialect,
    /// System symbols.
    pub symbols: BTreeMap<String, String>,
    /// True when there is a description; of the system of a lone profile no symbol is known.
    pub described: bool,
    /// First and last port of INADDRANYPORT and INADDRANYCOUNT of its system, under common INET.
    pub inaddrany: Option<(u16, u16)>,
    /// Names of jobs that the description knows.
    pub jobs: BTreeSet<String>,
    /// Security label of its user id, where multilevel security is active.
    pub security_label: Option<String>,
    /// Security labels of NETACCESS zones.
    pub zone_labels: BTreeMap<String, String>,
    /// Symbolic addresses of the founding documents.
    pub addresses: Arc<BTreeMap<String, IpAddr>>,
    /// Its entry in `sysplex.toml`.
    pub at: At,
    /// The beginning of its profile, for what stands nowhere in it.
    pub profile: At,
}

/// The sysplex.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlexSetup {
    /// Its name, or empty.
    pub name: String,
    /// Dialect of all profiles.
    pub dialect: Dialect,
    /// Structures in the coupling facility.
    pub structures: Structures,
    /// Answers to open points.
    pub assumptions: BTreeMap<String, String>,
    /// What runs where.
    pub jobs: Vec<JobModel>,
    /// True when there is a description; a lone profile tells nothing about its neighbours.
    pub described: bool,
}
