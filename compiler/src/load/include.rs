//! Data sets that INCLUDEs bring.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

use grammar::description::StatementId;
use rustc_hash::FxHashSet;
use salsa::Setter as _;

use super::{Loaded, Read};
use crate::db::{self, Database, SourceFile, StackInput};
use crate::description::beside;
use crate::system::PathKind;
use crate::{Request, once};

impl Loaded {
    /// Reads what is INCLUDEd, and what that INCLUDEs, until nothing is new. Each data set is looked at once for each block in which it is read,
    /// however often it is included. Begins with operands, each with its block, and with files as they are read.
    pub(super) fn follow_includes(
        &mut self,
        db: &mut Database,
        read: &Read<'_>,
        request: &Request,
        stack: StackInput,
        mut names: Vec<(String, Option<StatementId>)>,
        mut open: Vec<(SourceFile, Option<StatementId>)>,
    ) {
        let known = Arc::clone(stack.includes(db));
        let mut map: BTreeMap<String, Option<SourceFile>> = BTreeMap::new();
        let mut seen: FxHashSet<(SourceFile, Option<StatementId>)> = FxHashSet::default();
        loop {
            for (name, host) in names.drain(..) {
                let found = match map.get(&name) {
                    Some(found) => *found,
                    None => self.included_file(db, read, request, stack, &name, &known),
                };
                map.insert(name, found);
                open.extend(found.map(|file| (file, host)));
            }
            let Some((file, inside)) = open.pop() else { break };
            if seen.insert((file, inside)) {
                names.extend(db::included(db, stack, file, inside).iter().cloned());
            }
        }
        if map != *known {
            stack.set_includes(db).to(Arc::new(map));
        }
    }

    /// Reads what may be INCLUDEd by the look of the texts.
    pub(super) fn foresee_includes(
        &mut self,
        db: &mut Database,
        read: &Read<'_>,
        request: &Request,
        stack: StackInput,
    ) {
        let known = Arc::clone(stack.includes(db));
        let symbols = stack.setup(db).symbols.clone();
        let mut map: BTreeMap<String, Option<SourceFile>> = BTreeMap::new();
        let mut seen: FxHashSet<SourceFile> = FxHashSet::default();
        let mut open: Vec<SourceFile> = stack.profiles(db).clone();
        while let Some(file) = open.pop() {
            if !seen.insert(file) {
                continue;
            }
            let source = Arc::clone(file.source(db));
            for name in once::included(&source.text, &symbols) {
                if let Entry::Vacant(entry) = map.entry(name) {
                    let found = self.included_file(db, read, request, stack, entry.key(), &known);
                    entry.insert(found);
                    open.extend(found);
                }
            }
        }
        if map != *known {
            stack.set_includes(db).to(Arc::new(map));
        }
    }

    /// The file that an INCLUDE operand means, read if it is not `known` to be as it was.
    fn included_file(
        &mut self,
        db: &mut Database,
        read: &Read<'_>,
        request: &Request,
        stack: StackInput,
        name: &str,
        known: &BTreeMap<String, Option<SourceFile>>,
    ) -> Option<SourceFile> {
        // A path that nobody has read may be what an INCLUDE was looking for.
        let anew = || read.changed.any(|path| !self.files.keys().any(|known| known.as_ref() == path));
        match known.get(name) {
            Some(Some(file)) if !read.changed.has(file.path(db)) && !anew() => Some(*file),
            Some(None) if !anew() => None,
            None | Some(_) => self
                .candidates(db, stack, name, request)
                .into_iter()
                .find(|path| self.overlays.contains_key(path) || read.system.kind(path) == PathKind::File)
                .and_then(|path| self.file(db, read, &path).ok()),
        }
    }

    /// Paths that an INCLUDE operand may mean, best first.
    fn candidates(&self, db: &Database, stack: StackInput, operand: &str, request: &Request) -> Vec<String> {
        if let Some((toml, _, _)) = &self.toml {
            let Some(entry) = self.description.stack(&stack.setup(db).name) else { return Vec::new() };
            return self
                .description
                .include_candidates(entry, operand)
                .iter()
                .map(|path| beside(toml, path))
                .collect();
        }
        // Without a description: a member of that name beside the profile.
        let member = operand
            .strip_suffix(')')
            .and_then(|name| name.split_once('('))
            .map_or_else(|| operand.rsplit('.').next().unwrap_or(operand), |(_, member)| member);
        let Some(profile) = request.profiles.first() else { return Vec::new() };
        let ending =
            profile.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map(|(_, ending)| ending);
        let mut paths = vec![beside(profile, member), beside(profile, &member.to_ascii_lowercase())];
        if let Some(ending) = ending {
            paths.push(beside(profile, &format!("{member}.{ending}")));
            paths.push(beside(profile, &format!("{}.{ending}", member.to_ascii_lowercase())));
        }
        paths
    }
}
