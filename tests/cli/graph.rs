//! `vipa graph` on the samples and on a large sysplex.

use std::fmt::Write as _;

use vipa::exit::Exit;

use crate::harness::{Vipa, vipa};
use crate::samples;

const FORMATS: [&str; 4] = ["svg", "html", "dot", "mermaid"];

fn drawn(line: &str) -> String {
    let (exit, stdout, stderr) = samples::vipa(line);
    assert_eq!(exit, Exit::Clean, "{line}: {stderr}");
    stdout
}

#[test]
fn every_format_names_every_stack_and_address() {
    for format in FORMATS {
        let picture = drawn(&format!("graph --sysplex samples/retail/sysplex.toml --format {format}"));
        let names = ["TCPIPA", "TCPIPB", "TCPIPC", "SYSA", "CPC2", "203.0.113.64/27", "HOTSTANDBY"];
        let addresses = (10..=13).map(|last| format!("203.0.113.{last}"));
        for part in names.into_iter().map(str::to_owned).chain(addresses) {
            assert!(picture.contains(&part), "{format} has no {part}:\n{picture}");
        }
        let again = drawn(&format!("graph --sysplex samples/retail/sysplex.toml --format {format}"));
        assert_eq!(picture, again, "the same bytes each time");
    }
}

#[test]
fn symbolic_addresses_of_the_founding_example_are_named() {
    for sample in ["figure6", "figure6-corrected"] {
        let picture = drawn(&format!("graph --sysplex samples/{sample}/sysplex.toml"));
        assert!(picture.contains("203.0.113.1 (DVA1)"), "{picture}");
    }
}

#[test]
fn the_drawing_says_what_it_is_to_those_who_do_not_see_it() {
    let svg = drawn("graph --sysplex samples/retail/sysplex.toml");
    assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n"));
    assert!(svg.contains("<title id=\"title\">Sysplex RETAIL, all stacks started</title>"), "{svg}");
    let description = svg.split("<desc id=\"description\">").nth(1).unwrap().split("</desc>").next().unwrap();
    assert!(
        description.contains(
            "203.0.113.12: owned by TCPIPC; backups: TCPIPA (rank 200), then TCPIPB (rank 100); \
             21 distributed by HOTSTANDBY to TCPIPA (backup 20), TCPIPB (backup 10), TCPIPC (preferred)."
        ),
        "{description}"
    );
    assert!(svg.contains("prefers-color-scheme: dark"));
}

#[test]
fn the_page_needs_nothing_from_elsewhere() {
    let html = drawn("graph --sysplex samples/retail/sysplex.toml --format html");
    assert!(!html.contains("http://") && !html.contains("https://"), "{html}");
    assert!(html.contains("Every DVIPA has an owner and a backup."));
    let bare = drawn("graph --sysplex samples/figure6/sysplex.toml --format html");
    assert!(bare.contains("No other stack takes over"), "{bare}");
}

/// 32 stacks on 16 systems and 4 CPCs with 1,000 DVIPAs, each port different.
fn large() -> Vipa {
    let mut toml = "[sysplex]\nname = \"LARGE\"\n".to_owned();
    let mut world = vipa(&[]);
    let mut profiles: Vec<String> = (0..32)
        .map(|stack| {
            format!("IPCONFIG SYSPLEXROUTING DYNAMICXCF 10.1.0.{} 255.255.255.0 1\nVIPADYNAMIC\n", stack + 1)
        })
        .collect();
    for number in 0..1000 {
        let (owner, address) = (number % 32, format!("203.0.{}.{}", number % 32, number / 32 + 1));
        let port = 1024 + number;
        let _ = write!(
            profiles[owner],
            "VIPADEFINE MOVEABLE IMMEDIATE 255.255.255.0 {address}\nVIPADISTRIBUTE DISTMETHOD ROUNDROBIN {address} PORT {port} DESTIP ALL\n"
        );
        let _ =
            writeln!(profiles[(owner + 8) % 32], "VIPABACKUP 10 MOVEABLE IMMEDIATE 255.255.255.0 {address}");
    }
    for (stack, profile) in profiles.into_iter().enumerate() {
        let _ = write!(
            toml,
            "[[stack]]\nname = \"TCPIP{stack:02}\"\nsystem = \"SYS{:02}\"\ncpc = \"CPC{}\"\nprofile = \"s{stack}.profile\"\n",
            stack / 2,
            stack / 8
        );
        world = world.file(&format!("s{stack}.profile"), profile + "ENDVIPADYNAMIC\n");
    }
    world.file("sysplex.toml", toml)
}

#[test]
fn a_large_sysplex_is_drawn_by_what_its_addresses_have_in_common() {
    let world = large();
    let ended = world.run("graph --sysplex sysplex.toml");
    assert_eq!(ended.exit, Exit::Clean, "{}", ended.stderr);
    assert_eq!(ended.stdout.matches("class=\"row\"").count(), 32, "a row for the DVIPAs of each owner");
    assert!(ended.stdout.contains("203.0.0.1 to 203.0.0.32, 32 DVIPAs"), "{}", ended.stdout);
    let mermaid = world.run("graph --sysplex sysplex.toml --format mermaid").stdout;
    assert!(mermaid.len() < 50_000 && !mermaid.contains("%%"), "Mermaid draws it as it is");
    let one = world.run("graph --sysplex sysplex.toml --format mermaid --dvipa 203.0.5.7").stdout;
    assert!(one.contains("203.0.5.7") && !one.contains("203.0.5.8"), "{one}");
}

#[test]
fn a_picture_can_go_to_a_file() {
    let world = large();
    let ended = world.run("graph --sysplex sysplex.toml --format html --output-file plex.html");
    assert_eq!((ended.exit, ended.stdout.as_str()), (Exit::Clean, ""));
    assert!(world.memory.written.borrow()["plex.html"].starts_with("<!doctype html>"));
    assert!(
        ended.stderr.contains("32 stacks on 16 systems and 4 CPCs, 1000 DVIPAs. See plex.html."),
        "{}",
        ended.stderr
    );
    let ended = world.run("graph --sysplex sysplex.toml --output-file locked/plex.svg");
    assert_eq!(ended.exit, Exit::Unusable);
    assert!(ended.stderr.contains("cannot write locked/plex.svg"), "{}", ended.stderr);
}

#[test]
fn stacks_and_addresses_that_nobody_has_are_told_with_what_there_is() {
    for (line, told) in [
        ("--stack TCPIPD", "there is no stack TCPIPD; possible: TCPIPA, TCPIPB or TCPIPC"),
        (
            "--dvipa 203.0.113.99",
            "there is no DVIPA 203.0.113.99; possible: 203.0.113.10, 203.0.113.11, 203.0.113.12 or 203.0.113.13",
        ),
        ("--dvipa nonsense", "there is no DVIPA nonsense"),
        ("--after nowhere.scenario", "nowhere.scenario"),
    ] {
        let (exit, stdout, stderr) =
            samples::vipa(&format!("graph --sysplex samples/retail/sysplex.toml {line}"));
        assert_eq!((exit, stdout.as_str()), (Exit::Unusable, ""), "{line}");
        assert!(stderr.contains(told), "{line}: {stderr}");
    }
}
