//! Limits of the whole command: a clear message for what is too much, and every such input is read to an end.
#![allow(
    clippy::disallowed_methods,
    reason = "a file of that size is made on the disk, where holes take no room"
)]

use std::fs::{self, File};
use std::path::PathBuf;
use std::process::Command;

use vipa::exit::Exit;

use crate::harness::vipa;

#[test]
fn a_file_over_the_limit_is_refused_before_it_is_read() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("limits");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("made");
    File::create(folder.join("a.profile")).and_then(|file| file.set_len(1 << 40)).expect("made, all holes");
    let output = Command::new(env!("CARGO_BIN_EXE_vipa"))
        .args(["lint", "a.profile"])
        .current_dir(&folder)
        .output()
        .expect("ran");
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
    assert_eq!(
        String::from_utf8_lossy(&output.stderr).lines().next(),
        Some(
            "error: cannot read a.profile: the file has 1099511627776 bytes, more than the limit of 268435456: split it with INCLUDE"
        )
    );
}

#[test]
fn a_record_over_the_limit_is_named() {
    let ended = vipa(&[])
        .file("a.profile", format!("SOMAXCONN 10\nHOME {}\n", "X".repeat(40_000)))
        .run("lint a.profile");
    assert_eq!((ended.exit, ended.stdout.as_str()), (Exit::Unusable, ""));
    assert!(
        ended.stderr.starts_with(
            "error: cannot read a.profile: record 2 has 40005 bytes, more than the limit of 32760"
        ),
        "{}",
        ended.stderr
    );
}

#[test]
fn words_that_nobody_knows_are_told_each_in_one_line() {
    let text = "SOURECEIPA\n".repeat(5_000);
    let ended = vipa(&[("a.profile", &text)]).run("lint --format concise a.profile");
    assert_eq!((ended.exit, ended.stderr.as_str()), (Exit::Findings, ""));
    let lines = ended.stdout.lines().filter(|line| line.contains("unknown-statement")).count();
    assert_eq!(lines, 5_000);
    assert!(ended.stdout.len() < 200 * 5_000, "{} bytes", ended.stdout.len());
}
