//! NETSTAT CONFIG (04:7.9): the settings that the model knows, by the labels of the report. The table of UDP, whose labels
//! are those of TCP, is left out.

use std::collections::BTreeMap;

use runtime_model::Cluster;
use runtime_model::ids::StackId;

use super::text::yes;

/// Headings and labels, in the order of the report.
const TABLES: [(&str, &[&str]); 3] = [
    ("TCP Configuration Table:", &["RestrictLowPort", "EphemeralPorts"]),
    ("IP Configuration Table:", &["SourceVipa", "TcpStackSrcVipa", "DynamicXCF", "SysplexRout"]),
    (
        "Global Configuration Information:",
        &[
            "ExplicitBindPortRange",
            "TimerSecs",
            "Recovery",
            "DelayJoin",
            "AutoRejoin",
            "MonIntf",
            "DynRoute",
            "Join",
        ],
    ),
];

/// The settings, by label in upper case.
pub(super) fn data(cluster: &Cluster, stack: StackId) -> BTreeMap<String, String> {
    let Some(config) = cluster.stack_config(stack).filter(|_| cluster.is_up(stack)) else {
        return BTreeMap::new();
    };
    let word = |on: bool| yes(Some(on)).to_owned();
    let monitor = &config.product.monitor;
    let pool = config.network.explicit_bind.map_or((0, 0), |pool| (pool.first, pool.last));
    let source = config.tcp_stack_source_vipa.map_or_else(|| word(false), |address| address.to_string());
    let mut fields = vec![
        ("RestrictLowPort", word(config.network.restrict_low_ports.tcp)),
        ("SourceVipa", word(config.source_vipa)),
        ("TcpStackSrcVipa", source),
        ("DynamicXCF", word(config.xcf.iter().any(std::net::IpAddr::is_ipv4))),
        ("SysplexRout", word(config.product.sysplex_routing)),
        ("ExplicitBindPortRange", format!("{:05}-{:05}", pool.0, pool.1)),
        ("TimerSecs", format!("{:04}", monitor.timer)),
        ("Recovery", word(monitor.recovery)),
        ("DelayJoin", word(monitor.delay_join)),
        ("AutoRejoin", word(monitor.auto_rejoin)),
        ("MonIntf", word(monitor.interfaces)),
        ("DynRoute", word(monitor.dynamic_routes)),
        ("Join", word(!monitor.no_join)),
    ];
    fields.extend(config.ephemeral.map(|(low, high)| ("EphemeralPorts", format!("{low}-{high}"))));
    fields.into_iter().map(|(label, value)| (label.to_ascii_uppercase(), value)).collect()
}

/// The report below its head: two fields a line.
pub(super) fn print(settings: &BTreeMap<String, String>, out: &mut String) {
    for (title, labels) in TABLES {
        out.push_str(&format!("{title}\n"));
        let fields: Vec<String> = labels
            .iter()
            .filter_map(|label| Some(format!("{label}: {}", settings.get(&label.to_ascii_uppercase())?)))
            .collect();
        for pair in fields.chunks(2) {
            let line = match pair {
                [left, right] => format!("{left:<36}{right}"),
                _ => pair.join(""),
            };
            out.push_str(&format!("{line}\n"));
        }
    }
}
