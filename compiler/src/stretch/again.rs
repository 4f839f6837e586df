//! Cutting a text that has been cut before and edited since: only what the edit can have changed is read.

use std::sync::Arc;

use grammar::description::StatementId;
use grammar::parse::{Dialect, Spot, read_rest, read_runs};
use rustc_hash::FxHashMap;

use super::{Cut, Cutter, Namer, Part, Placed, Stretch};
use crate::place::{FileNo, SectionKey};
use crate::source::Text;

/// What two texts have in common: bytes at the beginning, and bytes at the end behind those.
fn common(old: &[u8], new: &[u8]) -> (usize, usize) {
    const BLOCK: usize = 256;
    let whole = old.chunks(BLOCK).zip(new.chunks(BLOCK)).take_while(|(old, new)| old == new).count() * BLOCK;
    let before = whole.min(old.len()).min(new.len());
    let same = |(old, new): &(&u8, &u8)| old == new;
    let behind = |text: &'_ [u8]| text.get(before..).map_or(0, <[u8]>::len);
    let rest = old.iter().skip(before).zip(new.iter().skip(before)).take_while(same).count();
    let before = before + rest;
    let most = (behind(old).min(behind(new))).saturating_sub(rest);
    let (old, new) = (old.get(before..).unwrap_or(&[]), new.get(before..).unwrap_or(&[]));
    let whole =
        old.rchunks(BLOCK).zip(new.rchunks(BLOCK)).take_while(|(old, new)| old == new).count() * BLOCK;
    let whole = whole.min(most);
    let rest = old.iter().rev().skip(whole).zip(new.iter().rev().skip(whole)).take_while(same).count();
    (before, whole + rest)
}

impl Cut {
    /// The same for a later form of the text: what [`super::cut`] makes of it.
    #[must_use]
    pub fn again(&self, text: &Text, dialect: Dialect, file: FileNo, inside: Option<StatementId>) -> Self {
        let (before, behind) = common(self.text.as_bytes(), text.as_bytes());
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        // Bytes that begin to be the same again, in the new text, and how far they have moved.
        let same = offset(text.len() - behind);
        let moved = i64::from(offset(text.len())) - i64::from(offset(self.text.len()));
        let kept = self.untouched(offset(before));
        let first = self.stretches.get(..kept).unwrap_or(&[]);
        let mut namer = Namer::new(file, inside);
        namer.has_seen(first);
        let mut met = None;
        let mut later = self.stretches.get(kept..).unwrap_or(&[]).iter().enumerate().peekable();
        let mut known = |spot: &Spot| {
            if spot.start < same {
                return false;
            }
            let was = i64::from(spot.start) - moved;
            let start = |placed: &Placed| placed.behind.map(|spot| i64::from(spot.start));
            while let Some((number, placed)) =
                later.next_if(|(_, placed)| start(placed).is_none_or(|start| start <= was))
            {
                let alike = |known: &Spot| known.first == spot.first && known.before == spot.before;
                if start(placed) == Some(was) {
                    met = placed.behind.as_ref().filter(|known| alike(known)).map(|_| kept + number + 1);
                    return met.is_some();
                }
            }
            false
        };
        let mut cutter = Cutter { known: Some(&mut known), ..Cutter::new(namer) };
        match first.last().and_then(|last| last.behind) {
            Some(spot) => read_rest(text, dialect, &spot, &mut cutter),
            None => read_runs(text, dialect, inside, &mut cutter),
        }
        cutter.finish();
        let new = std::mem::take(&mut cutter.stretches);
        drop(cutter);
        let met = met.unwrap_or(self.stretches.len());
        let gone = self.stretches.get(kept..met).unwrap_or(&[]);
        let rest = self.stretches.get(met..).unwrap_or(&[]);
        let more = if rest.is_empty() { FxHashMap::default() } else { difference(gone, &new) };
        let mut stretches = Vec::with_capacity(kept + new.len() + rest.len());
        stretches.extend_from_slice(first);
        stretches.extend(new);
        stretches.extend(rest.iter().map(|placed| placed.moved(moved, &more)));
        Self { text: text.clone(), stretches }
    }

    /// So many stretches at the beginning are as they were if nothing before this byte has changed.
    fn untouched(&self, byte: u32) -> usize {
        let (mut kept, mut reach) = (0, 0);
        for (number, placed) in self.stretches.iter().enumerate() {
            let Some(spot) = placed.behind else { continue };
            reach = spot.reach.max(reach);
            if reach > byte || spot.start > byte {
                break;
            }
            kept = number + 1;
        }
        kept
    }
}

impl Namer {
    /// Counts the sections of stretches that are not read again.
    fn has_seen(&mut self, stretches: &[Placed]) {
        for key in keys(stretches) {
            let _ = self.count(key.hash);
        }
    }
}

fn keys(stretches: &[Placed]) -> impl Iterator<Item = &SectionKey> {
    let parts = stretches.iter().flat_map(|placed| placed.stretch.parts.iter());
    parts.flat_map(|part| part.heads.iter().map(|(key, _)| key))
}

