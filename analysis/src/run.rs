//! `vipa run`: a scenario against the model, its expectations checked, the invariants after every event.

mod begin;
mod check;
pub mod json;
pub mod junit;
mod play;
mod report;
mod resolve;
mod scope;
mod state;
pub mod text;
mod twins;
mod wants;
pub(crate) mod words;

use grammar::scenario::{Scenario, Span, parse, parse_markdown};
use runtime_model::Cluster;
use runtime_model::event::{Event, Signal};
use runtime_model::model::Model;

pub(crate) use begin::begin;
pub(crate) use play::Play;
pub use report::{EventReport, Failure, Fate, OutcomeReport, Run, TraceReport};
pub(crate) use resolve::{Does, Step, resolve, resolve_one};
pub(crate) use scope::Scope;

use crate::names::Addresses;
use crate::obey::ObeySource;
use crate::trouble::Trouble;

/// What a question is asked about.
#[derive(Clone, Copy)]
pub struct World<'a> {
    /// The lowered sysplex.
    pub model: &'a Model,
    /// Symbolic addresses.
    pub addresses: &'a Addresses,
    /// Where configurations behind OBEYFILEs come from.
    pub obey: &'a dyn ObeySource,
    /// The state to begin with, such as that of captures; else all stacks are down, and start unless a scenario says which.
    pub begin: Option<Begin<'a>>,
}

/// A state to begin with.
#[derive(Clone, Copy, Debug)]
pub struct Begin<'a> {
    /// The state.
    pub cluster: &'a Cluster,
    /// From here on no socket of it has a handle.
    pub next: u32,
}

impl<'a> World<'a> {
    /// Names, for a scenario in this file.
    pub(crate) fn scope<'f>(&self, file: &'f str) -> Scope<'f>
    where
        'a: 'f,
    {
        Scope::new(file, self.model, self.addresses).from(self.begin.map_or(1, |begin| begin.next))
    }

    /// The cluster to play on.
    pub(crate) fn play(&self) -> Play {
        match self.begin {
            Some(begin) => Play::on(begin.cluster.clone()),
            None => Play::new(self.model),
        }
    }
}

/// Runs every scenario of a file: the fenced blocks of a Markdown file (`.md`, `.markdown`), each on a sysplex of its own,
/// else the whole text. A Markdown file without scenarios gives none.
#[must_use]
pub fn run_text(world: &World<'_>, file: &str, text: &str) -> Vec<Run> {
    let markdown = file
        .rsplit_once('.')
        .is_some_and(|(_, kind)| kind.eq_ignore_ascii_case("md") || kind.eq_ignore_ascii_case("markdown"));
    if !markdown {
        return vec![run(world, file, &parse(text))];
    }
    parse_markdown(text)
        .into_iter()
        .map(|(block, scenario)| Run { title: block.title().to_owned(), ..run(world, file, &scenario) })
        .collect()
}

/// Runs a scenario. `file` is the name for reports. When a line cannot be read or a name is unknown, nothing is run and
/// the result holds every such mistake.
#[must_use]
pub fn run(world: &World<'_>, file: &str, scenario: &Scenario) -> Run {
    let mut scope = world.scope(file);
    let mut play = world.play();
    perform(world, scenario, &mut scope, &mut play)
}

/// What is wrong with a scenario before anything happens: lines that cannot be read, names that nobody has, OBEYFILEs that are not
/// there.
#[must_use]
pub fn troubles(world: &World<'_>, file: &str, scenario: &Scenario) -> Vec<Trouble> {
    let mut scope = world.scope(file);
    let mut play = world.play();
    resolve(scenario, &mut scope, &mut |name, user| play.job(name, user), world.obey).1
}

/// The same on a cluster as it stands, with whatever decision tables it has, instead of one whose stacks are all down.
#[must_use]
pub fn run_on(world: &World<'_>, file: &str, scenario: &Scenario, cluster: &Cluster) -> Run {
    let mut scope = Scope::new(file, world.model, world.addresses);
    let mut play = Play::on(cluster.clone());
    perform(world, scenario, &mut scope, &mut play)
}

/// The same on a cluster that is kept for further questions.
pub(crate) fn perform<'a>(
    world: &World<'a>,
    scenario: &Scenario,
    scope: &mut Scope<'a>,
    play: &mut Play,
) -> Run {
    let mut run = Run { file: scope.file.to_owned(), ..Run::default() };
    let (steps, errors) = resolve(scenario, scope, &mut |name, user| play.job(name, user), world.obey);
    if !errors.is_empty() {
        run.errors = errors;
        return run;
    }
    if world.begin.is_none() && !begins_with_start(&steps) {
        run.events.push(play.start_all(scope));
        invariants(&mut run, play, first_span(&steps));
    }
    for step in &steps {
        match step {
            Step::Happen { span, text, does } => {
                run.events.push(play.happen(Some(span.line), text.clone(), does, scope, world.obey));
                invariants(&mut run, play, *span);
            }
            Step::Outcome(span, want) => {
                run.checks += 1;
                for message in check::outcome(want, play.last(), scope, world.addresses) {
                    fail(&mut run, *span, message);
                }
            }
            Step::Expect(span, want) => {
                run.checks += 1;
                if let Some(message) = state::expect(want, play.cluster(), scope, world.addresses) {
                    fail(&mut run, *span, message);
                }
            }
        }
    }
    run
}

/// Whether the first thing that happens is a start; `mode` is nothing that happens, and what is wrong with a system can be
/// told before its stacks start.
fn begins_with_start(steps: &[Step]) -> bool {
    let mut does = steps.iter().flat_map(|step| match step {
        Step::Happen { does, .. } => does.as_slice(),
        Step::Outcome(..) | Step::Expect(..) => &[],
    });
    let told = |one: &Does| {
        matches!(
            one,
            Does::Mode(_)
                | Does::Event(Event::Signal { signal: Signal::Problem { .. } | Signal::Path { .. }, .. })
        )
    };
    let first = does.find(|one| !told(one));
    matches!(first, Some(Does::Event(Event::Start(_))))
}

fn first_span(steps: &[Step]) -> Span {
    steps.first().map_or_else(Span::default, |step| match step {
        Step::Happen { span, .. } | Step::Outcome(span, _) | Step::Expect(span, _) => *span,
    })
}

fn invariants(run: &mut Run, play: &Play, span: Span) {
    for message in play.broken() {
        fail(run, span, message);
    }
}

/// Books a failure for the run and for the event that it belongs to.
fn fail(run: &mut Run, span: Span, message: String) {
    let failure = Failure {
        line: span.line,
        column: span.column,
        end_column: span.end_column,
        message,
        bytes: (span.start, span.end),
    };
    if let Some(event) = run.events.last_mut() {
        event.ok = false;
        event.failures.push(failure.clone());
    }
    run.failures.push(failure);
}
