//! What an INTERFACE is made of (03 4 to 6).

use std::net::{IpAddr, Ipv4Addr};

use ipnet::{IpNet, Ipv4Net};
use serde::Serialize;

use crate::place::At;
use crate::statements::addresses::Addresses;
use crate::statements::coded::Coded;
use crate::table::{Keyed, key};

/// Type of an interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum InterfaceKind {
    /// OSA-Express, IPv4.
    Ipaqenet,
    /// OSA-Express, IPv6.
    Ipaqenet6,
    /// Network Express, IPv4.
    Eqenet,
    /// Network Express, IPv6.
    Eqenet6,
    /// HiperSockets, IPv4.
    Ipaqidio,
    /// HiperSockets, IPv6.
    Ipaqidio6,
    /// Point to point, IPv6.
    Mpcptp6,
    /// Static VIPA, IPv4.
    Virtual,
    /// Static VIPAs, IPv6.
    Virtual6,
}

impl InterfaceKind {
    /// The keyword.
    #[must_use]
    pub fn keyword(self) -> &'static str {
        match self {
            Self::Ipaqenet => "IPAQENET",
            Self::Ipaqenet6 => "IPAQENET6",
            Self::Eqenet => "EQENET",
            Self::Eqenet6 => "EQENET6",
            Self::Ipaqidio => "IPAQIDIO",
            Self::Ipaqidio6 => "IPAQIDIO6",
            Self::Mpcptp6 => "MPCPTP6",
            Self::Virtual => "VIRTUAL",
            Self::Virtual6 => "VIRTUAL6",
        }
    }
    /// Without hardware: a static VIPA.
    #[must_use]
    pub fn is_virtual(self) -> bool {
        match self {
            Self::Virtual | Self::Virtual6 => true,
            Self::Ipaqenet
            | Self::Ipaqenet6
            | Self::Eqenet
            | Self::Eqenet6
            | Self::Ipaqidio
            | Self::Ipaqidio6
            | Self::Mpcptp6 => false,
        }
    }
    /// For IPv6.
    #[must_use]
    pub fn is_ipv6(self) -> bool {
        match self {
            Self::Ipaqenet6 | Self::Eqenet6 | Self::Ipaqidio6 | Self::Mpcptp6 | Self::Virtual6 => true,
            Self::Ipaqenet | Self::Eqenet | Self::Ipaqidio | Self::Virtual => false,
        }
    }
    /// On an adapter of its own kind: OSA-Express or Network Express.
    #[must_use]
    pub fn is_osa(self) -> bool {
        match self {
            Self::Ipaqenet | Self::Ipaqenet6 | Self::Eqenet | Self::Eqenet6 => true,
            Self::Ipaqidio | Self::Ipaqidio6 | Self::Mpcptp6 | Self::Virtual | Self::Virtual6 => false,
        }
    }
}

/// An address or prefix of an interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Address {
    /// The address.
    pub address: IpAddr,
    /// Length of mask, prefix route or prefix; absent for none and for /0.
    pub bits: Option<u8>,
    /// DEPRADDR.
    pub deprecated: bool,
    /// In the text.
    pub at: At,
}

impl Address {
    /// Whether it is a prefix, that the stack completes: all bits behind its length are zero.
    #[must_use]
    pub fn is_prefix(&self) -> bool {
        match (self.address, self.bits) {
            (IpAddr::V6(address), Some(bits)) => {
                bits < 128 && u128::from(address).checked_shl(u32::from(bits)).unwrap_or(0) == 0
            }
            (IpAddr::V6(_), None) | (IpAddr::V4(_), _) => false,
        }
    }
    /// Its network, where a length tells.
    #[must_use]
    pub fn net(&self) -> Option<IpNet> {
        IpNet::new(self.address, self.bits?).ok()
    }
}

/// VMAC.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Vmac {
    /// The address, upper case, if one is given.
    pub mac: Option<String>,
    /// ROUTEALL, also when nothing is said; else ROUTELCL.
    pub route_all: bool,
    /// In the text.
    pub at: At,
}

/// SMCR with its operands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Smcr {
    /// PFID.
    pub function: Option<String>,
    /// SMCRIPADDR.
    pub address: Option<Ipv4Addr>,
    /// SMCR in the text.
    pub at: At,
    /// SMCRIPADDR's address in the text.
    #[serde(skip)]
    pub address_at: At,
}

/// A name with its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Named {
    /// The name.
    pub name: String,
    /// In the text.
    pub at: At,
    /// What it names stood before it.
    #[serde(skip)]
    pub was_there: bool,
}

