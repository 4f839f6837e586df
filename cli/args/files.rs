//! Options of the commands that go over files.

use clap::Args;

use super::{AnswerFormat, DialectName, FormArgs};

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
    /// How data sets are read
    #[command(flatten)]
    pub form: FormArgs,
    /// The path that standard input stands for
    #[arg(long, value_name = "PATH")]
    pub stdin_name: Option<String>,
}

/// Options of `vipa coverage`.
#[derive(Clone, Debug, Default, Args)]
#[command(
    after_help = "A statement is modelled (it moves the runtime model), checked (its form, ranges and references are), recognised \
    (its name and extent are known) or unknown. Checked and modelled ones are understood."
)]
pub struct CoverageArgs {
    /// Profiles, folders, or a sysplex.toml. Default: the current folder
    #[arg(value_name = "PATH")]
    pub paths: Vec<String>,
    /// The description to use, wherever the paths are
    #[arg(long, value_name = "FILE", conflicts_with = "isolated")]
    pub sysplex: Option<String>,
    /// Use no sysplex.toml: each profile is a stack of its own
    #[arg(long)]
    pub isolated: bool,
    /// How to print what was counted
    #[arg(long, value_enum, default_value_t)]
    pub format: AnswerFormat,
    /// End with 1 when less than this share of the statements is understood
    #[arg(long, value_name = "PERCENT", value_parser = percent)]
    pub fail_under: Option<f64>,
    /// How data sets are read
    #[command(flatten)]
    pub form: FormArgs,
}

fn percent(text: &str) -> Result<f64, String> {
    match text.trim_end_matches('%').parse() {
        Ok(value) if (0.0..=100.0).contains(&value) => Ok(value),
        Ok(_) | Err(_) => Err("give a number from 0 to 100".to_owned()),
    }
}

/// Options of `vipa init`.
#[derive(Clone, Debug, Default, Args)]
#[command(
    after_help = "Stacks are named after the files of their profiles, and INCLUDE data sets are looked for among the other files. \
    What the files do not tell stands in the description as comments. An existing description is left as it is."
)]
pub struct InitArgs {
    /// The folder that holds the profiles; sysplex.toml is written into it
    #[arg(value_name = "DIR", default_value = ".")]
    pub folder: String,
    /// Take the stacks, their systems and releases out of captures of a running sysplex: files, folders, - or STACK=FILE
    #[arg(long, value_name = "CAPTURE", num_args = 1..)]
    pub live: Vec<String>,
}

/// Options of `vipa anonymize`.
#[derive(Clone, Debug, Default, Args)]
#[command(
    after_help = "Addresses move to private and documentation ranges with the same subnets, names get others of the same length, \
    files too. Comments are left out; keywords, numbers, symbols, masks and misspelt words stay, so that the findings do. New \
    names follow from the order of the old ones, not from what they are."
)]
pub struct AnonymizeArgs {
    /// The folder that holds the sysplex
    #[arg(value_name = "DIR")]
    pub folder: String,
    /// The folder to write to; it must be new
    #[arg(long, value_name = "OUT")]
    pub out: String,
    /// The dialect, whatever sysplex.toml says
    #[arg(long, value_enum)]
    pub dialect: Option<DialectName>,
}
