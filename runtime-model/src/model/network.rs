//! How a stack of the product leaves the system: interfaces, static routes, source addresses, ports (04 sections 2 to 4).
//!
//! The founding tables do not look at it.

use std::collections::BTreeMap;
use std::net::IpAddr;

use ipnet::{IpNet, Ipv6Net};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::SourceFor;

/// What decides source addresses and ports on one stack.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NetworkModel {
    /// Links in the order of HOME, then INTERFACEs in the order of the profile, then dynamic XCF.
    #[serde(default)]
    pub interfaces: Vec<InterfaceModel>,
    /// Static routes of BEGINROUTES, in order; those of GATEWAY are not kept.
    #[serde(default)]
    pub routes: Vec<StaticRoute>,
    /// IPCONFIG MULTIPATH, IPCONFIG6 MULTIPATH.
    #[serde(default)]
    pub multipath: ByFamily,
    /// IPCONFIG6 SOURCEVIPA; that of IPCONFIG is a field of the stack.
    #[serde(default)]
    pub source_vipa6: bool,
    /// IPCONFIG6 TCPSTACKSOURCEVIPA.
    #[serde(default)]
    pub tcp_stack_source_vipa6: Option<NamedAddresses>,
    /// SRCIP, in order of the profile.
    #[serde(default)]
    pub srcip: Vec<SrcipModel>,
    /// DEFADDRTABLE; empty is the default table of 04:2.4.
    #[serde(default)]
    pub policy: Vec<PolicyModel>,
    /// UNRSV entries of PORT, in order.
    #[serde(default)]
    pub unreserved: Vec<UnreservedModel>,
    /// RESTRICTLOWPORTS of TCPCONFIG and UDPCONFIG.
    #[serde(default)]
    pub restrict_low_ports: ByProtocol,
    /// First and last ephemeral port for UDP; that for TCP is a field of the stack.
    #[serde(default)]
    pub ephemeral_udp: Option<(u16, u16)>,
    /// GLOBALCONFIG EXPLICITBINDPORTRANGE.
    #[serde(default)]
    pub explicit_bind: Option<ExplicitBindModel>,
    /// First and last port of INADDRANYPORT and INADDRANYCOUNT, where the system has several stacks under common INET.
    #[serde(default)]
    pub inaddrany: Option<(u16, u16)>,
    /// Security labels, where multilevel security is active.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub security: Option<SecurityModel>,
    /// Settings that decide nothing in the model and that NETSTAT CONFIG shows: by its labels in upper case, those of the tables of
    /// UDP and IPv6 with the name of the table before them.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub displayed: BTreeMap<String, String>,
}

/// What multilevel security knows of a stack (04 1.2 S6).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SecurityModel {
    /// Label of the user id that the stack runs under; SYSMULTI is an unrestricted stack.
    pub label: String,
    /// NETACCESS, in order of the profile.
    pub zones: Vec<ZoneModel>,
}

/// An entry of NETACCESS.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ZoneModel {
    /// Which addresses are in it.
    pub network: ZoneFor,
    /// Last qualifier of its resource profile.
    pub zone: String,
    /// Its security label, if it is known.
    #[serde(default)]
    pub label: Option<String>,
}

/// Which addresses are in a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ZoneFor {
    /// Those of a network.
    Network(IpNet),
    /// DEFAULT: those in no other entry.
    Default,
    /// DEFAULTHOME: addresses of the stack that are in no network.
    Home,
}

/// A switch for each family.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ByFamily {
    /// IPv4.
    #[serde(default)]
    pub ipv4: bool,
    /// IPv6.
    #[serde(default)]
    pub ipv6: bool,
}

/// A switch for each protocol.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ByProtocol {
    /// TCP.
    #[serde(default)]
    pub tcp: bool,
    /// UDP.
    #[serde(default)]
    pub udp: bool,
}

/// How an interface came to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum InterfaceKind {
    /// DEVICE and LINK: the order of HOME gives its source VIPA.
    Link,
    /// INTERFACE: SOURCEVIPAINTERFACE names its source VIPA.
    Interface,
    /// IPCONFIG or IPCONFIG6 DYNAMICXCF.
    DynamicXcf,
    /// Further addresses of LOOPBACK.
    Loopback,
}

/// A link or interface with its addresses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct InterfaceModel {
    /// Name, upper case; `DYNAMICXCF` for the links that the stack makes itself.
    pub name: String,
    /// Where it is from.
    pub kind: InterfaceKind,
    /// True for static VIPAs.
    #[serde(rename = "virtual")]
    pub is_virtual: bool,
    /// Addresses in order; those that the stack completes or makes while it runs are not among them.
    #[serde(default)]
    pub addresses: Vec<InterfaceAddress>,
    /// SOURCEVIPAINTERFACE.
    #[serde(default)]
    pub source_vipa: Option<String>,
}

/// An address of an interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct InterfaceAddress {
    /// The address.
    pub address: IpAddr,
    /// DEPRADDR.
    #[serde(default)]
    pub deprecated: bool,
}

/// A static route.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StaticRoute {
    /// Destination; length 0 for DEFAULT.
    pub destination: IpNet,
    /// The router; absent for a destination that is directly attached.
    #[serde(default)]
    pub hop: Option<IpAddr>,
    /// Link or interface.
    pub interface: String,
}

/// An interface by name, with the addresses that it has in the profile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NamedAddresses {
    /// Name of the interface.
    pub name: String,
    /// Its addresses; empty when no statement defines it.
    #[serde(default)]
    pub addresses: Vec<IpAddr>,
}

/// An SRCIP entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SrcipModel {
    /// Job pattern or destination.
    pub who: SourceFor,
    /// What it gives.
    pub from: SrcipFrom,
    /// CLIENT, SERVER or BOTH; CLIENT for destinations.
    pub role: SrcipRole,
}

/// What an SRCIP entry gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SrcipFrom {
    /// This address.
    Address(IpAddr),
    /// An IPv6 address of this interface.
    Interface(NamedAddresses),
    /// TEMPADDRS.
    Temporary,
    /// PUBLICADDRS.
    Public,
}

/// Which sockets of a job an SRCIP entry is for (01:SI-06).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SrcipRole {
    /// Those that connect.
    Client,
    /// Those that bind to no address and listen.
    Server,
    /// Both.
    Both,
}

/// A line of DEFADDRTABLE.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PolicyModel {
    /// Addresses of the entry; IPv4 as mapped addresses.
    pub prefix: Ipv6Net,
    /// Of two destinations the one with the higher value comes first.
    pub precedence: u16,
    /// Source and destination with the same value go together.
    pub label: u16,
}

/// A PORT UNRSV entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct UnreservedModel {
    /// True for TCP, false for UDP.
    pub tcp: bool,
    /// Job name pattern.
    pub job: String,
    /// DENY.
    #[serde(default)]
    pub deny: bool,
    /// SAF resource.
    #[serde(default)]
    pub saf: Option<String>,
    /// WHENBIND; else WHENLISTEN.
    #[serde(default)]
    pub when_bind: bool,
}

/// EXPLICITBINDPORTRANGE of one stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct ExplicitBindModel {
    /// First port.
    pub first: u16,
    /// Last port, inclusive.
    pub last: u16,
    /// How often the stack has processed the parameter: a repeated range becomes the active one again.
    #[serde(default)]
    pub processed: u16,
}
