//! From the paths of a command line to what is compiled: descriptions found beside or above them, and loose profiles.
//!
//! Properties: the order in which paths are given, or in which a folder lists its files, changes nothing.

use std::collections::BTreeMap;

use compiler::Request;
use compiler::dataset::{DecodeOptions, FileKind, classify, decode};
use compiler::system::{PathKind, ReadError, System};

use crate::args::FormArgs;
use crate::paths::{folder_of, is_within, join, tidy, upwards};
use crate::trouble::Trouble;

/// Name of a description.
pub const DESCRIPTION: &str = "sysplex.toml";

/// Deepest folder that is walked, against links in a circle that the system does not show as links.
pub const MAX_DEPTH: usize = 32;

/// What a command line says about inputs.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// PATH…
    pub paths: Vec<String>,
    /// `--sysplex`
    pub sysplex: Option<String>,
    /// `--isolated`
    pub isolated: bool,
    /// `--encoding` and `--records`
    pub form: FormArgs,
}

/// One sysplex to compile, or a set of loose profiles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// For the compiler.
    pub request: Request,
    /// Files and folders whose findings are wanted; empty for all.
    pub scope: Vec<String>,
}

impl Unit {
    /// Whether a finding with this file is wanted.
    #[must_use]
    pub fn wants(&self, file: &str) -> bool {
        self.scope.is_empty() || self.scope.iter().any(|path| is_within(file, path))
    }
}

/// What a command line comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inputs {
    /// What to compile.
    pub units: Vec<Unit>,
    /// Files of ours, met in folders without a description, that are no profiles: what they mean, only a description tells.
    pub aside: Vec<(String, FileKind)>,
}

/// Finds what to compile.
///
/// # Errors
/// When a path leads nowhere, or a folder holds nothing for us.
pub fn find(asked: &Asked, system: &dyn System, cwd: &str) -> Result<Inputs, Trouble> {
    let mut found = Found::default();
    if let Some(sysplex) = &asked.sysplex {
        let description = description_at(sysplex, system)?;
        for path in &asked.paths {
            kind_of(path, system)?;
        }
        let scope = asked.paths.iter().map(|path| tidy(path)).filter(|path| path != ".").collect();
        found.descriptions.insert(description, scope);
        return Ok(found.into_inputs());
    }
    let here = [".".to_owned()];
    let paths = if asked.paths.is_empty() { &here[..] } else { &asked.paths };
    for path in paths {
        let tidied = tidy(path);
        if kind_of(path, system)? == PathKind::Folder {
            folder(&tidied, asked, system, cwd, &mut found)?;
        } else {
            file(tidied, asked.isolated, system, cwd, &mut found)?;
        }
    }
    Ok(found.into_inputs())
}

/// The one description that a command works on: the one given, or the one at or above a folder.
///
/// # Errors
/// When there is none.
pub fn description(
    sysplex: Option<&str>,
    folder: &str,
    system: &dyn System,
    cwd: &str,
) -> Result<String, Trouble> {
    match sysplex {
        Some(path) => description_at(path, system),
        None => above(folder, system, cwd).ok_or_else(|| Trouble::Usage {
            what: match folder {
                "." => format!("there is no {DESCRIPTION} in the current folder or above it"),
                _ => format!("there is no {DESCRIPTION} in {folder} or above it"),
            },
            help: "name one with --sysplex FILE".to_owned(),
        }),
    }
}

#[derive(Default)]
struct Found {
    /// Descriptions with what is wanted of them; empty for all.
    descriptions: BTreeMap<String, Vec<String>>,
    loose: Vec<String>,
    aside: BTreeMap<String, FileKind>,
}

impl Found {
    fn want_all(&mut self, description: String) {
        self.descriptions.insert(description, Vec::new());
    }
    fn want(&mut self, description: String, path: String) {
        self.descriptions
            .entry(description)
            .and_modify(|scope| {
                if !scope.is_empty() {
                    scope.push(path.clone());
                }
            })
            .or_insert_with(|| vec![path]);
    }
    fn into_inputs(mut self) -> Inputs {
        let mut units = Vec::new();
        for (description, mut scope) in self.descriptions {
            scope.sort();
            scope.dedup();
            units.push(Unit { request: Request { sysplex: Some(description), profiles: Vec::new() }, scope });
        }
        self.loose.sort();
        self.loose.dedup();
        if !self.loose.is_empty() {
            units.push(Unit { request: Request { sysplex: None, profiles: self.loose }, scope: Vec::new() });
        }
        Inputs { units, aside: self.aside.into_iter().collect() }
    }
}

fn file(
    path: String,
    isolated: bool,
    system: &dyn System,
    cwd: &str,
    found: &mut Found,
) -> Result<(), Trouble> {
    let is_description = path.rsplit('/').next().is_some_and(|name| name.ends_with(".toml"));
    if is_description && isolated {
        return Err(Trouble::Usage {
            what: format!("--isolated uses no description, and {path} is one"),
            help: "name the profiles, or leave --isolated out".to_owned(),
        });
    }
    if is_description {
        found.want_all(path);
        return Ok(());
    }
    let folder = folder_of(&path).unwrap_or_else(|| ".".to_owned());
    match above(&folder, system, cwd) {
        Some(description) if !isolated => found.want(description, path),
        _ => found.loose.push(path),
    }
    Ok(())
}

