//! Only what concerns one stack or one DVIPA.

use grammar::scenario::Span;

use super::{Focus, Goal, Picture};
use crate::names::Addresses;
use crate::trouble::{Trouble, unknown};

/// Leaves out what the focus does not ask for, then the stacks that nothing is left of.
pub(super) fn apply(picture: &mut Picture, focus: &Focus, addresses: &Addresses) -> Result<(), Trouble> {
    if let Some(name) = &focus.stack {
        let Some(place) = picture.stacks.iter().position(|stack| stack.name.eq_ignore_ascii_case(name))
        else {
            let known: Vec<String> = picture.stacks.iter().map(|stack| stack.name.clone()).collect();
            return Err(question(unknown("stack", name, &known)));
        };
        picture.rows.retain(|row| row.stacks().contains(&place));
        picture.ranges.retain(|range| range.stacks().contains(&place));
        let name = picture.stacks.get(place).map_or(name.as_str(), |stack| &stack.name);
        picture.shows.push(format!("what concerns {name}"));
    }
    if let Some(name) = &focus.dvipa {
        let address = name.parse().ok().or_else(|| addresses.address(name));
        let has = |row: &super::Row| row.addresses.iter().any(|(one, _)| Some(*one) == address);
        let ranged = |range: &super::Range| address.is_some_and(|address| range.subnet.contains(&address));
        if !picture.rows.iter().any(has) && !picture.ranges.iter().any(ranged) {
            let all = picture.rows.iter().flat_map(|row| &row.addresses);
            let known: Vec<String> =
                all.map(|(address, name)| name.clone().unwrap_or_else(|| address.to_string())).collect();
            return Err(question(unknown("DVIPA", name, &known)));
        }
        picture.rows.retain(has);
        for row in &mut picture.rows {
            row.addresses.retain(|(one, _)| Some(*one) == address);
        }
        picture.ranges.retain(ranged);
        let shown = address.map_or_else(|| name.clone(), |address| addresses.show(address));
        picture.shows.push(format!("what concerns {shown}"));
    }
    if *focus != Focus::default() {
        narrow(picture, focus);
    }
    Ok(())
}

/// Takes away the stacks without a part, but for the one that is asked about.
fn narrow(picture: &mut Picture, focus: &Focus) {
    let mut kept: Vec<usize> = Vec::new();
    for (place, stack) in picture.stacks.iter().enumerate() {
        let asked = focus.stack.as_ref().is_some_and(|name| stack.name.eq_ignore_ascii_case(name));
        let part = picture.rows.iter().any(|row| row.stacks().contains(&place))
            || picture.ranges.iter().any(|range| range.stacks().contains(&place));
        if asked || part {
            kept.push(place);
        }
    }
    let new = |old: usize| kept.binary_search(&old).ok();
    let mut place = 0..;
    picture.stacks.retain(|_| place.next().is_some_and(|place| new(place).is_some()));
    for row in &mut picture.rows {
        row.part.owners = row.part.owners.iter().filter_map(|old| new(*old)).collect();
        row.part.definers = row.part.definers.iter().filter_map(|old| new(*old)).collect();
        row.part.backups =
            row.part.backups.iter().filter_map(|(old, rank)| Some((new(*old)?, *rank))).collect();
        for service in &mut row.services {
            service.targets = service
                .targets
                .iter()
                .filter_map(|goal| Some(Goal { stack: new(goal.stack)?, ..*goal }))
                .collect();
        }
    }
    for range in &mut picture.ranges {
        range.stacks =
            range.stacks.iter().filter_map(|(old, kind)| Some((new(*old)?, kind.clone()))).collect();
        range.active =
            range.active.iter().filter_map(|(address, old)| Some((*address, new(*old)?))).collect();
    }
}

fn question(message: String) -> Trouble {
    Trouble::at("question", Span { start: 0, end: 0, line: 1, column: 1, end_column: 1 }, message, Vec::new())
}
