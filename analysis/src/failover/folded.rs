//! How a case comes about, folded: what many cases tell is held once, and what comes several times in a row is told once.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::Report;

/// Lines in a row, and how often they come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Passage {
    /// So often, at least once.
    pub times: usize,
    /// Places in the list of lines.
    pub lines: Vec<usize>,
}

/// The traces of all cases.
pub(super) struct Folded<'r> {
    /// Each line once, in the order in which they come first.
    pub(super) lines: Vec<&'r str>,
    /// Those of each case.
    pub(super) cases: Vec<Vec<Passage>>,
}

impl<'r> Folded<'r> {
    /// Folds the traces of a report.
    pub(super) fn new(report: &'r Report) -> Self {
        let mut lines: Vec<&str> = Vec::new();
        let mut known: BTreeMap<&str, usize> = BTreeMap::new();
        let mut cases = Vec::with_capacity(report.cases.len());
        for case in &report.cases {
            let places: Vec<usize> = case
                .trace
                .iter()
                .map(|line| {
                    *known.entry(line.as_str()).or_insert_with(|| {
                        lines.push(line);
                        lines.len() - 1
                    })
                })
                .collect();
            cases.push(fold(&places));
        }
        Self { lines, cases }
    }
}

/// So many lines are looked at for something that repeats.
const LONGEST: usize = 12;

/// Passages that come to the same lines one after the other: where lines repeat, the way that covers most of them.
fn fold(mut rest: &[usize]) -> Vec<Passage> {
    let mut passages: Vec<Passage> = Vec::new();
    while let Some(first) = rest.first() {
        let covers = |length: usize| {
            let pattern = rest.get(..length)?;
            let times = rest.chunks_exact(length).take_while(|chunk| *chunk == pattern).count();
            (times > 1).then_some((times * length, length))
        };
        // Of two ways that cover as much the shorter one.
        let best =
            (1..=LONGEST).filter_map(covers).max_by_key(|(covered, length)| (*covered, LONGEST - length));
        let taken = match (best, passages.last_mut()) {
            (Some((covered, length)), _) => {
                let lines = rest.get(..length).unwrap_or_default().to_vec();
                passages.push(Passage { times: covered / length.max(1), lines });
                covered
            }
            (None, Some(last)) if last.times == 1 => {
                last.lines.push(*first);
                1
            }
            (None, _) => {
                passages.push(Passage { times: 1, lines: vec![*first] });
                1
            }
        };
        rest = rest.get(taken..).unwrap_or_default();
    }
    passages
}

#[cfg(test)]
mod tests {
    use super::{Passage, fold};

    fn unfolded(passages: &[Passage]) -> Vec<usize> {
        let lines = |one: &Passage| one.lines.repeat(one.times);
        passages.iter().flat_map(lines).collect()
    }

    #[test]
    fn what_repeats_is_told_once() {
        let passages = fold(&[7, 1, 2, 3, 1, 2, 3, 1, 2, 3, 9, 9, 9, 9, 4, 5]);
        let told: Vec<(usize, &[usize])> =
            passages.iter().map(|one| (one.times, one.lines.as_slice())).collect();
        assert_eq!(told, [(1, &[7][..]), (3, &[1, 2, 3]), (4, &[9]), (1, &[4, 5])]);
        assert_eq!(fold(&[]), []);
    }

    #[test]
    fn nothing_is_lost() {
        let places: Vec<usize> = (0..500usize).map(|number| (number * number / 7) % 5).collect();
        assert_eq!(unfolded(&fold(&places)), places);
    }
}
