//! The language server: a door to the compiler, with no meaning of its own.
//!
//! Messages come in through `transport`, which lets only well-formed ones pass; the handlers of `server` put each
//! into one channel; `owner` does them in order on the one thread that holds the compilers; `worker` asks for
//! findings on another, `answering` has a third for the questions of `features`, and `ahead` reads on a fourth what these
//! will wait for; `outbox` says to the client what there is to say. No type of the protocol leaves the crate.
#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::wildcard_enum_match_arm,
    missing_docs
)]

mod ahead;
mod answering;
mod bench;
mod companions;
mod diagnostics;
mod disk;
mod documents;
mod engine;
mod envelope;
mod features;
mod home;
mod journal;
mod outbox;
mod owner;
mod positions;
mod priority;
mod project;
mod server;
mod settings;
pub mod staged;
mod tolerance;
mod transport;
mod uri;
mod worker;
mod workspace;

#[cfg(test)]
mod tests;

use std::io::{self, Read, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tower_lsp::{LspService, Server};

/// How the client left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It said `shutdown` first.
    Orderly,
    /// The stream ended, or `exit` came out of nothing.
    Abrupt,
}

impl Outcome {
    /// The exit code that the protocol wants of the process.
    #[must_use]
    pub fn code(self) -> u8 {
        match self {
            Self::Orderly => 0,
            Self::Abrupt => 1,
        }
    }
}

/// Serves one client on standard input and output, until it leaves. Every message goes to the journal too, if there is one.
///
/// # Errors
/// When the threads cannot be started.
pub fn serve_stdio(journal: Option<Box<dyn Write + Send>>) -> io::Result<Outcome> {
    let outcome = serve_with(engine::real(), io::stdin(), io::stdout(), journal);
    // The folder is this process's own: a server beside others in one process must not take theirs.
    disk::remove_reports();
    outcome
}

/// Serves one client on any two streams, until it leaves. Returns without waiting for the input to end after `exit`;
/// a thread may stay behind that waits for it.
///
/// # Errors
/// When the threads cannot be started.
pub fn serve(input: impl Read + Send + 'static, output: impl Write + Send + 'static) -> io::Result<Outcome> {
    serve_with(engine::real(), input, output, None)
}

fn serve_with(
    factory: engine::Factory,
    input: impl Read + Send + 'static,
    output: impl Write + Send + 'static,
    journal: Option<Box<dyn Write + Send>>,
) -> io::Result<Outcome> {
    let journal = journal::Journal::new(journal);
    // One thread: handlers only pass things on, whatever takes time has threads of its own.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build()?;
    let writer = transport::Writer::start(output, journal.clone())?;
    let reader = transport::Reader::start(input, writer.clone(), journal)?;
    let orderly = Arc::new(AtomicBool::new(false));
    let (out, said) = outbox::Outbox::new(writer.clone());
    let jobs = owner::start(factory, out)?;
    runtime.block_on(async {
        let (service, socket) = server::with_own_features(LspService::build(|client| {
            tokio::spawn(outbox::deliver(said, client.clone(), jobs.clone()));
            server::Handlers {
                jobs: jobs.clone(),
                client,
                envelopes: writer.envelopes(),
                orderly: orderly.clone(),
            }
        }))
        .finish();
        // Handlers cost nothing while they wait. With a limit, an edit or a cancellation could not overtake the
        // requests that it makes superfluous, and an answer of the client would wait behind them.
        Server::new(reader, writer.clone(), socket).concurrency_level(usize::MAX).serve(service).await;
    });
    jobs.stop();
    writer.finish(Duration::from_secs(2));
    Ok(if orderly.load(Ordering::SeqCst) { Outcome::Orderly } else { Outcome::Abrupt })
}
