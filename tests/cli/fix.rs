//! `vipa lint --fix` and `--diff`: what is written, what is taken back, how it ends.

use std::cell::Cell;

use compiler::dataset::{DatasetForm, DecodeOptions, Encoding, RecordForm, decode, encode_as};
use compiler::system::{MemorySystem, PathKind, ReadError, System};
use vipa::exit::Exit;
use vipa::world::{Files, World};

use crate::harness::vipa;

const MISSPELT: &str = "SOMAXCON 100\nPORT 23 TPC TN3270\n";

#[test]
fn safe_fixes_are_written_and_the_rest_is_listed() {
    let world =
        vipa(&[("a.profile", "SOMAXCON 100\nTCPCONFIG TTLS\nXYZZY 1\n"), ("b.profile", "SOMAXCONN 5\n")]);
    let ended = world.run("lint --fix --format concise");
    assert_eq!(ended.exit, Exit::Findings);
    assert_eq!(ended.stderr, "Fixed 1 finding in 1 file, 1 left.\n");
    assert!(ended.stdout.starts_with("a.profile:3:1 error[unknown-statement] XYZZY"), "{}", ended.stdout);
    let written = world.memory.written.borrow();
    let expected = "SOMAXCONN 100\nTCPCONFIG TTLS\nXYZZY 1\n".to_owned();
    assert_eq!(written.iter().collect::<Vec<_>>(), [(&"a.profile".to_owned(), &expected)]);
}

