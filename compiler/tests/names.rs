//! The names index: what each name is, where it stands, which stacks read it so.

use std::sync::Arc;

use grammar::values::pattern_covers;
use vipa_compiler::names::{Found, Kind, Name, Role, Written};
use vipa_compiler::statements::port::{Reservation, Who};
use vipa_compiler::system::MemorySystem;
use vipa_compiler::{Compiler, Request, Settings, Snapshot};

const TOML: &str = r#"
[sysplex]
name = "PLEX"
includes = { "SYS1.TCPPARMS" = "parms" }

[[stack]]
name = "TCPIP1"
system = "MVS1"
profile = "one.profile"
symbols = { NET = "192.0.2" }

[[stack]]
name = "TCPIP2"
system = "MVS2"
profile = "two.profile"
symbols = { NET = "198.51.100" }

[[job]]
name = "WEB"
stacks = ["TCPIP1"]
"#;

const ONE: &str = "\
INCLUDE SYS1.TCPPARMS(SHARED)
DEVICE OSA1 MPCIPA
LINK L1 IPAQENET OSA1
HOME &NET..1 L1
START OSA1
PORT 80 TCP WEB
VIPADYNAMIC
 VIPADEFINE 255.255.255.0 203.0.113.1
 VIPADISTRIBUTE 203.0.113.1 DESTIP ALL
ENDVIPADYNAMIC
";

const TWO: &str = "\
INCLUDE SYS1.TCPPARMS(SHARED)
DEVICE OSA1 MPCIPA
LINK L1 IPAQENET OSA1
HOME &NET..1 L1
VIPADYNAMIC
 VIPABACKUP 100 203.0.113.1
ENDVIPADYNAMIC
";

const SHARED: &str = "\
DEVICE VDEV VIRTUAL 0
LINK VLINK VIRTUAL 0 VDEV
";

fn compiled(files: &[(&str, &str)]) -> Snapshot {
    let mut system = MemorySystem::new();
    system.insert("sysplex.toml", TOML);
    for (path, text) in files {
        system.insert(*path, *text);
    }
    let mut compiler = Compiler::new(Settings::default());
    let request = Request { sysplex: Some("sysplex.toml".to_owned()), profiles: vec![] };
    compiler.load(&system, &request).expect("it is there");
    compiler.snapshot()
}

fn plex() -> Snapshot {
    compiled(&[("one.profile", ONE), ("two.profile", TWO), ("parms/SHARED", SHARED)])
}

fn show(found: &[Found]) -> Vec<String> {
    found
        .iter()
        .map(|one| {
            let file = one.place.file.rsplit('/').next().unwrap_or_default();
            let statement = one.statement().unwrap_or("-");
            let stacks = one.stacks.join("+");
            let written =
                if one.written == Written::Plain { String::new() } else { format!(" {:?}", one.written) };
            format!("{file}:{} {statement} {:?}{written} {stacks}", one.place.start.record, one.role)
        })
        .collect()
}

#[test]
fn an_address_is_found_in_the_whole_sysplex() {
    let plex = plex();
    let name = Name::address("203.0.113.1".parse().expect("an address"));
    assert_eq!(
        show(&plex.names_of(&name)),
        [
            "one.profile:8 VIPADEFINE Definition TCPIP1",
            "one.profile:9 VIPADISTRIBUTE Reference TCPIP1",
            "two.profile:6 VIPABACKUP Declaration TCPIP2",
        ]
    );
}

#[test]
fn each_stack_has_devices_and_links_of_its_own() {
    let plex = plex();
    let at = u32::try_from(ONE.find("START OSA1").expect("it is there") + 6).expect("small");
    let [start] = plex.names_at("one.profile", at).try_into().expect("one name");
    assert_eq!(start.name.kind, Kind::DeviceOrInterface);
    assert_eq!(
        show(&plex.names_like(&start)),
        [
            "one.profile:2 DEVICE Definition TCPIP1",
            "one.profile:3 LINK Reference TCPIP1",
            "one.profile:5 START Reference TCPIP1",
        ]
    );
}

#[test]
fn a_member_that_two_stacks_include_has_names_of_both() {
    let plex = plex();
    let at = u32::try_from(SHARED.find("VDEV").expect("it is there")).expect("small");
    let [device] = plex.names_at("parms/SHARED", at).try_into().expect("one name");
    assert_eq!(
        show(&plex.names_like(&device)),
        ["SHARED:1 DEVICE Definition TCPIP1+TCPIP2", "SHARED:2 LINK Reference TCPIP1+TCPIP2"]
    );
    assert_eq!(plex.stacks_of("parms/SHARED"), ["TCPIP1", "TCPIP2"]);
    assert_eq!(plex.stacks_of("one.profile"), ["TCPIP1"]);
}

#[test]
fn symbols_are_names_and_what_they_build_is_one_for_each_value() {
    let same = "HOME &NET..1 L1\n";
    let toml = TOML.replace("two.profile", "one.profile");
    let mut system = MemorySystem::new();
    system.insert("sysplex.toml", toml.as_str());
    system.insert("one.profile", same);
    let mut compiler = Compiler::new(Settings::default());
    let request = Request { sysplex: Some("sysplex.toml".to_owned()), profiles: vec![] };
    compiler.load(&system, &request).expect("it is there");
    let found = compiler.snapshot().names_at("one.profile", 6);
    let texts: Vec<String> = found
        .iter()
        .map(|one| format!("{:?} {} {}", one.name.kind, one.name.text, one.stacks.join("+")))
        .collect();
    assert_eq!(
        texts,
        ["Symbol NET TCPIP1+TCPIP2", "Address 192.0.2.1 TCPIP1", "Address 198.51.100.1 TCPIP2"]
    );
    assert!(found.iter().skip(1).all(|one| one.written == Written::Built));
}

