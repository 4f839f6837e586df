//! The compiled state at one moment, and the questions to it.

use std::collections::BTreeMap;
use std::sync::Arc;

use grammar::description::StatementId;
use grammar::tree::Section;
use runtime_model::Assumption;

use crate::cluster::Cluster;
use crate::compared::Compared;
use crate::db::{self, Database, SourceFile, StackInput, World};
use crate::description::Description;
use crate::finding::{Finding, Place};
use crate::fold::Folded;
use crate::include::Brought;
use crate::levels::Levels;
use crate::mend::{self, Mender};
use crate::merge::Merged;
use crate::once::{Checked, Once, Wanted};
use crate::pace::Pace;
use crate::place::{At, FileNo};
use crate::places::Places;
use crate::report::Report;
use crate::running::Overlay;
use crate::source::SourceText;
use crate::summary::Summary;
use crate::{Settings, names, of_stack, parallel, rules, suppress};

/// The compiled state at one moment. Clones share what has been computed; each thread has its own clone.
#[derive(Clone)]
pub struct Snapshot {
    pub(crate) db: Database,
    pub(crate) files: Arc<BTreeMap<Arc<str>, SourceFile>>,
    pub(crate) toml: Option<(Arc<str>, FileNo, Arc<SourceText>)>,
    pub(crate) description: Arc<Description>,
    pub(crate) reports: Arc<[Report]>,
    pub(crate) settings: Arc<Settings>,
    pub(crate) once: Arc<Once>,
}

/// How files are read: at the top level, or inside of blocks and lists.
pub(crate) type Ways = BTreeMap<FileNo, Vec<Option<StatementId>>>;

/// A section, or several in a row that the parser gives as one, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParsedSection {
    /// Path of the file.
    pub file: Arc<str>,
    /// Its text.
    pub source: Arc<SourceText>,
    /// Byte offset of the section.
    pub start: u32,
    /// What the parser understood.
    pub section: Arc<Section>,
}

impl Snapshot {
    /// From now on others go first where this snapshot, or a clone of it, looks for findings.
    pub fn set_pace(&mut self, pace: Arc<Pace>) {
        self.db.set_pace(pace);
    }

    fn world(&self) -> Option<World> {
        World::try_get(&self.db)
    }

    pub(crate) fn inputs(&self) -> Vec<StackInput> {
        self.world().map_or_else(Vec::new, |world| world.stacks(&self.db).clone())
    }

    pub(crate) fn input(&self, stack: &str) -> Option<StackInput> {
        self.inputs().into_iter().find(|input| input.setup(&self.db).name.eq_ignore_ascii_case(stack))
    }

    /// The findings that the settings leave, at the levels that they give.
    #[must_use]
    pub fn findings(&self) -> Arc<[Finding]> {
        self.findings_over(&Overlay::default()).into()
    }

