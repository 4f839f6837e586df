//! Filters of reports: IPADDR, INTFNAME and MAX.

use std::net::IpAddr;

use runtime_model::Cluster;
use runtime_model::ids::StackId;

use super::{Asked, Name};
use crate::capture::Body;

/// Values that a filter takes.
const VALUES: usize = 6;

/// Reads a filter: `MAX=5`, `IPADDR=192.0.2.1`, `INTFNAME=WEBV6`, or `(IPADDR` with addresses behind it.
///
/// # Errors
/// In words, with what was possible.
pub(super) fn read(
    report: &str,
    asked: &mut Asked,
    word: &str,
    more: &mut dyn Iterator<Item = &str>,
) -> Result<(), String> {
    let display = asked.name == Name::Sysplex;
    if let Some(most) = word.strip_prefix("MAX=") {
        asked.most = match most {
            "*" => None,
            most => match most.parse::<u16>() {
                Ok(most) if most > 0 => Some(usize::from(most)),
                Ok(_) | Err(_) => return Err(format!("MAX is 1 to 65535 or *, not {most}")),
            },
        };
        return Ok(());
    }
    if let Some(name) = word.strip_prefix("INTFNAME=").filter(|_| display) {
        asked.interface = Some(name.to_owned());
        return Ok(());
    }
    if let Some(address) = word.strip_prefix("IPADDR=").filter(|_| display) {
        asked.addresses.push(one(address)?);
        return Ok(());
    }
    if matches!(word, "(IPADDR" | "(IPA") && filters(asked.name) {
        for address in more {
            asked.addresses.push(one(address)?);
        }
        return match asked.addresses.len() {
            0 => Err("(IPADDR wants an address behind it".to_owned()),
            1..=VALUES => Ok(()),
            count => Err(format!("(IPADDR takes up to {VALUES} addresses, not {count}")),
        };
    }
    Err(format!("{report} has no modifier {word} here"))
}

fn one(word: &str) -> Result<IpAddr, String> {
    word.parse().map_err(|_| format!("{word} is no address"))
}

/// Whether a report can be filtered by address.
const fn filters(name: Name) -> bool {
    match name {
        Name::Conn
        | Name::Home
        | Name::Vcrt
        | Name::Vdpt
        | Name::VipaDcfg
        | Name::VipaDyn
        | Name::Sysplex => true,
        Name::Config
        | Name::PortList
        | Name::Route
        | Name::SrcIp
        | Name::SysplexGroup
        | Name::SysplexPorts
        | Name::Stats
        | Name::Cfs => false,
    }
}

/// Leaves the entries that the filters name.
pub(super) fn only(body: &mut Body, asked: &Asked, cluster: &Cluster, stack: StackId) {
    let of_interface = |address: IpAddr, name: &str| {
        let link = match address {
            IpAddr::V4(address) => format!("VIPL{:08X}", u32::from(address)),
            IpAddr::V6(_) => String::new(),
        };
        let statements = cluster.stack_config(stack).into_iter().flat_map(|config| &config.dvipas);
        link == name
            || statements
                .filter(|dvipa| dvipa.address == address)
                .any(|d| d.interface.as_deref() == Some(name))
    };
    let wanted = |address: &IpAddr| {
        (asked.addresses.is_empty() || asked.addresses.contains(address))
            && asked.interface.as_ref().is_none_or(|name| of_interface(*address, name))
    };
    match body {
        Body::VipaConfig(config) => {
            config.defined.retain(|row| wanted(&row.address));
            config.ranges.retain(|row| wanted(&row.address));
            config.distributed.retain(|row| wanted(&row.address));
            config.routes.retain(|row| wanted(&row.target));
        }
        Body::VipaDynamic(rows) => rows.retain(|row| wanted(&row.address)),
        Body::Destinations(rows) => rows.retain(|row| wanted(&row.address)),
        Body::Routing(rows) => rows.retain(|row| wanted(&row.address) || wanted(&row.client)),
        Body::Connections(rows) => {
            rows.retain(|row| {
                asked.addresses.is_empty() || [row.local, row.remote].iter().flatten().any(wanted)
            });
        }
        Body::Home(rows) => rows.retain(|row| wanted(&row.address)),
        Body::Sysplex(rows) => rows.retain(|row| wanted(&row.address)),
        Body::Sources(_)
        | Body::Config(_)
        | Body::Ports(_)
        | Body::Routes(_)
        | Body::Devices(_)
        | Body::VipaRoutes(_)
        | Body::Group(_)
        | Body::PortPool(_)
        | Body::Statistics(_)
        | Body::Structure(_) => {}
    }
}

/// Leaves the first records.
pub(super) fn first(body: &mut Body, most: usize) {
    match body {
        Body::VipaConfig(config) => {
            let mut left = most;
            let mut take = |len: usize| {
                let taken = len.min(left);
                left -= taken;
                taken
            };
            config.defined.truncate(take(config.defined.len()));
            config.ranges.truncate(take(config.ranges.len()));
            config.distributed.truncate(take(config.distributed.len()));
            config.routes.truncate(take(config.routes.len()));
        }
        Body::VipaDynamic(rows) => rows.truncate(most),
        Body::Destinations(rows) => rows.truncate(most),
        Body::Routing(rows) => rows.truncate(most),
        Body::Connections(rows) => rows.truncate(most),
        Body::Home(rows) => rows.truncate(most),
        Body::Sources(rows) => rows.truncate(most),
        Body::Ports(rows) => rows.truncate(most),
        Body::Routes(rows) => rows.truncate(most),
        Body::Devices(rows) => rows.truncate(most),
        Body::Sysplex(rows) => rows.truncate(most),
        Body::VipaRoutes(rows) => rows.truncate(most),
        Body::Config(_) | Body::Group(_) | Body::PortPool(_) | Body::Statistics(_) | Body::Structure(_) => {}
    }
}
