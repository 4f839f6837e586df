//! `vipa init`: a first `sysplex.toml` from the files of a folder.
//!
//! Properties: what it writes can be read; what nobody can know from the files stands in it as a comment that says what to
//! fill in.

mod guess;
mod live;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use compiler::dataset::FileKind;
use compiler::description::Release;
use compiler::symbols::symbols_in;
use grammar::description::{SlotKind, Type};
use grammar::parse::{Dialect, Parsed, parse};
use grammar::tree::ErrorKind;

use crate::live::CaptureFile;
use guess::Guesses;
use live::Running;

/// A file of the folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its path, relative to where the description will be.
    pub path: String,
    /// What it is, by name and content.
    pub kind: FileKind,
    /// Its text; empty when it is none.
    pub text: String,
}

/// The description, and what it came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct First {
    /// The text of `sysplex.toml`.
    pub text: String,
    /// Names of the stacks.
    pub stacks: Vec<String>,
    /// INCLUDEs for which no file was found.
    pub missing: Vec<String>,
    /// How many of the stacks captures show.
    pub from_captures: usize,
    /// Profiles of captured stacks that are still to be put there.
    pub without: Vec<String>,
    /// What of captures could not be used, a line each.
    pub notes: Vec<String>,
}

/// Writes a first description; None when no file is a profile.
#[must_use]
pub fn first(files: &[Found]) -> Option<First> {
    write(files, &Running::default())
}

/// Writes a first description with the stacks that captures show, each with the profile that is called like it. None when
/// there is neither a stack in them nor a profile.
#[must_use]
pub fn from_captures(files: &[Found], captures: &[CaptureFile]) -> Option<First> {
    write(files, &Running::read(captures))
}

fn write(files: &[Found], running: &Running) -> Option<First> {
    let ours =
        |file: &&Found| matches!(file.kind, FileKind::Profile | FileKind::Obeyfile | FileKind::Include);
    let founding = files.iter().filter(ours).any(|file| is_founding(&file.text));
    let dialect = if founding { Dialect::Founding } else { Dialect::Zos };
    let read: BTreeMap<&str, Read> =
        files.iter().filter(ours).map(|file| (file.path.as_str(), Read::new(file, dialect))).collect();
    let operands: BTreeSet<&str> =
        read.values().flat_map(|read| read.includes.iter().map(String::as_str)).collect();
    let paths: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
    let guesses = Guesses::new(&operands, &paths);
    let profiles: Vec<&str> = files
        .iter()
        .filter(|file| file.kind == FileKind::Profile && !guesses.is_member(&file.path))
        .map(|file| file.path.as_str())
        .collect();
    if profiles.is_empty() && running.stacks.is_empty() {
        return None;
    }
    let mut out = String::new();
    let common = running.release();
    head(&mut out, founding, common, &guesses);
    let mut stacks: Vec<String> = Vec::new();
    let mut without = Vec::new();
    let mut left: Vec<&str> = profiles.clone();
    for known in &running.stacks {
        let profile = match (left.as_slice(), running.stacks.as_slice()) {
            ([only], [_]) => Some(*only),
            _ => known.profile(&left),
        };
        left.retain(|path| Some(*path) != profile);
        let symbols = profile.map(|path| symbols(path, &read, &guesses)).unwrap_or_default();
        known.entry(&mut out, profile, &symbols, common);
        if profile.is_none() {
            without.push(known.name.clone());
        }
        stacks.push(known.name.clone());
    }
    for path in &left {
        let name = stack_name(path, &stacks);
        stack(&mut out, &name, path, &symbols(path, &read, &guesses));
        stacks.push(name);
    }
    running.jobs(&mut out);
    jobs(&mut out, &read, &stacks);
    kinds(&mut out, files, &guesses);
    Some(First {
        text: out,
        stacks,
        missing: guesses.missing,
        without,
        from_captures: running.stacks.len(),
        notes: running.notes.clone(),
    })
}