#[test]
fn a_difference_writes_nothing_and_ends_with_1() {
    let world = vipa(&[("a.profile", MISSPELT)]);
    let ended = world.run("lint --diff");
    assert_eq!(ended.exit, Exit::Findings);
    assert_eq!(ended.stderr, "Would fix 2 findings in 1 file, 0 left.\n");
    insta::assert_snapshot!(ended.stdout, @r"
    --- a.profile
    +++ a.profile
    @@ -1,2 +1,2 @@
    -SOMAXCON 100
    -PORT 23 TPC TN3270
    +SOMAXCONN 100
    +PORT 23 TCP TN3270
    ");
    assert!(world.memory.written.borrow().is_empty());
    let fine = vipa(&[("a.profile", "SOMAXCONN 100\n")]).run("lint --diff");
    assert_eq!((fine.exit, fine.stdout.as_str()), (Exit::Clean, ""));
    let piped = vipa(&[]).stdin(MISSPELT).run("lint --diff --stdin-name net/a.profile -");
    assert!(piped.stdout.starts_with("--- net/a.profile\n"), "{}", piped.stdout);
}

#[test]
fn a_fix_that_makes_an_error_is_taken_back_and_said() {
    let text = "VIPADYNAMIC\n  VIPADEFINE 255.255.255.0 192.0.2.1\n  VIPADEFNIE 255.255.255.128 192.0.2.1\nENDVIPADYNAMIC\nSOMAXCON 5\n";
    let world = vipa(&[("a.profile", text)]);
    let ended = world.run("lint --fix --format concise");
    assert!(ended.stderr.contains("note: a.profile:3:3 [unknown-statement] is left: to write VIPADEFINE was tried, and it would make an error, dvipa-defined-twice:"), "{}", ended.stderr);
    assert!(ended.stderr.ends_with("Fixed 1 finding in 1 file, 1 left.\n"), "{}", ended.stderr);
    let written = world.memory.written.borrow();
    assert_eq!(written.get("a.profile"), Some(&text.replace("SOMAXCON ", "SOMAXCONN ")));
}

#[test]
fn what_is_selected_is_what_is_fixed() {
    let world = vipa(&[("a.profile", MISSPELT)]);
    assert_eq!(
        world.run("lint --fix --select unexpected-token").stderr,
        "Fixed 1 finding in 1 file, 0 left.\n"
    );
    let expected = "SOMAXCON 100\nPORT 23 TCP TN3270\n";
    assert_eq!(world.memory.written.borrow().get("a.profile").map(String::as_str), Some(expected));
    let ended = world.run("lint --fix --ignore unexpected-token,unknown-statement");
    assert_eq!(ended.stderr, "Fixed 0 findings, 0 left.\n");
}

#[test]
fn encoding_records_and_sequence_numbers_stay() {
    let form = DatasetForm { encoding: Encoding::Ibm1047, records: RecordForm::Fixed80, bom: false };
    let text = format!("{:<72}00000100\n{:<72}00000200\n", "SOMAXCON 100", "PORT 23 TPC TN3270");
    let world = vipa(&[]).file("a.profile", encode_as(&text, &form).expect("it fits"));
    let ended = world.run("lint --fix --ignore sequence-numbers");
    assert_eq!(ended.stderr, "Fixed 2 findings in 1 file, 0 left.\n");
    let written = world.memory.bytes.borrow();
    let back = decode(&written["a.profile"], &DecodeOptions::default()).expect("text");
    assert_eq!(back.form, form);
    let mended = format!("{:<72}00000100\n{:<72}00000200\n", "SOMAXCONN 100", "PORT 23 TCP TN3270");
    assert_eq!(*back.text, mended);
}

#[test]
fn sequence_numbers_are_taken_out() {
    let text = format!("{:<72}00000100\n{:<72}00000200\n", "SOMAXCON 100", "PORT 23 TCP TN3270");
    let world = vipa(&[("a.profile", &text)]);
    assert_eq!(world.run("lint --fix").stderr, "Fixed 2 findings in 1 file, 0 left.\n");
    let written = world.memory.written.borrow();
    let lines: Vec<&str> = written["a.profile"].lines().map(str::trim_end).collect();
    assert_eq!(lines, ["SOMAXCONN 100", "PORT 23 TCP TN3270"]);
}

#[test]
fn a_member_that_stacks_share_is_fixed_once() {
    let toml = "[sysplex]\nincludes = { \"SYS1.PARMS\" = \"parms/\" }\n[[stack]]\nname = \"A\"\nprofile = \"a\"\n[[stack]]\nname = \"B\"\nprofile = \"b\"\n";
    let include = "INCLUDE SYS1.PARMS(COMMON)\n";
    let world = vipa(&[
        ("net/sysplex.toml", toml),
        ("net/a", include),
        ("net/b", include),
        ("net/parms/COMMON", "SOMAXCON 5\n"),
    ]);
    assert_eq!(world.run("lint --fix net").stderr, "Fixed 1 finding in 1 file, 0 left.\n");
    assert_eq!(world.memory.written.borrow()["net/parms/COMMON"], "SOMAXCONN 5\n");
}

#[test]
fn options_that_fix_nothing_are_refused() {
    let world = vipa(&[("a.profile", MISSPELT)]).stdin(MISSPELT);
    let ended = world.run("lint --unsafe-fixes");
    assert_eq!((ended.exit, ended.stdout.as_str()), (Exit::Unusable, ""));
    assert!(ended.stderr.contains("add --fix, or --diff"), "{}", ended.stderr);
    let ended = world.run("lint --fix -");
    assert!(ended.stderr.contains("standard input cannot be fixed in its place"), "{}", ended.stderr);
    assert!(world.memory.written.borrow().is_empty());
}

#[test]
fn a_file_that_may_not_be_written_ends_it_with_a_clear_message() {
    let world = vipa(&[("locked/a.profile", MISSPELT)]);
    let ended = world.run("lint --fix locked");
    assert_eq!((ended.exit, ended.stdout.as_str()), (Exit::Unusable, ""));
    assert_eq!(
        ended.stderr,
        "error: cannot write locked/a.profile: you may not read or write it\n  help: is the folder there, and may you write in it?\n"
    );
    assert!(world.memory.written.borrow().is_empty());
}

#[test]
fn of_two_fixes_that_overlap_one_waits_for_the_next_round() {
    // The name in the comment is mended; then nothing needs the comment any more, and it goes.
    let world = vipa(&[("a.profile", "SOMAXCON 1024 ; vipa: allow(unknown-statment) for now\n")]);
    let ended = world.run("lint --fix --unsafe-fixes");
    assert_eq!((ended.exit, ended.stderr.as_str()), (Exit::Clean, "Fixed 3 findings in 1 file, 0 left.\n"));
    assert_eq!(world.memory.written.borrow()["a.profile"], "SOMAXCONN 1024\n");
}

/// A file that somebody saves while it is being linted.
struct Edited {
    files: MemorySystem,
    reads: Cell<u32>,
    wrote: Cell<bool>,
}

impl System for Edited {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        let mut bytes = self.files.read(path)?;
        if path == "b.profile" {
            self.reads.set(self.reads.get() + 1);
            // Once to tell what it is, once to compile it; by then it is saved again.
            if self.reads.get() > 2 {
                bytes.extend(b"; saved\n");
            }
        }
        Ok(bytes)
    }
    fn list(&self, folder: &str) -> Result<Vec<(String, bool)>, ReadError> {
        self.files.list(folder)
    }
    fn kind(&self, path: &str) -> PathKind {
        self.files.kind(path)
    }
}

impl Files for Edited {
    fn write(&self, _: &str, _: &[u8]) -> Result<(), ReadError> {
        self.wrote.set(true);
        Ok(())
    }
}

#[test]
fn a_file_that_changed_meanwhile_stops_all_of_it() {
    let mut files = MemorySystem::new();
    files.insert("a.profile", MISSPELT);
    files.insert("b.profile", MISSPELT);
    let edited = Edited { files, reads: Cell::new(0), wrote: Cell::new(false) };
    let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
    let exit = vipa::main_with(
        ["vipa", "lint", "--fix"].map(Into::into),
        &mut World {
            stdin: &mut std::io::empty(),
            stdout: &mut stdout,
            stderr: &mut stderr,
            stdout_terminal: false,
            stderr_terminal: false,
            cwd: "/net".to_owned(),
            env: &|_| None,
            files: &edited,
        },
    );
    let stderr = String::from_utf8(stderr).expect("text");
    assert_eq!((exit, stdout.as_slice()), (Exit::Unusable, b"".as_slice()), "{stderr}");
    assert!(
        stderr.starts_with("error: b.profile has changed since it was read; nothing is written\n"),
        "{stderr}"
    );
    assert!(!edited.wrote.get(), "a.profile is left too");
}
