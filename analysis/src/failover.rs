//! `vipa failover`: every stack, system and CPC lost in turn, while running and at the start of the sysplex; what moves,
//! what is lost, what does not come back, and which start order decides an owner.
//!
//! Everything is played on the model: a fault is an event on a copy of the running cluster, so the answer is the one that
//! `run` and `why` would give. Nothing is inferred from the profiles beside the names of services.

mod case;
mod columns;
mod faults;
mod folded;
pub mod html;
pub mod json;
mod lines;
mod orders;
pub(crate) mod servers;
pub(crate) mod services;
mod spread;
mod starts;
pub mod text;
mod weak;

pub use case::{Back, Case, Fate, Moment, Moved, Served};
pub use faults::{Fault, FaultKind};
pub use orders::Order;
pub use services::{Service, ServiceKind};
pub use weak::{Weakness, WeaknessKind};

use std::collections::BTreeSet;
use std::net::IpAddr;

use grammar::scenario::Scenario;
use runtime_model::model::{DvipaOrigin, Model};
use schemars::JsonSchema;
use serde::Serialize;

use crate::run::World;
use crate::trouble::Trouble;
use crate::why::Assumed;

/// How to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Faults at a time: 1, or 2 for pairs as well.
    pub faults: usize,
    /// Threads to play with, at least 1. The report does not depend on it.
    pub threads: usize,
    /// Each case tells how it came about: [`Case::trace`].
    pub trace: bool,
}

/// The report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Name of the sysplex.
    pub sysplex: String,
    /// The stacks with system and CPC, in the order of the description.
    pub stacks: Vec<StackRow>,
    /// Every DVIPA of a VIPADEFINE or VIPABACKUP, in the order of addresses, as it is before any fault.
    pub dvipas: Vec<DvipaRow>,
    /// The services, as they are before any fault.
    pub services: Vec<Service>,
    /// Where the sysplex is weak, the worst first.
    pub weaknesses: Vec<Weakness>,
    /// Each fault, while running and at the start.
    pub cases: Vec<Case>,
    /// DVIPAs whose owner depends on which stack starts first.
    pub orders: Vec<Order>,
    /// Open points of the sources that the answers rest on, by name.
    pub assumptions: Vec<Assumed>,
    /// What was taken for granted beside them.
    pub notes: Vec<String>,
}

/// A stack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct StackRow {
    /// Its name.
    pub name: String,
    /// Its system.
    pub system: String,
    /// Its CPC, if told.
    pub cpc: Option<String>,
}

/// A DVIPA before any fault.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct DvipaRow {
    /// The address.
    pub address: IpAddr,
    /// Its owner.
    pub owner: Option<String>,
    /// Stacks with VIPADEFINE.
    pub definers: Vec<String>,
    /// Stacks with VIPABACKUP, the highest rank first, with the rank.
    pub backups: Vec<(String, u8)>,
}

impl Report {
    /// What the report rests on, a line each.
    #[must_use]
    pub fn grounds(&self) -> Vec<String> {
        let assumed = self.assumptions.iter().map(|one| format!("{}: {}", one.name, one.words));
        self.notes.iter().cloned().chain(assumed).collect()
    }

    /// Services that a single fault or pair of faults takes away.
    #[must_use]
    pub fn lost_services(&self) -> usize {
        let lost = |case: &Case| -> Vec<usize> {
            case.services
                .iter()
                .filter(|served| served.fate == Fate::Lost)
                .map(|served| served.service)
                .collect()
        };
        self.cases.iter().flat_map(lost).collect::<BTreeSet<_>>().len()
    }
}

/// Plays every fault. `after` gives the state to begin with; else all stacks have started and every server listens.
///
/// # Errors
/// Names in the scenario that nobody has.
pub fn failover(
    world: &World<'_>,
    after: Option<(&str, &Scenario)>,
    options: Options,
    progress: &mut dyn FnMut(usize, usize),
) -> Result<Report, Vec<Trouble>> {
    let stage = case::Stage::new(world, after, options.trace)?;
    let faults = faults::all(world.model, options.faults);
    let (cases, mut assumptions) = case::play(&stage, &faults, options.threads, progress);
    let orders = orders::orders(&stage, options.threads);
    assumptions.extend(stage.assumptions());
    let dvipas = dvipas(world.model, &stage);
    let weaknesses = weak::weaknesses(&stage, &dvipas, &cases, &orders);
    Ok(Report {
        sysplex: world.model.sysplex.clone(),
        stacks: stacks(world.model),
        dvipas,
        services: stage.services(),
        weaknesses,
        cases,
        orders,
        assumptions: assumptions.into_iter().map(|(name, words)| Assumed { name, words }).collect(),
        notes: stage.notes(),
    })
}

fn stacks(model: &Model) -> Vec<StackRow> {
    let row = |stack: &runtime_model::model::StackModel| StackRow {
        name: stack.name.clone(),
        system: stack.system.clone(),
        cpc: stack.cpc.clone(),
    };
    model.stacks.iter().map(row).collect()
}

fn dvipas(model: &Model, stage: &case::Stage<'_>) -> Vec<DvipaRow> {
    let addresses: BTreeSet<IpAddr> =
        model.stacks.iter().flat_map(|stack| &stack.dvipas).map(|dvipa| dvipa.address).collect();
    let mut rows: Vec<DvipaRow> = addresses
        .into_iter()
        .map(|address| DvipaRow {
            address,
            owner: stage.owner(address),
            definers: Vec::new(),
            backups: Vec::new(),
        })
        .collect();
    for stack in &model.stacks {
        for dvipa in &stack.dvipas {
            let Ok(at) = rows.binary_search_by_key(&dvipa.address, |row| row.address) else { continue };
            let Some(row) = rows.get_mut(at) else { continue };
            match dvipa.origin {
                DvipaOrigin::Define => row.definers.push(stack.name.clone()),
                DvipaOrigin::Backup(rank) => row.backups.push((stack.name.clone(), rank)),
            }
        }
    }
    for row in &mut rows {
        row.backups.sort_by_key(|(_, rank)| std::cmp::Reverse(*rank));
    }
    rows
}
