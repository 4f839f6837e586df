//! Which files are the data sets that profiles INCLUDE.

use std::collections::{BTreeMap, BTreeSet};

/// Guesses, by the names of files.
#[derive(Debug, Default)]
pub(super) struct Guesses {
    /// Data set, with or without member, and the folder or file.
    pub entries: Vec<(String, String)>,
    /// Operands for which there is no file.
    pub missing: Vec<String>,
    files: BTreeMap<String, String>,
}

impl Guesses {
    pub fn new(operands: &BTreeSet<&str>, paths: &[&str]) -> Self {
        let mut guesses = Self::default();
        let mut libraries: BTreeMap<&str, Vec<(&str, &str)>> = BTreeMap::new();
        for operand in operands {
            match operand.strip_suffix(')').and_then(|name| name.split_once('(')) {
                Some((library, member)) => libraries.entry(library).or_default().push((operand, member)),
                None => {
                    let last = operand.rsplit('.').next().unwrap_or(operand);
                    let file = paths
                        .iter()
                        .find(|path| file_name(path).eq_ignore_ascii_case(operand))
                        .or_else(|| paths.iter().find(|path| is_called(path, last)));
                    guesses.take(operand, file.copied());
                }
            }
        }
        for (library, members) in libraries {
            guesses.library(library, &members, paths);
        }
        guesses.entries.sort();
        guesses.missing.sort();
        guesses
    }

    /// The file of an operand.
    pub fn file(&self, operand: &str) -> Option<&str> {
        self.files.get(operand).map(String::as_str)
    }

    /// Whether a file is INCLUDEd by another.
    pub fn is_member(&self, path: &str) -> bool {
        self.files.values().any(|file| file == path)
    }

    /// One folder for all members that lie in it by their own names, and single files for the rest.
    fn library(&mut self, library: &str, members: &[(&str, &str)], paths: &[&str]) {
        let mut folders: BTreeMap<&str, usize> = BTreeMap::new();
        for path in paths {
            let fits = members.iter().any(|(_, member)| is_member_file(path, member));
            if fits {
                *folders.entry(folder(path)).or_default() += 1;
            }
        }
        let most = folders.values().copied().max();
        let chosen = folders.iter().find(|(_, count)| Some(**count) == most).map(|(folder, _)| *folder);
        let mut any = false;
        for (operand, member) in members {
            let inside = chosen.and_then(|chosen| {
                paths.iter().find(|path| folder(path) == chosen && is_member_file(path, member))
            });
            match inside {
                Some(path) => {
                    self.files.insert((*operand).to_owned(), (*path).to_owned());
                    any = true;
                }
                None => self.take(operand, paths.iter().find(|path| is_called(path, member)).copied()),
            }
        }
        if let Some(folder) = chosen.filter(|_| any) {
            let folder = if folder.is_empty() { "./".to_owned() } else { format!("{folder}/") };
            self.entries.push((library.to_owned(), folder));
        }
    }

    fn take(&mut self, operand: &str, path: Option<&str>) {
        // A symbol stands for something else on each stack.
        match path.filter(|_| !operand.contains('&')) {
            Some(path) => {
                self.entries.push((operand.to_owned(), path.to_owned()));
                self.files.insert(operand.to_owned(), path.to_owned());
            }
            None => self.missing.push(operand.to_owned()),
        }
    }
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// A member is looked for in upper case and in lower case.
fn is_member_file(path: &str, member: &str) -> bool {
    let name = file_name(path);
    name == member || name == member.to_ascii_lowercase()
}

/// The name of a file up to its ending, in any case.
fn is_called(path: &str, name: &str) -> bool {
    file_name(path).split('.').next().is_some_and(|stem| stem.eq_ignore_ascii_case(name))
}

/// What names of z/OS are made of.
pub(super) fn is_letter(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '@' | '#' | '$')
}

/// Whether a word is a job name, and no pattern of some.
pub(super) fn is_name(word: &str) -> bool {
    (1..=8).contains(&word.len())
        && word.chars().all(is_letter)
        && !word.starts_with(|letter: char| letter.is_ascii_digit())
}
