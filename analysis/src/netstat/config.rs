//! NETSTAT CONFIG (04:7.9): settings by the labels of the report. Labels of the tables of UDP and IPv6, which others have, too, are
//! kept with the name of their table before them.

use std::collections::BTreeMap;

use runtime_model::Cluster;
use runtime_model::ids::StackId;

use super::text::yes;

/// Headings, what stands before the labels of a table where they are kept, and the labels in the order of the report.
const TABLES: [(&str, &str, &[&str]); 5] = [
    (
        "TCP Configuration Table:",
        "",
        &[
            "DefaultRcvBufSize",
            "DefaultSndBufSize",
            "DefltMaxRcvBufSize",
            "SoMaxConn",
            "DefaultKeepALive",
            "DelayAck",
            "RestrictLowPort",
            "SendGarbage",
            "TcpTimeStamp",
            "FinWait2Time",
            "TTLS",
            "EphemeralPorts",
            "SelectiveACK",
            "TimeWaitInterval",
        ],
    ),
    ("UDP Configuration Table:", "UDP ", &["CheckSum", "RestrictLowPort", "EphemeralPorts"]),
    (
        "IP Configuration Table:",
        "",
        &[
            "Forwarding",
            "TimeToLive",
            "RsmTimeOut",
            "IpSecurity",
            "SysplexRout",
            "SourceVipa",
            "MultiPath",
            "PathMtuDsc",
            "DynamicXCF",
            "IqdioRoute",
            "QdioAccel",
            "TcpStackSrcVipa",
        ],
    ),
    (
        "IPv6 Configuration Table:",
        "IPV6 ",
        &["Forwarding", "IpSecurity", "SourceVipa", "MultiPath", "DynamicXCF", "TcpStackSrcVipa"],
    ),
    (
        "Global Configuration Information:",
        "",
        &[
            "TcpIpStats",
            "ExplicitBindPortRange",
            "MaxRecs",
            "SysplexWLMPoll",
            "XCFGRPID",
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
    let ports = |range: Option<(u16, u16)>| {
        let (low, high) = range.unwrap_or((1024, u16::MAX));
        format!("{low:05}-{high:05}")
    };
    fields.push(("EphemeralPorts", ports(config.ephemeral)));
    fields.push(("UDP EphemeralPorts", ports(config.network.ephemeral_udp)));
    fields.push(("UDP RestrictLowPort", word(config.network.restrict_low_ports.udp)));
    let own = fields.into_iter().map(|(label, value)| (label.to_ascii_uppercase(), value));
    let mut all: BTreeMap<String, String> = config.network.displayed.clone();
    all.extend(own);
    let six = config.xcf.iter().any(std::net::IpAddr::is_ipv6) || config.network.source_vipa6;
    if six {
        let source = config.network.tcp_stack_source_vipa6.as_ref();
        let source = source.map_or_else(|| word(false), |named| named.name.clone());
        all.insert("IPV6 SOURCEVIPA".to_owned(), word(config.network.source_vipa6));
        all.insert("IPV6 DYNAMICXCF".to_owned(), word(config.xcf.iter().any(std::net::IpAddr::is_ipv6)));
        all.insert("IPV6 TCPSTACKSRCVIPA".to_owned(), source);
    } else {
        all.retain(|label, _| !label.starts_with("IPV6 "));
    }
    all
}

/// The report below its head: two fields a line.
pub(super) fn print(settings: &BTreeMap<String, String>, out: &mut String) {
    for (title, table, labels) in TABLES {
        let value = |label: &str| settings.get(&format!("{table}{}", label.to_ascii_uppercase()));
        let fields: Vec<String> =
            labels.iter().filter_map(|label| Some(format!("{label}: {}", value(label)?))).collect();
        if fields.is_empty() && table == "IPV6 " {
            continue;
        }
        out.push_str(&format!("{title}\n"));
        for pair in fields.chunks(2) {
            let line = match pair {
                [left, right] => format!("{left:<36}{right}"),
                _ => pair.join(""),
            };
            out.push_str(&format!("{line}\n"));
        }
    }
}
