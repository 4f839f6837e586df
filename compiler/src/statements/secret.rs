//! What a profile holds and nothing prints: passwords, and what is as good as one.

use serde::{Serialize, Serializer};

use crate::table::key;

/// A password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// As it is coded.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// A number that tells two of them apart and is no way to either; for comparison, not for people.
    #[must_use]
    pub fn mark(&self) -> u64 {
        key(self.0.as_str())
    }
}

impl Serialize for Secret {
    /// Says only that there is one.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str("(set)")
    }
}
