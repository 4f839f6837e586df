//! `vipa model`: the lowered runtime model as JSON, or the schema of that JSON.

use crate::args::ModelArgs;
use crate::exit::Exit;
use crate::inputs;
use crate::shell::Shell;
use crate::sysplex::Sysplex;
use crate::trouble::Trouble;

/// Prints one or the other.
///
/// # Errors
/// When there is no sysplex, or it cannot be read.
pub fn run(args: &ModelArgs, shell: &mut Shell<'_, '_>) -> Result<Exit, Trouble> {
    let text = if args.schema {
        analysis::model::schema()
    } else {
        let description = inputs::description(args.sysplex.as_deref(), ".", shell.files(), shell.cwd())?;
        analysis::model::json(&Sysplex::load(&description, shell)?.snapshot.model())
    };
    let text = text.map_err(|error| Trouble::Stdout { reason: error.to_string() })?;
    shell.print(text.as_bytes())?;
    Ok(Exit::Clean)
}
