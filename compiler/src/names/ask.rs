//! Questions to the index.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use grammar::description::StatementId;

use super::described::{Described, described};
use super::index::{
    FileNames, Mention, Mentioned, SHELVES, Shelf, file_mentions, file_names, reads, stretch_names,
};
use super::{Found, Kind, Name, Occurrence, Role};
use crate::db::{EnvRef, SourceFile, StackInput, file_env, reads_of, sections, summary};
use crate::finding::Place;
use crate::snapshot::Snapshot;

/// A file as some stacks read it.
struct Read<'db> {
    file: SourceFile,
    inside: Option<StatementId>,
    env: EnvRef<'db>,
    stacks: Vec<usize>,
}

/// The path of a file; none is `sysplex.toml`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Path<'m>(Option<&'m Arc<str>>);

/// The names of a file that are still to be looked at.
struct List<'m> {
    rest: &'m [Mention],
    on: Arc<[String]>,
    path: Path<'m>,
}

/// Which names are to be completed: of a kind, those that are defined or declared, those that are used, or both.
#[derive(Clone, Copy, Debug)]
pub struct Sought {
    /// The kind.
    pub kind: Kind,
    /// Definitions and declarations.
    pub origins: bool,
    /// Uses.
    pub uses: bool,
}

impl Sought {
    fn on(self, shelf: Shelf) -> bool {
        shelf.local == self.kind.is_local() && if shelf.uses { self.uses } else { self.origins }
    }

    fn has(self, one: &Mention) -> bool {
        let role = if one.role == Role::Reference { self.uses } else { self.origins };
        role && one.name.kind.meets(self.kind)
    }
}

impl Read<'_> {
    /// Whether one of these stacks reads it.
    fn is_of(&self, stacks: &BTreeSet<usize>) -> bool {
        self.stacks.iter().any(|stack| stacks.contains(stack))
    }
}

/// Whether a statement for DVIPAs names it.
fn is_dynamic(one: &Occurrence) -> bool {
    super::statement(one.operand).is_some_and(|name| name.starts_with("VIPA"))
}

impl<'m> List<'m> {
    /// The next one that fits. Those before it are done with.
    fn next(&mut self, fits: &dyn Fn(&Mention) -> bool) -> Option<&'m Mention> {
        let past = self.rest.iter().take_while(|one| !fits(one)).count();
        self.rest = self.rest.get(past..).unwrap_or_default();
        self.rest.first()
    }
}

/// Which names are asked for.
#[derive(Clone, Copy)]
enum Which<'n> {
    One(&'n Name, &'n dyn Fn(Role) -> bool),
    All(&'n dyn Fn(&Name, Role) -> bool),
    At(u32),
}

impl Snapshot {
    /// The names in a file, in the order of the text. A name built with system symbols is there once for each value.
    #[must_use]
    pub fn names_in(&self, file: &str) -> Vec<Found> {
        let mut found = self.found(Which::All(&|_, _| true), Some(file), None);
        sort(&mut found);
        found
    }

    /// The names at a byte of a file, or just before it; the shortest first.
    #[must_use]
    pub fn names_at(&self, file: &str, offset: u32) -> Vec<Found> {
        let mut found = self.found(Which::At(offset), Some(file), None);
        sort(&mut found);
        // Of two words that meet at the byte, the one that begins there.
        if found.iter().any(|name| name.end() > offset) {
            found.retain(|name| name.end() > offset);
        }
        found.sort_by_key(|name| name.end() - name.start());
        found
    }

    /// The same name everywhere: definitions first, then declarations, then uses. Devices, links and interfaces are looked for on
    /// the stacks of `from` and on those that share a file of theirs with the name in it, as each stack has names of its own; all
    /// else in the whole sysplex.
    #[must_use]
    pub fn names_like(&self, from: &Found) -> Vec<Found> {
        self.like(from, &|_| true)
    }

    /// The definitions among [`Self::names_like`].
    #[must_use]
    pub fn definitions_like(&self, from: &Found) -> Vec<Found> {
        self.like(from, &|role| role == Role::Definition)
    }

    fn like(&self, from: &Found, fits: &dyn Fn(Role) -> bool) -> Vec<Found> {
        let mut found = if from.name.kind.is_local() {
            self.local(&from.name, &from.stacks, fits)
        } else {
            self.found(Which::One(&from.name, fits), None, None)
        };
        sort(&mut found);
        found.sort_by_key(|name| name.role);
        found
    }

    /// The occurrences of a name in the whole sysplex, in the order of files and text.
    #[must_use]
    pub fn names_of(&self, name: &Name) -> Vec<Found> {
        let mut found = self.found(Which::One(name, &|_| true), None, None);
        sort(&mut found);
        found
    }

