//! Options of `vipa explain`.

use clap::{Args, ValueEnum};

/// Options of `vipa explain`.
#[derive(Clone, Debug, Args)]
pub struct ExplainArgs {
    /// A statement, keyword, rule or message id, in any case; statements and keywords may be abbreviated
    #[arg(value_name = "NAME", required_unless_present = "all")]
    pub name: Option<String>,
    /// List every name instead, by kind
    #[arg(long, conflicts_with = "name")]
    pub all: bool,
    /// How to print the answer
    #[arg(long, value_enum, default_value_t)]
    pub format: ExplainFormat,
}

/// The formats of an explanation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ExplainFormat {
    /// For a terminal
    #[default]
    Text,
    /// One JSON object
    Json,
    /// As the pages under docs/
    Markdown,
}
