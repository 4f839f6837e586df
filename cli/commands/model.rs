//! `vipa model`: the lowered runtime model as JSON, the schema of that JSON, or the configuration of one stack.

use compiler::once::Wanted;

use crate::args::{AnswerFormat, ModelArgs};
use crate::exit::Exit;
use crate::inputs;
use crate::shell::Shell;
use crate::sysplex::Sysplex;
use crate::trouble::Trouble;

/// Prints one of them.
///
/// # Errors
/// When there is no sysplex, it cannot be read, or it has no such stack.
pub fn run(args: &ModelArgs, shell: &mut Shell<'_, '_>) -> Result<Exit, Trouble> {
    let text = if args.schema {
        analysis::model::schema()
    } else {
        let description = inputs::description(args.sysplex.as_deref(), ".", shell.files(), shell.cwd())?;
        match &args.stack {
            Some(stack) => {
                let sysplex = Sysplex::load_once(&description, Wanted::All, shell)?;
                config(stack, args.format.unwrap_or(AnswerFormat::Json), &sysplex)?
            }
            None => analysis::model::json(&Sysplex::load(&description, shell)?.snapshot.model()),
        }
    };
    let text = text.map_err(|error| Trouble::Stdout { reason: error.to_string() })?;
    shell.print(text.as_bytes())?;
    Ok(Exit::Clean)
}

/// The configuration of a stack; outside, that there is none of this name.
fn config(
    stack: &str,
    format: AnswerFormat,
    sysplex: &Sysplex,
) -> Result<serde_json::Result<String>, Trouble> {
    let Some(config) = analysis::config::config(&sysplex.snapshot, stack) else {
        return Err(Trouble::no_stack(stack, &sysplex.snapshot.stacks()));
    };
    Ok(match format {
        AnswerFormat::Json => analysis::config::json(&config),
        AnswerFormat::Text => Ok(analysis::config::text(&config)),
    })
}
