//! One stack of a running cluster: what its configuration became, what it heard from partners, what it has in hand.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::net::IpAddr;
use std::sync::Arc;

use serde::Serialize;

use crate::bits::Bits;
use crate::cf::access::Task;
use crate::cow::Cow;
use crate::distribution::messages::{Definitions, Rule};
use crate::distribution::routing::Routing;
use crate::event::CfStep;
use crate::flat::Flat;
use crate::founding::f2_sources::Sources;
use crate::ids::{AddrId, JobId, StackId};
use crate::model::{DistributionModel, DvipaModel, Moveable, PortModel, RangeModel, StackModel};
use crate::ports::LocalPorts;
use crate::product::state::ProductState;

/// How an address of a VIPARANGE came to be active.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RangeOrigin {
    /// By bind (F11:1160).
    Bind,
    /// By connect (F7:760).
    Connect,
    /// By ioctl.
    Ioctl,
}

/// What one stack has to do with one DVIPA. Several roles can hold at once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Dvipa {
    /// VIPADEFINE stands in the configuration.
    pub define: bool,
    /// Rank of a VIPABACKUP, 1 to 254.
    pub backup: Option<u8>,
    /// Made from a VIPARANGE, and how.
    pub range: Option<RangeOrigin>,
    /// This stack advertises the address.
    pub owner: bool,
    /// Stack that named this one a target.
    pub target_of: Option<StackId>,
    /// The address was given away, connections are left.
    pub moving: bool,
    /// It was deactivated or deleted, connections are left.
    pub quiescing: bool,
    /// Deactivated by the operator.
    pub deactivated: bool,
    /// CLUSTERPORTS in force here.
    pub cluster_ports: bool,
    /// F8B:880: figure 10 runs when connections that were there before CLUSTERPORTS end.
    pub marked_for_termination: bool,
    /// How the address leaves this stack.
    pub moveable: Option<Moveable>,
    /// A range that is MOVEABLE NONDISRUPTIVE.
    pub non_disruptive: bool,
}

impl Dvipa {
    /// F7:735, F11:1135, for the roles that are not a range: configured on this stack.
    pub(crate) fn configured(&self) -> bool {
        self.define || self.backup.is_some() || self.range.is_some() || self.target_of.is_some() || self.owner
    }

    /// This stack is a target no longer. With sockets left it keeps the address until the last one is gone.
    pub(crate) fn target_ends(&mut self, busy: bool) {
        self.target_of = None;
        self.quiescing = busy && !self.owner && !self.moving;
    }

    /// Nothing is left to remember.
    pub(crate) fn is_nothing(&self) -> bool {
        !self.configured() && !self.moving && !self.quiescing
    }
}

/// State of a DVIPA on a stack, as displays name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// The stack owns and advertises it.
    Active,
    /// In the backup chain.
    Backup,
    /// Given away, connections left.
    Moving,
    /// Deactivated, connections left.
    Quiescing,
    /// A target of another stack's distribution.
    Target,
    /// Configured, and taken out by the operator (product).
    Deactivated,
    /// Configured, and the stack is outside its group (product).
    Inactivated,
    /// Configured, not in use here.
    Inactive,
}

impl Status {
    /// Word of `expect status`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Status::Active => "active",
            Status::Backup => "backup",
            Status::Moving => "moving",
            Status::Quiescing => "quiescing",
            Status::Target => "target",
            Status::Deactivated => "deactivated",
            Status::Inactivated => "inactivated",
            Status::Inactive => "inactive",
        }
    }
}

/// What WLM and the stack itself report about servers here.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Reports {
    pub(crate) weights: BTreeMap<JobId, u16>,
    pub(crate) health: BTreeMap<JobId, u16>,
    pub(crate) tsr: Option<u16>,
    pub(crate) quiesced: BTreeSet<u16>,
}

/// One stack. The configuration outlives a failure; the rest does not.
#[derive(Clone, Debug)]
pub(crate) struct Stack {
    pub(crate) config: Arc<StackModel>,
    /// Places of VIPADEFINE and VIPABACKUP in the configuration; follows from it.
    statements: Arc<BTreeMap<IpAddr, usize>>,
    pub(crate) sources: Arc<Sources>,
    /// TCP ports that a PORT statement reserves, whoever for.
    pub(crate) reserved: Arc<Bits>,
    pub(crate) home: Arc<BTreeSet<AddrId>>,
    pub(crate) up: bool,
    pub(crate) joined: bool,
    /// Counts starts, so that what a former life left behind is told from the present one.
    pub(crate) life: u32,
    pub(crate) dvipas: Cow<Flat<AddrId, Dvipa>>,
    pub(crate) ports: Cow<BTreeMap<AddrId, LocalPorts>>,
    pub(crate) udp: Cow<BTreeMap<AddrId, LocalPorts>>,
    pub(crate) heard: Cow<Flat<StackId, Arc<Definitions>>>,
    /// Distribution of the addresses that this stack backs up, as the routing stack last told it.
    pub(crate) stored: Cow<Flat<AddrId, Arc<Vec<Rule>>>>,
    pub(crate) routing: Cow<Flat<AddrId, Routing>>,
    pub(crate) tasks: VecDeque<Task>,
    pub(crate) hold: Option<CfStep>,
    pub(crate) reports: Cow<Reports>,
    /// None in a founding cluster.
    pub(crate) product: Option<Box<ProductState>>,
}

