//! Some sections in a row: the grain of the compiler's memory. A section alone is often one short line, and remembering costs more than
//! reading it; a whole file is too much to read again after an edit.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use grammar::description::StatementId;
use grammar::parse::{Dialect, Head, Run, Runs, Spot, read_runs};
use grammar::tree::Section;
use rustc_hash::{FxHashMap, FxHasher};

use crate::place::{FileNo, SectionKey};
use crate::source::Text;

mod again;
mod seen;

use seen::Seen;

/// Sections that the parser gives as one, with the name of each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// What the parser understood.
    pub section: Arc<Section>,
    /// Its statements of the top level: names for places in them, and what belongs to each.
    pub heads: Box<[(SectionKey, Head)]>,
}

/// Sections in a row, known by their content and not by their place. A clone shares them.
#[derive(Clone, Debug)]
pub struct Stretch {
    hash: u64,
    /// In order.
    pub parts: Arc<[Part]>,
    /// Bytes of their text.
    pub bytes: usize,
}

impl PartialEq for Stretch {
    fn eq(&self, other: &Self) -> bool {
        self.hash == other.hash && (Arc::ptr_eq(&self.parts, &other.parts) || self.parts == other.parts)
    }
}

impl Eq for Stretch {}

impl Hash for Stretch {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.hash.hash(state);
    }
}

impl Stretch {
    fn new(parts: Vec<Part>) -> Self {
        let mut hasher = FxHasher::default();
        parts.iter().flat_map(|part| &part.heads).for_each(|(key, _)| key.hash(&mut hasher));
        let bytes = parts.iter().map(|part| part.section.text.len()).sum();
        Self { hash: hasher.finish(), parts: parts.into(), bytes }
    }
}

/// On average a stretch ends behind so many sections, at the latest behind eight times as many, or behind so many bytes.
const SECTIONS: u64 = 16;
const MOST_SECTIONS: usize = 128;
const BYTES: usize = 4096;

/// A stretch in its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// The stretch.
    pub stretch: Stretch,
    /// Where it starts.
    pub base: u32,
    /// Where each of its parts starts, from there.
    pub starts: Arc<[u32]>,
    /// Where the text behind it can be read by itself, if it can.
    behind: Option<Spot>,
}

/// A text that is cut into stretches. Where a stretch ends is decided by the content of its last section, so that an edit moves the next cuts at most.
#[derive(Clone, Debug)]
pub struct Cut {
    text: Text,
    /// In order.
    pub stretches: Vec<Placed>,
}

/// Cuts a text into stretches.
#[must_use]
pub fn cut(text: &Text, dialect: Dialect, file: FileNo, inside: Option<StatementId>) -> Cut {
    let mut cutter = Cutter::new(Namer::new(file, inside));
    read_runs(text, dialect, inside, &mut cutter);
    cutter.finish();
    Cut { text: text.clone(), stretches: cutter.stretches }
}

/// Gives sections their names, and says where a stretch ends.
pub(crate) struct Namer {
    file: FileNo,
    inside: Option<StatementId>,
    /// The texts that have been seen, by their hashes.
    seen: Seen,
    /// How often those that have been seen more than once.
    often: FxHashMap<u32, u32>,
    bytes: usize,
    many: usize,
    /// The names of the sections of the run that is being read, and how many of them are counted.
    named: Vec<SectionKey>,
    counted: usize,
    /// Whether a stretch ends behind the last of them.
    pub(crate) over: bool,
}

impl Namer {
    /// For a text that stands at the top level, or is brought into a block.
    pub(crate) fn new(file: FileNo, inside: Option<StatementId>) -> Self {
        Self {
            file,
            inside,
            seen: Seen::default(),
            often: FxHashMap::default(),
            bytes: 0,
            many: 0,
            named: Vec::new(),
            counted: 0,
            over: false,
        }
    }

