//! `vipa drift`: where the running sysplex, as captures show it, differs from what the profiles would give.
//!
//! Each report of a stack is held against the same report of the model ([`crate::netstat`]), entry by entry. An entry that a
//! cut report lacks is not called missing, and what was not captured is not compared: [`Drift::compared`] says what was.

mod devices;
mod distribution;
mod home;
pub mod json;
pub mod markdown;
mod ports;
mod routes;
mod settings;
mod sources;
mod state;
pub mod text;
mod vipa;
mod wheres;

use compiler::Snapshot;
use compiler::place::At;
use runtime_model::Cluster;
use runtime_model::event::Event;
use runtime_model::ids::StackId;
use runtime_model::model::{Model, StackModel};
use schemars::JsonSchema;
use serde::Serialize;

use crate::capture::Body;
use crate::live::{Observed, Place, StackSeen};
use crate::netstat::{Asked, Name, body};
use wheres::Wheres;

/// What a difference is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A stack that does not run, runs outside its group, or is no stack of the description.
    Stack,
    /// A DVIPA that is active elsewhere, or nowhere.
    Owner,
    /// A DVIPA that an operator deactivated.
    Deactivated,
    /// VIPADEFINE or VIPABACKUP.
    Dvipa,
    /// VIPARANGE.
    Range,
    /// VIPADISTRIBUTE.
    Distribution,
    /// VIPAROUTE.
    Route,
    /// PORT and PORTRANGE.
    Port,
    /// SRCIP.
    Source,
    /// Home addresses.
    Home,
    /// A setting of NETSTAT CONFIG, EXPLICITBINDPORTRANGE as the display of ports has it, or the sysplex group.
    Setting,
    /// A static route.
    StaticRoute,
    /// A device, link or interface.
    Device,
}

/// Which side has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// The profile alone.
    ProfileOnly,
    /// The running stack alone.
    RunningOnly,
    /// Both, and they differ.
    Both,
}

/// Where a statement stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Statement {
    /// File.
    pub file: String,
    /// Record, from 1.
    pub record: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

impl std::fmt::Display for Statement {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.record, self.column)
    }
}

/// A difference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Difference {
    /// What it is about.
    pub kind: Kind,
    /// Which side has it.
    pub side: Side,
    /// The stack.
    pub stack: String,
    /// The address, port, job or setting.
    pub subject: String,
    /// One line that stands alone.
    pub message: String,
    /// What to do, one line.
    pub help: String,
    /// The report that shows it; none where it shows by its absence.
    pub seen: Option<Place>,
    /// The statement of the profile, where there is one.
    pub profile: Option<Statement>,
}

/// What was compared of a stack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Compared {
    /// The stack.
    pub stack: String,
    /// Reports that were compared.
    pub reports: Vec<String>,
    /// Reports that would tell more and were not captured.
    pub missing: Vec<String>,
}

/// All differences.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Drift {
    /// Version of this form.
    pub format_version: &'static str,
    /// Name of the sysplex.
    pub sysplex: String,
    /// The differences: stacks and owners first, then statement by statement.
    pub differences: Vec<Difference>,
    /// What was compared.
    pub compared: Vec<Compared>,
    /// What of the captures could not be used.
    pub notes: Vec<String>,
}

/// A difference before its statement has a place.
struct Found {
    kind: Kind,
    side: Side,
    stack: usize,
    subject: String,
    message: String,
    help: String,
    seen: Option<Place>,
    at: Option<At>,
}

/// One stack, both ways.
struct Pair<'a> {
    place: usize,
    model: &'a StackModel,
    seen: &'a StackSeen,
    /// All stacks started with their profiles.
    fresh: &'a Cluster,
    wheres: Wheres,
    found: Vec<Found>,
}

