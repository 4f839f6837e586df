//! The command line. Every option here does something; `docs/stability.md` says which of them may change.

mod baseline;
mod drift;
mod explain;
mod explore;
mod failover;
mod files;
mod form;
mod graph;
mod levels;
mod mend;
mod netstat;
mod obey;
mod plan;

pub use baseline::BaselineArgs;
use clap::{Args, Parser, Subcommand, ValueEnum};
use compiler::description::{self, Release};
pub use drift::{DriftArgs, DriftFormat};
pub use explain::{ExplainArgs, ExplainFormat};
pub use explore::ExploreArgs;
pub use failover::{FailOn, FailoverArgs, FailoverFormat};
pub use files::{AnonymizeArgs, CoverageArgs, FmtArgs, InitArgs};
pub use form::{EncodingName, FormArgs, RecordsName};
pub use graph::{GraphArgs, GraphFormat};
pub use levels::{ConfidenceName, LevelArgs, PresetName};
pub use mend::MendArgs;
pub use netstat::{LayoutName, NetstatArgs};
pub use obey::{InputKind, ObeyArgs};
pub use plan::{ChangeFormat, DiffArgs, PlanArgs};

/// Compiler, linter, language server and executable model for z/OS TCP/IP profiles.
#[derive(Debug, Parser)]
#[command(name = "vipa", version, propagate_version = false, disable_help_subcommand = true)]
#[command(
    after_help = "Exit codes: 0 fine, 1 findings or failed expectations, 2 usage or unreadable input, 3 something would change (plan, diff), 101 internal error."
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
    #[arg(
        long,
        global = true,
        help_heading = "Everywhere",
        value_name = "WHEN",
        value_enum,
        default_value_t
    )]
    pub color: ColorWhen,
    /// Print results only: no summary, no hints
    #[arg(short, long, global = true, help_heading = "Everywhere", conflicts_with = "verbose")]
    pub quiet: bool,
    /// Tell on standard error what is read and why
    #[arg(short, long, global = true, help_heading = "Everywhere")]
    pub verbose: bool,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs, reason = "clap would repeat in the help what the names say")]
pub enum ColorWhen {
    #[default]
    Auto,
    Always,
    Never,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check profiles: each stack by itself, and the whole sysplex together
    Lint(LintArgs),
    /// Run scenarios against the compiled model and check their expectations
    Run(RunArgs),
    /// Explain one decision: what a bind, a connect or a client's request comes to, and by which path
    Why(WhyArgs),
    /// Search the model for a broken invariant: every order of events within bounds, or seeded random walks
    Explore(ExploreArgs),
    /// Tell what VARY OBEYFILE would do before it does: statements, configuration, what moves, what lint says then
    Plan(PlanArgs),
    /// Tell what the next start would change, against a folder or a git revision
    Diff(DiffArgs),
    /// Lose every stack, system and CPC in turn: what moves, what is lost, what does not come back
    Failover(FailoverArgs),
    /// Print a report of a running stack from the model: NETSTAT, and DISPLAY TCPIP,,SYSPLEX
    Netstat(NetstatArgs),
    /// Compare captures of the running sysplex with what the profiles would give
    Drift(DriftArgs),
    /// Draw the sysplex: stacks by system and CPC, DVIPAs with owner, backups and targets, application ranges
    Graph(GraphArgs),
    /// Print the compiled model, or what one stack holds after its profile, as JSON
    Model(ModelArgs),
    /// Explain a statement, keyword, rule or message id
    Explain(ExplainArgs),
    /// Count how much of the profiles is understood, and name what is not
    Coverage(CoverageArgs),
    /// Format profiles: indentation, columns and records; words and comments stay
    Fmt(FmtArgs),
    /// Write a first sysplex.toml from the profiles of a folder
    Init(InitArgs),
    /// Write the same sysplex with other addresses and names, for a report
    Anonymize(AnonymizeArgs),
    /// Serve editors on standard input and output
    Lsp(LspArgs),
    /// Print a completion script for a shell
    Completions {
        /// The shell
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
    /// Print the manual page, in roff
    Man,
}

/// Options of `vipa lsp`.
#[derive(Debug, Args)]
pub struct LspArgs {
    /// Write every message to this file too, for a bug report; it then has the text of your profiles
    #[arg(long, value_name = "FILE")]
    pub log: Option<String>,
    /// What most clients say to every server: the streams are the standard ones anyway
    #[arg(long, hide = true)]
    pub stdio: bool,
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
    #[arg(long, value_parser = release)]
    pub release: Option<Release>,
    /// How data sets are read
    #[command(flatten)]
    pub form: FormArgs,
    /// Count the findings of each rule instead of listing them
    #[arg(long)]
    pub statistics: bool,
    /// List the files that take part, and check nothing
    #[arg(long, conflicts_with_all = ["statistics", "output_file", "fail_level", "format"])]
    pub show_files: bool,
    /// Show the settings and where each comes from, and check nothing
    #[arg(long, conflicts_with_all = ["statistics", "output_file", "show_files", "fix", "diff", "write_baseline"])]
    pub show_settings: bool,
    /// Check again whenever a file changes, until Ctrl-C
    #[arg(long, conflicts_with_all = ["output_file", "show_files", "show_settings", "fix", "diff", "write_baseline"])]
    pub watch: bool,
    /// Presets.
    #[command(flatten)]
    pub levels: LevelArgs,
    /// Fixes.
    #[command(flatten)]
    pub mend: MendArgs,
    /// Known findings.
    #[command(flatten)]
    pub baseline: BaselineArgs,
    /// What the paths are.
    #[command(flatten)]
    pub obey: ObeyArgs,
}

/// Options of `vipa run`.
#[derive(Clone, Debug, Args)]
pub struct RunArgs {
    /// Scenario files, Markdown texts with fenced `scenario` blocks, or folders of .scenario files
    #[arg(value_name = "SCENARIO", required = true)]
    pub scenarios: Vec<String>,
    /// The description of the sysplex [default: the one at or above each scenario]
    #[arg(long, value_name = "FILE")]
    pub sysplex: Option<String>,
    /// Begin in the state that these captures of running stacks show: files, folders, - or STACK=FILE
    #[arg(long, value_name = "CAPTURE", num_args = 1..)]
    pub live: Vec<String>,
    /// How to print what happened
    #[arg(long, value_enum, default_value_t)]
    pub format: RunFormat,
    /// Show the decisions of every event, not only where an expectation failed
    #[arg(long)]
    pub trace: bool,
}

/// The formats of `vipa run`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum RunFormat {
    /// Event by event, in words
    #[default]
    Text,
    /// One JSON object an event, one a line
    Json,
    /// JUnit XML, for test reports
    Junit,
}

