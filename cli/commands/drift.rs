//! `vipa drift`: where the running sysplex differs from what the profiles would give.

use analysis::drift;

use crate::args::{DriftArgs, DriftFormat};
use crate::exit::Exit;
use crate::inputs;
use crate::live;
use crate::paths::tidy;
use crate::shell::Shell;
use crate::sysplex::Sysplex;
use crate::trouble::Trouble;

/// Compares and prints.
///
/// # Errors
/// When there is no sysplex, or no report that could be used.
pub fn run(args: &DriftArgs, shell: &mut Shell<'_, '_>) -> Result<Exit, Trouble> {
    let description = inputs::description(args.sysplex.as_deref(), ".", shell.files(), shell.cwd())?;
    let sysplex = Sysplex::load(&description, shell)?;
    let observed = live::observe(&args.live, &sysplex.snapshot, shell)?;
    let drift = drift::drift(&sysplex.snapshot, &observed);
    let text = match args.format {
        DriftFormat::Text => drift::text::render(&drift),
        DriftFormat::Markdown => drift::markdown::render(&drift),
        DriftFormat::Json => {
            drift::json::render(&drift).map_err(|error| Trouble::Stdout { reason: error.to_string() })?
        }
    };
    match &args.output_file {
        Some(path) => {
            let written = shell.files().write(&tidy(path), text.as_bytes());
            written.map_err(|error| Trouble::Write { path: error.path, reason: error.reason })?;
        }
        None => shell.print(text.as_bytes())?,
    }
    Ok(if drift.differences.is_empty() { Exit::Clean } else { Exit::Findings })
}
