//! `docs/before-vary-obey.md` tells the truth, on the files of `samples/change`; the samples for pipelines have commands that there are.
#![allow(clippy::disallowed_methods, reason = "reads the repository's own samples")]

use clap::Parser;
use vipa::args::Cli;

use crate::samples::vipa;
use crate::transcript::check;
use vipa::exit::Exit;

fn read(path: &str) -> String {
    std::fs::read_to_string(format!("{}/{path}", env!("CARGO_MANIFEST_DIR"))).expect("there")
}

#[test]
fn every_command_prints_what_the_page_shows() {
    let names = [
        "sysplex.toml",
        "sysa.profile",
        "sysb.profile",
        "obey/1-backup",
        "obey/2-owner",
        "obey/3-distribute",
    ];
    let files = names.map(|name| (name.to_owned(), read(&format!("samples/change/{name}"))));
    assert_eq!(check("before-vary-obey.md", &files), 7);
    let page = read("docs/before-vary-obey.md");
    for (name, text) in files.iter().filter(|(name, _)| name.starts_with("obey/")) {
        assert!(page.contains(&format!("```obeyfile {name}\n{text}```\n")), "the page shows another {name}");
    }
}

#[test]
fn each_step_changes_something_and_nothing_is_wrong_with_it() {
    let at = "samples/change/obey";
    let steps = [
        format!("TCPIPB={at}/1-backup"),
        format!("TCPIPA={at}/2-owner"),
        format!("TCPIPA={at}/3-distribute"),
    ];
    for many in 1..=steps.len() {
        let (exit, stdout, stderr) =
            vipa(&format!("plan --sysplex samples/change/sysplex.toml {}", steps[..many].join(" ")));
        assert_eq!(exit, Exit::Changes, "{stdout}{stderr}");
    }
    let (exit, stdout, stderr) = vipa("lint samples/change --format concise --fail-level info");
    assert_eq!((exit, stdout.as_str(), stderr.as_str()), (Exit::Clean, "", ""));
}

/// The `vipa` commands of a text, word by word, in the forms of its language.
fn commands(text: &str) -> Vec<Vec<String>> {
    let word = |word: &str| word.trim_matches(['"', '\'', '`']).to_owned();
    let mut found = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.starts_with(['#', '/'])) {
        if let Some(list) = line.strip_prefix("argv: [").and_then(|rest| rest.strip_suffix(']')) {
            found.push(list.split(", ").map(word).collect());
        } else if let Some(at) =
            line.find("vipa ").filter(|at| line[..*at].ends_with(['\'', ' ']) || *at == 0)
        {
            let shell = line[at..].split("')").next().unwrap_or("").trim_end_matches('\'');
            let shell = shell.split(" >>").next().unwrap_or("");
            let is_name = line.contains("name:");
            if !is_name {
                found.push(shell.split_whitespace().map(word).collect());
            }
        }
    }
    found
}

#[test]
fn the_commands_of_the_pipelines_parse() {
    for (path, many) in [
        ("samples/ci/github-actions.yml", 3),
        ("samples/ci/gitlab-ci.yml", 1),
        ("samples/ci/Jenkinsfile", 2),
        ("samples/ci/ansible.yml", 1),
        (".pre-commit-hooks.yaml", 2),
    ] {
        let commands = commands(&read(path));
        assert_eq!(commands.len(), many, "{path}: {commands:?}");
        for command in commands {
            if let Err(error) = Cli::try_parse_from(&command) {
                panic!("{path}: {command:?}: {error}");
            }
        }
    }
}

#[test]
fn the_pipelines_are_well_formed() {
    for path in [
        "samples/ci/github-actions.yml",
        "samples/ci/gitlab-ci.yml",
        "samples/ci/ansible.yml",
        ".pre-commit-hooks.yaml",
    ] {
        let text = read(path);
        let events = saphyr_parser::Parser::new_from_str(&text)
            .map(|event| event.unwrap_or_else(|error| panic!("{path}: {error}")));
        assert!(events.count() > 10, "{path} says nothing");
    }
    let jenkins = read("samples/ci/Jenkinsfile");
    let count = |c| jenkins.matches(c).count();
    assert_eq!(count('{'), count('}'));
}

#[test]
fn sarif_counts_from_the_root_of_the_repository() {
    let (_, sarif, _) = vipa("lint samples/figure6 --format sarif");
    let sarif: serde_json::Value = serde_json::from_str(&sarif).expect("JSON");
    let results = sarif["runs"][0]["results"].as_array().expect("results");
    assert!(!results.is_empty());
    for result in results {
        let place = &result["locations"][0]["physicalLocation"]["artifactLocation"];
        let uri = place["uri"].as_str().expect("a path");
        assert!(uri.starts_with("samples/figure6/"), "{uri}");
    }
}
