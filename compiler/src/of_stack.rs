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

    /// What rules find, those that are `asked` for.
    pub(crate) fn reports(&self, asked: impl Fn(&'static str) -> bool) -> impl Iterator<Item = &Report> {
        let rules = RULES.iter().zip(&self.found).filter(move |((rule, _), _)| asked(rule.name));
        rules.flat_map(|((rule, _), found)| match rule.check {
            Check::Stack(check) => &**found.get_or_init(|| {
                let mut reports = Vec::new();
                check(&StackView { setup: &self.setup, config: &self.folded.config }, &mut reports);
                reports.into()
            }),
            Check::Syntax | Check::Description | Check::Fold | Check::Cluster(_) | Check::Ports(_) => &[],
        })
    }
}
