//! A compiler that can be watched, held and broken. It has the real one's manners: a change waits until every view is
//! dropped, and makes the work on a view give up by unwinding.
//!
//! Its language: `profile = "FILE"` in a description and `INCLUDE FILE` in a profile name files; `SOURECEIPA` is a
//! mistake; `ECHO` finds the whole text; `BREAK CHECK`,
//! `BREAK CHANGE` and `BREAK ASK` fail.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use compiler::finding::{Confidence, Finding, Place, Related, Severity};
use compiler::source::SourceText;
use compiler::system::{ReadError, System};
use compiler::{Change, Request, Settings};

use crate::engine::{Engine, Factory, View};

/// What the tests see of it.
#[derive(Default)]
pub(super) struct Probe {
    /// Changes of any kind.
    pub(super) changes: AtomicUsize,
    /// Findings that were asked for.
    pub(super) checks: AtomicUsize,
    /// Questions of features.
    pub(super) questions: AtomicUsize,
    /// Those that gave up for a change.
    pub(super) given_up: AtomicUsize,
    /// Loads that were begun.
    pub(super) loads: AtomicUsize,
    held: Mutex<bool>,
    changes_held: Mutex<bool>,
    bell: Condvar,
}

impl Probe {
    /// From now on findings are not ready.
    pub(super) fn hold(&self) {
        *self.held.lock().unwrap() = true;
    }
    /// They are.
    pub(super) fn release(&self) {
        *self.held.lock().unwrap() = false;
        self.bell.notify_all();
    }
    /// From now on no change comes to an end: the owner is stuck in the next.
    pub(super) fn hold_changes(&self) {
        *self.changes_held.lock().unwrap() = true;
    }
    /// They do.
    pub(super) fn release_changes(&self) {
        *self.changes_held.lock().unwrap() = false;
    }
    /// Waits until as many findings have been asked for.
    pub(super) fn wait_for_checks(&self, count: usize) {
        wait_for(&self.checks, count);
    }
    /// Waits until features have asked as often.
    pub(super) fn wait_for_questions(&self, count: usize) {
        wait_for(&self.questions, count);
    }
    /// Waits until as many changes have begun.
    pub(super) fn wait_for_changes(&self, count: usize) {
        wait_for(&self.changes, count);
    }
}

fn wait_for(counter: &AtomicUsize, count: usize) {
    let end = Instant::now() + Duration::from_secs(20);
    while counter.load(Ordering::SeqCst) < count {
        assert!(Instant::now() < end, "waited for {count} in vain");
        std::thread::sleep(Duration::from_millis(1));
    }
}

pub(super) fn factory(probe: &Arc<Probe>) -> Factory {
    let probe = probe.clone();
    Box::new(move |settings| {
        Box::new(Fake {
            probe: probe.clone(),
            settings,
            root: Arc::from(""),
            texts: Arc::default(),
            overlays: BTreeMap::new(),
            views: Arc::new(()),
            wanted: Arc::new(AtomicBool::new(false)),
        })
    })
}

struct Fake {
    probe: Arc<Probe>,
    settings: Settings,
    root: Arc<str>,
    texts: Arc<BTreeMap<Arc<str>, Arc<SourceText>>>,
    /// Remembered also for files that take no part.
    overlays: BTreeMap<String, String>,
    /// One clone for each view.
    views: Arc<()>,
    /// A change is waiting.
    wanted: Arc<AtomicBool>,
}

impl Fake {
    fn change(&mut self, system: &dyn System, path: &str, text: Option<&str>) {
        self.probe.changes.fetch_add(1, Ordering::SeqCst);
        while *self.probe.changes_held.lock().unwrap() {
            std::thread::sleep(Duration::from_millis(1));
        }
        self.wanted.store(true, Ordering::SeqCst);
        self.probe.bell.notify_all();
        let end = Instant::now() + Duration::from_secs(5);
        while Arc::strong_count(&self.views) > 1 {
            assert!(Instant::now() < end, "somebody keeps a view");
            std::thread::yield_now();
        }
        self.wanted.store(false, Ordering::SeqCst);
        match text {
            Some(text) => self.overlays.insert(path.to_owned(), text.to_owned()),
            None => self.overlays.remove(path),
        };
        let text = self.read(system, path);
        assert!(!text.iter().any(|text| text.contains("BREAK CHANGE")), "broken by a change");
        let texts = Arc::make_mut(&mut self.texts);
        match text {
            Some(text) if texts.contains_key(path) => {
                texts.insert(path.into(), Arc::new(SourceText::new(text)));
            }
            Some(_) => {}
            None => {
                texts.remove(path);
            }
        }
        self.follow(system);
    }
    fn read(&self, system: &dyn System, path: &str) -> Option<String> {
        let read = || system.read(path).ok().map(|bytes| String::from_utf8(bytes).unwrap());
        self.overlays.get(path).cloned().or_else(read).map(|text| text.replace("\r\n", "\n"))
    }
    /// Only what is named, from the root on, takes part.
    fn follow(&mut self, system: &dyn System) {
        let mut texts: BTreeMap<Arc<str>, Arc<SourceText>> = BTreeMap::new();
        let mut todo: Vec<Arc<str>> = vec![self.root.clone()];
        while let Some(path) = todo.pop() {
            let known = self.texts.get(&path).cloned();
            let read = || self.read(system, &path).map(|text| Arc::new(SourceText::new(text)));
            let Some(source) = known.or_else(read) else { continue };
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
            for line in source.text.lines() {
                let name = line
                    .strip_prefix("profile = \"")
                    .and_then(|rest| rest.strip_suffix('"'))
                    .or_else(|| line.strip_prefix("INCLUDE "));
                let Some(name) = name else { continue };
                let path: Arc<str> = format!("{folder}/{name}").into();
                if !texts.contains_key(&path) {
                    todo.push(path);
                }
            }
            texts.insert(path, source);
        }
        self.texts = Arc::new(texts);
    }
}

