//! How the bytes of data sets are read, for the commands that read them.

use clap::{Args, ValueEnum};
use compiler::dataset::{DecodeOptions, EncodingOption, RecordsOption};

/// `--encoding` and `--records`.
#[derive(Clone, Copy, Debug, Default, Args)]
pub struct FormArgs {
    /// How data sets are encoded, whatever sysplex.toml says
    #[arg(long, value_enum, value_name = "CODE PAGE")]
    pub encoding: Option<EncodingName>,
    /// Records with line ends, or of 80 bytes without, whatever sysplex.toml says
    #[arg(long, value_enum, value_name = "FORM")]
    pub records: Option<RecordsName>,
}

impl FormArgs {
    /// What the command line says, and for the rest what was said before.
    #[must_use]
    pub fn over(self, said: DecodeOptions) -> DecodeOptions {
        DecodeOptions {
            encoding: self.encoding().unwrap_or(said.encoding),
            records: self.records().unwrap_or(said.records),
        }
    }

    /// The code page, if one is given.
    #[must_use]
    pub fn encoding(self) -> Option<EncodingOption> {
        self.encoding.map(|name| match name {
            EncodingName::Auto => EncodingOption::Auto,
            EncodingName::Utf8 => EncodingOption::Utf8,
            EncodingName::Ibm1047 => EncodingOption::Ibm1047,
            EncodingName::Ibm037 => EncodingOption::Ibm037,
        })
    }

    /// The record form, if one is given.
    #[must_use]
    pub fn records(self) -> Option<RecordsOption> {
        self.records.map(|name| match name {
            RecordsName::Auto => RecordsOption::Auto,
            RecordsName::Lines => RecordsOption::Lines,
            RecordsName::Fixed80 => RecordsOption::Fixed80,
        })
    }
}

/// Code pages, as the command line and `[files]` name them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum EncodingName {
    /// Found out by content
    Auto,
    /// UTF-8 or ASCII
    #[value(name = "utf-8")]
    Utf8,
    /// EBCDIC, Latin 1/Open Systems
    #[value(name = "ibm-1047")]
    Ibm1047,
    /// EBCDIC, USA
    #[value(name = "ibm-037")]
    Ibm037,
}

/// Record forms, as the command line and `[files]` name them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum RecordsName {
    /// Found out by content
    Auto,
    /// Each record ends with a line end
    Lines,
    /// Each record is 80 bytes, without a line end
    Fixed80,
}
