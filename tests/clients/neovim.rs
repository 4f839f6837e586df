//! Neovim, without a screen, on a copy of a sample.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use super::{VIPA, copy_of, root, succeed};

/// Runs one of the scripts beside this file on a file of a sample, and reads the JSON that it writes.
fn nvim(script: &str, folder: &Path, file: &str) -> Value {
    let answer = folder.join("answer.json");
    succeed(
        Command::new("nvim")
            .args(["--headless", "--clean", "-i", "NONE", "-S"])
            .arg(root().join("tests/clients").join(script))
            .arg(folder.join(file))
            .env("VIPA", VIPA)
            .env("VIPA_LUA", root().join("lsp/editors/neovim"))
            .env("ANSWER", &answer),
    );
    let text = std::fs::read_to_string(&answer).unwrap();
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

#[test]
fn opens_a_sample_and_shows_its_findings() {
    let folder = copy_of("figure6", "neovim-figure6");
    let answer = nvim("diagnostics.lua", &folder, "mvs3.profile");
    let found = answer["diagnostics"].as_array().unwrap();
    let misspelt = found.iter().find(|one| one["message"].as_str().unwrap().contains("SOURECEIPA"));
    assert!(misspelt.is_some(), "{answer:#}");
    assert_eq!(misspelt.unwrap()["source"], "vipa");
}

#[test]
fn mends_asks_and_renames() {
    let folder = copy_of("figure6", "neovim-features");
    let answer = nvim("features.lua", &folder, "mvs3.profile");
    assert_eq!(answer["mended"], "SOURCEIPA DVB1 APPB", "{answer:#}");
    assert!(answer["hover"]["contents"].to_string().contains("TCPIP5"), "{answer:#}");
    assert!(answer["definition"].to_string().contains("mvs5.profile"), "{answer:#}");
    assert_eq!(answer["renamed"], "SOURCEIPA DVB1 ORDERS", "{answer:#}");
    let completion = answer["completion"].as_array().unwrap();
    assert!(completion.iter().any(|label| label == "VIPADISTRIBUTE"), "{answer:#}");
}