    /// The occurrences that fit, of some stacks or of all, in the order of files and text.
    #[must_use]
    pub fn names_that(&self, fits: &dyn Fn(&Name, Role) -> bool, stacks: Option<&[String]>) -> Vec<Found> {
        let mut found = self.found(Which::All(fits), None, stacks);
        sort(&mut found);
        found
    }

    /// The first of the names sought that fit and begin with some letters, of some stacks or of all, by their text: what is done with each that says most of
    /// it, and the stacks that do so. At most `most` of them; whether there are more.
    #[must_use]
    pub fn mentions(
        &self,
        sought: Sought,
        fits: &dyn Fn(&Mention) -> bool,
        stacks: Option<&[String]>,
        begin: &str,
        most: usize,
    ) -> (Vec<Mentioned>, bool) {
        let begin = begin.to_ascii_uppercase();
        let described = self.mentions_described();
        let mut lists = self.mention_lists(sought, stacks, &described);
        let fits = &|one: &Mention| sought.has(one) && fits(one);
        lists.iter_mut().for_each(|list| {
            let before = list.rest.partition_point(|one| *one.name.text < *begin);
            list.rest = list.rest.get(before..).unwrap_or_default();
        });
        let mut found: Vec<Mentioned> = Vec::new();
        loop {
            // Files have thousands of names; of most only the first is looked at.
            let firsts = lists.iter_mut().filter_map(|list| list.next(fits));
            let Some(text) = firsts.map(|one| &one.name.text).min().filter(|text| text.starts_with(&*begin))
            else {
                return (found, false);
            };
            if found.len() == most {
                return (found, true);
            }
            let mut best: Option<(&Mention, Path<'_>, Vec<String>)> = None;
            for list in &mut lists {
                while let Some(one) = list.next(fits).filter(|one| one.name.text == *text) {
                    list.rest = list.rest.get(1..).unwrap_or_default();
                    match &mut best {
                        Some((known, path, on)) if known.role == one.role && *path == list.path => {
                            let more = list.on.iter().filter(|stack| !on.contains(stack)).cloned();
                            let more: Vec<String> = more.collect();
                            on.extend(more);
                        }
                        Some((known, ..)) if known.role <= one.role => {}
                        Some(_) | None => best = Some((one, list.path, list.on.to_vec())),
                    }
                }
            }
            found.extend(best.map(|(one, _, on)| (one.clone(), on.into())));
        }
    }

    /// The names of each file by their text, files in order, `sysplex.toml` last.
    fn mention_lists<'m>(
        &'m self,
        sought: Sought,
        stacks: Option<&[String]>,
        described: &'m [Mentioned],
    ) -> Vec<List<'m>> {
        let inputs = self.inputs();
        let names: Vec<String> = inputs.iter().map(|input| input.setup(&self.db).name.clone()).collect();
        let mut lists = Vec::new();
        for read in self.readings(&inputs, None) {
            let on: Arc<[String]> =
                read.stacks.iter().filter_map(|stack| names.get(*stack).cloned()).collect();
            if stacks.is_some_and(|stacks| !on.iter().any(|stack| stacks.contains(stack))) {
                continue;
            }
            let path = Path(Some(read.file.path(&self.db)));
            for shelf in SHELVES.into_iter().filter(|shelf| sought.on(*shelf)) {
                let rest = file_mentions(&self.db, read.file, read.inside, read.env, shelf);
                lists.push(List { rest, on: Arc::clone(&on), path });
            }
        }
        lists.sort_by_key(|list| list.path);
        lists.extend(described.iter().map(|(one, on)| List {
            rest: std::slice::from_ref(one),
            on: Arc::clone(on),
            path: Path(None),
        }));
        lists
    }

    /// Those of `sysplex.toml`, each with its stacks.
    fn mentions_described(&self) -> Vec<Mentioned> {
        let Some((_, _, source)) = &self.toml else { return Vec::new() };
        let everywhere: Arc<[String]> = self.stacks().into();
        let all = described(&self.description, &source.text).into_iter();
        all.map(|one| {
            let on = one.stack.map_or_else(|| Arc::clone(&everywhere), |stack| Arc::from([stack]));
            (Mention { name: one.name, role: one.role, operand: None }, on)
        })
        .collect()
    }

    /// Has the names of every file found, for whoever asks next.
    pub fn warm(&self) {
        for read in self.readings(&self.inputs(), None) {
            for shelf in SHELVES {
                file_mentions(&self.db, read.file, read.inside, read.env, shelf);
            }
        }
        self.warm_jobs();
    }

    /// Has what others see of the first stack that reads a file found, without letting anybody go first: a question about the file will wait for
    /// it once it has looked at the names.
    pub fn ahead(&self, file: &str) {
        let Some(known) = self.files.get(file) else { return };
        if let Some(input) = self.inputs().into_iter().find(|input| self.reads_file(*input, *known)) {
            summary(&self.db, input);
        }
    }

    /// The stacks that read a file; all for `sysplex.toml` and for files that take no part.
    #[must_use]
    pub fn stacks_of(&self, file: &str) -> Vec<String> {
        let inputs = self.inputs();
        let known = self.files.get(file);
        let name = |input: &StackInput| input.setup(&self.db).name.clone();
        let reading = |input: &&StackInput| known.is_none_or(|known| self.reads_file(**input, *known));
        inputs.iter().filter(reading).map(name).collect()
    }

    fn reads_file(&self, input: StackInput, file: SourceFile) -> bool {
        reads(&self.db, input).iter().any(|(read, _)| *read == file)
    }

    /// A name of a device, link or interface, and whoever shares it.
    fn local(&self, name: &Name, stacks: &[String], fits: &dyn Fn(Role) -> bool) -> Vec<Found> {
        let inputs = self.inputs();
        let names: Vec<&str> = inputs.iter().map(|input| input.setup(&self.db).name.as_str()).collect();
        let asked =
            |stack: &&usize| names.get(**stack).is_some_and(|name| stacks.iter().any(|one| one == name));
        let own: BTreeSet<usize> = (0..names.len()).filter(|stack| asked(&stack)).collect();
        let readings = self.readings(&inputs, None);
        let (mut known, mut shared) = (own.clone(), BTreeSet::new());
        loop {
            let before = known.len();
            for (read, number) in readings.iter().zip(0..) {
                if !read.is_of(&known) || shared.contains(&number) {
                    continue;
                }
                let mut places = self.names_read(read).of(name).peekable();
                if places.peek().is_some() {
                    known.extend(&read.stacks);
                    shared.insert(number);
                }
                // An IPv6 DVIPA has one interface name in the sysplex.
                if read.is_of(&own) && places.any(|(_, _, one)| is_dynamic(one)) {
                    return self.found(Which::One(name, fits), None, None);
                }
            }
            if known.len() == before {
                break;
            }
        }
        let mut found = Vec::new();
        for read in shared.into_iter().filter_map(|number: usize| readings.get(number)) {
            let stacks = read.stacks.iter().filter_map(|stack| names.get(*stack));
            let stacks: Arc<[String]> = stacks.map(|name| (*name).to_owned()).collect();
            let mut to = Finder { snapshot: self, read, stacks: &stacks, found: &mut found };
            let places = self.names_read(read).of(name);
            places.filter(|(_, _, one)| fits(one.role)).for_each(|place| to.add(place));
        }
        found
    }

    fn names_read<'m>(&'m self, read: &Read<'m>) -> &'m FileNames {
        file_names(&self.db, read.file, read.inside, read.env)
    }

    fn found(&self, which: Which<'_>, file: Option<&str>, stacks: Option<&[String]>) -> Vec<Found> {
        let inputs = self.inputs();
        let names: Vec<String> = inputs.iter().map(|input| input.setup(&self.db).name.clone()).collect();
        let mut found = Vec::new();
        for read in self.readings(&inputs, file) {
            let of_read: Arc<[String]> =
                read.stacks.iter().filter_map(|stack| names.get(*stack).cloned()).collect();
            if stacks.is_some_and(|stacks| !of_read.iter().any(|stack| stacks.contains(stack))) {
                continue;
            }
            let list = || self.names_read(&read);
            let mut to = Finder { snapshot: self, read: &read, stacks: &of_read, found: &mut found };
            match which {
                Which::One(name, fits) => {
                    let places = list().of(name).filter(|(_, _, one)| fits(one.role));
                    places.for_each(|place| to.add(place));
                }
                Which::All(fits) => list()
                    .all()
                    .filter(|(_, _, occurrence)| fits(&occurrence.name, occurrence.role))
                    .for_each(|place| to.add(place)),
                Which::At(offset) => to.add_at(offset),
            }
        }
        self.found_described(which, file, &Arc::from(names), &mut found);
        found
    }

    fn found_described(
        &self,
        which: Which<'_>,
        file: Option<&str>,
        stacks: &Arc<[String]>,
        found: &mut Vec<Found>,
    ) {
        let Some((path, _, source)) = &self.toml else { return };
        if file.is_some_and(|file| file != path.as_ref()) {
            return;
        }
        let fits = |one: &Described| match which {
            Which::One(name, fits) => one.name.meets(name) && fits(one.role),
            Which::All(fits) => fits(&one.name, one.role),
            Which::At(offset) => one.span.start <= offset as usize && offset as usize <= one.span.end,
        };
        let offset = |at: usize| source.position(u32::try_from(at).unwrap_or(u32::MAX));
        for one in described(&self.description, &source.text).into_iter().filter(fits) {
            let place =
                Place { file: Arc::clone(path), start: offset(one.span.start), end: offset(one.span.end) };
            found.push(Found {
                name: one.name,
                role: one.role,
                written: one.written,
                operand: None,
                place,
                stacks: one.stack.map_or_else(|| Arc::clone(stacks), |stack| Arc::from([stack])),
            });
        }
    }

    /// Every file as the stacks read it: once for all that read it alike.
    fn readings(&self, inputs: &[StackInput], file: Option<&str>) -> Vec<Read<'_>> {
        let db = &self.db;
        let only = file.map(|file| self.files.get(file));
        let mut list: Vec<Read<'_>> = Vec::new();
        let mut known: BTreeMap<(u32, Option<StatementId>), Vec<usize>> = BTreeMap::new();
        for (number, input) in inputs.iter().enumerate() {
            for (file, inside) in reads(db, *input) {
                if only.is_some_and(|only| only != Some(file)) {
                    continue;
                }
                let env = file_env(db, *input, *file, *inside);
                let same = known.entry((file.no(db).0, *inside)).or_default();
                let alike = same.iter().find(|place| list.get(**place).is_some_and(|read| read.env == env));
                match alike.copied().and_then(|place| list.get_mut(place)) {
                    Some(read) => read.stacks.push(number),
                    None => {
                        same.push(list.len());
                        list.push(Read { file: *file, inside: *inside, env, stacks: vec![number] });
                    }
                }
            }
        }
        list
    }
}

