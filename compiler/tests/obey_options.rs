//! What an OBEYFILE may not change, what it changes for others, and how much a stack takes: cases that no profile shows.
#![allow(missing_docs)]

use std::sync::Arc;

use vipa_compiler::finding::Severity;
use vipa_compiler::source::SourceText;
use vipa_compiler::system::MemorySystem;
use vipa_compiler::{Compiler, Request, Settings};

fn compiled(profile: &str) -> Compiler {
    let mut system = MemorySystem::new();
    system.insert("tcpip.profile", profile);
    let mut compiler = Compiler::new(Settings::default());
    compiler.load(&system, &Request { sysplex: None, profiles: vec!["tcpip.profile".into()] }).unwrap();
    compiler
}

/// Rules that an OBEYFILE breaks on a stack with this profile.
fn obeyed(profile: &str, obeyfile: &str) -> Vec<&'static str> {
    let snapshot = compiled(profile).snapshot();
    let stack = snapshot.stacks().remove(0);
    let steps = snapshot.obey(&stack, &[Arc::new(SourceText::new(obeyfile))]).unwrap();
    steps.iter().flat_map(|step| step.reports.iter().map(|report| report.rule)).collect()
}

#[test]
fn the_group_is_for_the_initial_profile() {
    let found = obeyed("GLOBALCONFIG XCFGRPID 2\n", "GLOBALCONFIG XCFGRPID 3\n");
    assert_eq!(found, ["start-only-parameter"]);
    assert!(obeyed("GLOBALCONFIG XCFGRPID 2\n", "GLOBALCONFIG XCFGRPID 2\n").is_empty());
}

#[test]
fn the_common_pool_is_for_all_stacks() {
    let found = obeyed("SOMAXCONN 1024\n", "GLOBALCONFIG EXPLICITBINDPORTRANGE 40000 1024\n");
    assert_eq!(found, ["explicit-bind-sysplex"]);
    assert!(obeyed("SOMAXCONN 1024\n", "GLOBALCONFIG NOEXPLICITBINDPORTRANGE\n").is_empty());
}

#[test]
fn the_accelerator_has_to_go_first() {
    let accelerated = "IPCONFIG QDIOACCELERATOR\n";
    assert_eq!(obeyed(accelerated, "IPCONFIG IQDIOROUTING\n"), ["iqdio-routing-accelerator"]);
    assert!(obeyed(accelerated, "IPCONFIG NOQDIOACCELERATOR IQDIOROUTING\n").is_empty());
}

#[test]
fn dynamic_xcf_stays_as_it_is() {
    let profile = "IPCONFIG DYNAMICXCF 10.1.1.1 255.255.255.0 1\n";
    assert_eq!(obeyed(profile, "IPCONFIG DYNAMICXCF 10.1.1.2 255.255.255.0 1\n"), ["xcf-changed"]);
    assert_eq!(obeyed(profile, "IPCONFIG NODYNAMICXCF\n"), ["xcf-changed"]);
    assert!(obeyed(profile, profile).is_empty());
    assert!(obeyed("IPCONFIG SYSPLEXROUTING\n", profile).is_empty());
}

#[test]
fn tunnels_of_dvipas_are_for_the_initial_profile() {
    let rules = "IPSEC DVIPSEC\n  IPSECRULE * * NOLOG PROTOCOL *\nENDIPSEC\n";
    let without = rules.replace("DVIPSEC", "LOGENABLE");
    assert_eq!(obeyed(&format!("IPCONFIG IPSECURITY\n{without}"), rules), ["start-only-parameter"]);
    let profile = format!("IPCONFIG IPSECURITY\n{rules}");
    assert!(obeyed(&profile, rules).is_empty());
    assert!(obeyed(&profile, &without).is_empty());
}

#[test]
fn the_same_range_again_is_no_second_range() {
    let range = "PORTRANGE 5000 100 TCP WEBSRV\n";
    assert!(obeyed(range, range).is_empty());
    assert_eq!(obeyed(range, "PORTRANGE 5050 100 TCP WEBSRV\n"), ["portrange-overlap"]);
}

