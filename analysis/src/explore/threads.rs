//! Work for several threads whose results come back in the order in which it was given.

use std::sync::{Mutex, PoisonError};

/// Does each piece once, on at most so many threads. A thread that is done with a piece takes the next.
pub fn in_order<T: Send, R: Send>(pieces: Vec<T>, threads: usize, work: impl Fn(T) -> R + Sync) -> Vec<R> {
    let threads = threads.clamp(1, pieces.len().max(1));
    if threads == 1 {
        return pieces.into_iter().map(work).collect();
    }
    let open = Mutex::new(pieces.into_iter().enumerate());
    let take = || {
        let mut done = Vec::new();
        loop {
            let piece = open.lock().unwrap_or_else(PoisonError::into_inner).next();
            let Some((place, piece)) = piece else { return done };
            done.push((place, work(piece)));
        }
    };
    let mut done = std::thread::scope(|scope| {
        let helpers: Vec<_> = (1..threads).map(|_| scope.spawn(take)).collect();
        let mut done = take();
        for helper in helpers {
            done.extend(helper.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        done
    });
    done.sort_unstable_by_key(|(place, _)| *place);
    done.into_iter().map(|(_, result)| result).collect()
}
