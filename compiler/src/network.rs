//! From a stack's configuration to what the runtime model knows of its interfaces, routes, source addresses and ports.

use std::net::IpAddr;

use runtime_model::model::{
    ByFamily, ByProtocol, ExplicitBindModel, InterfaceAddress, InterfaceKind, InterfaceModel, NamedAddresses,
    NetworkModel, PolicyModel, SecurityModel, SourceFor, SrcipFrom, SrcipModel, SrcipRole, StaticRoute,
    UnreservedModel, ZoneFor, ZoneModel,
};

use crate::displayed;
use crate::setup::StackSetup;
use crate::statements::ipconfig::Placed;
use crate::statements::netaccess::Network;
use crate::statements::sourceipa::For;
use crate::statements::srcip::{From, Role};
use crate::statements::{Config, names};
use crate::table::key;

/// Name of the interface that stands for all links of dynamic XCF.
const DYNAMIC_XCF: &str = "DYNAMICXCF";

/// What the model needs to know of one stack.
#[must_use]
pub fn network(setup: &StackSetup, config: &Config) -> NetworkModel {
    NetworkModel {
        interfaces: links(config).into_iter().chain(interfaces(config)).chain(dynamic_xcf(config)).collect(),
        routes: config
            .beginroutes
            .routes
            .iter()
            .map(|route| StaticRoute {
                destination: route.destination.trunc(),
                hop: route.hop,
                interface: route.interface.to_string(),
            })
            .collect(),
        multipath: ByFamily { ipv4: on(config.ipconfig.multipath), ipv6: on(config.ipconfig6.multipath) },
        source_vipa6: config.ipconfig6.source_vipa,
        tcp_stack_source_vipa6: config
            .ipconfig6
            .stack_source
            .as_ref()
            .map(|source| named(config, &source.name)),
        srcip: srcip(config),
        policy: config
            .defaddrtable
            .entries
            .iter()
            .map(|entry| PolicyModel {
                prefix: entry.prefix,
                precedence: entry.precedence,
                label: entry.label,
            })
            .collect(),
        unreserved: config
            .port
            .unreserved
            .iter()
            .map(|entry| UnreservedModel {
                tcp: entry.tcp,
                job: entry.job.clone(),
                deny: entry.deny,
                saf: entry.saf.clone(),
                when_bind: entry.when_bind,
            })
            .collect(),
        restrict_low_ports: ByProtocol {
            tcp: on(config.tcpconfig.restrict_low_ports),
            udp: on(config.udpconfig.restrict_low_ports),
        },
        ephemeral_udp: config.udpconfig.ephemeral.map(|ports| (ports.low, ports.high)),
        explicit_bind: config.globalconfig.explicit_bind.map(|pool| ExplicitBindModel {
            first: pool.first,
            last: pool.last(),
            processed: pool.processed,
        }),
        inaddrany: setup.inaddrany,
        security: setup.security_label.as_ref().map(|label| security(setup, config, label)),
        displayed: displayed::settings(config),
    }
}

/// Zones of NETACCESS with their labels, for a stack of a system with multilevel security.
fn security(setup: &StackSetup, config: &Config, label: &str) -> SecurityModel {
    let zones = config.netaccess.entries.iter().map(|entry| ZoneModel {
        network: match entry.network {
            Network::Net(network) => ZoneFor::Network(network),
            Network::Default => ZoneFor::Default,
            Network::Home => ZoneFor::Home,
        },
        zone: entry.zone.to_string(),
        label: setup.zone_labels.get(entry.zone.as_str()).cloned(),
    });
    SecurityModel { label: label.to_owned(), zones: zones.collect() }
}

fn on(flag: Option<Placed<bool>>) -> bool {
    flag.is_some_and(|flag| flag.value)
}

/// Links in the order of HOME, each entry an interface of its own: the order is what counts (HOM-13).
fn links(config: &Config) -> Vec<InterfaceModel> {
    config
        .home
        .list
        .iter()
        .map(|entry| InterfaceModel {
            name: entry.link.to_string(),
            kind: if entry.link == "LOOPBACK" { InterfaceKind::Loopback } else { InterfaceKind::Link },
            is_virtual: names::link(config, &entry.link).is_some_and(|link| link.is_virtual()),
            addresses: vec![InterfaceAddress { address: IpAddr::V4(entry.address), deprecated: false }],
            source_vipa: None,
        })
        .collect()
}

fn interfaces(config: &Config) -> impl Iterator<Item = InterfaceModel> {
    config.interface.list.iter().map(|interface| InterfaceModel {
        name: interface.name.clone(),
        kind: InterfaceKind::Interface,
        is_virtual: interface.kind.is_virtual(),
        addresses: interface
            .addresses
            .iter()
            .filter(|address| !address.is_prefix())
            .map(|address| InterfaceAddress { address: address.address, deprecated: address.deprecated })
            .collect(),
        source_vipa: interface.source_vipa.as_ref().map(|source| source.name.clone()),
    })
}

/// One interface for each family: the links to single partners all have the same address.
fn dynamic_xcf(config: &Config) -> impl Iterator<Item = InterfaceModel> {
    let four = config.ipconfig.xcf.map(|xcf| (IpAddr::V4(xcf.address), &config.ipconfig.xcf_source));
    let six = config.ipconfig6.xcf.map(|xcf| (IpAddr::V6(xcf.address), &config.ipconfig6.xcf_source));
    four.into_iter().chain(six).map(|(address, source)| InterfaceModel {
        name: DYNAMIC_XCF.to_owned(),
        kind: InterfaceKind::DynamicXcf,
        is_virtual: false,
        addresses: vec![InterfaceAddress { address, deprecated: false }],
        source_vipa: source.clone(),
    })
}

/// The IPv6 addresses that an interface of this name has, a DVIPA or one of INTERFACE.
fn named(config: &Config, name: &str) -> NamedAddresses {
    let dvipas = config.dvipa.list.with(key(name)).filter(|dvipa| dvipa.interface.as_deref() == Some(name));
    let dvipas = dvipas.map(|dvipa| dvipa.address);
    let addresses = names::interface(config, name).into_iter().flat_map(|interface| &interface.addresses);
    let others = addresses.filter(|address| !address.is_prefix()).map(|address| address.address);
    NamedAddresses {
        name: name.to_owned(),
        addresses: dvipas.chain(others).filter(IpAddr::is_ipv6).collect(),
    }
}

fn srcip(config: &Config) -> Vec<SrcipModel> {
    let entries = config.srcip.entries.iter();
    entries
        .map(|entry| SrcipModel {
            who: match &entry.who {
                For::Job(job) => SourceFor::Job(job.clone()),
                For::Destination(network) => SourceFor::Destination(*network),
            },
            from: match &entry.from {
                From::Address(address) => SrcipFrom::Address(*address),
                From::Interface(name) => SrcipFrom::Interface(named(config, name)),
                From::Temporary => SrcipFrom::Temporary,
                From::Public => SrcipFrom::Public,
            },
            role: match entry.role {
                Role::Client => SrcipRole::Client,
                Role::Server => SrcipRole::Server,
                Role::Both => SrcipRole::Both,
            },
        })
        .collect()
}
