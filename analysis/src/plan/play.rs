//! The steps, played on the running sysplex one after the other.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::Arc;

use compiler::Dialect;
use compiler::apply::{Facts, Refused};
use compiler::finding::Finding;
use compiler::obey::Obeyed;
use compiler::running::Running;
use compiler::source::SourceText;
use runtime_model::event::Event;
use runtime_model::ids::StackId;
use runtime_model::model::Model;
use runtime_model::{Cluster, Outcome};
use serde_json::Value;

use super::console::Flow;
use super::profile::profile;
use super::statements::{Said, statements};
use super::undo::undo;
use super::variants::variants;
use super::{Aftermath, Ask, FORMAT_VERSION, Plan, Step, StepReport};
use crate::change::config::{comparable, difference};
use crate::change::findings::judge;
use crate::change::moves::Owner;
use crate::change::stage::Stage;
use crate::change::state::State;
use crate::change::text::count;
use crate::change::{Found, Moves};
use crate::obey::refused;
use crate::run::World;
use crate::trouble::Trouble;

/// Plays all steps.
pub(super) fn play(world: &World<'_>, ask: &Ask<'_>) -> Result<Plan, Vec<Trouble>> {
    let mut stage = begin(world, world.model, ask)?;
    let mut running = Running::new(ask.snapshot);
    let mut model = world.model.clone();
    for (stack, addresses) in &stage.refused_at_start {
        let words = |address: &IpAddr| (*address, "the stack refused it at its start".to_owned());
        let definitions = addresses.iter().map(words).collect();
        let name = stage.cluster.stack_name(*stack);
        running.refuse(name, Refused { definitions, ..Refused::default() });
        take(&mut model, &running, name);
    }
    let mut earlier: BTreeMap<String, Vec<Obeyed>> = BTreeMap::new();
    for step in ask.before {
        let Some(entry) = ask.snapshot.description().stack(&step.stack) else { continue };
        let before = earlier.entry(entry.name.value.clone()).or_default();
        let refused = stage.cluster.find_stack(&entry.name.value).and_then(|stack| stage.refused.get(&stack));
        let refused = refused.and_then(|list| list.get(before.len())).cloned().unwrap_or_default();
        let facts = Facts { refused, ..Facts::default() };
        if let Some(applied) = running.obey(&step.stack, &step.path, &step.source, ask.system, &facts) {
            take(&mut model, &running, &step.stack);
            before.push(applied);
        }
    }
    let begun = running.clone();
    let judged = running.findings();
    let mut steps = Vec::new();
    let mut played: Vec<(StackId, Arc<_>)> = Vec::new();
    let mut histories: BTreeMap<String, Vec<Obeyed>> = BTreeMap::new();
    let owners = State::read(&stage.cluster).owners;
    for step in ask.steps {
        let report = one(&mut stage, &mut running, &mut model, ask, step, &mut played, &mut histories);
        steps.extend(report);
    }
    variants(world, ask, &played, &mut steps)?;
    let mut stacks = Vec::new();
    for (name, history) in &histories {
        let before = earlier.get(name).map_or(&[][..], Vec::as_slice);
        let mut profile = profile(&begun, &running, ask, name, &[before, history].concat());
        if let Some(profile) = &mut profile {
            profile.notes.extend(refused_at_start(&stage, &running, name));
        }
        let undo = undo(&begun, &running, ask, name, before, history);
        stacks.extend(profile.zip(undo).map(|(profile, undo)| Aftermath {
            stack: name.clone(),
            profile,
            undo,
        }));
    }
    let away = way_back(&stage.cluster, &running, ask, &stacks, &owners);
    let findings = judge(&judged, &running.findings());
    Ok(Plan {
        format_version: FORMAT_VERSION,
        sysplex: world.model.sysplex.clone(),
        steps,
        findings,
        assumptions: stage.assumptions(),
        notes: stage.notes(),
        stacks,
        away,
    })
}

/// What of its profile a stack has refused at its start, and not taken since.
fn refused_at_start(stage: &Stage, running: &Running, name: &str) -> Option<String> {
    let stack = stage.cluster.find_stack(name)?;
    let held = &running.config(name)?.dvipa;
    let refused = stage.refused_at_start.get(&stack)?.iter().filter(|address| held.of(**address).is_none());
    let refused: Vec<String> = refused.map(IpAddr::to_string).collect();
    (!refused.is_empty()).then(|| {
        format!(
            "{name} refused {} of its profile at its start, so the written profile has it no more: keep it if the next start is to try again",
            refused.join(", ")
        )
    })
}

/// DVIPAs that are with another owner than before when every undo has been played, the last stack first.
fn way_back(
    cluster: &Cluster,
    running: &Running,
    ask: &Ask<'_>,
    stacks: &[Aftermath],
    owners: &BTreeMap<IpAddr, Option<String>>,
) -> Vec<Owner> {
    let (mut cluster, mut running) = (cluster.clone(), running.clone());
    for one in stacks.iter().rev() {
        let Some(stack) = cluster.find_stack(&one.stack) else { continue };
        for text in &one.undo.data_sets {
            let source = Arc::new(SourceText::new(text));
            running.obey(&one.stack, "undo", &source, ask.system, &Facts::default());
            let Some(config) = running.model(&one.stack) else { continue };
            cluster.step_quiet(&Event::Obey { stack, config: Arc::new(config) });
        }
    }
    let now = State::read(&cluster).owners;
    let mut away = Vec::new();
    for (address, from) in owners {
        let to = now.get(address).cloned().flatten();
        if to != *from {
            away.push(Owner { address: *address, from: from.clone(), to });
        }
    }
    away
}

