//! The state: stacks that run or not, who has each DVIPA, what operators deactivated.

use std::net::IpAddr;

use compiler::Snapshot;
use runtime_model::Cluster;
use runtime_model::model::{DvipaOrigin, Model, Moveable, StackModel};

use super::wheres::Wheres;
use super::{Found, Kind, Pair, Side};
use crate::capture::Status;
use crate::live::{Observed, Place};

/// Stacks that do not run, and those outside their group.
pub(super) fn stacks(model: &Model, observed: &Observed) -> Vec<Found> {
    let whole = observed.roles.iter().find(|said| !said.cut && !said.what.is_empty());
    let mut found = Vec::new();
    let mut add = |place: usize, message: String, help: String, seen: &Place| {
        let stack = model.stacks.get(place).map_or("", |stack| stack.name.as_str());
        found.push(Found {
            kind: Kind::Stack,
            side: Side::Both,
            stack: place,
            subject: stack.to_owned(),
            message,
            help,
            seen: Some(seen.clone()),
            at: None,
        });
    };
    for (place, stack) in model.stacks.iter().enumerate() {
        let name = &stack.name;
        let config = observed.stacks.get(place).and_then(|seen| seen.config.as_ref());
        if let Some(said) = config.filter(|said| !said.what.joined) {
            add(
                place,
                format!("{name} is outside its sysplex group: its DVIPA definitions sleep"),
                format!(
                    "VARY TCPIP,{},SYSPLEX,JOINGROUP brings it back, unless it waits for what its monitor watches",
                    stack.job_name()
                ),
                &said.at,
            );
        } else if let Some(said) = whole.filter(|_| !stack.dvipas.is_empty() && !observed.tells_of(place)) {
            add(
                place,
                format!(
                    "{name} is in no row of the display: it is down, or outside the group of those that are"
                ),
                format!("start {}, or look at its messages EZZ8269I and EZD1212E", stack.job_name()),
                &said.at,
            );
        }
    }
    found
}

/// DVIPAs that an operator deactivated on a stack.
pub(super) fn deactivated(pair: &mut Pair<'_>, observed: &Observed) {
    let mut rows: Vec<(IpAddr, Place)> = Vec::new();
    if let Some(said) = &pair.seen.config {
        rows.extend(
            said.what.defined.iter().filter(|row| row.deactivated).map(|row| (row.address, said.at.clone())),
        );
    }
    if let Some(said) = &pair.seen.dvipas {
        let off = said.what.iter().filter(|row| row.status == Some(Status::Deactivated));
        rows.extend(off.map(|row| (row.address, said.at.clone())));
    }
    for said in &observed.roles {
        let off = said.what.iter().filter(|row| row.role.status == Status::Deactivated);
        let here = off.filter(|row| row.stack == Some(pair.place));
        rows.extend(here.map(|row| (row.role.address, said.at.clone())));
    }
    rows.sort_by_key(|(address, _)| *address);
    rows.dedup_by_key(|(address, _)| *address);
    for (address, seen) in rows {
        let job = pair.model.job_name().to_owned();
        let at = pair.wheres.dvipa(address);
        pair.add(
            Kind::Deactivated,
            Side::Both,
            &address.to_string(),
            format!("{address} is deactivated by the operator"),
            format!("VARY TCPIP,{job},SYSPLEX,REACTIVATE,DVIPA={address} takes that back"),
            Some(&seen),
            at,
        );
    }
}

/// DVIPAs that are not where a start of all stacks puts them.
pub(super) fn owners(model: &Model, fresh: &Cluster, observed: &Observed, snapshot: &Snapshot) -> Vec<Found> {
    let owners = observed.owners().of;
    let mut found = Vec::new();
    for (address, (place, seen)) in &owners {
        let Some(stack) = model.stacks.get(*place) else { continue };
        let expected = fresh.owner_of(*address).map(|owner| usize::from(owner.0));
        if expected == Some(*place) {
            continue;
        }
        let (message, help, side, at) = match expected
            .and_then(|owner| Some((owner, model.stacks.get(owner)?)))
        {
            Some((owner, due)) => (
                format!(
                    "{address} is active on {}, and with these profiles {} has it when all stacks run",
                    stack.name, due.name
                ),
                back(*address, stack, due, owner, observed),
                Side::Both,
                Wheres::new(snapshot, &due.name).dvipa(*address),
            ),
            // An application or the ioctl may have brought it up: that is what ranges are for.
            None if covered(stack, *address) => continue,
            None => (
                format!("{address} is active on {}, and no statement of its profile covers it", stack.name),
                "put it into the profile, or the next start loses it".to_owned(),
                Side::RunningOnly,
                None,
            ),
        };
        found.push(Found {
            kind: Kind::Owner,
            side,
            stack: *place,
            subject: address.to_string(),
            message,
            help,
            seen: Some(seen.clone()),
            at,
        });
    }
    found.extend(nowhere(model, fresh, observed, snapshot));
    found
}

