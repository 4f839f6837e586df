//! `vipa diff`: what the next start would change.

use analysis::diff;
use compiler::system::{PathKind, System};
use compiler::{Compiler, Request, Settings, Snapshot};

use crate::args::{ChangeFormat, DiffArgs};
use crate::exit::Exit;
use crate::git::Revision;
use crate::inputs::{self, DESCRIPTION};
use crate::paths::{join, tidy};
use crate::shell::Shell;
use crate::sysplex::Sysplex;
use crate::trouble::Trouble;

/// Compares and reports.
///
/// # Errors
/// When one of the two cannot be read, or BASE is nothing.
pub fn run(args: &DiffArgs, shell: &mut Shell<'_, '_>) -> Result<Exit, Trouble> {
    let files = shell.files();
    let description = inputs::description(args.sysplex.as_deref(), ".", files, shell.cwd())?;
    let now = Sysplex::load(&description, shell)?.snapshot;
    let base = match files.kind(&tidy(&args.base)) {
        PathKind::File => compile(&tidy(&args.base), files)?,
        PathKind::Folder => compile(&tidy(&join(&args.base, DESCRIPTION)), files)?,
        PathKind::Nothing => compile(&description, &Revision::open(&args.base, files)?)?,
    };
    let diff = diff::diff(&base, &now, &args.base);
    let text = match args.format {
        ChangeFormat::Text => diff::text::render(&diff, shell.colour()),
        ChangeFormat::Markdown => diff::markdown::render(&diff),
        ChangeFormat::Json => {
            diff::json::render(&diff).map_err(|error| Trouble::Stdout { reason: error.to_string() })?
        }
    };
    shell.print(text.as_bytes())?;
    let level = args.fail_level.unwrap_or_else(|| super::plan::said(&now));
    Ok(if diff.fails(&|severity| level.is_reached_by(severity)) {
        Exit::Findings
    } else if diff.changes() {
        Exit::Changes
    } else {
        Exit::Clean
    })
}

/// The sysplex as it was.
fn compile(description: &str, system: &dyn System) -> Result<Snapshot, Trouble> {
    let mut compiler = Compiler::new(Settings::default());
    let request = Request { sysplex: Some(description.to_owned()), profiles: Vec::new() };
    compiler.load(system, &request).map_err(|error| Trouble::unreadable(error, system))?;
    Ok(compiler.snapshot())
}