#[test]
fn the_description_defines_symbols_jobs_and_stacks() {
    let plex = plex();
    let of = |kind, text| show(&plex.names_of(&Name::new(kind, text)));
    assert_eq!(
        of(Kind::Job, "web"),
        ["one.profile:6 PORT Reference TCPIP1", "sysplex.toml:19 - Definition TCPIP1+TCPIP2"]
    );
    assert_eq!(
        of(Kind::Symbol, "NET"),
        [
            "one.profile:4 HOME Reference TCPIP1",
            "sysplex.toml:10 - Definition TCPIP1",
            "sysplex.toml:16 - Definition TCPIP2",
            "two.profile:4 HOME Reference TCPIP2",
        ]
        .map(|line| line.replace(" HOME ", " - "))
    );
    assert_eq!(of(Kind::Symbol, "SYSNAME").len(), 2);
    assert_eq!(
        of(Kind::Stack, "TCPIP1"),
        ["sysplex.toml:7 - Definition TCPIP1", "sysplex.toml:20 - Reference TCPIP1"]
    );
    assert_eq!(
        of(Kind::DataSet, "SYS1.TCPPARMS(SHARED)"),
        ["one.profile:1 INCLUDE Reference TCPIP1", "two.profile:1 INCLUDE Reference TCPIP2"]
    );
}

#[test]
fn places_move_with_the_text_above_them() {
    let moved = format!("; a comment\n\n{ONE}");
    let plex = compiled(&[("one.profile", &moved), ("two.profile", TWO), ("parms/SHARED", SHARED)]);
    let name = Name::address("203.0.113.1".parse().expect("an address"));
    let first = plex.names_of(&name).swap_remove(0);
    assert_eq!((first.place.start.record, first.place.start.column), (10, 27));
    let text = plex.source("one.profile").expect("it is there");
    assert_eq!(text.text.get(first.start() as usize..first.end() as usize), Some("203.0.113.1"));
}

#[test]
fn definitions_alone_are_those_among_all() {
    let plex = plex();
    let mut seen = 0;
    for file in ["one.profile", "two.profile", "parms/SHARED", "sysplex.toml"] {
        for name in plex.names_in(file) {
            let mut all = plex.names_like(&name);
            all.retain(|one| one.role == Role::Definition);
            assert_eq!(plex.definitions_like(&name), all, "{} of {file}", name.name.text);
            seen += all.len();
        }
    }
    assert!(seen > 10, "{seen}");
}

#[test]
fn the_interface_of_an_ipv6_dvipa_is_one_everywhere() {
    let one = "IPCONFIG6 SOURCEVIPA\nVIPADYNAMIC\n VIPADEFINE DVIPA6 2001:db8::1\nENDVIPADYNAMIC\n";
    let two = "VIPADYNAMIC\n VIPABACKUP DVIPA6 2001:db8::1\nENDVIPADYNAMIC\n";
    let plex = compiled(&[("one.profile", one), ("two.profile", two)]);
    let at = u32::try_from(two.find("DVIPA6").expect("it is there")).expect("small");
    let [interface] = plex.names_at("two.profile", at).try_into().expect("one name");
    assert_eq!(
        show(&plex.names_like(&interface)),
        ["one.profile:3 VIPADEFINE Definition TCPIP1", "two.profile:2 VIPABACKUP Declaration TCPIP2"]
    );
}

#[test]
fn the_ports_of_a_job_are_those_that_any_pattern_covers() {
    let one = "PORT\n 80 TCP WEB1\n 81 TCP web2\n 82 TCP WEB*\n 83 TCP RESERVED\n 84 UDP WEB?\n 85 TCP OTHER\n 86 TCP WEB1\n";
    let plex = compiled(&[("one.profile", one), ("two.profile", "PORT 80 TCP *\n")]);
    let ports = |job: &str| {
        let found = plex.ports_of_job(job).into_iter();
        found.map(|of_stack| of_stack.iter().map(|one| one.port).collect::<Vec<_>>()).collect::<Vec<_>>()
    };
    assert_eq!(ports("WEB1"), [vec![80, 82, 84, 86], vec![80]]);
    assert_eq!(ports("WEB2"), [vec![81, 82, 84], vec![80]]);
    assert_eq!(ports("WEB*"), [vec![82, 84], vec![80]]);
    assert_eq!(ports("NOBODY"), [vec![], vec![80]]);
    let cluster = plex.cluster().expect("it is loaded");
    for (stack, found) in cluster.stacks.iter().zip(plex.ports_of_job("WEB1")) {
        let covers = |port: &&Arc<Reservation>| matches!(&port.who, Who::Job(pattern) if pattern_covers(pattern, "WEB1"));
        assert_eq!(stack.ports.iter().filter(covers).cloned().collect::<Vec<_>>(), found);
    }
}
