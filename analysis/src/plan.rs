//! `vipa plan`: what VARY TCPIP,,OBEYFILE would do, before it does.
//!
//! Each step is a data set on a stack. Its statements are folded by the fold that the profile uses, the result is played on a copy
//! of the running sysplex, and the rules look at what all stacks then hold. The state in between two steps is the state that
//! the first one left. Nothing is inferred from text beside that.

mod console;
pub mod json;
pub mod markdown;
mod play;
pub mod profile;
pub mod saved;
mod statements;
pub mod text;
pub mod undo;
mod variants;

use std::sync::Arc;

use compiler::Snapshot;
use compiler::apply::Kind;
use compiler::finding::Severity;
use compiler::source::SourceText;
use compiler::system::System;
use grammar::scenario::{Scenario, Span};
use schemars::JsonSchema;
use serde::Serialize;

pub use profile::Profile;
pub use statements::{Effect, Said, Statement};
pub use undo::Undo;
pub use variants::Variant;

use crate::change::moves::Owner;
use crate::change::{Found, Judged, Line, Moves};
use crate::run::World;
use crate::trouble::{Trouble, unknown};
use crate::why::Assumed;

/// Version of the JSON. A field that is added raises the second number; anything else raises the first.
pub const FORMAT_VERSION: &str = "1.1";

/// A data set for a stack.
#[derive(Clone, Debug)]
pub struct Step {
    /// Name of the stack, in any case.
    pub stack: String,
    /// Path of the data set, for places.
    pub path: String,
    /// Its text.
    pub source: Arc<SourceText>,
}

/// What is asked.
pub struct Ask<'a> {
    /// The compiled sysplex.
    pub snapshot: &'a Snapshot,
    /// Files that data sets include.
    pub system: &'a dyn System,
    /// A scenario that has happened before, with the name of its file.
    pub after: Option<(&'a str, &'a Scenario)>,
    /// Data sets that the scenario has brought, in order.
    pub before: &'a [Step],
    /// What is planned, in order.
    pub steps: &'a [Step],
}

/// What a plan comes to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(title = "What vipa plan --format json says")]
pub struct Plan {
    /// [`FORMAT_VERSION`].
    pub format_version: &'static str,
    /// Name of the sysplex.
    pub sysplex: String,
    /// The steps.
    pub steps: Vec<StepReport>,
    /// What the rules say of the sysplex behind the last step, against what they said before the first.
    pub findings: Judged,
    /// Open points of the sources that the answers rest on.
    pub assumptions: Vec<Assumed>,
    /// What was taken for granted beside them.
    pub notes: Vec<String>,
    /// What each stack's profile must become, and how the change is taken back.
    pub stacks: Vec<Aftermath>,
    /// DVIPAs that stay with another owner when everything is taken back.
    pub away: Vec<Owner>,
}

/// What is to be done about a stack behind the last step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Aftermath {
    /// The stack.
    pub stack: String,
    /// What its profile must become so that the next restart gives the same.
    pub profile: Profile,
    /// How the change is taken back.
    pub undo: Undo,
}

/// What one data set does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct StepReport {
    /// The stack.
    pub stack: String,
    /// Its system.
    pub system: String,
    /// Path of the data set.
    pub obeyfile: String,
    /// Why the stack would not take the command at all; nothing else is told then.
    pub refused: Option<String>,
    /// Its statements, in the order of the text, with what becomes of each.
    pub statements: Vec<Statement>,
    /// What the console would show, in order of execution.
    pub console: Vec<Said>,
    /// What else is to be known of the stack.
    pub notes: Vec<String>,
    /// What is wrong with the data set, by itself and on this stack.
    pub findings: Vec<Found>,
    /// How the effective configuration of the stack changes.
    pub configuration: Vec<Line>,
    /// What moves in the sysplex.
    pub moves: Moves,
    /// The same with the other answer to an open point, where it differs.
    pub variants: Vec<Variant>,
}

impl Plan {
    /// Effects of a kind, over all steps.
    #[must_use]
    pub fn count(&self, kind: Kind) -> usize {
        let all = self.steps.iter().flat_map(|step| &step.statements).flat_map(|one| &one.effects);
        all.filter(|effect| effect.kind == kind).count()
    }

    /// Statements, entries and whole commands that the stack refuses.
    #[must_use]
    pub fn refused(&self) -> usize {
        self.count(Kind::Refused) + self.steps.iter().filter(|step| step.refused.is_some()).count()
    }

    /// Whether the stacks do anything, or may do something, for all that is known of a symbol: what is taken off and comes back in one data set, such as an interface by STOP and START, is as
    /// it was before, and was gone in between.
    #[must_use]
    pub fn changes(&self) -> bool {
        [Kind::Added, Kind::Replaced, Kind::Removed, Kind::Open].into_iter().any(|kind| self.count(kind) > 0)
            || self.steps.iter().any(|step| !step.configuration.is_empty() || !step.moves.is_empty())
    }

    /// Every finding that the plan is to blame for: about its data sets, and about what the sysplex then is.
    pub fn blamed(&self) -> impl Iterator<Item = &Found> {
        self.steps.iter().flat_map(|step| &step.findings).chain(&self.findings.gained)
    }

    /// Whether something is wrong with it: a refusal, or a finding that `fails` says so of.
    #[must_use]
    pub fn fails(&self, fails: &dyn Fn(Severity) -> bool) -> bool {
        self.refused() > 0 || self.blamed().any(|finding| fails(finding.severity))
    }
}

/// Plans.
///
/// # Errors
/// Names in the scenario, or of stacks, that nobody has.
pub fn plan(world: &World<'_>, ask: &Ask<'_>) -> Result<Plan, Vec<Trouble>> {
    for step in ask.before.iter().chain(ask.steps) {
        if ask.snapshot.description().stack(&step.stack).is_none() {
            let message = unknown("stack", &step.stack, &ask.snapshot.stacks());
            return Err(vec![Trouble::at("question", Span::default(), message, Vec::new())]);
        }
    }
    play::play(world, ask)
}
