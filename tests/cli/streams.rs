//! Standard input and output: colours, quietness, files instead, pipes that close, the same bytes every time.

use std::io::ErrorKind;

use vipa::exit::Exit;

use crate::harness::{Broken, vipa};

const MISSPELT: &str = "SOURECEIPA\n";

#[test]
fn a_closed_pipe_ends_quietly_with_the_same_code() {
    let world = vipa(&[("a.profile", MISSPELT)]);
    for line in ["lint a.profile", "lint --format json a.profile"] {
        let ended = world.run_to(line, &mut Broken(ErrorKind::BrokenPipe));
        assert_eq!(ended, (Exit::Findings, String::new()));
    }
    for line in ["man", "--help", "completions zsh"] {
        assert_eq!(world.run_to(line, &mut Broken(ErrorKind::BrokenPipe)), (Exit::Clean, String::new()));
    }
}

#[test]
fn a_full_disk_is_said() {
    let (exit, stderr) =
        vipa(&[("a.profile", "")]).run_to("lint a.profile", &mut Broken(ErrorKind::StorageFull));
    assert_eq!(exit, Exit::Unusable);
    assert!(stderr.starts_with("error: cannot write to standard output: "), "{stderr}");
}

#[test]
fn colours_on_a_terminal_only_and_not_against_the_users_will() {
    let world = || vipa(&[("a.profile", MISSPELT)]);
    let coloured = |ended: crate::harness::Ended| ended.stdout.contains('\u{1b}');
    assert!(!coloured(world().run("lint a.profile")));
    assert!(coloured(world().run("lint --color always a.profile")));
    assert!(coloured(world().on_a_terminal().run("lint a.profile")));
    assert!(!coloured(world().on_a_terminal().run("lint --color never a.profile")));
    assert!(!coloured(world().on_a_terminal().env("NO_COLOR", "1").run("lint a.profile")));
    assert!(!coloured(world().on_a_terminal().env("TERM", "dumb").run("lint a.profile")));
    assert!(coloured(world().on_a_terminal().env("NO_COLOR", "").run("lint a.profile")));
    assert!(!coloured(world().on_a_terminal().run("lint --format json a.profile")));
}

#[test]
fn quiet_leaves_the_summary_out() {
    let world = vipa(&[("a.profile", "")]);
    assert_eq!(world.run("lint --quiet a.profile").stdout, "");
    assert_eq!(world.run("lint a.profile").stdout, "No findings (1 file, 1 stack).\n");
}

#[test]
fn verbose_tells_what_is_read() {
    let ended = vipa(&[("a.profile", "")]).run("lint --verbose a.profile");
    assert_eq!(ended.stderr, "vipa: profiles without a sysplex.toml, each a stack of its own: 1 file\n");
}

#[test]
fn an_output_file_gets_the_report_and_the_terminal_the_sum() {
    let world = vipa(&[("a.profile", MISSPELT)]).on_a_terminal();
    let ended = world.run("lint --format concise --output-file out.txt a.profile");
    assert_eq!((ended.exit, ended.stdout.as_str()), (Exit::Findings, ""));
    assert!(ended.stderr.ends_with(" See out.txt.\n"), "{}", ended.stderr);
    let written = world.memory.written.borrow().get("out.txt").cloned().expect("written");
    assert_eq!(written, vipa(&[("a.profile", MISSPELT)]).run("lint --format concise a.profile").stdout);
}

#[test]
fn standard_input_stands_for_a_file() {
    let ended = vipa(&[]).stdin(MISSPELT).run("lint --format concise -");
    assert!(ended.stdout.starts_with("stdin.profile:1:1 error["), "{}", ended.stdout);
    let world = vipa(&[("net/a.profile", "")]).stdin(MISSPELT);
    let ended = world.run("lint --format concise --stdin-name net/a.profile -");
    assert!(ended.stdout.starts_with("net/a.profile:1:1 error["), "{}", ended.stdout);
}

#[test]
fn standard_input_may_stand_for_a_profile_of_a_sysplex() {
    let description = "[sysplex]\nname = \"P\"\n[[stack]]\nname = \"A\"\nprofile = \"a.profile\"\n";
    let world = vipa(&[("net/sysplex.toml", description), ("net/a.profile", "")]).stdin(MISSPELT);
    assert_eq!(world.run("lint --format concise --stdin-name net/a.profile -").exit, Exit::Findings);
    let ended = world.run("lint --stdin-name net/b.profile -");
    assert!(ended.stderr.starts_with("error: net/b.profile is no part of the sysplex"), "{}", ended.stderr);
}

