//! A world in memory, and findings made by hand.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use std::path::Path;
use std::sync::Arc;

use compiler::finding::{Applicability, Confidence, Edit, Effect, Finding, Fix, Place, Related, Severity};
use compiler::source::SourceText;
use compiler::system::{MemorySystem, PathKind, ReadError, System};
use vipa::exit::Exit;
use vipa::output::Report;
use vipa::world::{Files, World};

/// Files in memory that remember what was written.
#[derive(Default)]
pub struct Memory {
    files: MemorySystem,
    pub written: RefCell<BTreeMap<String, String>>,
    pub bytes: RefCell<BTreeMap<String, Vec<u8>>>,
}

impl System for Memory {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        assert_ne!(path, "panic.profile", "asked to panic");
        self.files.read(path)
    }
    fn list(&self, folder: &str) -> Result<Vec<(String, bool)>, ReadError> {
        self.files.list(folder)
    }
    fn kind(&self, path: &str) -> PathKind {
        self.files.kind(path)
    }
}

impl Files for Memory {
    fn write(&self, path: &str, bytes: &[u8]) -> Result<(), ReadError> {
        if path.starts_with("locked/") {
            return Err(ReadError {
                path: path.to_owned(),
                reason: "you may not read or write it".to_owned(),
            });
        }
        self.bytes.borrow_mut().insert(path.to_owned(), bytes.to_vec());
        let text = String::from_utf8_lossy(bytes).into_owned();
        self.written.borrow_mut().insert(path.to_owned(), text);
        Ok(())
    }
}

/// One run to come.
#[derive(Default)]
pub struct Vipa {
    pub memory: Memory,
    pub stdin: &'static str,
    pub env: BTreeMap<&'static str, &'static str>,
    pub terminal: bool,
}

/// How it ended.
#[derive(Debug, PartialEq, Eq)]
pub struct Ended {
    pub exit: Exit,
    pub stdout: String,
    pub stderr: String,
}

/// A world with these files.
pub fn vipa(files: &[(&str, &str)]) -> Vipa {
    let mut vipa = Vipa::default();
    for (path, text) in files {
        vipa.memory.files.insert(*path, *text);
    }
    vipa
}

impl Vipa {
    pub fn file(mut self, path: &str, bytes: impl Into<Vec<u8>>) -> Self {
        self.memory.files.insert(path, bytes);
        self
    }
    pub fn on_a_terminal(mut self) -> Self {
        self.terminal = true;
        self
    }
    pub fn env(mut self, name: &'static str, value: &'static str) -> Self {
        self.env.insert(name, value);
        self
    }
    pub fn stdin(mut self, text: &'static str) -> Self {
        self.stdin = text;
        self
    }
    /// Runs a command line, split at blanks.
    pub fn run(&self, line: &str) -> Ended {
        let mut stdout = Vec::new();
        let (exit, stderr) = self.run_to(line, &mut stdout);
        Ended { exit, stdout: String::from_utf8(stdout).expect("text"), stderr }
    }
    /// Runs a command line with a standard output of its own.
    pub fn run_to(&self, line: &str, stdout: &mut dyn Write) -> (Exit, String) {
        self.run_with(line, stdout, &mut self.stdin.as_bytes())
    }
    pub fn run_with(&self, line: &str, stdout: &mut dyn Write, stdin: &mut dyn Read) -> (Exit, String) {
        let mut stderr = Vec::new();
        let args = std::iter::once("vipa").chain(line.split_whitespace()).map(Into::into);
        let exit = vipa::main_with(
            args,
            &mut World {
                stdin,
                stdout,
                stderr: &mut stderr,
                stdout_terminal: self.terminal,
                stderr_terminal: self.terminal,
                cwd: "/work/net".to_owned(),
                env: &|name| self.env.get(name).map(|value| (*value).to_owned()),
                files: &self.memory,
            },
        );
        (exit, String::from_utf8(stderr).expect("text"))
    }
}

/// A standard output that fails in one way.
pub struct Broken(pub io::ErrorKind);

impl Write for Broken {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(self.0.into())
    }
    fn flush(&mut self) -> io::Result<()> {
        Err(self.0.into())
    }
}

const MVS1: &str = "\
; Stack TCPIP1
VIPADYNAMIC
  VIPADEFINE MOVEABLE IMMEDIATE 255.255.255.0 203.0.113.1
ENDVIPADYNAMIC
SOURECEIPA
  APPA 203.0.113.1
ENDSOURCEIPA
";

const MVS2: &str = "\
VIPADYNAMIC
  VIPADEFINE 255.255.255.0 203.0.113.1 ; also here
  VIPABACKUP 300 203.0.113.2 203.0.113.3
ENDVIPADYNAMIC
";

const SYSPLEX: &str = "[sysplex]\nname = \"PLEX1\"\ncolour = \"blue\"\n";

/// A span found by its text.
pub fn place(file: &str, text: &str, needle: &str) -> Place {
    let source = SourceText::new(text);
    let start = text.find(needle).expect("in the text");
    let end = start + needle.len();
    Place {
        file: file.into(),
        start: source.position(u32::try_from(start).expect("short")),
        end: source.position(u32::try_from(end).expect("short")),
    }
}

