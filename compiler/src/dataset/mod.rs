//! Data sets as they come off a host: bytes to text, and text back to the same kind of bytes.
//!
//! Deliberately absent: any knowledge of statements, but for [`classify`], which looks at first words only.

mod classify;
mod decode;
mod detect;
pub mod ebcdic;
mod encode;
mod sequence;
#[cfg(test)]
mod tests;

use thiserror::Error;

pub use classify::{FileKind, classify};
pub use decode::{decode, decode_owned, decode_text};
pub use encode::{encode, encode_as};
pub use sequence::{SequenceColumns, sequence_columns};

/// Largest data set that is read, in bytes (256 MiB): ten times the largest profile that anybody has shown.
/// Offsets are 32 bits and EBCDIC may double in UTF-8, so it cannot grow beyond 2 GiB.
pub const MAX_FILE_BYTES: usize = 256 << 20;

/// Longest record that is read, in bytes of the decoded text: 32,760 is the largest LRECL of a data set that
/// is not spanned.
pub const MAX_RECORD_BYTES: usize = 32_760;

/// Length of a record of fixed form, in bytes.
pub const FIXED_RECORD_BYTES: usize = 80;

/// What the caller knows about a data set; `Auto` is found out by content.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct DecodeOptions {
    /// `--encoding`, or `encoding` of `[files]`.
    pub encoding: EncodingOption,
    /// `--records`, or `records` of `[files]`.
    pub records: RecordsOption,
}

/// A code page, or let it be found out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EncodingOption {
    /// By content.
    #[default]
    Auto,
    /// UTF-8, of which ASCII is a part.
    Utf8,
    /// EBCDIC, IBM-1047.
    Ibm1047,
    /// EBCDIC, IBM-037.
    Ibm037,
}

/// A record form, or let it be found out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RecordsOption {
    /// By content.
    #[default]
    Auto,
    /// Records end with a line end.
    Lines,
    /// Records of 80 bytes follow each other without line ends.
    Fixed80,
}

/// How the bytes of a data set are made: enough to write a changed text back in the form that was found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct DatasetForm {
    /// Code page.
    pub encoding: Encoding,
    /// How records are told apart.
    pub records: RecordForm,
    /// UTF-8 byte order mark in front (EF BB BF); not part of the text.
    pub bom: bool,
}

/// A code page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Encoding {
    /// UTF-8, of which ASCII is a part.
    #[default]
    Utf8,
    /// EBCDIC, IBM-1047.
    Ibm1047,
    /// EBCDIC, IBM-037.
    Ibm037,
}

impl Encoding {
    /// The name used in settings: `utf-8`, `ibm-1047`, `ibm-037`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Ibm1047 => "ibm-1047",
            Self::Ibm037 => "ibm-037",
        }
    }
    /// The table of an EBCDIC page.
    #[must_use]
    pub fn page(self) -> Option<&'static [char; 256]> {
        match self {
            Self::Utf8 => None,
            Self::Ibm1047 => Some(&ebcdic::IBM1047),
            Self::Ibm037 => Some(&ebcdic::IBM037),
        }
    }
}

/// How records are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RecordForm {
    /// By line ends, this one for the most part: see [`crate::source::SourceText::odd_ends`]. Whether the last
    /// record has one is seen in the text.
    Lines(LineEnd),
    /// 80 bytes each, padded with blanks. The text has them without trailing blanks, each with `\n`.
    Fixed80,
}

impl Default for RecordForm {
    fn default() -> Self {
        Self::Lines(LineEnd::Lf)
    }
}

/// Bytes at the end of a record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum LineEnd {
    /// UTF-8: 0A.
    #[default]
    Lf,
    /// UTF-8: 0D 0A.
    CrLf,
    /// UTF-8: C2 85, what converters make of an EBCDIC 15.
    Nel,
    /// EBCDIC: 15, the newline of z/OS UNIX.
    Ebcdic15,
    /// EBCDIC: 0D 15.
    CrEbcdic15,
    /// EBCDIC: 25, the line feed that other hosts make of 0A.
    Ebcdic25,
    /// EBCDIC: 0D 25.
    CrEbcdic25,
}

