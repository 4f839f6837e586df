//! How a command ends, for pipelines.

use std::process::ExitCode;

/// The published exit codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Nothing at or above the fail level; every expectation met.
    Clean,
    /// Findings at or above the fail level, or an expectation that failed.
    Findings,
    /// Usage, settings, or input that cannot be read.
    Unusable,
    /// `plan`, `diff`: something would change, and nothing is wrong with it.
    Changes,
    /// A mistake in vipa itself.
    Internal,
    /// Somebody has ended it.
    Interrupted,
}

impl Exit {
    /// The number that the process ends with.
    #[must_use]
    pub fn code(self) -> u8 {
        match self {
            Self::Clean => 0,
            Self::Findings => 1,
            Self::Unusable => 2,
            Self::Changes => 3,
            Self::Internal => 101,
            Self::Interrupted => 130,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}