/// By its hash, how many more there are of a section than before, where it is not the same number.
fn difference(gone: &[Placed], new: &[Placed]) -> FxHashMap<u32, i64> {
    let mut more: FxHashMap<u32, i64> = FxHashMap::default();
    for key in keys(gone) {
        *more.entry(key.hash).or_insert(0) -= 1;
    }
    for key in keys(new) {
        *more.entry(key.hash).or_insert(0) += 1;
    }
    more.retain(|_, more| *more != 0);
    more
}

impl Placed {
    /// The same so many bytes further on, and behind more sections that are like some of its own.
    fn moved(&self, by: i64, more: &FxHashMap<u32, i64>) -> Self {
        let to = |at: u32| u32::try_from(i64::from(at) + by).unwrap_or(u32::MAX);
        let mut moved = self.clone();
        moved.base = to(self.base);
        moved.behind = self.behind.map(|spot| Spot {
            start: to(spot.start),
            reach: if spot.reach == u32::MAX { spot.reach } else { to(spot.reach) },
            ..spot
        });
        let counts = |part: &Part| part.heads.iter().any(|(key, _)| more.contains_key(&key.hash));
        if !more.is_empty() && self.stretch.parts.iter().any(counts) {
            let renamed = self.stretch.parts.iter().map(|part| renamed(part, more));
            moved.stretch = Stretch::new(renamed.collect());
        }
        moved
    }
}

fn renamed(part: &Part, more: &FxHashMap<u32, i64>) -> Part {
    let name = |key: &SectionKey| {
        let more = more.get(&key.hash).copied().unwrap_or(0);
        SectionKey { nth: u32::try_from(i64::from(key.nth) + more).unwrap_or(key.nth), ..*key }
    };
    let heads = part.heads.iter().map(|(key, head)| (name(key), *head)).collect();
    Part { section: Arc::clone(&part.section), heads }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::property;
    use crate::stretch::cut;

    #[test]
    fn what_is_common() {
        let long = "x".repeat(1000);
        for (old, new, expected) in [
            ("", "", (0, 0)),
            ("ab", "ab", (2, 0)),
            ("ab", "aab", (1, 1)),
            ("aab", "ab", (1, 1)),
            ("abc", "xyz", (0, 0)),
            (&*format!("{long}a{long}"), &*format!("{long}b{long}"), (1000, 1000)),
            (&*format!("{long}{long}"), &*long, (1000, 0)),
            (&*long, &*format!("{long}{long}"), (1000, 0)),
        ] {
            assert_eq!(common(old.as_bytes(), new.as_bytes()), expected);
        }
    }

    fn line() -> impl Strategy<Value = String> {
        let lines = vec![
            "DEVICE D1 VIRTUAL 0\n",
            "LINK L1 VIRTUAL 0 D1\n",
            "HOME 192.0.2.1 L1\n  192.0.2.2 L2\n",
            "PORT 21 TCP FTPD\n 22 TCP SSHD\n",
            "VIPADYNAMIC\nVIPADEFINE 255.255.255.0 203.0.113.1\nENDVIPADYNAMIC\n",
            "VIPADYNAMIC\n",
            "ENDVIPADYNAMIC\n",
            "AUTOLOG 5\n FTPD\n INCLUDE A.B\nENDAUTOLOG\n",
            "INCLUDE NET.COMMON\n",
            "TCPCONFIG RESTRICTLOWPORTS\n",
            "IPCONFIG DATAGRAMFWD SOURCEVIPA\n",
            "START D1\n",
            "STRAT D1\n",
            "PRT 21 TCP FTPD\n",
            "; a comment\n",
            " \"open\n",
            "DEVICE &A. VIRTUAL 0\n",
            "443 TCP WEB\n",
            "\n",
        ];
        prop::sample::select(lines).prop_map(str::to_owned)
    }

    proptest! {
        #![proptest_config(property::cases(96))]
        #[test]
        fn a_text_is_cut_again_as_it_is_cut_anew(
            lines in prop::collection::vec(line(), 0..200),
            edits in prop::collection::vec((0_usize..10_000, 0_usize..30, prop_oneof![line(), "[A-Z \"&;]{0,3}"]), 1..8),
            host in 0_usize..120,
        ) {
            let inside = grammar::STATEMENTS.get(host).filter(|desc| desc.end.is_some()).map(|desc| desc.id);
            for dialect in [Dialect::Zos, Dialect::Founding] {
                let mut text: Text = lines.concat().into();
                let mut known = cut(&text, dialect, FileNo(1), inside);
                for (at, take, put) in &edits {
                    let at = at % (text.len() + 1);
                    let end = (at + take).min(text.len());
                    text = format!("{}{put}{}", &text[..at], &text[end..]).into();
                    known = known.again(&text, dialect, FileNo(1), inside);
                    let anew = cut(&text, dialect, FileNo(1), inside);
                    prop_assert_eq!(&known.stretches.len(), &anew.stretches.len());
                    for (known, anew) in known.stretches.iter().zip(&anew.stretches) {
                        prop_assert_eq!((&known.stretch, known.base, &known.starts), (&anew.stretch, anew.base, &anew.starts));
                        prop_assert_eq!(known.behind.map(|spot| (spot.start, spot.first, spot.before)), anew.behind.map(|spot| (spot.start, spot.first, spot.before)));
                    }
                }
            }
        }
    }
}
