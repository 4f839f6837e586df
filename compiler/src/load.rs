//! Which files a sysplex has, and which of them has changed.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;
use std::sync::{Arc, Mutex};

use grammar::description::StatementId;
use grammar::tree::Span;
use runtime_model::model::JobModel;
use rustc_hash::{FxHashMap, FxHashSet};
use salsa::{Durability, Setter as _};

use crate::dataset::{DecodeOptions, decode_owned, decode_text};
use crate::db::{self, Database, SourceFile, StackInput, World};
use crate::description::{self, Description, Spanned, StackEntry, beside};
use crate::finding::Severity;
use crate::levels::Levels;
use crate::once::{self, Checked, Once, Wanted};
use crate::place::{At, FileNo, SectionKey};
use crate::report::Report;
use crate::setup::{PlexSetup, StackSetup};
use crate::source::SourceText;
use crate::system::{PathKind, ReadError, System};
use crate::{Dialect, Request, Settings, parallel, rules};

/// The files and what the description says of them.
#[derive(Default)]
pub(crate) struct Loaded {
    /// Every file by path.
    pub files: BTreeMap<Arc<str>, SourceFile>,
    /// Texts of open documents.
    pub overlays: BTreeMap<String, String>,
    /// The description, and its text.
    pub description: Arc<Description>,
    /// `sysplex.toml`, as a file with places.
    pub toml: Option<(Arc<str>, FileNo, Arc<SourceText>)>,
    /// Mistakes in the description.
    pub reports: Vec<Report>,
    /// The description as it is written, before settings change it, and its mistakes.
    described: Option<(Arc<SourceText>, Description, Vec<description::DescriptionFinding>)>,
    stacks: BTreeMap<String, StackInput>,
    /// What was looked at as a stream.
    pub once: Arc<Once>,
    /// Paths that this load has read.
    fresh: BTreeSet<String>,
    numbers: u32,
}

/// Which files are read again.
pub(crate) enum Changed {
    /// All.
    All,
    /// These.
    Only(BTreeSet<String>),
}

impl Changed {
    fn has(&self, path: &str) -> bool {
        match self {
            Self::All => true,
            Self::Only(paths) => paths.contains(path),
        }
    }

    fn any(&self, fits: impl Fn(&str) -> bool) -> bool {
        match self {
            Self::All => true,
            Self::Only(paths) => paths.iter().any(|path| fits(path)),
        }
    }
}

/// How files are read.
struct Read<'r> {
    system: &'r dyn System,
    changed: &'r Changed,
    options: &'r DecodeOptions,
}

