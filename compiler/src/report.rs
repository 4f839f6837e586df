//! A finding before its places are known as records and columns.

use crate::finding::{Applicability, Confidence, Effect, Severity};
use crate::place::At;
use crate::rules::Rule;
use crate::statements::undetermined::Missing;

/// A finding whose places are sections, so that an edit above them leaves it as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Name of the rule.
    pub rule: &'static str,
    /// Level of the rule, or what the case makes of it.
    pub severity: Severity,
    /// One line that stands alone.
    pub message: String,
    /// The token named.
    pub at: At,
    /// Short label under the token.
    pub label: String,
    /// Other places.
    pub related: Vec<(String, At)>,
    /// What happens next, how to mend it.
    pub notes: Vec<String>,
    /// Ways to mend it.
    pub fixes: Vec<ReportFix>,
    /// What a real stack does.
    pub effect: Option<Effect>,
    /// What a real stack prints.
    pub message_id: Option<&'static str>,
    /// How sure the sources are.
    pub confidence: Confidence,
    /// Named assumptions.
    pub assumptions: Vec<&'static str>,
    /// Stacks it concerns; empty when they follow from the file.
    pub stacks: Vec<String>,
    /// What a statement that the rule misses would have to bring, all of it; empty where anything would do.
    pub missing: Vec<Missing>,
    /// A name that it has not found; the end of the data set tells whether it stands further down.
    pub wants: Option<Box<Wanted>>,
}

/// A name that something refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Upper case.
    pub name: String,
    /// What has names of this kind, in words: "links and interfaces".
    pub things: &'static str,
}

/// A way to mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportFix {
    /// What it does.
    pub title: String,
    /// Whether it may be applied without looking.
    pub applicability: Applicability,
    /// Replacements.
    pub edits: Vec<(At, String)>,
}

impl Report {
    /// A finding of a rule at its level. What no source confirms is a warning at most.
    #[must_use]
    pub fn new(rule: &Rule, at: At, message: impl Into<String>) -> Self {
        let mut report = Self {
            rule: rule.name,
            severity: rule.level,
            message: message.into(),
            at,
            label: String::new(),
            related: Vec::new(),
            notes: Vec::new(),
            fixes: Vec::new(),
            effect: rule.effect,
            message_id: rule.message_id,
            confidence: rule.confidence,
            assumptions: Vec::new(),
            stacks: Vec::new(),
            missing: Vec::new(),
            wants: None,
        };
        if rule.confidence == Confidence::Unconfirmed {
            report = report.unconfirmed();
        }
        report
    }
    /// The places that it names.
    pub(crate) fn places(&self) -> impl Iterator<Item = &At> {
        let edits = self.fixes.iter().flat_map(|fix| fix.edits.iter().map(|(at, _)| at));
        let related = self.related.iter().map(|(_, at)| at);
        std::iter::once(&self.at).chain(related).chain(edits)
    }
    /// The label under the token.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }
    /// Another place.
    #[must_use]
    pub fn related(mut self, at: At, message: impl Into<String>) -> Self {
        self.related.push((message.into(), at));
        self
    }
    /// A note.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }
    /// A fix.
    #[must_use]
    pub fn fix(
        mut self,
        title: impl Into<String>,
        applicability: Applicability,
        edits: Vec<(At, String)>,
    ) -> Self {
        self.fixes.push(ReportFix { title: title.into(), applicability, edits });
        self
    }
    /// What a real stack does.
    #[must_use]
    pub fn effect(mut self, effect: Effect) -> Self {
        self.effect = Some(effect);
        self
    }
    /// What a real stack prints.
    #[must_use]
    pub fn message_id(mut self, id: &'static str) -> Self {
        self.message_id = Some(id);
        self
    }
    /// A stack it concerns.
    #[must_use]
    pub fn stack(mut self, name: &str) -> Self {
        if !self.stacks.iter().any(|known| known == name) {
            self.stacks.push(name.to_owned());
        }
        self
    }
    /// What would have to stand as one of these operands in a statement that the rule misses.
    #[must_use]
    pub fn missing(mut self, operands: &'static [&'static str], value: impl ToString) -> Self {
        self.missing.push(Missing { operands, value: value.to_string().to_ascii_uppercase() });
        self
    }
    /// What it has looked for in vain.
    #[must_use]
    pub fn wants(mut self, name: &str, things: &'static str) -> Self {
        self.wants = Some(Box::new(Wanted { name: name.to_owned(), things }));
        self
    }
    /// A named assumption it rests on.
    #[must_use]
    pub fn assumes(mut self, name: &'static str) -> Self {
        self.assumptions.push(name);
        self
    }
    /// No source confirms it: a warning at most.
    #[must_use]
    pub fn unconfirmed(mut self) -> Self {
        self.confidence = Confidence::Unconfirmed;
        self.severity = self.severity.min(Severity::Warning);
        self
    }
}