/// What is of interest in a file.
struct Read {
    includes: Vec<String>,
    symbols: BTreeSet<String>,
    jobs: BTreeSet<String>,
}

impl Read {
    fn new(file: &Found, dialect: Dialect) -> Self {
        let Parsed { sections, .. } = parse(&file.text, dialect);
        let mut read = Self { includes: Vec::new(), symbols: BTreeSet::new(), jobs: BTreeSet::new() };
        for placed in &sections {
            if placed.section.symbols {
                read.symbols.extend(symbols_in(&placed.section.text).into_iter().map(|symbol| symbol.name));
            }
            for view in placed.section.views() {
                let Some(desc) = view.desc().filter(|_| view.stmt.known) else { continue };
                for (slot, word) in view.parts.tokens() {
                    if desc.name == "INCLUDE" {
                        read.includes.push(word.upper().trim_matches('\'').to_owned());
                        continue;
                    }
                    let job = desc.slot_desc(slot).is_some_and(|slot| {
                        matches!(slot.kind, SlotKind::Operand(Type::Job | Type::JobPattern))
                    });
                    let name = word.upper();
                    if job && guess::is_name(&name) && name != "OMVS" {
                        read.jobs.insert(name);
                    }
                }
            }
        }
        read
    }
}

/// Whether a text is written as the founding documents write.
fn is_founding(text: &str) -> bool {
    parse(text, Dialect::Zos).sections.iter().any(|placed| {
        let word = placed.section.errors.iter().any(|error| matches!(error.kind, ErrorKind::Founding { .. }));
        word || placed
            .section
            .views()
            .any(|view| view.stmt.known && view.desc().is_some_and(|desc| desc.founding))
    })
}

/// Symbols of a profile and of the members that it includes, however deep.
fn symbols(path: &str, read: &BTreeMap<&str, Read>, guesses: &Guesses) -> BTreeSet<String> {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut todo = vec![path];
    let mut symbols = BTreeSet::new();
    while let Some(path) = todo.pop() {
        let Some((path, read)) = read.get_key_value(path) else { continue };
        if !seen.insert(path) {
            continue;
        }
        symbols.extend(read.symbols.iter().cloned());
        todo.extend(read.includes.iter().filter_map(|operand| guesses.file(operand)));
    }
    // These come from the names of the system and the sysplex.
    symbols.retain(|name| name != "SYSNAME" && name != "SYSPLEX");
    symbols
}

fn head(out: &mut String, founding: bool, release: Option<Release>, guesses: &Guesses) {
    out.push_str(
        "# A sysplex, as far as its files tell. What stands behind a # is to be filled in, or may be left out.\n\n\
         [sysplex]\nname = \"PLEX1\"      # its name, for reports and &SYSPLEX\n",
    );
    if founding {
        out.push_str(
            "dialect = \"founding\"  # some statements are written as the founding documents write them\n",
        );
    }
    match release {
        Some(release) => {
            let _ = writeln!(out, "release = {}", quoted(&release.to_string()));
        }
        None => out.push_str("# release = \"3.1\"   # the z/OS release of its systems\n"),
    }
    if guesses.entries.is_empty() && guesses.missing.is_empty() {
        return;
    }
    out.push_str("\n# Where the data sets are that profiles INCLUDE: a folder of members, or a file.\n[sysplex.includes]\n");
    for (name, path) in &guesses.entries {
        let _ = writeln!(out, "{} = {}", quoted(name), quoted(path));
    }
    for name in &guesses.missing {
        let _ = writeln!(out, "# {} = \"\"   # no file of this name was found", quoted(name));
    }
}

