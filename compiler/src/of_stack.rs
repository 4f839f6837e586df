//! What the rules for one stack find, each when it is asked for: most settings leave some out.

use std::sync::{Arc, OnceLock};

use crate::fold::Folded;
use crate::report::Report;
use crate::rules::{Check, RULES, StackView};
use crate::setup::StackSetup;

/// A stack after its profile, with what has been found so far.
#[derive(Debug)]
pub struct OfStack {
    setup: Arc<StackSetup>,
    folded: Arc<Folded>,
    /// By the place of a rule in [`RULES`].
    found: Box<[OnceLock<Box<[Report]>>]>,
}

impl PartialEq for OfStack {
    /// What is found follows from these.
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.folded, &other.folded) && self.setup == other.setup
    }
}

impl Eq for OfStack {}

impl OfStack {
    pub(crate) fn new(setup: &Arc<StackSetup>, folded: &Arc<Folded>) -> Self {
        let found = RULES.iter().map(|_| OnceLock::new()).collect();
        Self { setup: Arc::clone(setup), folded: Arc::clone(folded), found }
    }

    /// What these rules find, each by its place in [`RULES`].
    pub(crate) fn reports<'s>(&'s self, asked: &'s [usize]) -> impl Iterator<Item = &'s Report> {
        let rules = asked.iter().filter_map(|number| RULES.get(*number).zip(self.found.get(*number)));
        rules.flat_map(|((rule, _), found)| match rule.check {
            Check::Stack(check) => &**found.get_or_init(|| {
                let mut reports = Vec::new();
                check(&StackView { setup: &self.setup, config: &self.folded.config }, &mut reports);
                self.folded.config.undetermined.leave_out(&mut reports);
                reports.into()
            }),
            Check::Syntax | Check::Description | Check::Fold | Check::Cluster(_) | Check::Ports(_) => &[],
        })
    }
}

/// The rules for one stack of those that are asked for, each by its place in [`RULES`].
pub(crate) fn rules(asked: impl Fn(&'static str) -> bool) -> Vec<usize> {
    let of_stacks = RULES.iter().zip(0..).filter(|((rule, _), _)| matches!(rule.check, Check::Stack(_)));
    of_stacks.filter(|((rule, _), _)| asked(rule.name)).map(|(_, number)| number).collect()
}
