//! Options of `vipa graph`.

use clap::{Args, ValueEnum};

/// Options of `vipa graph`.
#[derive(Clone, Debug, Args)]
pub struct GraphArgs {
    /// The description of the sysplex [default: the one at or above the current folder]
    #[arg(long, value_name = "FILE")]
    pub sysplex: Option<String>,
    /// Show only what this stack owns, backs up, is a target of or has a range for
    #[arg(long, value_name = "NAME")]
    pub stack: Option<String>,
    /// Show only this DVIPA and the stacks that have to do with it: an address, or its name in sysplex.toml
    #[arg(long, value_name = "ADDR")]
    pub dvipa: Option<String>,
    /// Draw it as it is when this scenario has happened, instead of when all stacks have started
    #[arg(long, value_name = "SCENARIO")]
    pub after: Option<String>,
    /// Begin in the state that these captures of running stacks show: files, folders, - or STACK=FILE
    #[arg(long, value_name = "CAPTURE", num_args = 1..)]
    pub live: Vec<String>,
    /// What to draw it in
    #[arg(long, value_enum, default_value_t)]
    pub format: GraphFormat,
    /// Write the picture to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub output_file: Option<String>,
}

/// Forms of the picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum GraphFormat {
    /// A drawing that browsers and most programs show
    #[default]
    Svg,
    /// The language of Graphviz
    Dot,
    /// The language of Mermaid, for Markdown
    Mermaid,
    /// One page to click through that needs nothing from elsewhere
    Html,
}