impl Pair<'_> {
    /// The report that the profiles would give.
    fn expected(&self, name: Name) -> Body {
        body(self.fresh, id(self.place), &Asked::whole(name, true))
    }

    fn differs(&mut self, kind: Kind, subject: &str, message: String, seen: &Place, at: Option<At>) {
        let help = "the next start brings the value of the profile: change the profile, or the running stack with an OBEYFILE";
        self.add(kind, Side::Both, subject, message, help.to_owned(), Some(seen), at);
    }

    fn missing(&mut self, kind: Kind, subject: &str, message: String, seen: &Place, at: Option<At>) {
        let help = "bring it in with an OBEYFILE, or take it out of the profile: the next start brings it in";
        self.add(kind, Side::ProfileOnly, subject, message, help.to_owned(), Some(seen), at);
    }

    fn extra(&mut self, kind: Kind, subject: &str, message: String, seen: &Place) {
        let help = "put it into the profile, or the next start loses it";
        self.add(kind, Side::RunningOnly, subject, message, help.to_owned(), Some(seen), None);
    }

    #[allow(clippy::too_many_arguments, reason = "the fields of a difference, one by one")]
    fn add(
        &mut self,
        kind: Kind,
        side: Side,
        subject: &str,
        message: String,
        help: String,
        seen: Option<&Place>,
        at: Option<At>,
    ) {
        self.found.push(Found {
            kind,
            side,
            stack: self.place,
            subject: subject.to_owned(),
            message: format!("{}: {message}", self.model.name),
            help,
            seen: seen.cloned(),
            at,
        });
    }
}

fn id(place: usize) -> StackId {
    StackId(u16::try_from(place).unwrap_or(u16::MAX))
}

/// Compares.
#[must_use]
pub fn drift(snapshot: &Snapshot, observed: &Observed) -> Drift {
    let model = snapshot.model();
    let mut fresh = Cluster::new(&model);
    for stack in fresh.stack_ids() {
        fresh.step_quiet(&Event::Start(stack));
    }
    let mut found = state::stacks(&model, observed);
    let mut all: Vec<Found> = Vec::new();
    for (place, stack) in model.stacks.iter().enumerate() {
        let Some(seen) = observed.stacks.get(place) else { continue };
        let wheres = Wheres::new(snapshot, &stack.name);
        let mut pair = Pair { place, model: stack, seen, fresh: &fresh, wheres, found: Vec::new() };
        state::deactivated(&mut pair, observed);
        vipa::compare(&mut pair);
        distribution::compare(&mut pair);
        ports::compare(&mut pair);
        sources::compare(&mut pair);
        home::compare(&mut pair, &model);
        settings::compare(&mut pair);
        settings::displays(&mut pair);
        routes::compare(&mut pair);
        devices::compare(&mut pair);
        all.append(&mut pair.found);
    }
    found.extend(state::owners(&model, &fresh, observed, snapshot));
    found.append(&mut all);
    found.sort_by_key(|one| (one.kind, one.stack));
    Drift {
        format_version: "1.0",
        sysplex: model.sysplex.clone(),
        differences: placed(snapshot, &model, found),
        compared: compared(&model, observed),
        notes: observed.notes.clone(),
    }
}

fn placed(snapshot: &Snapshot, model: &Model, found: Vec<Found>) -> Vec<Difference> {
    let ats: Vec<At> = found.iter().filter_map(|one| one.at).collect();
    let mut places = snapshot.places(&ats).into_iter();
    found
        .into_iter()
        .map(|one| {
            let place = one.at.and_then(|_| places.next().flatten());
            Difference {
                kind: one.kind,
                side: one.side,
                stack: model.stacks.get(one.stack).map_or_else(String::new, |stack| stack.name.clone()),
                subject: one.subject,
                message: one.message,
                help: one.help,
                seen: one.seen,
                profile: place.map(|place| Statement {
                    file: place.file.to_string(),
                    record: place.start.record,
                    column: place.start.column,
                }),
            }
        })
        .collect()
}

fn compared(model: &Model, observed: &Observed) -> Vec<Compared> {
    let with = model.stacks.iter().zip(&observed.stacks).enumerate();
    with.map(|(place, (stack, seen))| {
        let told = observed.roles.iter().any(|said| said.what.iter().any(|row| row.stack == Some(place)));
        let all = [
            ("VIPADCFG", seen.config.is_some()),
            ("VIPADYN", seen.dvipas.is_some() || told),
            ("PORTLIST", seen.ports.is_some()),
            ("SRCIP", seen.sources.is_some()),
            ("HOME", seen.home.is_some()),
            ("CONFIG", seen.settings.is_some()),
            ("ROUTE", seen.routes.is_some()),
            ("DEVLINKS", seen.devices.is_some()),
        ];
        let names = |wanted: bool| {
            let chosen = all.iter().filter(|(_, there)| *there == wanted);
            chosen.map(|(name, _)| (*name).to_owned()).collect::<Vec<String>>()
        };
        Compared { stack: stack.name.clone(), reports: names(true), missing: names(false) }
    })
    .collect()
}
