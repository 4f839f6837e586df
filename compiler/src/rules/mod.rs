//! The rules. One file each: its documentation is the head of the file, its description is `RULE`, its check stands below.
//!
//! A rule that is not in every preset says so in `PRESETS`; `strict` has all of them. One that can be mended
//! without a person has `mend`. One that says that something is not there names in `MISSES` the statements that would bring it,
//! or the options of them, as in `TCPCONFIG TTLS`: where a system symbol without a value stands in one of them, nobody knows.
//!
//! Registration is generated from the folder. The head has the sections `## What it finds`, `## Why it hurts`,
//! `## Example`, `## How to mend it`, `## Source`.

use crate::cluster::Cluster;
use crate::description::Preset;
use crate::distributed::{self, Port};
use crate::finding::{Confidence, Effect, Severity};
use crate::report::Report;
use crate::setup::StackSetup;
use crate::statements::Config;

include!(concat!(env!("OUT_DIR"), "/rules.rs"));

/// What a rule is.
#[derive(Debug)]
pub struct Rule {
    /// kebab-case, for ever.
    pub name: &'static str,
    /// In the preset `default`.
    pub level: Severity,
    /// Message of a real stack, only where a source ties it to the case.
    pub message_id: Option<&'static str>,
    /// What a real stack does, where it is always the same.
    pub effect: Option<Effect>,
    /// How sure the sources are.
    pub confidence: Confidence,
    /// Where its findings come from.
    pub check: Check,
}

/// Where the findings of a rule come from.
#[derive(Debug)]
pub enum Check {
    /// The parser, and what is known of a single statement.
    Syntax,
    /// `sysplex.toml`.
    Description,
    /// The fold: what a statement meets when it is applied.
    Fold,
    /// One stack, complete.
    Stack(fn(&StackView<'_>, &mut Vec<Report>)),
    /// All stacks together.
    Cluster(fn(&Cluster, &mut Vec<Report>)),
    /// All stacks together, by the ports that they distribute.
    Ports(for<'c> fn(&'c Cluster, &[Port<'c>], &mut Vec<Report>)),
}

/// The rule of this name.
#[must_use]
pub fn rule(name: &str) -> Option<(&'static Rule, &'static str)> {
    RULES.iter().find(|(rule, _)| rule.name == name).copied()
}

/// Whether a rule is in a preset.
#[must_use]
pub fn is_in(name: &str, preset: Preset) -> bool {
    let listed = IN_PRESETS.iter().find(|(rule, _)| *rule == name);
    preset == Preset::Strict || listed.is_none_or(|(_, presets)| presets.contains(&preset))
}

/// The statements that bring a stack an address of its own.
pub(crate) const BRING_ADDRESSES: &[&str] = &[
    "HOME",
    "INTERFACE",
    "VIPADEFINE",
    "VIPABACKUP",
    "VIPARANGE",
    "VIPADISTRIBUTE",
    "IPCONFIG",
    "IPCONFIG6",
];

/// The operands that name a DVIPA where it is defined or backed up.
pub(crate) const DVIPA: &[&str] = &["address", "address6", "plain6"];

/// The operands that are the dynamic XCF address of a stack.
pub(crate) const XCF: &[&str] = &["xcf", "xcf-net"];

/// The statements, or options of them, that a rule misses something of: where one of them may say more than is known, it is not heard.
#[must_use]
pub fn misses(name: &str) -> &'static [&'static str] {
    MISSING.iter().find(|(rule, _)| *rule == name).map_or(&[], |(_, statements)| statements)
}

/// How a rule mends what it finds, if it can.
#[must_use]
pub fn mend(name: &str) -> Option<crate::mend::Mend> {
    MENDS.iter().find(|(rule, _)| *rule == name).map(|(_, mend)| *mend)
}

/// One stack, for rules that look at it alone.
#[derive(Clone, Copy)]
pub struct StackView<'a> {
    /// What is known of it.
    pub setup: &'a StackSetup,
    /// What it holds.
    pub config: &'a Config,
}

/// What the rules for one stack find.
pub fn check_stack(view: &StackView<'_>, reports: &mut Vec<Report>) {
    for (rule, _) in RULES {
        if let Check::Stack(check) = rule.check {
            check(view, reports);
        }
    }
    view.config.undetermined.leave_out(reports);
}

/// What the rules for all stacks together find.
pub fn check_cluster(cluster: &Cluster, reports: &mut Vec<Report>) {
    let ports = distributed::ports(cluster);
    for (rule, _) in RULES {
        match rule.check {
            Check::Cluster(check) => check(cluster, reports),
            Check::Ports(check) => check(cluster, &ports, reports),
            Check::Syntax | Check::Description | Check::Fold | Check::Stack(_) => {}
        }
    }
    leave_out(cluster, reports);
}

/// Takes out what the rules for all stacks together find only because a value is not known.
pub(crate) fn leave_out(cluster: &Cluster, reports: &mut Vec<Report>) {
    for stack in cluster.stacks.iter().filter(|stack| !stack.undetermined.is_nothing()) {
        stack.undetermined.leave_out(reports);
    }
}

#[cfg(test)]
mod tests {
    use super::MISSING;

    #[test]
    fn what_rules_miss_is_a_statement_or_an_option_of_one() {
        for (rule, all) in MISSING {
            for miss in *all {
                let mut words = miss.split(' ');
                let name = words.next().unwrap_or_default();
                let desc = grammar::STATEMENTS.iter().find(|desc| desc.name == name);
                let desc =
                    desc.unwrap_or_else(|| panic!("{rule} misses {name}, and there is no such statement"));
                for option in words {
                    assert!(desc.slot(option).is_some(), "{rule} misses {option}, which {name} has not");
                }
            }
        }
    }
}
