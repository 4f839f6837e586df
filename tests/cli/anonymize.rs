//! `vipa anonymize`: nothing of the old names is left, and the findings are.
#![allow(clippy::disallowed_methods, reason = "the samples are on the disk")]

use std::fs;
use std::path::Path;

use vipa::exit::Exit;

use crate::harness::{Vipa, vipa};

/// The files of a sample, in memory.
fn sample(name: &str) -> Vipa {
    let mut files = Vec::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(name);
    take(&root, &root, &mut files);
    let mut world = vipa(&[]);
    for (path, bytes) in files {
        world = world.file(&format!("{name}/{path}"), bytes);
    }
    world
}

fn take(root: &Path, folder: &Path, files: &mut Vec<(String, Vec<u8>)>) {
    for entry in fs::read_dir(folder).expect("listed").flatten() {
        if entry.path().is_dir() {
            take(root, &entry.path(), files);
        } else {
            let path = entry.path();
            let inside = path.strip_prefix(root).expect("inside").to_string_lossy().replace('\\', "/");
            files.push((inside, fs::read(&path).expect("read")));
        }
    }
}

/// What was written, as a world.
fn result(world: &Vipa) -> Vipa {
    let mut new = vipa(&[]);
    for (path, bytes) in world.memory.bytes.borrow().iter() {
        new = new.file(path, bytes.clone());
    }
    new
}

/// Rule, level and record of each finding, without names.
fn findings(world: &Vipa, folder: &str) -> Vec<String> {
    let ended = world.run(&format!("lint {folder} --format json"));
    let report: serde_json::Value = serde_json::from_str(&ended.stdout).expect("JSON");
    let mut all: Vec<String> = report["findings"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|it| {
            let stacks = it["stacks"].as_array().map_or(0, Vec::len);
            let related: Vec<String> =
                it["related"].as_array().into_iter().flatten().map(|it| it["record"].to_string()).collect();
            format!("{} {} {} {stacks} {related:?}", it["rule"], it["severity"], it["record"])
        })
        .collect();
    all.sort();
    all
}

fn same_findings(world: &Vipa, folder: &str) -> Vipa {
    let ended = world.run(&format!("anonymize {folder} --out new"));
    assert_eq!((ended.exit, ended.stdout.as_str()), (Exit::Clean, ""), "{}", ended.stderr);
    let new = result(world);
    let all: String =
        world.memory.written.borrow().iter().map(|(path, text)| format!("{path}\n{text}\n")).collect();
    assert_eq!(findings(world, folder), findings(&new, "new"), "{all}");
    new
}

#[test]
fn the_findings_of_the_samples_stay() {
    for name in ["retail", "figure6", "figure6-corrected"] {
        let world = sample(name);
        let new = same_findings(&world, name);
        assert!(!findings(&new, "new").is_empty() || name != "figure6");
        let all: String =
            world.memory.written.borrow().iter().map(|(path, text)| format!("{path}\n{text}\n")).collect();
        for old in [
            "RETAIL", "SYSA", "TCPIPA", "CICSORD", "HTTPD", "sysa", "tcpparms", "FIGURE6", "APPA", "DVA1",
            "XCF1", "mvs1",
        ] {
            assert!(!all.contains(old), "{old} is left: {all}");
        }
        assert!(!all.contains("; ") && !all.contains("# "), "comments are left: {all}");
    }
}

const MIXED: &str = "\
; our secret network
DEVICE &SYSNAME.D VIRTUAL 0
LINK &SYSNAME.L VIRTUAL 0 &SYSNAME.D
HOME 9.20.&SYSCLONE..1 MVS1L ; secret
     9.20.7.129 NOLINK
HOEM 9.20.7.3 SECRETL
HOEM 9.20.7.4 SECRETM ; vipa: allow(unknown-statement, stack=MVS1) secret
PORT 443 TCP SECRET?A BIND 9.20.8.10
     80 TCP SECRETXA
     99999 TCP SECRETXB
