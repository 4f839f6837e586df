//! `vipa netstat`: the reports of a running stack, from the model.

use analysis::live::releases;
use analysis::netstat::text::{Channel, render};
use analysis::netstat::{self, Layout, Name};

use crate::args::{AnswerFormat, LayoutName, NetstatArgs};
use crate::commands::why::unknown_names;
use crate::exit::Exit;
use crate::question::Question;
use crate::shell::Shell;
use crate::trouble::Trouble;

/// Prints a report. That a stack is down is an answer: 0.
///
/// # Errors
/// When there is no such stack or report, or a scenario or capture cannot be read.
pub fn run(args: &NetstatArgs, shell: &mut Shell<'_, '_>) -> Result<Exit, Trouble> {
    let asked = netstat::asked(&args.report).map_err(|what| Trouble::Question {
        what,
        help: "vipa netstat --help lists the reports".to_owned(),
    })?;
    let question = Question::load(args.sysplex.as_deref(), args.after.as_deref(), shell)?
        .with_live(&args.live, shell)?;
    let help = || format!("the sysplex is the one of {}", question.description);
    let snapshot = question.snapshot();
    let model = snapshot.model();
    let stack =
        netstat::stack(&model, &args.stack).map_err(|what| Trouble::Question { what, help: help() })?;
    let release = releases(snapshot.description()).remove(&stack.name).unwrap_or_default();
    let report = question
        .ask(shell.files(), |world, after| {
            netstat::report(world, &stack.name, &release, asked.clone(), after)
        })
        .map_err(|troubles| unknown_names(&troubles, &question.description))?;
    if args.format == AnswerFormat::Json {
        let text =
            netstat::json::render(&report).map_err(|error| Trouble::Stdout { reason: error.to_string() })?;
        shell.print(text.as_bytes())?;
        return Ok(Exit::Clean);
    }
    if !report.up {
        shell.say(&format!("note: {} is down: a stack that is down has nothing to report.", report.stack));
    }
    let of_servers = matches!(asked.name, Name::Conn | Name::Vcrt | Name::Vdpt);
    if report.up && of_servers && args.after.is_none() && args.live.is_empty() {
        shell.say(
            "note: every stack has just started and no server listens yet: --after SCENARIO or --live CAPTURE begins \
             with another state.",
        );
    }
    let layout = match args.layout {
        Some(LayoutName::Short) if report.six => {
            shell.say(&format!("note: {} has addresses of IPv6, so its reports are LONG.", report.stack));
            Layout::Long
        }
        Some(LayoutName::Short) => Layout::Short,
        Some(LayoutName::Long) => Layout::Long,
        None => report.layout(),
    };
    let channel = if args.console { Channel::Console } else { Channel::Shell };
    shell.print(render(&report, layout, channel).as_bytes())?;
    Ok(Exit::Clean)
}