fn folder(
    path: &str,
    asked: &Asked,
    system: &dyn System,
    cwd: &str,
    found: &mut Found,
) -> Result<(), Trouble> {
    if !asked.isolated
        && let Some(description) = above(path, system, cwd)
    {
        if folder_of(&description).as_deref() == Some(path) {
            found.want_all(description);
        } else {
            found.want(description, path.to_owned());
        }
        return Ok(());
    }
    let before = (found.descriptions.len(), found.loose.len());
    walk(path, asked, system, 0, found)?;
    if before == (found.descriptions.len(), found.loose.len()) {
        return Err(Trouble::NoProfiles {
            folder: if path == "." { "the current folder".to_owned() } else { path.to_owned() },
            help: format!("name the profiles, or a folder that holds some or a {DESCRIPTION}"),
        });
    }
    Ok(())
}

/// Takes every description below a folder, and every profile that belongs to none.
fn walk(
    path: &str,
    asked: &Asked,
    system: &dyn System,
    depth: usize,
    found: &mut Found,
) -> Result<(), ReadError> {
    let names = system.list(path)?;
    if !asked.isolated && names.iter().any(|(name, is_folder)| name == DESCRIPTION && !is_folder) {
        found.want_all(join(path, DESCRIPTION));
        return Ok(());
    }
    for (name, is_folder) in names {
        let inner = join(path, &name);
        if name.starts_with('.') {
            continue;
        }
        if is_folder {
            if depth < MAX_DEPTH {
                walk(&inner, asked, system, depth + 1, found)?;
            }
        } else {
            match kind_by_content(&inner, asked.form.over(DecodeOptions::default()), system) {
                FileKind::Profile => found.loose.push(inner),
                kind @ (FileKind::Obeyfile | FileKind::Include) => {
                    found.aside.insert(inner, kind);
                }
                FileKind::TcpipData | FileKind::Scenario | FileKind::Foreign => {}
            }
        }
    }
    Ok(())
}

/// Whether a file in a folder is one of ours, and which. Bytes that cannot be read or are no text are foreign while a folder is searched, unless their name says that they are a
/// profile: then the compiler complains, as it does of a file named by path.
#[must_use]
pub fn kind_by_content(path: &str, options: DecodeOptions, system: &dyn System) -> FileKind {
    let quick = classify(path, "");
    if quick == FileKind::Foreign || quick == FileKind::Scenario {
        return quick;
    }
    let lower = path.to_ascii_lowercase();
    let named = lower.ends_with(".profile") || lower.ends_with(".prof");
    let bytes = system.read(path).ok();
    match bytes.and_then(|bytes| decode(&bytes, &options).ok()) {
        Some(source) => classify(path, &source.text),
        None if named => FileKind::Profile,
        None => FileKind::Foreign,
    }
}

/// The description of a folder: in it, or in the nearest folder above it that has one.
#[must_use]
pub fn above(folder: &str, system: &dyn System, cwd: &str) -> Option<String> {
    upwards(folder, cwd)
        .into_iter()
        .map(|folder| join(&folder, DESCRIPTION))
        .find(|path| system.kind(path) == PathKind::File)
}

fn description_at(path: &str, system: &dyn System) -> Result<String, Trouble> {
    let tidied = tidy(path);
    if kind_of(path, system)? == PathKind::Folder {
        let inside = join(&tidied, DESCRIPTION);
        kind_of(&inside, system)?;
        return Ok(inside);
    }
    Ok(tidied)
}

/// What stands at a path of the command line.
///
/// # Errors
/// When there is nothing; the trouble names what looks like it.
pub fn kind_of(path: &str, system: &dyn System) -> Result<PathKind, Trouble> {
    let tidied = tidy(path);
    match system.kind(&tidied) {
        PathKind::Nothing => {
            Err(Trouble::Missing { path: path.to_owned(), nearest: nearest(&tidied, system) })
        }
        kind @ (PathKind::File | PathKind::Folder) => Ok(kind),
    }
}

/// The name in the same folder that looks most like a missing one.
fn nearest(path: &str, system: &dyn System) -> Option<String> {
    let folder = folder_of(path)?;
    let wanted = path.rsplit('/').next()?;
    let names = system.list(&folder).ok()?;
    let scored = names.into_iter().map(|(name, _)| (strsim::jaro_winkler(&name, wanted), name));
    let best =
        scored.filter(|(score, _)| *score > 0.85).max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))?;
    Some(join(&folder, &best.1))
}

/// Files with one of them replaced by what standard input gave.
pub struct Overlaid<'a> {
    /// All others.
    pub system: &'a dyn System,
    /// The path that standard input stands for.
    pub path: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

impl System for Overlaid<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        if path == self.path { Ok(self.bytes.clone()) } else { self.system.read(path) }
    }
    fn list(&self, folder: &str) -> Result<Vec<(String, bool)>, ReadError> {
        self.system.list(folder)
    }
    fn kind(&self, path: &str) -> PathKind {
        if path == self.path { PathKind::File } else { self.system.kind(path) }
    }
}
