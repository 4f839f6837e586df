//! What an edit re-does: the queries that really run, counted.
#![allow(missing_docs)]

use vipa_compiler::system::MemorySystem;
use vipa_compiler::{Compiler, Request, Settings};

const TOML: &str = "\
[[stack]]
name = \"TCPIP1\"
profile = \"one.profile\"
[[stack]]
name = \"TCPIP2\"
profile = \"two.profile\"
";

const ONE: &str = "\
IPCONFIG DYNAMICXCF 10.0.0.1 255.255.255.0 1
DEVICE D1 VIRTUAL 0
LINK L1 VIRTUAL 0 D1
HOME 192.0.2.1 L1
PORT 443 TCP WEBSRV
VIPADYNAMIC
  VIPADEFINE 255.255.255.0 203.0.113.1
  VIPADISTRIBUTE 203.0.113.1 PORT 443 DESTIP 10.0.0.1 10.0.0.2
ENDVIPADYNAMIC
";

const TWO: &str = "IPCONFIG DYNAMICXCF 10.0.0.2 255.255.255.0 1\nPORT 443 TCP WEBSRV\n";

fn compiled() -> (Compiler, MemorySystem) {
    let mut system = MemorySystem::new();
    system.insert("sysplex.toml", TOML);
    system.insert("one.profile", ONE);
    system.insert("two.profile", TWO);
    let mut compiler = Compiler::recording(Settings::default());
    compiler.load(&system, &Request { sysplex: Some("sysplex.toml".into()), profiles: vec![] }).unwrap();
    assert_eq!(compiler.snapshot().findings().len(), 0);
    (compiler, system)
}

/// Names of the queries that ran, without their keys.
fn ran(compiler: &Compiler) -> Vec<String> {
    let mut names: Vec<String> =
        compiler.executed().iter().map(|key| key.split('(').next().unwrap().to_owned()).collect();
    names.sort();
    names
}

#[test]
fn a_comment_at_the_top_moves_positions_and_nothing_else() {
    let (mut compiler, system) = compiled();
    ran(&compiler);
    compiler.set_overlay(&system, "one.profile", Some(&format!("; a new line\n{ONE}")));
    assert_eq!(compiler.snapshot().findings().len(), 0);
    // The text that changed is looked at as a data set, for comments that allow something, and split again; no statement is.
    assert_eq!(ran(&compiler), ["allows", "columns", "file_findings", "sections"]);
}

#[test]
fn a_statement_at_the_top_is_read_and_the_ones_below_are_not() {
    let (mut compiler, system) = compiled();
    ran(&compiler);
    compiler.set_overlay(&system, "one.profile", Some(&format!("IPCONFIG TTL 60\n{ONE}")));
    assert_eq!(compiler.snapshot().findings().len(), 0);
    // The new statement is read, its INCLUDEs are looked for, its stack is folded; what its partners see of it is as before.
    assert_eq!(
        ran(&compiler),
        [
            "allows",
            "columns",
            "file_findings",
            "folded",
            "included",
            "reading",
            "reads_of",
            "sections",
            "stack_findings",
            "summary",
            "used_symbols"
        ]
    );
}

#[test]
fn positions_follow_the_edit() {
    let (mut compiler, system) = compiled();
    let broken = ONE.replace("WEBSRV", "WEBSRV SHAREPRT");
    compiler.set_overlay(&system, "one.profile", Some(&broken));
    let record = |compiler: &Compiler| compiler.snapshot().findings().first().unwrap().place.start.record;
    assert_eq!(record(&compiler), 5);
    compiler.set_overlay(&system, "one.profile", Some(&format!("\n; moved down\n{broken}")));
    assert_eq!(record(&compiler), 7);
}

#[test]
fn an_edit_of_one_stack_leaves_the_others_alone() {
    let (mut compiler, system) = compiled();
    ran(&compiler);
    compiler.set_overlay(&system, "two.profile", Some(&TWO.replace("WEBSRV", "OTHER")));
    let findings = compiler.snapshot().findings();
    assert_eq!(findings.iter().map(|finding| finding.rule).collect::<Vec<_>>(), ["port-reservation-differs"]);
    let folded = ran(&compiler).iter().filter(|name| *name == "folded").count();
    assert_eq!(folded, 1);
}

#[test]
fn what_an_edit_leaves_behind_is_given_up() {
    let (mut compiler, system) = compiled();
    let (mut read, mut given_up) = (0, 0);
    for number in 0..100 {
        // The other stack is looked at again and again, and nothing of it is read.
        compiler.set_overlay(&system, "one.profile", Some(&format!("SOMAXCONN {}\n{ONE}", 1000 + number)));
        let _ = compiler.snapshot().findings();
        let _ = compiler.snapshot().names_in("one.profile");
        let of = |names: Vec<String>, what: &str| names.iter().filter(|name| name.starts_with(what)).count();
        read += of(compiler.executed(), "reading(");
        given_up += of(compiler.discarded(), "reading(");
    }
    // Now and then a new statement is the last of its stretch, and the one below is read again.
    assert!((100..=125).contains(&read), "{read}");
    assert!(given_up + 5 >= read, "of {read} readings {given_up} were given up");
}
