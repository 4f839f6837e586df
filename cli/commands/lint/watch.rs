//! `--watch`: lints again whenever a file that takes part may have changed. The compiler stays, so that only what an edit
//! touches is done again.

use std::collections::{BTreeMap, BTreeSet};

use crate::args::LintArgs;
use crate::exit::Exit;
use crate::output::words;
use crate::paths::{folder_of, tidy};
use crate::shell::Shell;
use crate::trouble::Trouble;
use crate::world::Files;

/// Clears the screen and what has scrolled away, and goes to the top.
const CLEAR: &[u8] = b"\x1b[2J\x1b[3J\x1b[H";

/// Lints until nobody waits any more.
pub fn run(args: &LintArgs, shell: &mut Shell<'_, '_>) -> Result<Exit, Trouble> {
    let files = shell.files();
    let mut kept = super::Compilers::new();
    let mut watched: BTreeSet<String> =
        args.paths.iter().chain(&args.sysplex).map(|path| tidy(path)).collect();
    if watched.is_empty() {
        watched.insert(".".to_owned());
    }
    loop {
        if shell.on_a_terminal() {
            shell.print(CLEAR)?;
        }
        // Looked at before: what changes while it is read is seen as a change.
        let before = stamps(&watched, files);
        match super::lint(args, files, args.paths.clone(), &mut kept, shell) {
            Ok((_, taken)) => {
                watched = around(taken.iter().map(AsRef::as_ref));
                shell.finish()?;
            }
            // Somebody is in the middle of an edit; the next change may mend it.
            Err(trouble) => {
                shell.complain(&trouble);
            }
        }
        let after = stamps(&watched, files);
        let same = before.iter().all(|(path, stamp)| after.get(path).is_none_or(|now| now == stamp));
        shell.say(&format!("Watching {}; Ctrl-C ends it.", words::count(watched.len(), "path")));
        if same && !changed(after, &watched, files) {
            return Ok(Exit::Interrupted);
        }
    }
}

/// The files that took part, and the folders that they stand in, where others may come.
fn around<'p>(files: impl Iterator<Item = &'p str>) -> BTreeSet<String> {
    files.flat_map(|file| std::iter::once(file.to_owned()).chain(folder_of(file))).collect()
}

type Stamps = BTreeMap<String, Option<u64>>;

fn stamps(paths: &BTreeSet<String>, files: &dyn Files) -> Stamps {
    paths.iter().map(|path| (path.clone(), files.stamp(path))).collect()
}

/// Waits until something has changed, and then until nothing changes any more: editors write in several steps. False when
/// nobody waits.
fn changed(mut seen: Stamps, paths: &BTreeSet<String>, files: &dyn Files) -> bool {
    let mut moving = false;
    loop {
        if !files.wait() {
            return false;
        }
        let now = stamps(paths, files);
        if now == seen {
            if moving {
                return true;
            }
        } else {
            moving = true;
            seen = now;
        }
    }
}
