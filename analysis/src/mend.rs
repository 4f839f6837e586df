//! `lint --fix`: the fixes of findings applied to the texts of a sysplex, in memory, and linted again.
//!
//! Fixes are taken in the order of their findings (file, place, rule), the first of each finding that may be applied. One that
//! touches what an earlier one has changed waits for the next round. After each round everything is linted again: a fix that
//! leaves its finding, or that makes an error that was not there, is withdrawn. Properties: the same input gives the same
//! texts; what is not edited stays byte for byte; every fix is applied in all its files or in none.

mod edits;
mod layer;

use std::collections::BTreeMap;
use std::sync::Arc;

use compiler::finding::{Applicability, Edit, Finding, Fix, Severity};
use compiler::source::SourceText;
use compiler::system::ReadError;
use compiler::{Compiler, Request};

pub use edits::apply;
pub use layer::{Change, Layer};

/// Rounds after which fixes that still find something to do are left: none needs as many unless fixes undo each other.
pub const ROUNDS: usize = 50;

/// What may be done.
pub struct Ask<'a> {
    /// Also what changes what the stack does.
    pub unsafe_too: bool,
    /// Which findings are meant, in the paths that the compiler uses.
    pub wants: &'a dyn Fn(&Finding) -> bool,
}

/// What was done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Findings mended, by rule.
    pub fixed: BTreeMap<&'static str, usize>,
    /// Fixes that did no good, in the order in which they were tried.
    pub withdrawn: Vec<Withdrawn>,
    /// Fixes were left after the last round.
    pub unfinished: bool,
}

impl Outcome {
    /// How many findings were mended.
    #[must_use]
    pub fn count(&self) -> usize {
        self.fixed.values().sum()
    }
}

/// A fix that was tried and taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withdrawn {
    /// The finding.
    pub finding: Finding,
    /// What the fix would have done, as an imperative.
    pub title: String,
    /// Why it was taken back, as a clause.
    pub why: String,
}

