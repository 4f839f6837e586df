//! Options of `vipa netstat`.

use clap::{Args, ValueEnum};

use super::AnswerFormat;

/// Options of `vipa netstat`.
#[derive(Clone, Debug, Args)]
#[command(after_help = REPORTS)]
pub struct NetstatArgs {
    /// The stack, by its name in sysplex.toml
    #[arg(value_name = "STACK")]
    pub stack: String,
    /// The report, and DETAIL where it has that
    #[arg(value_name = "REPORT", required = true)]
    pub report: Vec<String>,
    /// The description of the sysplex [default: the one at or above the current folder]
    #[arg(long, value_name = "FILE")]
    pub sysplex: Option<String>,
    /// Report when this scenario has happened, instead of when all stacks have started
    #[arg(long, value_name = "SCENARIO")]
    pub after: Option<String>,
    /// Begin in the state that these captures of running stacks show: files, folders, - or STACK=FILE
    #[arg(long, value_name = "CAPTURE", num_args = 1..)]
    pub live: Vec<String>,
    /// SHORT or LONG [default: as the stack, SHORT unless it has addresses of IPv6]
    #[arg(long, value_enum, value_name = "LAYOUT")]
    pub layout: Option<LayoutName>,
    /// Print as the console does, for a stack that is asked with DISPLAY TCPIP,,NETSTAT
    #[arg(long)]
    pub console: bool,
    /// How to print the report
    #[arg(long, value_enum, default_value_t)]
    pub format: AnswerFormat,
}

/// The layouts of NETSTAT.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LayoutName {
    /// A row an entry
    Short,
    /// Labels and values
    Long,
}

const REPORTS: &str = "\
Reports, from the model:
  VIPADCFG [DETAIL]   what the VIPADYNAMIC blocks gave the stack
  VIPADYN             the DVIPAs on the stack and their status
  VDPT [DETAIL]       targets of distributed ports, on the distributor
  VCRT [DETAIL]       connections that are routed
  CONN                sockets and connections
  HOME                home addresses in their order
  SRCIP               source addresses by job and destination
  PORTLIST            reserved ports
  ROUTE               static routes
  CONFIG              settings of the stack
  SYSPLEX,VIPADYN     what every stack is for every DVIPA (D TCPIP,,SYSPLEX,VIPADYN)";