    /// How often a text has been seen before, by its hash.
    fn count(&mut self, hash: u32) -> u32 {
        if self.seen.insert(hash) {
            return 0;
        }
        let often = self.often.entry(hash).or_insert(0);
        *often += 1;
        *often
    }

    /// Completes the names that are new. What is known of all of them is fetched from memory first: waiting for one after the other takes longer.
    fn count_all(&mut self) {
        let new = self.named.get(self.counted..).unwrap_or_default();
        new.iter().for_each(|key| self.seen.fetch(key.hash));
        for place in self.counted..self.named.len() {
            let Some(hash) = self.named.get(place).map(|key| key.hash) else { continue };
            let nth = self.count(hash);
            if let Some(key) = self.named.get_mut(place) {
                key.nth = nth;
            }
        }
        self.counted = self.named.len();
    }

    /// Names the next section. Whether a stretch ends behind it.
    pub(crate) fn name(&mut self, text: &str) -> bool {
        let whole = of_text(text, self.inside);
        // Half of it is enough: `nth` tells those apart that happen to agree.
        let hash = (whole as u32).max(1);
        self.named.push(SectionKey { file: self.file, hash, nth: 0 });
        self.bytes += text.len();
        self.many += 1;
        // The upper bits: the lower ones decide where the keys go in tables.
        self.over =
            (whole >> 32).is_multiple_of(SECTIONS) || self.bytes >= BYTES || self.many >= MOST_SECTIONS;
        if self.over {
            (self.bytes, self.many) = (0, 0);
        }
        self.over
    }

    /// A run with the names of its sections.
    pub(crate) fn part(&mut self, run: Run) -> (Part, u32) {
        self.count_all();
        let many = run.heads.len().min(self.named.len());
        self.counted -= many;
        let heads = self.named.drain(..many).zip(run.heads).collect();
        (Part { section: run.section, heads }, run.start)
    }
}

struct Cutter<'o> {
    namer: Namer,
    parts: Vec<Part>,
    starts: Vec<u32>,
    stretches: Vec<Placed>,
    /// Whether what stands behind a spot is known from before.
    known: Option<&'o mut dyn FnMut(&Spot) -> bool>,
}

impl Runs for Cutter<'_> {
    fn ends(&mut self, text: &str) -> bool {
        self.namer.name(text)
    }

    fn take(&mut self, run: Run) {
        let (part, start) = self.namer.part(run);
        self.parts.push(part);
        self.starts.push(start);
        if self.namer.over {
            self.finish();
        }
    }

    fn rest(&mut self, spot: Spot) -> bool {
        if let Some(last) = self.stretches.last_mut() {
            last.behind = Some(spot);
        }
        !self.known.as_mut().is_some_and(|known| known(&spot))
    }
}

impl Cutter<'_> {
    fn new(namer: Namer) -> Self {
        Self { namer, parts: Vec::new(), starts: Vec::new(), stretches: Vec::new(), known: None }
    }

    fn finish(&mut self) {
        let Some(base) = self.starts.first().copied() else { return };
        let starts = self.starts.drain(..).map(|start| start - base).collect();
        let stretch = Stretch::new(std::mem::take(&mut self.parts));
        self.stretches.push(Placed { stretch, base, starts, behind: None });
    }
}

fn of_text(text: &str, inside: Option<StatementId>) -> u64 {
    let mut hasher = FxHasher::default();
    text.hash(&mut hasher);
    if let Some(inside) = inside {
        inside.hash(&mut hasher);
    }
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    fn stretches(text: &str) -> Vec<Stretch> {
        let cut = cut(&Text::from(text), Dialect::Zos, FileNo(1), None);
        cut.stretches.into_iter().map(|placed| placed.stretch).collect()
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
        let mut keys: Vec<SectionKey> = all
            .iter()
            .flat_map(|stretch| stretch.parts.iter())
            .flat_map(|part| part.heads.iter().map(|(key, _)| *key))
            .collect();
        keys.sort();
        keys.dedup();
        assert_eq!(keys.len(), 300);
    }
}
