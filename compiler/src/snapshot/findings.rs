//! What there is to say about the sysplex: what reading, folding, the rules of one stack and those of all find, put together.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Snapshot, Ways};
use crate::cluster::Cluster;
use crate::compared::Compared;
use crate::db::{self, StackInput, World};
use crate::finding::Finding;
use crate::include::Brought;
use crate::levels::Levels;
use crate::mend::{self, Mender};
use crate::merge::Merged;
use crate::once::Wanted;
use crate::place::FileNo;
use crate::places::Places;
use crate::report::Report;
use crate::running::Overlay;
use crate::summary::Summary;
use crate::{of_stack, parallel, rules, suppress};

/// So many rules of one stack are asked before others are let go first again.
const RULES_AT_A_TIME: usize = 8;

impl Snapshot {
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
        if whole && self.once.wanted.is_none() {
            self.db.keep(inputs);
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
                // What the other stacks see, first: a question may wait for it.
                db::summary(db, *input);
                let found = db::stack_findings(db, *input);
                for rule in asked.chunks(RULES_AT_A_TIME) {
                    found.reports(rule).for_each(drop);
                    db.let_others_first();
                }
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