impl PartialEq for Stack {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
            && self.config == other.config
            && self.dvipas == other.dvipas
            && self.ports == other.ports
            && self.udp == other.udp
            && self.heard == other.heard
            && self.stored == other.stored
            && self.routing == other.routing
            && self.tasks == other.tasks
            && self.reports == other.reports
            && self.product == other.product
    }
}

impl Eq for Stack {}

impl std::hash::Hash for Stack {
    // The configuration takes no part: it is compared, and differs seldom.
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.key().hash(state);
        self.dvipas.hash(state);
        self.ports.hash(state);
        self.udp.hash(state);
        self.heard.hash(state);
        self.stored.hash(state);
        self.routing.hash(state);
        self.tasks.hash(state);
        self.reports.hash(state);
        if let Some(product) = &self.product {
            product.hash(state);
        }
    }
}

impl Stack {
    fn key(&self) -> (bool, bool, u32, Option<CfStep>) {
        (self.up, self.joined, self.life, self.hold)
    }

    pub(crate) fn new(config: Arc<StackModel>, home: BTreeSet<AddrId>) -> Self {
        let mut stack = Self {
            sources: Arc::new(Sources::default()),
            reserved: Arc::new(Bits::new(false)),
            home: Arc::new(home),
            up: false,
            joined: false,
            life: 0,
            dvipas: Cow::default(),
            ports: Cow::default(),
            udp: Cow::default(),
            heard: Cow::default(),
            stored: Cow::default(),
            routing: Cow::default(),
            tasks: VecDeque::new(),
            hold: None,
            reports: Cow::default(),
            product: None,
            statements: places(&config),
            config,
        };
        stack.reserved = Arc::new(stack.reservations());
        stack
    }

    /// Puts another configuration in force.
    pub(crate) fn configure(&mut self, config: Arc<StackModel>) {
        self.statements = places(&config);
        self.config = config;
    }

    /// VIPADEFINE or VIPABACKUP of an address.
    pub(crate) fn statement(&self, address: IpAddr) -> Option<&DvipaModel> {
        self.config.dvipas.get(*self.statements.get(&address)?)
    }

    /// TCP ports of every PORT and PORTRANGE entry.
    pub(crate) fn reservations(&self) -> Bits {
        let mut bits = Bits::new(false);
        for entry in self.config.ports.iter().filter(|p| p.tcp) {
            for port in entry.first..=entry.last {
                bits.insert(port);
            }
        }
        bits
    }

    /// Forgets everything but the configuration, as a failure does.
    pub(crate) fn reset(&mut self) {
        self.up = false;
        self.joined = false;
        self.dvipas = Cow::default();
        self.ports = Cow::default();
        self.udp = Cow::default();
        self.heard = Cow::default();
        self.stored = Cow::default();
        self.routing = Cow::default();
        self.tasks.clear();
        self.hold = None;
        self.reports = Cow::default();
        self.product = self.product.take().map(|p| Box::new(p.after_failure()));
    }

    /// Most specific VIPARANGE that covers the address; of equal ones the first. None outside the group, where no
    /// statement for DVIPAs is in force.
    pub(crate) fn range(&self, address: IpAddr) -> Option<&RangeModel> {
        if !self.joined {
            return None;
        }
        let mut best: Option<&RangeModel> = None;
        for range in self.config.ranges.iter().filter(|r| r.subnet.contains(&address)) {
            if best.is_none_or(|b| range.subnet.prefix_len() > b.subnet.prefix_len()) {
                best = Some(range);
            }
        }
        best
    }

    /// PORT and PORTRANGE entries that name a port.
    pub(crate) fn port_entries(&self, port: u16, tcp: bool) -> impl Iterator<Item = &PortModel> {
        self.config.ports.iter().filter(move |p| p.tcp == tcp && p.first <= port && port <= p.last)
    }

    /// VIPADISTRIBUTE statements for an address.
    pub(crate) fn distributions(&self, address: IpAddr) -> impl Iterator<Item = &DistributionModel> {
        self.config.distributions.iter().filter(move |d| d.dvipa == address)
    }

    pub(crate) fn in_group(&self) -> bool {
        self.up && self.joined
    }

    /// Forgets DVIPAs that this stack has nothing to do with any more.
    pub(crate) fn forget_nothings(&mut self) {
        if self.dvipas.values().any(Dvipa::is_nothing) {
            self.dvipas.retain(|_, d| !d.is_nothing());
        }
    }
}

/// Of two statements for one address the first counts.
fn places(config: &StackModel) -> Arc<BTreeMap<IpAddr, usize>> {
    let mut places = BTreeMap::new();
    for (place, dvipa) in config.dvipas.iter().enumerate() {
        places.entry(dvipa.address).or_insert(place);
    }
    Arc::new(places)
}