/// Places of keywords that rules speak of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spots {
    /// PRIROUTER or SECROUTER.
    pub router: Option<At>,
    /// DYNVLANREG.
    pub register: Option<At>,
    /// WORKLOADQ.
    pub workload: Option<At>,
    /// INBPERF.
    pub inbperf: Option<At>,
    /// OLM.
    pub olm: Option<At>,
    /// OSX.
    pub osx: Option<At>,
    /// First operand that the type has no use for, and its keyword.
    pub no_use: Option<(At, &'static str)>,
    /// VLANID's number.
    pub vlan: Option<At>,
    /// An operand has a system symbol without a value.
    pub unread: bool,
}

/// An interface.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Interface {
    /// Its name.
    pub name: String,
    /// Its type.
    pub kind: InterfaceKind,
    /// PORTNAME.
    pub port: Option<String>,
    /// CHPID, as a number.
    pub channel_path: Option<u32>,
    /// DEVNUM, as a number.
    pub device_number: Option<u32>,
    /// TRLENAME.
    pub trle: Option<String>,
    /// CHPIDTYPE OSX.
    pub osx: bool,
    /// Addresses and prefixes.
    pub addresses: Addresses,
    /// TEMPIP.
    pub temporary: bool,
    /// INTFID.
    pub interface_id: Option<String>,
    /// VLANID.
    pub vlan: Option<u64>,
    /// VMAC.
    pub vmac: Option<Vmac>,
    /// SMCR with operands.
    pub smcr: Option<Smcr>,
    /// SOURCEVIPAINTERFACE.
    pub source_vipa: Option<Named>,
    /// MTU.
    pub mtu: Option<u64>,
    /// PRIROUTER or SECROUTER.
    pub router: Option<String>,
    /// MONSYSPLEX.
    pub monitored: bool,
    /// Prefixes for temporary addresses.
    pub temporary_prefixes: Vec<String>,
    /// The other operands, as coded.
    #[serde(skip_serializing_if = "Coded::is_empty")]
    pub options: Coded,
    /// The name in the text.
    pub at: At,
    /// Places of keywords.
    #[serde(skip)]
    pub spots: Spots,
}

impl Keyed for Interface {
    fn keys(&self, add: &mut dyn FnMut(u64)) {
        add(key(self.name.as_str()));
        if let Some(hardware) = self.hardware() {
            add(key(hardware.as_str()));
        }
        if let Some(mac) = self.vmac.as_ref().and_then(|vmac| vmac.mac.as_ref()) {
            add(key(mac.as_str()));
        }
        let mut addresses: Vec<IpAddr> = self.addresses.iter().map(|address| address.address).collect();
        addresses.sort_unstable();
        addresses.dedup();
        addresses.into_iter().for_each(|address| add(key(address)));
    }
}

impl Interface {
    /// The hardware it is on, for interfaces that may share it: OSA by port or device, HiperSockets by channel path (03 4.1).
    #[must_use]
    pub fn hardware(&self) -> Option<String> {
        let port = || self.port.as_ref().map(|port| format!("OSA port {port}"));
        let device = || self.device_number.map(|number| format!("device {number:04X}"));
        let path = || self.channel_path.map(|path| format!("channel path {path:02X}"));
        match self.kind {
            InterfaceKind::Ipaqenet | InterfaceKind::Ipaqenet6 => port().or_else(device).or_else(path),
            InterfaceKind::Eqenet | InterfaceKind::Eqenet6 => device(),
            InterfaceKind::Ipaqidio | InterfaceKind::Ipaqidio6 => path(),
            InterfaceKind::Mpcptp6 | InterfaceKind::Virtual | InterfaceKind::Virtual6 => None,
        }
    }
    /// The IPv4 networks that its addresses tell.
    pub fn subnets(&self) -> impl Iterator<Item = Ipv4Net> {
        self.addresses.iter().filter_map(|address| match address.net() {
            Some(IpNet::V4(net)) => Some(net.trunc()),
            Some(IpNet::V6(_)) | None => None,
        })
    }
    /// Whether the same is said of both, whatever the places are.
    #[must_use]
    pub fn same(&self, other: &Self) -> bool {
        let addresses = |one: &Self| -> Vec<(IpAddr, Option<u8>)> {
            one.addresses.iter().map(|address| (address.address, address.bits)).collect()
        };
        let mac = |one: &Self| one.vmac.as_ref().map(|vmac| (vmac.mac.clone(), vmac.route_all));
        let source = |one: &Self| one.source_vipa.as_ref().map(|source| source.name.clone());
        self.kind == other.kind
            && self.hardware() == other.hardware()
            && self.trle == other.trle
            && addresses(self) == addresses(other)
            && self.temporary == other.temporary
            && self.vlan == other.vlan
            && mac(self) == mac(other)
            && source(self) == source(other)
            && self.mtu == other.mtu
            && self.router == other.router
            && self.monitored == other.monitored
            && self.options == other.options
    }
}
