//! What OBEYFILE does with interfaces, routes and devices on a stack that runs (03 14.1).
#![allow(missing_docs)]

use std::fmt::Write as _;
use std::sync::Arc;

use vipa_compiler::obey::Obeyed;
use vipa_compiler::source::SourceText;
use vipa_compiler::system::MemorySystem;
use vipa_compiler::{Compiler, Request, Settings};

const PROFILE: &str = "\
DEVICE VDEV1 VIRTUAL 0
LINK VLINK1 VIRTUAL 0 VDEV1
DEVICE LCS1 LCS BA0
LINK ETHER1 ETHERNET 0 LCS1
HOME 192.0.2.1 VLINK1 203.0.113.1 ETHER1
INTERFACE OSA1 DEFINE IPAQENET PORTNAME PORTA IPADDR 198.51.100.1/26
PRIMARYINTERFACE ETHER1
BEGINROUTES
  ROUTE 198.51.100.0/26 = OSA1 MTU 1492
  ROUTE DEFAULT 198.51.100.62 OSA1 MTU 1492
ENDROUTES
START LCS1
START OSA1
";

/// Applies data sets to the stack, one after the other.
fn obey(files: &[&str]) -> Vec<Obeyed> {
    let mut system = MemorySystem::new();
    system.insert("tcpip.profile", PROFILE);
    let mut compiler = Compiler::new(Settings::default());
    compiler.load(&system, &Request { sysplex: None, profiles: vec!["tcpip.profile".into()] }).unwrap();
    let snapshot = compiler.snapshot();
    assert_eq!(snapshot.findings().len(), 0, "{:?}", snapshot.findings());
    let stack = snapshot.stacks().remove(0);
    let sources: Vec<Arc<SourceText>> = files.iter().map(|text| Arc::new(SourceText::new(text))).collect();
    snapshot.obey(&stack, &sources).unwrap()
}

fn rules(step: &Obeyed) -> Vec<&'static str> {
    step.reports.iter().map(|report| report.rule).collect()
}

fn changes(step: &Obeyed) -> Vec<String> {
    step.changes.iter().map(|change| format!("{:?} {}", change.kind, change.what)).collect()
}

#[test]
fn the_first_home_replaces_the_list() {
    let steps = obey(&["HOME 192.0.2.1 VLINK1"]);
    assert_eq!(rules(&steps[0]), ["home-list-shortened"]);
    assert_eq!(steps[0].config.home.list.len(), 1);
    let steps = obey(&["HOME 192.0.2.1 VLINK1\nHOME 203.0.113.1 ETHER1"]);
    assert_eq!(rules(&steps[0]), ["home-again"], "a later HOME adds to the list");
}

#[test]
fn a_home_moves_a_primary_link() {
    let steps = obey(&["HOME 192.0.2.1 VLINK1 203.0.113.1 ETHER1"]);
    assert_eq!(steps[0].config.primaryinterface.interface, None);
    let steps = obey(&["PRIMARYINTERFACE ETHER1\nHOME 192.0.2.1 VLINK1 203.0.113.1 ETHER1"]);
    assert!(steps[0].config.primaryinterface.interface.is_some());
    let steps = obey(&["PRIMARYINTERFACE OSA1", "HOME 192.0.2.1 VLINK1 203.0.113.1 ETHER1"]);
    assert!(steps[1].config.primaryinterface.interface.is_some(), "a primary INTERFACE stays");
}

#[test]
fn the_first_block_replaces_all_routes() {
    let steps = obey(&["BEGINROUTES\n  ROUTE 192.0.2.64/26 198.51.100.62 OSA1 MTU 1492\nENDROUTES"]);
    assert_eq!(rules(&steps[0]), ["routes-left-out"]);
    let both = "BEGINROUTES\n  ROUTE 198.51.100.0/26 = OSA1 MTU 1492\nENDROUTES\n\
                BEGINROUTES\n  ROUTE DEFAULT 198.51.100.62 OSA1 MTU 1492\nENDROUTES";
    let steps = obey(&[both]);
    assert_eq!(rules(&steps[0]), [""; 0]);
    assert_eq!(
        changes(&steps[0]),
        ["Unchanged ROUTE 198.51.100.0/26 = OSA1", "Unchanged ROUTE DEFAULT 198.51.100.62 OSA1"]
    );
}

#[test]
fn stop_and_delete_need_two_data_sets() {
    let delete = "DELETE LINK ETHER1\nDELETE DEVICE LCS1\n";
    let steps = obey(&[&format!("STOP LCS1\n{delete}")]);
    assert_eq!(rules(&steps[0]), ["delete-active", "delete-active"]);
    let ids: Vec<&str> = steps[0].console.iter().map(|said| said.id).collect();
    assert_eq!(ids, ["EZZ0395I", "EZZ0395I"]);
    let steps = obey(&["STOP LCS1", delete]);
    assert_eq!((rules(&steps[0]), rules(&steps[1])), (vec![], vec![]));
    assert!(steps[1].config.device.devices.iter().all(|device| device.name != "LCS1"));
}

#[test]
fn an_interface_goes_with_its_routes() {
    let steps = obey(&["INTERFACE OSA1 DELETE\nSTOP OSA1"]);
    assert_eq!(rules(&steps[0]), ["delete-active"]);
    let steps = obey(&["STOP OSA1", "INTERFACE OSA1 DELETE"]);
    assert_eq!(rules(&steps[1]), [""; 0]);
    assert!(steps[1].config.beginroutes.routes.is_empty());
    assert!(steps[1].config.interface.list.is_empty());
}

#[test]
fn the_same_again_changes_nothing() {
    let steps =
        obey(&["DEVICE LCS1 LCS BA0\nINTERFACE OSA1 DEFINE IPAQENET PORTNAME PORTA IPADDR 198.51.100.1/26"]);
    assert_eq!(rules(&steps[0]), [""; 0]);
    assert_eq!(changes(&steps[0]), ["Unchanged DEVICE LCS1", "Unchanged INTERFACE OSA1"]);
    let steps =
        obey(&["DEVICE LCS1 LCS BC0\nINTERFACE OSA1 DEFINE IPAQENET PORTNAME PORTB IPADDR 198.51.100.1/26"]);
    assert_eq!(rules(&steps[0]), ["device-twice", "interface-twice"]);
}

#[test]
fn limits() {
    let mut text = String::new();
    for number in 0..256 {
        writeln!(text, "DEVICE D{number} MPCPTP\nSTART D{number}").unwrap();
    }
    let steps = obey(&["STOP LCS1\nSTOP OSA1", &text]);
    assert_eq!(rules(&steps[1]), ["start-too-many"]);
    let mut text = String::new();
    for number in 1..=33 {
        writeln!(text, "INTERFACE O{number} DEFINE IPAQENET PORTNAME PORTX VLANID {number} VMAC IPADDR 10.0.{number}.1/24")
            .unwrap();
    }
    let steps = obey(&[&text]);
    assert_eq!(rules(&steps[0]), ["interface-several-vlans"]);
}