/// The sysplex before the first step.
pub(super) fn begin(world: &World<'_>, model: &Model, ask: &Ask<'_>) -> Result<Stage, Vec<Trouble>> {
    let mut stage = if ask.after.is_none() && world.begin.is_none() {
        Stage::started(model)
    } else {
        Stage::given(&World { model, ..*world }, ask.after)?
    };
    stage.disown_refused();
    Ok(stage)
}

/// One step. What it leaves is what the next one begins with.
fn one(
    stage: &mut Stage,
    running: &mut Running,
    model: &mut Model,
    ask: &Ask<'_>,
    step: &Step,
    played: &mut Vec<(StackId, Arc<runtime_model::model::StackModel>)>,
    histories: &mut BTreeMap<String, Vec<Obeyed>>,
) -> Option<StepReport> {
    let entry = ask.snapshot.description().stack(&step.stack)?;
    let name = entry.name.value.clone();
    let mut report = StepReport {
        stack: name.clone(),
        system: entry.system_name().to_owned(),
        obeyfile: step.path.clone(),
        refused: None,
        statements: Vec::new(),
        console: Vec::new(),
        notes: Vec::new(),
        findings: Vec::new(),
        configuration: Vec::new(),
        moves: Moves::default(),
        variants: Vec::new(),
    };
    let stack = stage.cluster.find_stack(&name)?;
    if !stage.cluster.is_up(stack) {
        report.refused = Some(format!("{name} is not up: nothing hears the command"));
        return Some(report);
    }
    let before = json(running, &name);
    let untouched = running.clone();
    let mut facts = facts(&stage.cluster, stack);
    let mut obeyed = running.obey(&name, &step.path, &step.source, ask.system, &facts)?;
    let config = Arc::new(running.model(&name)?);
    let state = State::read(&stage.cluster);
    let outcome = stage.cluster.step(&Event::Obey { stack, config: Arc::clone(&config) });
    played.push((stack, config));
    facts.refused = refused(&outcome);
    if !facts.refused.is_empty() {
        // What the running stack refuses is no part of what it holds.
        *running = untouched;
        obeyed = running.obey(&name, &step.path, &step.source, ask.system, &facts)?;
    }
    let findings: Vec<Finding> = running.findings_of(&name, &obeyed);
    report.statements = statements(&name, running, &obeyed, &findings);
    report.findings = findings.iter().map(Found::new).collect();
    report.configuration = difference(&before, &json(running, &name));
    let founding = ask.snapshot.description().dialect() == Dialect::Founding;
    let mut console = Flow::new(&name, &step.path, &report.statements, founding);
    console.said(&obeyed);
    match console.unsaid(&report.statements) {
        0 => {}
        unsaid => report.notes.push(format!(
            "EZZ0053I comes all the same: that the stack refuses {} of VIPADYNAMIC does not make the command fail; NETSTAT VIPADCFG shows what it has",
            count(unsaid, "statement")
        )),
    }
    if !stage.cluster.in_group(stack) {
        report.notes.push(format!(
            "{name} is not in its sysplex group: what VIPADYNAMIC and DYNAMICXCF bring waits until it joins"
        ));
    }
    histories.entry(name.clone()).or_default().push(obeyed);
    report.console = console.end(heard(&outcome, &stage.cluster));
    if let Some(refusal) = outcome.refusal() {
        report.refused = Some(format!("{name} does not take the command: {}", refusal.reason));
    }
    stage.keep(outcome.assumptions);
    take(model, running, &name);
    report.moves = Moves::between(&state, &State::read(&stage.cluster));
    stage.serve(model);
    // A server that starts when there is something for it to serve: its targets belong to the step.
    let served = Moves::between(&state, &State::read(&stage.cluster));
    report.moves.targets = served.targets;
    Some(report)
}

/// What a stack holds, for comparison.
pub(super) fn json(running: &Running, stack: &str) -> Value {
    running.config(stack).map_or(Value::Null, comparable)
}

/// Puts what a stack holds by now into the model.
fn take(model: &mut Model, running: &Running, stack: &str) {
    let Some(now) = running.model(stack) else { return };
    if let Some(place) = model.stacks.iter_mut().find(|known| known.name.eq_ignore_ascii_case(stack)) {
        *place = now;
    }
}

/// What the running stack knows and a profile does not say.
fn facts(cluster: &Cluster, stack: StackId) -> Facts {
    let mut facts = Facts::default();
    for socket in cluster.connections(stack) {
        facts.connected.extend(socket.address);
    }
    facts
}

/// What the stacks say while it happens.
fn heard(outcome: &Outcome, cluster: &Cluster) -> Vec<Said> {
    let one = |message: &runtime_model::ConsoleMessage| Said {
        stack: cluster.stack_name(message.stack).to_owned(),
        id: message.id.map(str::to_owned),
        text: message.text.clone(),
    };
    outcome.messages.iter().map(one).collect()
}
