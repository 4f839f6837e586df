//! What packagers install beside the command.

use clap::CommandFactory;

use crate::args::Cli;
use crate::exit::Exit;
use crate::shell::Shell;
use crate::trouble::Trouble;

/// `vipa completions SHELL`
///
/// # Errors
/// When standard output cannot be written.
pub fn completions(kind: clap_complete::Shell, shell: &mut Shell<'_, '_>) -> Result<Exit, Trouble> {
    let mut script = Vec::new();
    clap_complete::generate(kind, &mut Cli::command(), "vipa", &mut script);
    shell.print(&script)?;
    Ok(Exit::Clean)
}

/// `vipa man`: the page of the command, then one section a subcommand.
///
/// # Errors
/// When standard output cannot be written.
pub fn man(shell: &mut Shell<'_, '_>) -> Result<Exit, Trouble> {
    let mut page = Vec::new();
    let mut command = Cli::command();
    // Gives subcommands their full names.
    command.build();
    let drawn = clap_mangen::Man::new(command.clone()).render(&mut page).and_then(|()| {
        for subcommand in command.get_subcommands() {
            clap_mangen::Man::new(subcommand.clone()).render(&mut page)?;
        }
        Ok(())
    });
    drawn.map_err(|error| Trouble::Stdout { reason: error.to_string() })?;
    shell.print(&page)?;
    Ok(Exit::Clean)
}
