//! The picture in words: labels of every renderer, and what stands behind a row or a stack.

use compiler::statements::vipadistribute::method_word;
use runtime_model::model::Standby;

use super::{Column, Goal, Picture, Range, RangeKind, Row, Service, State};

/// How many ports a label names.
const PORTS: usize = 6;

/// `203.0.113.1 (DVA1)`, `203.0.113.1 to 203.0.113.40, 25 DVIPAs`.
#[must_use]
pub fn addresses(row: &Row) -> String {
    let one = |(address, name): &(std::net::IpAddr, Option<String>)| match name {
        Some(name) => format!("{address} ({name})"),
        None => address.to_string(),
    };
    match row.addresses.as_slice() {
        [] => String::new(),
        [only] => one(only),
        [first, .., last] => format!("{} to {}, {} DVIPAs", first.0, last.0, row.addresses.len()),
    }
}

/// `443 3000`, `21 23 25 443 992 1414 and 8 more`, or what no list means.
#[must_use]
pub fn ports(picture: &Picture, service: &Service) -> String {
    let shown: Vec<String> = service.ports.iter().take(PORTS).map(u16::to_string).collect();
    match service.ports.len().saturating_sub(PORTS) {
        _ if service.ports.is_empty() && picture.merged => "ports that differ".to_owned(),
        _ if service.ports.is_empty() => "ports of the listeners".to_owned(),
        0 => shown.join(" "),
        more => format!("{} and {more} more", shown.join(" ")),
    }
}

/// `443 3000 · SERVERWLM`.
#[must_use]
pub fn service(picture: &Picture, service: &Service) -> String {
    match service.method {
        Some(said) => format!("{} · {}", ports(picture, service), method_word(said)),
        None => ports(picture, service),
    }
}

/// What stands beside a target: `preferred`, `backup 20`, `weight 3`, or nothing.
#[must_use]
pub fn role(goal: &Goal) -> String {
    match (goal.standby, goal.weight) {
        (Some(Standby::Preferred), _) => "preferred".to_owned(),
        (Some(Standby::Backup(rank)), _) => format!("backup {rank}"),
        (None, Some(weight)) => format!("weight {weight}"),
        (None, None) => String::new(),
    }
}

/// `NONDISRUPTIVE, SAF CICS`.
#[must_use]
pub fn kind(kind: &RangeKind) -> String {
    let moveable = if kind.non_disruptive { "NONDISRUPTIVE" } else { "DISRUPTIVE" };
    match &kind.saf {
        Some(saf) => format!("{moveable}, SAF {saf}"),
        None => moveable.to_owned(),
    }
}

/// `CPC1` as it is, any other name with the word before it.
#[must_use]
pub fn cpc(name: &str) -> String {
    let told = name.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("CPC"));
    if told { name.to_owned() } else { format!("CPC {name}") }
}

/// Why a stack is not as the others; nothing for one that runs in its group.
#[must_use]
pub const fn state(state: State) -> &'static str {
    match state {
        State::Joined => "",
        State::Apart => "not in its group",
        State::Down => "not running",
    }
}

/// `Sysplex RETAIL`, or that there is no name.
#[must_use]
pub fn title(picture: &Picture) -> String {
    if picture.sysplex.is_empty() { "Sysplex".to_owned() } else { format!("Sysplex {}", picture.sysplex) }
}

/// `3 stacks on 3 systems and 2 CPCs, 4 DVIPAs, 1 application range`.
#[must_use]
pub fn summary(picture: &Picture) -> String {
    let distinct = |names: Vec<&str>| names.into_iter().collect::<std::collections::BTreeSet<_>>().len();
    let systems = distinct(picture.stacks.iter().map(|stack| stack.system.as_str()).collect());
    let cpcs = distinct(picture.stacks.iter().filter_map(|stack| stack.cpc.as_deref()).collect());
    let mut out = format!("{} on {}", count(picture.stacks.len(), "stack"), count(systems, "system"));
    if cpcs > 0 {
        out.push_str(&format!(" and {}", count(cpcs, "CPC")));
    }
    let dvipas: usize = picture.rows.iter().map(|row| row.addresses.len()).sum();
    if dvipas > 0 || picture.ranges.is_empty() {
        out.push_str(&format!(", {}", count(dvipas, "DVIPA")));
    }
    if !picture.ranges.is_empty() {
        out.push_str(&format!(", {}", count(picture.ranges.len(), "application range")));
    }
    out
}

fn count(number: usize, word: &str) -> String {
    format!("{number} {word}{}", if number == 1 { "" } else { "s" })
}

