//! What a plan writes: the profile as it must become, and the way back.

use analysis::plan::{Aftermath, Plan};
use compiler::Snapshot;
use compiler::dataset::encode;
use compiler::source::SourceText;
use compiler::system::ReadError;

use crate::paths::tidy;
use crate::shell::Shell;
use crate::trouble::Trouble;

/// `--out-profile`: in the encoding and form of records of the first file of the profile. Whether one has gone to standard output.
pub(super) fn profiles(
    words: &[String],
    plan: &Plan,
    snapshot: &Snapshot,
    shell: &mut Shell<'_, '_>,
) -> Result<bool, Trouble> {
    let mut printed = false;
    for (stack, path) in named("--out-profile", words, plan)? {
        let first = stack.profile.files.first().and_then(|file| snapshot.source(file));
        let source = match first {
            Some(first) => first.changed(stack.profile.text.as_str()),
            None => SourceText::new(&stack.profile.text),
        };
        let bytes = encode(&source)
            .map_err(|error| Trouble::Write { path: path.clone(), reason: error.to_string() })?;
        printed |= write(&path, &bytes, shell)?;
        if !stack.profile.differs.is_empty() {
            let number = stack.profile.differs.len();
            let (points, them) = if number == 1 { ("point", "it") } else { ("points", "them") };
            shell.say(&format!(
                "note: a start from {} would still change {number} {points}; the plan lists {them}",
                called(&path)
            ));
        }
    }
    Ok(printed)
}

/// `--undo`: the first data set under the name given, a second one with `.2` behind its stem. Whether one has gone to standard output.
pub(super) fn undos(words: &[String], plan: &Plan, shell: &mut Shell<'_, '_>) -> Result<bool, Trouble> {
    let mut printed = false;
    for (stack, path) in named("--undo", words, plan)? {
        let undo = &stack.undo;
        if undo.data_sets.is_empty() {
            shell
                .say(&format!("note: nothing is to be taken back on {}; {path} is not written", stack.stack));
            continue;
        }
        if !undo.complete {
            let stays = match undo.remains.len() {
                1 => "1 point stays; the plan lists it".to_owned(),
                number => format!("{number} points stay; the plan lists them"),
            };
            shell.say(&format!("note: {} does not take all of it back: {stays}", called(&path)));
        }
        for (number, text) in undo.data_sets.iter().enumerate() {
            let path = if number == 0 { path.clone() } else { numbered(&path, number + 1) };
            printed |= write(&path, text.as_bytes(), shell)?;
            if number > 0 {
                let called = called(&path);
                shell.say(&format!("note: {called} is data set number {} of the way back", number + 1));
            }
        }
    }
    Ok(printed)
}

/// A path as a message names it.
fn called(path: &str) -> &str {
    if path == STDOUT { "what is printed" } else { path }
}

/// The path that stands for standard output.
const STDOUT: &str = "-";

/// `undo.obey` becomes `undo.2.obey`.
fn numbered(path: &str, number: usize) -> String {
    if path == STDOUT {
        return path.to_owned();
    }
    match path.rsplit_once('.') {
        Some((stem, suffix)) if !suffix.contains('/') => format!("{stem}.{number}.{suffix}"),
        Some(_) | None => format!("{path}.{number}"),
    }
}

/// Stacks with the files that words name: FILE where one stack changes, STACK=FILE for each of several.
fn named<'p>(
    option: &str,
    words: &[String],
    plan: &'p Plan,
) -> Result<Vec<(&'p Aftermath, String)>, Trouble> {
    let names: Vec<&str> = plan.stacks.iter().map(|one| one.stack.as_str()).collect();
    let one = |word: &String| {
        if let Some((stack, path)) = word.split_once('=')
            && let Some(found) = plan.stacks.iter().find(|one| one.stack.eq_ignore_ascii_case(stack))
        {
            return Ok((found, path.to_owned()));
        }
        match plan.stacks.as_slice() {
            [only] if !word.contains('=') => Ok((only, word.clone())),
            _ => Err(Trouble::Usage {
                what: format!("{option} {word} does not say for which stack"),
                help: match names.as_slice() {
                    [] => "no stack obeys anything here".to_owned(),
                    names => format!("write STACK=FILE; the stacks of this plan are {}", names.join(", ")),
                },
            }),
        }
    };
    words.iter().map(one).collect()
}

/// Writes a file, or to standard output: whether it was that.
fn write(path: &str, bytes: &[u8], shell: &mut Shell<'_, '_>) -> Result<bool, Trouble> {
    if path == STDOUT {
        shell.print(bytes)?;
        return Ok(true);
    }
    let failed = |error: ReadError| Trouble::Write { path: error.path, reason: error.reason };
    shell.files().write(&tidy(path), bytes).map_err(failed)?;
    Ok(false)
}
