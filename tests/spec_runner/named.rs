//! Names of something else: where specs show that an operand is looked up, once with success and once without.

use std::collections::BTreeSet;

use grammar::parse::{Dialect, parse};

use super::assertion::{self, Of};
use super::document::Document;
use super::info::Kind;

/// An operand by its statement and its number there, with a rule.
type Shown = BTreeSet<(&'static str, u16, String)>;

/// What all specs show.
#[derive(Default)]
pub struct Named {
    failing: Shown,
    taken: BTreeSet<(&'static str, u16)>,
}

impl Named {
    /// Adds what a spec shows. An operand fails where a rule is asserted on its own record; it is taken where no finding at all is.
    pub fn add(&mut self, text: &str) {
        let (document, _) = Document::read(text);
        for block in document.sections.iter().flat_map(|section| &section.blocks) {
            let (dialect, of) = match &block.kind {
                Kind::Profile { settings, .. } => {
                    (settings.dialect.map_or(Dialect::Zos, compiler::Dialect::grammar), Of::Profile)
                }
                Kind::Obeyfile { .. } => (Dialect::Zos, Of::Obeyfile),
                _ => continue,
            };
            self.add_block(document.text_of(block), dialect, of);
        }
    }

    fn add_block(&mut self, profile: &str, dialect: Dialect, of: Of) {
        let asserted = assertion::read(profile, ';', of).0;
        for placed in parse(profile, dialect).sections {
            for view in placed.section.views() {
                let Some(desc) = view.desc() else { continue };
                for (slot, word) in view.parts.tokens() {
                    let at = (placed.start + word.span.start) as usize;
                    let record = 1 + profile[..at].matches('\n').count();
                    let here = asserted.iter().filter(|claim| claim.record as usize == record);
                    let rules: Vec<&str> =
                        here.filter(|claim| !claim.is_near_miss()).map(|claim| claim.name.as_str()).collect();
                    if rules.is_empty() {
                        self.taken.insert((desc.name, slot.0));
                    }
                    let failing = rules.into_iter().map(|rule| (desc.name, slot.0, rule.to_owned()));
                    self.failing.extend(failing);
                }
            }
        }
    }

    /// What lacks, one a line: each operand that refers to something, and is not shown both ways.
    pub fn lacking(&self) -> Vec<String> {
        let mut wrong = Vec::new();
        for desc in grammar::STATEMENTS {
            for (place, slot) in (0_u16..).zip(desc.slots).filter(|(_, slot)| !slot.refers.is_empty()) {
                let (name, operand, rule) = (desc.name, slot.name, slot.refers);
                if !compiler::rule_names().contains(&rule) {
                    wrong.push(format!("{operand} of {name} refers to {rule}, and there is no such rule"));
                } else if !self.failing.contains(&(name, place, rule.to_owned())) {
                    wrong.push(format!("no spec has {operand} of {name} fail with {rule}"));
                }
                if !self.taken.contains(&(name, place)) {
                    wrong.push(format!("no spec has {operand} of {name} with something that is there"));
                }
            }
        }
        wrong
    }
}
