//! Names in texts that no stack reads: OBEYFILEs.

use std::collections::BTreeMap;
use std::sync::Arc;

use grammar::parse::parse;

use super::{Found, read};
use crate::finding::Place;
use crate::read::Env;
use crate::snapshot::Snapshot;
use crate::source::SourceText;

impl Snapshot {
    /// The names in a text beside the profiles, in the order of the text. Which stacks obey it the text does not tell: each name is said to
    /// be of all, and what is written with system symbols is left out.
    #[must_use]
    pub fn names_aside(&self, path: &Arc<str>, source: &SourceText) -> Vec<Found> {
        let Some(input) = self.inputs().first().copied() else { return Vec::new() };
        let env = Env::of(input.setup(&self.db), BTreeMap::new());
        let stacks: Arc<[String]> = self.stacks().into();
        let mut found = Vec::new();
        for placed in &parse(&source.text, env.dialect.grammar()).sections {
            let mut list = Vec::new();
            read::read(&placed.section, &env, &mut list);
            list.retain(|one| !one.name.text.contains('&'));
            found.extend(list.into_iter().map(|one| {
                let start = source.position(placed.start + one.span.start);
                let end = source.position(placed.start + one.span.end());
                Found {
                    name: one.name,
                    role: one.role,
                    written: one.written,
                    operand: one.operand,
                    place: Place { file: Arc::clone(path), start, end },
                    stacks: Arc::clone(&stacks),
                }
            }));
        }
        found
    }
}
