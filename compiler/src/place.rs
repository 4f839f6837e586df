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
    pub hash: u32,
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
    /// What every place serialises to begins with this: no text of a profile does, so that who prints a configuration can leave
    /// places out. File, section and span follow, so that who edits a profile can find what made an entry.
    pub const MARK: &str = "\u{0}at";

    /// Another place in the section. What keeps several places of one statement keeps the section once.
    #[must_use]
    pub fn beside(self, span: Span) -> Self {
        Self { section: self.section, span }
    }

    /// The place behind a mark.
    #[must_use]
    pub fn of_mark(text: &str) -> Option<Self> {
        let mut numbers = text.strip_prefix(Self::MARK)?.split(' ').skip(1);
        let mut next = || numbers.next()?.parse::<u64>().ok();
        let (file, hash, nth) = (next()?, next()?, next()?);
        let (start, len) = (next()?, next()?);
        let narrow = |number: u64| u32::try_from(number).ok();
        Some(Self {
            section: SectionKey { file: FileNo(narrow(file)?), hash: narrow(hash)?, nth: narrow(nth)? },
            span: Span { start: narrow(start)?, len: narrow(len)? },
        })
    }
}

impl Serialize for At {
    /// A place means nothing outside: see [`At::MARK`].
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let SectionKey { file, hash, nth } = self.section;
        let (mark, span) = (Self::MARK, self.span);
        serializer.collect_str(&format_args!("{mark} {} {hash} {nth} {} {}", file.0, span.start, span.len))
    }
}
