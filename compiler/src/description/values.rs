//! The words and forms that values may have.

use runtime_model::model::{ClusterPortsAdded, Polarity, PortForm};

use super::{FailLevel, Preset, RuleLevel};
use crate::Dialect;
use crate::dataset::{EncodingOption, RecordsOption};

pub(super) const DIALECTS: &[(&str, Dialect)] = &[("zos", Dialect::Zos), ("founding", Dialect::Founding)];
pub(super) const ENCODINGS: &[(&str, EncodingOption)] = &[
    ("auto", EncodingOption::Auto),
    ("utf-8", EncodingOption::Utf8),
    ("ibm-1047", EncodingOption::Ibm1047),
    ("ibm-037", EncodingOption::Ibm037),
];
pub(super) const RECORDS: &[(&str, RecordsOption)] =
    &[("auto", RecordsOption::Auto), ("lines", RecordsOption::Lines), ("fixed80", RecordsOption::Fixed80)];
pub(super) const PORTS: &[(&str, PortForm)] = &[
    ("bitmap", PortForm::Bitmap),
    ("list", PortForm::List),
    ("connection-table", PortForm::ConnectionTable),
    ("block", PortForm::Block),
];
pub(super) const POLARITIES: &[(&str, Polarity)] =
    &[("one-is-available", Polarity::OneIsAvailable), ("one-is-in-use", Polarity::OneIsInUse)];
pub(super) const CLUSTERPORTS_ADDED: &[(&str, ClusterPortsAdded)] =
    &[("count", ClusterPortsAdded::Count), ("refuse", ClusterPortsAdded::Refuse)];
/// The presets by name.
pub const PRESETS: &[(&str, Preset)] =
    &[("default", Preset::Default), ("strict", Preset::Strict), ("security", Preset::Security)];
pub(super) const FAIL_LEVELS: &[(&str, FailLevel)] = &[
    ("error", FailLevel::Error),
    ("warning", FailLevel::Warning),
    ("info", FailLevel::Info),
    ("never", FailLevel::Never),
];
pub(super) const RULE_LEVELS: &[(&str, RuleLevel)] = &[
    ("error", RuleLevel::Error),
    ("warning", RuleLevel::Warning),
    ("info", RuleLevel::Info),
    ("off", RuleLevel::Off),
];

pub(super) const TOP_KEYS: &[&str] =
    &["sysplex", "stack", "job", "files", "addresses", "model", "assumptions", "lint"];
pub(super) const SYSPLEX_KEYS: &[&str] = &["name", "dialect", "release", "includes"];
pub(super) const STACK_KEYS: &[&str] = &[
    "name",
    "job",
    "system",
    "cpc",
    "xcf-group",
    "profile",
    "symbols",
    "includes",
    "release",
    "inaddrany-ports",
    "security-label",
    "zone-labels",
];
pub(super) const JOB_KEYS: &[&str] = &["name", "stacks", "user"];
pub(super) const FILES_KEYS: &[&str] = &["profile", "obeyfile", "include", "ignore", "encoding", "records"];
pub(super) const MODEL_KEYS: &[&str] = &["ports", "polarity", "stack-structures", "clusterports-added"];
pub(super) const LINT_KEYS: &[&str] = &["preset", "fail-level", "rules", "per-file"];
pub(super) const PER_FILE_KEYS: &[&str] = &["ignore"];

/// What is wrong with a name of z/OS of 1 to `longest` characters: letters, digits, `@`, `#`, `$`. A job name
/// does not begin with a digit.
pub(super) fn name_mistake(name: &str, longest: usize, digit_first: bool) -> Option<String> {
    let length = name.chars().count();
    if length == 0 || length > longest {
        return Some(format!("has {length} characters, but 1 to {longest} are possible"));
    }
    if let Some(bad) =
        name.chars().find(|char| !char.is_ascii_alphanumeric() && !matches!(char, '@' | '#' | '$'))
    {
        return Some(format!("has a {bad:?}, but only letters, digits, @, # and $ are possible"));
    }
    if !digit_first && name.starts_with(|char: char| char.is_ascii_digit()) {
        return Some("begins with a digit, but must begin with a letter, @, # or $".to_owned());
    }
    None
}

/// What is wrong with the name of a system symbol: 1 to 16 characters (1 to 8 before extended symbols came),
/// in which an underscore is possible.
pub(super) fn symbol_mistake(name: &str) -> Option<String> {
    name_mistake(&name.replace('_', "$"), 16, false)
}

/// How long the text of a symbol may be where that is fixed: shortest, longest.
pub(super) fn symbol_text_length(name: &str) -> Option<(usize, usize)> {
    match name {
        "SYSCLONE" => Some((1, 2)),
        "SYSNAME" | "SYSPLEX" => Some((1, 8)),
        _ => None,
    }
}
