//! Stacks that are looked at once: see `once.rs` of the crate.

use std::sync::{Arc, Mutex};

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Loaded, Read};
use crate::db::{Database, SourceFile, StackInput};
use crate::levels::Levels;
use crate::once::{self, Checked, Once, Wanted};
use crate::{Request, Settings, parallel};

impl Loaded {
    /// Looks at stacks as streams, several at a time; the others are given back.
    pub(super) fn look_once(
        &mut self,
        db: &mut Database,
        read: &Read<'_>,
        request: &Request,
        settings: &Settings,
        wanted: Wanted,
    ) -> Vec<StackInput> {
        let stacks: Vec<StackInput> = self.stacks.values().copied().collect();
        let mut readers: FxHashMap<SourceFile, usize> = FxHashMap::default();
        for file in stacks.iter().flat_map(|stack| stack.profiles(db)) {
            *readers.entry(*file).or_default() += 1;
        }
        let shared = |stack: &StackInput| stack.profiles(db).iter().any(|file| readers.get(file) != Some(&1));
        let (mut others, mut alone): (Vec<_>, Vec<_>) = stacks.into_iter().partition(shared);
        for stack in &alone {
            self.foresee_includes(db, read, request, *stack);
        }
        let brought = alone.iter().flat_map(|stack| stack.includes(db).values().flatten());
        let brought: FxHashSet<SourceFile> = brought.copied().collect();
        let is_brought = |stack: &StackInput| stack.profiles(db).iter().any(|file| brought.contains(file));
        others.extend(alone.extract_if(.., |stack| is_brought(stack)));
        let toml = self.toml.as_ref().map(|(path, ..)| path.as_ref());
        let levels = Levels::new(settings, &self.description, toml);
        let asked = levels.asked(self.files.values().flat_map(|file| once::allowed(&file.source(db).text)));
        let slots: Vec<Mutex<Option<Checked>>> = alone.iter().map(|_| Mutex::default()).collect();
        parallel::each(db, settings.threads, alone.len(), |db, number| {
            let found = alone.get(number).and_then(|stack| once::check(db, *stack, &asked, wanted));
            if let Some(mut slot) = slots.get(number).and_then(|slot| slot.lock().ok()) {
                *slot = found;
            }
        });
        let mut once = Once { wanted: Some(wanted), ..Once::default() };
        for (stack, slot) in alone.into_iter().zip(slots) {
            let Some(checked) = slot.into_inner().ok().flatten() else {
                others.push(stack);
                continue;
            };
            let foreseen = Arc::clone(stack.includes(db));
            let names = checked.includes.iter().cloned().collect();
            self.follow_includes(db, read, request, stack, names, Vec::new());
            if stack.includes(db).iter().all(|(name, file)| foreseen.get(name) == Some(file)) {
                once.add(stack, checked);
            } else {
                others.push(stack);
            }
        }
        self.once = Arc::new(once);
        others
    }
}