impl Engine for Fake {
    fn load(&mut self, system: &dyn System, request: &Request) -> Result<(), ReadError> {
        self.probe.loads.fetch_add(1, Ordering::SeqCst);
        for path in request.sysplex.iter().chain(&request.profiles) {
            let text = String::from_utf8(system.read(path)?).unwrap();
            assert!(!text.contains("BREAK CHANGE"), "broken by a load");
            self.root = path.as_str().into();
            Arc::make_mut(&mut self.texts).insert(path.as_str().into(), Arc::new(SourceText::new(text)));
        }
        self.follow(system);
        Ok(())
    }
    fn update(&mut self, system: &dyn System, changes: &[Change<'_>]) {
        for change in changes {
            match *change {
                Change::Open { path, text } => self.change(system, path, Some(text)),
                Change::Closed { path } | Change::Disk { path } => self.change(system, path, None),
            }
        }
    }
    fn view(&self) -> Box<dyn View> {
        Box::new(FakeView {
            probe: self.probe.clone(),
            settings: self.settings.clone(),
            root: self.root.clone(),
            texts: self.texts.clone(),
            _alive: self.views.clone(),
            wanted: self.wanted.clone(),
        })
    }
}

struct FakeView {
    probe: Arc<Probe>,
    settings: Settings,
    root: Arc<str>,
    texts: Arc<BTreeMap<Arc<str>, Arc<SourceText>>>,
    _alive: Arc<()>,
    wanted: Arc<AtomicBool>,
}

impl FakeView {
    fn wait(&self) {
        let mut held = self.probe.held.lock().unwrap();
        while *held {
            held = self.probe.bell.wait_timeout(held, Duration::from_millis(1)).unwrap().0;
            if self.wanted.load(Ordering::SeqCst) {
                self.probe.given_up.fetch_add(1, Ordering::SeqCst);
                drop(held);
                std::panic::resume_unwind(Box::new("cancelled"));
            }
        }
    }
}

impl View for FakeView {
    fn findings(&self) -> Arc<[Finding]> {
        self.probe.checks.fetch_add(1, Ordering::SeqCst);
        self.wait();
        let mut findings = Vec::new();
        let root = self.texts.get(&*self.root).map(|text| Place {
            file: self.root.clone(),
            start: text.position(0),
            end: text.position(1),
        });
        for (path, text) in self.texts.iter() {
            assert!(!text.text.contains("BREAK CHECK"), "broken by a check");
            let mut find = |at: usize, length: usize, message: String| {
                let place = Place {
                    file: path.clone(),
                    start: text.position(at as u32),
                    end: text.position((at + length) as u32),
                };
                let related = root
                    .iter()
                    .filter(|root| root.file != *path)
                    .map(|root| Related { message: "described here".to_owned(), place: root.clone() })
                    .collect();
                findings.push(Finding {
                    rule: "unknown-statement",
                    severity: Severity::Error,
                    message,
                    message_id: None,
                    effect: None,
                    stacks: vec![],
                    place,
                    label: String::new(),
                    related,
                    notes: vec![],
                    fixes: vec![],
                    confidence: Confidence::Documented,
                    assumptions: vec![],
                });
            };
            for (at, word) in text.text.match_indices("SOURECEIPA") {
                let dialect =
                    self.settings.dialect.map_or(String::new(), |dialect| format!(" ({dialect:?})"));
                find(at, word.len(), format!("SOURECEIPA is no statement{dialect}"));
            }
            if text.text.starts_with("ECHO") {
                find(0, 4, text.text.to_string());
            }
        }
        findings.into()
    }
    fn files(&self) -> Vec<Arc<str>> {
        self.texts.keys().cloned().collect()
    }
    fn source(&self, path: &str) -> Option<Arc<SourceText>> {
        self.texts.get(path).cloned()
    }
    fn snapshot(&self) -> Option<&compiler::Snapshot> {
        self.probe.questions.fetch_add(1, Ordering::SeqCst);
        let broken = self.texts.values().any(|text| text.text.contains("BREAK ASK"));
        assert!(!broken, "broken by a question");
        self.wait();
        None
    }
}