    pub(crate) fn levels(&self) -> Levels<'_> {
        let toml = self.toml.as_ref().map(|(path, _, _)| path.as_ref());
        Levels::new(&self.settings, &self.description, toml)
    }

    /// Whether the settings let a rule take part.
    #[must_use]
    pub fn is_on(&self, rule: &str) -> bool {
        self.levels().is_on(rule)
    }

    /// Every finding that no comment allows, sorted by file and place, once each with the stacks that it concerns, whatever the
    /// settings say of its rule.
    #[must_use]
    pub fn all_findings(&self) -> Vec<Finding> {
        self.assembled(&self.inputs(), Some(&Overlay::default()), None)
    }

    /// The findings that the settings leave, with what stacks hold by now in place of what their profiles gave them.
    pub(crate) fn findings_over(&self, over: &Overlay) -> Vec<Finding> {
        self.assembled(&self.inputs(), Some(over), Some(&self.levels()))
    }

    /// Findings out of reports about a data set that is no part of the sysplex.
    pub(crate) fn findings_from(&self, reports: &[Report], over: &Overlay) -> Vec<Finding> {
        let mut places = Places::new(self, &self.ways(), reports.iter());
        over.add_to(&mut places);
        let mut findings: Vec<Finding> =
            reports.iter().filter_map(|report| places.finding(report.clone())).collect();
        let allowances = over.allowances(self.description.dialect());
        suppress::apply(&mut findings, allowances, &self.described_stacks());
        findings.sort_by(|left, right| left.order().cmp(&right.order()));
        findings.dedup();
        let levels = self.levels();
        findings.into_iter().filter_map(|finding| levels.apply(finding)).collect()
    }

    /// What is wrong with one stack by itself, at the levels of the settings: what reading its profile and its own rules find. What others make of it
    /// takes longer; [`Self::findings`] has all. Empty for a stack that is not known.
    #[must_use]
    pub fn findings_of_stack(&self, stack: &str) -> Arc<[Finding]> {
        let Some(input) = self.input(stack) else { return Arc::from([]) };
        let own = self.assembled(&[input], None, Some(&self.levels()));
        // Whether a comment allows nothing, only all findings tell.
        own.into_iter().filter(|finding| finding.rule != rules::allow_unused::RULE.name).collect()
    }

    /// The findings of stacks; `whole` adds those of the sysplex, with what stacks hold by now. `levels` leaves some out.
    fn assembled(
        &self,
        inputs: &[StackInput],
        whole: Option<&Overlay>,
        levels: Option<&Levels<'_>>,
    ) -> Vec<Finding> {
        let nothing = Overlay::default();
        let over = whole.unwrap_or(&nothing);
        let whole = whole.is_some();
        // What was looked at as a stream has only the findings that the settings ask for, of what the profiles gave.
        let told =
            levels.is_some() && over.configs.is_empty() && self.once.wanted.is_some_and(Wanted::findings);
        let told = |input: StackInput| self.once.findings(input).filter(|_| told);
        if whole {
            // What comments allow is known when every stack is read; few of them name a rule that nobody asks for.
            let asked = levels.map(|levels| levels.asked(std::iter::empty()));
            let rules = of_stack::rules(|rule| asked.as_ref().is_none_or(|asked| asked.rule(rule)));
            self.read_all(&told, &rules);
        }
        let ways = self.ways_of(inputs);
        let allowances = self.allowances(&ways);
        let allowed = || allowances.iter().flat_map(suppress::Allowance::rules);
        let asked = levels.map(|levels| levels.asked(allowed()));
        let rule_asked = |rule: &'static str| asked.as_ref().is_none_or(|asked| asked.rule(rule));
        let stack_rules = of_stack::rules(rule_asked);
        let wanted = |report: &&Report| {
            asked.as_ref().is_none_or(|asked| asked.finding(report.rule, report.confidence))
        };
        let mut merged = Merged::default();
        let mut add = |report: Report| merged.add(report);
        if whole {
            self.reports.iter().filter(wanted).cloned().for_each(&mut add);
        }
        for input in inputs.iter().copied() {
            let name = &input.setup(&self.db).name;
            let mut brought: BTreeMap<FileNo, &Brought> = BTreeMap::new();
            for known in self.brought(input) {
                brought.entry(known.file).or_insert(known);
            }
            let held = over.configs.get(name).map(|config| {
                let mut reports = Vec::new();
                rules::check_stack(&rules::StackView { setup: input.setup(&self.db), config }, &mut reports);
                reports
            });
            let read: &[Report] = match told(input) {
                Some((checked, _)) => &checked.reports,
                None => &db::folded(&self.db, input).reports,
            };
            let by_rules = told(input).is_none() && held.is_none();
            let by_rules = by_rules.then(|| db::stack_findings(&self.db, input).reports(&stack_rules));
            for report in
                read.iter().chain(held.iter().flatten()).chain(by_rules.into_iter().flatten()).filter(wanted)
            {
                let mut report = report.clone().stack(name);
                let brought = brought.get(&report.at.section.file);
                for at in brought.iter().flat_map(|brought| brought.trail.iter().rev()) {
                    report = report.related(*at, "this INCLUDE brings it");
                }
                add(report);
            }
        }
        for file in self.files.values().filter(|file| whole || ways.contains_key(&file.no(&self.db))) {
            let looked = self.once.files.get(&file.no(&self.db));
            let found = looked.map_or_else(|| db::file_findings(&self.db, *file), |looked| &looked.reports);
            found.iter().filter(wanted).cloned().for_each(&mut add);
        }
        // Profiles without a description are no sysplex: nothing is known of what they are to each other.
        if let Some(world) = self.world().filter(|world| whole && world.setup(&self.db).described) {
            if over.configs.is_empty() {
                let once = inputs.iter().any(|input| told(*input).is_some());
                for found in self.compared(world, &rule_asked, once) {
                    found.iter().filter(wanted).cloned().for_each(&mut add);
                }
            } else {
                let mut reports = Vec::new();
                rules::check_cluster(&self.cluster_over(world, over), &mut reports);
                reports.into_iter().filter(|report| wanted(&report)).for_each(&mut add);
            }
        }
        self.db.let_others_first();
        let merged = merged.into_reports();
        let mut places = Places::new(self, &ways, merged.iter());
        over.add_to(&mut places);
        let mut findings: Vec<Finding> =
            merged.into_iter().filter_map(|report| places.finding(report)).collect();
        findings.retain(|finding| !self.rests_on_unknown_symbol(finding));
        suppress::apply(&mut findings, allowances, &self.described_stacks());
        findings.sort_by(|left, right| left.order().cmp(&right.order()));
        if let Some(levels) = levels {
            // Before they are mended: how a rule that is off would be mended, nobody asks.
            findings = findings.into_iter().filter_map(|finding| levels.apply(finding)).collect();
        }
        if !over.configs.is_empty() {
            // Fixes are for files that take part.
            return findings;
        }
        let mender = Mender::new(self, ways);
        for finding in findings.iter_mut().filter(|finding| finding.fixes.is_empty()) {
            let mend = rules::mend(finding.rule).unwrap_or(mend::suggested);
            finding.fixes.extend(mend(finding, &mender));
        }
        findings
    }

    /// All stacks together, some with what they hold by now.
    fn cluster_over(&self, world: World, over: &Overlay) -> Cluster {
        let summary = |input: &StackInput| match over.configs.get(&input.setup(&self.db).name) {
            Some(config) => Arc::new(Summary::new(input.setup(&self.db), config)),
            None => match self.once.findings(*input) {
                Some((_, summary)) => Arc::clone(summary),
                None => Arc::clone(db::summary(&self.db, *input)),
            },
        };
        let summaries = world.stacks(&self.db).iter().map(summary).collect();
        Cluster::new(Arc::clone(world.setup(&self.db)), summaries)
    }

    /// Has every stack looked at of which nothing has been told yet, several at a time: what is asked next is known.
    fn read_all<T>(&self, told: &dyn Fn(StackInput) -> Option<T>, asked: &[usize]) {
        let mut inputs = self.inputs();
        inputs.retain(|input| told(*input).is_none());
        parallel::each_unless_known(&self.db, self.settings.threads, inputs.len(), |db, number| {
            let before = db::folded_so_far();
            if let Some(input) = inputs.get(number) {
                db::stack_findings(db, *input).reports(asked).for_each(drop);
                db::summary(db, *input);
            }
            db::folded_so_far() > before
        });
    }

    /// What the rules for all stacks together find, in order; `once`: nothing of it stays in memory.
    fn compared(&self, world: World, asked: &dyn Fn(&'static str) -> bool, once: bool) -> Vec<Arc<[Report]>> {
        let of_all = |rule: &rules::Rule| match rule.check {
            rules::Check::Cluster(_) | rules::Check::Ports(_) => asked(rule.name),
            rules::Check::Syntax
            | rules::Check::Description
            | rules::Check::Fold
            | rules::Check::Stack(_) => false,
        };
        let all = rules::RULES.iter().zip(0..);
        let asked: Vec<usize> = all.filter(|((rule, _), _)| of_all(rule)).map(|(_, number)| number).collect();
        if once {
            let cluster = Arc::new(self.cluster_over(world, &Overlay::default()));
            return Compared::default().ask(&cluster, &asked, &self.db, self.settings.threads);
        }
        self.db.compared(world, &asked, self.settings.threads)
    }

    /// What INCLUDEs of a stack have brought.
    fn brought(&self, input: StackInput) -> &[Brought] {
        let checked: Option<&Checked> = self.once.stacks.get(&input);
        checked.map_or_else(|| &db::folded(&self.db, input).brought, |checked| &checked.brought)
    }

    /// The names of the stacks; empty without a description, as a lone profile may be that of others, too.
    pub(crate) fn described_stacks(&self) -> Vec<&str> {
        if self.toml.is_none() {
            return Vec::new();
        }
        self.description.stacks.iter().map(|stack| stack.name.value.as_str()).collect()
    }

    /// Whether a finding is about a word with a symbol whose value a lone profile does not tell: it may just be right.
    fn rests_on_unknown_symbol(&self, finding: &Finding) -> bool {
        if self.toml.is_some() || finding.rule == rules::symbol_unknown::RULE.name {
            return false;
        }
        let (from, to) = (finding.place.start.offset as usize, finding.place.end.offset as usize);
        let source = self.source(&finding.place.file);
        let word = source.as_ref().and_then(|source| source.text.get(from..to));
        word.is_some_and(|word| word.starts_with(|first| first != ';' && first != '\'') && word.contains('&'))
    }

    /// What comments in the profiles allow.
    fn allowances(&self, ways: &Ways) -> Vec<suppress::Allowance> {
        let dialect = self.description.dialect();
        let mut all = Vec::new();
        for (path, file) in self.files.iter() {
            if let Some(looked) = self.once.files.get(&file.no(&self.db)) {
                all.extend(looked.allowances.iter().cloned());
                continue;
            }
            if !db::allows(&self.db, *file) {
                continue;
            }
            let comments = db::comments(&self.db, *file, dialect);
            let mut statements = Vec::new();
            let way = ways.get(&file.no(&self.db)).and_then(|ways| ways.first()).copied().flatten();
            let stretches = db::sections(&self.db, *file, dialect, way).iter();
            for (part, start) in stretches.flat_map(|stretch| stretch.parts(&self.db)) {
                for stmt in &part.section.stmts {
                    statements.push((start + stmt.extent.start, start + stmt.extent.end()));
                }
            }
            let source = file.source(&self.db);
            let file =
                suppress::Commented { path: Arc::clone(path), source, comments, statements: &statements };
            all.extend(suppress::allowances(&file));
        }
        all
    }

    /// How each file that an INCLUDE brings is read: at the top level, or inside of blocks and lists. Others are read at the top level.
    pub(crate) fn ways(&self) -> Ways {
        self.ways_of(&self.inputs())
    }

    fn ways_of(&self, inputs: &[StackInput]) -> Ways {
        let mut ways = Ways::new();
        for file in inputs.iter().flat_map(|input| input.profiles(&self.db)) {
            ways.entry(file.no(&self.db)).or_insert_with(|| vec![None]);
        }
        for input in inputs {
            for brought in self.brought(*input) {
                let known = ways.entry(brought.file).or_default();
                if !known.contains(&brought.inside) {
                    known.push(brought.inside);
                }
            }
        }
        ways
    }

    /// Records and columns of places in configurations; none for one that stands in no file.
    #[must_use]
    pub fn places(&self, ats: &[At]) -> Vec<Option<Place>> {
        let places = Places::of(self, &self.ways(), ats.iter());
        ats.iter().map(|at| places.place(*at)).collect()
    }

    /// Paths of all files that take part, sorted.
    #[must_use]
    pub fn files(&self) -> Vec<Arc<str>> {
        let mut files: Vec<Arc<str>> = self.files.keys().cloned().collect();
        files.extend(self.toml.iter().map(|(path, _, _)| Arc::clone(path)));
        files.sort();
        files
    }

    /// Decoded text of `sysplex.toml`, where there is one.
    #[must_use]
    pub fn description_source(&self) -> Option<&SourceText> {
        self.toml.as_ref().map(|(_, _, source)| source.as_ref())
    }

    /// Decoded text of a file that takes part.
    #[must_use]
    pub fn source(&self, path: &str) -> Option<Arc<SourceText>> {
        if let Some((toml, _, source)) = &self.toml
            && toml.as_ref() == path
        {
            return Some(Arc::clone(source));
        }
        self.files.get(path).map(|file| Arc::clone(file.source(&self.db)))
    }

    /// Every profile and every member that one includes, as the parser read it, section by section, sorted by path.
    pub fn parsed(&self) -> impl Iterator<Item = ParsedSection> + '_ {
        let dialect = self.description.dialect();
        let ways = self.ways();
        self.files.iter().flat_map(move |(path, file)| {
            let source = file.source(&self.db);
            let way = ways.get(&file.no(&self.db)).and_then(|ways| ways.first()).copied().flatten();
            let stretches = db::sections(&self.db, *file, dialect, way).iter();
            stretches.flat_map(|stretch| stretch.parts(&self.db)).map(move |(part, start)| ParsedSection {
                file: Arc::clone(path),
                source: Arc::clone(source),
                start,
                section: Arc::clone(&part.section),
            })
        })
    }

    /// The section of a file in which a byte stands, else the last one before it, with where it starts. As the file is read where it is
    /// read first.
    #[must_use]
    pub fn section_at(&self, path: &str, offset: u32) -> Option<(u32, Arc<Section>)> {
        let file = self.files.get(path)?;
        let way = self.inputs().iter().find_map(|input| {
            let mut reads = names::reads(&self.db, *input).iter();
            reads.find(|(read, _)| read == file).map(|(_, inside)| *inside)
        });
        let mut last = None;
        for stretch in db::sections(&self.db, *file, self.description.dialect(), way.flatten()) {
            if stretch.base(&self.db) > offset {
                break;
            }
            last = Some(stretch);
        }
        let stretch = last?;
        let (base, starts) = (stretch.base(&self.db), stretch.starts(&self.db));
        let index = starts.partition_point(|start| base + start <= offset).checked_sub(1)?;
        let part = stretch.stretch(&self.db).parts.get(index)?;
        Some((base + starts.get(index)?, Arc::clone(&part.section)))
    }

    /// Names of the stacks, in the order of the description.
    #[must_use]
    pub fn stacks(&self) -> Vec<String> {
        self.inputs().iter().map(|input| input.setup(&self.db).name.clone()).collect()
    }

    /// What a stack holds after its profile, with effects and console messages.
    #[must_use]
    pub fn folded(&self, stack: &str) -> Option<Arc<Folded>> {
        let input = self.input(stack)?;
        let kept = self.once.stacks.get(&input).and_then(|checked| checked.folded.as_ref());
        Some(Arc::clone(kept.unwrap_or_else(|| db::folded(&self.db, input))))
    }

    /// The lowered runtime model; empty before anything is loaded.
    #[must_use]
    pub fn model(&self) -> Arc<runtime_model::model::Model> {
        match self.world() {
            Some(world) => Arc::clone(db::model(&self.db, world)),
            None => Arc::new(runtime_model::model::Model {
                schema_version: runtime_model::model::SCHEMA_VERSION.to_owned(),
                sysplex: String::new(),
                tables: runtime_model::model::Tables::Product,
                structures: runtime_model::model::Structures::default(),
                assumptions: BTreeMap::new(),
                stacks: Vec::new(),
                jobs: Vec::new(),
            }),
        }
    }

    /// The answer of the description to an assumption, else its first one.
    pub(crate) fn answer(&self, assumption: Assumption) -> &'static str {
        let said = self
            .description()
            .assumptions
            .iter()
            .find(|known| known.name.value == assumption.name())
            .and_then(|known| assumption.answer(&known.answer.value));
        said.or_else(|| assumption.answers().first().copied()).unwrap_or_default()
    }

    /// The description as read.
    #[must_use]
    pub fn description(&self) -> &Description {
        &self.description
    }
}

/// The names of all rules, for settings and completion.
#[must_use]
pub fn rule_names() -> Vec<&'static str> {
    rules::RULES.iter().map(|(rule, _)| rule.name).collect()
}

/// Whether a stack by itself finds all that a rule finds: see [`Snapshot::findings_of_stack`].
#[must_use]
pub fn of_one_stack(rule: &str) -> bool {
    let Some((rule, _)) = rules::rule(rule) else { return false };
    match rule.check {
        rules::Check::Syntax | rules::Check::Fold | rules::Check::Stack(_) => {
            rule.name != rules::allow_unused::RULE.name
        }
        rules::Check::Description | rules::Check::Cluster(_) | rules::Check::Ports(_) => false,
    }
}
