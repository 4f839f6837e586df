//! Captures of a running sysplex, from the command line to the model.

use std::ffi::OsString;

use analysis::live::{CaptureFile, Live, Observed, releases};
use compiler::Snapshot;
use compiler::system::{PathKind, System};

use crate::inputs;
use crate::paths::{join, tidy};
use crate::read;
use crate::shell::Shell;
use crate::trouble::Trouble;

/// Commands that take words of their own beside `--live`.
const WITH_WORDS: [&str; 5] = ["why", "run", "netstat", "plan", "init"];

/// The command line with one `--live=FILE` for each of the words behind `--live` that is a file, a folder, `-` or STACK=FILE. The
/// first word always is; the first one after it that is none, and what follows, is for the command again, where it takes words.
pub fn split(args: &[OsString], system: &dyn System) -> Vec<OsString> {
    if !args.iter().skip(1).any(|arg| WITH_WORDS.iter().any(|command| arg == command)) {
        return args.to_vec();
    }
    let is_there = |word: &str| {
        let path = word.split_once('=').map_or(word, |(_, path)| path);
        word == "-"
            || path == "-"
            || [word, path].iter().any(|path| system.kind(&tidy(path)) != PathKind::Nothing)
    };
    let mut out: Vec<OsString> = Vec::new();
    let mut words = args.iter().peekable();
    while let Some(arg) = words.next() {
        if arg != "--live" {
            out.push(arg.clone());
            continue;
        }
        let mut first = true;
        while let Some(word) = words.peek().and_then(|word| word.to_str()) {
            if (word.starts_with('-') && word != "-") || !(first || is_there(word)) {
                break;
            }
            out.push(OsString::from(format!("--live={word}")));
            first = false;
            words.next();
        }
        if first {
            out.push(arg.clone());
        }
    }
    out
}

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
        let paths = match inputs::kind_of(path, system).map_err(missing)? {
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

/// A capture that is not there.
fn missing(trouble: Trouble) -> Trouble {
    let Trouble::Missing { path, nearest } = trouble else { return trouble };
    Trouble::Question {
        what: format!("there is no file or folder named {path}, which --live would read captures from"),
        help: match nearest {
            Some(name) => format!("did you mean {name}?"),
            None => "--live takes every word up to the next option: what is no capture stands before it, or write --live=FILE \
                     for each file"
                .to_owned(),
        },
    }
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
