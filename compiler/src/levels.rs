//! What the settings make of a finding: presets, levels, per-file ignores, how sure it has to be.

use std::collections::BTreeMap;

use globset::{Glob, GlobMatcher};
use rustc_hash::FxHashSet;

use crate::description::{Description, Preset, RuleLevel, Spanned, beside};
use crate::finding::{Confidence, Finding, Severity};
use crate::{Settings, rules};

/// The settings, ready to be asked.
pub(crate) struct Levels<'s> {
    settings: &'s Settings,
    preset: Preset,
    rules: BTreeMap<&'s str, RuleLevel>,
    per_file: Vec<(GlobMatcher, &'s [Spanned<String>])>,
    root: String,
}

impl<'s> Levels<'s> {
    /// Settings of the command, before those of a description at a path.
    pub(crate) fn new(settings: &'s Settings, description: &'s Description, toml: Option<&str>) -> Self {
        let lint = &description.lint;
        let rules =
            lint.rules.iter().map(|setting| (setting.rule.value.as_str(), setting.level.value)).collect();
        let per_file = lint
            .per_file
            .iter()
            .filter_map(|entry| {
                Some((Glob::new(&entry.glob.value).ok()?.compile_matcher(), entry.ignore.as_slice()))
            })
            .collect();
        let said = lint.preset.as_ref().map(|preset| preset.value);
        Self {
            settings,
            preset: settings.preset.or(said).unwrap_or_default(),
            rules,
            per_file,
            root: toml.map_or(String::new(), |path| beside(path, ".")),
        }
    }

    /// Whether a rule takes part anywhere.
    pub(crate) fn is_on(&self, rule: &str) -> bool {
        let named = |names: &[String]| names.iter().any(|name| name == rule);
        if named(&self.settings.ignore) {
            return false;
        }
        if !self.settings.select.is_empty() {
            return named(&self.settings.select);
        }
        match self.rules.get(rule) {
            Some(RuleLevel::Off) => false,
            Some(RuleLevel::Error | RuleLevel::Warning | RuleLevel::Info) => true,
            None => rules::is_in(rule, self.preset),
        }
    }

    /// What is worth looking at, with the rules that comments allow.
    pub(crate) fn asked<'n>(&self, allowed: impl Iterator<Item = &'n str>) -> Asked {
        let names = || rules::RULES.iter().map(|(rule, _)| rule.name);
        let allowed = allowed.filter_map(|name| Some(rules::rule(name)?.0.name)).collect();
        let on = names().filter(|name| self.is_on(name)).collect();
        Asked { on, allowed, least: self.settings.min_confidence }
    }

    /// The finding at its level, unless the settings leave it out.
    pub(crate) fn apply(&self, mut finding: Finding) -> Option<Finding> {
        let sure = self.settings.min_confidence.is_none_or(|least| finding.confidence >= least);
        if !sure || !self.is_on(finding.rule) {
            return None;
        }
        let file = finding.place.file.as_ref();
        let inside = file.strip_prefix(&self.root).unwrap_or(file).trim_start_matches('/');
        let ignored = |(glob, ignored): &(GlobMatcher, &[Spanned<String>])| {
            glob.is_match(inside) && ignored.iter().any(|rule| rule.value == finding.rule)
        };
        if self.per_file.iter().any(ignored) {
            return None;
        }
        match self.rules.get(finding.rule) {
            // A rule that --select names is on though the description turns it off.
            None | Some(RuleLevel::Off) => {}
            Some(RuleLevel::Error) => finding.severity = Severity::Error,
            Some(RuleLevel::Warning) => finding.severity = Severity::Warning,
            Some(RuleLevel::Info) => finding.severity = Severity::Info,
        }
        Some(finding)
    }
}

/// Which findings are worth their places: what the settings leave out costs most where a sysplex has thousands of it.
pub(crate) struct Asked {
    on: FxHashSet<&'static str>,
    /// Whether a comment is of use is told by all that it allows, whatever the settings say of it.
    allowed: FxHashSet<&'static str>,
    least: Option<Confidence>,
}

impl Asked {
    /// Whether a rule is asked for.
    pub(crate) fn rule(&self, rule: &'static str) -> bool {
        self.on.contains(rule) || self.allowed.contains(rule)
    }

    /// Whether a finding is: a rule's, so sure.
    pub(crate) fn finding(&self, rule: &'static str, confidence: Confidence) -> bool {
        let sure = self.least.is_none_or(|least| confidence >= least);
        (sure && self.on.contains(rule)) || self.allowed.contains(rule)
    }
}
