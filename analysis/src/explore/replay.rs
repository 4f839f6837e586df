//! One event of a search, and a whole path again.

use runtime_model::{Cluster, Event, invariants, refused_changes_nothing};

use crate::run::words::broken as broken_words;

/// What one event did.
pub struct Taken {
    /// The state behind it.
    pub cluster: Cluster,
    /// The event was refused: nothing has changed.
    pub refused: bool,
    /// What broke, one line each.
    pub broken: Vec<String>,
}

/// Takes one event and checks the invariants behind it. The blocks that decisions went through are put into `visits`.
pub fn take(before: &Cluster, event: &Event, visits: &mut Vec<&'static str>) -> Taken {
    let mut cluster = before.clone();
    let outcome = cluster.step_visiting(event, visits);
    let mut broken: Vec<String> = invariants(&cluster).iter().map(broken_words).collect();
    broken.extend(refused_changes_nothing(before, &cluster, &outcome).iter().map(broken_words));
    Taken { cluster, refused: !outcome.ok(), broken }
}

/// The end of a path.
pub struct Replayed {
    /// What broke at its last event, one line each.
    pub broken: Vec<String>,
    /// How many of its events were taken before something broke, that one included.
    pub used: usize,
}

/// Takes a path until something breaks.
pub fn replay(start: &Cluster, path: &[Event]) -> Replayed {
    let mut cluster = start.clone();
    let mut visits = Vec::new();
    for (at, event) in path.iter().enumerate() {
        visits.clear();
        let taken = take(&cluster, event, &mut visits);
        if !taken.broken.is_empty() {
            return Replayed { broken: taken.broken, used: at + 1 };
        }
        cluster = taken.cluster;
    }
    Replayed { broken: Vec::new(), used: path.len() }
}