fn finding(rule: &'static str, severity: Severity, message: &str, place: Place) -> Finding {
    Finding {
        rule,
        severity,
        message: message.to_owned(),
        message_id: None,
        effect: None,
        stacks: Vec::new(),
        place,
        label: String::new(),
        related: Vec::new(),
        notes: Vec::new(),
        fixes: Vec::new(),
        confidence: Confidence::Documented,
        assumptions: Vec::new(),
    }
}

/// A report with one finding of each kind, of rules that do not exist, so that it stays as it is: a fix, several files and stacks, a message id, an unsure one, one in the description.
pub fn report() -> Report {
    let misspelt = Finding {
        message_id: Some("EZZ0318I"),
        effect: Some(Effect::StatementIgnored),
        stacks: vec!["TCPIP1".to_owned()],
        label: "no statement has this name".to_owned(),
        notes: vec!["APPA then gets its source address by conventional selection".to_owned()],
        fixes: vec![Fix {
            title: "spell it SOURCEIPA".to_owned(),
            applicability: Applicability::Safe,
            edits: vec![Edit {
                place: place("mvs1.profile", MVS1, "SOURECEIPA"),
                text: "SOURCEIPA".to_owned(),
            }],
        }],
        ..finding(
            "hand-misspelt",
            Severity::Error,
            "SOURECEIPA is no statement: did you mean SOURCEIPA?",
            place("mvs1.profile", MVS1, "SOURECEIPA"),
        )
    };
    let twice = Finding {
        stacks: (1..=9).map(|number| format!("TCPIP{number}")).collect(),
        label: "and here".to_owned(),
        related: vec![Related {
            message: "defined here".to_owned(),
            place: place("mvs1.profile", MVS1, "203.0.113.1"),
        }],
        notes: vec!["The stack that starts last gets it; the order of start decides.".to_owned()],
        confidence: Confidence::Inferred,
        assumptions: vec!["last-definer-wins".to_owned()],
        fixes: vec![Fix {
            title: "back it up here instead".to_owned(),
            applicability: Applicability::Unsafe,
            edits: vec![Edit {
                place: place("mvs2.profile", MVS2, "VIPADEFINE 255.255.255.0 203.0.113.1"),
                text: "VIPABACKUP 100 203.0.113.1".to_owned(),
            }],
        }],
        ..finding(
            "hand-two-files",
            Severity::Warning,
            "203.0.113.1 is defined on TCPIP1 and on TCPIP2",
            place("mvs2.profile", MVS2, "203.0.113.1"),
        )
    };
    let rank = Finding {
        message_id: Some("EZZ0400I"),
        effect: Some(Effect::RestOfBlockIgnored),
        stacks: vec!["TCPIP2".to_owned()],
        label: "1 to 254".to_owned(),
        ..finding(
            "hand-out-of-range",
            Severity::Error,
            "backup rank 300 is not in 1-254",
            place("mvs2.profile", MVS2, "300"),
        )
    };
    let comment = Finding {
        stacks: vec!["TCPIP1".to_owned()],
        confidence: Confidence::Unconfirmed,
        ..finding(
            "hand-unsure",
            Severity::Info,
            "100% sure | <only> *here*: a_comment, first",
            place("mvs1.profile", MVS1, "; Stack TCPIP1"),
        )
    };
    let key = finding(
        "hand-description",
        Severity::Error,
        "sysplex.toml has no key named colour",
        place("sysplex.toml", SYSPLEX, "colour"),
    );
    let mut report = Report {
        findings: vec![misspelt, twice, rank, comment, key],
        stacks: vec!["TCPIP1".to_owned(), "TCPIP2".to_owned(), "TCPIP10".to_owned()],
        ..Report::default()
    };
    report.findings.sort_by(|a, b| a.order().cmp(&b.order()));
    for (path, text) in
        [("mvs1.profile", MVS1), ("mvs2.profile", MVS2), ("mvs10.profile", ""), ("sysplex.toml", SYSPLEX)]
    {
        report.files.push(path.into());
        report.sources.insert(path.into(), Arc::new(SourceText::new(text)));
    }
    report
}

/// The retail sample in memory, with more of its files, and with words replaced in them.
#[allow(clippy::disallowed_methods, reason = "reads the repository's own sample")]
pub fn retail(more: &[&str], edits: &[(&str, &str, &str)]) -> Vipa {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/retail");
    let names = [
        "sysplex.toml",
        "sysa.profile",
        "sysb.profile",
        "sysc.profile",
        "tcpparms/COMMON",
        "tcpparms/DIST",
        "tcpparms/PORTS",
        "tcpparms/RANGES",
        "tcpparms/SOURCES",
    ];
    let mut world = vipa(&[]);
    for name in names.iter().chain(more).copied() {
        let mut text = std::fs::read_to_string(root.join(name)).unwrap();
        for (_, from, to) in edits.iter().filter(|(file, _, _)| *file == name) {
            assert!(text.contains(from), "{name} has no {from}");
            text = text.replace(from, to);
        }
        world = world.file(&format!("retail/{name}"), text);
    }
    world
}
