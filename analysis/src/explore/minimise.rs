//! A shorter path to the same end: events are left out, one half, quarter, … at a time, as long as something still breaks.

use runtime_model::{Cluster, Event};

use super::replay::replay;

/// The path without what it does not need. A path that breaks nothing comes back as it was.
pub fn minimise(start: &Cluster, mut path: Vec<Event>) -> Vec<Event> {
    let first = replay(start, &path);
    if first.broken.is_empty() {
        return path;
    }
    path.truncate(first.used);
    let mut width = path.len().div_ceil(2).max(1);
    loop {
        let mut at = 0;
        let mut shorter = false;
        while at < path.len() {
            let end = (at + width).min(path.len());
            let without: Vec<Event> = path
                .iter()
                .enumerate()
                .filter(|(place, _)| *place < at || *place >= end)
                .map(|(_, event)| event.clone())
                .collect();
            let again = replay(start, &without);
            if again.broken.is_empty() {
                at = end;
            } else {
                path = without;
                path.truncate(again.used);
                shorter = true;
            }
        }
        if width == 1 && !shorter {
            return path;
        }
        width = (width / 2).max(1);
    }
}
