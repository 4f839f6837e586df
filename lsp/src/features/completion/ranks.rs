//! Free ranks behind VIPABACKUP: one before all backups that there are, one behind them, one between each two.

use std::collections::BTreeMap;
use std::net::IpAddr;

use grammar::values;
use ls_types::CompletionItemKind;
use runtime_model::model::DvipaOrigin;

use super::{Item, stacks};
use crate::features::{Cx, Text};

/// The highest rank.
const HIGHEST: u16 = 254;
/// Room that is left to a neighbour, for the next one who comes.
const STEP: u16 = 10;

/// Adds the ranks that no other stack has, for the addresses in the rest of the line if it has any.
pub(super) fn items(cx: &Cx<'_>, text: Text<'_>, line: &str, items: &mut Vec<Item>) {
    let Some(snapshot) = cx.snapshot() else { return };
    let Some(cluster) = snapshot.cluster() else { return };
    let mine = stacks(cx, text);
    let addresses: Vec<IpAddr> = line
        .split_whitespace()
        .filter_map(|word| values::ip(word).or_else(|| snapshot.description().address(word)))
        .collect();
    let mut taken: BTreeMap<u16, String> = BTreeMap::new();
    for stack in cluster.stacks.iter().filter(|stack| !mine.iter().any(|name| name == stack.name())) {
        for dvipa in &stack.dvipas {
            if let DvipaOrigin::Backup(rank) = dvipa.origin
                && (addresses.is_empty() || addresses.contains(&dvipa.address))
            {
                taken.entry(u16::from(rank)).or_insert_with(|| stack.name().to_owned());
            }
        }
    }
    for (rank, what) in free(&taken) {
        items.push(Item::new(rank.to_string(), CompletionItemKind::VALUE, what));
    }
}

/// Free ranks with where they stand in line, the first in line first.
fn free(taken: &BTreeMap<u16, String>) -> Vec<(u16, String)> {
    let ordered: Vec<(u16, &str)> = taken.iter().rev().map(|(rank, stack)| (*rank, stack.as_str())).collect();
    let (Some((highest, first)), Some((lowest, last))) = (ordered.first(), ordered.last()) else {
        return vec![(100, "no backup has a rank yet".to_owned())];
    };
    let mut ranks = Vec::new();
    if *highest < HIGHEST {
        let rank = highest.saturating_add(STEP).min(HIGHEST);
        ranks.push((rank, format!("first in line, before {first} ({highest})")));
    }
    for pair in ordered.windows(2) {
        if let [(high, before), (low, behind)] = pair
            && high - low > 1
        {
            ranks.push((low + (high - low) / 2, format!("between {before} ({high}) and {behind} ({low})")));
        }
    }
    if *lowest > 1 {
        let rank = lowest.saturating_sub(STEP).max(1);
        ranks.push((rank, format!("last in line, behind {last} ({lowest})")));
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ranks(taken: &[u16]) -> Vec<u16> {
        let taken = taken.iter().map(|rank| (*rank, format!("S{rank}"))).collect();
        free(&taken).into_iter().map(|(rank, _)| rank).collect()
    }

    #[test]
    fn free_ranks_are_free() {
        assert_eq!(ranks(&[]), [100]);
        assert_eq!(ranks(&[100]), [110, 90]);
        assert_eq!(ranks(&[100, 50]), [110, 75, 40]);
        assert_eq!(ranks(&[254, 253, 1]), [127]);
        assert_eq!(ranks(&[250, 5]), [254, 127, 1]);
    }
}
