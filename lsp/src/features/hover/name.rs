//! What the sysplex knows of every other name.

use std::collections::BTreeMap;
use std::sync::Arc;

use compiler::Snapshot;
use compiler::names::{Found, Kind};
use compiler::statements::port::{Reservation, Who};
use compiler::statements::portrange::Holder;
use compiler::statements::sourceipa::For;
use compiler::summary::Summary;
use grammar::values::pattern_covers;

use crate::features::paper::Paper;

/// Everything about the name of an occurrence.
pub(super) fn write(paper: &mut Paper, snapshot: &Snapshot, found: &Found) {
    let text = found.name.text.as_ref();
    match found.name.kind {
        Kind::Symbol => symbol(paper, snapshot, found),
        Kind::Job => job(paper, snapshot, text),
        Kind::Stack => stack(paper, snapshot, text),
        Kind::Symbolic => {
            let stands_for = snapshot.description().address(text);
            let what = stands_for.map_or_else(
                || "no address of [addresses] in sysplex.toml".to_owned(),
                |address| format!("symbolic address of {address}"),
            );
            paper.head(text, &what);
        }
        Kind::DataSet => data_set(paper, snapshot, found),
        Kind::Device | Kind::Link | Kind::Interface | Kind::DeviceOrInterface | Kind::LinkOrInterface => {
            thing(paper, snapshot, found);
        }
        Kind::Address => {}
    }
}

/// A symbol: its value on each system.
fn symbol(paper: &mut Paper, snapshot: &Snapshot, found: &Found) {
    let name = found.name.text.as_ref();
    paper.head(&format!("&{name}"), "system symbol");
    let description = snapshot.description();
    let mut values: BTreeMap<Option<String>, Vec<String>> = BTreeMap::new();
    for stack in &description.stacks {
        let value = description.symbols(stack).remove(name);
        let on = format!("{} ({})", stack.system_name(), stack.name.value);
        values.entry(value).or_default().push(on);
    }
    paper.list(values.into_iter().map(|(value, on)| match value {
        Some(value) => format!("{value} on {}", on.join(", ")),
        None => format!("without a value on {}", on.join(", ")),
    }));
}

/// A job: where it runs, its ports and source addresses.
fn job(paper: &mut Paper, snapshot: &Snapshot, name: &str) {
    let is_pattern = name.contains(['*', '?']);
    paper.head(name, if is_pattern { "pattern of job names" } else { "job" });
    let mut facts = Vec::new();
    let description = snapshot.description();
    for entry in description.jobs.iter().filter(|entry| pattern_covers(name, &entry.name.value)) {
        let stacks: Vec<&str> = entry.stacks.iter().map(|stack| stack.value.as_str()).collect();
        let on = if stacks.is_empty() { "every stack".to_owned() } else { stacks.join(", ") };
        let user = entry.user.as_ref().map_or(String::new(), |user| format!(", as user {}", user.value));
        facts.push(format!("{} runs on {on}{user}", entry.name.value));
    }
    if let Some(cluster) = snapshot.cluster() {
        for (stack, reserved) in cluster.stacks.iter().zip(snapshot.ports_of_job(name)) {
            facts.extend(ports(stack, &reserved, name));
            for source in &stack.sources {
                if let For::Job(pattern) = &source.who
                    && (pattern_covers(pattern, name) || pattern == name)
                {
                    let by = if pattern == name { String::new() } else { format!(", by {pattern}") };
                    facts.push(format!("connects from {} on {}{by}", source.address, stack.name()));
                }
            }
            if stack.autolog.iter().any(|entry| entry.job.eq_ignore_ascii_case(name)) {
                facts.push(format!("{} starts it (AUTOLOG)", stack.name()));
            }
        }
    }
    if facts.is_empty() {
        facts.push("no port and no source address is given to it".to_owned());
    }
    paper.list(facts);
}

