//! Input that cannot be used: one clear line, what to do about it, exit code 2, nothing on standard output.

use vipa::exit::Exit;

use crate::harness::{Vipa, vipa};

#[track_caller]
fn refused(world: &Vipa, line: &str, message: &str) {
    let ended = world.run(line);
    assert_eq!(ended.stderr, message);
    assert_eq!((ended.exit, ended.stdout.as_str()), (Exit::Unusable, ""));
}

#[test]
fn a_missing_file() {
    let world = vipa(&[("net/mvs1.profile", "")]);
    refused(
        &world,
        "lint net/msv1.profile",
        "error: there is no file or folder named net/msv1.profile\n  help: did you mean net/mvs1.profile?\n",
    );
    refused(
        &world,
        "lint nowhere/at/all",
        "error: there is no file or folder named nowhere/at/all\n  help: paths are relative to the current folder\n",
    );
    refused(
        &world,
        "lint --sysplex sysplex.toml",
        "error: there is no file or folder named sysplex.toml\n  help: paths are relative to the current folder\n",
    );
}

#[test]
fn a_folder_without_profiles() {
    let world = vipa(&[("docs/README.md", "# Nothing here"), ("docs/picture.png", "\u{1}")]);
    let help = "  help: name the profiles, or a folder that holds some or a sysplex.toml\n";
    refused(&world, "lint docs", &format!("error: no TCP/IP profile found in docs\n{help}"));
    refused(&world, "lint", &format!("error: no TCP/IP profile found in the current folder\n{help}"));
}

#[test]
fn bytes_that_are_no_text() {
    let world = vipa(&[]).file("a.profile", [0u8, 1, 2, 3, 0xff, 0xfe, 0, 0].repeat(40));
    let ended = world.run("lint a.profile");
    assert_eq!((ended.exit, ended.stdout.as_str()), (Exit::Unusable, ""));
    assert!(ended.stderr.starts_with("error: cannot read a.profile: "), "{}", ended.stderr);
    assert!(ended.stderr.contains("\n  help: "), "{}", ended.stderr);
    assert_eq!(world.run("lint"), ended, "found in a folder it is no better");
    let world = vipa(&[("a.profile", "")]).file("core", [0u8, 1, 2, 3, 0xff, 0xfe, 0, 0].repeat(40));
    assert_eq!(world.run("lint").exit, Exit::Clean, "what nobody calls a profile is none");
}

#[test]
fn a_profile_beside_a_description_that_does_not_name_it() {
    let world = vipa(&[
        (
            "net/sysplex.toml",
            "[sysplex]\nname = \"P\"\n[[stack]]\nname = \"TCPIP1\"\nprofile = \"a.profile\"\n",
        ),
        ("net/a.profile", ""),
        ("net/b.profile", ""),
    ]);
    refused(
        &world,
        "lint net/b.profile",
        "error: net/b.profile is no part of the sysplex that net/sysplex.toml describes\n  help: name it in a \
         [[stack]] there, or check it by itself with --isolated\n",
    );
    assert_eq!(world.run("lint --isolated net/b.profile").exit, Exit::Clean);
    refused(
        &world.file("net/old/c.profile", ""),
        "lint net/old",
        "error: the sysplex that net/sysplex.toml describes has no file in net/old\n  help: name its profiles in a \
         [[stack]] there, or check them by themselves with --isolated\n",
    );
}

#[test]
fn a_rule_that_does_not_exist() {
    let world = vipa(&[("a.profile", "")]);
    refused(
        &world,
        "lint --ignore unknown-statment a.profile",
        "error: there is no rule named unknown-statment\n  help: did you mean unknown-statement?\n",
    );
    refused(
        &world,
        "lint --select unknown-statement,xyzzy a.profile",
        "error: there is no rule named xyzzy\n  help: a finding shows the name of its rule in brackets\n",
    );
}

#[test]
fn mistakes_in_a_description_are_findings_with_a_place() {
    let world = vipa(&[
        (
            "sysplex.toml",
            "[sysplex]\nname = \"P\"\ncolour = 1\n[[stack]]\nname = \"A\"\nprofile = \"a.profile\"\n[[stack]]\nname = \"A\"\nprofile = \"a.profile\"\n",
        ),
        ("a.profile", ""),
    ]);
    let ended = world.run("lint --format concise");
    assert_eq!((ended.exit, ended.stderr.as_str()), (Exit::Findings, ""));
    let starts: Vec<&str> = ended.stdout.lines().filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(starts, ["sysplex.toml:3:1", "sysplex.toml:8:8"], "{}", ended.stdout);
}

#[test]
fn options_that_contradict_each_other() {
    let world = vipa(&[("a.profile", ""), ("sysplex.toml", "")]);
    refused(
        &world,
        "lint --stdin-name x a.profile",
        "error: --stdin-name names standard input, and nothing reads it\n  help: add - to the paths\n",
    );
    refused(&world, "lint - -", "error: standard input can be read only once\n  help: give - once\n");
    refused(
        &world,
        "lint --statistics --format sarif a.profile",
        "error: --statistics has no such format\n  help: use --format full, concise or json with it\n",
    );
    refused(
        &world,
        "lint --isolated sysplex.toml",
        "error: --isolated uses no description, and sysplex.toml is one\n  help: name the profiles, or leave --isolated out\n",
    );
}

#[test]
fn an_output_file_that_cannot_be_written() {
    refused(
        &vipa(&[("a.profile", "")]),
        "lint --output-file locked/report.txt a.profile",
        "error: cannot write locked/report.txt: you may not read or write it\n  help: is the folder there, and may you write in it?\n",
    );
}

#[test]
fn an_allowance_that_allows_nothing_says_why() {
    let world = vipa(&[(
        "a.profile",
        "; vipa: allow(home-agian) why not\nSOMAXCONN 2000 ; vipa: allow somaxconn-small old\nUDPCONFIG RESTRICTLOWPORTS ; vipa: alow(home-again) x\n; vipa: allow-file(home-again) late\n",
    )]);
    let ended = world.run("lint --format concise a.profile");
    let expected = "\
a.profile:1:1 warning[allow-malformed] this allowance has no effect: there is no rule home-agian; did you mean home-again?
a.profile:2:16 warning[allow-malformed] this allowance has no effect: write `; vipa: allow(rule) reason`
a.profile:3:28 warning[allow-malformed] this allowance has no effect: write `; vipa: allow(rule) reason`
a.profile:4:1 warning[allow-malformed] this allowance has no effect: allow-file belongs before the first statement
";
    assert_eq!((ended.exit, ended.stdout.as_str()), (Exit::Clean, expected));
}

#[test]
fn rules_that_do_not_exist_in_a_description_are_findings() {
    let toml = "[[stack]]\nname = \"T1\"\nprofile = \"a.profile\"\n[lint]\npreset = \"securty\"\n[lint.rules]\n\"home-agian\" = \"off\"\n[lint.per-file]\n\"*\" = { ignore = [\"xyzzy\"] }\n";
    let world = vipa(&[("sysplex.toml", toml), ("a.profile", "")]);
    let ended = world.run("lint --format concise");
    let expected = "\
sysplex.toml:5:10 error[sysplex-toml-value] `preset` of [lint] is \"securty\", but must be default, strict or security; did you mean `security`?
sysplex.toml:7:1 error[sysplex-toml-value] there is no rule home-agian
sysplex.toml:9:19 error[sysplex-toml-value] there is no rule xyzzy
";
    assert_eq!((ended.exit, ended.stdout.as_str()), (Exit::Findings, expected));
}
