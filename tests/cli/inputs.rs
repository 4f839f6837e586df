//! Which files a command line means.

use compiler::system::MemorySystem;
use vipa::inputs::{self, Asked, Unit};

/// `description <- what of it`, or the loose profiles.
fn found(files: &[&str], paths: &[&str]) -> Vec<String> {
    found_with(files, &Asked { paths: strings(paths), ..Asked::default() })
}

fn strings(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn found_with(files: &[&str], asked: &Asked) -> Vec<String> {
    let mut system = MemorySystem::new();
    for file in files {
        system.insert(*file, "PORT 23 TCP TN3270\n");
    }
    let show = |unit: Unit| match unit.request.sysplex {
        Some(path) if unit.scope.is_empty() => path,
        Some(path) => format!("{path} <- {}", unit.scope.join(" ")),
        None => unit.request.profiles.join(" "),
    };
    match inputs::find(asked, &system, "/work/net") {
        Ok(found) => found.units.into_iter().map(show).collect(),
        Err(trouble) => vec![format!("error: {trouble}")],
    }
}

const TREE: &[&str] = &[
    "plex/sysplex.toml",
    "plex/a.profile",
    "plex/parms/b.profile",
    "other/sysplex.toml",
    "loose/c.profile",
    "loose/deep/d.profile",
    "loose/readme.md",
    ".git/e.profile",
];

#[test]
fn a_description_is_found_in_a_folder_or_above_a_file() {
    assert_eq!(found(TREE, &["plex"]), ["plex/sysplex.toml"]);
    assert_eq!(found(TREE, &["plex/"]), ["plex/sysplex.toml"]);
    assert_eq!(found(TREE, &["plex/sysplex.toml"]), ["plex/sysplex.toml"]);
    assert_eq!(found(TREE, &["plex/a.profile"]), ["plex/sysplex.toml <- plex/a.profile"]);
    assert_eq!(found(TREE, &["plex/parms"]), ["plex/sysplex.toml <- plex/parms"]);
}

#[test]
fn a_description_above_the_current_folder_is_used() {
    assert_eq!(found(&["../sysplex.toml", "a.profile"], &[]), ["../sysplex.toml <- ."]);
    assert_eq!(found(&["../sysplex.toml", "a.profile"], &["a.profile"]), ["../sysplex.toml <- a.profile"]);
    assert_eq!(
        found(&["/sysplex.toml", "/work/x/a.profile"], &["/work/x/a.profile"]),
        ["/sysplex.toml <- /work/x/a.profile"]
    );
}

#[test]
fn several_paths_of_one_sysplex_are_one_unit_and_all_of_it_wins() {
    assert_eq!(
        found(TREE, &["plex/parms", "plex/a.profile", "plex/./a.profile"]),
        ["plex/sysplex.toml <- plex/a.profile plex/parms"]
    );
    assert_eq!(found(TREE, &["plex/a.profile", "plex"]), ["plex/sysplex.toml"]);
    assert_eq!(found(TREE, &["plex", "plex/a.profile"]), ["plex/sysplex.toml"]);
}

#[test]
fn a_folder_of_many_things_gives_every_sysplex_and_the_loose_profiles() {
    let all = ["other/sysplex.toml", "plex/sysplex.toml", "loose/c.profile loose/deep/d.profile"];
    assert_eq!(found(TREE, &["."]), all);
    assert_eq!(found(TREE, &[]), all);
}

#[test]
fn isolated_uses_no_description() {
    let asked = Asked { paths: strings(&["plex", "other/sysplex.toml"]), isolated: true, ..Asked::default() };
    assert_eq!(
        found_with(TREE, &asked),
        ["error: --isolated uses no description, and other/sysplex.toml is one"]
    );
    let asked = Asked { paths: strings(&["plex"]), isolated: true, ..Asked::default() };
    assert_eq!(found_with(TREE, &asked), ["plex/a.profile plex/parms/b.profile"]);
}

#[test]
fn sysplex_names_the_description_wherever_the_paths_are() {
    let asked = |sysplex: &str, paths: &[&str]| Asked {
        paths: strings(paths),
        sysplex: Some(sysplex.to_owned()),
        ..Asked::default()
    };
    assert_eq!(found_with(TREE, &asked("plex/sysplex.toml", &[])), ["plex/sysplex.toml"]);
    assert_eq!(found_with(TREE, &asked("plex", &["."])), ["plex/sysplex.toml"]);
    assert_eq!(
        found_with(TREE, &asked("plex", &["loose/c.profile"])),
        ["plex/sysplex.toml <- loose/c.profile"]
    );
    assert_eq!(
        found_with(TREE, &asked("loose", &[])),
        ["error: there is no file or folder named loose/sysplex.toml"]
    );
}
