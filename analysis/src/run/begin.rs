//! The state that a question begins with: all stacks started, what captures show, or what a scenario leaves.

use grammar::scenario::Scenario;
use runtime_model::Cluster;
use runtime_model::event::Event;
use runtime_model::ids::StackId;
use runtime_model::outcome::Outcome;

use super::{World, perform};
use crate::trouble::Trouble;

/// Starts every stack in the order of the description where the world has no state of its own, or plays the scenario; `heard` gets the outcome of each start.
///
/// # Errors
/// Names in the scenario that nobody has, lines that cannot be read.
pub(crate) fn begin(
    world: &World<'_>,
    after: Option<(&str, &Scenario)>,
    heard: &mut dyn FnMut(&Outcome),
) -> Result<Cluster, Vec<Trouble>> {
    match after {
        Some((file, scenario)) => {
            let mut scope = world.scope(file);
            let mut play = world.play();
            let run = perform(world, scenario, &mut scope, &mut play);
            if run.errors.is_empty() { Ok(play.cluster().clone()) } else { Err(run.errors) }
        }
        None if world.begin.is_some() => Ok(world.play().cluster().clone()),
        None => {
            let mut cluster = Cluster::new(world.model);
            let all: Vec<StackId> = cluster.stack_ids().collect();
            for stack in all {
                heard(&cluster.step_quiet(&Event::Start(stack)));
            }
            Ok(cluster)
        }
    }
}
