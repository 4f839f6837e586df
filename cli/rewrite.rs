//! Data sets that a command goes over one by one: where they are, and how their bytes are read.
//!
//! Properties: sorted, each once, whatever the order of the paths.

use std::collections::{BTreeMap, BTreeSet};

use compiler::Dialect;
use compiler::dataset::{DecodeOptions, FileKind};
use compiler::description::{Description, FileKinds, beside};
use compiler::system::{PathKind, System};

use crate::inputs::{self, DESCRIPTION, MAX_DEPTH};
use crate::paths::{folder_of, join, tidy};
use crate::trouble::Trouble;

/// How to read a data set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Manner {
    /// Encoding and records.
    pub options: DecodeOptions,
    /// Dialect.
    pub dialect: Dialect,
}

/// The descriptions that were met, each read once.
pub struct Descriptions<'s> {
    system: &'s dyn System,
    cwd: &'s str,
    of_folder: BTreeMap<String, Option<String>>,
    read: BTreeMap<String, Description>,
}

impl<'s> Descriptions<'s> {
    /// None yet.
    #[must_use]
    pub fn new(system: &'s dyn System, cwd: &'s str) -> Self {
        Self { system, cwd, of_folder: BTreeMap::new(), read: BTreeMap::new() }
    }

    /// How a file is to be read: as the description at or above it says.
    pub fn manner(&mut self, path: &str) -> Manner {
        let folder = folder_of(path).unwrap_or_else(|| ".".to_owned());
        self.of(&folder).map_or_else(Manner::default, |(_, description)| Manner {
            options: description.files.decode_options(),
            dialect: description.dialect(),
        })
    }

    /// The description of a folder with its path. One that cannot be read says nothing.
    pub fn of(&mut self, folder: &str) -> Option<(&str, &Description)> {
        if !self.of_folder.contains_key(folder) {
            let found = inputs::above(folder, self.system, self.cwd);
            if let Some(path) = &found
                && !self.read.contains_key(path)
            {
                let text = crate::read::text(path, self.system).unwrap_or_default();
                self.read.insert(path.clone(), Description::parse(&text).0);
            }
            self.of_folder.insert(folder.to_owned(), found);
        }
        let path = self.of_folder.get(folder)?.as_deref()?;
        Some((path, self.read.get(path)?))
    }
}

/// The data sets that paths name: files as given, of folders all that are ours.
///
/// # Errors
/// When a path leads nowhere, or a folder holds nothing for us.
pub fn find(paths: &[String], descriptions: &mut Descriptions<'_>) -> Result<Vec<String>, Trouble> {
    let system = descriptions.system;
    let mut found = BTreeSet::new();
    for path in paths {
        let tidied = tidy(path);
        if inputs::kind_of(path, system)? != PathKind::Folder {
            found.insert(tidied);
            continue;
        }
        let mut inside = BTreeSet::new();
        walk(&tidied, 0, descriptions, &mut inside)?;
        if inside.is_empty() {
            return Err(Trouble::NoProfiles {
                folder: if path == "." { "the current folder".to_owned() } else { path.clone() },
                help: "name the files, or a folder that holds some".to_owned(),
            });
        }
        found.append(&mut inside);
    }
    Ok(found.into_iter().collect())
}

fn walk(
    folder: &str,
    depth: usize,
    descriptions: &mut Descriptions<'_>,
    found: &mut BTreeSet<String>,
) -> Result<(), Trouble> {
    let system = descriptions.system;
    let named = named_in(folder, descriptions);
    for (name, is_folder) in system.list(folder)? {
        let path = join(folder, &name);
        if name.starts_with('.') || name == DESCRIPTION {
            continue;
        }
        if is_folder {
            if depth < MAX_DEPTH {
                walk(&path, depth + 1, descriptions, found)?;
            }
            continue;
        }
        let kind = if named.profiles.contains(&path) {
            FileKind::Profile
        } else {
            let inside = path.strip_prefix(&named.root).map(|path| path.trim_start_matches('/'));
            let said = named.kinds.as_ref().zip(inside).and_then(|(kinds, path)| kinds.kind(path));
            said.unwrap_or_else(|| inputs::kind_by_content(&path, DecodeOptions::default(), system))
        };
        match kind {
            FileKind::Profile | FileKind::Obeyfile | FileKind::Include => {
                found.insert(path);
            }
            FileKind::TcpipData | FileKind::Scenario | FileKind::Foreign => {}
        }
    }
    Ok(())
}

/// What a description says of the files around it.
#[derive(Default)]
struct Named {
    root: String,
    profiles: BTreeSet<String>,
    kinds: Option<FileKinds>,
}

fn named_in(folder: &str, descriptions: &mut Descriptions<'_>) -> Named {
    let Some((path, description)) = descriptions.of(folder) else { return Named::default() };
    let profiles = description.stacks.iter().flat_map(|stack| &stack.profiles);
    let root = folder_of(path).filter(|root| root != ".").unwrap_or_default();
    Named {
        root,
        profiles: profiles.map(|profile| tidy(&beside(path, &profile.value))).collect(),
        kinds: Some(FileKinds::new(&description.files)),
    }
}
