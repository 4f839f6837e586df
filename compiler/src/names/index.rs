//! The index, remembered for each stretch and for each file.

use std::collections::BTreeSet;
use std::sync::Arc;

use grammar::description::StatementId;
use rustc_hash::FxHashSet;

use super::{Name, Occurrence, read};
use crate::Dialect;
use crate::db::{EnvRef, SourceFile, StackInput, StretchRef, env_with, included, sections};
use crate::read::Env;
use crate::symbols;
use crate::table::key;

/// The names of a stretch: each with the number of its section there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StretchNames {
    /// In order of the text.
    pub list: Vec<(u32, Occurrence)>,
}

/// The names of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileNames {
    /// Of each stretch.
    pub stretches: Vec<Arc<StretchNames>>,
    /// By the hash of the text, whatever the kind: number of the stretch, and place in its list. Sorted: a table would take several
    /// times the room.
    index: Vec<(u32, u32, u32)>,
}

impl FileNames {
    /// The occurrences of a name: number of the stretch, of the section there, and the occurrence.
    pub fn of(&self, name: &Name) -> impl Iterator<Item = (u32, u32, &Occurrence)> {
        let hash = hash(name);
        let first = self.index.partition_point(|(known, ..)| *known < hash);
        let behind = self.index.get(first..).unwrap_or_default();
        let places = behind.iter().take_while(move |(known, ..)| *known == hash);
        places.filter_map(move |(_, stretch, place)| {
            let (part, occurrence) = self.stretches.get(*stretch as usize)?.list.get(*place as usize)?;
            occurrence.name.meets(name).then_some((*stretch, *part, occurrence))
        })
    }
    /// All occurrences in the same form.
    pub fn all(&self) -> impl Iterator<Item = (u32, u32, &Occurrence)> {
        self.stretches.iter().zip(0..).flat_map(|(stretch, number)| {
            stretch.list.iter().map(move |(part, occurrence)| (number, *part, occurrence))
        })
    }
}

/// A few bits are enough: what shares them is compared.
fn hash(name: &Name) -> u32 {
    u32::try_from(key(&name.text) >> 32).unwrap_or(0)
}

/// The names of a stretch.
#[salsa::tracked(returns(ref))]
pub fn stretch_names<'db>(
    db: &'db dyn salsa::Database,
    stretch: StretchRef<'db>,
    env: EnvRef<'db>,
) -> Arc<StretchNames> {
    let mut list = Vec::new();
    for (part, number) in stretch.stretch(db).parts.iter().zip(0..) {
        let mut found = Vec::new();
        read::read(&part.section, env.env(db), &mut found);
        list.extend(found.into_iter().map(|occurrence| (number, occurrence)));
    }
    list.shrink_to_fit();
    Arc::new(StretchNames { list })
}

/// The system symbols in a file.
#[salsa::tracked(returns(ref))]
pub fn used_symbols(
    db: &dyn salsa::Database,
    file: SourceFile,
    dialect: Dialect,
    inside: Option<StatementId>,
) -> BTreeSet<String> {
    let stretches = sections(db, file, dialect, inside).iter();
    let parts = stretches.flat_map(|stretch| stretch.stretch(db).parts.iter());
    parts
        .filter(|part| part.section.symbols)
        .flat_map(|part| symbols::symbols_in(&part.section.text))
        .map(|symbol| symbol.name)
        .collect()
}

/// What the reading of a file on a stack depends on.
pub fn file_env<'db>(
    db: &'db dyn salsa::Database,
    stack: StackInput,
    file: SourceFile,
    inside: Option<StatementId>,
) -> EnvRef<'db> {
    let setup = stack.setup(db);
    let names = used_symbols(db, file, setup.dialect, inside).iter();
    let used = names.filter_map(|name| Some((name.clone(), setup.symbols.get(name)?.clone())));
    env_with(db, setup, used.collect())
}

/// The names of a file as read by the stacks of an environment.
#[salsa::tracked(returns(ref))]
pub fn file_names<'db>(
    db: &'db dyn salsa::Database,
    file: SourceFile,
    inside: Option<StatementId>,
    file_env: EnvRef<'db>,
) -> Arc<FileNames> {
    let env = file_env.env(db);
    let mut names = FileNames::default();
    for (stretch, number) in sections(db, file, env.dialect, inside).iter().zip(0..) {
        let found = stretch_names(db, *stretch, narrowed(db, *stretch, env));
        for ((_, occurrence), place) in found.list.iter().zip(0..) {
            names.index.push((hash(&occurrence.name), number, place));
        }
        names.stretches.push(Arc::clone(found));
    }
    names.index.shrink_to_fit();
    names.index.sort_unstable();
    Arc::new(names)
}

/// The environment of a stretch: of the symbols of the file only those that it uses, so that an edit elsewhere leaves it alone.
fn narrowed<'db>(db: &'db dyn salsa::Database, stretch: StretchRef<'db>, env: &Env) -> EnvRef<'db> {
    let parts = stretch.stretch(db).parts.iter().filter(|part| part.section.symbols);
    let names = parts.flat_map(|part| symbols::symbols_in(&part.section.text)).map(|symbol| symbol.name);
    let symbols = names.filter_map(|name| {
        let value = env.symbols.get(&name)?.clone();
        Some((name, value))
    });
    EnvRef::new(db, Env { symbols: symbols.collect(), ..env.clone() })
}

/// The files that a stack reads, each with the block in which an INCLUDE brings it.
#[salsa::tracked(returns(ref))]
pub fn reads(db: &dyn salsa::Database, stack: StackInput) -> Vec<(SourceFile, Option<StatementId>)> {
    let mut seen: FxHashSet<(SourceFile, Option<StatementId>)> = FxHashSet::default();
    let mut found = Vec::new();
    let mut open: Vec<(SourceFile, Option<StatementId>)> =
        stack.profiles(db).iter().rev().map(|file| (*file, None)).collect();
    while let Some((file, inside)) = open.pop() {
        if !seen.insert((file, inside)) {
            continue;
        }
        found.push((file, inside));
        for (name, host) in included(db, stack, file, inside) {
            if let Some(Some(target)) = stack.includes(db).get(name) {
                open.push((*target, *host));
            }
        }
    }
    found
}