/// A finding by what it says; its place moves while other fixes are applied.
type Key = (&'static str, Arc<str>, String);

/// A fix with the findings that it is for: two may ask for the same edits.
#[derive(Clone, Debug)]
struct Pick {
    findings: Vec<Finding>,
    fix: Fix,
}

/// Applies fixes until none is left to apply. The compiler has loaded the request from the layer, and has at the end what the
/// layer then holds.
///
/// # Errors
/// When a file of the request cannot be read again.
pub fn mend(
    compiler: &mut Compiler,
    layer: &mut Layer<'_>,
    request: &Request,
    ask: &Ask<'_>,
) -> Result<Outcome, ReadError> {
    let mut work = Work { compiler, layer, request, outcome: Outcome::default() };
    for _ in 0..ROUNDS {
        let base = work.base();
        for (path, source) in &base.sources {
            work.layer.remember(path, source);
        }
        let picks = base.picks(ask, &work.outcome.withdrawn);
        if picks.is_empty() {
            return Ok(work.outcome);
        }
        let mut accepted = Vec::new();
        work.settle(&base, &mut accepted, picks)?;
        // The last that was tried may be one that was taken back.
        work.put(&base, &accepted)?.map_err(|why| ReadError { path: String::new(), reason: why })?;
        work.layer.keep();
        for pick in &accepted {
            for finding in &pick.findings {
                *work.outcome.fixed.entry(finding.rule).or_default() += 1;
            }
        }
    }
    work.outcome.unfinished = !work.base().picks(ask, &work.outcome.withdrawn).is_empty();
    Ok(work.outcome)
}

struct Work<'a, 's> {
    compiler: &'a mut Compiler,
    layer: &'a mut Layer<'s>,
    request: &'a Request,
    outcome: Outcome,
}

impl Work<'_, '_> {
    fn base(&self) -> Base {
        let snapshot = self.compiler.snapshot();
        let all = snapshot.all_findings();
        let shown = snapshot.findings();
        let mut sources = BTreeMap::new();
        for edit in shown.iter().flat_map(|finding| &finding.fixes).flat_map(|fix| &fix.edits) {
            let file = &edit.place.file;
            if !sources.contains_key(file)
                && let Some(source) = snapshot.source(file)
            {
                sources.insert(Arc::clone(file), source);
            }
        }
        Base { all: counted(&all, |_| true), errors: counted(&all, is_error), shown: shown.to_vec(), sources }
    }

    /// Takes of `picks` what does good on top of what is accepted: all, or else each half by itself.
    fn settle(
        &mut self,
        base: &Base,
        accepted: &mut Vec<Pick>,
        mut picks: Vec<Pick>,
    ) -> Result<(), ReadError> {
        if picks.is_empty() {
            return Ok(());
        }
        let before = accepted.len();
        accepted.append(&mut picks);
        let Err(why) = self.put(base, accepted)? else { return Ok(()) };
        picks = accepted.split_off(before);
        if let [only] = picks.as_slice() {
            if let Some(finding) = only.findings.first() {
                self.outcome.withdrawn.push(Withdrawn {
                    finding: finding.clone(),
                    title: only.fix.title.clone(),
                    why,
                });
            }
            return Ok(());
        }
        let second = picks.split_off(picks.len() / 2);
        self.settle(base, accepted, picks)?;
        self.settle(base, accepted, second)
    }

    /// Loads the texts with these fixes. Says why they are no good, if so.
    fn put(&mut self, base: &Base, picks: &[Pick]) -> Result<Result<(), String>, ReadError> {
        let texts = match base.texts(picks) {
            Ok(texts) => texts,
            Err(why) => return Ok(Err(why)),
        };
        if let Err(why) = self.layer.try_out(texts) {
            return Ok(Err(why));
        }
        self.compiler.load(self.layer, self.request)?;
        let now = self.compiler.snapshot().all_findings();
        Ok(base.judge(picks, &now))
    }
}

/// How things stand at the beginning of a round.
struct Base {
    all: BTreeMap<Key, usize>,
    errors: BTreeMap<Key, usize>,
    shown: Vec<Finding>,
    sources: BTreeMap<Arc<str>, Arc<SourceText>>,
}

impl Base {
    /// The fixes of this round, none touching another.
    fn picks(&self, ask: &Ask<'_>, withdrawn: &[Withdrawn]) -> Vec<Pick> {
        let mut picks: Vec<Pick> = Vec::new();
        // Starts and ends of what is taken, by file; they do not touch, so the one before an end tells.
        let mut taken: BTreeMap<Arc<str>, BTreeMap<u32, u32>> = BTreeMap::new();
        let mut first_edits: BTreeMap<Edit, usize> = BTreeMap::new();
        for finding in self.shown.iter().filter(|finding| (ask.wants)(finding)) {
            let tried = |fix: &Fix| {
                withdrawn.iter().any(|one| one.title == fix.title && key(&one.finding) == key(finding))
            };
            let allowed = |fix: &&Fix| match fix.applicability {
                Applicability::Safe => true,
                Applicability::Unsafe => ask.unsafe_too,
                Applicability::Display => false,
            };
            let Some((fix, first)) = finding
                .fixes
                .iter()
                .filter(allowed)
                .find(|fix| !tried(fix))
                .and_then(|fix| Some((fix, fix.edits.first()?)))
            else {
                continue;
            };
            let same = first_edits.get(first).and_then(|at| picks.get_mut(*at));
            if let Some(same) = same.filter(|pick| pick.fix.edits == fix.edits) {
                same.findings.push(finding.clone());
                continue;
            }
            let touches = |edit: &Edit| {
                let (start, end) = (edit.place.start.offset, edit.place.end.offset);
                let before = taken.get(&edit.place.file).and_then(|spans| spans.range(..=end).next_back());
                before.is_some_and(|(_, to)| start <= *to)
            };
            if fix.edits.iter().any(touches) {
                continue;
            }
            for edit in &fix.edits {
                let spans = taken.entry(Arc::clone(&edit.place.file)).or_default();
                spans.insert(edit.place.start.offset, edit.place.end.offset);
            }
            first_edits.insert(first.clone(), picks.len());
            picks.push(Pick { findings: vec![finding.clone()], fix: fix.clone() });
        }
        picks
    }

    /// The texts with these fixes, of the files that they change.
    fn texts(&self, picks: &[Pick]) -> Result<BTreeMap<Arc<str>, SourceText>, String> {
        let mut by_file: BTreeMap<&Arc<str>, Vec<&Edit>> = BTreeMap::new();
        for edit in picks.iter().flat_map(|pick| &pick.fix.edits) {
            by_file.entry(&edit.place.file).or_default().push(edit);
        }
        let mut texts = BTreeMap::new();
        for (file, edits) in by_file {
            let Some(source) = self.sources.get(file) else {
                return Err(format!("{file} is not at hand"));
            };
            texts.insert(Arc::clone(file), source.changed(edits::apply(source, edits)?));
        }
        Ok(texts)
    }

    /// Whether each finding is gone and no error has come.
    fn judge(&self, picks: &[Pick], now: &[Finding]) -> Result<(), String> {
        let errors = counted(now, is_error);
        for (key, count) in &errors {
            if self.errors.get(key).is_none_or(|before| before < count) {
                return Err(format!("it would make an error, {}: {}", key.0, key.2));
            }
        }
        let left = counted(now, |_| true);
        let mended = counted_keys(picks.iter().flat_map(|pick| &pick.findings));
        for (key, count) in mended {
            let before = self.all.get(&key).copied().unwrap_or(0);
            if left.get(&key).copied().unwrap_or(0) + count > before {
                return Err("it would leave what it is for".to_owned());
            }
        }
        Ok(())
    }
}

fn is_error(finding: &Finding) -> bool {
    finding.severity == Severity::Error
}

fn key(finding: &Finding) -> Key {
    (finding.rule, Arc::clone(&finding.place.file), finding.message.clone())
}

fn counted(findings: &[Finding], which: impl Fn(&Finding) -> bool) -> BTreeMap<Key, usize> {
    counted_keys(findings.iter().filter(|finding| which(finding)))
}

fn counted_keys<'f>(findings: impl Iterator<Item = &'f Finding>) -> BTreeMap<Key, usize> {
    let mut counts = BTreeMap::new();
    for finding in findings {
        *counts.entry(key(finding)).or_default() += 1;
    }
    counts
}
