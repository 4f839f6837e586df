//! The lowered sysplex: plain data that a compiler writes and the executable cluster starts from.
//!
//! Nothing here refers to text, files or places. The schema is versioned by [`SCHEMA_VERSION`]; fields are only
//! added with a default, anything else raises the version.

mod distribution;
mod network;

use std::collections::BTreeMap;
use std::net::IpAddr;

use ipnet::IpNet;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use distribution::{DistributionModel, DistributionOptions, Method, Standby, Target, Targets};
pub use network::{
    ByFamily, ByProtocol, ExplicitBindModel, InterfaceAddress, InterfaceKind, InterfaceModel, NamedAddresses,
    NetworkModel, PolicyModel, SecurityModel, SrcipFrom, SrcipModel, SrcipRole, StaticRoute, UnreservedModel,
    ZoneFor, ZoneModel,
};

/// Version of the JSON that [`Model`] serialises to.
pub const SCHEMA_VERSION: &str = "1.0";

/// A sysplex ready to run: every stack with what its profile gave it, and how open points are decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Model {
    /// [`SCHEMA_VERSION`] of the writer.
    pub schema_version: String,
    /// Name of the sysplex, for reports.
    pub sysplex: String,
    /// Which set of decision tables runs.
    pub tables: Tables,
    /// Form and rules of the structures in the coupling facility.
    pub structures: Structures,
    /// Open points of the sources by name, with the answer chosen; absent names take their default.
    #[serde(default)]
    pub assumptions: BTreeMap<String, String>,
    /// The stacks, in the order of the sysplex description. Names are unique.
    pub stacks: Vec<StackModel>,
    /// What runs where, as the description tells; scenarios may name others.
    #[serde(default)]
    pub jobs: Vec<JobModel>,
}

/// The two sets of decision tables over one state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Tables {
    /// Figures 2 to 12 of the founding documents.
    Founding,
    /// The shipped product.
    Product,
}

/// How cluster-wide ports are kept in the coupling facility.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Structures {
    /// Form of each structure.
    pub ports: PortForm,
    /// Meaning of a one in a bitmap; turns both structures together.
    pub polarity: Polarity,
    /// True is figure 8B (cluster-wide and one for each stack), false figure 8A (one only, no recovery).
    pub stack_structures: bool,
    /// What VARY OBEY does with CLUSTERPORTS while connections run.
    pub clusterports_added: ClusterPortsAdded,
}

impl Default for Structures {
    fn default() -> Self {
        Self {
            ports: PortForm::Bitmap,
            polarity: Polarity::OneIsAvailable,
            stack_structures: true,
            clusterports_added: ClusterPortsAdded::Count,
        }
    }
}

/// Form of a port structure. Founding: the first three; product: blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PortForm {
    /// A bit for each of 65,536 ports (F8A:805, F8B:855-865).
    Bitmap,
    /// Enumerated ports (002#19).
    List,
    /// A copy of the connection routing hash table (002#27).
    ConnectionTable,
    /// Blocks of 64 ports handed to a stack (04 3.3).
    Block,
}

/// What a one means in the cluster-wide bitmap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Polarity {
    /// Cluster-wide 1 = available, stack-specific 1 = in use; recovery is OR.
    OneIsAvailable,
    /// Cluster-wide 0 = available, stack-specific 0 = in use; recovery is AND.
    OneIsInUse,
}

/// CLUSTERPORTS added by VARY OBEY while connections run (001, text after F8B:890).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ClusterPortsAdded {
    /// Only while a distributed DVIPA has no active connection; else the statement has no effect.
    Refuse,
    /// A count for each stack and port; available when all are zero.
    Count,
}

