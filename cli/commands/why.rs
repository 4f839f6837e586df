//! `vipa why`: one decision, and the path that led to it.

use analysis::why;

use crate::args::{AnswerFormat, WhyArgs};
use crate::exit::Exit;
use crate::question::Question;
use crate::shell::Shell;
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
    let asked = Question::load(args.sysplex.as_deref(), args.after.as_deref(), shell)?
        .with_live(&args.live, shell)?;
    let (answer, addresses) =
        asked.ask(shell.files(), |world, after| (why::why(world, &question, after), world.addresses.clone()));
    let answer = answer.map_err(|troubles| unknown_names(&troubles, &asked.description))?;
    match args.format {
        AnswerFormat::Text => shell.print(why::text::render(&answer, &addresses).as_bytes())?,
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
