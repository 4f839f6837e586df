//! `samples/mistakes`: what `vipa lint` says of it is kept beside it, and its README tells the truth.
#![allow(clippy::disallowed_methods, reason = "reads and, when asked, writes the repository's own files")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::samples::vipa;

fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/mistakes").join(name)
}

#[test]
fn the_report_is_kept() {
    let (_, report, stderr) = vipa("lint samples/mistakes");
    assert_eq!(stderr, "");
    if std::env::var("VIPA_UPDATE").is_ok() {
        std::fs::write(sample("report.txt"), &report).unwrap();
    }
    let kept = std::fs::read_to_string(sample("report.txt")).unwrap_or_default();
    assert!(
        kept == report,
        "VIPA_UPDATE=1 cargo test --test cli the_report_is_kept writes samples/mistakes/report.txt; read it"
    );
}

#[test]
fn the_table_names_what_is_found() {
    let readme = std::fs::read_to_string(sample("README.md")).unwrap();
    let (_, found, _) = vipa("lint samples/mistakes --format concise");
    let (mut facts, mut rows) = (BTreeSet::new(), 0);
    for row in readme.lines().filter(|line| line.contains("| 06:")) {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let [files, _, rule, fact] = cells.as_slice() else { panic!("{row}") };
        let rule = rule.trim_start_matches('[').split(']').next().unwrap();
        assert!(compiler::rules::rule(rule).is_some(), "{row}");
        for file in files.split(", ") {
            let finding = found
                .lines()
                .any(|line| line.contains(&format!("/{file}")) && line.contains(&format!("[{rule}]")));
            assert!(finding, "{file}: {rule}\n{found}");
        }
        facts.insert(*fact);
        rows += 1;
    }
    assert!(rows >= 40 && facts.len() >= 40, "{rows} mistakes, {} of the list", facts.len());
}