VIPADYNAMIC
  VIPARANGE DEFINE 255.255.252.0 9.20.8.0
  VIPADEFINE 255.255.255.0 9.20.9.1 9.20.9.1
  VIPADISTRIBUTE DISTMETOD ROUNDROBIN 9.20.9.1 PORT 443 DESTIP 10.77.1.1
ENDVIPADYNAMIC
IPCONFIG DYNAMICXCF 10.77.1.&SYSCLONE. 255.255.255.0 1
INTERFACE SECRET6 DEFINE VIRTUAL6 IPADDR 2620:1:2:3::9
INCLUDE SECRET.PARMS(MISSING)
INCLUDE SECRET.PARMS(PORTS)
START SECRETL ; vipa: allow(no-such-rule, stack=MVS1) secret reason
";

const PLEX: &str = "\
# secret
[sysplex]
name = \"SECRETPX\"   # secret
includes = { \"SECRET.PARMS\" = 'secret/parms' }
[[stack]]
name = \"MVS1\"
system = \"MVS1\"
profile = \"secret.profile\"
symbols = { SYSCLONE = \"11\" }
[[job]]
name = \"SECRETJ\"
stacks = [\"NOSUCH\"]
[lint.rules]
\"dvipa-never-activated\" = \"off\"
";

fn mixed() -> Vipa {
    vipa(&[
        ("net/sysplex.toml", PLEX),
        ("net/secret.profile", MIXED),
        ("net/secret/parms/PORTS", "PORT 81 TCP SECRETY\n"),
        ("net/obey/secret1", "STOP SECRETL\n"),
        ("net/README.md", "secret"),
    ])
}

#[test]
fn mistakes_symbols_and_subnets_stay() {
    let world = mixed();
    same_findings(&world, "net");
    let written = world.memory.written.borrow();
    let all: String = written.iter().map(|(path, text)| format!("=== {path}\n{text}\n")).collect();
    assert!(!all.to_ascii_lowercase().contains("secret"), "{all}");
    assert!(!all.contains("9.20.") && !all.contains("10.77.") && !all.contains("2620:"), "{all}");
    insta::assert_snapshot!(all);
}

#[test]
fn twice_gives_the_same() {
    let (one, two) = (mixed(), mixed());
    one.run("anonymize net --out new");
    two.run("anonymize net --out new");
    assert_eq!(*one.memory.written.borrow(), *two.memory.written.borrow());
}

#[test]
fn bad_input_is_2() {
    let world = vipa(&[
        ("a.profile", "START A\n"),
        (
            "net/sysplex.toml",
            "[sysplex]\nname = \"P\"\n[[stack]]\nname = \"A\"\nprofile = \"../a.profile\"\n",
        ),
        ("ours/b.profile", "START A\n"),
        ("empty/README.md", ""),
    ])
    .file("bad/a.profile", vec![0, 1, 2, 3]);
    for (line, what) in [
        ("anonymize ours", "--out"),
        ("anonymize nowhere --out new", "no file or folder named nowhere"),
        ("anonymize a.profile --out new", "a.profile is a file"),
        ("anonymize ours --out net", "net is there already"),
        ("anonymize net --out new", "a.profile belongs to the sysplex and lies outside of net"),
        ("anonymize empty --out new", "no TCP/IP profile found in empty"),
        ("anonymize bad --out new", "cannot read bad/a.profile"),
        ("anonymize ours --out locked/new", "cannot write locked/new"),
    ] {
        let ended = world.run(line);
        assert_eq!((ended.exit, ended.stdout.as_str()), (Exit::Unusable, ""), "{line}");
        assert!(ended.stderr.contains(what), "{line}: {}", ended.stderr);
    }
    assert!(world.memory.written.borrow().is_empty());
    assert!(world.run("anonymize --help").stdout.contains("documentation ranges"));
}
