//! VARY TCPIP,,OBEYFILE inside a scenario: the compiler behind a small door.

use runtime_model::model::StackModel;

/// Gives the effective configuration of a stack behind one or more OBEYFILEs.
pub trait ObeySource {
    /// The whole configuration of `stack` after its profile and these files, in the order given; the last is the new one.
    /// A file may stand there twice.
    ///
    /// # Errors
    /// In words, when the last file cannot be had or read.
    fn obey(&self, stack: &str, files: &[String]) -> Result<StackModel, String>;
}

/// For callers that have no compiler at hand: every `obey` line is an error.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoObeyFiles;

impl ObeySource for NoObeyFiles {
    fn obey(&self, _stack: &str, files: &[String]) -> Result<StackModel, String> {
        let file = files.last().map_or("", String::as_str);
        Err(format!("there is no data set {file}: this scenario runs without files"))
    }
}
