//! `vipa lsp`: the language server. It owns the real standard streams, which no test injects: its own tests drive it in memory.

use std::io::Write;

use crate::args::LspArgs;
use crate::exit::Exit;
use crate::trouble::Trouble;

/// Serves until the editor ends it.
///
/// # Errors
/// When the server ends badly, or its log cannot be written.
pub fn run(args: &LspArgs) -> Result<Exit, Trouble> {
    match lsp::serve_stdio(args.log.as_deref().map(open).transpose()?) {
        Ok(lsp::Outcome::Orderly) => Ok(Exit::Clean),
        // The protocol wants 1 of a server whose client left without a word.
        Ok(lsp::Outcome::Abrupt) => Ok(Exit::Findings),
        Err(error) => Err(Trouble::Server { reason: error.to_string() }),
    }
}

#[allow(
    clippy::disallowed_methods,
    reason = "a log is written line by line, unlike whatever else a command writes"
)]
fn open(path: &str) -> Result<Box<dyn Write + Send>, Trouble> {
    match std::fs::File::create(path) {
        Ok(file) => Ok(Box::new(file)),
        Err(error) => Err(Trouble::Write { path: path.to_owned(), reason: error.to_string() }),
    }
}
