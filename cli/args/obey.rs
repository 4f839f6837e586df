//! Options of `vipa lint` that say what the paths are.

use clap::{Args, ValueEnum};

/// `--as` and `--stack`.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "OBEYFILEs")]
pub struct ObeyArgs {
    /// What the paths are: profiles, or data sets for VARY TCPIP,,OBEYFILE, each put onto one stack as those before it have left it
    #[arg(long = "as", value_enum, value_name = "KIND", default_value_t)]
    pub kind: InputKind,
    /// The stack that the OBEYFILEs are for [default: the only one of the description]
    #[arg(long, value_name = "NAME")]
    pub stack: Option<String>,
}

/// What the paths of a command line are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum InputKind {
    /// What a stack reads when it starts
    #[default]
    Profile,
    /// What a running stack is given
    Obeyfile,
}
