//! Checks of this repository itself: what is generated is fresh, and `cargo test` covers every member.
#![allow(clippy::disallowed_methods, reason = "these read and, when asked, write the repository's own files")]

use std::fs;

use vipa::output::json;

/// Compares a generated file with the repository's; `VIPA_UPDATE=1 cargo test` writes it.
fn fresh(path: &str, text: &str) {
    let full = format!("{}/{path}", env!("CARGO_MANIFEST_DIR"));
    if std::env::var("VIPA_UPDATE").is_ok() {
        fs::write(&full, text).expect("written");
    }
    let there = fs::read_to_string(&full).unwrap_or_default();
    assert_eq!(there, text, "{path} is stale: run VIPA_UPDATE=1 cargo test");
}

#[test]
fn the_schema_of_findings_is_fresh() {
    let schema = serde_json::to_string_pretty(&json::schema()).expect("JSON");
    fresh("schema/findings.schema.json", &format!("{schema}\n"));
}

#[test]
fn the_schemas_of_reports_and_drift_are_fresh() {
    let schema = serde_json::to_string_pretty(&analysis::netstat::json::schema()).expect("JSON");
    fresh("schema/netstat.schema.json", &format!("{schema}\n"));
    let schema = serde_json::to_string_pretty(&analysis::drift::json::schema()).expect("JSON");
    fresh("schema/drift.schema.json", &format!("{schema}\n"));
}

#[test]
fn the_schema_of_failover_is_fresh() {
    let schema = serde_json::to_string_pretty(&analysis::failover::json::schema()).expect("JSON");
    fresh("schema/failover.schema.json", &format!("{schema}\n"));
}

#[test]
fn the_schemas_of_plan_and_diff_are_fresh() {
    let schema = serde_json::to_string_pretty(&analysis::plan::json::schema()).expect("JSON");
    fresh("schema/plan.schema.json", &format!("{schema}\n"));
    let schema = serde_json::to_string_pretty(&analysis::diff::json::schema()).expect("JSON");
    fresh("schema/diff.schema.json", &format!("{schema}\n"));
}

#[test]
fn default_members_are_all_members() {
    let manifest = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml")).expect("there");
    let manifest: toml::Table = manifest.parse().expect("TOML");
    let list = |key: &str| {
        let list = manifest["workspace"][key].as_array().expect("a list");
        let mut list: Vec<&str> = list.iter().map(|member| member.as_str().expect("a path")).collect();
        list.retain(|member| *member != ".");
        list.sort_unstable();
        list
    };
    assert!(manifest["workspace"]["default-members"].as_array().is_some_and(|all| all.contains(&".".into())));
    assert_eq!(list("members"), list("default-members"));
}
