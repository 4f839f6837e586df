//! The cluster while a scenario runs: events in, reports out.

use std::collections::BTreeMap;
use std::sync::Arc;

use compiler::apply::Refused;
use runtime_model::event::Event;
use runtime_model::ids::{JobId, StackId};
use runtime_model::model::{Model, StackModel};
use runtime_model::outcome::{Outcome, Verdict};
use runtime_model::{Cluster, Mode, invariants, refused_changes_nothing};

use super::report::EventReport;
use super::resolve::Does;
use super::scope::Scope;
use super::twins::Twins;
use super::words;
use crate::obey::{NoObeyFiles, ObeySource, refused};

/// A cluster and what its last event came to.
pub struct Play {
    cluster: Cluster,
    /// The same with the other forms of port structures.
    twins: Twins,
    mode: Mode,
    last: Outcome,
    /// What stacks have refused of the OBEYFILEs so far, one after the other.
    refused: BTreeMap<StackId, Vec<Refused>>,
    /// Refusals of the last line that changed the state, and answers that other forms of structures do not give.
    leaked: Vec<String>,
}

impl Play {
    /// Every stack is down.
    #[must_use]
    pub fn new(model: &Model) -> Self {
        Self::on_with(Cluster::new(model), Twins::of(model))
    }

    /// A cluster as it stands, without others beside it.
    #[must_use]
    pub fn on(cluster: Cluster) -> Self {
        Self::on_with(cluster, Twins::default())
    }

    /// A cluster as it stands, and those that are to answer alike.
    #[must_use]
    pub fn on_with(cluster: Cluster, twins: Twins) -> Self {
        Self {
            cluster,
            twins,
            mode: Mode::ToQuiescence,
            last: Outcome::default(),
            refused: BTreeMap::new(),
            leaked: Vec::new(),
        }
    }

    /// Number of a job.
    pub fn job(&mut self, name: &str, user: Option<&str>) -> JobId {
        self.twins.job(name, user);
        self.cluster.job(name, user)
    }

    /// The state.
    #[must_use]
    pub fn cluster(&self) -> &Cluster {
        &self.cluster
    }

    /// What the last line came to.
    #[must_use]
    pub fn last(&self) -> &Outcome {
        &self.last
    }

    /// Starts every stack, in the order of the description.
    pub fn start_all(&mut self, scope: &Scope<'_>) -> EventReport {
        let stacks: Vec<StackId> = self.cluster.stack_ids().collect();
        let names: Vec<&str> = stacks.iter().map(|stack| scope.stack_name(*stack)).collect();
        let text = format!("start {}", names.join(" "));
        let does: Vec<Does> = stacks.into_iter().map(|stack| Does::Event(Event::Start(stack))).collect();
        self.happen(None, text, &does, scope, &NoObeyFiles)
    }

    /// What a stack has refused of its OBEYFILEs, one after the other.
    #[must_use]
    pub fn refused(&self, stack: StackId) -> &[Refused] {
        self.refused.get(&stack).map_or(&[], Vec::as_slice)
    }

    /// A data set that a stack obeys, on what it has taken of those before.
    fn obey(
        &self,
        stack: StackId,
        files: &[String],
        config: &Arc<StackModel>,
        obey: &dyn ObeySource,
    ) -> Event {
        let refused = self.refused(stack);
        let told = refused.iter().any(|one| !one.is_empty());
        let again = told.then(|| obey.obey(self.cluster.stack_name(stack), files, refused).ok()).flatten();
        Event::Obey { stack, config: again.map_or_else(|| Arc::clone(config), Arc::new) }
    }

    /// Lets one line happen.
    pub fn happen(
        &mut self,
        line: Option<u32>,
        text: String,
        does: &[Does],
        scope: &Scope<'_>,
        obey: &dyn ObeySource,
    ) -> EventReport {
        let mut whole = Outcome::default();
        self.leaked.clear();
        let mut said = Vec::new();
        for one in does {
            let mode = match one {
                Does::Mode(mode) => {
                    self.mode = *mode;
                    continue;
                }
                Does::Settle => Mode::ToQuiescence,
                Does::Event(_) | Does::Obey { .. } | Does::DeliverAll => self.mode,
            };
            for event in self.events(one, obey) {
                let before = matches!(one, Does::Event(_) | Does::Obey { .. }).then(|| self.cluster.clone());
                let outcome = self.cluster.run(&event, mode, true);
                if let Does::Obey { stack, .. } = one {
                    self.refused.entry(*stack).or_default().push(refused(&outcome));
                }
                self.leaked.extend(self.twins.happen(&event, mode, &outcome));
                match before {
                    Some(before) => {
                        let violation = refused_changes_nothing(&before, &self.cluster, &outcome);
                        self.leaked.extend(violation.map(|violation| words::broken(&violation)));
                    }
                    // That a pair of stacks has nothing to deliver, or a stack no hold, is no refusal of the line.
                    None if !outcome.ok() => continue,
                    None => {}
                }
                said.extend(words::words(&event, &outcome, scope));
                join(&mut whole, outcome);
            }
        }
        let report = EventReport {
            line,
            event: text,
            ok: true,
            outcome: words::report(&whole, scope),
            trace: whole.trace.iter().map(words::trace).collect(),
            assumptions: whole.assumptions.iter().map(|one| one.name().to_owned()).collect(),
            failures: Vec::new(),
            words: said,
        };
        self.last = whole;
        report
    }

    /// Invariants that do not hold behind the last line, one line each.
    #[must_use]
    pub fn broken(&self) -> Vec<String> {
        let state = invariants(&self.cluster).into_iter().map(|violation| words::broken(&violation));
        state.chain(self.leaked.iter().cloned()).collect()
    }

    fn events(&self, does: &Does, obey: &dyn ObeySource) -> Vec<Event> {
        let pairs = || {
            self.cluster.stack_ids().flat_map(|from| {
                let others = self.cluster.stack_ids().filter(move |to| *to != from);
                others.map(move |to| Event::Deliver { from, to })
            })
        };
        match does {
            Does::Event(event) => vec![event.clone()],
            Does::Obey { stack, files, config } => vec![self.obey(*stack, files, config, obey)],
            Does::Mode(_) => Vec::new(),
            Does::DeliverAll => pairs().collect(),
            // A message that arrives may let held work go on and the other way round: releases come on both sides.
            Does::Settle => {
                let releases = || self.cluster.stack_ids().map(Event::Release);
                releases().chain(pairs()).chain(releases()).collect()
            }
        }
    }
}

/// Several events of one line make one outcome: the last values, every message and decision.
fn join(whole: &mut Outcome, next: Outcome) {
    if whole.ok() {
        whole.verdict = next.verdict;
    }
    if matches!(whole.verdict, Verdict::Done) || whole.stack.is_none() {
        whole.source = next.source.or(whole.source);
        whole.port = next.port.or(whole.port);
        whole.stack = next.stack.or(whole.stack);
        whole.ephemeral |= next.ephemeral;
    }
    whole.exit = next.exit.or(whole.exit);
    whole.messages.extend(next.messages);
    whole.trace.extend(next.trace);
    whole.assumptions.extend(next.assumptions);
    whole.completed.extend(next.completed);
}
