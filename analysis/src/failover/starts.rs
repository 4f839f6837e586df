//! A sysplex that starts in the order of the description, kept as it is after each start: who leaves some stacks out goes on
//! from the first of them.

use runtime_model::Cluster;
use runtime_model::event::Event;
use runtime_model::ids::StackId;
use runtime_model::model::Model;
use runtime_model::outcome::Outcome;
use runtime_model::{Assumptions, Mode};

use super::case::told;

/// The start of the whole sysplex.
pub(super) struct Starts {
    /// Nothing has started, the first stack has, the first two, and so on.
    stages: Vec<Started>,
    tracing: bool,
}

/// A sysplex in which some stacks have started.
struct Started {
    cluster: Cluster,
    /// What the last start said.
    said: Vec<String>,
}

impl Starts {
    /// Starts every stack. `heard` gets what each start rests on.
    pub(super) fn new(model: &Model, tracing: bool, heard: &mut dyn FnMut(&Assumptions)) -> Self {
        let mut cluster = Cluster::new(model);
        let mut stages = vec![Started { cluster: cluster.clone(), said: Vec::new() }];
        for stack in cluster.stack_ids() {
            let mut said = Vec::new();
            heard(&start(&mut cluster, stack, tracing, &mut said).assumptions);
            stages.push(Started { cluster: cluster.clone(), said });
        }
        Self { stages, tracing }
    }

    /// All have started.
    pub(super) fn all(&self) -> Option<&Cluster> {
        self.stages.last().map(|stage| &stage.cluster)
    }

    /// All have started but these. `heard` gets what the starts rest on that differ from those of all; what the starts said
    /// goes to `trace`.
    pub(super) fn without(
        &self,
        gone: &[StackId],
        trace: &mut Vec<String>,
        heard: &mut dyn FnMut(&Assumptions),
    ) -> Option<Cluster> {
        let first = gone.iter().min().map_or(usize::MAX, |stack| usize::from(stack.0));
        let same = self.stages.get(..=first).unwrap_or(&self.stages);
        trace.extend(same.iter().flat_map(|stage| stage.said.iter().cloned()));
        let mut cluster = same.last()?.cluster.clone();
        for stack in cluster.stack_ids().skip(first).filter(|stack| !gone.contains(stack)) {
            heard(&start(&mut cluster, stack, self.tracing, trace).assumptions);
        }
        Some(cluster)
    }
}

fn start(cluster: &mut Cluster, stack: StackId, tracing: bool, said: &mut Vec<String>) -> Outcome {
    let outcome = cluster.run(&Event::Start(stack), Mode::ToQuiescence, tracing);
    if tracing {
        said.extend(told(&outcome, cluster));
    }
    outcome
}
