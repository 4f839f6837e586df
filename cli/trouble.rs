//! Errors of the tool itself: what is wrong in one line, then what to do about it. Mistakes in profiles are findings.

use compiler::description::nearest;
use compiler::system::{ReadError, System};
use miette::Diagnostic;
use thiserror::Error;

use crate::world::NotReplaced;

/// Why a command could not do its work. Always exit code 2.
#[derive(Debug, Diagnostic, Error)]
pub enum Trouble {
    /// A path of the command line that leads nowhere.
    #[error("there is no file or folder named {path}")]
    #[diagnostic(help("{}", match nearest {
        Some(name) => format!("did you mean {name}?"),
        None => "paths are relative to the current folder".to_owned(),
    }))]
    Missing {
        /// As given.
        path: String,
        /// A name beside it that looks alike.
        nearest: Option<String>,
    },
    /// A folder in which nothing is for us.
    #[error("no TCP/IP profile found in {folder}")]
    #[diagnostic(help("{help}"))]
    NoProfiles {
        /// As given.
        folder: String,
        /// What to do.
        help: String,
    },
    /// A folder without scenarios.
    #[error("no scenario found in {folder}")]
    #[diagnostic(help(
        "scenarios are files whose names end with .scenario; a Markdown text is named by its path"
    ))]
    NoScenarios {
        /// As given.
        folder: String,
    },
    /// A question that cannot be read, or that names what is not there.
    #[error("{what}")]
    #[diagnostic(help("{help}"))]
    Question {
        /// In words.
        what: String,
        /// What was possible.
        help: String,
    },
    /// A file that cannot be read or is no text.
    #[error("cannot read {path}: {reason}")]
    #[diagnostic(help("{help}"))]
    Read {
        /// As asked for.
        path: String,
        /// In words.
        reason: String,
        /// What to do.
        help: String,
    },
    /// A file that cannot be written.
    #[error("cannot write {path}: {reason}")]
    #[diagnostic(help("is the folder there, and may you write in it?"))]
    Write {
        /// As asked for.
        path: String,
        /// In words.
        reason: String,
    },
    /// A file that somebody else has changed since it was read.
    #[error("{path} has changed since it was read; nothing is written")]
    #[diagnostic(help("run the command again"))]
    ChangedMeanwhile {
        /// As asked for.
        path: String,
    },
    /// A folder below a description that names nothing in it.
    #[error("the sysplex that {sysplex} describes has no file in {folder}")]
    #[diagnostic(help(
        "name its profiles in a [[stack]] there, or check them by themselves with --isolated"
    ))]
    StrangeFolder {
        /// The folder.
        folder: String,
        /// The description.
        sysplex: String,
    },
    /// A profile beside a description that does not name it.
    #[error("{path} is no part of the sysplex that {sysplex} describes")]
    #[diagnostic(help("name it in a [[stack]] there, or check it by itself with --isolated"))]
    Stranger {
        /// The file.
        path: String,
        /// The description.
        sysplex: String,
    },
    /// Options that do not go together.
    #[error("{what}")]
    #[diagnostic(help("{help}"))]
    Usage {
        /// The contradiction.
        what: String,
        /// The way out.
        help: String,
    },
    /// A rule that does not exist.
    #[error("there is no rule named {name}")]
    #[diagnostic(help("{}", match nearest {
        Some(rule) => format!("did you mean {rule}?"),
        None => "a finding shows the name of its rule in brackets".to_owned(),
    }))]
    UnknownRule {
        /// As given.
        name: String,
        /// The most similar rule.
        nearest: Option<String>,
    },
    /// A file that is to be merged and is no result of a search.
    #[error("{path} is no result of a search: {reason}")]
    #[diagnostic(help("give files with what vipa explore --format json printed"))]
    NoResult {
        /// As given.
        path: String,
        /// In words.
        reason: String,
    },
    /// Captures without a report that could be used.
    #[error("no report of a running stack could be read:\n{why}")]
    #[diagnostic(help(
        "paste NETSTAT reports with their first line, or DISPLAY TCPIP,,SYSPLEX,VIPADYN; docs/live.md lists the commands"
    ))]
    NoReport {
        /// What was wrong with each file, a line each.
        why: String,
    },
    /// A saved plan that is out of date.
    #[error("{path} is stale: {} since it was made", changed.join(", "))]
    #[diagnostic(help("plan again"))]
    Stale {
        /// The plan.
        path: String,
        /// What has changed, as clauses.
        changed: Vec<String>,
    },
    /// Standard input failed.
    #[error("cannot read standard input: {reason}")]
    Stdin {
        /// In words.
        reason: String,
    },
    /// Standard output failed, other than by being closed.
    #[error("cannot write to standard output: {reason}")]
    #[diagnostic(help("is the disk full?"))]
    Stdout {
        /// In words.
        reason: String,
    },
    /// The language server ended badly.
    #[error("the language server stopped: {reason}")]
    Server {
        /// In words.
        reason: String,
    },
}

impl Trouble {
    /// A stack that the sysplex does not have.
    #[must_use]
    pub fn no_stack(name: &str, stacks: &[String]) -> Self {
        Self::Question {
            what: format!("there is no stack {name} in this sysplex"),
            help: match nearest(&name.to_uppercase(), stacks.iter().map(String::as_str)) {
                Some(near) => format!("did you mean {near}?"),
                None => format!("its stacks are {}", stacks.join(", ")),
            },
        }
    }

    /// A file of a request that the compiler could not take: it cannot be read, or what is read is no text.
    #[must_use]
    pub fn unreadable(error: ReadError, system: &dyn System) -> Self {
        match system.read(&error.path) {
            Err(error) => error.into(),
            Ok(_) => Self::Read {
                path: error.path,
                reason: error.reason,
                help: "a profile is text: UTF-8 or EBCDIC, in lines or in fixed records of 80; [files] of sysplex.toml can \
                       say which"
                    .to_owned(),
            },
        }
    }
}

impl From<NotReplaced> for Trouble {
    fn from(error: NotReplaced) -> Self {
        match error {
            NotReplaced::Changed { path } => Self::ChangedMeanwhile { path },
            NotReplaced::Failed(ReadError { path, reason }) => Self::Write { path, reason },
        }
    }
}

impl From<ReadError> for Trouble {
    fn from(error: ReadError) -> Self {
        let help = "is it there, and may you read it?".to_owned();
        Self::Read { path: error.path, reason: error.reason, help }
    }
}