/// One TCP/IP stack with its effective configuration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StackModel {
    /// Name of the stack, unique in the model.
    pub name: String,
    /// Job name of the stack, where that is another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub job: Option<String>,
    /// System (MVS image) it runs on.
    pub system: String,
    /// CPC of that system, if told.
    pub cpc: Option<String>,
    /// XCF group; stacks of different groups know nothing of each other.
    pub xcf_group: String,
    /// Dynamic XCF addresses, at most one of each family.
    #[serde(default)]
    pub xcf: Vec<IpAddr>,
    /// Addresses of the HOME list and of INTERFACE statements, in order.
    #[serde(default)]
    pub home: Vec<HomeAddress>,
    /// IPCONFIG SOURCEVIPA.
    #[serde(default)]
    pub source_vipa: bool,
    /// IPCONFIG TCPSTACKSOURCEVIPA.
    #[serde(default)]
    pub tcp_stack_source_vipa: Option<IpAddr>,
    /// VIPADEFINE and VIPABACKUP, in order of the profile.
    #[serde(default)]
    pub dvipas: Vec<DvipaModel>,
    /// VIPARANGE, in order of the profile.
    #[serde(default)]
    pub ranges: Vec<RangeModel>,
    /// VIPADISTRIBUTE, in order of the profile.
    #[serde(default)]
    pub distributions: Vec<DistributionModel>,
    /// SOURCEIPA (founding) or SRCIP (product) entries, in order of the profile.
    #[serde(default)]
    pub sources: Vec<SourceModel>,
    /// PORT and PORTRANGE, in order of the profile.
    #[serde(default)]
    pub ports: Vec<PortModel>,
    /// First and last ephemeral port for TCP; the default of the tables when absent.
    #[serde(default)]
    pub ephemeral: Option<(u16, u16)>,
    /// Interfaces, routes and what else decides source addresses and ports in the product.
    #[serde(default)]
    pub network: NetworkModel,
    /// What only the product's tables look at.
    #[serde(default)]
    pub product: ProductStack,
}

impl StackModel {
    /// Job name of the stack, as displays show it.
    #[must_use]
    pub fn job_name(&self) -> &str {
        self.job.as_deref().unwrap_or(&self.name)
    }
}

/// Options of a stack that the founding documents know nothing of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ProductStack {
    /// IPCONFIG or IPCONFIG6 SYSPLEXROUTING.
    #[serde(default)]
    pub sysplex_routing: bool,
    /// GLOBALCONFIG SYSPLEXMONITOR (04 1.8).
    #[serde(default)]
    pub monitor: Monitor,
    /// VIPAROUTE, in order of the profile (04 5.10).
    #[serde(default)]
    pub routes: Vec<RouteModel>,
    /// VIPADELETE of the OBEYFILE that gave this configuration, for addresses without VIPADEFINE and VIPABACKUP: what an
    /// ioctl made of them ends (04 1.2 S13).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deleted: Vec<IpAddr>,
    /// The same for interface names of IPv6 ranges: whatever ioctls made of such a range ends.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deleted_interfaces: Vec<String>,
}

/// GLOBALCONFIG SYSPLEXMONITOR with its defaults (04 1.8).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Monitor {
    /// TIMERSECS, in seconds.
    pub timer: u16,
    /// RECOVERY: a problem that lasts makes the stack leave its group.
    pub recovery: bool,
    /// AUTOREJOIN: it joins again when the problem is gone.
    pub auto_rejoin: bool,
    /// DELAYJOIN: it joins when OMPROUTE is up.
    pub delay_join: bool,
    /// NOJOIN: it joins when the operator says so.
    pub no_join: bool,
    /// MONINTERFACE: interfaces are watched.
    pub interfaces: bool,
    /// DYNROUTE: dynamic routes over them are watched, too.
    pub dynamic_routes: bool,
}

impl Default for Monitor {
    fn default() -> Self {
        Self {
            timer: 60,
            recovery: false,
            auto_rejoin: false,
            delay_join: false,
            no_join: false,
            interfaces: false,
            dynamic_routes: false,
        }
    }
}

