//! The thread that reads the stack of an edit again as soon as the compiler has heard of it: whoever asks about the document waits for that, and may
//! look at its names meanwhile.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;

use crate::engine::View;
use crate::worker::STACK;

/// An edit that the compiler has heard of.
pub(crate) struct Edited {
    /// The state behind it.
    pub(crate) view: Box<dyn View>,
    /// The document, as the compiler calls it.
    pub(crate) file: Arc<str>,
}

/// Starts the thread. A newer edit makes it give up, and what waits behind that too: the compiler sees to both.
pub(crate) fn start() -> io::Result<SyncSender<Edited>> {
    let (sender, edits) = sync_channel::<Edited>(1);
    thread::Builder::new().name("vipa-ahead".to_owned()).stack_size(STACK).spawn(move || {
        while let Ok(Edited { view, file }) = edits.recv() {
            // What goes wrong here goes wrong again for whoever asks, and is told there.
            let _ = catch_unwind(AssertUnwindSafe(move || view.ahead(&file)));
        }
    })?;
    Ok(sender)
}
