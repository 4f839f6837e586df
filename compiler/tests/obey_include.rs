//! What an OBEYFILE INCLUDEs: read, checked and applied like the rest of it.
#![allow(missing_docs)]

use std::sync::Arc;

use vipa_compiler::obey::Obeyed;
use vipa_compiler::source::SourceText;
use vipa_compiler::system::MemorySystem;
use vipa_compiler::{Compiler, Request, Settings};

const TOML: &str = "\
[sysplex]
includes = { \"NET.PARMS\" = \"parms\" }
[[stack]]
name = \"TCPIP1\"
profile = \"tcpip1.profile\"
";

fn obey(file: &str, members: &[(&str, &str)]) -> Obeyed {
    let mut system = MemorySystem::new();
    system.insert("net/sysplex.toml", TOML);
    system.insert("net/tcpip1.profile", "PORT 80 TCP WEB1\n");
    for (name, text) in members {
        system.insert(format!("net/parms/{name}"), *text);
    }
    let mut compiler = Compiler::new(Settings::default());
    compiler.load(&system, &Request { sysplex: Some("net/sysplex.toml".into()), profiles: vec![] }).unwrap();
    let file = Arc::new(SourceText::new(file));
    compiler.snapshot().obey_with("TCPIP1", &[file], &system).unwrap().remove(0)
}

fn rules(step: &Obeyed) -> Vec<&'static str> {
    step.reports.iter().map(|report| report.rule).collect()
}

fn ports(step: &Obeyed) -> Vec<u16> {
    step.config.port.reservations.iter().map(|entry| entry.port).collect()
}

#[test]
fn what_is_included_is_applied_in_its_place() {
    let step = obey("INCLUDE NET.PARMS(A)\nPORT 82 TCP WEB1", &[("a", "PORT 81 TCP WEB1\n")]);
    assert_eq!((rules(&step), ports(&step)), (vec![], vec![80, 81, 82]));
}

#[test]
fn a_mistake_names_the_way_to_it() {
    let step =
        obey("INCLUDE NET.PARMS(A)", &[("a", "INCLUDE NET.PARMS(B)\n"), ("b", "PORT 99999 TCP WEB1\n")]);
    assert_eq!(rules(&step), ["value-out-of-range"]);
    assert_eq!(step.reports[0].related.len(), 2);
    assert_eq!(ports(&step), [80]);
}

#[test]
fn loops_and_missing_members_are_found() {
    let step = obey("INCLUDE NET.PARMS(A)\nINCLUDE NET.PARMS(C)", &[("a", "INCLUDE NET.PARMS(A)\n")]);
    assert_eq!(rules(&step), ["include-loop", "include-not-found"]);
}

#[test]
fn a_block_takes_what_is_included() {
    let step = obey(
        "VIPADYNAMIC\nINCLUDE NET.PARMS(D)\nENDVIPADYNAMIC",
        &[("d", "VIPADEFINE 255.255.255.0 192.0.2.1\n")],
    );
    assert_eq!(rules(&step), ["include-in-block"]);
    assert_eq!(step.config.dvipa.list.len(), 1);
}
