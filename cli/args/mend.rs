//! Options of `vipa lint` that change files, or show how.

use clap::Args;

/// Whether fixes are applied, and which.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Fixes")]
pub struct MendArgs {
    /// Apply safe fixes to the files, and list what is left
    #[arg(long, conflicts_with = "diff")]
    pub fix: bool,
    /// With --fix or --diff: also apply fixes that change what the stack does
    #[arg(long)]
    pub unsafe_fixes: bool,
    /// Show what --fix would change, as a unified difference, and write nothing
    #[arg(long, conflicts_with_all = ["statistics", "output_file", "fail_level", "format", "show_files"])]
    pub diff: bool,
}

impl MendArgs {
    /// Whether fixes are asked for at all.
    #[must_use]
    pub fn wanted(&self) -> bool {
        self.fix || self.diff
    }
}
