//! Options of `vipa lint` for findings that are known and left for later.

use clap::Args;

/// `--baseline` and `--write-baseline`.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Baselines")]
pub struct BaselineArgs {
    /// Leave out findings that this file knows; an entry that matches nothing any more is told
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<String>,
    /// Write the baseline where there is none; otherwise take out of it what matches nothing any more
    #[arg(long, requires = "baseline", conflicts_with_all = ["diff", "show_files"])]
    pub write_baseline: bool,
}
