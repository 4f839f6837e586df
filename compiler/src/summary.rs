//! What the other stacks need to know of a stack: small, and unchanged by most edits.

use std::collections::BTreeSet;
use std::net::IpAddr;
use std::sync::Arc;

use ipnet::IpNet;

use crate::aspect::{self, Aspects, Watched};
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
use crate::statements::{
    Config, autolog, globalconfig, options, portrange, srcip, undetermined, vipasmparms,
};
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
    pub xcf: Watched<Vec<(IpAddr, At)>, { aspect::XCF }>,
    /// Home addresses in order.
    pub home: Watched<Table<HomeAddress>, { aspect::HOME }>,
    /// What is known of it in part only.
    pub undetermined: undetermined::Part,
    /// SOURCEVIPA.
    pub source_vipa: bool,
    /// TCPSTACKSOURCEVIPA.
    pub stack_source: Option<(IpAddr, At)>,
    /// DVIPAs.
    pub dvipas: Watched<Table<Dvipa>, { aspect::DVIPAS }>,
    /// Ranges.
    pub ranges: Watched<Table<Range>, { aspect::RANGES }>,
    /// Distributions.
    pub distributions: Watched<Table<Distribution>, { aspect::DISTRIBUTIONS }>,
    /// Source addresses for applications.
    pub sources: Watched<Vec<Source>, { aspect::SOURCES }>,
    /// Port reservations.
    pub ports: Watched<Table<Arc<Reservation>>, { aspect::PORTS }>,
    /// Those of them with BIND.
    pub bound: Watched<Vec<Arc<Reservation>>, { aspect::PORTS }>,
    /// Reservations of runs of ports.
    pub port_ranges: Watched<Table<portrange::Range>, { aspect::PORT_RANGES }>,
    /// TCPCONFIG EPHEMERALPORTS.
    pub ephemeral: Option<Ephemeral>,
    /// SYSPLEXROUTING.
    pub sysplex_routing: bool,
    /// Length of the prefix of the IPv4 dynamic XCF address.
    pub xcf_bits: Option<u8>,
    /// Options of the stack as a whole.
    pub global: Watched<globalconfig::Part, { aspect::GLOBAL }>,
    /// Routes to targets.
    pub routes: Watched<Table<Route>, { aspect::ROUTES }>,
    /// Values for forwarding agents.
    pub service_manager: vipasmparms::Part,
    /// Procedures that the stack starts.
    pub autolog: Watched<Table<autolog::Entry>, { aspect::AUTOLOG }>,
    /// TCPCONFIG RESTRICTLOWPORTS in the text, where it is in force.
    pub low_ports: Option<At>,
    /// TCPCONFIG TTLS in the text, where it is in force.
    pub ttls: Option<At>,
    /// Names in place of IPv6 source addresses that no interface of the stack has: the name, the statement, the place.
    pub nameless: Watched<Vec<(String, &'static str, At)>, { aspect::NAMELESS }>,
    /// REPLACEABLE static routes to single addresses.
    pub host_routes: Watched<Vec<(IpAddr, At)>, { aspect::HOST_ROUTES }>,
    /// Whether an adapter answers for addresses that are not its own, or nobody can tell: VMAC, a router, a LINK.
    pub routed: bool,
    /// MAC addresses of VMAC.
    pub macs: Watched<Vec<(String, At)>, { aspect::MACS }>,
    /// IPv4 networks of interfaces with hardware, with the name of the interface.
    pub nets: Watched<Vec<(IpNet, String, At)>, { aspect::NETS }>,
    /// Lengths of the prefixes of its ranges.
    prefixes: Watched<BTreeSet<u8>, { aspect::RANGES }>,
    /// Their subnets.
    subnets: Watched<BTreeSet<IpNet>, { aspect::RANGES }>,
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
            link: entry.link.to_string(),
            is_virtual: names::link(config, &entry.link).is_some_and(|link| link.is_virtual()),
            statement: "HOME",
            at: entry.at,
        });
        let xcf = config.ipconfig.xcf.iter().map(|xcf| (IpAddr::V4(xcf.address), xcf.at));
        let xcf6 = config.ipconfig6.xcf.iter().map(|xcf| (IpAddr::V6(xcf.address), xcf.at));
        let mut sources = config.sourceipa.sources.clone();
        sources.extend(srcip::sources(config, |name| interface_address(config, name)));
        let bound = config.port.reservations.iter().filter(|reservation| reservation.bind.is_some());
        let home = listed.chain(config.interface.home());
        Self {
            setup: Arc::clone(setup),
            xcf: xcf.chain(xcf6).collect::<Vec<_>>().into(),
            home: home.collect::<Table<_>>().into(),
            undetermined: config.undetermined.clone(),
            source_vipa: config.ipconfig.source_vipa,
            stack_source: config.ipconfig.stack_source.map(|source| (IpAddr::V4(source.value), source.at)),
            dvipas: config.dvipa.list.clone().into(),
            ranges: config.viparange.list.clone().into(),
            distributions: config.vipadistribute.list.clone().into(),
            sources: sources.into(),
            ports: config.port.reservations.clone().into(),
            bound: bound.cloned().collect::<Vec<_>>().into(),
            port_ranges: config.portrange.list.clone().into(),
            ephemeral: config.tcpconfig.ephemeral,
            sysplex_routing: config.ipconfig.sysplex_routing,
            xcf_bits: config.ipconfig.xcf.map(|xcf| xcf.bits),
            global: config.globalconfig.clone().into(),
            routes: config.viparoute.list.clone().into(),
            service_manager: config.vipasmparms.clone(),
            autolog: config.autolog.list.clone().into(),
            low_ports: options::on(config.tcpconfig.restrict_low_ports),
            ttls: options::on(config.tcpconfig.ttls),
            nameless: nameless(config).into(),
            host_routes: host_routes(config).into(),
            routed: routed(config),
            macs: macs(config).into(),
            nets: nets(config).into(),
            prefixes: config
                .viparange
                .list
                .iter()
                .map(|range| range.subnet.prefix_len())
                .collect::<BTreeSet<_>>()
                .into(),
            subnets: config.viparange.list.iter().map(|range| range.subnet).collect::<BTreeSet<_>>().into(),
        }
    }

    /// Which parts are not as they were; all else about it counts as [`aspect::BASE`].
    #[must_use]
    pub fn differing(&self, now: &Self) -> Aspects {
        let parts = Aspects::default()
            .with_if(aspect::XCF, self.xcf != now.xcf)
            .with_if(aspect::HOME, self.home != now.home)
            .with_if(aspect::DVIPAS, self.dvipas != now.dvipas)
            .with_if(aspect::RANGES, self.ranges != now.ranges)
            .with_if(aspect::DISTRIBUTIONS, self.distributions != now.distributions)
            .with_if(aspect::SOURCES, self.sources != now.sources)
            .with_if(aspect::PORTS, self.ports != now.ports)
            .with_if(aspect::PORT_RANGES, self.port_ranges != now.port_ranges)
            .with_if(aspect::GLOBAL, self.global != now.global)
            .with_if(aspect::ROUTES, self.routes != now.routes)
            .with_if(aspect::AUTOLOG, self.autolog != now.autolog)
            .with_if(aspect::NAMELESS, self.nameless != now.nameless)
            .with_if(aspect::HOST_ROUTES, self.host_routes != now.host_routes)
            .with_if(aspect::MACS, self.macs != now.macs)
            .with_if(aspect::NETS, self.nets != now.nets);
        let Self {
            setup,
            undetermined,
            source_vipa,
            stack_source,
            ephemeral,
            sysplex_routing,
            xcf_bits,
            service_manager,
            low_ports,
            ttls,
            routed,
            ..
        } = self;
        let base = *setup == now.setup
            && *undetermined == now.undetermined
            && *source_vipa == now.source_vipa
            && *stack_source == now.stack_source
            && *ephemeral == now.ephemeral
            && *sysplex_routing == now.sysplex_routing
            && *xcf_bits == now.xcf_bits
            && *service_manager == now.service_manager
            && *low_ports == now.low_ports
            && *ttls == now.ttls
            && *routed == now.routed;
        parts.with_if(aspect::BASE, !base)
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
    config.link.links.iter().any(|link| !link.is_virtual())
        || interfaces.clone().any(|interface| interface.vmac.is_some() || interface.router.is_some())
}
