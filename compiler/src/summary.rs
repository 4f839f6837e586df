//! What the other stacks need to know of a stack: small, and unchanged by most edits.

use std::collections::BTreeSet;
use std::net::IpAddr;
use std::sync::Arc;

use ipnet::IpNet;

use crate::place::At;
use crate::setup::StackSetup;
use crate::statements::dvipa::Dvipa;
use crate::statements::names;
use crate::statements::port::Reservation;
use crate::statements::sourceipa::Source;
use crate::statements::tcpconfig::Ephemeral;
use crate::statements::vipadistribute::Distribution;
use crate::statements::viparange::Range;
use crate::statements::viparoute::Route;
use crate::statements::{Config, autolog, globalconfig, options, portrange, srcip, vipasmparms};
use crate::table::{Keyed, Table, key};

/// An address of a stack that is no DVIPA.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HomeAddress {
    /// The address.
    pub address: IpAddr,
    /// Link or interface.
    pub link: String,
    /// True for a static VIPA.
    pub is_virtual: bool,
    /// HOME or INTERFACE.
    pub statement: &'static str,
    /// In the text.
    pub at: At,
}

/// A stack as its partners see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Name, system, CPC, group.
    pub setup: Arc<StackSetup>,
    /// Dynamic XCF addresses.
    pub xcf: Vec<(IpAddr, At)>,
    /// Home addresses in order.
    pub home: Table<HomeAddress>,
    /// SOURCEVIPA.
    pub source_vipa: bool,
    /// TCPSTACKSOURCEVIPA.
    pub stack_source: Option<(IpAddr, At)>,
    /// DVIPAs.
    pub dvipas: Table<Dvipa>,
    /// Ranges.
    pub ranges: Table<Range>,
    /// Distributions.
    pub distributions: Table<Distribution>,
    /// Source addresses for applications.
    pub sources: Vec<Source>,
    /// Port reservations.
    pub ports: Table<Arc<Reservation>>,
    /// Reservations of runs of ports.
    pub port_ranges: Table<portrange::Range>,
    /// TCPCONFIG EPHEMERALPORTS.
    pub ephemeral: Option<Ephemeral>,
    /// SYSPLEXROUTING.
    pub sysplex_routing: bool,
    /// Length of the prefix of the IPv4 dynamic XCF address.
    pub xcf_bits: Option<u8>,
    /// Options of the stack as a whole.
    pub global: globalconfig::Part,
    /// Routes to targets.
    pub routes: Table<Route>,
    /// Values for forwarding agents.
    pub service_manager: vipasmparms::Part,
    /// Procedures that the stack starts.
    pub autolog: Table<autolog::Entry>,
    /// TCPCONFIG RESTRICTLOWPORTS in the text, where it is in force.
    pub low_ports: Option<At>,
    /// TCPCONFIG TTLS in the text, where it is in force.
    pub ttls: Option<At>,
    /// Names in place of IPv6 source addresses that no interface of the stack has: the name, the statement, the place.
    pub nameless: Vec<(String, &'static str, At)>,
    /// REPLACEABLE static routes to single addresses.
    pub host_routes: Vec<(IpAddr, At)>,
    /// Whether an adapter answers for addresses that are not its own, or nobody can tell: VMAC, a router, a LINK.
    pub routed: bool,
    /// MAC addresses of VMAC.
    pub macs: Vec<(String, At)>,
    /// IPv4 networks of interfaces with hardware, with the name of the interface.
    pub nets: Vec<(IpNet, String, At)>,
    /// Lengths of the prefixes of its ranges.
    prefixes: BTreeSet<u8>,
    /// Their subnets.
    subnets: BTreeSet<IpNet>,
}

impl Keyed for HomeAddress {
    fn keys(&self, add: &mut dyn FnMut(u64)) {
        add(key(self.address));
    }
}

impl Summary {
    /// From what a stack holds.
    #[must_use]
    pub fn new(setup: &Arc<StackSetup>, config: &Config) -> Self {
        let listed = config.home.list.iter().map(|entry| HomeAddress {
            address: IpAddr::V4(entry.address),
            link: entry.link.clone(),
            is_virtual: names::link(config, &entry.link).is_some_and(|link| link.is_virtual),
            statement: "HOME",
            at: entry.at,
        });
        let xcf = config.ipconfig.xcf.iter().map(|xcf| (IpAddr::V4(xcf.address), xcf.at));
        let xcf6 = config.ipconfig6.xcf.iter().map(|xcf| (IpAddr::V6(xcf.address), xcf.at));
        let mut sources = config.sourceipa.sources.clone();
        sources.extend(srcip::sources(config, |name| interface_address(config, name)));
        let home = listed.chain(config.interface.home());
        Self {
            setup: Arc::clone(setup),
            xcf: xcf.chain(xcf6).collect(),
            home: home.collect(),
            source_vipa: config.ipconfig.source_vipa,
            stack_source: config.ipconfig.stack_source.map(|source| (IpAddr::V4(source.value), source.at)),
            dvipas: config.dvipa.list.clone(),
            ranges: config.viparange.list.clone(),
            distributions: config.vipadistribute.list.clone(),
            sources,
            ports: config.port.reservations.clone(),
            port_ranges: config.portrange.list.clone(),
            ephemeral: config.tcpconfig.ephemeral,
            sysplex_routing: config.ipconfig.sysplex_routing,
            xcf_bits: config.ipconfig.xcf.map(|xcf| xcf.bits),
            global: config.globalconfig.clone(),
            routes: config.viparoute.list.clone(),
            service_manager: config.vipasmparms.clone(),
            autolog: config.autolog.list.clone(),
            low_ports: options::on(config.tcpconfig.restrict_low_ports),
            ttls: options::on(config.tcpconfig.ttls),
            nameless: nameless(config),
            host_routes: host_routes(config),
            routed: routed(config),
            macs: macs(config),
            nets: nets(config),
            prefixes: config.viparange.list.iter().map(|range| range.subnet.prefix_len()).collect(),
            subnets: config.viparange.list.iter().map(|range| range.subnet).collect(),
        }
    }

