//! What a comment says must be found: `; error: [rule-name] "part of the message"`, in TOML with `#`; and what must not be,
//! though it looks like it: `; not: [rule-name]`. In an OBEYFILE also what becomes of a statement, `; removed: "HOME 192.0.2.1 L1"`,
//! and what the console shows, `; console: EZZ0395I`.

use std::fmt;

use compiler::finding::Finding;

/// Something that is there to be asserted: a finding, an effect or a console message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Where, from 1.
    pub record: u32,
    /// Its level, or what it is.
    pub word: &'static str,
    /// Its rule or message id; empty for an effect.
    pub name: String,
    /// What it says.
    pub text: String,
}

impl Seen {
    /// A finding as it is asserted.
    pub fn finding(finding: &Finding) -> Self {
        Self {
            record: finding.place.start.record,
            word: finding.severity.word(),
            name: finding.rule.to_owned(),
            text: finding.message.clone(),
        }
    }

    fn is_finding(&self) -> bool {
        LEVELS.contains(&self.word)
    }
}

impl fmt::Display for Seen {
    /// As an assertion, to be copied.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        written(f, self.word, &self.name, Some(&self.text))
    }
}

fn written(f: &mut fmt::Formatter<'_>, word: &str, name: &str, part: Option<&String>) -> fmt::Result {
    write!(f, "{word}:")?;
    if word == CONSOLE {
        write!(f, " {name}")?;
    } else if !name.is_empty() {
        write!(f, " [{name}]")?;
    }
    part.map_or(Ok(()), |part| write!(f, " \"{part}\""))
}

/// One thing that must be there, or a rule that must find nothing on its record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assertion {
    /// The record on which it begins, from 1.
    pub record: u32,
    /// The level, [`NOT`], or what else it is.
    pub word: &'static str,
    /// The rule or message id; empty for an effect.
    pub name: String,
    part: Option<String>,
}

impl Assertion {
    /// Whether it says that a rule finds nothing here.
    pub fn is_near_miss(&self) -> bool {
        self.word == NOT
    }

    /// Whether it names a rule: of a finding or a near miss.
    pub fn is_of_rule(&self) -> bool {
        self.is_near_miss() || LEVELS.contains(&self.word)
    }

    /// Whether what is there is what is meant. Its file is the caller's business.
    pub fn is_met_by(&self, seen: &Seen) -> bool {
        let word = if self.is_near_miss() { seen.is_finding() } else { self.word == seen.word };
        word && seen.record == self.record
            && seen.name == self.name
            && self.part.as_ref().is_none_or(|part| seen.text.contains(part))
    }
}

impl fmt::Display for Assertion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        written(f, self.word, &self.name, self.part.as_ref())
    }
}

/// What may be asserted where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// Findings.
    Profile,
    /// Findings, effects and console messages.
    Obeyfile,
}

impl Of {
    /// The words that begin an assertion.
    fn words(self) -> impl Iterator<Item = &'static str> {
        let more = match self {
            Self::Profile => &[][..],
            Self::Obeyfile => EFFECTS,
        };
        LEVELS.iter().chain([&NOT]).chain(more).copied()
    }
}

const LEVELS: &[&str] = &["error", "warning", "info"];

/// The word of a near miss: the rule finds nothing on this record.
const NOT: &str = "not";

/// The word of a console message.
pub const CONSOLE: &str = "console";

const EFFECTS: &[&str] =
    &["added", "replaced", "removed", "unchanged", "refused", "ignored", "open", CONSOLE];

/// The assertions of a file, and those that cannot be read with their records. `mark` begins a comment.
pub fn read(text: &str, mark: char, of: Of) -> (Vec<Assertion>, Vec<(u32, String)>) {
    let mut assertions = Vec::new();
    let mut faults = Vec::new();
    // From here on they stand on records of their own and wait for the next one that is no such record.
    let mut waiting = 0;
    for (record, line) in (1..).zip(text.split('\n')) {
        let start = comment(line, mark, of);
        let waits = start.is_some_and(|start| line[..start].trim().is_empty());
        if !waits {
            for assertion in &mut assertions[waiting..] {
                let assertion: &mut Assertion = assertion;
                assertion.record = record;
            }
        }
        let claims = start.map_or_else(Vec::new, |start| claims(&line[start + mark.len_utf8()..], mark, of));
        for claim in claims {
            match one(claim, record, of) {
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

/// Where a comment begins whose first word makes it an assertion.
fn comment(line: &str, mark: char, of: Of) -> Option<usize> {
    line.char_indices()
        .filter(|(_, c)| *c == mark)
        .map(|(at, _)| at)
        .find(|at| word(&line[at + mark.len_utf8()..], of).is_some())
}

/// The word that a claim begins with, and what stands behind it.
fn word(text: &str, of: Of) -> Option<(&'static str, &str)> {
    let text = text.trim_start();
    of.words().find_map(|word| Some((word, text.strip_prefix(word)?.strip_prefix(':')?)))
}

/// The claims of one comment: each begins behind a mark and with a word of its own.
fn claims(text: &str, mark: char, of: Of) -> Vec<&str> {
    let mut claims = Vec::new();
    let mut from = 0;
    for (at, _) in text.match_indices(mark) {
        let behind = at + mark.len_utf8();
        if word(&text[behind..], of).is_some() {
            claims.push(text[from..at].trim());
            from = behind;
        }
    }
    claims.push(text[from..].trim());
    claims
}

fn one(claim: &str, record: u32, of: Of) -> Result<Assertion, String> {
    let shape = "an assertion reads `error: [rule-name]` or `error: [rule-name] \"part of the message\"`, \
                 in an OBEYFILE also `removed: \"part of the effect\"` and `console: EZZ0395I`";
    let unreadable = || format!("{claim}\nis not understood: {shape}");
    let (word, rest) = word(claim, of).ok_or_else(unreadable)?;
    let rest = rest.trim();
    let (name, rest) = if word == CONSOLE {
        let (id, rest) = rest.split_once(' ').unwrap_or((rest, ""));
        let is_id = !id.is_empty() && id.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
        (is_id.then_some(id).ok_or_else(unreadable)?, rest)
    } else if EFFECTS.contains(&word) {
        ("", rest)
    } else {
        let (rule, rest) =
            rest.strip_prefix('[').and_then(|rest| rest.split_once(']')).ok_or_else(unreadable)?;
        let is_rule = !rule.is_empty()
            && rule.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        (is_rule.then_some(rule).ok_or_else(unreadable)?, rest)
    };
    let part = match rest.trim() {
        "" => None,
        quoted => {
            let part =
                quoted.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).ok_or_else(unreadable)?;
            Some(part.to_owned())
        }
    };
    Ok(Assertion { record, word, name: name.to_owned(), part })
}

/// Pairs assertions with what is there, one to one, as many as can be paired. Gives the assertions and the things that are left.
pub fn pair<'a>(assertions: &'a [Assertion], findings: &[&'a Seen]) -> (Vec<&'a Assertion>, Vec<&'a Seen>) {
    let mut taken: Vec<Option<usize>> = vec![None; findings.len()];
    let mut unmet = Vec::new();
    for (index, assertion) in assertions.iter().enumerate() {
        if assertion.is_near_miss() {
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
    findings: &[&Seen],
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
