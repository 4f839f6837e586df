//! The command line. Every option here does something; `docs/stability.md` says which of them may change.

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Compiler, linter, language server and executable model for z/OS TCP/IP profiles.
#[derive(Debug, Parser)]
#[command(name = "vipa", version, propagate_version = false, disable_help_subcommand = true)]
#[command(
    after_help = "Exit codes: 0 fine, 1 findings or failed expectations, 2 usage or unreadable input, 101 internal error."
)]
pub struct Cli {
    /// What every subcommand takes.
    #[command(flatten)]
    pub common: Common,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What every subcommand takes.
#[derive(Clone, Debug, Default, Args)]
pub struct Common {
    /// Colours: `auto` means on a terminal, unless NO_COLOR is set
    #[arg(long, global = true, value_name = "WHEN", value_enum, default_value_t)]
    pub color: ColorWhen,
    /// Print results only: no summary, no hints
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Tell on standard error what is read and why
    #[arg(short, long, global = true)]
    pub verbose: bool,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ColorWhen {
    /// On a terminal.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check profiles: each stack by itself, and the whole sysplex together
    Lint(LintArgs),
    /// Serve editors on standard input and output
    Lsp,
    /// Print a completion script for a shell
    Completions {
        /// The shell
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
    /// Print the manual page, in roff
    Man,
}

/// Options of `vipa lint`.
#[derive(Clone, Debug, Default, Args)]
#[allow(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub struct LintArgs {
    /// Profiles, folders, or a sysplex.toml; `-` is standard input. Default: the current folder
    #[arg(value_name = "PATH")]
    pub paths: Vec<String>,
    /// The description to use, wherever the paths are
    #[arg(long, value_name = "FILE", conflicts_with = "isolated")]
    pub sysplex: Option<String>,
    /// Use no sysplex.toml: each profile is a stack of its own
    #[arg(long)]
    pub isolated: bool,
    /// The path that standard input stands for
    #[arg(long, value_name = "PATH")]
    pub stdin_name: Option<String>,
    /// How to print the findings
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
    /// Write the findings to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub output_file: Option<String>,
    /// The lowest level that makes the exit code 1 [default: as sysplex.toml says, else error]
    #[arg(long, value_enum, value_name = "LEVEL")]
    pub fail_level: Option<FailLevel>,
    /// Use only these rules, separated by commas
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub select: Vec<String>,
    /// Leave these rules out, separated by commas
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub ignore: Vec<String>,
    /// The dialect, whatever sysplex.toml says
    #[arg(long, value_enum)]
    pub dialect: Option<DialectName>,
    /// The z/OS release that the profiles are for, such as 3.1, whatever sysplex.toml says
    #[arg(long)]
    pub release: Option<String>,
    /// Count the findings of each rule instead of listing them
    #[arg(long)]
    pub statistics: bool,
    /// List the files that take part, and check nothing
    #[arg(long, conflicts_with_all = ["statistics", "output_file", "fail_level", "format"])]
    pub show_files: bool,
}

/// The output formats.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// With the source and what to do
    #[default]
    Full,
    /// One line a finding: file:record:column severity[rule] message
    Concise,
    /// One JSON object with a summary and all findings
    Json,
    /// One JSON object a line
    JsonLines,
    /// SARIF 2.1.0, for code scanning services
    Sarif,
    /// Annotations of GitHub Actions
    Github,
    /// Code quality report of GitLab
    Gitlab,
    /// JUnit XML, for test reports
    Junit,
    /// Tables, for a comment on a change
    Markdown,
    /// As the operator's console would tell it, stack by stack
    Console,
}

/// What makes the exit code 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum FailLevel {
    /// Errors
    #[default]
    Error,
    /// Warnings and errors
    Warning,
    /// Any finding
    Info,
    /// Nothing
    Never,
}

impl FailLevel {
    /// Whether a finding of this severity makes the command fail.
    #[must_use]
    pub fn is_reached_by(self, severity: compiler::finding::Severity) -> bool {
        use compiler::finding::Severity;
        match self {
            Self::Error => severity >= Severity::Error,
            Self::Warning => severity >= Severity::Warning,
            Self::Info => true,
            Self::Never => false,
        }
    }
}

/// The dialects, as the command line names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DialectName {
    /// The shipped product
    Zos,
    /// The founding documents
    Founding,
}

impl From<DialectName> for compiler::Dialect {
    fn from(name: DialectName) -> Self {
        match name {
            DialectName::Zos => Self::Zos,
            DialectName::Founding => Self::Founding,
        }
    }
}
