//! Allowances in comments: `; vipa: allow(rule) reason` at the end of a record for that record, on a record of its own for the
//! next statement; `; vipa: allow-file(rule) reason` before the first statement; `stack=NAME` limits one to a stack.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use grammar::token::Comment;

use crate::description::nearest;
use crate::finding::{Confidence, Finding, Place};
use crate::rules::{self, Rule};
use crate::source::SourceText;

/// A comment that allows something, or tries to.
#[derive(Clone, Debug)]
pub struct Allowance {
    place: Place,
    rules: Vec<String>,
    stack: Option<String>,
    records: Range<u32>,
    wrong: Option<String>,
    used: bool,
}

/// A file with its comments and its statements, each from its first to its last record.
pub struct Commented<'a> {
    /// Its path.
    pub path: std::sync::Arc<str>,
    /// Its text.
    pub source: &'a SourceText,
    /// Its comments.
    pub comments: &'a [Comment],
    /// First and last byte of each statement, in order; blocks before their children.
    pub statements: &'a [(u32, u32)],
}

/// The allowances of a file.
#[must_use]
pub fn allowances(file: &Commented<'_>) -> Vec<Allowance> {
    file.comments.iter().filter_map(|comment| allowance(file, comment)).collect()
}

fn allowance(file: &Commented<'_>, comment: &Comment) -> Option<Allowance> {
    let text = file.source.text.get(comment.start as usize..(comment.start + comment.len) as usize)?;
    let order = text.strip_prefix(';')?.trim().strip_prefix("vipa:")?.trim();
    let start = file.source.position(comment.start);
    let end = file.source.position(comment.start + u32::try_from(text.trim_end().len()).unwrap_or(0));
    let place = Place { file: file.path.clone(), start, end };
    let (whole, rest) = match (order.strip_prefix("allow-file("), order.strip_prefix("allow(")) {
        (Some(rest), _) => (true, rest),
        (None, Some(rest)) => (false, rest),
        (None, None) => return Some(malformed(place, "write `; vipa: allow(rule) reason`".to_owned())),
    };
    let Some((inside, reason)) = rest.split_once(')') else {
        return Some(malformed(place, "the parenthesis behind the rule is not closed".to_owned()));
    };
    let (mut names, mut stack) = (Vec::new(), None);
    for part in inside.split(',').map(str::trim) {
        match part.strip_prefix("stack=") {
            Some(name) => stack = Some(name.trim().to_ascii_uppercase()),
            None => names.push(part.to_owned()),
        }
    }
    let unknown = names.iter().find(|name| rules::rule(name).is_none());
    let wrong = if let Some(name) = unknown {
        let near = nearest(name, rules::RULES.iter().map(|(rule, _)| rule.name));
        Some(near.map_or_else(
            || format!("there is no rule {name}"),
            |near| format!("there is no rule {name}; did you mean {near}?"),
        ))
    } else if names.is_empty() {
        Some("it names no rule".to_owned())
    } else if reason.trim().is_empty() {
        Some("it gives no reason; say why behind the parenthesis".to_owned())
    } else if whole && comment.token > 0 {
        Some("allow-file belongs before the first statement".to_owned())
    } else {
        None
    };
    let records = if whole {
        0..u32::MAX
    } else if comment.own_record {
        next_statement(file, comment.start)
    } else {
        start.record..start.record + 1
    };
    Some(Allowance { place, rules: names, stack, records, wrong, used: false })
}

fn malformed(place: Place, wrong: String) -> Allowance {
    Allowance { place, rules: Vec::new(), stack: None, records: 0..0, wrong: Some(wrong), used: false }
}

/// The records of the first statement behind a point.
fn next_statement(file: &Commented<'_>, from: u32) -> Range<u32> {
    let next = file.statements.get(file.statements.partition_point(|(start, _)| *start <= from));
    next.map_or(0..0, |(start, end)| {
        file.source.position(*start).record..file.source.position(*end).record + 1
    })
}

impl Allowance {
    /// The rules that it names.
    pub(crate) fn rules(&self) -> impl Iterator<Item = &str> {
        self.rules.iter().map(String::as_str)
    }

