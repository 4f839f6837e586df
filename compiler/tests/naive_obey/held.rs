//! A configuration in the form of the naive reading.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Stack;
use super::options::family;

/// Fields of options that are words: the word for true and for false.
const WORDS: &[(&str, &str, &str, &str)] = &[
    ("tcpconfig", "ttls", "TTLS", "NOTTLS"),
    ("tcpconfig", "restrict_low_ports", "RESTRICTLOWPORTS", "UNRESTRICTLOWPORTS"),
    ("tcpconfig", "delay_acks", "DELAYACKS", "NODELAYACKS"),
    ("tcpconfig", "auto_delay_acks", "AUTODELAYACKS", ""),
    ("udpconfig", "restrict_low_ports", "RESTRICTLOWPORTS", "UNRESTRICTLOWPORTS"),
    ("udpconfig", "queue_limit", "UDPQUEUELIMIT", "NOUDPQUEUELIMIT"),
    ("ipconfig", "source_vipa", "SOURCEVIPA", ""),
    ("ipconfig", "sysplex_routing", "SYSPLEXROUTING", ""),
    ("ipconfig", "ipsecurity", "IPSECURITY", ""),
    ("saconfig", "enabled", "ENABLED", "DISABLED"),
    ("saconfig", "community", "COMMUNITY", ""),
];

/// Fields of options that are values, with their keywords.
const VALUES: &[(&str, &str, &str)] = &[
    ("tcpconfig", "receive", "TCPRCVBUFRSIZE"),
    ("tcpconfig", "most_receive", "TCPMAXRCVBUFRSIZE"),
    ("tcpconfig", "ephemeral", "EPHEMERALPORTS"),
    ("udpconfig", "ephemeral", "EPHEMERALPORTS"),
    ("ipconfig", "arp_seconds", "ARPTO"),
    ("ipconfig", "stack_source", "TCPSTACKSOURCEVIPA"),
    ("globalconfig", "group", "XCFGRPID"),
    ("globalconfig", "explicit_bind", "EXPLICITBINDPORTRANGE"),
    ("saconfig", "agent", "AGENT"),
    ("saconfig", "community", "COMMUNITY"),
    ("vipasmparms", "group", "SMMCAST"),
    ("vipasmparms", "port", "SMPORT"),
    ("arpage", "minutes", ""),
    ("somaxconn", "backlog", ""),
];

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn list(json: &Value, part: &str, name: &str) -> Vec<Value> {
    json[part][name].as_array().cloned().unwrap_or_default()
}