impl Loaded {
    /// Reads everything of a request, or again what has changed. Files that are as before keep what is known of them.
    pub fn load(
        &mut self,
        db: &mut Database,
        system: &dyn System,
        request: &Request,
        settings: &Settings,
        changed: &Changed,
        once: Option<Wanted>,
    ) -> Result<(), ReadError> {
        self.fresh.clear();
        let mut description = match &request.sysplex {
            Some(path) => self.read_description(system, path, changed)?,
            None => {
                self.reports.clear();
                self.toml = None;
                lone(&request.profiles)
            }
        };
        if let Some(dialect) = settings.dialect {
            description.sysplex.dialect = Some(Spanned::new(dialect, 0..0));
        }
        if let Some(release) = settings.release.as_deref().and_then(description::Release::parse) {
            description.sysplex.release = Some(Spanned::new(release, 0..0));
            for stack in &mut description.stacks {
                stack.release = None;
            }
        }
        if let Some(encoding) = settings.encoding {
            description.files.encoding = Some(Spanned::new(encoding, 0..0));
        }
        if let Some(records) = settings.records {
            description.files.records = Some(Spanned::new(records, 0..0));
        }
        let options = description.files.decode_options();
        let read = Read { system, changed, options: &options };
        let mut inputs = Vec::new();
        for stack in &description.stacks {
            inputs.push(self.stack(db, &read, &description, stack)?);
        }
        self.stacks.retain(|_, input| inputs.contains(input));
        self.description = Arc::new(description);
        let setup = Arc::new(self.plex());
        match World::try_get(db) {
            None => {
                let _ = World::builder(setup, inputs).durability(Durability::HIGH).new(db);
            }
            Some(world) => {
                if world.setup(db) != &setup {
                    world.set_setup(db).to(setup);
                }
                if world.stacks(db) != &inputs {
                    world.set_stacks(db).to(inputs);
                }
            }
        }
        let mut stacks: Vec<StackInput> = self.stacks.values().copied().collect();
        self.once = Arc::default();
        if let Some(wanted) = once {
            stacks = self.look_once(db, &read, request, settings, wanted);
        }
        // Every stack is read, several at a time; what follows finds it read. After an edit there is too little to do for that.
        let threads = if matches!(changed, Changed::All) { settings.threads } else { 1 };
        parallel::each(db, threads, stacks.len(), |db, number| {
            if let Some(stack) = stacks.get(number) {
                for file in stack.profiles(db) {
                    db::included(db, *stack, *file, None);
                }
            }
        });
        for stack in stacks {
            let profiles = stack.profiles(db).iter().map(|file| (*file, None)).collect();
            self.follow_includes(db, &read, request, stack, Vec::new(), profiles);
        }
        // What no stack reads any more takes no part.
        let mut used: FxHashSet<SourceFile> = FxHashSet::default();
        for stack in self.stacks.values() {
            used.extend(stack.profiles(db).iter().copied());
            used.extend(stack.includes(db).values().flatten().copied());
        }
        self.files.retain(|_, file| used.contains(file));
        Ok(())
    }

