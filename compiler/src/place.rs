//! Places that survive an edit above them: a section of a file, and a span in it.

use grammar::tree::Span;
use serde::Serialize;

/// Number of a file, given out by the compiler in the order in which files are first seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct FileNo(pub u32);

/// A section of a file by its content, not by its place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct SectionKey {
    /// The file.
    pub file: FileNo,
    /// Hash of the section's text; 0 for spans that count from the start of the file.
    pub hash: u64,
    /// How many equal sections stand before it in the file.
    pub nth: u32,
}

impl SectionKey {
    /// For spans that count from the start of the file.
    #[must_use]
    pub fn whole(file: FileNo) -> Self {
        Self { file, hash: 0, nth: 0 }
    }
}

/// A span of a section.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct At {
    /// The section.
    pub section: SectionKey,
    /// The span in it.
    pub span: Span,
}

impl At {
    /// What every place serialises to: no text of a profile, so that who prints a configuration can leave places out.
    pub const MARK: &str = "\u{0}at";
}

impl Serialize for At {
    /// A place means nothing outside: see [`At::MARK`].
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(Self::MARK)
    }
}
