//! `vipa lsp`: the language server. It owns the real standard streams, which no test injects: its own tests drive it in memory.

use crate::exit::Exit;
use crate::trouble::Trouble;

/// Serves until the editor ends it.
///
/// # Errors
/// When the server ends badly.
pub fn run() -> Result<Exit, Trouble> {
    match lsp::serve_stdio() {
        Ok(lsp::Outcome::Orderly) => Ok(Exit::Clean),
        // The protocol wants 1 of a server whose client left without a word.
        Ok(lsp::Outcome::Abrupt) => Ok(Exit::Findings),
        Err(error) => Err(Trouble::Server { reason: error.to_string() }),
    }
}
