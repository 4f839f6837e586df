//! Options of `vipa drift`.

use clap::{Args, ValueEnum};

/// Options of `vipa drift`.
#[derive(Clone, Debug, Args)]
#[command(
    after_help = "Exit codes: 0 no difference, 1 differences, 2 no report could be used. docs/live.md says which commands to issue."
)]
pub struct DriftArgs {
    /// Captures of running stacks: files, folders, - for standard input, STACK=FILE where no head says whose it is
    #[arg(long, value_name = "CAPTURE", num_args = 1.., required = true)]
    pub live: Vec<String>,
    /// The description of the sysplex [default: the one at or above the current folder]
    #[arg(long, value_name = "FILE")]
    pub sysplex: Option<String>,
    /// How to print the differences
    #[arg(long, value_enum, default_value_t)]
    pub format: DriftFormat,
    /// Write them to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub output_file: Option<String>,
}

/// Formats of the differences.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum DriftFormat {
    /// In words
    #[default]
    Text,
    /// One JSON object
    Json,
    /// Tables, for a ticket
    Markdown,
}