impl LineEnd {
    /// The bytes.
    #[must_use]
    pub fn bytes(self) -> &'static [u8] {
        match self {
            Self::Lf => b"\n",
            Self::CrLf => b"\r\n",
            Self::Nel => "\u{85}".as_bytes(),
            Self::Ebcdic15 => &[0x15],
            Self::CrEbcdic15 => &[0x0d, 0x15],
            Self::Ebcdic25 => &[0x25],
            Self::CrEbcdic25 => &[0x0d, 0x25],
        }
    }
}

/// Why bytes could not be read as a data set of text. Records, columns and offsets say where, the first two
/// from 1.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum DecodeError {
    /// More than [`MAX_FILE_BYTES`].
    #[error("the file has {bytes} bytes, more than the limit of {MAX_FILE_BYTES}: split it with INCLUDE")]
    FileTooLarge {
        /// Its size.
        bytes: usize,
    },
    /// More than [`MAX_RECORD_BYTES`].
    #[error(
        "record {record} has {bytes} bytes, more than the limit of {MAX_RECORD_BYTES}: are the line ends missing? \
         Fixed records must be 80 bytes long; transfer others with line ends"
    )]
    RecordTooLong {
        /// Its number.
        record: usize,
        /// Its length.
        bytes: usize,
    },
    /// A UTF-16 byte order mark.
    #[error("the file is UTF-16, which no profile is: save it as UTF-8")]
    Utf16,
    /// Neither UTF-8 nor EBCDIC text.
    #[error(
        "byte {byte:#04x} at offset {offset} is neither UTF-8 nor EBCDIC text: \
         save the file as UTF-8, or name its encoding (utf-8, ibm-1047, ibm-037)"
    )]
    NotText {
        /// The first byte that is no UTF-8 text.
        byte: u8,
        /// Where it stands, from 0.
        offset: usize,
    },
    /// The caller asked for UTF-8.
    #[error(
        "byte {byte:#04x} at offset {offset} is no UTF-8: \
         save the file as UTF-8, or name another encoding (ibm-1047, ibm-037)"
    )]
    NotUtf8 {
        /// The byte.
        byte: u8,
        /// Where it stands, from 0.
        offset: usize,
    },
    /// EBCDIC whose records cannot be told apart.
    #[error(
        "the file is EBCDIC without line ends, but its {bytes} bytes are no multiple of 80: \
         transfer it with line ends, or with records of 80 bytes"
    )]
    NoLineEnds {
        /// Its size.
        bytes: usize,
    },
    /// The caller asked for fixed records.
    #[error(
        "the file has {bytes} bytes, which is no multiple of 80: its records are not fixed 80, use lines"
    )]
    NotFixed80 {
        /// Its size.
        bytes: usize,
    },
    /// The caller asked for fixed records.
    #[error("record {record} has a line end in column {column}: its records are not fixed 80, use lines")]
    LineEndInFixed80 {
        /// The record.
        record: usize,
        /// The column.
        column: usize,
    },
}

/// Why a text could not be written in the form of its data set.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum EncodeError {
    /// The code page has no such character.
    #[error("record {record} column {column}: {} has no character {char:?}", .encoding.word())]
    NoSuchCharacter {
        /// The record, from 1.
        record: usize,
        /// The column, from 1.
        column: usize,
        /// The character.
        char: char,
        /// The code page.
        encoding: Encoding,
    },
    /// Longer than 80 bytes.
    #[error("record {record} would have {bytes} bytes, but the data set has fixed records of 80: break it")]
    RecordTooLong {
        /// The record, from 1.
        record: usize,
        /// Its length.
        bytes: usize,
    },
}
