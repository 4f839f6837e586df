//! Where the sysplex is weak: the cases put into advice, each weakness once.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use runtime_model::model::DvipaOrigin;
use schemars::JsonSchema;
use serde::Serialize;

use super::DvipaRow;
use super::case::{Case, Fate, Moment, Stage};
use super::orders::{Order, may_activate};

/// A weakness.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Weakness {
    /// What kind it is.
    pub kind: WeaknessKind,
    /// Address that it is about.
    pub address: IpAddr,
    /// Port, for a service.
    pub port: Option<u16>,
    /// One line that stands alone: what happens, and when.
    pub message: String,
    /// How to mend it.
    pub help: String,
}

/// Kinds of weakness, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum WeaknessKind {
    /// A fault takes a service away.
    LostService,
    /// A fault leaves an address without owner.
    NoOwner,
    /// An address comes up nowhere when its owner is not there at the start.
    NotAtStart,
    /// A backup that is the first to own an address does not distribute it.
    Undistributed,
    /// An address does not come back.
    StaysAway,
    /// An address comes back only when its last connection has ended.
    ComesBackIdle,
    /// The order of starts decides the owner.
    StartOrder,
}

/// The weaknesses that the cases show.
pub(super) fn weaknesses(
    stage: &Stage<'_>,
    dvipas: &[DvipaRow],
    cases: &[Case],
    orders: &[Order],
) -> Vec<Weakness> {
    let mut found: Vec<Weakness> = Vec::new();
    found.extend(lost_services(stage, cases));
    found.extend(undistributed(stage, cases));
    let told: BTreeSet<IpAddr> = found.iter().map(|weakness| weakness.address).collect();
    // A service that is lost with its address says more than the address.
    found.extend(
        without_owner(stage, dvipas, cases).into_iter().filter(|weakness| {
            weakness.kind == WeaknessKind::NotAtStart || !told.contains(&weakness.address)
        }),
    );
    found.extend(staying(cases));
    found.extend(orders.iter().map(by_order));
    found.sort();
    found.dedup();
    found
}

fn when(titles: &[String], moment: Moment) -> String {
    let listed = match titles {
        [one] => one.clone(),
        [first, second] => format!("{first} or {second}"),
        several => format!("{} or {} others", several.first().map_or("", String::as_str), several.len() - 1),
    };
    match moment {
        Moment::Running if titles.len() == 1 => format!("when {listed} fails"),
        Moment::Running => format!("when one of {listed} fails"),
        Moment::Start => format!("when {listed} is not there at the start"),
    }
}

/// Each service that is lost, with the faults that take it away while running; at the start only where they do not.
fn lost_services(stage: &Stage<'_>, cases: &[Case]) -> Vec<Weakness> {
    let services = stage.services();
    let mut lost: BTreeMap<(usize, Moment), Vec<&Case>> = BTreeMap::new();
    for case in cases {
        for served in case.services.iter().filter(|served| served.fate == Fate::Lost) {
            lost.entry((served.service, case.moment)).or_default().push(case);
        }
    }
    let running: Vec<usize> =
        lost.keys().filter(|(_, moment)| *moment == Moment::Running).map(|(service, _)| *service).collect();
    let told = lost
        .into_iter()
        .filter(|((service, moment), _)| *moment == Moment::Running || !running.contains(service));
    told.filter_map(|((place, moment), cases)| {
        let service = services.get(place)?;
        // A system that is lost with its stack says nothing new.
        let fewest = cases.iter().map(|case| case.fault.stacks.len()).min()?;
        let titles: Vec<String> = cases
            .iter()
            .filter(|case| case.fault.stacks.len() == fewest)
            .map(|case| case.fault.title())
            .collect();
        let case = cases.first()?;
        let owner = case.moved.iter().find(|moved| moved.address == service.address);
        let (why, help) = match owner {
            // The address says it: nobody could be the first to have it.
            Some(moved) if moved.to.is_none() && moment == Moment::Start => return None,
            Some(moved) if moved.to.is_none() => (
                format!("no stack takes {} over", service.address),
                format!("code VIPABACKUP for {} on another stack", service.address),
            ),
            _ => match service.listeners.as_slice() {
                [only] => (
                    format!("{only} has its only listener"),
                    format!("run a second server for port {}, on another system", service.port),
                ),
                listeners => (
                    format!("all its listeners ({}) are there", listeners.join(", ")),
                    format!(
                        "run a server for port {} on a system that does not fail with them",
                        service.port
                    ),
                ),
            },
        };
        Some(Weakness {
            kind: WeaknessKind::LostService,
            address: service.address,
            port: Some(service.port),
            message: format!("{} is lost {}: {why}", service.name(), when(&titles, moment)),
            help,
        })
    })
    .collect()
}