/// DVIPAs that a whole display of the sysplex does not show active anywhere.
fn nowhere(model: &Model, fresh: &Cluster, observed: &Observed, snapshot: &Snapshot) -> Vec<Found> {
    let Some(said) = observed.roles.iter().find(|said| !said.cut && !said.what.is_empty()) else {
        return Vec::new();
    };
    let owners = observed.owners().of;
    let mut addresses: Vec<IpAddr> =
        model.stacks.iter().flat_map(|stack| &stack.dvipas).map(|dvipa| dvipa.address).collect();
    addresses.sort_unstable();
    addresses.dedup();
    let lost = addresses.into_iter().filter(|address| !owners.contains_key(address));
    lost.filter_map(|address| {
        let place = usize::from(fresh.owner_of(address)?.0);
        let due = model.stacks.get(place)?;
        let elsewhere = said.what.iter().any(|row| row.stack.is_none() && row.role.address == address);
        (!elsewhere).then(|| Found {
            kind: Kind::Owner,
            side: Side::ProfileOnly,
            stack: place,
            subject: address.to_string(),
            message: format!(
                "{address} is active on no stack, and with these profiles {} has it when all stacks run",
                due.name
            ),
            help: format!(
                "is it deactivated, or was it taken out by an OBEYFILE? NETSTAT VIPADCFG on {} tells",
                due.name
            ),
            seen: Some(said.at.clone()),
            at: Wheres::new(snapshot, &due.name).dvipa(address),
        })
    })
    .collect()
}

fn covered(stack: &StackModel, address: IpAddr) -> bool {
    stack.ranges.iter().any(|range| range.subnet.contains(&address))
        || stack.dvipas.iter().any(|dvipa| dvipa.address == address)
}

/// How an address comes back to the stack that should have it.
fn back(address: IpAddr, now: &StackModel, due: &StackModel, owner: usize, observed: &Observed) -> String {
    let seen = observed.stacks.get(owner);
    let off = seen
        .and_then(|seen| seen.config.as_ref())
        .is_some_and(|said| said.what.defined.iter().any(|row| row.address == address && row.deactivated));
    let asleep = seen.and_then(|seen| seen.config.as_ref()).is_some_and(|said| !said.what.joined);
    let (job, due_name) = (due.job_name(), &due.name);
    if off {
        return format!(
            "it is deactivated on {due_name}: VARY TCPIP,{job},SYSPLEX,REACTIVATE,DVIPA={address} moves it back"
        );
    }
    if asleep {
        return format!("{due_name} is outside its group: VARY TCPIP,{job},SYSPLEX,JOINGROUP moves it back");
    }
    if !observed.tells_of(owner) {
        return format!(
            "nothing was captured of {due_name}: if it is down, its start moves the address back"
        );
    }
    let idle = |stack: &StackModel| {
        let statement = stack.dvipas.iter().find(|dvipa| dvipa.address == address);
        statement.is_some_and(|dvipa| dvipa.moveable == Some(Moveable::WhenIdle))
    };
    let defines =
        due.dvipas.iter().any(|dvipa| dvipa.address == address && dvipa.origin == DvipaOrigin::Define);
    if defines && (idle(now) || idle(due)) {
        return format!(
            "MOVEABLE WHENIDLE: it moves to {due_name} when its last connection on {} has ended",
            now.name
        );
    }
    format!(
        "VARY TCPIP,{},SYSPLEX,DEACTIVATE,DVIPA={address} gives it to the next of its chain, REACTIVATE afterwards makes {} a backup again",
        now.job_name(),
        now.name
    )
}
