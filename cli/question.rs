//! What every question to a sysplex begins with: its description, the compiled model, and the scenario before it.

use analysis::live::Live;
use analysis::obey::ObeyFiles;
use analysis::plan::Step;
use analysis::run::World;
use compiler::Snapshot;
use compiler::system::System;
use grammar::scenario::{self, LineKind, Scenario};

use crate::inputs;
use crate::live;
use crate::paths::tidy;
use crate::read;
use crate::shell::Shell;
use crate::sysplex::Sysplex;
use crate::trouble::Trouble;

/// A sysplex that can be asked, behind a scenario or not.
pub struct Question {
    /// Path of the description.
    pub description: String,
    sysplex: Sysplex,
    after: Option<(String, Scenario)>,
    live: Option<Live>,
}

impl Question {
    /// Loads the description, the profiles and the scenario.
    ///
    /// # Errors
    /// When there is no sysplex, or the scenario cannot be read.
    pub fn load(
        sysplex: Option<&str>,
        after: Option<&str>,
        shell: &mut Shell<'_, '_>,
    ) -> Result<Self, Trouble> {
        let description = inputs::description(sysplex, ".", shell.files(), shell.cwd())?;
        let sysplex = Sysplex::load(&description, shell)?;
        let system: &dyn System = shell.files();
        let after = match after {
            Some(path) => {
                inputs::kind_of(path, system)?;
                Some((path.to_owned(), scenario::parse(&read::text(&tidy(path), system)?)))
            }
            None => None,
        };
        Ok(Self { description, sysplex, after, live: None })
    }

    /// The same, beginning in the state that these captures show, where there are any.
    ///
    /// # Errors
    /// When one cannot be read, or none holds a report that can be used.
    pub fn with_live(mut self, captures: &[String], shell: &mut Shell<'_, '_>) -> Result<Self, Trouble> {
        if !captures.is_empty() {
            self.live = Some(live::load(captures, &self.sysplex.snapshot, shell)?);
        }
        Ok(self)
    }

    /// What was compiled.
    #[must_use]
    pub fn snapshot(&self) -> &Snapshot {
        &self.sysplex.snapshot
    }

    /// OBEYFILEs beside the scenario, else beside the description.
    fn obey_files<'a>(&'a self, files: &'a dyn System) -> ObeyFiles<'a> {
        let after = self.after.as_ref().map(|(path, _)| tidy(path));
        let near = after.as_deref().into_iter().chain([self.description.as_str()]);
        ObeyFiles::near(&self.sysplex.snapshot, files, near)
    }

    /// The OBEYFILEs that the scenario brings, in order. What cannot be had is told when the scenario is played.
    #[must_use]
    pub fn obeyed(&self, files: &dyn System) -> Vec<Step> {
        let obey = self.obey_files(files);
        let lines = self.after.iter().flat_map(|(_, scenario)| &scenario.lines);
        lines
            .filter_map(|line| {
                let LineKind::Event(scenario::Event::Obey { stack, file }) = &line.kind else { return None };
                let (path, source) = obey.found(&file.text).ok()?;
                Some(Step { stack: stack.text.clone(), path, source })
            })
            .collect()
    }

    /// Asks.
    pub fn ask<R>(
        &self,
        files: &dyn System,
        ask: impl FnOnce(&World<'_>, Option<(&str, &Scenario)>) -> R,
    ) -> R {
        let model = self.sysplex.snapshot.model();
        let obey = self.obey_files(files);
        let world = World {
            model: &model,
            addresses: &self.sysplex.addresses,
            obey: &obey,
            begin: self.live.as_ref().map(Live::begin),
        };
        ask(&world, self.after.as_ref().map(|(path, scenario)| (path.as_str(), scenario)))
    }
}
