//! Several stacks at a time.

use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::db::Database;

/// Deep nesting in a text is deep recursion in who walks it.
const STACK: usize = 32 << 20;

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