    /// Takes what it allows out of a finding. True when nothing is left of it.
    fn takes(&mut self, finding: &mut Finding) -> bool {
        let meant = self.wrong.is_none()
            && finding.place.file == self.place.file
            && self.records.contains(&finding.place.start.record)
            && self.rules.iter().any(|rule| rule == finding.rule);
        if !meant {
            return false;
        }
        let Some(stack) = &self.stack else {
            self.used = true;
            return true;
        };
        let before = finding.stacks.len();
        finding.stacks.retain(|name| name != stack);
        let took = finding.stacks.len() < before;
        self.used |= took;
        took && finding.stacks.is_empty()
    }

    /// What is wrong with the stack that it names, when it is known which there are.
    fn wrong_stack(&self, stacks: &[&str]) -> Option<String> {
        let name = self.stack.as_deref()?;
        if stacks.is_empty() || stacks.contains(&name) {
            return None;
        }
        Some(match (nearest(name, stacks.iter().copied()), stacks) {
            (Some(near), _) => format!("there is no stack {name}; did you mean {near}?"),
            (None, [only]) => format!("there is no stack {name}; the only one is {only}"),
            (None, [..]) => format!("there is no stack {name}; the stacks are {}", stacks.join(", ")),
        })
    }

    fn report(mut self, stacks: &[&str]) -> Option<Finding> {
        if self.wrong.is_none() {
            self.wrong = self.wrong_stack(stacks);
        }
        if let Some(wrong) = self.wrong {
            return Some(finding(
                &rules::allow_malformed::RULE,
                self.place,
                format!("this allowance has no effect: {wrong}"),
            ));
        }
        // Whether a lone profile is that of the stack, nobody knows.
        if self.used || (stacks.is_empty() && self.stack.is_some()) {
            return None;
        }
        let rules = self.rules.join(", ");
        Some(finding(
            &rules::allow_unused::RULE,
            self.place,
            format!("nothing here needs allow({rules}) any more; take it out"),
        ))
    }
}

fn finding(rule: &Rule, place: Place, message: String) -> Finding {
    Finding {
        rule: rule.name,
        severity: rule.level,
        message,
        message_id: None,
        effect: None,
        stacks: Vec::new(),
        place,
        label: String::new(),
        related: Vec::new(),
        notes: Vec::new(),
        fixes: Vec::new(),
        confidence: Confidence::Documented,
        assumptions: Vec::new(),
    }
}

/// The allowances of each file by their records.
struct Near {
    files: BTreeMap<Arc<str>, File>,
}

#[derive(Default)]
struct File {
    /// By first record, for those that are for some records only.
    records: BTreeMap<u32, Vec<usize>>,
    /// Most records that one of these is for.
    longest: u32,
    /// For the whole file.
    whole: Vec<usize>,
}

impl Near {
    fn new(allowances: &[Allowance]) -> Self {
        let mut files: BTreeMap<Arc<str>, File> = BTreeMap::new();
        for (index, allowance) in allowances.iter().enumerate().filter(|(_, one)| one.wrong.is_none()) {
            let file = files.entry(Arc::clone(&allowance.place.file)).or_default();
            if allowance.records.end == u32::MAX {
                file.whole.push(index);
            } else {
                file.records.entry(allowance.records.start).or_default().push(index);
                file.longest = file.longest.max(allowance.records.len().try_into().unwrap_or(u32::MAX));
            }
        }
        Self { files }
    }

    fn of(&self, file: &Arc<str>, record: u32) -> impl Iterator<Item = usize> {
        let file = self.files.get(file);
        file.into_iter().flat_map(move |file| {
            let near = file.records.range(record.saturating_sub(file.longest)..=record);
            file.whole.iter().chain(near.flat_map(|(_, near)| near)).copied()
        })
    }
}

/// Takes out what is allowed; adds allowances that are wrong or allow nothing. `stacks` are those that one may name; empty when nothing tells
/// which there are.
pub fn apply(findings: &mut Vec<Finding>, mut allowances: Vec<Allowance>, stacks: &[&str]) {
    if allowances.is_empty() {
        return;
    }
    // Every allowance sees every finding of its records, so that two for one finding are both in use.
    let near = Near::new(&allowances);
    findings.retain_mut(|finding| {
        let mut gone = false;
        let (file, record) = (Arc::clone(&finding.place.file), finding.place.start.record);
        for index in near.of(&file, record) {
            gone |= allowances.get_mut(index).is_some_and(|allowance| allowance.takes(finding));
        }
        !gone
    });
    findings.extend(allowances.into_iter().filter_map(|allowance| allowance.report(stacks)));
}
