//! Where the statements of a profile stand, by what they are about.

use std::net::IpAddr;
use std::sync::Arc;

use compiler::Snapshot;
use compiler::fold::Folded;
use compiler::place::At;
use ipnet::IpNet;

/// The statements of one stack.
pub(super) struct Wheres {
    folded: Option<Arc<Folded>>,
}

impl Wheres {
    /// Of a stack, by its name.
    pub(super) fn new(snapshot: &Snapshot, stack: &str) -> Self {
        Self { folded: snapshot.folded(stack) }
    }

    /// VIPADEFINE or VIPABACKUP.
    pub(super) fn dvipa(&self, address: IpAddr) -> Option<At> {
        let folded = self.folded.as_ref()?;
        folded.config.dvipa.list.iter().find(|dvipa| dvipa.address == address).map(|dvipa| dvipa.at)
    }

    /// VIPARANGE.
    pub(super) fn range(&self, subnet: IpNet) -> Option<At> {
        let folded = self.folded.as_ref()?;
        folded.config.viparange.list.iter().find(|range| range.subnet == subnet).map(|range| range.at)
    }

    /// VIPADISTRIBUTE.
    pub(super) fn distribution(&self, address: IpAddr, port: Option<u16>) -> Option<At> {
        let folded = self.folded.as_ref()?;
        let of_address = || folded.config.vipadistribute.list.iter().filter(|one| one.dvipa == address);
        let exact = of_address().find(|one| match port {
            Some(port) => one.ports.contains(&port),
            None => one.ports.is_empty(),
        });
        exact.or_else(|| of_address().next()).map(|one| one.at)
    }

    /// VIPAROUTE.
    pub(super) fn route(&self, xcf: IpAddr) -> Option<At> {
        let folded = self.folded.as_ref()?;
        folded.config.viparoute.list.iter().find(|route| route.xcf == xcf).map(|route| route.at)
    }

    /// PORT or PORTRANGE.
    pub(super) fn port(&self, first: Option<u16>, tcp: bool) -> Option<At> {
        let config = &self.folded.as_ref()?.config;
        let Some(port) = first else {
            return config.port.unreserved.iter().find(|entry| entry.tcp == tcp).map(|entry| entry.at);
        };
        let entry = config.port.reservations.iter().find(|entry| entry.port == port && entry.tcp == tcp);
        let range = || config.portrange.list.iter().find(|range| range.first == port && range.tcp == tcp);
        entry.map(|entry| entry.at).or_else(|| range().map(|range| range.at))
    }

    /// The entry of SRCIP at this place, in order of the profile.
    pub(super) fn source(&self, nth: usize) -> Option<At> {
        self.folded.as_ref()?.config.srcip.entries.iter().nth(nth).map(|entry| entry.at)
    }

    /// HOME or INTERFACE.
    pub(super) fn home(&self, address: IpAddr) -> Option<At> {
        let config = &self.folded.as_ref()?.config;
        let entry = config.home.list.iter().find(|entry| IpAddr::V4(entry.address) == address);
        let interface = || {
            let mut all = config.interface.list.iter().flat_map(|interface| &interface.addresses);
            all.find(|known| known.address == address).map(|known| known.at)
        };
        entry.map(|entry| entry.at).or_else(interface)
    }

    /// The static route at this place, those of IPv4 first, as NETSTAT ROUTE has them.
    pub(super) fn static_route(&self, nth: usize) -> Option<At> {
        let mut routes: Vec<_> = self.folded.as_ref()?.config.beginroutes.routes.iter().collect();
        routes.sort_by_key(|route| route.destination.addr().is_ipv6());
        routes.get(nth).map(|route| route.at)
    }

    /// INTERFACE or LINK of a name.
    pub(super) fn interface(&self, name: &str) -> Option<At> {
        let config = &self.folded.as_ref()?.config;
        let interface = config.interface.list.iter().find(|one| one.name.eq_ignore_ascii_case(name));
        let home = || config.home.list.iter().find(|entry| entry.link.eq_ignore_ascii_case(name));
        interface.map(|one| one.at).or_else(|| home().map(|entry| entry.at))
    }

    /// Names of DEVICE and LINK statements.
    pub(super) fn devices(&self) -> Vec<String> {
        let Some(folded) = self.folded.as_ref() else { return Vec::new() };
        let devices = folded.config.device.devices.iter().map(|device| device.name.to_string());
        devices.chain(folded.config.link.links.iter().map(|link| link.name.to_string())).collect()
    }

    /// The keyword behind a label of NETSTAT CONFIG.
    pub(super) fn setting(&self, label: &str) -> Option<At> {
        let config = &self.folded.as_ref()?.config;
        let monitor = &config.globalconfig.monitor;
        match label {
            "RESTRICTLOWPORT" => config.tcpconfig.restrict_low_ports.map(|flag| flag.at),
            "SOURCEVIPA" => config.ipconfig.source_vipa_at,
            "SOMAXCONN" => config.somaxconn.backlog.map(|backlog| backlog.at),
            "TTLS" => config.tcpconfig.ttls.map(|flag| flag.at),
            "DELAYACK" => config.tcpconfig.delay_acks.map(|flag| flag.at),
            "DEFAULTRCVBUFSIZE" => config.tcpconfig.receive.map(|size| size.at),
            "DEFLTMAXRCVBUFSIZE" => config.tcpconfig.most_receive.map(|size| size.at),
            "EPHEMERALPORTS" => config.tcpconfig.ephemeral.map(|ports| ports.at),
            "UDP EPHEMERALPORTS" => config.udpconfig.ephemeral.map(|ports| ports.at),
            "UDP RESTRICTLOWPORT" => config.udpconfig.restrict_low_ports.map(|flag| flag.at),
            "FORWARDING" => config.ipconfig.forward.map(|flag| flag.at),
            "IPSECURITY" => config.ipconfig.ipsecurity.map(|flag| flag.at),
            "MULTIPATH" => config.ipconfig.multipath.map(|flag| flag.at),
            "XCFGRPID" => config.globalconfig.group.map(|group| group.at),
            "EXPLICITBINDPORTRANGE" => config.globalconfig.explicit_bind.map(|pool| pool.at),
            "TIMERSECS" => monitor.timer.map(|flag| flag.at),
            "RECOVERY" => monitor.recovery.map(|flag| flag.at),
            "DELAYJOIN" => monitor.delay_join.map(|flag| flag.at),
            "AUTOREJOIN" => monitor.auto_rejoin.map(|flag| flag.at),
            "MONINTF" => monitor.interface.map(|flag| flag.at),
            "DYNROUTE" => monitor.dynamic_route.map(|flag| flag.at),
            "JOIN" => monitor.no_join.map(|flag| flag.at),
            _ => None,
        }
    }
}
