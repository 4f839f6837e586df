//! The thread that asks the compiler for findings, so that the owner can take the next edit meanwhile.
//!
//! It gets one question at a time and only when idle: a view that waits in a queue would keep every change waiting,
//! for the thread that must drop it would never get to it.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::thread;

use ls_types::Diagnostic;

use crate::companions::Companions;
use crate::diagnostics::{self, First, Report};
use crate::engine::View;
use crate::owner::{Jobs, reason};
use crate::positions::Encoding;
use crate::priority;
use crate::project::Root;
use crate::uri::Uris;

/// Deep nesting in a text is deep recursion in who walks it.
pub(crate) const STACK: usize = 32 << 20;

/// A question.
pub(crate) struct Task {
    /// Of which sysplex.
    pub(crate) root: Root,
    /// At which of its states.
    pub(crate) generation: u64,
    /// The state.
    pub(crate) view: Box<dyn View>,
    /// The client's names for documents.
    pub(crate) uris: Uris,
    /// What positions count.
    pub(crate) encoding: Encoding,
    /// Open documents to look at beside its files.
    pub(crate) companions: Option<Companions>,
    /// The document to tell about first.
    pub(crate) first: Option<First>,
    /// Whether what will be asked for next has been found already, once in the life of the compiler.
    pub(crate) warm: Arc<AtomicBool>,
}

/// A part of an answer, ahead of it.
pub(crate) struct Early {
    /// Of which sysplex.
    pub(crate) root: Root,
    /// At which of its states.
    pub(crate) generation: u64,
    /// About which document.
    pub(crate) path: String,
    /// Its diagnostics.
    pub(crate) found: Vec<Diagnostic>,
}

/// An answer.
pub(crate) struct Computed {
    /// Of which sysplex.
    pub(crate) root: Root,
    /// At which of its states.
    pub(crate) generation: u64,
    /// What was found, or why that cannot be said: the compiler gave up for a newer change, or failed.
    pub(crate) result: Result<Report, String>,
}

/// Starts the thread; answers come as jobs.
pub(crate) fn start(jobs: Jobs) -> io::Result<Sender<Task>> {
    let (sender, tasks) = channel::<Task>();
    thread::Builder::new().name("vipa-check".to_owned()).stack_size(STACK).spawn(move || {
        priority::behind_others();
        while let Ok(task) = tasks.recv() {
            let Task { root, generation, view, uris, encoding, companions, first, warm } = task;
            let tell = |path: &str, found| {
                let (root, path) = (root.clone(), path.to_owned());
                jobs.early(Early { root, generation, path, found });
            };
            let is_warm = Arc::clone(&warm);
            // The view is gone before the answer is sent, also when the compiler unwinds.
            let result = catch_unwind(AssertUnwindSafe(move || {
                if let Some(first) = &first
                    && let Some(found) = diagnostics::early(&*view, first, &uris, encoding)
                {
                    tell(&first.path, found);
                }
                let report = diagnostics::report(&*view, companions.as_ref(), &uris, encoding);
                (report, Some(view).filter(|_| !warm.load(Ordering::Relaxed)))
            }))
            .map_err(|payload| reason(&*payload));
            let (result, view) = match result {
                Ok((report, view)) => (Ok(report), view),
                Err(why) => (Err(why), None),
            };
            jobs.computed(Computed { root, generation, result });
            // The names are what somebody will ask for next. An edit makes this give up too; then it is made up for behind that.
            let _ = catch_unwind(AssertUnwindSafe(move || {
                if let Some(view) = &view {
                    view.warm();
                    is_warm.store(true, Ordering::Relaxed);
                }
            }));
        }
    })?;
    Ok(sender)
}
