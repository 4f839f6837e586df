//! Options of `vipa failover`.

use clap::{Args, ValueEnum};

/// Options of `vipa failover`.
#[derive(Clone, Debug, Args)]
pub struct FailoverArgs {
    /// The description of the sysplex [default: the one at or above the current folder]
    #[arg(long, value_name = "FILE")]
    pub sysplex: Option<String>,
    /// Begin when this scenario has happened, instead of when all stacks have started and all servers listen
    #[arg(long, value_name = "SCENARIO")]
    pub after: Option<String>,
    /// Begin in the state that these captures of running stacks show: files, folders, - or STACK=FILE
    #[arg(long, value_name = "CAPTURE", num_args = 1..)]
    pub live: Vec<String>,
    /// Lose so many at a time: 1, or 2 for every pair as well
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=2))]
    pub faults: u8,
    /// How to print the report
    #[arg(long, value_enum, default_value_t)]
    pub format: FailoverFormat,
    /// Tell in JSON how each case comes about, too: every decision and message of it. The page always does
    #[arg(long)]
    pub trace: bool,
    /// Write the report to a file instead of standard output
    #[arg(long, value_name = "FILE")]
    pub output_file: Option<String>,
    /// End with 1 when the report holds this
    #[arg(long, value_enum, default_value_t, value_name = "WHAT")]
    pub fail_on: FailOn,
}

/// Formats of the report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum FailoverFormat {
    /// In words
    #[default]
    Text,
    /// One JSON object
    Json,
    /// One page that needs nothing from elsewhere
    Html,
}

/// What makes the command end with 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// Nothing
    #[default]
    Never,
    /// A service that a fault takes away
    LostService,
    /// Any weakness
    Weakness,
}
