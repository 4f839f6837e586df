//! Some sections in a row: the grain of the compiler's memory. A section alone is often one short line, and remembering costs more than
//! reading it; a whole file is too much to read again after an edit.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use grammar::description::StatementId;
use grammar::parse::Placed;
use grammar::tree::Section;
use rustc_hash::{FxHashMap, FxHasher};

use crate::place::{FileNo, SectionKey};

/// A section with its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Name for places in it.
    pub key: SectionKey,
    /// What the parser understood.
    pub section: Arc<Section>,
}

/// Sections in a row, known by their content and not by their place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    hash: u64,
    /// In order.
    pub parts: Arc<[Part]>,
    /// Bytes of their text.
    pub bytes: usize,
}

impl Hash for Stretch {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.hash.hash(state);
    }
}

impl Stretch {
    fn new(parts: Vec<Part>) -> Self {
        let mut hasher = FxHasher::default();
        parts.iter().for_each(|part| part.key.hash(&mut hasher));
        let bytes = parts.iter().map(|part| part.section.text.len()).sum();
        Self { hash: hasher.finish(), parts: parts.into(), bytes }
    }
}

/// On average a stretch ends behind so many sections, at the latest behind eight times as many, or behind so many bytes.
const SECTIONS: u64 = 16;
const MOST_SECTIONS: usize = 128;
const BYTES: usize = 4096;

/// Cuts the sections of a file into stretches, each with the places where its sections start. Where a stretch ends is decided by the content of
/// its last section, so that an edit moves the next cuts at most.
#[must_use]
pub fn cut(sections: Vec<Placed>, file: FileNo, inside: Option<StatementId>) -> Vec<(Stretch, Arc<[u32]>)> {
    let mut seen: FxHashMap<u64, u32> = FxHashMap::default();
    let mut stretches = Vec::new();
    let (mut parts, mut starts, mut bytes) = (Vec::new(), Vec::new(), 0);
    for Placed { start, section } in sections {
        let hash = of_text(&section.text, inside);
        let nth = seen.entry(hash).or_insert(0);
        let key = SectionKey { file, hash, nth: *nth };
        *nth += 1;
        bytes += section.text.len();
        parts.push(Part { key, section });
        starts.push(start);
        // The upper bits: the lower ones decide where the keys go in tables.
        if (hash >> 32).is_multiple_of(SECTIONS) || bytes >= BYTES || parts.len() >= MOST_SECTIONS {
            stretches
                .push((Stretch::new(std::mem::take(&mut parts)), Arc::from(std::mem::take(&mut starts))));
            bytes = 0;
        }
    }
    if !parts.is_empty() {
        stretches.push((Stretch::new(parts), starts.into()));
    }
    stretches
}

fn of_text(text: &str, inside: Option<StatementId>) -> u64 {
    let mut hasher = FxHasher::default();
    text.hash(&mut hasher);
    if let Some(inside) = inside {
        inside.hash(&mut hasher);
    }
    hasher.finish().max(1)
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use grammar::parse::{Dialect, parse};

    use super::*;

    fn stretches(text: &str) -> Vec<Stretch> {
        cut(parse(text, Dialect::Zos).sections, FileNo(1), None)
            .into_iter()
            .map(|(stretch, _)| stretch)
            .collect()
    }

    fn text(devices: u32) -> String {
        (0..devices).fold(String::new(), |mut text, number| {
            let _ = writeln!(text, "DEVICE D{number} VIRTUAL 0");
            text
        })
    }

    #[test]
    fn a_line_more_changes_a_stretch_or_two() {
        let before = stretches(&text(2_000));
        assert!((40..=200).contains(&before.len()), "{}", before.len());
        for at in ["DEVICE D0 ", "DEVICE D999 ", "DEVICE D1999 "] {
            let after = stretches(&text(2_000).replace(at, &format!("DEVICE NEW VIRTUAL 0\n{at}")));
            let new = after.iter().filter(|stretch| !before.contains(stretch)).count();
            assert!(new <= 2, "{new} stretches are new for a line before {at}");
        }
    }

    #[test]
    fn equal_sections_have_names_of_their_own() {
        let all = stretches(&"DEVICE D1 VIRTUAL 0\n".repeat(300));
        let mut keys: Vec<SectionKey> =
            all.iter().flat_map(|stretch| stretch.parts.iter().map(|part| part.key)).collect();
        keys.sort();
        keys.dedup();
        assert_eq!(keys.len(), 300);
    }
}
