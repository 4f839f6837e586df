//! Several stacks at a time.

use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::db::Database;

/// Deep nesting in a text is deep recursion in who walks it.
const STACK: usize = 32 << 20;

/// The same for work of which most may have been done before: this thread looks how much there is, by what the work says of itself, and asks for
/// help only when there is more than a little. An edit of one stack is done with before another thread is up.
pub(crate) fn each_unless_known(
    db: &Database,
    threads: usize,
    count: usize,
    work: impl Fn(&Database, usize) -> bool + Sync,
) {
    const LITTLE: usize = 2;
    let (mut done, mut much) = (0, 0);
    while done < count && much < LITTLE {
        db.let_others_first();
        much += usize::from(work(db, done));
        done += 1;
    }
    each(db, threads, count - done, |db, number| {
        work(db, done + number);
    });
}

/// Does a piece of work for each number below `count`, on as many threads, this one among them. What the work gives is in the memory of the
/// database; the order in which it comes there means nothing.
pub(crate) fn each(db: &Database, threads: usize, count: usize, work: impl Fn(&Database, usize) + Sync) {
    let next = AtomicUsize::new(0);
    let run = |db: &Database| {
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= count {
                return;
            }
            db.let_others_first();
            work(db, number);
        }
    };
    thread::scope(|scope| {
        let helpers: Vec<_> = (1..threads.min(count))
            .filter_map(|_| {
                let (db, run) = (db.clone(), &run);
                // Without a thread more it takes longer, and that is all.
                thread::Builder::new().stack_size(STACK).spawn_scoped(scope, move || run(&db)).ok()
            })
            .collect();
        run(db);
        for helper in helpers {
            if let Err(payload) = helper.join() {
                resume_unwind(payload);
            }
        }
    });
}