/// VIPAROUTE DEFINE.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RouteModel {
    /// Dynamic XCF address that names the target stack.
    pub xcf: IpAddr,
    /// Address of the target that packets are sent to.
    pub target: IpAddr,
}

/// An address that a stack has without any DVIPA statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct HomeAddress {
    /// The address.
    pub address: IpAddr,
    /// Link or interface name.
    pub link: String,
    /// True for a static VIPA.
    #[serde(rename = "virtual")]
    pub is_virtual: bool,
}

/// VIPADEFINE or VIPABACKUP of one address on one stack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DvipaModel {
    /// The DVIPA.
    pub address: IpAddr,
    /// Which statement.
    pub origin: DvipaOrigin,
    /// Mask or prefix; absent on a backup that inherits it, and in the founding documents.
    #[serde(default)]
    pub subnet: Option<IpNet>,
    /// MOVEABLE as coded or by default; absent on a backup that codes none.
    #[serde(default)]
    pub moveable: Option<Moveable>,
    /// CLUSTERPORTS on this statement.
    #[serde(default)]
    pub cluster_ports: bool,
    /// CPCSCOPE.
    #[serde(default)]
    pub cpc_scope: bool,
    /// TIER1 or TIER2.
    #[serde(default)]
    pub tier: Option<u8>,
    /// Interface name of an IPv6 DVIPA.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interface: Option<String>,
    /// SERVICEMGR, which displays show.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub service_manager: bool,
}

/// How a DVIPA came to a stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DvipaOrigin {
    /// VIPADEFINE.
    Define,
    /// VIPABACKUP with this rank, 1 to 254, higher first.
    Backup(u8),
}

/// How an address leaves its owner when another stack asks for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Moveable {
    /// At once.
    Immediate,
    /// When the last connection has ended.
    WhenIdle,
}

/// VIPARANGE.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RangeModel {
    /// The subnet, host bits cleared.
    pub subnet: IpNet,
    /// False is MOVEABLE DISRUPTIVE.
    pub non_disruptive: bool,
    /// CLUSTERPORTS on this statement.
    #[serde(default)]
    pub cluster_ports: bool,
    /// SAF resource name, upper case.
    #[serde(default)]
    pub saf: Option<String>,
    /// Interface name of a range of IPv6.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interface: Option<String>,
}

/// A source address for application instances.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SourceModel {
    /// The address to leave from.
    pub address: IpAddr,
    /// Whom it is for.
    pub who: SourceFor,
}

/// Selector of a source entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SourceFor {
    /// Job name, user id or group of user ids, with the wildcards of PORT (`*` and `?`).
    Job(String),
    /// SRCIP DESTINATION.
    Destination(IpNet),
}

/// A PORT or PORTRANGE entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PortModel {
    /// First port.
    pub first: u16,
    /// Last port, inclusive.
    pub last: u16,
    /// True for TCP, false for UDP.
    pub tcp: bool,
    /// Who may use it.
    pub who: PortFor,
    /// SHAREPORT or SHAREPORTWLM.
    #[serde(default)]
    pub share: bool,
    /// BIND address.
    #[serde(default)]
    pub bind: Option<IpAddr>,
    /// SHAREPORTWLM.
    #[serde(default)]
    pub share_wlm: bool,
    /// SAF resource.
    #[serde(default)]
    pub saf: Option<String>,
    /// NOAUTOLOG.
    #[serde(default)]
    pub no_autolog: bool,
}

/// Holder of a reservation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PortFor {
    /// Job name pattern.
    Job(String),
    /// RESERVED: nobody.
    Reserved,
    /// AUTHPORT: FTP passive data.
    Authport,
}

/// A job of the sysplex description.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct JobModel {
    /// Job name.
    pub name: String,
    /// User id, if told.
    #[serde(default)]
    pub user: Option<String>,
    /// Stacks it runs on.
    pub stacks: Vec<String>,
}
