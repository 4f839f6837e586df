//! The profile that one would write for what a stack holds, from nothing. Where not even that gives the stack back, only a running stack can
//! be in such a state.

use std::collections::BTreeMap;

use super::{Stack, apply};

/// Whether a start can give what the stack holds.
#[must_use]
pub fn can_be_started(stack: &Stack) -> bool {
    let mut started = Stack::default();
    apply(&mut started, &profile(stack), false);
    started.sorted() == stack.sorted()
}

/// The profile.
#[must_use]
pub fn profile(stack: &Stack) -> String {
    let mut lines: Vec<String> = Vec::new();
    lines.extend(stack.devices.iter().map(|(name, number)| format!("DEVICE {name} LCS {number}")));
    lines.extend(stack.links.iter().map(|(name, at, device)| format!("LINK {name} ETHERNET {at} {device}")));
    for (name, kind, addresses) in &stack.interfaces {
        let (kind, port) = kind.split_once(' ').unwrap_or((kind, ""));
        // An interface without an address gets one that is taken off again.
        let none = addresses.is_empty();
        let list: Vec<&str> = addresses.iter().map(|(address, _)| address.as_str()).collect();
        let list = if none { "2001:db8::99".to_owned() } else { list.join(" ") };
        lines.push(format!("INTERFACE {name} DEFINE {kind} PORTNAME {port} IPADDR {list}"));
        if none {
            lines.push(format!("INTERFACE {name} DELADDR {list}"));
        }
        let deprecated = addresses.iter().filter(|(_, deprecated)| *deprecated);
        lines.extend(deprecated.map(|(address, _)| format!("INTERFACE {name} DEPRADDR {address}")));
    }
    lines.extend(stack.loopback.iter().map(|address| format!("INTERFACE LOOPBACK6 ADDADDR {address}")));
    lines.extend(stack.home.iter().map(|(address, link)| format!("HOME {address} {link}")));
    lines.push("BEGINROUTES".to_owned());
    lines
        .extend(stack.routes.iter().map(|(to, hop, over, mtu)| format!("ROUTE {to} {hop} {over} MTU {mtu}")));
    lines.push("ENDROUTES".to_owned());
    for (port, protocol, job, shared) in &stack.ports {
        lines.push(format!("PORT {port} {protocol} {job}{}", if *shared { " SHAREPORT" } else { "" }));
    }
    lines.extend(stack.unreserved.iter().map(|(protocol, job)| format!("PORT UNRSV {protocol} {job}")));
    for (first, last, protocol, job) in &stack.ranges {
        lines.push(format!("PORTRANGE {first} {} {protocol} {job}", last - first + 1));
    }
    lines.push("SRCIP".to_owned());
    for (who, address) in &stack.sources {
        let word = if who.contains('/') { "DESTINATION" } else { "JOBNAME" };
        lines.push(format!("{word} {who} {address}"));
    }
    lines.push("ENDSRCIP".to_owned());
    if !stack.zones.is_empty() {
        let zones: Vec<String> = stack.zones.iter().map(|(net, zone)| format!("{net} {zone}")).collect();
        let inbound = if stack.checks.0 { " INBOUND" } else { "" };
        let outbound = if stack.checks.1 { "" } else { " NOOUTBOUND" };
        lines.push(format!("NETACCESS{inbound}{outbound} {} ENDNETACCESS", zones.join(" ")));
    }
    for (procedure, job) in &stack.procedures {
        let job = if job == procedure { String::new() } else { format!(" JOBNAME {job}") };
        lines.push(format!("AUTOLOG {procedure}{job} ENDAUTOLOG"));
    }
    if let Some(logs) = stack.filter {
        lines.push(format!("IPSEC {}IPSECRULE * * ENDIPSEC", if logs { "LOGENABLE " } else { "" }));
    }
    lines.extend(stack.primary.iter().map(|name| format!("PRIMARYINTERFACE {name}")));
    lines.extend(options(stack));
    lines.push("VIPADYNAMIC".to_owned());
    lines.extend(stack.dvipas.iter().map(|(address, statement)| format!("{statement} {address}")));
    for ((dvipa, port), (targets, method, sysplex)) in &stack.distributed {
        let sysplex = if *sysplex { " SYSPLEXPORTS" } else { "" };
        let port = if port == "*" { String::new() } else { format!(" PORT {port}") };
        let targets: Vec<&str> = targets.iter().map(String::as_str).collect();
        let targets = targets.join(" ");
        lines.push(format!(
            "VIPADISTRIBUTE DEFINE{sysplex} DISTMETHOD {method} {dvipa}{port} DESTIP {targets}"
        ));
    }
    for (subnet, moveable) in &stack.subnets {
        let (address, bits) = subnet.split_once('/').unwrap_or((subnet, ""));
        let last = if bits == "28" { "240" } else { "248" };
        lines.push(format!("VIPARANGE DEFINE MOVEABLE {moveable} 255.255.255.{last} {address}"));
    }
    lines.extend(stack.ways.iter().map(|(xcf, to)| format!("VIPAROUTE DEFINE {xcf} {to}")));
    lines.push("ENDVIPADYNAMIC".to_owned());
    lines.extend(stack.running.iter().map(|name| format!("START {name}")));
    lines.iter().map(|line| format!("{line}\n")).collect()
}

/// All options of a statement in one: some have to go together.
fn options(stack: &Stack) -> Vec<String> {
    let mut by: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (key, value) in &stack.options {
        let (statement, name) = key.split_once(' ').unwrap_or((key, ""));
        let kind = name.split(' ').next().filter(|_| statement == "SMFCONFIG");
        by.entry(statement).or_default().extend(kind.map(str::to_owned).into_iter().chain([value.clone()]));
    }
    by.iter().map(|(statement, words)| format!("{statement} {}", words.join(" "))).collect()
}
