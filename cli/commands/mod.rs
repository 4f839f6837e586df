//! One subcommand a file.

use crate::args::Command;
use crate::exit::Exit;
use crate::shell::Shell;
use crate::trouble::Trouble;

pub mod anonymize;
pub mod coverage;
pub mod diff;
pub mod drift;
pub mod explain;
pub mod explore;
pub mod failover;
pub mod fmt;
pub mod graph;
pub mod init;
pub mod lint;
pub mod lsp;
pub mod model;
pub mod netstat;
pub mod packagers;
pub mod plan;
pub mod run;
pub mod why;

/// Runs a subcommand.
///
/// # Errors
/// When it cannot do its work.
pub fn run(command: Command, shell: &mut Shell<'_, '_>) -> Result<Exit, Trouble> {
    match command {
        Command::Lint(args) => lint::run(&args, shell),
        Command::Run(args) => run::run(&args, shell),
        Command::Why(args) => why::run(&args, shell),
        Command::Explore(args) => explore::run(&args, shell),
        Command::Plan(args) => plan::run(&args, shell),
        Command::Diff(args) => diff::run(&args, shell),
        Command::Failover(args) => failover::run(&args, shell),
        Command::Netstat(args) => netstat::run(&args, shell),
        Command::Drift(args) => drift::run(&args, shell),
        Command::Graph(args) => graph::run(&args, shell),
        Command::Model(args) => model::run(&args, shell),
        Command::Explain(args) => explain::run(&args, shell),
        Command::Coverage(args) => coverage::run(&args, shell),
        Command::Fmt(args) => fmt::run(&args, shell),
        Command::Init(args) => init::run(&args, shell),
        Command::Anonymize(args) => anonymize::run(&args, shell),
        Command::Lsp(args) => lsp::run(&args),
        Command::Completions { shell: kind } => packagers::completions(kind, shell),
        Command::Man => packagers::man(shell),
    }
}
