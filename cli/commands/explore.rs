//! `vipa explore`: a search of the model for a broken invariant.

use analysis::explore::{self, Bounds, Ended, Exploration, Progress};
use analysis::obey::ObeyFiles;
use analysis::run::World;
use compiler::system::System;
use grammar::scenario;

use crate::args::{AnswerFormat, ExploreArgs};
use crate::commands::why::unknown_names;
use crate::exit::Exit;
use crate::inputs;
use crate::paths::tidy;
use crate::read;
use crate::shell::Shell;
use crate::sysplex::Sysplex;
use crate::trouble::Trouble;

/// Searches, and tells what was seen. A broken invariant: 1.
///
/// # Errors
/// When there is no sysplex, or the scenario to begin with cannot be read.
pub fn run(args: &ExploreArgs, shell: &mut Shell<'_, '_>) -> Result<Exit, Trouble> {
    let system: &dyn System = shell.files();
    if !args.merge.is_empty() {
        return merge(args, shell);
    }
    let description = inputs::description(args.sysplex.as_deref(), ".", system, shell.cwd())?;
    let sysplex = Sysplex::load(&description, shell)?;
    let model = sysplex.snapshot.model();
    let scenario = args.scenario.as_deref().map(tidy);
    let near = scenario.as_deref().into_iter().chain([description.as_str()]);
    let obey = ObeyFiles::near(&sysplex.snapshot, system, near);
    let world = World { model: &model, addresses: &sysplex.addresses, obey: &obey, begin: None };
    let before = match &args.scenario {
        Some(path) => {
            inputs::kind_of(path, system)?;
            Some((path.as_str(), scenario::parse(&read::text(&tidy(path), system)?)))
        }
        None => None,
    };
    let after = before.as_ref().map(|(path, scenario)| (*path, scenario));
    let mut told = 0;
    let found = explore::explore_watched(&world, after, &bounds(args), &mut |progress| {
        if progress.states >= told + TELL {
            told = progress.states;
            shell.progress(&so_far(progress));
        }
    });
    if told > 0 {
        shell.progress("");
    }
    let found = found.map_err(|troubles| unknown_names(&troubles, &description))?;
    show(&found, args.format, shell)
}

/// Puts results of parts together.
fn merge(args: &ExploreArgs, shell: &mut Shell<'_, '_>) -> Result<Exit, Trouble> {
    let mut parts = Vec::new();
    for path in &args.merge {
        let text = read::text(&tidy(path), shell.files())?;
        let part = explore::json::read(&text)
            .map_err(|error| Trouble::NoResult { path: path.clone(), reason: error.to_string() })?;
        parts.push(part);
    }
    let Some(whole) = Exploration::merge(&parts) else { return Ok(Exit::Clean) };
    show(&whole, args.format, shell)
}

fn show(found: &Exploration, format: AnswerFormat, shell: &mut Shell<'_, '_>) -> Result<Exit, Trouble> {
    match format {
        AnswerFormat::Text => shell.print(explore::text::render(found).as_bytes())?,
        AnswerFormat::Json => {
            let text = explore::json::render(found)
                .map_err(|error| Trouble::Stdout { reason: error.to_string() })?;
            shell.print(text.as_bytes())?;
        }
    }
    Ok(match found.ended {
        Ended::Broken => Exit::Findings,
        Ended::Exhausted | Ended::StatesReached | Ended::WalksTaken => Exit::Clean,
    })
}

/// States between two lines about how far the search is.
const TELL: usize = 20_000;

fn so_far(progress: &Progress) -> String {
    let at = match progress.spent {
        Some((faults, requests)) => format!("at {faults} failures and {requests} requests"),
        None => "on random walks".to_owned(),
    };
    format!("{} states, {} events, {at}, {} to go on from", progress.states, progress.events, progress.open)
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

fn bounds(args: &ExploreArgs) -> Bounds {
    let default = Bounds::default();
    Bounds {
        depth: args.depth,
        faults: args.faults.unwrap_or(default.faults),
        requests: args.requests.unwrap_or(default.requests),
        overlap: args.overlap.unwrap_or(default.overlap),
        fault_overlap: args.fault_overlap.unwrap_or(default.fault_overlap),
        every_step: args.every_step,
        threads: args.threads.map_or_else(cores, usize::from),
        states: args.states.unwrap_or(default.states),
        seed: args.seed,
        walks: args.walks.unwrap_or(default.walks),
        shard: args.shard.unwrap_or(default.shard),
    }
}