struct Finder<'a, 'db> {
    snapshot: &'db Snapshot,
    read: &'a Read<'db>,
    stacks: &'a Arc<[String]>,
    found: &'a mut Vec<Found>,
}

impl Finder<'_, '_> {
    /// What stands at a byte or ends there. Only the names of the stretches around it are looked for.
    fn add_at(&mut self, offset: u32) {
        let db = &self.snapshot.db;
        let reads = reads_of(db, self.read.file, self.read.inside, self.read.env);
        for (read, number) in reads.iter().zip(0..) {
            let stretch = read.stretch(db);
            let (parts, base, starts) = (&stretch.stretch(db).parts, stretch.base(db), stretch.starts(db));
            let Some(last) = starts.last() else { continue };
            let length =
                parts.last().map_or(0, |part| u32::try_from(part.section.text.len()).unwrap_or(u32::MAX));
            if offset < base || base.saturating_add(*last).saturating_add(length) < offset {
                continue;
            }
            for (part, occurrence) in &stretch_names(db, *read).list {
                let start = base + starts.get(*part as usize).copied().unwrap_or(0);
                if (start + occurrence.span.start..=start + occurrence.span.end()).contains(&offset) {
                    self.add((number, *part, occurrence));
                }
            }
        }
    }
    fn add(&mut self, (stretch, part, occurrence): (u32, u32, &Occurrence)) {
        let db = &self.snapshot.db;
        let dialect = self.read.env.env(db).dialect;
        let stretches = sections(db, self.read.file, dialect, self.read.inside);
        let start = stretches
            .get(stretch as usize)
            .and_then(|stretch| Some(stretch.base(db) + stretch.starts(db).get(part as usize)?))
            .unwrap_or(0);
        let source = self.read.file.source(db);
        let span = occurrence.span;
        self.found.push(Found {
            name: occurrence.name.clone(),
            role: occurrence.role,
            written: occurrence.written,
            operand: occurrence.operand,
            place: Place {
                file: Arc::clone(self.read.file.path(db)),
                start: source.position(start + span.start),
                end: source.position(start + span.end()),
            },
            stacks: Arc::clone(self.stacks),
        });
    }
}

/// By file and place; what different blocks or symbols make of one place stands together, each value once with all its stacks.
fn sort(found: &mut Vec<Found>) {
    let key = |one: &Found| (Arc::clone(&one.place.file), one.start(), one.end(), one.name.clone(), one.role);
    found.sort_by_cached_key(key);
    found.dedup_by(|next, first| {
        let same = key(next) == key(first);
        if same {
            let more = next.stacks.iter().filter(|stack| !first.stacks.contains(stack));
            let more: Vec<String> = more.cloned().collect();
            if !more.is_empty() {
                first.stacks = first.stacks.iter().cloned().chain(more).collect();
            }
        }
        same
    });
}
