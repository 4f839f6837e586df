//! From the cluster to the runtime model: plain data, without places.

use ipnet::IpNet;
use runtime_model::model::{
    DistributionModel, DistributionOptions, DvipaModel, HomeAddress, Model, Monitor, NetworkModel, PortFor,
    PortModel, ProductStack, RangeModel, RouteModel, SCHEMA_VERSION, SourceFor, SourceModel, StackModel,
    Tables, Target, Targets,
};

use crate::Dialect;
use crate::cluster::Cluster;
use crate::statements::ipconfig::Placed;
use crate::statements::port::Who;
use crate::statements::portrange::Holder;
use crate::statements::sourceipa::For;
use crate::statements::{vipadistribute, viparange};
use crate::summary::Summary;

/// The XCF group of a stack without any group id (04 1.1).
const DEFAULT_GROUP: &str = "EZBTCPCS";

/// Lowers a cluster; `networks` has what only the model needs of each stack, in their order.
#[must_use]
pub fn lower(cluster: &Cluster, networks: impl IntoIterator<Item = NetworkModel>) -> Model {
    Model {
        schema_version: SCHEMA_VERSION.to_owned(),
        sysplex: cluster.setup.name.clone(),
        tables: match cluster.setup.dialect {
            Dialect::Zos => Tables::Product,
            Dialect::Founding => Tables::Founding,
        },
        structures: cluster.setup.structures,
        assumptions: cluster.setup.assumptions.clone(),
        stacks: cluster
            .stacks
            .iter()
            .zip(networks)
            .map(|(stack, network)| lower_stack(stack, network))
            .collect(),
        jobs: cluster.setup.jobs.clone(),
    }
}

/// Lowers one stack.
#[must_use]
pub fn lower_stack(stack: &Summary, network: NetworkModel) -> StackModel {
    StackModel {
        name: stack.setup.name.clone(),
        job: stack.setup.job.clone(),
        system: stack.setup.system.clone(),
        cpc: stack.setup.cpc.clone(),
        xcf_group: group(stack),
        xcf: stack.xcf.iter().map(|(address, _)| *address).collect(),
        home: stack
            .home
            .iter()
            .map(|home| HomeAddress {
                address: home.address,
                link: home.link.clone(),
                is_virtual: home.is_virtual,
            })
            .collect(),
        source_vipa: stack.source_vipa,
        tcp_stack_source_vipa: stack.stack_source.map(|(address, _)| address),
        dvipas: stack
            .dvipas
            .iter()
            .map(|dvipa| DvipaModel {
                address: dvipa.address,
                origin: dvipa.origin,
                subnet: dvipa.bits.and_then(|bits| IpNet::new(dvipa.address, bits).ok()),
                moveable: dvipa.moveable,
                cluster_ports: dvipa.cluster_ports,
                cpc_scope: dvipa.cpc_scope,
                tier: dvipa.tier,
                interface: dvipa.interface.clone(),
                service_manager: dvipa.service_manager,
            })
            .collect(),
        ranges: stack.ranges.iter().map(lower_range).collect(),
        distributions: stack.distributions.iter().map(lower_distribution).collect(),
        sources: stack
            .sources
            .iter()
            .map(|source| SourceModel {
                address: source.address,
                who: match &source.who {
                    For::Job(job) => SourceFor::Job(job.clone()),
                    For::Destination(network) => SourceFor::Destination(*network),
                },
            })
            .collect(),
        ports: stack
            .ports
            .iter()
            .map(|port| PortModel {
                first: port.port,
                last: port.port,
                tcp: port.tcp,
                who: match &port.who {
                    Who::Reserved => PortFor::Reserved,
                    Who::Job(job) => PortFor::Job(job.to_string()),
                },
                share: port.share,
                bind: port.bind,
                share_wlm: port.share_wlm,
                saf: port.saf.as_deref().map(str::to_owned),
                no_autolog: port.no_autolog,
            })
            .chain(stack.port_ranges.iter().map(|range| PortModel {
                first: range.first,
                last: range.last,
                tcp: range.tcp,
                who: match &range.who {
                    Holder::Reserved => PortFor::Reserved,
                    Holder::Authport => PortFor::Authport,
                    Holder::Job(job) => PortFor::Job(job.clone()),
                },
                share: false,
                bind: None,
                share_wlm: false,
                saf: range.saf.clone(),
                no_autolog: range.no_autolog,
            }))
            .collect(),
        ephemeral: stack.ephemeral.map(|ports| (ports.low, ports.high)),
        network,
        product: lower_product(stack),
    }
}

/// The XCF group: as sysplex.toml says, else with the XCFGRPID of the profile (04 1.1).
fn group(stack: &Summary) -> String {
    match stack.global.group {
        Some(number) if stack.setup.group == DEFAULT_GROUP => format!("EZBTCP{:02}", number.value),
        // VTAM has a group id of its own: EZBTvvCS, and with that of the profile EZBTvvtt.
        Some(number) => match stack.setup.group.strip_prefix("EZBT").and_then(|ids| ids.strip_suffix("CS")) {
            Some(vtam) if vtam.len() == 2 && vtam.chars().all(|digit| digit.is_ascii_digit()) => {
                format!("EZBT{vtam}{:02}", number.value)
            }
            Some(_) | None => stack.setup.group.clone(),
        },
        None => stack.setup.group.clone(),
    }
}

fn lower_product(stack: &Summary) -> ProductStack {
    let coded = &stack.global.monitor;
    let on = |flag: Option<Placed<bool>>| flag.is_some_and(|flag| flag.value);
    let default = Monitor::default();
    ProductStack {
        sysplex_routing: stack.sysplex_routing,
        monitor: Monitor {
            timer: coded.timer.map_or(default.timer, |timer| timer.value),
            recovery: on(coded.recovery),
            auto_rejoin: on(coded.auto_rejoin),
            delay_join: on(coded.delay_join),
            no_join: on(coded.no_join),
            interfaces: on(coded.interface),
            dynamic_routes: on(coded.dynamic_route),
        },
        routes: stack
            .routes
            .iter()
            .map(|route| RouteModel { xcf: route.xcf, target: route.target })
            .collect(),
        deleted: Vec::new(),
        deleted_interfaces: Vec::new(),
    }
}

fn lower_range(range: &viparange::Range) -> RangeModel {
    RangeModel {
        subnet: range.subnet,
        non_disruptive: range.non_disruptive,
        cluster_ports: range.cluster_ports,
        saf: range.saf.clone(),
        interface: range.interface.clone(),
    }
}

fn lower_distribution(distribution: &vipadistribute::Distribution) -> DistributionModel {
    DistributionModel {
        dvipa: distribution.dvipa,
        ports: distribution.ports.iter().copied().collect(),
        targets: match &distribution.targets {
            vipadistribute::Targets::All => Targets::All,
            vipadistribute::Targets::List(targets) => Targets::Xcf(
                targets
                    .iter()
                    .map(|target| Target { xcf: target.xcf, weight: target.weight, standby: target.standby })
                    .collect(),
            ),
        },
        cluster_ports: distribution.cluster_ports,
        method: distribution.method,
        product: DistributionOptions {
            affinity: distribution.affinity,
            opt_local: distribution.optlocal,
            auto_switch_back: distribution.auto_switch_back,
            health_switch: distribution.health_switch,
            tier: distribution.tier.map(|tier| tier.value),
            foreign_targets: distribution.foreign_targets,
            group: distribution.tier_group.as_ref().map(|group| group.name.clone()),
            processors: distribution.processors,
            crossing: distribution.crossing,
            importance: distribution.importance,
        },
    }
}
