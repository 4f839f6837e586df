//! One subcommand a file.

use crate::args::Command;
use crate::exit::Exit;
use crate::shell::Shell;
use crate::trouble::Trouble;

pub mod lint;
pub mod lsp;
pub mod packagers;

/// Runs a subcommand.
///
/// # Errors
/// When it cannot do its work.
pub fn run(command: Command, shell: &mut Shell<'_, '_>) -> Result<Exit, Trouble> {
    match command {
        Command::Lint(args) => lint::run(&args, shell),
        Command::Lsp => lsp::run(),
        Command::Completions { shell: kind } => packagers::completions(kind, shell),
        Command::Man => packagers::man(shell),
    }
}
