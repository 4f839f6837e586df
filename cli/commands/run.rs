//! `vipa run`: scenarios against the compiled model, their expectations checked.

use std::collections::BTreeMap;

use analysis::live::Live;
use analysis::obey::ObeyFiles;
use analysis::run::{self, Run, World};
use compiler::system::{PathKind, System};

use crate::args::{RunArgs, RunFormat};
use crate::exit::Exit;
use crate::inputs;
use crate::live;
use crate::output::words;
use crate::paths::{folder_of, join, tidy};
use crate::read;
use crate::shell::Shell;
use crate::sysplex::Sysplex;
use crate::trouble::Trouble;

/// Runs every scenario that the arguments name, in order.
///
/// # Errors
/// When a file cannot be read, or a scenario has no sysplex to run on.
pub fn run(args: &RunArgs, shell: &mut Shell<'_, '_>) -> Result<Exit, Trouble> {
    let system: &dyn System = shell.files();
    let mut compiled: BTreeMap<String, (Sysplex, Option<Live>)> = BTreeMap::new();
    let mut runs: Vec<Run> = Vec::new();
    for path in scenarios(&args.scenarios, system)? {
        let folder = folder_of(&path).unwrap_or_else(|| ".".to_owned());
        let description = inputs::description(args.sysplex.as_deref(), &folder, system, shell.cwd())?;
        if !compiled.contains_key(&description) {
            let sysplex = Sysplex::load(&description, shell)?;
            let live = match args.live.as_slice() {
                [] => None,
                captures => Some(live::load(captures, &sysplex.snapshot, shell)?),
            };
            compiled.insert(description.clone(), (sysplex, live));
        }
        let Some((sysplex, live)) = compiled.get(&description) else { continue };
        let model = sysplex.snapshot.model();
        let near = [path.as_str(), description.as_str()];
        let obey = ObeyFiles::near(&sysplex.snapshot, system, near.into_iter());
        let world = World {
            model: &model,
            addresses: &sysplex.addresses,
            obey: &obey,
            begin: live.as_ref().map(Live::begin),
        };
        let text = read::text(&path, system)?;
        let done = run::run_text(&world, &path, &text);
        if done.is_empty() {
            return Err(Trouble::NoScenarios { folder: path });
        }
        for run in done {
            if args.format == RunFormat::Text {
                if !runs.is_empty() {
                    shell.print(b"\n")?;
                }
                shell.print(run::text::render(&run, &sysplex.addresses, args.trace).as_bytes())?;
            }
            runs.push(run);
        }
    }
    report(args.format, &runs, shell)?;
    Ok(if runs.iter().any(|run| !run.errors.is_empty()) {
        Exit::Unusable
    } else if runs.iter().all(Run::passed) {
        Exit::Clean
    } else {
        Exit::Findings
    })
}

/// Text is printed as the runs go; the other formats at the end.
fn report(format: RunFormat, runs: &[Run], shell: &mut Shell<'_, '_>) -> Result<(), Trouble> {
    match format {
        RunFormat::Text if runs.len() > 1 && !shell.quiet() => {
            let failed = runs.iter().filter(|run| !run.passed()).count();
            let verdict = if failed == 0 { "all passed".to_owned() } else { format!("{failed} failed") };
            shell.print(format!("\n{}: {verdict}\n", words::count(runs.len(), "scenario")).as_bytes())?;
        }
        RunFormat::Text => {}
        RunFormat::Json => {
            for run in runs {
                let lines =
                    run::json::render(run).map_err(|error| Trouble::Stdout { reason: error.to_string() })?;
                shell.print(lines.as_bytes())?;
                for error in &run.errors {
                    shell.warn(&format!("error: {error}"));
                }
            }
        }
        RunFormat::Junit => shell.print(run::junit::render(runs).as_bytes())?,
    }
    Ok(())
}

/// Files as given; in folders, every scenario file.
fn scenarios(paths: &[String], system: &dyn System) -> Result<Vec<String>, Trouble> {
    let mut found = Vec::new();
    for path in paths {
        let tidied = tidy(path);
        match inputs::kind_of(path, system)? {
            PathKind::Folder => {
                let before = found.len();
                walk(&tidied, system, 0, &mut found)?;
                if found.len() == before {
                    return Err(Trouble::NoScenarios { folder: path.clone() });
                }
            }
            PathKind::File | PathKind::Nothing => found.push(tidied),
        }
    }
    Ok(found)
}

fn walk(folder: &str, system: &dyn System, depth: usize, found: &mut Vec<String>) -> Result<(), Trouble> {
    for (name, is_folder) in system.list(folder)? {
        let path = join(folder, &name);
        if name.starts_with('.') {
            continue;
        }
        if is_folder && depth < inputs::MAX_DEPTH {
            walk(&path, system, depth + 1, found)?;
        } else if !is_folder && name.to_ascii_lowercase().ends_with(".scenario") {
            found.push(path);
        }
    }
    Ok(())
}
