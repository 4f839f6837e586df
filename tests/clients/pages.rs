//! The pages that vipa writes, clicked through in headless Chromium without a network.

use std::path::Path;
use std::process::Command;

use super::{VIPA, copy_of, root, succeed};

/// Runs a script beside this file on a page.
fn browse(script: &str, page: &Path) {
    let folder = root().join("tests/clients/pages");
    succeed(Command::new("npm").args(["ci", "--no-audit", "--no-fund"]).current_dir(&folder));
    let picture = page.with_extension("png");
    succeed(Command::new("node").arg(script).arg(page).arg(&picture).current_dir(&folder));
    assert!(picture.metadata().unwrap().len() > 10_000, "a picture to look at: {}", picture.display());
}

/// The retail sample with weaknesses planted: a backup that cannot be the first, an address that waits to be idle, a port
/// with one server.
#[test]
fn the_failover_page_shows_faults_and_weaknesses() {
    let folder = copy_of("retail", "pages-retail");
    let edit = |file: &str, from: &str, to: &str| {
        let path = folder.join(file);
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{file} has no {from}");
        std::fs::write(path, text.replace(from, to)).unwrap();
    };
    let mask = "MOVEABLE IMMEDIATE 255.255.255.192 ";
    for file in ["sysa.profile", "sysb.profile"] {
        edit(file, &format!("{mask}203.0.113.12"), "203.0.113.12");
    }
    edit(
        "sysc.profile",
        &format!("200 {mask}203.0.113.11"),
        "200 MOVEABLE WHENIDLE 255.255.255.192 203.0.113.11",
    );
    edit("sysplex.toml", "name = \"CICSORD1\"", "name = \"CICSOLD1\"");
    let page = folder.join("failover.html");
    succeed(
        Command::new(VIPA)
            .args(["failover", "--format", "html", "--sysplex"])
            .arg(folder.join("sysplex.toml"))
            .arg("--output-file")
            .arg(&page),
    );
    browse("failover.mjs", &page);
}

#[test]
fn the_picture_shows_what_concerns_an_address_or_a_stack() {
    let folder = copy_of("retail", "pages-graph");
    let page = folder.join("graph.html");
    succeed(
        Command::new(VIPA)
            .args(["graph", "--format", "html", "--sysplex"])
            .arg(folder.join("sysplex.toml"))
            .arg("--output-file")
            .arg(&page),
    );
    browse("graph.mjs", &page);
}
