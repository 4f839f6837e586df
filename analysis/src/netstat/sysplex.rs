//! DISPLAY TCPIP,,SYSPLEX,VIPADYN (04:7.11): what every stack of the group is for every DVIPA.

use std::net::IpAddr;

use runtime_model::Cluster;
use runtime_model::ids::StackId;
use runtime_model::product::view::{Distribution, DvipaView};

use super::text::{mask, row};
use super::vipa_dynamic::{origin, origin_words, status, status_word};
use crate::capture::Role;

/// The rows, by address: the owner first, then the chain by rank, then targets.
pub(super) fn data(cluster: &Cluster, stack: StackId) -> Vec<Role> {
    let mut rows: Vec<(IpAddr, (u8, u8), Role)> = Vec::new();
    for (member, view) in views(cluster, stack) {
        let Some(config) = cluster.stack_config(member) else { continue };
        let owner = cluster.owner_of(view.address) == Some(member);
        let rank = view.rank.filter(|_| !owner);
        let place = match (owner, rank) {
            (true, _) => (0, 0),
            (false, Some(rank)) => (1, u8::MAX - rank),
            (false, None) => (2, 0),
        };
        rows.push((
            view.address,
            place,
            Role {
                address: view.address,
                stack: config.job_name().to_owned(),
                system: config.system.clone(),
                status: status(view.status),
                rank,
                origin: cluster.dvipa_view(stack, view.address).and_then(|here| origin(here.origin)),
                bits: view.subnet.map(|net| net.prefix_len()),
                distributor: matches!(view.distribution, Distribution::Distributor | Distribution::Both),
                target: matches!(view.distribution, Distribution::Target | Distribution::Both),
            },
        ));
    }
    rows.sort_by_key(|(address, place, _)| (*address, *place));
    rows.into_iter().map(|(_, _, role)| role).collect()
}

/// What the stacks of the group of a stack show.
fn views(cluster: &Cluster, stack: StackId) -> Vec<(StackId, DvipaView)> {
    let group = cluster.stack_config(stack).map(|config| config.xcf_group.clone());
    let member = |id: &StackId| {
        cluster.in_group(*id) && cluster.stack_config(*id).map(|config| config.xcf_group.clone()) == group
    };
    let members = cluster.stack_ids().filter(member);
    let views = |id: StackId| cluster.dvipa_views(id).into_iter().map(move |view| (id, view));
    let all: Vec<(StackId, DvipaView)> = members.flat_map(views).collect();
    if cluster.in_group(stack) { all } else { Vec::new() }
}

/// The display below its head.
pub(super) fn print(rows: &[Role], out: &mut String) {
    let widths = [8, 8, 11, 4, 15, 15, 4];
    let heads = ["TCPNAME", "MVSNAME", "STATUS", "RANK", "ADDRESS MASK", "NETWORK PREFIX", "DIST"];
    let mut last: Option<IpAddr> = None;
    for one in rows {
        if last != Some(one.address) {
            last = Some(one.address);
            let link = match one.address {
                IpAddr::V4(address) => format!("  LINKNAME: VIPL{:08X}", u32::from(address)),
                IpAddr::V6(_) => String::new(),
            };
            out.push_str(&format!("IPADDR: {}{link}\n", one.address));
            if one.origin.is_some() {
                out.push_str(&format!("  ORIGIN: {}\n", origin_words(one.origin).to_uppercase()));
            }
            row("  ", &heads, &widths, true, out);
        }
        let net = one.bits.and_then(|bits| ipnet::IpNet::new(one.address, bits).ok());
        let (masked, prefix) = match net {
            Some(net) if one.address.is_ipv4() => (mask(net.prefix_len()), net.network().to_string()),
            Some(_) | None => (String::new(), String::new()),
        };
        let dist = match (one.distributor, one.target) {
            (true, true) => "BOTH",
            (true, false) => "DIST",
            (false, true) => "DEST",
            (false, false) => "",
        };
        let rank = one.rank.map_or_else(String::new, |rank| format!("{rank:03}"));
        let status = status_word(Some(one.status)).to_uppercase();
        let cells = [&one.stack, &one.system, &status, &rank, &masked, &prefix, dist];
        row("  ", &cells, &widths, false, out);
    }
}
