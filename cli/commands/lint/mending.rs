//! `--fix` and `--diff`: fixes applied in memory while the units are compiled, then written or shown.

use std::sync::Arc;

use analysis::mend::{self, Ask, Change, Layer, Outcome};
use compiler::Compiler;
use compiler::finding::Finding;
use compiler::system::System;

use crate::args::MendArgs;
use crate::exit::Exit;
use crate::inputs::Unit;
use crate::output::{self, diff, words};
use crate::paths::shorten;
use crate::shell::Shell;
use crate::trouble::Trouble;
use crate::world::Rewrite;

/// The files of a run with its fixes in front.
pub struct Mending<'s> {
    /// What the compiler reads.
    pub layer: Layer<'s>,
    unsafe_too: bool,
    outcome: Outcome,
}

impl<'s> Mending<'s> {
    /// Nothing mended yet; `None` when nothing is to be.
    pub fn new(args: &MendArgs, system: &'s dyn System) -> Option<Self> {
        args.wanted().then(|| Self {
            layer: Layer::new(system),
            unsafe_too: args.unsafe_fixes,
            outcome: Outcome::default(),
        })
    }

    /// Mends what a unit shows. The compiler has loaded it from the layer.
    pub fn unit(
        &mut self,
        compiler: &mut Compiler,
        unit: &Unit,
        wants: &dyn Fn(&Finding) -> bool,
        system: &dyn System,
    ) -> Result<(), Trouble> {
        let ask = Ask { unsafe_too: self.unsafe_too, wants };
        let done = mend::mend(compiler, &mut self.layer, &unit.request, &ask)
            .map_err(|error| Trouble::unreadable(error, system))?;
        for (rule, count) in done.fixed {
            *self.outcome.fixed.entry(rule).or_default() += count;
        }
        self.outcome.withdrawn.extend(done.withdrawn);
        self.outcome.unfinished |= done.unfinished;
        Ok(())
    }

    /// Writes the changed files, all or none.
    pub fn write(&self, left: usize, shell: &mut Shell<'_, '_>) -> Result<(), Trouble> {
        let changes = self.layer.changes();
        let rewrites: Vec<Rewrite<'_>> =
            changes.iter().map(|(path, Change { old, new, .. })| Rewrite { path, old, new }).collect();
        shell.files().replace_all(&rewrites)?;
        self.tell("Fixed", changes.len(), left, shell);
        Ok(())
    }

    /// Prints what would be changed. Ends with 1 if anything would.
    pub fn show(&self, left: usize, shell: &mut Shell<'_, '_>) -> Result<Exit, Trouble> {
        let changes = self.layer.changes();
        for (path, change) in &changes {
            let shown = shorten(path, shell.cwd());
            shell.print(diff::any(&shown, &change.before, &change.after.text).as_bytes())?;
        }
        self.tell("Would fix", changes.len(), left, shell);
        Ok(if changes.is_empty() { Exit::Clean } else { Exit::Findings })
    }

    fn tell(&self, verb: &str, files: usize, left: usize, shell: &mut Shell<'_, '_>) {
        for one in &self.outcome.withdrawn {
            let mut finding = one.finding.clone();
            let cwd = shell.cwd().to_owned();
            output::rename(&mut finding, &|file| -> Arc<str> { shorten(file, &cwd).into() });
            let (place, start) = (&finding.place, finding.place.start);
            shell.say(&format!(
                "note: {}:{}:{} [{}] is left: to {} was tried, and {}",
                place.file, start.record, start.column, finding.rule, one.title, one.why
            ));
        }
        if self.outcome.unfinished {
            shell.say(&format!(
                "note: after {} rounds there is still something to fix: fixes may undo each other; look at what is left",
                mend::ROUNDS
            ));
        }
        let count = self.outcome.count();
        let inside = if count == 0 { String::new() } else { format!(" in {}", words::count(files, "file")) };
        shell.say(&format!("{verb} {}{inside}, {left} left.", words::count(count, "finding")));
    }
}
