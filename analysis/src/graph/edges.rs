//! What DOT and Mermaid draw as arrows, and what they say in words because arrows would hide the rest.

use super::{Goal, Picture, Row, Service, words};

/// A row as a node: its lines, and the distributions that get arrows.
pub(super) struct Node<'a> {
    pub(super) lines: Vec<String>,
    pub(super) arrows: Vec<(&'a Goal, String)>,
}

/// Targets that are every stack of the group are said in words: arrows to all of them show nothing.
pub(super) fn node<'a>(picture: &'a Picture, row: &'a Row) -> Node<'a> {
    let mut lines = vec![words::addresses(row)];
    let mut arrows = Vec::new();
    for service in &row.services {
        let members = picture.stacks.iter().filter(|stack| stack.group == row.group).count();
        let label = words::service(picture, service);
        let plain = service.targets.iter().all(|goal| words::role(goal).is_empty());
        if plain && (service.to_all || service.targets.len() == members) {
            lines.push(format!("{label} to {}", everyone(service)));
        } else {
            arrows.extend(service.targets.iter().map(|goal| {
                let role = words::role(goal);
                (goal, if role.is_empty() { label.clone() } else { format!("{label}, {role}") })
            }));
        }
    }
    Node { lines, arrows }
}

/// `owner`, or for a backup that took over `owner (rank 30)`.
pub(super) fn owner(row: &Row, owner: usize) -> String {
    match row.part.backups.iter().find(|(stack, _)| *stack == owner) {
        Some((_, rank)) => format!("owner (rank {rank})"),
        None => "owner".to_owned(),
    }
}

fn everyone(service: &Service) -> String {
    match service.targets.len() {
        1 => "its only stack".to_owned(),
        several => format!("all {several} stacks"),
    }
}

/// A system with the places of its stacks.
type System<'a> = (&'a str, Vec<usize>);

/// Columns with the same CPC, and in it the same system: what clusters and subgraphs hold.
pub(super) fn nested(picture: &Picture) -> Vec<(Option<&str>, Vec<System<'_>>)> {
    let mut cpcs: Vec<(Option<&str>, Vec<System<'_>>)> = Vec::new();
    for (place, stack) in picture.stacks.iter().enumerate() {
        let (cpc, system) = (stack.cpc.as_deref(), stack.system.as_str());
        if cpcs.last().is_none_or(|(last, _)| *last != cpc) {
            cpcs.push((cpc, Vec::new()));
        }
        let Some((_, systems)) = cpcs.last_mut() else { continue };
        match systems.last_mut() {
            Some((last, places)) if *last == system => places.push(place),
            Some(_) | None => systems.push((system, vec![place])),
        }
    }
    cpcs
}