#[test]
fn places_are_as_short_as_the_current_folder_allows() {
    let description = "[sysplex]\nname = \"P\"\n[[stack]]\nname = \"A\"\nprofile = \"net/a.profile\"\n";
    let world =
        vipa(&[("../sysplex.toml", description), ("../net/a.profile", MISSPELT), ("a.profile", MISSPELT)]);
    let ended = world.run("lint --format concise a.profile");
    assert!(ended.stdout.starts_with("a.profile:1:1 error["), "{}{}", ended.stdout, ended.stderr);
}

#[test]
fn files_that_take_part_are_listed() {
    let world = vipa(&[("b.profile", ""), ("sub/a.profile", ""), ("notes.md", "")]);
    let ended = world.run("lint --show-files");
    assert_eq!((ended.exit, ended.stdout.as_str()), (Exit::Clean, "b.profile\nsub/a.profile\n"));
}

#[test]
fn files_of_ours_that_are_left_out_are_named() {
    let world = vipa(&[
        ("a.profile", "INCLUDE 'SYS1.TCPPARMS(PORTS)'\n"),
        ("PORTS", "80 TCP WEBSRV\n"),
        ("move.obey", "VIPADYNAMIC\nENDVIPADYNAMIC\n"),
        ("notes.txt", "nothing for us\n"),
    ]);
    let note =
        "note: not checked, as only a sysplex.toml tells which stack they are for: move.obey (obeyfile)\n";
    let ended = world.run("lint");
    assert_eq!(ended.stderr, note, "{}", ended.stdout);
    assert_eq!(world.run("lint --quiet").stderr, "");
    assert_eq!(world.run("lint --show-files").stdout, "PORTS\na.profile\n");
}

#[test]
fn the_same_bytes_every_time_and_in_every_order_of_paths() {
    let files = [("a.profile", MISSPELT), ("b.profile", "PORT 99999 TCP X\n"), ("c.profile", MISSPELT)];
    for format in
        ["full", "concise", "json", "json-lines", "sarif", "github", "gitlab", "junit", "markdown", "console"]
    {
        let run = |paths: &str| vipa(&files).run(&format!("lint --format {format} {paths}"));
        let first = run("a.profile b.profile c.profile");
        assert_eq!(first, run("c.profile b.profile a.profile"), "{format}");
        assert_eq!(first, run("."), "{format}");
        assert_eq!(first, run("./c.profile . a.profile"), "{format}");
    }
}

#[test]
fn notes_are_wrapped_to_the_width_of_a_terminal_and_only_there() {
    let world = || {
        vipa(&[("a.profile", "IPCONFIG SOURCEVIPA\nIPCONFIG IPSECURITY SYSPLEXROUTNG\n")])
            .env("COLUMNS", "60")
    };
    let plain = world().run("lint --color never a.profile").stdout;
    assert!(plain.lines().any(|line| line.chars().count() > 100), "{plain}");
    let shown = world().on_a_terminal().run("lint --color never a.profile").stdout;
    let notes = |text: &str| -> Vec<String> {
        text.lines().skip_while(|line| !line.trim().starts_with('=')).map(str::to_owned).collect()
    };
    assert!(notes(&shown).len() > notes(&plain).len(), "{shown}");
    let long: Vec<&str> = shown
        .lines()
        .filter(|line| !line.starts_with("error") && !line.starts_with("info") && line.chars().count() > 60)
        .collect();
    assert!(long.is_empty(), "{long:?}");
    // The words are the same.
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(words(&shown), words(&plain));
}

#[test]
fn of_many_findings_of_one_rule_the_first_are_shown_and_the_rest_counted() {
    let text: String = (0..60).map(|number| format!("START NAME{number}\n")).collect();
    let world = vipa(&[("a.profile", &text)]);
    let full = world.run("lint a.profile").stdout;
    assert_eq!(full.matches("error[start-unknown]").count(), 50, "{full}");
    assert!(
        full.contains("[start-unknown] 10 more of 60 are not shown; `--select start-unknown --format concise` lists them."),
        "{full}"
    );
    assert!(full.ends_with("Found 60 errors (1 file, 1 stack).\n"), "{full}");
    let listed = world.run("lint --select start-unknown --format concise a.profile").stdout;
    assert_eq!(listed.lines().count(), 60);
}
