//! Options of `vipa plan`.

use clap::{Args, ValueEnum};

/// Options of `vipa plan`.
#[derive(Clone, Debug, Args)]
#[command(after_help = "Steps:\n  STACK OBEYFILE         one data set on one stack\n  \
    STACK=OBEYFILE ...     several, in this order, each on what the one before left\n\n\
    Exit codes: 0 nothing changes, 3 something changes and nothing is wrong with it, 1 a statement is refused or a finding is at \
    or above the fail level, 2 usage or unreadable input.")]
pub struct PlanArgs {
    /// What is planned: STACK OBEYFILE, or STACK=OBEYFILE as often as needed
    #[arg(value_name = "STEP", required_unless_present = "show")]
    pub steps: Vec<String>,
    /// The description of the sysplex [default: the one at or above the current folder]
    #[arg(long, value_name = "FILE")]
    pub sysplex: Option<String>,
    /// Begin when this scenario has happened, instead of when all stacks run and all servers listen
    #[arg(long, value_name = "SCENARIO")]
    pub after: Option<String>,
    /// Begin in the state that captures of the running sysplex show: files, folders, or STACK=FILE; `-` is standard input
    #[arg(long, value_name = "CAPTURE", num_args = 1..)]
    pub live: Vec<String>,
    /// Save the plan with the digests of everything that it rests on
    #[arg(long, value_name = "PLAN")]
    pub out: Option<String>,
    /// Show a saved plan, unless something that it rests on has changed since; ends as the plan did
    #[arg(long, value_name = "PLAN", conflicts_with_all = ["steps", "after", "live", "out", "fail_level", "out_profile", "undo"])]
    pub show: Option<String>,
    /// Write what the profile must become so that the next restart gives what the plan ends with; of several stacks STACK=FILE; `-`
    /// prints it in place of the plan
    #[arg(long, value_name = "FILE")]
    pub out_profile: Vec<String>,
    /// Write the OBEYFILE that takes the change back; of several stacks STACK=FILE; `-` prints it in place of the plan
    #[arg(long, value_name = "FILE")]
    pub undo: Vec<String>,
    /// How to print the plan
    #[arg(long, value_enum, default_value_t)]
    pub format: ChangeFormat,
    /// The lowest level of a finding that makes the exit code 1 [default: as sysplex.toml says, else error]
    #[arg(long, value_enum, value_name = "LEVEL")]
    pub fail_level: Option<super::FailLevel>,
}

/// The formats of `vipa plan` and `vipa diff`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ChangeFormat {
    /// In words
    #[default]
    Text,
    /// One JSON object
    Json,
    /// For a comment on a pull request
    Markdown,
}

/// Options of `vipa diff`.
#[derive(Clone, Debug, Args)]
#[command(
    after_help = "Exit codes: 0 nothing changes, 3 something changes and nothing is wrong with it, 1 a new finding is at or above \
    the fail level, 2 usage or unreadable input."
)]
pub struct DiffArgs {
    /// The sysplex as it was: a folder, a sysplex.toml, or a git revision
    #[arg(value_name = "BASE")]
    pub base: String,
    /// The description of the sysplex as it is [default: the one at or above the current folder]
    #[arg(long, value_name = "FILE")]
    pub sysplex: Option<String>,
    /// How to print the difference
    #[arg(long, value_enum, default_value_t)]
    pub format: ChangeFormat,
    /// The lowest level of a new finding that makes the exit code 1 [default: as sysplex.toml says, else error]
    #[arg(long, value_enum, value_name = "LEVEL")]
    pub fail_level: Option<super::FailLevel>,
}
