//! Baselines, settings shown, watching: what helps with profiles that are not clean yet.

use std::cell::{Cell, RefCell};

use compiler::system::{MemorySystem, PathKind, ReadError, System};
use vipa::exit::Exit;
use vipa::world::{Files, World};

use crate::harness::{Vipa, vipa};

const OLD: &str = "SOMAXCON 100\nXYZZY 1\n";

/// The world again, with what an earlier run has written.
fn with_written(files: &[(&str, &str)], before: &Vipa) -> Vipa {
    let mut world = vipa(files);
    for (path, text) in before.memory.written.borrow().iter() {
        world = world.file(path, text.as_str());
    }
    world
}

#[test]
fn a_baseline_hides_what_is_known_and_nothing_else() {
    let first = vipa(&[("a.profile", OLD)]);
    let ended = first.run("lint --baseline known.json --write-baseline");
    assert_eq!((ended.exit, ended.stdout.as_str()), (Exit::Clean, "No findings (1 file, 1 stack).\n"));
    assert_eq!(ended.stderr, "known.json is new, with 2 findings: from now on only others are told.\n");

    // Lines above, case and spacing mean nothing; a new mistake is told.
    let world =
        with_written(&[("a.profile", "; new\nsomaxcon    100\nXYZZY 1\nTCPCONFIG TTLS\nPLUGH 2\n")], &first);
    let ended = world.run("lint --format concise --baseline known.json");
    assert_eq!(ended.exit, Exit::Findings);
    assert_eq!(ended.stderr, "2 findings left out, known in known.json.\n");
    assert_eq!(ended.stdout.lines().count(), 1, "{}", ended.stdout);
    assert!(ended.stdout.starts_with("a.profile:5:1 error[unknown-statement] PLUGH"), "{}", ended.stdout);
}

#[test]
fn a_baseline_can_only_shrink() {
    let first = vipa(&[("a.profile", OLD)]);
    first.run("lint --baseline known.json --write-baseline");
    let world = with_written(&[("a.profile", "XYZZY 1\nTCPCONFIG TTLS\nPLUGH 2\n")], &first);
    let ended = world.run("lint --format concise --baseline known.json --fail-level warning");
    let lines: Vec<&str> = ended.stdout.lines().collect();
    assert_eq!(lines.len(), 2, "{}", ended.stdout);
    assert!(
        lines[1].starts_with("known.json:") && lines[1].contains("warning[baseline-entry-unused]"),
        "{}",
        lines[1]
    );
    assert!(lines[1].contains("SOMAXCON is no statement"), "{}", lines[1]);

    let ended = world.run("lint --format concise --baseline known.json --write-baseline");
    assert_eq!(ended.stderr, "1 entry taken out of known.json, 1 left; nothing is ever added.\n");
    assert_eq!(ended.stdout.lines().count(), 1, "PLUGH is still told: {}", ended.stdout);
    let again = with_written(&[("a.profile", "XYZZY 1\nTCPCONFIG TTLS\nPLUGH 2\n")], &world);
    let before = again.memory.written.borrow().clone();
    again.run("lint --format concise --baseline known.json --write-baseline");
    assert_eq!(*again.memory.written.borrow(), before, "nothing to take out, nothing written");
}

#[test]
fn what_was_not_looked_at_is_not_called_unused() {
    let files = [("a.profile", OLD), ("b.profile", OLD)];
    let first = vipa(&files);
    first.run("lint --baseline known.json --write-baseline");
    let world = with_written(&files, &first);
    for line in
        ["lint a.profile", "lint --select value-out-of-range", "lint --ignore unknown-statement b.profile"]
    {
        let ended = world.run(&format!("{line} --format concise --baseline known.json"));
        assert_eq!((ended.exit, ended.stdout.as_str()), (Exit::Clean, ""), "{line}");
    }
    let mut gone = with_written(&[("a.profile", OLD)], &first);
    gone.terminal = false;
    let ended = gone.run("lint --format concise --baseline known.json --fail-level never");
    assert_eq!(ended.stdout.matches("[baseline-entry-unused]").count(), 2, "{}", ended.stdout);
}

