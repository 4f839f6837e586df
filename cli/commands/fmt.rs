//! `vipa fmt`: profiles, OBEYFILE data sets and INCLUDE members in one form.

use compiler::dataset::{decode, encode, sequence_columns};
use compiler::source::SourceText;
use compiler::system::System;

use crate::args::FmtArgs;
use crate::exit::Exit;
use crate::output::{diff, words};
use crate::paths::tidy;
use crate::rewrite::{self, Descriptions, Manner};
use crate::shell::Shell;
use crate::trouble::Trouble;
use crate::world::Rewrite;

/// What standard input is called when nobody names it.
const STDIN: &str = "stdin.profile";

/// Formats what the arguments name. A file that cannot be done is named and left, and the others are done.
///
/// # Errors
/// When a path leads nowhere, or the arguments contradict each other.
pub fn run(args: &FmtArgs, shell: &mut Shell<'_, '_>) -> Result<Exit, Trouble> {
    let reads_stdin = args.paths.iter().any(|path| path == "-");
    let usage = |what: &str, help: &str| Err(Trouble::Usage { what: what.to_owned(), help: help.to_owned() });
    if reads_stdin && args.paths.len() > 1 {
        return usage("standard input is formatted alone", "give - and nothing else");
    }
    if args.stdin_name.is_some() && !reads_stdin {
        return usage("--stdin-name names standard input, and nothing reads it", "give - as the path");
    }
    let system: &dyn System = shell.files();
    let cwd = shell.cwd().to_owned();
    let mut descriptions = Descriptions::new(system, &cwd);
    let mut done = Done::default();
    if reads_stdin {
        let bytes = shell.read_stdin()?;
        let path = tidy(args.stdin_name.as_deref().unwrap_or(STDIN));
        let manner = manner(args, &path, &mut descriptions);
        let formatted = format(&path, &bytes, manner)?;
        if args.check || args.diff {
            give(args, &path, &formatted, &mut done, shell)?;
        } else {
            shell.print(&formatted.bytes)?;
        }
        return Ok(done.exit(args));
    }
    let here = [".".to_owned()];
    let paths = if args.paths.is_empty() { &here[..] } else { &args.paths };
    for path in rewrite::find(paths, &mut descriptions)? {
        let manner = manner(args, &path, &mut descriptions);
        let formatted =
            system.read(&path).map_err(Trouble::from).and_then(|bytes| format(&path, &bytes, manner));
        let ended = formatted.and_then(|formatted| give(args, &path, &formatted, &mut done, shell));
        match ended {
            Ok(()) => {}
            Err(trouble @ Trouble::Stdout { .. }) => return Err(trouble),
            Err(trouble) => {
                shell.complain(&trouble);
                done.left += 1;
            }
        }
    }
    tell(args, &done, shell);
    Ok(done.exit(args))
}

#[derive(Default)]
struct Done {
    changed: usize,
    unchanged: usize,
    left: usize,
}

impl Done {
    fn exit(&self, args: &FmtArgs) -> Exit {
        if self.left > 0 {
            Exit::Unusable
        } else if self.changed > 0 && (args.check || args.diff) {
            Exit::Findings
        } else {
            Exit::Clean
        }
    }
}

/// A data set before and after.
struct Formatted {
    old: SourceText,
    new: SourceText,
    read: Vec<u8>,
    bytes: Vec<u8>,
}

fn manner(args: &FmtArgs, path: &str, descriptions: &mut Descriptions<'_>) -> Manner {
    let said = descriptions.manner(path);
    Manner { options: args.form.over(said.options), dialect: args.dialect.map_or(said.dialect, Into::into) }
}

fn format(path: &str, bytes: &[u8], manner: Manner) -> Result<Formatted, Trouble> {
    let left =
        |reason: String, help: &str| Trouble::Read { path: path.to_owned(), reason, help: help.to_owned() };
    let old = decode(bytes, &manner.options).map_err(|error| {
        left(
            error.to_string(),
            "only text can be formatted; [files] of sysplex.toml can say how it is encoded",
        )
    })?;
    if let Some(columns) = sequence_columns(&old) {
        return Err(left(
            format!(
                "it has sequence numbers in columns {} to {}, which would be moved",
                columns.first, columns.last
            ),
            "take them off first: UNNUM in the editor of the host",
        ));
    }
    let text = grammar::format::format(&old.text, manner.dialect.grammar());
    if text == *old.text {
        return Ok(Formatted { new: old.clone(), old, read: bytes.to_vec(), bytes: bytes.to_vec() });
    }
    let new = old.changed(text);
    let read = bytes.to_vec();
    let lost = "the file is left as it was";
    let bytes = encode(&new).map_err(|error| left(format!("formatted, it does not fit: {error}"), lost))?;
    // What would not come back as it was meant is not written.
    match decode(&bytes, &manner.options) {
        Ok(back) if back.text == new.text => Ok(Formatted { old, new, read, bytes }),
        Ok(_) | Err(_) => Err(left("formatted, it would be read otherwise".to_owned(), lost)),
    }
}

fn give(
    args: &FmtArgs,
    path: &str,
    formatted: &Formatted,
    done: &mut Done,
    shell: &mut Shell<'_, '_>,
) -> Result<(), Trouble> {
    if formatted.old.text == formatted.new.text {
        done.unchanged += 1;
        return Ok(());
    }
    if args.check {
        shell.print(format!("{path}\n").as_bytes())?;
    } else if args.diff {
        shell.print(diff::unified(path, &formatted.old.text, &formatted.new.text).as_bytes())?;
    } else {
        let rewrite = Rewrite { path, old: &formatted.read, new: &formatted.bytes };
        shell.files().replace_all(&[rewrite])?;
    }
    done.changed += 1;
    Ok(())
}

fn tell(args: &FmtArgs, done: &Done, shell: &mut Shell<'_, '_>) {
    let verb = if args.check || args.diff { "would be formatted" } else { "formatted" };
    let mut parts = vec![format!("{} {verb}", words::count(done.changed, "file"))];
    if done.unchanged > 0 {
        parts.push(format!("{} unchanged", done.unchanged));
    }
    if done.left > 0 {
        parts.push(format!("{} left as it was", done.left));
    }
    shell.say(&format!("{}.", parts.join(", ")));
}
