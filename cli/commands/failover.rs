//! `vipa failover`: every stack, system and CPC lost in turn.

use analysis::failover::{self, Options};

use crate::args::{FailOn, FailoverArgs, FailoverFormat};
use crate::commands::why::unknown_names;
use crate::exit::Exit;
use crate::paths::tidy;
use crate::question::Question;
use crate::shell::Shell;
use crate::trouble::Trouble;

/// Plays every fault and reports.
///
/// # Errors
/// When there is no sysplex, the scenario cannot be read, or the report cannot be written.
pub fn run(args: &FailoverArgs, shell: &mut Shell<'_, '_>) -> Result<Exit, Trouble> {
    let question = Question::load(args.sysplex.as_deref(), args.after.as_deref(), shell)?
        .with_live(&args.live, shell)?;
    let options = Options {
        faults: usize::from(args.faults),
        threads: std::thread::available_parallelism().map_or(1, usize::from),
        trace: match args.format {
            FailoverFormat::Text => false,
            FailoverFormat::Json => args.trace,
            FailoverFormat::Html => true,
        },
    };
    let files = shell.files();
    let report = question.ask(files, |world, after| {
        let mut progress = |done: usize, all: usize| shell.progress(&format!("{done} of {all} cases"));
        failover::failover(world, after, options, &mut progress)
    });
    shell.progress("");
    let report = report.map_err(|troubles| unknown_names(&troubles, &question.description))?;
    let text = match args.format {
        FailoverFormat::Text => failover::text::render(&report),
        FailoverFormat::Html => failover::html::render(&report),
        FailoverFormat::Json => {
            failover::json::render(&report).map_err(|error| Trouble::Stdout { reason: error.to_string() })?
        }
    };
    match &args.output_file {
        Some(path) => {
            let failed = |error: compiler::system::ReadError| Trouble::Write {
                path: error.path,
                reason: error.reason,
            };
            shell.files().write(&tidy(path), text.as_bytes()).map_err(failed)?;
            let (lost, weak) = (report.lost_services(), report.weaknesses.len());
            shell.say(&format!("{weak} weaknesses, {lost} services that can be lost. See {path}."));
        }
        None => shell.print(text.as_bytes())?,
    }
    let bad = match args.fail_on {
        FailOn::Never => false,
        FailOn::LostService => report.lost_services() > 0,
        FailOn::Weakness => !report.weaknesses.is_empty(),
    };
    Ok(if bad { Exit::Findings } else { Exit::Clean })
}
