//! `vipa why`: one decision, and the path that led to it.

use analysis::run::World;
use analysis::why;
use compiler::system::System;
use grammar::scenario;

use crate::args::{AnswerFormat, WhyArgs};
use crate::exit::Exit;
use crate::inputs;
use crate::obey::ObeyFiles;
use crate::paths::{folder_of, tidy};
use crate::read;
use crate::shell::Shell;
use crate::sysplex::Sysplex;
use crate::trouble::Trouble;

/// Answers a question. A refusal is an answer: 0.
///
/// # Errors
/// When the question or the scenario before it cannot be read, or names what is not there.
pub fn run(args: &WhyArgs, shell: &mut Shell<'_, '_>) -> Result<Exit, Trouble> {
    let question = why::question(&args.question).map_err(|error| Trouble::Question {
        what: error.message.clone(),
        // What was meant stands in the message.
        help: "ask STACK JOB connect DEST:PORT, STACK JOB bind ADDR:PORT or request CLIENT DVIPA:PORT"
            .to_owned(),
    })?;
    let system: &dyn System = shell.files();
    let description = inputs::description(args.sysplex.as_deref(), ".", system, shell.cwd())?;
    let sysplex = Sysplex::load(&description, shell)?;
    let model = sysplex.snapshot.model();
    let folders = [args.after.as_deref().map(tidy), Some(description.clone())];
    let folders =
        folders.iter().flatten().map(|path| folder_of(path).unwrap_or_else(|| ".".to_owned())).collect();
    let obey = ObeyFiles { snapshot: &sysplex.snapshot, system, folders };
    let world = World { model: &model, addresses: &sysplex.addresses, obey: &obey };
    let before = match &args.after {
        Some(path) => {
            inputs::kind_of(path, system)?;
            Some((path.as_str(), scenario::parse(&read::text(&tidy(path), system)?)))
        }
        None => None,
    };
    let after = before.as_ref().map(|(path, scenario)| (*path, scenario));
    let answer =
        why::why(&world, &question, after).map_err(|troubles| unknown_names(&troubles, &description))?;
    match args.format {
        AnswerFormat::Text => shell.print(why::text::render(&answer, &sysplex.addresses).as_bytes())?,
        AnswerFormat::Json => {
            let text =
                why::json::render(&answer).map_err(|error| Trouble::Stdout { reason: error.to_string() })?;
            shell.print(text.as_bytes())?;
        }
    }
    Ok(Exit::Clean)
}

/// Mistakes of a question, which has no line to speak of, or of the scenario before it.
pub(super) fn unknown_names(troubles: &[analysis::trouble::Trouble], description: &str) -> Trouble {
    let what = |trouble: &analysis::trouble::Trouble| {
        if trouble.file == "question" { trouble.message.clone() } else { trouble.to_string() }
    };
    let lines: Vec<String> = troubles.iter().map(what).collect();
    Trouble::Question { what: lines.join("\n"), help: format!("the sysplex is the one of {description}") }
}