    /// Looks at stacks as streams, several at a time; the others are given back.
    fn look_once(
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

    fn number(&mut self) -> FileNo {
        self.numbers += 1;
        FileNo(self.numbers)
    }

    fn read_description(
        &mut self,
        system: &dyn System,
        path: &str,
        changed: &Changed,
    ) -> Result<Description, ReadError> {
        let source = match &self.toml {
            Some((known, _, source)) if known.as_ref() == path && !changed.has(path) => Arc::clone(source),
            Some(_) | None => self.text(system, path, &DecodeOptions::default())?,
        };
        self.reports.clear();
        let no = match &self.toml {
            Some((known, no, _)) if known.as_ref() == path => *no,
            Some(_) | None => self.number(),
        };
        let known = self.described.take().filter(|(known, ..)| Arc::ptr_eq(known, &source));
        let (_, description, findings) = known.unwrap_or_else(|| {
            let (description, findings) = Description::parse(&source.text);
            (Arc::clone(&source), description, findings)
        });
        self.described = Some((Arc::clone(&source), description.clone(), findings.clone()));
        self.toml = Some((Arc::from(path), no, source));
        for finding in findings {
            let Some(rule) = rules::rule(finding.rule) else { continue };
            let place = |span: &std::ops::Range<usize>| toml_place(no, span);
            let mut report = Report::new(rule.0, place(&finding.span), finding.message);
            report.notes = finding.notes;
            for (message, span) in &finding.related {
                report = report.related(place(span), message.clone());
            }
            self.reports.push(report);
        }
        let place = |span: &std::ops::Range<usize>| toml_place(no, span);
        self.reports.extend(rules::structures_without_recovery::check(&description, place));
        Ok(description)
    }

    /// The text of a path: the open document, else the file.
    fn text(
        &self,
        system: &dyn System,
        path: &str,
        options: &DecodeOptions,
    ) -> Result<Arc<SourceText>, ReadError> {
        if let Some(text) = self.overlays.get(path) {
            return Ok(Arc::new(decode_text(text)));
        }
        let bytes = system.read(path)?;
        decode_owned(bytes, options)
            .map(Arc::new)
            .map_err(|error| ReadError { path: path.to_owned(), reason: error.to_string() })
    }

    /// The file at a path, read again if it has changed.
    fn file(&mut self, db: &mut Database, read: &Read<'_>, path: &str) -> Result<SourceFile, ReadError> {
        if let Some(file) =
            self.files.get(path).filter(|_| self.fresh.contains(path) || !read.changed.has(path))
        {
            return Ok(*file);
        }
        let source = self.text(read.system, path, read.options);
        let source = match source {
            Ok(source) => source,
            Err(error) => {
                self.files.remove(path);
                return Err(error);
            }
        };
        self.fresh.insert(path.to_owned());
        let open = self.overlays.contains_key(path);
        if let Some(file) = self.files.get(path) {
            if file.source(db) != &source {
                db.set_source(*file, source, open);
            }
            return Ok(*file);
        }
        let no = self.number();
        let key: Arc<str> = Arc::from(path);
        let file = db.add_source(no, Arc::clone(&key), source, open);
        self.files.insert(key, file);
        Ok(file)
    }

    fn stack(
        &mut self,
        db: &mut Database,
        read: &Read<'_>,
        description: &Description,
        stack: &StackEntry,
    ) -> Result<StackInput, ReadError> {
        let mut profiles = Vec::new();
        let toml = self.toml.as_ref().map(|(path, no, _)| (Arc::clone(path), *no));
        for profile in &stack.profiles {
            let Some((toml, no)) = &toml else {
                profiles.push(self.file(db, read, &profile.value)?);
                continue;
            };
            let path = beside(toml, &profile.value);
            match self.file(db, read, &path) {
                Ok(file) => profiles.push(file),
                Err(error) => {
                    let at = toml_place(*no, &profile.span);
                    let message = format!(
                        "profile {} of {} cannot be read: {}",
                        profile.value, stack.name.value, error.reason
                    );
                    self.reports.push(
                        Report::new(&rules::profile_not_found::RULE, at, message)
                            .note(format!("looked for {path}; paths are relative to {toml}"))
                            .stack(&stack.name.value),
                    );
                }
            }
        }
        let setup = Arc::new(StackSetup {
            name: stack.name.value.clone(),
            job: stack.job.as_ref().map(|job| job.value.clone()),
            system: stack.system_name().to_owned(),
            cpc: stack.cpc.as_ref().map(|cpc| cpc.value.clone()),
            group: stack.xcf_group_name().to_owned(),
            release: description.release(stack),
            dialect: description.dialect(),
            symbols: description.symbols(stack),
            described: self.toml.is_some(),
            inaddrany: stack.inaddrany,
            jobs: description.jobs.iter().map(|job| job.name.value.clone()).collect(),
            security_label: stack.security_label.as_ref().map(|label| label.value.clone()),
            zone_labels: stack
                .zone_labels
                .iter()
                .map(|(zone, label)| (zone.value.clone(), label.value.clone()))
                .collect(),
            addresses: Arc::new(addresses(description)),
            at: toml.map_or(At::default(), |(_, no)| toml_place(no, &stack.span)),
            profile: profiles.first().map_or(At::default(), |file| toml_place(file.no(db), &(0..0))),
        });
        let input = match self.stacks.get(&setup.name) {
            None => {
                let input = StackInput::builder(Arc::clone(&setup), profiles, Arc::new(BTreeMap::new()))
                    .durability(Durability::HIGH)
                    .new(db);
                self.stacks.insert(setup.name.clone(), input);
                input
            }
            Some(input) => {
                if input.setup(db) != &setup {
                    input.set_setup(db).to(setup);
                }
                if input.profiles(db) != &profiles {
                    input.set_profiles(db).to(profiles);
                }
                *input
            }
        };
        Ok(input)
    }

    fn plex(&self) -> PlexSetup {
        let description = &self.description;
        let every = || description.stacks.iter().map(|stack| stack.name.value.clone()).collect::<Vec<_>>();
        PlexSetup {
            name: description.sysplex.name.as_ref().map_or(String::new(), |name| name.value.clone()),
            dialect: description.dialect(),
            structures: description.model.structures(description.dialect()),
            assumptions: description
                .assumptions
                .iter()
                .map(|assumption| (assumption.name.value.clone(), assumption.answer.value.clone()))
                .collect(),
            jobs: description
                .jobs
                .iter()
                .map(|job| JobModel {
                    name: job.name.value.clone(),
                    user: job.user.as_ref().map(|user| user.value.clone()),
                    stacks: if job.stacks.is_empty() {
                        every()
                    } else {
                        job.stacks.iter().map(|stack| stack.value.clone()).collect()
                    },
                })
                .collect(),
            described: self.toml.is_some(),
        }
    }

    /// Reads what is INCLUDEd, and what that INCLUDEs, until nothing is new. Each data set is looked at once for each block in which it is read,
    /// however often it is included. Begins with operands, each with its block, and with files as they are read.
    fn follow_includes(
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
    fn foresee_includes(&mut self, db: &mut Database, read: &Read<'_>, request: &Request, stack: StackInput) {
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

    /// Names of rules in the settings that do not exist.
    pub fn check_rule_names(&self) -> Vec<Report> {
        let Some((_, no, _)) = &self.toml else { return Vec::new() };
        let lint = &self.description.lint;
        let named = lint.rules.iter().map(|setting| &setting.rule);
        let ignored = lint.per_file.iter().flat_map(|entry| &entry.ignore);
        named
            .chain(ignored)
            .filter(|name| rules::rule(&name.value).is_none())
            .map(|name| {
                let at = toml_place(*no, &name.span);
                let report = Report::new(
                    &rules::sysplex_toml_value::RULE,
                    at,
                    format!("there is no rule {}", name.value),
                );
                let names = rules::RULES.iter().map(|(rule, _)| rule.name);
                match description::nearest(&name.value, names) {
                    Some(near) => report.note(format!("did you mean {near}?")),
                    None => report.note("`vipa explain --all` lists the rules"),
                }
            })
            .map(|mut report| {
                report.severity = Severity::Error;
                report
            })
            .collect()
    }
}

fn addresses(description: &Description) -> BTreeMap<String, IpAddr> {
    description.addresses.iter().map(|entry| (entry.name.value.clone(), entry.address.value)).collect()
}

fn toml_place(no: FileNo, span: &std::ops::Range<usize>) -> At {
    let start = u32::try_from(span.start).unwrap_or(u32::MAX);
    let len = u32::try_from(span.len()).unwrap_or(0);
    At { section: SectionKey::whole(no), span: Span { start, len } }
}

/// A description for profiles that have none: each is a stack of its own.
fn lone(profiles: &[String]) -> Description {
    let mut stacks: Vec<StackEntry> = Vec::new();
    for path in profiles {
        let file = path.rsplit('/').next().unwrap_or(path);
        let stem =
            file.split('.').next().filter(|stem| !stem.is_empty()).unwrap_or(file).to_ascii_uppercase();
        let taken = |name: &str| stacks.iter().any(|stack| stack.name.value == name);
        let name = if taken(&stem) { path.clone() } else { stem };
        stacks.push(StackEntry {
            name: Spanned::new(name, 0..0),
            profiles: vec![Spanned::new(path.clone(), 0..0)],
            ..StackEntry::default()
        });
    }
    Description { stacks, ..Description::default() }
}

impl Dialect {
    /// The same, for the parser.
    #[must_use]
    pub fn grammar(self) -> grammar::parse::Dialect {
        match self {
            Self::Zos => grammar::parse::Dialect::Zos,
            Self::Founding => grammar::parse::Dialect::Founding,
        }
    }
}
