//! `vipa init`: a first `sysplex.toml` from the profiles of a folder.

use analysis::init::{self, Found};
use compiler::dataset::{DecodeOptions, FileKind, decode};
use compiler::system::{PathKind, System};

use crate::args::InitArgs;
use crate::exit::Exit;
use crate::inputs::{self, DESCRIPTION, MAX_DEPTH};
use crate::live;
use crate::output::words;
use crate::paths::{join, tidy};
use crate::shell::Shell;
use crate::trouble::Trouble;

/// Writes it, where none is.
///
/// # Errors
/// When there is a description, or no profile, or the folder cannot be read or written.
pub fn run(args: &InitArgs, shell: &mut Shell<'_, '_>) -> Result<Exit, Trouble> {
    let system: &dyn System = shell.files();
    let folder = tidy(&args.folder);
    if inputs::kind_of(&args.folder, system)? != PathKind::Folder {
        return Err(Trouble::Usage {
            what: format!("{} is a file", args.folder),
            help: "give the folder that holds the profiles".to_owned(),
        });
    }
    let path = join(&folder, DESCRIPTION);
    if system.kind(&path) != PathKind::Nothing {
        return Err(Trouble::Usage {
            what: format!("{path} is there already, and is left as it is"),
            help: "vipa init writes a first one only; move yours away to have another".to_owned(),
        });
    }
    let mut files = Vec::new();
    walk(&folder, "", 0, system, &mut files)?;
    let captures = live::files(&args.live, shell)?;
    let first =
        if captures.is_empty() { init::first(&files) } else { init::from_captures(&files, &captures) };
    if let Some(first) = &first
        && !captures.is_empty()
        && first.from_captures == 0
    {
        return Err(Trouble::NoReport { why: first.notes.join("\n") });
    }
    let Some(first) = first else {
        return Err(Trouble::NoProfiles {
            folder: if folder == "." { "the current folder".to_owned() } else { args.folder.clone() },
            help: "a profile is a text of TCP/IP statements, in a file whose name ends with .profile or has no ending"
                .to_owned(),
        });
    };
    shell
        .files()
        .write(&path, first.text.as_bytes())
        .map_err(|error| Trouble::Write { path: error.path, reason: error.reason })?;
    let stacks = words::count(first.stacks.len(), "stack");
    shell.say(&format!("{path}: {stacks} ({}).", first.stacks.join(", ")));
    for note in &first.notes {
        shell.say(&format!("note: {note}"));
    }
    if !first.without.is_empty() {
        shell.say(&format!("No profile was found for {}: put them where it says.", first.without.join(", ")));
    }
    if !first.missing.is_empty() {
        shell.say(&format!("No file was found for INCLUDE {}.", first.missing.join(", ")));
    }
    let lint = if folder == "." { "vipa lint".to_owned() } else { format!("vipa lint {folder}") };
    shell.say(&format!("Fill in what its comments ask for, then run {lint}."));
    Ok(Exit::Clean)
}

/// Every file of a folder, with paths relative to it. A folder with a description of its own is another sysplex.
fn walk(
    folder: &str,
    inside: &str,
    depth: usize,
    system: &dyn System,
    files: &mut Vec<Found>,
) -> Result<(), Trouble> {
    let names = system.list(folder)?;
    if names.iter().any(|(name, is_folder)| name == DESCRIPTION && !is_folder) {
        return Ok(());
    }
    for (name, is_folder) in names {
        if name.starts_with('.') {
            continue;
        }
        let path = join(folder, &name);
        let relative = if inside.is_empty() { name } else { format!("{inside}/{name}") };
        if is_folder {
            if depth < MAX_DEPTH {
                walk(&path, &relative, depth + 1, system, files)?;
            }
            continue;
        }
        let kind = inputs::kind_by_content(&path, DecodeOptions::default(), system);
        let text = match kind {
            FileKind::Profile | FileKind::Obeyfile | FileKind::Include => system
                .read(&path)
                .ok()
                .and_then(|bytes| decode(&bytes, &DecodeOptions::default()).ok())
                .map_or_else(String::new, |source| source.text.to_string()),
            FileKind::TcpipData | FileKind::Scenario | FileKind::Foreign => String::new(),
        };
        files.push(Found { path: relative, kind, text });
    }
    Ok(())
}