    /// Name of the stack.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.setup.name
    }

    /// The DVIPA of this address.
    #[must_use]
    pub fn dvipa(&self, address: IpAddr) -> Option<&Dvipa> {
        self.dvipas.find(key(address), |dvipa| dvipa.address == address)
    }

    /// The range with the longest prefix that covers an address (VR-03).
    #[must_use]
    pub fn range(&self, address: IpAddr) -> Option<&Range> {
        self.prefixes.iter().rev().find_map(|bits| self.range_of(IpNet::new(address, *bits).ok()?.trunc()))
    }

    /// The range of a subnet.
    #[must_use]
    pub fn range_of(&self, subnet: IpNet) -> Option<&Range> {
        self.ranges.find(key(subnet), |range| range.subnet == subnet)
    }

    /// A range that covers a subnet: the widest there is.
    #[must_use]
    pub fn range_around(&self, subnet: IpNet) -> Option<&Range> {
        let wider = self.prefixes.range(..=subnet.prefix_len());
        wider.into_iter().find_map(|bits| self.range_of(IpNet::new(subnet.addr(), *bits).ok()?.trunc()))
    }

    /// A range inside a subnet, or of the same subnet.
    #[must_use]
    pub fn range_inside(&self, subnet: IpNet) -> Option<&Range> {
        let next = self.subnets.range(subnet..).next().filter(|next| subnet.contains(*next))?;
        self.range_of(*next)
    }

    /// The home address entry of an address.
    #[must_use]
    pub fn home_of(&self, address: IpAddr) -> Option<&HomeAddress> {
        self.home.find(key(address), |home| home.address == address)
    }

    /// Whether the stack has an address, or may come to have it, by what its own profile says.
    #[must_use]
    pub fn may_own(&self, address: IpAddr) -> bool {
        address.is_loopback()
            || self.has_xcf(address)
            || self.home_of(address).is_some()
            || self.dvipa(address).is_some()
            || self.range(address).is_some()
    }

    /// Whether one of its dynamic XCF addresses is this.
    #[must_use]
    pub fn has_xcf(&self, address: IpAddr) -> bool {
        self.xcf.iter().any(|(xcf, _)| *xcf == address)
    }
}

/// The IPv6 address that a name of an interface stands for.
fn interface_address(config: &Config, name: &str) -> Option<IpAddr> {
    let dvipa = config.dvipa.named(name).map(|dvipa| dvipa.address);
    dvipa.or_else(|| {
        let addresses = &names::interface(config, name)?.addresses;
        let full = addresses.iter().find(|known| known.address.is_ipv6() && !known.is_prefix());
        full.map(|known| known.address)
    })
}

fn macs(config: &Config) -> Vec<(String, At)> {
    let vmacs = config.interface.list.iter().filter_map(|interface| interface.vmac.as_ref());
    vmacs.filter_map(|vmac| Some((vmac.mac.clone()?, vmac.at))).collect()
}

fn nets(config: &Config) -> Vec<(IpNet, String, At)> {
    let real = config.interface.list.iter().filter(|interface| !interface.kind.is_virtual());
    real.flat_map(|interface| {
        interface.subnets().map(|net| (IpNet::V4(net), interface.name.clone(), interface.at))
    })
    .collect()
}

fn nameless(config: &Config) -> Vec<(String, &'static str, At)> {
    let named = config.srcip.entries.iter().filter_map(|entry| match &entry.from {
        srcip::From::Interface(name) => Some((name.clone(), "SRCIP", entry.from_at)),
        srcip::From::Address(_) | srcip::From::Temporary | srcip::From::Public => None,
    });
    let stack = config.ipconfig6.stack_source.iter();
    let all =
        named.chain(stack.map(|source| (source.name.clone(), "TCPSTACKSOURCEVIPA of IPCONFIG6", source.at)));
    all.filter(|(name, ..)| interface_address(config, name).is_none()).collect()
}

fn host_routes(config: &Config) -> Vec<(IpAddr, At)> {
    let routes = config.beginroutes.routes.iter().filter(|route| route.replaceable);
    let single = routes.filter(|route| route.destination.prefix_len() == route.destination.max_prefix_len());
    single.map(|route| (route.destination.addr(), route.at)).collect()
}

fn routed(config: &Config) -> bool {
    let interfaces = config.interface.list.iter();
    config.link.links.iter().any(|link| !link.is_virtual)
        || interfaces.clone().any(|interface| interface.vmac.is_some() || interface.router.is_some())
}