/// The configuration, as JSON, in the form of the naive reading.
#[must_use]
pub fn held(json: &Value) -> Stack {
    let all = |part: &str, name: &str| list(json, part, name);
    let hex = |value: &Value| format!("{:X}", value.as_u64().unwrap_or_default());
    let protocol = |one: &Value| if one["tcp"] == true { "TCP" } else { "UDP" }.to_owned();
    let who = |one: &Value| match one["who"]["job"].as_str() {
        Some(job) => job.to_owned(),
        None => "RESERVED".to_owned(),
    };
    let names = |one: &Value, fields: [&str; 2]| (text(&one[fields[0]]), text(&one[fields[1]]));
    let mut stack = Stack {
        devices: all("device", "devices")
            .iter()
            .map(|one| (text(&one["name"]), hex(&one["number"])))
            .collect(),
        links: all("link", "links")
            .iter()
            .map(|one| (text(&one["name"]), text(&one["number"]), text(&one["device"])))
            .collect(),
        interfaces: all("interface", "list")
            .iter()
            .map(|one| {
                let addresses = one["addresses"].as_array().cloned().unwrap_or_default();
                let addresses =
                    addresses.iter().map(|one| (text(&one["address"]), one["deprecated"] == true));
                (
                    text(&one["name"]),
                    format!("{} {}", text(&one["kind"]), text(&one["port"])),
                    addresses.collect(),
                )
            })
            .collect(),
        loopback: all("interface", "loopback").iter().map(|one| text(&one["address"])).collect(),
        home: all("home", "list").iter().map(|one| names(one, ["address", "link"])).collect(),
        running: all("start", "running").iter().map(text).collect(),
        routes: all("beginroutes", "routes")
            .iter()
            .map(|one| {
                let hop = if one["hop"].is_null() { "=".to_owned() } else { text(&one["hop"]) };
                (text(&one["destination"]), hop, text(&one["interface"]), text(&one["mtu"]))
            })
            .collect(),
        ports: all("port", "reservations")
            .iter()
            .map(|one| (text(&one["port"]), protocol(one), who(one), one["share"] == true))
            .collect(),
        unreserved: all("port", "unreserved").iter().map(|one| (protocol(one), text(&one["job"]))).collect(),
        ranges: all("portrange", "list")
            .iter()
            .map(|one| {
                let number =
                    |name: &str| u32::try_from(one[name].as_u64().unwrap_or_default()).unwrap_or_default();
                (number("first"), number("last"), protocol(one), who(one))
            })
            .collect(),
        dvipas: all("dvipa", "list").iter().map(|one| (text(&one["address"]), defined(one))).collect(),
        subnets: all("viparange", "list")
            .iter()
            .map(|one| {
                let moveable = if one["non_disruptive"] == true { "NONDISRUPTIVE" } else { "DISRUPTIVE" };
                (text(&one["subnet"]), moveable.to_owned())
            })
            .collect(),
        ways: all("viparoute", "list").iter().map(|one| names(one, ["xcf", "target"])).collect(),
        sources: all("srcip", "entries")
            .iter()
            .map(|one| {
                let who =
                    if one["who"]["job"].is_null() { &one["who"]["destination"] } else { &one["who"]["job"] };
                (text(who), text(&one["from"]["address"]))
            })
            .collect(),
        checks: (json["netaccess"]["inbound"] == true, json["netaccess"]["outbound"] == true),
        zones: all("netaccess", "entries")
            .iter()
            .map(|one| {
                let net = &one["network"]["net"];
                (if net.is_null() { "DEFAULT".to_owned() } else { text(net) }, text(&one["zone"]))
            })
            .collect(),
        procedures: all("autolog", "list").iter().map(|one| names(one, ["procedure", "job"])).collect(),
        primary: Some(&json["primaryinterface"]["interface"]["name"])
            .filter(|name| !name.is_null())
            .map(text),
        filter: Some(&json["ipsec"])
            .filter(|part| !part["at"].is_null())
            .map(|part| part["log_enabled"] == true),
        ..Stack::default()
    };
    for one in all("vipadistribute", "list") {
        let ports: Vec<String> = one["ports"].as_array().into_iter().flatten().map(text).collect();
        let ports = if ports.is_empty() { vec!["*".to_owned()] } else { ports };
        let targets: BTreeSet<String> = match one["targets"]["list"].as_array() {
            Some(targets) => targets.iter().map(|target| text(&target["xcf"])).collect(),
            None => ["ALL".to_owned()].into(),
        };
        for port in ports {
            let entry = (targets.clone(), method(&one), one["cluster_ports"] == true);
            stack.distributed.insert((text(&one["dvipa"]), port), entry);
        }
    }
    options(json, &mut stack);
    stack
}

fn method(distribution: &Value) -> String {
    text(&distribution["method"]).replace('-', "").to_uppercase()
}

fn options(json: &Value, stack: &mut Stack) {
    let mut put = |statement: &str, value: String| {
        let statement = statement.to_uppercase();
        let keyword = match value.split(' ').next() {
            Some(keyword) if !matches!(&*statement, "ARPAGE" | "SOMAXCONN") => keyword.to_owned(),
            Some(_) | None => String::new(),
        };
        if let Some((key, ..)) = family(&statement, &keyword) {
            stack.options.insert(key, value);
        }
    };
    for (part, field, on, off) in WORDS {
        match json[*part][*field].as_bool() {
            Some(true) => put(part, (*on).to_owned()),
            Some(false) if !off.is_empty() => put(part, (*off).to_owned()),
            Some(false) | None => {}
        }
    }
    for (part, field, word) in VALUES {
        let value = &json[*part][*field];
        let value = match (value["low"].as_u64(), value["first"].as_u64()) {
            (Some(low), _) => format!("{low} {}", value["high"]),
            (None, Some(first)) => format!("{first} {}", value["count"]),
            (None, None) if value.is_null() => continue,
            (None, None) => text(value),
        };
        put(part, format!("{word} {value}").trim_start().to_owned());
    }
    for part in ["tcpconfig", "udpconfig", "ipconfig", "globalconfig", "saconfig"] {
        for one in list(json, part, "options") {
            put(part, text(&one));
        }
    }
    for record in list(json, "smfconfig", "records") {
        let record = text(&record);
        let name = record.split(' ').nth(1).unwrap_or("").to_owned();
        stack.options.insert(format!("SMFCONFIG TYPE{record}"), name);
    }
}

/// The statement of a DVIPA without its address.
fn defined(dvipa: &Value) -> String {
    if let Some(rank) = dvipa["origin"]["backup"].as_u64() {
        return format!("VIPABACKUP {rank}");
    }
    let moveable = if dvipa["moveable"] == "when-idle" { "WHENIDLE" } else { "IMMEDIATE" };
    format!("VIPADEFINE MOVEABLE {moveable} 255.255.255.0")
}