/// Options of `vipa why`.
#[derive(Clone, Debug, Args)]
#[command(
    after_help = "Questions:\n  STACK JOB connect DEST:PORT   which source address and port, and why\n  \
    STACK JOB bind ADDR:PORT      whether it may\n  request CLIENT DVIPA:PORT     which stack answers"
)]
pub struct WhyArgs {
    /// The question, word by word
    #[arg(value_name = "QUESTION", required = true)]
    pub question: Vec<String>,
    /// The description of the sysplex [default: the one at or above the current folder]
    #[arg(long, value_name = "FILE")]
    pub sysplex: Option<String>,
    /// Ask when this scenario has happened, instead of when all stacks have started and, for a request, its servers listen
    #[arg(long, value_name = "SCENARIO")]
    pub after: Option<String>,
    /// Begin in the state that these captures of running stacks show: files, folders, - or STACK=FILE
    #[arg(long, value_name = "CAPTURE", num_args = 1..)]
    pub live: Vec<String>,
    /// How to print the answer
    #[arg(long, value_enum, default_value_t)]
    pub format: AnswerFormat,
}

/// The formats of an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum AnswerFormat {
    /// In words
    #[default]
    Text,
    /// One JSON object
    Json,
}

/// Options of `vipa model`.
#[derive(Clone, Debug, Args)]
pub struct ModelArgs {
    /// The description of the sysplex [default: the one at or above the current folder]
    #[arg(long, value_name = "FILE")]
    pub sysplex: Option<String>,
    /// Print the JSON schema of the model instead
    #[arg(long, conflicts_with_all = ["sysplex", "config", "stack"])]
    pub schema: bool,
    /// The stack whose configuration is printed
    #[arg(long, value_name = "NAME", requires = "config")]
    pub stack: Option<String>,
    /// Print the effective configuration of one stack: what it holds when its profile has been processed
    #[arg(long, requires = "stack")]
    pub config: bool,
    /// How to print the configuration [default: json]
    #[arg(long, value_enum, requires = "config")]
    pub format: Option<AnswerFormat>,
}

/// The output formats.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// With the source and what to do
    #[default]
    Full,
    /// One line a finding: `file:record:column severity[rule] message`
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

fn release(text: &str) -> Result<Release, String> {
    Release::parse(text).ok_or_else(|| {
        let all: Vec<String> = Release::ALL.iter().map(ToString::to_string).collect();
        format!("possible: {}", all.join(", "))
    })
}

/// What makes the exit code 1, the laxest first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum FailLevel {
    /// Nothing
    Never,
    /// Errors
    #[default]
    Error,
    /// Warnings and errors
    Warning,
    /// Any finding
    Info,
}

impl From<description::FailLevel> for FailLevel {
    fn from(level: description::FailLevel) -> Self {
        match level {
            description::FailLevel::Error => Self::Error,
            description::FailLevel::Warning => Self::Warning,
            description::FailLevel::Info => Self::Info,
            description::FailLevel::Never => Self::Never,
        }
    }
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
