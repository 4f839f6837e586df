//! `vipa plan`: what VARY TCPIP,,OBEYFILE would do.

mod saved;
mod written;

use std::sync::Arc;

use analysis::plan::{self, Ask, Plan, Step};
use compiler::Snapshot;
use compiler::dataset::decode;
use compiler::system::System;

use crate::args::{ChangeFormat, FailLevel, PlanArgs};
use crate::commands::why::unknown_names;
use crate::exit::Exit;
use crate::inputs;
use crate::paths::tidy;
use crate::question::Question;
use crate::shell::Shell;
use crate::trouble::Trouble;
use saved::Noted;

/// Plans and reports.
///
/// # Errors
/// When there is no sysplex or no such stack, or a data set or the scenario cannot be read; with `--show` when the plan is stale.
pub fn run(args: &PlanArgs, shell: &mut Shell<'_, '_>) -> Result<Exit, Trouble> {
    if let Some(path) = &args.show {
        return saved::show(path, args.format, shell);
    }
    let named = steps(&args.steps)?;
    let question = Question::load(args.sysplex.as_deref(), args.after.as_deref(), shell)?
        .with_live(&args.live, shell)?;
    let files = Noted::new(shell.files());
    let steps = named
        .iter()
        .map(|(stack, path)| step(stack, path, question.snapshot(), &files))
        .collect::<Result<Vec<_>, _>>()?;
    let before = question.obeyed(&files);
    let plan = question.ask(&files, |world, after| {
        let ask =
            Ask { snapshot: question.snapshot(), system: &files, after, before: &before, steps: &steps };
        plan::plan(world, &ask)
    });
    let plan = plan.map_err(|troubles| unknown_names(&troubles, &question.description))?;
    let level = args.fail_level.unwrap_or_else(|| said(question.snapshot()));
    let exit = exit(&plan, level);
    if let Some(path) = &args.out {
        saved::save(path, &plan, exit, args, &question, &files, shell)?;
    }
    let mut printed = written::profiles(&args.out_profile, &plan, question.snapshot(), shell)?;
    printed |= written::undos(&args.undo, &plan, shell)?;
    if printed {
        return Ok(exit);
    }
    let text = match args.format {
        ChangeFormat::Text => plan::text::render(&plan, shell.colour()),
        ChangeFormat::Markdown => plan::markdown::render(&plan),
        ChangeFormat::Json => {
            plan::json::render(&plan).map_err(|error| Trouble::Stdout { reason: error.to_string() })?
        }
    };
    shell.print(text.as_bytes())?;
    Ok(exit)
}

/// The fail level of the description.
pub(super) fn said(snapshot: &Snapshot) -> FailLevel {
    snapshot.description().lint.fail_level.as_ref().map_or(FailLevel::Error, |level| level.value.into())
}

/// How a plan ends.
fn exit(plan: &Plan, level: FailLevel) -> Exit {
    if plan.fails(&|severity| level.is_reached_by(severity)) {
        Exit::Findings
    } else if plan.changes() {
        Exit::Changes
    } else {
        Exit::Clean
    }
}

/// Stacks with paths, as the command line names them.
fn steps(words: &[String]) -> Result<Vec<(String, String)>, Trouble> {
    let usage = |what: String| Trouble::Usage {
        what,
        help: "write STACK OBEYFILE for one data set, or STACK=OBEYFILE for each of several".to_owned(),
    };
    if let [stack, path] = words
        && !stack.contains('=')
    {
        return Ok(vec![(stack.clone(), path.clone())]);
    }
    let one = |word: &String| match word.split_once('=') {
        Some((stack, path)) if !stack.is_empty() && !path.is_empty() => {
            Ok((stack.to_owned(), path.to_owned()))
        }
        Some(_) => Err(usage(format!("{word} does not name both a stack and a data set"))),
        None => Err(usage(format!("{word} does not say which stack obeys which data set"))),
    };
    words.iter().map(one).collect()
}

/// Reads a data set.
fn step(stack: &str, path: &str, snapshot: &Snapshot, files: &dyn System) -> Result<Step, Trouble> {
    inputs::kind_of(path, files)?;
    let path = tidy(path);
    let bytes = files.read(&path)?;
    match decode(&bytes, &snapshot.description().files.decode_options()) {
        Ok(source) => Ok(Step { stack: stack.to_owned(), path, source: Arc::new(source) }),
        Err(error) => Err(Trouble::Read {
            path,
            reason: error.to_string(),
            help: "an OBEYFILE is text: UTF-8 or EBCDIC, in lines or in fixed records of 80".to_owned(),
        }),
    }
}
