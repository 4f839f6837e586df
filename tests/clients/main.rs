//! Programs that people use vipa with, driven as they drive it. Needs what Cargo cannot bring: Neovim, Node with npm.
//! `.ci/run` installs them and runs `cargo test --features clients --test clients`.
#![allow(
    missing_docs,
    clippy::disallowed_methods,
    reason = "starts programs and works on copies of the samples"
)]

mod neovim;
mod pages;
mod vscode;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The repository.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The program under test.
const VIPA: &str = env!("CARGO_BIN_EXE_vipa");

/// A copy of a sample in a folder of its own.
fn copy_of(sample: &str, name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    copy(&root().join("samples").join(sample), &folder);
    folder
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Runs a program and shows what it printed when it failed.
fn succeed(command: &mut Command) -> Output {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?} does not start: {error}"));
    assert!(
        output.status.success(),
        "{command:?}\n{}\n{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    output
}
