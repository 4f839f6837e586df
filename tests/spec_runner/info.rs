//! What stands behind an opening fence: the kind of the block, then a path or options.

use compiler::{Dialect, Settings};

/// What a block is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// ```` ```profile [PATH | dialect=founding release=2.3] ````: a profile, or a member that one includes.
    Profile {
        /// Its path; without one it is a stack of its own.
        path: Option<String>,
        /// For one without a path: what the options of the command would say.
        settings: Settings,
    },
    /// ```` ```toml PATH ````
    Toml(String),
    /// ```` ```obeyfile [PATH] [stack=NAME] ````: a data set for VARY OBEYFILE. One without a path, or with a stack, is put onto a stack.
    Obeyfile {
        /// For scenarios and INCLUDE.
        path: Option<String>,
        /// The stack; may be left out where there is one.
        stack: Option<String>,
    },
    /// ```` ```scenario [fails | stopped] [PATH] ````
    Scenario {
        /// For `--after` of other commands.
        path: Option<String>,
        /// An expectation of it must not be met.
        fails: bool,
        /// It has mistakes and must not be run.
        stopped: bool,
    },
    /// ```` ```capture PATH ````: reports of a running stack, for `--live`.
    Capture(String),
    /// ```` ```text COMMAND ARGUMENT… ````: what the command prints.
    Output(Vec<String>),
    /// ```` ```text ````: only to be read.
    Text,
}

impl Kind {
    /// The path of a file of the section.
    pub fn path(&self) -> Option<&str> {
        match self {
            Self::Profile { path, .. } | Self::Scenario { path, .. } | Self::Obeyfile { path, .. } => {
                path.as_deref()
            }
            Self::Toml(path) | Self::Capture(path) => Some(path),
            Self::Output(_) | Self::Text => None,
        }
    }

    /// Whether it is put onto a stack.
    pub fn is_obeyed(&self) -> bool {
        match self {
            Self::Obeyfile { path, stack } => path.is_none() || stack.is_some(),
            Self::Profile { .. }
            | Self::Toml(_)
            | Self::Capture(_)
            | Self::Scenario { .. }
            | Self::Output(_)
            | Self::Text => false,
        }
    }
}

/// Reads an info string.
pub fn read(info: &str) -> Result<Kind, String> {
    let mut words = info.split_whitespace();
    let kind = words.next().unwrap_or("");
    let words: Vec<&str> = words.collect();
    match kind {
        "profile" => profile(&words),
        "toml" => needs_path(kind, &words).map(Kind::Toml),
        "capture" => needs_path(kind, &words).map(Kind::Capture),
        "obeyfile" => obeyfile(&words),
        "scenario" => scenario(&words),
        "text" if words.is_empty() => Ok(Kind::Text),
        "text" => Ok(Kind::Output(words.iter().map(|word| (*word).to_owned()).collect())),
        "" => Err(format!("this block does not say what it is: {KINDS}")),
        other => Err(format!("there is no kind of block called {other}: {KINDS}")),
    }
}

const KINDS: &str = "use profile, toml, scenario, obeyfile, capture or text";

fn profile(words: &[&str]) -> Result<Kind, String> {
    let mut path = None;
    let mut settings = Settings::default();
    for word in words {
        match word.split_once('=') {
            Some(("dialect", "founding")) => settings.dialect = Some(Dialect::Founding),
            Some(("dialect", "zos")) => settings.dialect = Some(Dialect::Zos),
            Some(("release", release)) => settings.release = Some(release.to_owned()),
            Some(_) => {
                return Err(format!(
                    "{word}: a profile has the options dialect=zos, dialect=founding and release=R"
                ));
            }
            None if path.is_some() => return Err(format!("{word}: a block has one path")),
            None => path = Some((*word).to_owned()),
        }
    }
    if path.is_some() && settings != Settings::default() {
        return Err("dialect and release of a profile with a path stand in sysplex.toml".to_owned());
    }
    Ok(Kind::Profile { path, settings })
}

fn obeyfile(words: &[&str]) -> Result<Kind, String> {
    let (mut path, mut stack) = (None, None);
    for word in words {
        match word.split_once('=') {
            Some(("stack", name)) => stack = Some(name.to_owned()),
            Some(_) => return Err(format!("{word}: an obeyfile has the option stack=NAME")),
            None if path.is_some() => return Err(format!("{word}: a block has one path")),
            None => path = Some((*word).to_owned()),
        }
    }
    Ok(Kind::Obeyfile { path, stack })
}

fn scenario(words: &[&str]) -> Result<Kind, String> {
    let (fails, stopped) = (words.contains(&"fails"), words.contains(&"stopped"));
    let mut paths = words.iter().filter(|word| !["fails", "stopped"].contains(word));
    let path = paths.next().map(|path| (*path).to_owned());
    match paths.next() {
        Some(word) => Err(format!("{word}: a block has one path")),
        None if fails && stopped => Err("a scenario fails or is stopped, not both".to_owned()),
        None => Ok(Kind::Scenario { path, fails, stopped }),
    }
}

fn needs_path(kind: &str, words: &[&str]) -> Result<String, String> {
    match words {
        [path] => Ok((*path).to_owned()),
        [] => Err(format!("a {kind} block needs a path")),
        [_, word, ..] => Err(format!("{word}: a block has one path")),
    }
}
