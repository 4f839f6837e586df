//! `vipa graph`: a picture of the sysplex.

use analysis::graph::{self, Focus};

use crate::args::{GraphArgs, GraphFormat};
use crate::commands::why::unknown_names;
use crate::exit::Exit;
use crate::paths::tidy;
use crate::question::Question;
use crate::shell::Shell;
use crate::trouble::Trouble;

/// Draws.
///
/// # Errors
/// When there is no sysplex, the scenario cannot be read, nobody has the stack or DVIPA, or the file cannot be written.
pub fn run(args: &GraphArgs, shell: &mut Shell<'_, '_>) -> Result<Exit, Trouble> {
    let question = Question::load(args.sysplex.as_deref(), args.after.as_deref(), shell)?
        .with_live(&args.live, shell)?;
    let focus = Focus { stack: args.stack.clone(), dvipa: args.dvipa.clone() };
    let drawn = question.ask(shell.files(), |world, after| graph::graph(world, after, &focus));
    let picture = drawn.map_err(|troubles| unknown_names(&troubles, &question.description))?;
    let text = match args.format {
        GraphFormat::Svg => graph::svg::render(&picture),
        GraphFormat::Dot => graph::dot::render(&picture),
        GraphFormat::Mermaid => graph::mermaid::render(&picture),
        GraphFormat::Html => graph::html::render(&picture),
    };
    match &args.output_file {
        Some(path) => {
            shell
                .files()
                .write(&tidy(path), text.as_bytes())
                .map_err(|error| Trouble::Write { path: error.path, reason: error.reason })?;
            shell.say(&format!("{}. See {path}.", graph::words::summary(&picture)));
        }
        None => shell.print(text.as_bytes())?,
    }
    Ok(Exit::Clean)
}
