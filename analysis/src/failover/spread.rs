//! Work on many threads with results in order.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;

/// Works on every item with so many threads; the results are in the order of the items. What has the most `weight` comes first, so
/// that no thread has a long one left when the others are done. `progress` hears how many of how many are done.
pub(super) fn spread<T: Sync, R: Send>(
    items: &[T],
    threads: usize,
    weight: impl Fn(&T) -> usize,
    work: impl Fn(&T) -> R + Sync,
    progress: &mut dyn FnMut(usize, usize),
) -> Vec<R> {
    let threads = threads.clamp(1, items.len().max(1));
    let mut results: BTreeMap<usize, R> = BTreeMap::new();
    let mut order: Vec<(usize, &T)> = items.iter().enumerate().collect();
    order.sort_by_key(|(_, item)| std::cmp::Reverse(weight(item)));
    // Who is done takes the next: a lost CPC costs many times what a lost stack does.
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        let work = &work;
        let next = &next;
        let order = &order;
        let (send, receive) = mpsc::channel();
        for _ in 0..threads {
            let send = send.clone();
            scope.spawn(move || {
                loop {
                    let taken = next.fetch_add(1, Ordering::Relaxed);
                    let Some((place, item)) = order.get(taken) else { break };
                    // Nobody listens any more only when the receiver has gone down.
                    let _ = send.send((*place, work(item)));
                }
            });
        }
        drop(send);
        for (place, result) in receive {
            results.insert(place, result);
            progress(results.len(), items.len());
        }
    });
    results.into_values().collect()
}
