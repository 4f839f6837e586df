//! `sysplex.toml`: which stacks there are, what they read, and what the user wants of the linter and the
//! model.
//!
//! Plain data with places, and findings for everything that is wrong with the text. Deliberately absent:
//! files (paths are kept as written, see [`beside`]) and the names of rules and assumptions (those who have
//! them check them).

mod data;
mod includes;
mod nearest;
mod paths;
mod reader;
pub mod schema;
mod sections;
mod stacks;
#[cfg(test)]
mod tests;
mod values;

use std::ops::Range;

pub use data::{
    AddressEntry, Assumption, Description, FailLevel, FilesSection, IncludeEntry, JobEntry, LintSection,
    ModelSection, PerFileEntry, Preset, Release, RuleLevel, RuleSetting, StackEntry, SysplexSection,
};
pub use nearest::nearest;
pub use paths::{FileKinds, beside};
pub use values::PRESETS;

/// XCF group of a stack that names none.
pub const DEFAULT_XCF_GROUP: &str = "EZBTCPCS";

/// The text is no TOML.
pub const RULE_SYNTAX: &str = "sysplex-toml-syntax";
/// A key or table that has no meaning here.
pub const RULE_UNKNOWN_KEY: &str = "sysplex-toml-unknown-key";
/// A value of the wrong type or out of the possible ones, or one that is missing.
pub const RULE_VALUE: &str = "sysplex-toml-value";
/// Two stacks of one name.
pub const RULE_STACK_TWICE: &str = "sysplex-toml-stack-twice";
/// A job on a stack that is not described.
pub const RULE_UNKNOWN_STACK: &str = "sysplex-toml-unknown-stack";

/// A value with its place: a byte range of the text of `sysplex.toml`, quotes included.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it was written.
    pub span: Range<usize>,
}

impl<T> Spanned<T> {
    /// Puts a value at a place.
    pub fn new(value: T, span: Range<usize>) -> Self {
        Self { value, span }
    }
}

/// Advice about the text of `sysplex.toml`. Spans are byte ranges of that text and within it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DescriptionFinding {
    /// One of the `RULE_` names of this module.
    pub rule: &'static str,
    /// One line that stands alone.
    pub message: String,
    /// The token named; empty at the start of the text when it is about all of it.
    pub span: Range<usize>,
    /// Other places, each with what is there.
    pub related: Vec<(String, Range<usize>)>,
    /// What was possible, how to mend it.
    pub notes: Vec<String>,
}

impl Description {
    /// Reads the text of a `sysplex.toml`. What is wrong is in the findings, all of it, in order of the text;
    /// the value then has what could be understood, and defaults for the rest.
    #[must_use]
    pub fn parse(text: &str) -> (Self, Vec<DescriptionFinding>) {
        sections::parse(text)
    }
}
