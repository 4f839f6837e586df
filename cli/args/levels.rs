//! Options of `vipa lint` that choose what is told.

use clap::{Args, ValueEnum};
use compiler::description::Preset;
use compiler::finding::Confidence;

/// Which rules take part, and how sure a finding has to be.
#[derive(Clone, Copy, Debug, Default, Args)]
pub struct LevelArgs {
    /// The set of rules to begin with, whatever sysplex.toml says
    #[arg(long, value_enum, value_name = "NAME")]
    pub preset: Option<PresetName>,
    /// Leave out findings that are less sure
    #[arg(long, value_enum, value_name = "HOW SURE")]
    pub min_confidence: Option<ConfidenceName>,
}

/// The presets, as the command line names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PresetName {
    /// What everybody wants to know
    Default,
    /// Every rule, advice included
    Strict,
    /// The rules of `default`, and what auditors ask for
    Security,
}

impl From<PresetName> for Preset {
    fn from(name: PresetName) -> Self {
        match name {
            PresetName::Default => Self::Default,
            PresetName::Strict => Self::Strict,
            PresetName::Security => Self::Security,
        }
    }
}

/// How sure the sources are, as the command line names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ConfidenceName {
    /// A source says so
    Documented,
    /// Derived from what is documented
    Inferred,
    /// Everything, also what no source could be read for
    Unconfirmed,
}

impl From<ConfidenceName> for Confidence {
    fn from(name: ConfidenceName) -> Self {
        match name {
            ConfidenceName::Documented => Self::Documented,
            ConfidenceName::Inferred => Self::Inferred,
            ConfidenceName::Unconfirmed => Self::Unconfirmed,
        }
    }
}