/// Services that one stack carries alone because it does not distribute them, once for each DVIPA and stack.
fn undistributed(stage: &Stage<'_>, cases: &[Case]) -> Vec<Weakness> {
    let services = stage.services();
    let mut alone: BTreeMap<(IpAddr, String, Moment), (String, Vec<u16>)> = BTreeMap::new();
    for case in cases {
        for served in case.services.iter().filter(|served| served.fate == Fate::Undistributed) {
            let (Some(service), Some(on)) = (services.get(served.service), served.listeners.first()) else {
                continue;
            };
            let key = (service.address, on.clone(), case.moment);
            let (title, ports) = alone.entry(key).or_insert((case.fault.title(), Vec::new()));
            if *title == case.fault.title() {
                ports.push(service.port);
            }
        }
    }
    let told = |((address, on, moment), (title, ports)): ((IpAddr, String, Moment), (String, Vec<u16>))| {
        let named: Vec<String> = ports.iter().map(u16::to_string).collect();
        Weakness {
            kind: WeaknessKind::Undistributed,
            address,
            port: ports.first().copied(),
            message: format!(
                "{address} is not distributed {}: {on} owns it then, has no VIPADISTRIBUTE for it, and serves port {} alone",
                when(&[title], moment),
                named.join(", ")
            ),
            help: format!("give {on} the same VIPADISTRIBUTE for {address}"),
        }
    };
    alone.into_iter().map(told).collect()
}

fn without_owner(stage: &Stage<'_>, dvipas: &[DvipaRow], cases: &[Case]) -> Vec<Weakness> {
    let mut gone: BTreeMap<(IpAddr, Moment), Vec<String>> = BTreeMap::new();
    for case in cases {
        for moved in case.moved.iter().filter(|moved| moved.to.is_none()) {
            gone.entry((moved.address, case.moment)).or_default().push(case.fault.title());
        }
    }
    let mut found = Vec::new();
    for ((address, moment), titles) in &gone {
        let Some(row) = dvipas.iter().find(|row| row.address == *address) else { continue };
        let titles = titles.get(..1).unwrap_or_default();
        let (kind, why, help) = match moment {
            Moment::Running if row.backups.is_empty() => (
                WeaknessKind::NoOwner,
                "it has no backup".to_owned(),
                format!("code VIPABACKUP for {address} on another stack"),
            ),
            Moment::Running => (
                WeaknessKind::NoOwner,
                "no backup is left that may take it".to_owned(),
                format!("code VIPABACKUP for {address} on a stack of another system"),
            ),
            // That it is lost while running says enough.
            Moment::Start if gone.contains_key(&(*address, Moment::Running)) => continue,
            Moment::Start => {
                let passive: Vec<&str> = stage
                    .model
                    .stacks
                    .iter()
                    .filter(|stack| {
                        stack.dvipas.iter().any(|dvipa| {
                            dvipa.address == *address
                                && !matches!(dvipa.origin, DvipaOrigin::Define)
                                && !may_activate(dvipa)
                        })
                    })
                    .map(|stack| stack.name.as_str())
                    .collect();
                (
                    WeaknessKind::NotAtStart,
                    format!(
                        "VIPABACKUP on {} has no MOVEABLE and mask, so it cannot be the first to activate it",
                        passive.join(", ")
                    ),
                    "give each VIPABACKUP the MOVEABLE and mask of the VIPADEFINE".to_owned(),
                )
            }
        };
        found.push(Weakness {
            kind,
            address: *address,
            port: None,
            message: format!("{address} has no owner {}: {why}", when(titles, *moment)),
            help,
        });
    }
    found
}

fn staying(cases: &[Case]) -> Vec<Weakness> {
    let mut seen: BTreeMap<(IpAddr, bool), (String, Option<String>)> = BTreeMap::new();
    for case in cases {
        for back in &case.back {
            let entry = (case.fault.title(), back.with.clone());
            seen.entry((back.address, back.when_idle)).or_insert(entry);
        }
    }
    let told = |((address, when_idle), (title, with)): ((IpAddr, bool), (String, Option<String>))| {
        let with = with.map_or_else(|| "without owner".to_owned(), |stack| format!("with {stack}"));
        let (kind, message, help) = if when_idle {
            (
                WeaknessKind::ComesBackIdle,
                format!(
                    "{address} stays {with} after {title} is back, as long as one connection runs there: \
                     it is MOVEABLE WHENIDLE, and a busy service may never be idle"
                ),
                "code MOVEABLE IMMEDIATE, or plan a quiet hour and DEACTIVATE the address on the backup"
                    .to_owned(),
            )
        } else {
            (
                WeaknessKind::StaysAway,
                format!("{address} stays {with} after {title} is back, even when no connection is left"),
                "the stack that should have it needs VIPADEFINE; a backup does not take an address back"
                    .to_owned(),
            )
        };
        Weakness { kind, address, port: None, message, help }
    };
    seen.into_iter().map(told).collect()
}

fn by_order(order: &Order) -> Weakness {
    let outcome = |one: &super::orders::Outcome| {
        let owner = one.owner.as_deref().unwrap_or("nobody");
        format!("{owner} when {} starts first", one.first.join(" or "))
    };
    let outcomes: Vec<String> = order.outcomes.iter().map(outcome).collect();
    Weakness {
        kind: WeaknessKind::StartOrder,
        address: order.address,
        port: None,
        message: format!("the order of starts decides who owns {}: {}", order.address, outcomes.join("; ")),
        help: "let one stack have VIPADEFINE and the others VIPABACKUP with different ranks".to_owned(),
    }
}
