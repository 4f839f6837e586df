//! `vipa fmt`: which files, what is written, how it ends.

use compiler::dataset::{DatasetForm, Encoding, LineEnd, RecordForm, encode_as};
use vipa::exit::Exit;

use crate::harness::vipa;

const UGLY: &str = "PORT 23   TCP TN3270\n 3000 TCP   X ; orders\n";
const FINE: &str = "PORT\n    23 TCP TN3270\n  3000 TCP X  ; orders\n";

#[test]
fn files_are_rewritten_in_place() {
    let world = vipa(&[("a.profile", UGLY), ("b.profile", "PORT 23 TCP TN3270\n")]);
    let ended = world.run("fmt a.profile b.profile");
    assert_eq!((ended.exit, ended.stdout.as_str()), (Exit::Clean, ""));
    assert_eq!(ended.stderr, "1 file formatted, 1 unchanged.\n");
    let written = world.memory.written.borrow();
    assert_eq!(written.iter().collect::<Vec<_>>(), [(&"a.profile".to_owned(), &FINE.to_owned())]);
}

#[test]
fn check_and_diff_write_nothing_and_end_with_1() {
    let world = vipa(&[("a.profile", UGLY)]);
    let ended = world.run("fmt --check");
    assert_eq!((ended.exit, ended.stdout.as_str()), (Exit::Findings, "a.profile\n"));
    assert_eq!(ended.stderr, "1 file would be formatted.\n");
    let ended = world.run("fmt --diff a.profile");
    assert_eq!(ended.exit, Exit::Findings);
    insta::assert_snapshot!(ended.stdout, @r"
    --- a.profile
    +++ a.profile
    @@ -1,2 +1,3 @@
    -PORT 23   TCP TN3270
    - 3000 TCP   X ; orders
    +PORT
    +    23 TCP TN3270
    +  3000 TCP X  ; orders
    ");
    assert!(world.memory.written.borrow().is_empty());
    let fine = vipa(&[("a.profile", FINE)]);
    for line in ["fmt --check", "fmt --diff"] {
        let ended = fine.run(line);
        assert_eq!((ended.exit, ended.stdout.as_str()), (Exit::Clean, ""), "{line}");
    }
}

#[test]
fn standard_input_goes_to_standard_output() {
    let ended = vipa(&[]).stdin(UGLY).run("fmt -");
    assert_eq!((ended.exit, ended.stdout.as_str(), ended.stderr.as_str()), (Exit::Clean, FINE, ""));
    let ended = vipa(&[]).stdin(UGLY).run("fmt --check --stdin-name net/a.profile -");
    assert_eq!((ended.exit, ended.stdout.as_str()), (Exit::Findings, "net/a.profile\n"));
    assert_eq!(vipa(&[]).stdin("").run("fmt -").stdout, "");
}

#[test]
fn a_folder_gives_what_is_ours() {
    let toml = "[sysplex]\nname = \"P\"\n[[stack]]\nname = \"A\"\nprofile = \"odd.txt\"\n[files]\nobeyfile = [\"change/*\"]\nignore = [\"old/*\"]\n";
    let world = vipa(&[
        ("sysplex.toml", toml),
        ("odd.txt", UGLY),
        ("change/c1", UGLY),
        ("old/a.profile", UGLY),
        ("notes.md", UGLY),
        ("members/RANGES", "START   L1\n"),
        (".git/a.profile", UGLY),
    ]);
    assert_eq!(world.run("fmt --check").stdout, "change/c1\nmembers/RANGES\nodd.txt\n");
    assert_eq!(world.run("fmt --check members odd.txt").stdout, "members/RANGES\nodd.txt\n");
}

#[test]
fn the_dialect_is_that_of_the_description() {
    let toml =
        "[sysplex]\nname = \"P\"\ndialect = \"founding\"\n[[stack]]\nname = \"A\"\nprofile = \"a.profile\"\n";
    let world = vipa(&[("sysplex.toml", toml), ("a.profile", "VIPADEFINE   DVA1,DVB1\n")]);
    assert_eq!(world.run("fmt").exit, Exit::Clean);
    assert_eq!(world.memory.written.borrow()["a.profile"], "VIPADEFINE DVA1, DVB1\n");
    // To the product it is a mistake, and stays.
    assert_eq!(world.run("fmt --check --dialect zos").exit, Exit::Clean);
}

#[test]
fn encoding_and_records_stay() {
    let forms = [
        (Encoding::Ibm1047, RecordForm::Fixed80),
        (Encoding::Ibm037, RecordForm::Fixed80),
        (Encoding::Ibm1047, RecordForm::Lines(LineEnd::Ebcdic15)),
        (Encoding::Utf8, RecordForm::Lines(LineEnd::CrLf)),
        (Encoding::Utf8, RecordForm::Fixed80),
    ];
    for (encoding, records) in forms {
        let form = DatasetForm { encoding, records, bom: false };
        // A word in brackets tells the code pages apart.
        let text = UGLY.replace("orders", "[orders]");
        let world = vipa(&[]).file("a.profile", encode_as(&text, &form).expect("fits"));
        assert_eq!(world.run("fmt a.profile").exit, Exit::Clean, "{form:?}");
        let wanted = encode_as(&FINE.replace("orders", "[orders]"), &form).expect("fits");
        assert_eq!(world.memory.bytes.borrow()["a.profile"], wanted, "{form:?}");
    }
}

#[test]
fn what_cannot_be_done_is_named_and_left() {
    let numbered: String = ["PORT 23   TCP A", "PORT 80   TCP B"]
        .iter()
        .enumerate()
        .map(|(at, record)| format!("{record:<72}{:08}\n", (at + 1) * 100))
        .collect();
    let world = vipa(&[("a.profile", UGLY), ("n.profile", &numbered)]).file("b.profile", vec![0, 1, 2, 3]);
    let ended = world.run("fmt a.profile b.profile n.profile");
    assert_eq!(ended.exit, Exit::Unusable);
    assert!(ended.stderr.contains("cannot read b.profile"), "{}", ended.stderr);
    assert!(ended.stderr.contains("sequence numbers in columns 73 to 80"), "{}", ended.stderr);
    assert!(ended.stderr.ends_with("1 file formatted, 2 left as it was.\n"), "{}", ended.stderr);
    assert_eq!(world.memory.written.borrow().len(), 1, "the others are done");
}

#[test]
fn a_record_that_would_not_fit_leaves_the_file() {
    let text = "HOME\n10.1.1.1 L1 ; éééééééééééééééééééééééééééééé\n10.1.1.2 LINKWITHLONGNAME ; x\n";
    let form = DatasetForm { encoding: Encoding::Utf8, records: RecordForm::Fixed80, bom: false };
    let world = vipa(&[]).file("a.profile", encode_as(text, &form).expect("fits"));
    let ended = world.run("fmt a.profile");
    assert_eq!(ended.exit, Exit::Unusable, "{}", ended.stderr);
    assert!(ended.stderr.contains("it does not fit"), "{}", ended.stderr);
    assert!(world.memory.bytes.borrow().is_empty());
}

#[test]
fn a_file_that_cannot_be_written_is_2() {
    let ended = vipa(&[("locked/a.profile", UGLY)]).run("fmt locked/a.profile");
    assert_eq!(ended.exit, Exit::Unusable);
    assert!(ended.stderr.contains("cannot write locked/a.profile"), "{}", ended.stderr);
}

#[test]
fn usage() {
    let world = vipa(&[("a.profile", UGLY), ("empty/README.md", "")]);
    for (line, what) in [
        ("fmt - a.profile", "standard input is formatted alone"),
        ("fmt --stdin-name x a.profile", "nothing reads it"),
        ("fmt b.profile", "did you mean a.profile?"),
        ("fmt empty", "no TCP/IP profile found in empty"),
        ("fmt --check --diff", "cannot be used with"),
    ] {
        let ended = world.run(line);
        assert_eq!((ended.exit, ended.stdout.as_str()), (Exit::Unusable, ""), "{line}");
        assert!(ended.stderr.contains(what), "{line}: {}", ended.stderr);
    }
    assert!(world.run("fmt --help").stdout.contains("column 72"));
}
