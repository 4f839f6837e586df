//! Captures of a running sysplex, from the command line to the model.

use analysis::live::{CaptureFile, Live, Observed, releases};
use compiler::Snapshot;
use compiler::system::{PathKind, System};

use crate::inputs;
use crate::paths::{join, tidy};
use crate::read;
use crate::shell::Shell;
use crate::trouble::Trouble;

/// The texts that the words behind `--live` name: files, folders of files, `-` for standard input; `STACK=FILE` for a text
/// whose heads do not say, or say too little, whose it is.
///
/// # Errors
/// When a file cannot be read or is no text.
pub fn files(words: &[String], shell: &mut Shell<'_, '_>) -> Result<Vec<CaptureFile>, Trouble> {
    let mut found = Vec::new();
    for word in words {
        let system: &dyn System = shell.files();
        let given = word.split_once('=').filter(|_| system.kind(&tidy(word)) == PathKind::Nothing);
        let (stack, path) = match given {
            Some((stack, path)) => (Some(stack.to_owned()), path),
            None => (None, word.as_str()),
        };
        if path == "-" {
            let bytes = shell.read_stdin()?;
            found.push(CaptureFile {
                path: "-".to_owned(),
                stack,
                text: read::decoded("standard input", &bytes)?,
            });
            continue;
        }
        let tidied = tidy(path);
        let paths = match inputs::kind_of(path, system)? {
            PathKind::Folder => {
                let names = system.list(&tidied)?;
                let plain =
                    names.into_iter().filter(|(name, is_folder)| !is_folder && !name.starts_with('.'));
                plain.map(|(name, _)| join(&tidied, &name)).collect()
            }
            PathKind::File | PathKind::Nothing => vec![tidied],
        };
        for path in paths {
            let text = read::text(&path, system)?;
            found.push(CaptureFile { path, stack: stack.clone(), text });
        }
    }
    Ok(found)
}

/// Reads captures of the stacks of a sysplex and says what could not be used.
///
/// # Errors
/// When a file cannot be read, or there was no report that could be used.
pub fn observe(
    words: &[String],
    snapshot: &Snapshot,
    shell: &mut Shell<'_, '_>,
) -> Result<Observed, Trouble> {
    let files = files(words, shell)?;
    let observed = Observed::read(&snapshot.model(), &releases(snapshot.description()), &files);
    if observed.nothing() {
        return Err(Trouble::NoReport { why: observed.notes.join("\n") });
    }
    for note in &observed.notes {
        shell.say(&format!("note: {note}"));
    }
    Ok(observed)
}

/// The model in the state that captures show.
///
/// # Errors
/// As [`observe`].
pub fn load(words: &[String], snapshot: &Snapshot, shell: &mut Shell<'_, '_>) -> Result<Live, Trouble> {
    let live = Live::new(&snapshot.model(), observe(words, snapshot, shell)?);
    for note in &live.notes {
        shell.say(&format!("note: {note}"));
    }
    Ok(live)
}
