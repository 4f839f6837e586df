//! What VARY OBEY does with SYSPLEXPORTS or CLUSTERPORTS while connections run is an open point with two answers. Where a step
//! adds them, both are played, and the other one is told where it differs.

use std::sync::Arc;

use runtime_model::event::Event;
use runtime_model::ids::StackId;
use runtime_model::model::{ClusterPortsAdded, StackModel};
use schemars::JsonSchema;
use serde::Serialize;

use super::play::begin;
use super::{Ask, StepReport};
use crate::change::Moves;
use crate::change::state::State;
use crate::run::World;
use crate::trouble::Trouble;

/// A step with another answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Variant {
    /// The setting, as `[model]` of the description writes it.
    pub setting: String,
    /// What moves then.
    pub moves: Moves,
    /// What the stacks then say.
    pub said: Vec<String>,
}

/// Plays the steps with the other answer where one of them adds cluster-wide ports, and adds what differs to the reports.
pub(super) fn variants(
    world: &World<'_>,
    ask: &Ask<'_>,
    played: &[(StackId, Arc<StackModel>)],
    steps: &mut [StepReport],
) -> Result<(), Vec<Trouble>> {
    let adds = steps.iter().any(|step| step.configuration.iter().any(adds_cluster_ports));
    if !adds {
        return Ok(());
    }
    let mut model = world.model.clone();
    let (other, setting) = match model.structures.clusterports_added {
        ClusterPortsAdded::Count => (ClusterPortsAdded::Refuse, "clusterports-added = \"refuse\""),
        ClusterPortsAdded::Refuse => (ClusterPortsAdded::Count, "clusterports-added = \"count\""),
    };
    model.structures.clusterports_added = other;
    let mut stage = begin(world, &model, ask)?;
    let mut played = played.iter();
    for report in steps.iter_mut().filter(|report| report.refused.is_none()) {
        let Some((stack, config)) = played.next() else { break };
        let before = State::read(&stage.cluster);
        let outcome = stage.cluster.step(&Event::Obey { stack: *stack, config: Arc::clone(config) });
        if let Some(now) = model.stacks.iter_mut().find(|known| known.name == config.name) {
            *now = (**config).clone();
        }
        let mut moves = Moves::between(&before, &State::read(&stage.cluster));
        stage.serve(&model);
        moves.targets = Moves::between(&before, &State::read(&stage.cluster)).targets;
        let said: Vec<String> = outcome.messages.iter().map(|message| message.text.clone()).collect();
        if moves != report.moves {
            report.variants.push(Variant { setting: setting.to_owned(), moves, said });
        }
    }
    Ok(())
}

fn adds_cluster_ports(line: &crate::change::Line) -> bool {
    line.details.iter().any(|detail| detail.starts_with("SYSPLEXPORTS") && !detail.ends_with("off"))
}
