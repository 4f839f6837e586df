//! The index, remembered for each stretch and for each file.

use std::sync::Arc;

use grammar::description::{Slot, StatementId};
use rustc_hash::FxHashSet;

use super::places::Places;
use super::{Name, Occurrence, Role, read};
use crate::db::{EnvRef, ReadRef, SourceFile, StackInput, included, reads_of};
use crate::table::{key, tag};

/// The names of a stretch: each with the number of its section there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StretchNames {
    /// In order of the text.
    pub list: Vec<(u32, Occurrence)>,
    /// By the hash of the text, whatever the kind: the place in the list. Here and not in one for the file, so that an edit costs the index of its
    /// stretch.
    index: Places<u32>,
}

impl StretchNames {
    fn new(mut list: Vec<(u32, Occurrence)>) -> Self {
        list.shrink_to_fit();
        let hashes = list.iter().map(|(_, occurrence)| hash(&occurrence.name));
        let index = Places::new(hashes.zip(0..));
        Self { list, index }
    }

    /// The occurrences of a name with this hash: number of the section, and the occurrence.
    fn of(&self, name: &Name, hash: u32) -> impl Iterator<Item = (u32, &Occurrence)> {
        self.index.of(hash).filter_map(move |place| {
            let (part, occurrence) = self.list.get(place as usize)?;
            occurrence.name.meets(name).then_some((*part, occurrence))
        })
    }
}

/// The names of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileNames {
    /// Of each stretch.
    pub stretches: Vec<Arc<StretchNames>>,
}

impl FileNames {
    /// The occurrences of a name: number of the stretch, of the section there, and the occurrence.
    pub fn of(&self, name: &Name) -> impl Iterator<Item = (u32, u32, &Occurrence)> {
        let hash = hash(name);
        self.stretches.iter().zip(0..).flat_map(move |(stretch, number)| {
            stretch.of(name, hash).map(move |(part, occurrence)| (number, part, occurrence))
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
    tag(key(&name.text))
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
    Arc::new(StretchNames::new(list))
}

/// The names of a file as read by the stacks of an environment.
#[salsa::tracked(returns(ref))]
pub fn file_names<'db>(
    db: &'db dyn salsa::Database,
    file: SourceFile,
    inside: Option<StatementId>,
    file_env: EnvRef<'db>,
) -> Arc<FileNames> {
    let stretches =
        reads_of(db, file, inside, file_env).iter().map(|read| Arc::clone(stretch_names(db, *read)));
    Arc::new(FileNames { stretches: stretches.collect() })
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

/// Names that are asked for together. What is made of a file for one question need not be made for the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Shelf {
    /// Those of devices, links and interfaces, or all others.
    pub local: bool,
    /// What uses them, or what defines and declares them.
    pub uses: bool,
}

/// All of them: each mention is in one.
pub const SHELVES: [Shelf; 4] = [
    Shelf { local: false, uses: false },
    Shelf { local: false, uses: true },
    Shelf { local: true, uses: false },
    Shelf { local: true, uses: true },
];

impl Shelf {
    fn has(self, one: &Occurrence) -> bool {
        one.name.kind.is_local() == self.local && (one.role == Role::Reference) == self.uses
    }
}

/// The names of a file by their text, once for each kind of statement that does the same with it: many times less than there are occurrences.
#[salsa::tracked(returns(ref), no_eq)]
pub fn file_mentions<'db>(
    db: &'db dyn salsa::Database,
    file: SourceFile,
    inside: Option<StatementId>,
    file_env: EnvRef<'db>,
    shelf: Shelf,
) -> Arc<[Mention]> {
    let mut seen = FxHashSet::default();
    let all = file_names(db, file, inside, file_env).all().filter(|(_, _, one)| shelf.has(one));
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
