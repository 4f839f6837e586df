//! The short displays: D TCPIP,,SYSPLEX,GROUP and PORTS (04:7.11), D NET,STATS,TYPE=CFS (04:3.1), NETSTAT STATS (04:7.12).

use runtime_model::Cluster;
use runtime_model::ids::StackId;

use crate::capture::{Ephemeral, PortPool, Ports, Structure};

/// XCF group of a stack that is in it.
pub(super) fn group(cluster: &Cluster, stack: StackId) -> Option<String> {
    let config = cluster.stack_config(stack).filter(|_| cluster.in_group(stack))?;
    Some(config.xcf_group.clone())
}

/// EXPLICITBINDPORTRANGE, as the stack is configured and as it is active.
pub(super) fn pool(cluster: &Cluster, stack: StackId) -> PortPool {
    let configured = cluster.stack_config(stack).and_then(|config| config.network.explicit_bind);
    PortPool {
        configured: configured.map(|pool| (pool.first, pool.last)),
        active: cluster.active_port_range(stack),
    }
}

/// Ephemeral ports.
pub(super) fn statistics(cluster: &Cluster, stack: StackId) -> Vec<Ephemeral> {
    if !cluster.is_up(stack) {
        return Vec::new();
    }
    let of = |one: runtime_model::product::counts::EphemeralUse| Ephemeral {
        protocol: if one.udp { "UDP" } else { "TCP" }.to_owned(),
        configured: Some(one.configured),
        used: Some(one.used),
        most: Some(one.most),
        exhausted: Some(one.exhausted),
    };
    cluster.ephemeral_use(stack).into_iter().map(of).collect()
}

/// The structure EZBEPORT of the group of a stack, its name with the suffix of the group (04:1.1).
pub(super) fn structure(cluster: &Cluster, stack: StackId) -> Structure {
    let group = cluster.stack_config(stack).map_or("", |config| config.xcf_group.as_str());
    let entries = cluster.port_blocks(stack).into_iter().enumerate().filter_map(|(list, of)| {
        let what = of.dvipa.map_or_else(|| "EXPLICITBINDPORTRANGE".to_owned(), |dvipa| dvipa.to_string());
        let stacks: Vec<String> = of
            .stacks
            .iter()
            .map(|(stack, blocks)| {
                let runs: Vec<String> = blocks
                    .iter()
                    .map(|first| format!("{first:05}-{:05}", first.saturating_add(63)))
                    .collect();
                let system = cluster.stack_config(*stack).map_or("", |config| config.system.as_str());
                format!("{}/{} {}", system, cluster.stack_name(*stack), runs.join(" "))
            })
            .collect();
        (list == 0 || !stacks.is_empty()).then(|| format!("LIST {list} {what} {}", stacks.join(" ")))
    });
    Structure {
        name: format!("EZBEPORT{}", suffix(group)),
        connected: cluster.has_coupling_facility() && cluster.in_group(stack),
        kind: Some("LIST".to_owned()),
        lists: Some(1024),
        locks: Some(1024),
        element: Some(256),
        entries: entries.map(|entry| entry.trim_end().to_ascii_uppercase()).collect(),
    }
}

/// What the names of structures end with: both group ids, or nothing without any; 01 stands for a VTAM id that is not there.
fn suffix(group: &str) -> String {
    let ids = group.strip_prefix("EZBT").unwrap_or("");
    match (ids.get(..2).unwrap_or(""), ids.get(2..).unwrap_or("")) {
        ("CP", "CS") => String::new(),
        ("CP", tcp) => format!("01{tcp}"),
        (vtam, "CS") => format!("{vtam}01"),
        (vtam, tcp) => format!("{vtam}{tcp}"),
    }
}

fn ports(range: Option<Ports>) -> String {
    range.map_or_else(|| "NONE".to_owned(), |(first, last)| format!("{first:05}-{last:05}"))
}

/// The display of the range.
pub(super) fn print_pool(pool: PortPool, out: &mut String) {
    out.push_str(&format!(
        "EXPLICITBINDPORTRANGE  CONFIGURED: {}  ACTIVE: {}\n",
        ports(pool.configured),
        ports(pool.active)
    ));
}

/// The report of NETSTAT STATS, below its head.
pub(super) fn print_statistics(rows: &[Ephemeral], out: &mut String) {
    for one in rows {
        out.push_str(&format!("{} Statistics\n", one.protocol));
        let lines = [
            ("Configured ephemeral ports", one.configured),
            ("Ephemeral ports in use", one.used),
            ("Maximum ephemeral ports used", one.most),
            ("Ephemeral ports exhausted", one.exhausted),
        ];
        for (words, value) in lines {
            out.push_str(&format!("  {words:<34} = {:010}\n", value.unwrap_or(0)));
        }
    }
}

/// The display of a structure; VTAM shows it.
pub(super) fn print_structure(one: &Structure, out: &mut String) {
    if !one.connected {
        out.push_str(&format!("VTAM IS NOT CONNECTED TO STRUCTURE {}\n", one.name));
        return;
    }
    out.push_str(&format!("IST1370I VTAM IS CONNECTED TO STRUCTURE {}\n", one.name));
    out.push_str(&format!("IST1797I STRUCTURE TYPE = {}\n", one.kind.as_deref().unwrap_or("")));
    let (lists, locks) = (one.lists.unwrap_or(0), one.locks.unwrap_or(0));
    out.push_str(&format!("IST1517I LIST HEADERS = {lists} - LOCK HEADERS = {locks}\n"));
    out.push_str(&format!("IST1373I STORAGE ELEMENT SIZE = {}\n", one.element.unwrap_or(0)));
    for entry in &one.entries {
        out.push_str(&format!("  {entry}\n"));
    }
}
