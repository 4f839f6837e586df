//! What a stack of the product knows beyond the state that both dialects share. A founding cluster has none of it.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use crate::addresses::Addresses;
use crate::event::{Path, Problem};
use crate::ids::{AddrId, Handle, JobId, StackId};

/// Where a stack stands to its XCF group (04 1.8).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Membership {
    /// It is not up.
    #[default]
    Down,
    /// It is in the group.
    Joined,
    /// GLOBALCONFIG SYSPLEXMONITOR NOJOIN: it waits for JOINGROUP.
    NotJoined,
    /// It joins when VTAM, OMPROUTE, a monitored interface or a dynamic route is there.
    Waiting,
    /// LEAVEGROUP.
    LeftByCommand,
    /// The sysplex monitor took it out.
    LeftAutonomics,
}

impl Membership {
    /// Word of `expect group`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Down => "down",
            Self::Joined => "joined",
            Self::NotJoined => "not-joined",
            Self::Waiting => "waiting",
            Self::LeftByCommand => "left-by-command",
            Self::LeftAutonomics => "left-autonomics",
        }
    }
}

/// TIMEDAFFINITY: the server instance that a client goes back to (04 5.6). It lives on the target.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Affinity {
    pub(crate) listener: Handle,
    /// Connections of the key that live.
    pub(crate) uses: u32,
    /// When the last one closed.
    pub(crate) closed: Option<u64>,
    pub(crate) seconds: u16,
}

impl Affinity {
    /// The client goes back to the same instance.
    pub(crate) fn holds(&self, now: u64) -> bool {
        self.uses > 0 || self.closed.is_some_and(|closed| now < closed.saturating_add(self.seconds.into()))
    }
}

/// What QUIESCE,JOBNAME names: the port and the address space only where the operator did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Quiesced {
    pub(crate) port: Option<u16>,
    pub(crate) job: JobId,
    pub(crate) asid: Option<u16>,
}

impl Quiesced {
    /// Whether a listener of the job, in this address space, is meant.
    pub(crate) fn covers(&self, port: u16, job: JobId, asid: Option<u16>) -> bool {
        self.job == job && self.port.is_none_or(|p| p == port) && (self.asid.is_none() || self.asid == asid)
    }
}

/// Reports of targets and operators that only the product's tables look at.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Signals {
    /// QUIESCE,TARGET.
    pub(crate) quiesced: bool,
    /// QUIESCE,JOBNAME.
    pub(crate) quiesced_jobs: BTreeSet<Quiesced>,
    /// WLM's weight of the system.
    pub(crate) weight: Option<u16>,
    /// Abnormal ends of a server per 1000.
    pub(crate) abnormal: BTreeMap<JobId, u16>,
    /// TCSR, CER and SEF in percent.
    pub(crate) parts: Option<(u16, u16, u16)>,
}

/// What is counted for displays alone, for TCP and UDP: two states that differ in nothing else are the same.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tally {
    /// Most ephemeral ports that were in use at a time.
    pub(crate) most: [u32; 2],
    /// How often none was left.
    pub(crate) exhausted: [u32; 2],
}

impl PartialEq for Tally {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Tally {}

impl std::hash::Hash for Tally {
    fn hash<H: std::hash::Hasher>(&self, _: &mut H) {}
}

/// The product's part of a stack.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct ProductState {
    pub(crate) membership: Membership,
    /// Why the monitor took it out.
    pub(crate) cause: Option<Problem>,
    /// DVIPAs that the operator deactivated, kept while the stack is outside its group.
    pub(crate) deactivated: BTreeSet<AddrId>,
    /// VIPADEFINE and VIPABACKUP statements that were refused because the address was in use by bind or ioctl.
    pub(crate) rejected: BTreeSet<AddrId>,
    /// DVIPAs that this stack, as a member, has heard to be active or defined somewhere: what a backup without MOVEABLE
    /// and mask inherits from.
    pub(crate) known: Addresses,
    /// Sockets that made DVIPAs by bind.
    pub(crate) creators: BTreeMap<AddrId, Handle>,
    /// Jobs and address spaces that made DVIPAs with affinity (MODDVIPA -a).
    pub(crate) affine: BTreeMap<AddrId, (JobId, Option<u16>)>,
    /// Problems that the sysplex monitor watches, and since when. They are the system's, and outlive the stack.
    pub(crate) problems: BTreeMap<Problem, u64>,
    /// Those that a message is out for.
    pub(crate) announced: BTreeSet<Problem>,
    /// Ways to other stacks that are down.
    pub(crate) paths_down: BTreeSet<(StackId, Path)>,
    pub(crate) signals: Signals,
    /// By DVIPA, port and client, on the target.
    pub(crate) affinity: BTreeMap<(AddrId, u16, IpAddr), Affinity>,
    /// Listener that a connection came through.
    pub(crate) through: BTreeMap<Handle, Handle>,
    /// HOTSTANDBY, on the distributor: the active target of a port.
    pub(crate) standby: BTreeMap<(AddrId, u16), StackId>,
    /// On the distributor: targets of a port that a message says are not responsive.
    pub(crate) unresponsive: BTreeSet<(AddrId, u16, StackId)>,
    /// Blocks of 64 ports that the coupling facility gave this stack, by number, as the stack itself remembers them.
    pub(crate) blocks: BTreeMap<AddrId, BTreeSet<u16>>,
    /// When the stack last warned that the address of TCPSTACKSOURCEVIPA is not active.
    pub(crate) warned: Option<u64>,
    /// Ephemeral ports, as NETSTAT STATS counts them.
    pub(crate) tally: Tally,
    /// On the distributor: connections sent to each target.
    pub(crate) totals: BTreeMap<(AddrId, u16, StackId), u32>,
}

impl ProductState {
    /// What a failure leaves: what is wrong with the system, not with the stack.
    pub(crate) fn after_failure(self) -> Self {
        Self { problems: self.problems, paths_down: self.paths_down, ..Self::default() }
    }
}
