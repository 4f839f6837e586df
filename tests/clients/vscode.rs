//! The VS Code extension: its own tests, which drive the server, and its package.

use std::process::Command;

use super::{VIPA, root, succeed};

#[test]
fn the_extension_passes_its_own_tests_and_packs() {
    let folder = root().join("lsp/editors/vscode");
    let npm = |arguments: &[&str]| {
        succeed(Command::new("npm").args(arguments).current_dir(&folder).env("VIPA", VIPA))
    };
    npm(&["ci", "--no-audit", "--no-fund"]);
    let tests = npm(&["test"]);
    let report = String::from_utf8_lossy(&tests.stdout).into_owned();
    let passed = report.lines().find_map(|line| line.strip_prefix("# pass ")?.parse::<u32>().ok());
    assert!(passed.is_some_and(|count| count >= 9), "{report}");
    npm(&["run", "package"]);
    let package = folder.join("vipa.vsix");
    assert!(package.metadata().unwrap().len() > 10_000);
    std::fs::remove_file(package).unwrap();
}