#[test]
fn a_baseline_that_is_none_is_named_with_what_is_wrong() {
    let entry = |rule: &str| {
        format!(
            "{{\"format_version\":\"1.0\",\"entries\":[{{\"rule\":\"{rule}\",\"file\":\"a\",\"fingerprint\":\"0\"}}]}}"
        )
    };
    for (text, parts) in [
        (
            "{\"format_version\": \"1.0\",\n\"entries\": [}",
            vec!["cannot read known.json: it is no baseline", "line 2"],
        ),
        ("{\"format_version\": \"2.0\", \"entries\": []}", vec!["its format_version is \"2.0\""]),
        (
            &entry("unknown-statment"),
            vec!["its entry 1 names the rule unknown-statment", "did you mean unknown-statement?"],
        ),
    ] {
        let ended =
            vipa(&[("a.profile", OLD), ("known.json", text)]).run("lint a.profile --baseline known.json");
        assert_eq!((ended.exit, ended.stdout.as_str()), (Exit::Unusable, ""), "{}", ended.stderr);
        for part in parts {
            assert!(ended.stderr.contains(part), "{part}: {}", ended.stderr);
        }
    }
    let ended = vipa(&[("a.profile", OLD)]).run("lint a.profile --baseline none.json");
    assert!(ended.stderr.contains("add --write-baseline"), "{}", ended.stderr);
    let ended = vipa(&[("a.profile", OLD)]).run("lint a.profile --write-baseline");
    assert_eq!(ended.exit, Exit::Unusable, "{}", ended.stderr);
}

#[test]
fn settings_are_shown_with_their_origin() {
    let toml = "[sysplex]\nrelease = \"2.5\"\n[[stack]]\nname = \"A\"\nprofile = \"a.profile\"\n[lint]\npreset = \"security\"\nfail-level = \"warning\"\n[lint.rules]\nttls-off = \"off\"\n[lint.per-file]\n\"old/*\" = { ignore = [\"route-conflict\"] }\n";
    let world = vipa(&[("sysplex.toml", toml), ("a.profile", "")]);
    let ended = world.run("lint --show-settings --preset strict --ignore smf-two-statements");
    assert_eq!((ended.exit, ended.stderr.as_str()), (Exit::Clean, ""));
    insta::assert_snapshot!(ended.stdout);
}

/// Files of which one is saved while somebody waits.
struct Typing {
    files: RefCell<MemorySystem>,
    steps: &'static [Option<&'static str>],
    step: Cell<usize>,
}

impl System for Typing {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        self.files.borrow().read(path)
    }
    fn list(&self, folder: &str) -> Result<Vec<(String, bool)>, ReadError> {
        self.files.borrow().list(folder)
    }
    fn kind(&self, path: &str) -> PathKind {
        self.files.borrow().kind(path)
    }
}

impl Files for Typing {
    fn write(&self, path: &str, _: &[u8]) -> Result<(), ReadError> {
        Err(ReadError { path: path.to_owned(), reason: "watching writes nothing".to_owned() })
    }
    fn wait(&self) -> bool {
        let Some(step) = self.steps.get(self.step.get()) else { return false };
        self.step.set(self.step.get() + 1);
        if let Some(text) = step {
            self.files.borrow_mut().insert("member", *text);
        }
        true
    }
}

#[test]
fn watching_lints_again_when_an_included_member_is_saved() {
    let mut files = MemorySystem::new();
    files.insert("a.profile", "INCLUDE SYS1.TCPPARMS(MEMBER)\n");
    files.insert("member", "SOMAXCON 1\n");
    // Nothing, a save in two steps, quiet, a save that mends it, quiet.
    let steps = &[None, Some("SOM"), Some("XYZZY 1\n"), None, Some("SOMAXCONN 1\n"), None];
    let typing = Typing { files: RefCell::new(files), steps, step: Cell::new(0) };
    let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
    let exit = vipa::main_with(
        ["vipa", "lint", "--watch", "--format", "concise", "a.profile"].map(Into::into),
        &mut World {
            stdin: &mut std::io::empty(),
            stdout: &mut stdout,
            stderr: &mut stderr,
            stdout_terminal: false,
            stderr_terminal: false,
            cwd: "/net".to_owned(),
            env: &|_| None,
            files: &typing,
        },
    );
    let (stdout, stderr) = (String::from_utf8_lossy(&stdout), String::from_utf8_lossy(&stderr));
    assert_eq!((exit, exit.code()), (Exit::Interrupted, 130), "{stderr}");
    let told: Vec<&str> = stdout.lines().map(|line| line.split(' ').nth(2).unwrap_or("")).collect();
    assert_eq!(told, ["SOMAXCON", "XYZZY"], "{stdout}");
    assert_eq!(stderr.matches("Watching 3 paths; Ctrl-C ends it.").count(), 3, "{stderr}");
}