#[test]
fn a_new_list_of_source_addresses_takes_the_place_of_the_old() {
    let one = "SRCIP JOBNAME A 192.0.2.1 ENDSRCIP\n";
    assert!(obeyed(one, one).is_empty());
    let snapshot = compiled(one).snapshot();
    let stack = snapshot.stacks().remove(0);
    let file = Arc::new(SourceText::new("SRCIP JOBNAME B 192.0.2.2 ENDSRCIP\n"));
    let model = snapshot.obeyed_model(&stack, &[file]).unwrap();
    assert_eq!(model.sources.len(), 1);
    assert_eq!(model.sources[0].address.to_string(), "192.0.2.2");
}

#[test]
fn a_stack_takes_1024_dvipas() {
    let profile = |many: u32| {
        let mut text = "VIPADYNAMIC\n".to_owned();
        for number in 0..many {
            text += &format!("  VIPADEFINE 255.255.0.0 198.18.{}.{}\n", number / 250, number % 250 + 1);
        }
        text + "ENDVIPADYNAMIC\n"
    };
    assert!(compiled(&profile(1024)).snapshot().findings().is_empty());
    let compiler = compiled(&profile(1025));
    let findings = compiler.snapshot().findings();
    assert_eq!(findings.len(), 1);
    assert_eq!((findings[0].rule, findings[0].severity), ("dvipa-limit", Severity::Error));
}

#[test]
fn a_stack_takes_4096_ranges_of_a_family() {
    let profile = |many: u32| {
        let mut text = "VIPADYNAMIC\n".to_owned();
        for number in 0..many {
            let (third, fourth) = (number / 250, number % 250 + 1);
            text += &format!("  VIPARANGE 255.255.255.255 198.18.{third}.{fourth}\n");
        }
        text + "ENDVIPADYNAMIC\n"
    };
    let rules = |many: u32| -> Vec<&'static str> {
        compiled(&profile(many)).snapshot().findings().iter().map(|finding| finding.rule).collect()
    };
    assert!(rules(4096).is_empty());
    assert_eq!(rules(4097), ["viparange-limit"]);
}

#[test]
fn dvipas_that_a_stack_is_a_target_of_count_too() {
    let found = |targets: u32| -> Vec<&'static str> {
        let mut owner =
            "IPCONFIG SYSPLEXROUTING DYNAMICXCF 10.1.1.1 255.255.255.0 1\nVIPADYNAMIC\n".to_owned();
        for number in 0..targets {
            let address = format!("198.18.{}.{}", number / 250, number % 250 + 1);
            owner +=
                &format!("VIPADEFINE 255.255.0.0 {address}\nVIPADISTRIBUTE {address} PORT 3000 DESTIP ALL\n");
        }
        owner += "ENDVIPADYNAMIC\n";
        let target = "IPCONFIG SYSPLEXROUTING DYNAMICXCF 10.1.1.2 255.255.255.0 1\nVIPADYNAMIC\n\
                      VIPADEFINE 255.255.255.0 192.0.2.1\nENDVIPADYNAMIC\n";
        let description = "[[stack]]\nname = \"A\"\nsystem = \"SYSA\"\nprofile = \"a.profile\"\n\
                           [[stack]]\nname = \"B\"\nsystem = \"SYSB\"\nprofile = \"b.profile\"\n";
        let mut system = MemorySystem::new();
        system.insert("sysplex.toml", description);
        system.insert("a.profile", owner);
        system.insert("b.profile", target);
        let mut compiler = Compiler::new(Settings::default());
        compiler
            .load(&system, &Request { sysplex: Some("sysplex.toml".into()), profiles: Vec::new() })
            .unwrap();
        compiler.snapshot().findings().iter().map(|finding| finding.rule).collect()
    };
    assert!(found(1023).is_empty());
    assert_eq!(found(1024), ["dvipa-limit-with-targets"]);
}
