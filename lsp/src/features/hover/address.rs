//! What the sysplex knows of an address: who defines, backs up, distributes, ranges and uses it, on which stacks.

use std::net::IpAddr;

use analysis::reference::words::listed;
use compiler::Snapshot;
use compiler::cluster::Cluster;
use compiler::names::{Found, Role, Written};
use compiler::statements::vipadistribute::method_word;
use compiler::statements::vipadistribute::{Distribution, Targets};
use compiler::summary::Summary;
use runtime_model::model::{DvipaOrigin, Moveable};

use crate::features::paper::Paper;

/// Uses that are listed one by one.
const MOST_USES: usize = 12;

/// Everything about the address of an occurrence.
pub(super) fn write(paper: &mut Paper, snapshot: &Snapshot, found: &Found) {
    let Some(address) = found.name.ip() else { return };
    let symbolic = snapshot.description().addresses.iter().find(|entry| entry.address.value == address);
    let kind = symbolic.map_or(String::new(), |entry| format!(", {} of [addresses]", entry.name.value));
    let on = if found.written == Written::Built {
        format!(" on {}", found.stacks.join(", "))
    } else {
        String::new()
    };
    // Names first: behind an edit the stack is read meanwhile.
    let uses = uses(snapshot, found);
    let Some(cluster) = snapshot.cluster() else { return };
    let mut facts = facts(&cluster, address);
    let title =
        if cluster.stacks.iter().any(|stack| stack.dvipa(address).is_some()) { "DVIPA" } else { "address" };
    facts.extend(uses);
    if facts.is_empty() {
        facts.push("no stack of this sysplex defines it".to_owned());
    }
    paper.head(&format!("{address}{on}"), &format!("{title}{kind}"));
    paper.list(facts);
}

fn facts(cluster: &Cluster, address: IpAddr) -> Vec<String> {
    let mut facts = Vec::new();
    let mut backups: Vec<(u8, &Summary)> = Vec::new();
    for stack in &cluster.stacks {
        let Some(dvipa) = stack.dvipa(address) else { continue };
        match dvipa.origin {
            DvipaOrigin::Define => {
                let bits = dvipa.bits.map_or(String::new(), |bits| format!(", /{bits}"));
                let moves = match dvipa.moveable {
                    Some(Moveable::Immediate) => ", moves at once",
                    Some(Moveable::WhenIdle) => ", moves when idle",
                    None => "",
                };
                let tier = dvipa.tier.map_or(String::new(), |tier| format!(", tier {tier}"));
                facts.push(format!("{} defines it (VIPADEFINE{bits}{moves}{tier})", stack.name()));
            }
            DvipaOrigin::Backup(rank) => backups.push((rank, stack)),
        }
    }
    backups.sort_by_key(|(rank, _)| std::cmp::Reverse(*rank));
    for (place, (rank, stack)) in backups.iter().enumerate() {
        let order =
            if backups.len() > 1 { format!(", {} in line", ordinal(place + 1)) } else { String::new() };
        facts.push(format!("{} backs it up (VIPABACKUP, rank {rank}{order})", stack.name()));
    }
    // What stacks that share a member say alike is said once.
    let mut alike: Vec<(String, Vec<&str>)> = Vec::new();
    for stack in &cluster.stacks {
        for distribution in stack.distributions.iter().filter(|one| one.dvipa == address) {
            let what = distributes(cluster, stack, distribution);
            match alike.iter_mut().find(|(known, _)| *known == what) {
                Some((_, stacks)) => stacks.push(stack.name()),
                None => alike.push((what, vec![stack.name()])),
            }
        }
    }
    facts.extend(alike.iter().map(|(what, stacks)| {
        let verb = if stacks.len() == 1 { "distributes" } else { "distribute" };
        format!("{} {verb} {what}", listed(stacks, "and"))
    }));
    for stack in &cluster.stacks {
        if let Some(range) = stack.range(address) {
            facts.push(format!("in the range {} of {} (VIPARANGE)", range.subnet, stack.name()));
        }
        if let Some(home) = stack.home_of(address) {
            let what = if home.is_virtual { "static VIPA" } else { "address" };
            facts.push(format!("{what} of {} on {} ({})", home.link, stack.name(), home.statement));
        }
        if stack.has_xcf(address) {
            facts.push(format!("dynamic XCF address of {} (DYNAMICXCF)", stack.name()));
        }
    }
    facts
}

/// What a stack distributes, to whom and how.
fn distributes(cluster: &Cluster, stack: &Summary, distribution: &Distribution) -> String {
    let ports: Vec<String> = distribution.ports.iter().take(8).map(u16::to_string).collect();
    let more = if distribution.ports.len() > 8 { ", ..." } else { "" };
    let ports = if ports.is_empty() {
        "every port".to_owned()
    } else {
        format!("port{} {}{more}", if ports.len() == 1 { "" } else { "s" }, ports.join(", "))
    };
    let targets: Vec<String> =
        cluster.targets(stack, distribution).iter().map(|target| target.name().to_owned()).collect();
    let targets = match &distribution.targets {
        Targets::All => format!("all stacks ({})", targets.join(", ")),
        Targets::List(_) if targets.is_empty() => "no stack that is there".to_owned(),
        Targets::List(_) => targets.join(", "),
    };
    format!("{ports} to {targets} (VIPADISTRIBUTE, {})", method_word(distribution.method))
}

fn ordinal(place: usize) -> String {
    match place {
        1 => "first".to_owned(),
        2 => "second".to_owned(),
        3 => "third".to_owned(),
        more => format!("{more}th"),
    }
}

/// Who names it besides: PORT BIND, source addresses, routes.
fn uses(snapshot: &Snapshot, found: &Found) -> Vec<String> {
    let told = [
        "VIPADEFINE",
        "VIPABACKUP",
        "VIPADISTRIBUTE",
        "VIPADELETE",
        "HOME",
        "INTERFACE",
        "IPCONFIG",
        "IPCONFIG6",
    ];
    let all = snapshot.names_of(&found.name);
    let mut uses: Vec<String> = all
        .iter()
        .filter(|one| one.role == Role::Reference)
        .filter_map(|one| {
            let statement = one.statement().filter(|statement| !told.contains(statement))?;
            let line = one.place.start.record;
            let file = one.place.file.rsplit('/').next().unwrap_or_default();
            Some(format!("used by {statement} of {} ({file}:{line})", one.stacks.join(", ")))
        })
        .collect();
    uses.dedup();
    if uses.len() > MOST_USES {
        let more = uses.len() - MOST_USES;
        uses.truncate(MOST_USES);
        uses.push(format!("and {more} uses more"));
    }
    uses
}
