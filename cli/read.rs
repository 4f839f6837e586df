//! Files as text, whatever form a host gave them.

use compiler::dataset::{DecodeOptions, decode};
use compiler::system::System;

use crate::trouble::Trouble;

/// The decoded text of a file.
///
/// # Errors
/// When it cannot be read or is no text.
pub fn text(path: &str, system: &dyn System) -> Result<String, Trouble> {
    decoded(path, &system.read(path)?)
}

/// The decoded text of bytes; the path is for the message.
///
/// # Errors
/// When they are no text.
pub fn decoded(path: &str, bytes: &[u8]) -> Result<String, Trouble> {
    match decode(bytes, &DecodeOptions::default()) {
        Ok(source) => Ok(source.text.to_string()),
        Err(error) => Err(Trouble::Read {
            path: path.to_owned(),
            reason: error.to_string(),
            help: "it must be text".to_owned(),
        }),
    }
}
