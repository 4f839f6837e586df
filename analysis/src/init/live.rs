//! Stacks out of captures: job names, systems, releases, and the servers that listen.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use compiler::description::Release;

use super::quoted;
use crate::capture::{self, Body};
use crate::live::CaptureFile;

/// A stack that runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Known {
    /// Its name in the description, unique.
    pub(super) name: String,
    /// Its job name.
    job: String,
    /// Its system, if told.
    system: Option<String>,
    /// Its release, if told.
    pub(super) release: Option<Release>,
}

/// What captures tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Running {
    /// The stacks, in the order in which they are first named.
    pub(super) stacks: Vec<Known>,
    /// Jobs that listen, with the names of their stacks.
    jobs: BTreeMap<String, BTreeSet<String>>,
    /// What could not be used, a line each.
    pub(super) notes: Vec<String>,
}

impl Running {
    /// Reads captures.
    pub(super) fn read(files: &[CaptureFile]) -> Self {
        let captures: Vec<_> = files.iter().map(|file| (file, capture::read(&file.text))).collect();
        let mut running = Self::default();
        let reports =
            || captures.iter().flat_map(|(file, capture)| capture.reports.iter().map(move |one| (file, one)));
        for (_, report) in reports() {
            if let Body::Sysplex(roles) = &report.body {
                for role in roles {
                    running.meet(&role.stack, Some(&role.system), None);
                }
            }
        }
        for (file, report) in reports() {
            let release = report.head.release.as_deref().and_then(Release::parse);
            match file.stack.as_ref().or(report.head.stack.as_ref()) {
                Some(job) => running.meet(job, report.head.system.as_deref(), release),
                None => running.notes.push(format!(
                    "{}:{}: no head says which stack the {} is from: give it as STACK=FILE",
                    file.path,
                    report.line,
                    report.body.name()
                )),
            }
        }
        for (file, capture) in &captures {
            if capture.reports.is_empty() {
                running.notes.push(format!("{}: no report in it", file.path));
            }
        }
        running.name();
        for (file, report) in reports() {
            let Body::Connections(rows) = &report.body else { continue };
            let Some(job) = file.stack.as_ref().or(report.head.stack.as_ref()) else { continue };
            let Some(place) = running.find(job, report.head.system.as_deref()) else { continue };
            let Some(stack) = running.stacks.get(place).map(|stack| stack.name.clone()) else { continue };
            for row in rows.iter().filter(|row| row.listens()) {
                running.jobs.entry(row.user.to_uppercase()).or_default().insert(stack.clone());
            }
        }
        running.jobs.retain(|job, _| super::guess::is_name(job));
        running
    }

    /// The stack of a job name and, where it is told, of a system.
    fn find(&self, job: &str, system: Option<&str>) -> Option<usize> {
        let mut fits = self.stacks.iter().enumerate().filter(|(_, stack)| {
            let named = stack.job.eq_ignore_ascii_case(job) || stack.name.eq_ignore_ascii_case(job);
            let here = match (system, &stack.system) {
                (Some(system), Some(known)) => known.eq_ignore_ascii_case(system),
                (Some(_) | None, _) => true,
            };
            named && here
        });
        let (place, _) = fits.next()?;
        fits.next().is_none().then_some(place)
    }

    fn meet(&mut self, job: &str, system: Option<&str>, release: Option<Release>) {
        let job = job.to_uppercase();
        let known = self.stacks.iter().any(|stack| stack.job == job);
        match self.find(&job, system) {
            Some(place) => {
                if let Some(stack) = self.stacks.get_mut(place) {
                    stack.release = stack.release.or(release);
                    stack.system = stack.system.clone().or_else(|| system.map(str::to_uppercase));
                }
            }
            // Several systems have the job, and which one is meant is not told.
            None if known && system.is_none() => self.notes.push(format!(
                "several systems have a stack {job}: give its reports as STACK=FILE once the description is there"
            )),
            None => self.stacks.push(Known {
                name: String::new(),
                job,
                system: system.map(str::to_uppercase),
                release,
            }),
        }
        self.notes.dedup();
    }

    /// A stack is called as its job, or as its system where several have the job.
    fn name(&mut self) {
        let mut times: BTreeMap<String, usize> = BTreeMap::new();
        for stack in &self.stacks {
            *times.entry(stack.job.clone()).or_default() += 1;
        }
        for stack in &mut self.stacks {
            let alone = times.get(&stack.job).is_none_or(|times| *times == 1);
            let system = stack.system.clone().filter(|_| !alone);
            stack.name = system.unwrap_or_else(|| stack.job.clone());
        }
    }

    /// The release that all stacks have.
    pub(super) fn release(&self) -> Option<Release> {
        let mut all = self.stacks.iter().map(|stack| stack.release);
        let first = all.next()??;
        all.all(|release| release == Some(first)).then_some(first)
    }

    /// The jobs as entries of the description.
    pub(super) fn jobs(&self, out: &mut String) {
        if self.jobs.is_empty() {
            return;
        }
        out.push_str("\n# What listens where, by NETSTAT CONN.\n");
        for (job, stacks) in &self.jobs {
            let stacks: Vec<String> = stacks.iter().map(|stack| quoted(stack)).collect();
            let _ = write!(out, "[[job]]\nname = {}\nstacks = [{}]\n\n", quoted(job), stacks.join(", "));
        }
    }
}

impl Known {
    /// The profile among these paths that is called like the stack, its job or its system.
    pub(super) fn profile<'p>(&self, paths: &[&'p str]) -> Option<&'p str> {
        let names = [Some(&self.name), self.system.as_ref(), Some(&self.job)];
        names.into_iter().flatten().find_map(|name| {
            let called = |path: &&&str| path.split(['/', '.']).any(|part| part.eq_ignore_ascii_case(name));
            let mut fits = paths.iter().filter(called);
            let first = fits.next()?;
            fits.next().is_none().then_some(*first)
        })
    }

    /// Its entry; without a profile it names one that is still to be put there.
    pub(super) fn entry(
        &self,
        out: &mut String,
        profile: Option<&str>,
        symbols: &BTreeSet<String>,
        common: Option<Release>,
    ) {
        let _ = write!(out, "\n[[stack]]\nname = {}\n", quoted(&self.name));
        if self.name != self.job {
            let _ = writeln!(
                out,
                "job = {}    # the job name, which stacks of several systems share",
                quoted(&self.job)
            );
        }
        match &self.system {
            Some(system) => {
                let _ = writeln!(out, "system = {}", quoted(system));
            }
            None => out.push_str("# system = \"\"      # the z/OS system that it runs on, for &SYSNAME\n"),
        }
        out.push_str("# cpc = \"\"         # the machine of that system\n");
        if let Some(release) = self.release.filter(|release| common != Some(*release)) {
            let _ = writeln!(out, "release = {}", quoted(&release.to_string()));
        }
        match profile {
            Some(path) => {
                let _ = writeln!(out, "profile = {}", quoted(path));
            }
            None => {
                let path = format!("{}.profile", self.name.to_lowercase());
                let _ = writeln!(out, "profile = {}   # its profile is still to be put here", quoted(&path));
            }
        }
        if !symbols.is_empty() {
            let list: Vec<String> = symbols.iter().map(|name| format!("{name} = \"\"")).collect();
            let _ = writeln!(out, "# symbols = {{ {} }}   # its text uses them", list.join(", "));
        }
    }
}