/// The ports of a job on a stack, a line for each way to reserve them.
fn ports(stack: &Summary, reserved: &[Arc<Reservation>], name: &str) -> Vec<String> {
    let covers = |pattern: &str| pattern == name || pattern_covers(pattern, name);
    let protocol = |tcp: bool| if tcp { "TCP" } else { "UDP" };
    let mut facts = Vec::new();
    for port in reserved {
        let Who::Job(pattern) = &port.who else { continue };
        let mut line = format!("port {} {} on {}", port.port, protocol(port.tcp), stack.name());
        if let Some(bind) = port.bind {
            line.push_str(&format!(", bound to {bind}"));
        }
        if port.share || port.share_wlm {
            line.push_str(", shared");
        }
        if pattern != name {
            line.push_str(&format!(", by {pattern}"));
        }
        facts.push(line);
    }
    for range in &stack.port_ranges {
        let Holder::Job(pattern) = &range.who else { continue };
        if covers(pattern) {
            facts.push(format!(
                "ports {}-{} {} on {}",
                range.first,
                range.last,
                protocol(range.tcp),
                stack.name()
            ));
        }
    }
    facts
}

/// A stack: where it runs and what it holds.
fn stack(paper: &mut Paper, snapshot: &Snapshot, name: &str) {
    let Some(entry) = snapshot.description().stack(name) else { return };
    let what = match &entry.cpc {
        Some(cpc) => format!("stack on {}, CPC {}", entry.system_name(), cpc.value),
        None => format!("stack on {}", entry.system_name()),
    };
    paper.head(&entry.name.value, &what);
    let Some(cluster) = snapshot.cluster() else { return };
    let Some(summary) = cluster.stacks.iter().find(|stack| stack.name().eq_ignore_ascii_case(name)) else {
        return;
    };
    let mut facts: Vec<String> =
        entry.profiles.iter().map(|profile| format!("profile {}", profile.value)).collect();
    facts.push(format!("XCF group {}", entry.xcf_group_name()));
    facts.extend(summary.xcf.iter().map(|(address, _)| format!("dynamic XCF address {address}")));
    let dvipas: Vec<String> = summary.dvipas.iter().take(10).map(|dvipa| dvipa.address.to_string()).collect();
    if !dvipas.is_empty() {
        let more = if summary.dvipas.len() > 10 { ", ..." } else { "" };
        facts.push(format!("DVIPAs {}{more}", dvipas.join(", ")));
    }
    paper.list(facts);
}

/// A data set: the file that stands for it.
fn data_set(paper: &mut Paper, snapshot: &Snapshot, found: &Found) {
    paper.head(&found.name.text, "data set");
    let here = snapshot.included(&found.place.file);
    let here = here.iter().filter(|one| one.span.0 <= found.start() && found.end() <= one.span.1);
    paper.list(here.map(|one| match &one.path {
        Some(path) => format!("{path} for {}", one.stacks.join(", ")),
        None => format!("no file is known for it on {}", one.stacks.join(", ")),
    }));
}

/// A device, link or interface: where it is defined, and its addresses.
fn thing(paper: &mut Paper, snapshot: &Snapshot, found: &Found) {
    let defined = snapshot.definitions_like(found);
    let kind = defined.first().map_or(found.name.kind, |one| one.name.kind);
    paper.head(&found.name.text, kind.word());
    let mut facts: Vec<String> = defined
        .iter()
        .map(|one| {
            let text = snapshot.source(&one.place.file);
            let record = text.as_ref().and_then(|text| text.record(one.place.start.record)).unwrap_or("");
            format!("{} on {}", record.split(" ;").next().unwrap_or("").trim(), one.stacks.join(", "))
        })
        .collect();
    if let Some(cluster) = snapshot.cluster() {
        for stack in
            cluster.stacks.iter().filter(|stack| found.stacks.iter().any(|name| name == stack.name()))
        {
            let mine = stack.home.iter().filter(|home| home.link == *found.name.text);
            facts.extend(mine.map(|home| format!("has {} on {}", home.address, stack.name())));
            let dynamic =
                stack.dvipas.iter().filter(|dvipa| dvipa.interface.as_deref() == Some(&*found.name.text));
            facts.extend(dynamic.map(|dvipa| format!("has the DVIPA {} on {}", dvipa.address, stack.name())));
        }
    }
    if facts.is_empty() {
        facts.push(format!("nothing of this name is defined on {}", found.stacks.join(", ")));
    }
    paper.list(facts);
}
