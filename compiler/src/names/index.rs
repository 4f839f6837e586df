//! The index, remembered for each stretch and for each file.

use std::sync::Arc;

use grammar::description::{Slot, StatementId};
use rustc_hash::FxHashSet;

use super::{Name, Occurrence, Role, read};
use crate::db::{EnvRef, ReadRef, SourceFile, StackInput, included, reads_of};
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
pub fn stretch_names<'db>(db: &'db dyn salsa::Database, read: ReadRef<'db>) -> Arc<StretchNames> {
    let env = read.env(db).env(db);
    let mut list = Vec::new();
    for (part, number) in read.stretch(db).stretch(db).parts.iter().zip(0..) {
        let mut found = Vec::new();
        read::read(&part.section, env, &mut found);
        list.extend(found.into_iter().map(|occurrence| (number, occurrence)));
    }
    list.shrink_to_fit();
    Arc::new(StretchNames { list })
}

/// The names of a file as read by the stacks of an environment.
#[salsa::tracked(returns(ref))]
pub fn file_names<'db>(
    db: &'db dyn salsa::Database,
    file: SourceFile,
    inside: Option<StatementId>,
    file_env: EnvRef<'db>,
) -> Arc<FileNames> {
    let mut names = FileNames::default();
    for (read, number) in reads_of(db, file, inside, file_env).iter().zip(0..) {
        let found = stretch_names(db, *read);
        for ((_, occurrence), place) in found.list.iter().zip(0..) {
            names.index.push((hash(&occurrence.name), number, place));
        }
        names.stretches.push(Arc::clone(found));
    }
    names.index.shrink_to_fit();
    names.index.sort_unstable();
    Arc::new(names)
}

/// What a file says of a name, wherever it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The name.
    pub name: Name,
    /// What is done with it.
    pub role: Role,
    /// The first statement that does so, and its operand.
    pub operand: Option<(StatementId, Slot)>,
}

/// A mention, and the stacks that read it so.
pub type Mentioned = (Mention, Arc<[String]>);

/// The names of a file by their text, once for each kind of statement that does the same with it: many times less than there are occurrences.
#[salsa::tracked(returns(ref))]
pub fn file_mentions<'db>(
    db: &'db dyn salsa::Database,
    file: SourceFile,
    inside: Option<StatementId>,
    file_env: EnvRef<'db>,
) -> Arc<[Mention]> {
    let mut seen = FxHashSet::default();
    let all = file_names(db, file, inside, file_env).all();
    let first = all.filter(|(_, _, one)| {
        seen.insert((&one.name, one.role, one.operand.map(|(statement, _)| statement)))
    });
    let one = |(_, _, one): (u32, u32, &Occurrence)| Mention {
        name: one.name.clone(),
        role: one.role,
        operand: one.operand,
    };
    let mut mentions: Vec<Mention> = first.map(one).collect();
    mentions.sort_by(|left, right| left.name.text.cmp(&right.name.text));
    mentions.into()
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
