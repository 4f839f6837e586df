//! What a comment says must be found: `; error: [rule-name] "part of the message"`, in TOML with `#`; and what must not be,
//! though it looks like it: `; not: [rule-name]`.

use std::fmt;

use compiler::finding::{Finding, Severity};

/// One finding that must be there, or a rule that must find nothing on its record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assertion {
    /// The record on which the finding begins, from 1.
    pub record: u32,
    /// None: the rule finds nothing here.
    pub severity: Option<Severity>,
    /// The rule.
    pub rule: String,
    part: Option<String>,
}

impl Assertion {
    /// Whether a finding is the one that is meant. Its file is the caller's business.
    pub fn is_met_by(&self, finding: &Finding) -> bool {
        finding.place.start.record == self.record
            && self.severity.is_none_or(|severity| finding.severity == severity)
            && finding.rule == self.rule
            && self.part.as_ref().is_none_or(|part| finding.message.contains(part))
    }
}

impl fmt::Display for Assertion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: [{}]", self.severity.map_or(NOT, Severity::word), self.rule)?;
        match &self.part {
            Some(part) => write!(f, " \"{part}\""),
            None => Ok(()),
        }
    }
}

/// The assertions of a file, and those that cannot be read with their records. `mark` begins a comment.
pub fn read(text: &str, mark: char) -> (Vec<Assertion>, Vec<(u32, String)>) {
    let mut assertions = Vec::new();
    let mut faults = Vec::new();
    // From here on they stand on records of their own and wait for the next one that is no such record.
    let mut waiting = 0;
    for (record, line) in (1..).zip(text.split('\n')) {
        let start = comment(line, mark);
        let waits = start.is_some_and(|start| line[..start].trim().is_empty());
        if !waits {
            for assertion in &mut assertions[waiting..] {
                let assertion: &mut Assertion = assertion;
                assertion.record = record;
            }
        }
        let claims = start.map_or_else(Vec::new, |start| claims(&line[start + mark.len_utf8()..], mark));
        for claim in claims {
            match one(claim, record) {
                Ok(assertion) => assertions.push(assertion),
                Err(what) => faults.push((record, what)),
            }
        }
        if !waits {
            waiting = assertions.len();
        }
    }
    (assertions, faults)
}

/// Where a comment begins whose first word is a severity.
fn comment(line: &str, mark: char) -> Option<usize> {
    line.char_indices()
        .filter(|(_, c)| *c == mark)
        .map(|(at, _)| at)
        .find(|at| begins_claim(&line[at + mark.len_utf8()..]))
}

fn begins_claim(text: &str) -> bool {
    let text = text.trim_start();
    severity(text).is_some()
}

/// The word of a near miss: the rule finds nothing on this record.
const NOT: &str = "not";

fn severity(text: &str) -> Option<(Option<Severity>, &str)> {
    [Some(Severity::Error), Some(Severity::Warning), Some(Severity::Info), None].into_iter().find_map(
        |severity| {
            let word = severity.map_or(NOT, Severity::word);
            Some((severity, text.strip_prefix(word)?.strip_prefix(':')?))
        },
    )
}

/// The claims of one comment: each begins behind a mark and with a severity.
fn claims(text: &str, mark: char) -> Vec<&str> {
    let mut claims = Vec::new();
    let mut from = 0;
    for (at, _) in text.match_indices(mark) {
        let behind = at + mark.len_utf8();
        if begins_claim(&text[behind..]) {
            claims.push(text[from..at].trim());
            from = behind;
        }
    }
    claims.push(text[from..].trim());
    claims
}

fn one(claim: &str, record: u32) -> Result<Assertion, String> {
    let shape = "an assertion reads `error: [rule-name]` or `error: [rule-name] \"part of the message\"`";
    let unreadable = || format!("{claim}\nis not understood: {shape}");
    let (severity, rest) = severity(claim).ok_or_else(unreadable)?;
    let (rule, rest) =
        rest.trim_start().strip_prefix('[').and_then(|rest| rest.split_once(']')).ok_or_else(unreadable)?;
    let part = match rest.trim() {
        "" => None,
        quoted => {
            let part =
                quoted.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).ok_or_else(unreadable)?;
            Some(part.to_owned())
        }
    };
    if rule.is_empty() || rule.contains(|c: char| !(c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'))
    {
        return Err(unreadable());
    }
    Ok(Assertion { record, severity, rule: rule.to_owned(), part })
}

/// Pairs assertions with findings, one to one, as many as can be paired. Gives the assertions and the findings that are left.
pub fn pair<'a>(
    assertions: &'a [Assertion],
    findings: &[&'a Finding],
) -> (Vec<&'a Assertion>, Vec<&'a Finding>) {
    let mut taken: Vec<Option<usize>> = vec![None; findings.len()];
    let mut unmet = Vec::new();
    for (index, assertion) in assertions.iter().enumerate() {
        if assertion.severity.is_none() {
            // A near miss is met when nothing is found; what is found there has to be asserted anyway.
            if findings.iter().any(|finding| assertion.is_met_by(finding)) {
                unmet.push(assertion);
            }
            continue;
        }
        let mut seen = vec![false; findings.len()];
        if !settle(index, assertions, findings, &mut taken, &mut seen) {
            unmet.push(assertion);
        }
    }
    let unasserted =
        findings.iter().zip(&taken).filter(|(_, by)| by.is_none()).map(|(finding, _)| *finding).collect();
    (unmet, unasserted)
}

/// Finds a finding for an assertion, moving earlier ones to others where that makes room.
fn settle(
    index: usize,
    assertions: &[Assertion],
    findings: &[&Finding],
    taken: &mut [Option<usize>],
    seen: &mut [bool],
) -> bool {
    for at in 0..findings.len() {
        if seen[at] || !assertions[index].is_met_by(findings[at]) {
            continue;
        }
        seen[at] = true;
        let free = match taken[at] {
            None => true,
            Some(other) => settle(other, assertions, findings, taken, seen),
        };
        if free {
            taken[at] = Some(index);
            return true;
        }
    }
    false
}