fn stack(out: &mut String, name: &str, path: &str, symbols: &BTreeSet<String>) {
    let _ = write!(
        out,
        "\n[[stack]]\nname = {}    # the job name of the stack, guessed from the name of the file\n\
         # system = \"\"      # the z/OS system that it runs on, for &SYSNAME\n\
         # cpc = \"\"         # the machine of that system\n\
         profile = {}\n",
        quoted(name),
        quoted(path)
    );
    if !symbols.is_empty() {
        let list: Vec<String> = symbols.iter().map(|name| format!("{name} = \"\"")).collect();
        let _ = writeln!(out, "# symbols = {{ {} }}   # its text uses them", list.join(", "));
    }
}

fn jobs(out: &mut String, read: &BTreeMap<&str, Read>, stacks: &[String]) {
    let jobs: BTreeSet<&String> = read.values().flat_map(|read| &read.jobs).collect();
    let Some(first) = jobs.first() else { return };
    out.push_str(
        "\n# What runs where, for rules about ports, for why and for scenarios. The profiles name:\n",
    );
    let mut line = String::from("#");
    for job in &jobs {
        if line.len() + 1 + job.len() > 100 {
            let _ = writeln!(out, "{line}");
            line = String::from("#");
        }
        let _ = write!(line, " {job}");
    }
    let stack = stacks.first().map_or("", String::as_str);
    let _ = write!(out, "{line}\n# [[job]]\n# name = {}\n# stacks = [{}]\n", quoted(first), quoted(stack));
}

/// Files that are no profiles, so that nobody takes them for any.
fn kinds(out: &mut String, files: &[Found], guesses: &Guesses) {
    let list = |wanted: &dyn Fn(&Found) -> bool| -> Vec<String> {
        files.iter().filter(|file| wanted(file)).map(|file| quoted(&glob(&file.path))).collect()
    };
    let member = |file: &Found| guesses.is_member(&file.path);
    let obey = list(&|file| file.kind == FileKind::Obeyfile && !member(file));
    let include = list(&|file| member(file) || file.kind == FileKind::Include);
    if obey.is_empty() && include.is_empty() {
        return;
    }
    out.push_str("\n# Which files are no profiles; patterns such as \"obey/*\" are possible.\n[files]\n");
    for (key, files) in [("obeyfile", obey), ("include", include)] {
        if !files.is_empty() {
            let _ = writeln!(out, "{key} = [\n    {},\n]", files.join(",\n    "));
        }
    }
}

/// A job name that no stack has yet, from the name of a file.
fn stack_name(path: &str, taken: &[String]) -> String {
    let stem_of = |name: &'_ str| name.split('.').find(|part| !part.is_empty()).unwrap_or(name).to_owned();
    let mut parts = path.rsplit('/');
    let file = stem_of(parts.next().unwrap_or(path));
    // A file that is called what it is says nothing; its folder may.
    let says_nothing =
        ["PROFILE", "PROF", "TCPPROF", "TCPIP"].iter().any(|word| file.eq_ignore_ascii_case(word));
    let stem = parts.next().filter(|_| says_nothing).map_or(file, stem_of);
    let mut name: String =
        stem.to_ascii_uppercase().chars().filter(|letter| guess::is_letter(*letter)).take(8).collect();
    if !guess::is_name(&name) {
        name = format!("T{name}").chars().take(8).collect();
    }
    if !taken.contains(&name) {
        return name;
    }
    // There are never as many files as numbers.
    (2_u32..)
        .map(|number| {
            let number = number.to_string();
            let kept: String = name.chars().take(8_usize.saturating_sub(number.len())).collect();
            kept + &number
        })
        .find(|name| !taken.contains(name))
        .unwrap_or(name)
}

/// A text as a TOML string.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => {
                out.push('\\');
                out.push(letter);
            }
            letter if letter.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(letter));
            }
            letter => out.push(letter),
        }
    }
    out.push('"');
    out
}

/// A pattern that only this path fits.
fn glob(path: &str) -> String {
    let mut out = String::new();
    for letter in path.chars() {
        match letter {
            '*' | '?' | '[' | ']' | '{' | '}' => {
                out.push('[');
                out.push(letter);
                out.push(']');
            }
            letter => out.push(letter),
        }
    }
    out
}
