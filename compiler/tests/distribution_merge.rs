//! VIPADISTRIBUTE statements one after the other: what DEFINE adds and DELETE takes off.
#![allow(missing_docs)]

use vipa_compiler::statements::vipadistribute::{Distribution, Targets};
use vipa_compiler::system::MemorySystem;
use vipa_compiler::{Compiler, Request, Settings};

/// The distributions after these statements, as `ports: targets`.
fn after(statements: &[&str]) -> Vec<String> {
    let body: String = statements.iter().map(|one| format!("  VIPADISTRIBUTE {one}\n")).collect();
    let profile = format!("VIPADYNAMIC\n  VIPADEFINE 255.255.255.0 192.0.2.1\n{body}ENDVIPADYNAMIC\n");
    let mut system = MemorySystem::new();
    system.insert("a.profile", profile);
    let mut compiler = Compiler::new(Settings::default());
    compiler.load(&system, &Request { sysplex: None, profiles: vec!["a.profile".into()] }).unwrap();
    let folded = compiler.snapshot().folded("A").unwrap();
    folded.config.vipadistribute.list.iter().map(told).collect()
}

fn told(distribution: &Distribution) -> String {
    let ports: Vec<String> = distribution.ports.iter().map(u16::to_string).collect();
    let targets: Vec<String> = match &distribution.targets {
        Targets::All => vec!["ALL".to_owned()],
        Targets::List(list) => list.iter().map(|target| target.xcf.to_string()).collect(),
    };
    format!("{}: {}", ports.join(" "), targets.join(" "))
}

#[test]
fn a_second_define_adds_targets() {
    let list = after(&["192.0.2.1 PORT 80 443 DESTIP 10.0.0.1", "192.0.2.1 PORT 80 DESTIP 10.0.0.2"]);
    assert_eq!(list, ["443: 10.0.0.1", "80: 10.0.0.1 10.0.0.2"]);
}

#[test]
fn a_second_define_adds_ports() {
    let list = after(&["192.0.2.1 PORT 80 DESTIP 10.0.0.1", "192.0.2.1 PORT 80 81 DESTIP 10.0.0.1"]);
    assert_eq!(list, ["80 81: 10.0.0.1"]);
}

#[test]
fn the_same_again_changes_nothing() {
    let once = "DISTM SERVERWLM 192.0.2.1 PORT 80 443 DESTIP ALL";
    assert_eq!(after(&[once, once]), after(&[once]));
}

#[test]
fn a_later_define_gives_its_method() {
    let list = after(&["192.0.2.1 PORT 80 DESTIP ALL", "DISTM ROUNDROBIN 192.0.2.1 PORT 80 DESTIP 10.0.0.1"]);
    assert_eq!(list, ["80: ALL"]);
}

#[test]
fn delete_takes_off_what_it_names() {
    let define = "192.0.2.1 PORT 80-82 DESTIP 10.0.0.1 10.0.0.2";
    assert_eq!(
        after(&[define, "DELETE 192.0.2.1 PORT 81 DESTIP 10.0.0.2"]),
        ["81: 10.0.0.1", "80 82: 10.0.0.1 10.0.0.2"]
    );
    assert_eq!(after(&[define, "DELETE 192.0.2.1 PORT 81 DESTIP ALL"]), ["80 82: 10.0.0.1 10.0.0.2"]);
    assert_eq!(after(&[define, "DELETE 192.0.2.1 PORT 80-82 DESTIP 10.0.0.1 10.0.0.2"]), [""; 0]);
    assert_eq!(after(&[define, "DELETE 192.0.2.1 PORT 90 DESTIP ALL"]), after(&[define]));
    assert_eq!(after(&["192.0.2.1 DESTIP ALL", "DELETE 192.0.2.1 DESTIP 10.0.0.1"]), [": ALL"]);
    assert_eq!(after(&["192.0.2.1 DESTIP ALL", "DELETE 192.0.2.1 DESTIP ALL"]), [""; 0]);
}
