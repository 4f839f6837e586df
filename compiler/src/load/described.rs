//! What the description says, and what is wrong with it.

use std::sync::Arc;

use super::{Changed, Loaded, toml_place};
use crate::dataset::DecodeOptions;
use crate::description::{self, Description, Spanned, StackEntry};
use crate::finding::Severity;
use crate::report::Report;
use crate::rules;
use crate::system::{ReadError, System};

impl Loaded {
    pub(super) fn read_description(
        &mut self,
        system: &dyn System,
        path: &str,
        changed: &Changed,
    ) -> Result<Description, ReadError> {
        let source = match &self.toml {
            Some((known, _, source)) if known.as_ref() == path && !changed.has(path) => Arc::clone(source),
            Some(_) | None => self.text(system, path, &DecodeOptions::default())?,
        };
        self.reports.clear();
        let no = match &self.toml {
            Some((known, no, _)) if known.as_ref() == path => *no,
            Some(_) | None => self.number(),
        };
        let known = self.described.take().filter(|(known, ..)| Arc::ptr_eq(known, &source));
        let (_, description, findings) = known.unwrap_or_else(|| {
            let (description, findings) = Description::parse(&source.text);
            (Arc::clone(&source), description, findings)
        });
        self.described = Some((Arc::clone(&source), description.clone(), findings.clone()));
        self.toml = Some((Arc::from(path), no, source));
        for finding in findings {
            let Some(rule) = rules::rule(finding.rule) else { continue };
            let place = |span: &std::ops::Range<usize>| toml_place(no, span);
            let mut report = Report::new(rule.0, place(&finding.span), finding.message);
            report.notes = finding.notes;
            for (message, span) in &finding.related {
                report = report.related(place(span), message.clone());
            }
            self.reports.push(report);
        }
        let place = |span: &std::ops::Range<usize>| toml_place(no, span);
        self.reports.extend(rules::structures_without_recovery::check(&description, place));
        Ok(description)
    }

    /// Names of rules in the settings that do not exist.
    pub fn check_rule_names(&self) -> Vec<Report> {
        let Some((_, no, _)) = &self.toml else { return Vec::new() };
        let lint = &self.description.lint;
        let named = lint.rules.iter().map(|setting| &setting.rule);
        let ignored = lint.per_file.iter().flat_map(|entry| &entry.ignore);
        named
            .chain(ignored)
            .filter(|name| rules::rule(&name.value).is_none())
            .map(|name| {
                let at = toml_place(*no, &name.span);
                let report = Report::new(
                    &rules::sysplex_toml_value::RULE,
                    at,
                    format!("there is no rule {}", name.value),
                );
                let names = rules::RULES.iter().map(|(rule, _)| rule.name);
                match description::nearest(&name.value, names) {
                    Some(near) => report.note(format!("did you mean {near}?")),
                    None => report.note("`vipa explain --all` lists the rules"),
                }
            })
            .map(|mut report| {
                report.severity = Severity::Error;
                report
            })
            .collect()
    }
}

/// A description for profiles that have none: each is a stack of its own.
pub(super) fn lone(profiles: &[String]) -> Description {
    let mut stacks: Vec<StackEntry> = Vec::new();
    for path in profiles {
        let file = path.rsplit('/').next().unwrap_or(path);
        let stem =
            file.split('.').next().filter(|stem| !stem.is_empty()).unwrap_or(file).to_ascii_uppercase();
        let taken = |name: &str| stacks.iter().any(|stack| stack.name.value == name);
        let name = if taken(&stem) { path.clone() } else { stem };
        stacks.push(StackEntry {
            name: Spanned::new(name, 0..0),
            profiles: vec![Spanned::new(path.clone(), 0..0)],
            ..StackEntry::default()
        });
    }
    Description { stacks, ..Description::default() }
}