/// What a row says, a sentence a line.
#[must_use]
pub fn row(picture: &Picture, row: &Row) -> Vec<String> {
    let name = |place: usize| picture.stacks.get(place).map_or("", |stack| stack.name.as_str());
    let names = |places: &[usize]| places.iter().map(|place| name(*place)).collect::<Vec<_>>().join(", ");
    let part = &row.part;
    let mut lines = Vec::new();
    match part.owners.as_slice() {
        [] => lines.push("no stack has it".to_owned()),
        owners if part.cpc_scope => lines.push(format!("owned by {}, one for each CPC", names(owners))),
        owners => {
            let ranked = part.backups.iter().find(|(stack, _)| owners.contains(stack));
            let rank = ranked.map(|(_, rank)| format!(", a backup of rank {rank}")).unwrap_or_default();
            lines.push(format!("owned by {}{rank}", names(owners)));
        }
    }
    let away: Vec<usize> =
        part.definers.iter().copied().filter(|definer| !part.owners.contains(definer)).collect();
    if !away.is_empty() {
        lines.push(format!("VIPADEFINE on {}, which does not have it now", names(&away)));
    }
    let turn = |(_, stacks, rank): &(usize, Vec<usize>, u8)| {
        let told = |place: &usize| match picture.stacks.get(*place).map(|stack| state(stack.state)) {
            Some(state) if !state.is_empty() => format!("{}, {state},", name(*place)),
            _ => name(*place).to_owned(),
        };
        let told: Vec<String> = stacks.iter().map(told).collect();
        format!("{} (rank {rank})", told.join(" and "))
    };
    let turns: Vec<String> = part.turns().iter().map(turn).collect();
    lines.push(match turns.as_slice() {
        [] => "nobody takes over".to_owned(),
        turns => format!("backups: {}", turns.join(", then ")),
    });
    for one in &row.services {
        let goal = |goal: &Goal| match role(goal) {
            role if role.is_empty() => name(goal.stack).to_owned(),
            role => format!("{} ({role})", name(goal.stack)),
        };
        let targets: Vec<String> = one.targets.iter().map(goal).collect();
        let by = one.method.map(|said| format!(" by {}", method_word(said))).unwrap_or_default();
        lines.push(match targets.as_slice() {
            [] => format!("{} distributed{by}; no target is in the group", ports(picture, one)),
            targets if one.to_all => {
                format!("{} distributed{by} to all: {}", ports(picture, one), targets.join(", "))
            }
            targets => format!("{} distributed{by} to {}", ports(picture, one), targets.join(", ")),
        });
    }
    if row.services.is_empty() {
        lines.push("not distributed".to_owned());
    }
    lines
}

/// What a range says, a sentence a line.
#[must_use]
pub fn range(picture: &Picture, range: &Range) -> Vec<String> {
    let name = |place: usize| picture.stacks.get(place).map_or("", |stack| stack.name.as_str());
    let mut lines: Vec<String> = Vec::new();
    let mut kinds: Vec<(&RangeKind, Vec<&str>)> = Vec::new();
    for (stack, said) in &range.stacks {
        match kinds.iter_mut().find(|(one, _)| *one == said) {
            Some((_, stacks)) => stacks.push(name(*stack)),
            None => kinds.push((said, vec![name(*stack)])),
        }
    }
    lines.extend(kinds.iter().map(|(said, stacks)| format!("{} on {}", kind(said), stacks.join(", "))));
    lines.extend(range.active.iter().map(|(address, stack)| format!("{address} active on {}", name(*stack))));
    if range.active.is_empty() {
        lines.push("no address of it is active".to_owned());
    }
    lines
}

/// What concerns a stack, a sentence a line.
#[must_use]
pub fn stack(picture: &Picture, place: usize) -> Vec<String> {
    let Some(column) = picture.stacks.get(place) else { return Vec::new() };
    let mut lines = vec![home(picture, column)];
    let mut told = |what: &str, has: &dyn Fn(&Row) -> bool| {
        let rows: Vec<String> = picture.rows.iter().filter(|row| has(row)).map(addresses).collect();
        if !rows.is_empty() {
            lines.push(format!("{what} {}", rows.join("; ")));
        }
    };
    told("owns", &|row| row.part.owners.contains(&place));
    told("first to take over", &|row| {
        row.part.turns().first().is_some_and(|(_, stacks, _)| stacks.contains(&place))
    });
    told("later in the chain of", &|row| {
        row.part.turns().iter().skip(1).any(|(_, stacks, _)| stacks.contains(&place))
    });
    told("target of", &|row| {
        row.services.iter().any(|service| service.targets.iter().any(|goal| goal.stack == place))
    });
    let ranges = picture.ranges.iter().filter(|range| range.stacks().contains(&place));
    let ranges: Vec<String> = ranges.map(|range| range.subnet.to_string()).collect();
    if !ranges.is_empty() {
        lines.push(format!("application ranges {}", ranges.join(", ")));
    }
    lines
}

fn home(picture: &Picture, column: &Column) -> String {
    let mut out = format!("on system {}", column.system);
    if let Some(cpc) = &column.cpc {
        out.push_str(&format!(", {}", self::cpc(cpc)));
    }
    if let Some(group) = picture.groups.get(column.group) {
        out.push_str(&format!(", XCF group {group}"));
    }
    if !column.xcf.is_empty() {
        let xcf: Vec<String> = column.xcf.iter().map(ToString::to_string).collect();
        out.push_str(&format!(", dynamic XCF address {}", xcf.join(" and ")));
    }
    if column.state != State::Joined {
        out.push_str(&format!("; {}", state(column.state)));
    }
    out
}
