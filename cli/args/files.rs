//! Options of the commands that go over files.

use clap::Args;

use super::DialectName;

/// Options of `vipa fmt`.
#[derive(Clone, Debug, Default, Args)]
#[command(
    after_help = "Statements begin records, children of blocks are indented, entries of lists stand in columns, nothing goes beyond \
    column 72. Words, their order and all comments stay. Statements with mistakes, and those whose inner form is not known, \
    stay as typed. A file keeps its encoding and its form of records."
)]
pub struct FmtArgs {
    /// Profiles and other data sets, or folders of them; `-` is standard input, to standard output. Default: the current folder
    #[arg(value_name = "PATH")]
    pub paths: Vec<String>,
    /// Write nothing, name the files that would change; the exit code is then 1
    #[arg(long)]
    pub check: bool,
    /// Write nothing, show what would change; the exit code is then 1
    #[arg(long, conflicts_with = "check")]
    pub diff: bool,
    /// The dialect, whatever sysplex.toml says
    #[arg(long, value_enum)]
    pub dialect: Option<DialectName>,
    /// The path that standard input stands for
    #[arg(long, value_name = "PATH")]
    pub stdin_name: Option<String>,
}
