//! The schema against what the reader takes.

use super::super::values;
use super::*;

const COMMITTED: &str = include_str!("../../../../schema/sysplex.schema.json");

fn generated() -> String {
    serde_json::to_string_pretty(&schema()).unwrap() + "\n"
}

/// `VIPA_UPDATE=1` writes it.
#[test]
#[allow(clippy::disallowed_methods, reason = "the one place where the generated file is written")]
fn the_committed_schema_is_fresh() {
    if std::env::var("VIPA_UPDATE").is_ok_and(|wish| wish == "1") {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../schema/sysplex.schema.json");
        std::fs::write(path, generated()).unwrap();
        return;
    }
    assert!(
        generated() == COMMITTED,
        "run `VIPA_UPDATE=1 cargo test -p vipa-compiler the_committed_schema` and look at the difference"
    );
}

/// Resolves `$ref`, one level.
fn resolve<'a>(root: &'a serde_json::Value, node: &'a serde_json::Value) -> &'a serde_json::Value {
    let reference = node.get("$ref").and_then(serde_json::Value::as_str);
    reference.map_or(node, |pointer| root.pointer(pointer.trim_start_matches('#')).unwrap())
}

/// The definition of a type by name; the empty name is the root.
fn definition<'a>(root: &'a serde_json::Value, name: &str) -> &'a serde_json::Value {
    if name.is_empty() { root } else { root.pointer(&format!("/$defs/{name}")).unwrap() }
}

#[test]
fn keys_are_those_that_are_read() {
    let root = schema().to_value();
    for (name, read) in [
        ("", values::TOP_KEYS),
        ("Sysplex", values::SYSPLEX_KEYS),
        ("Stack", values::STACK_KEYS),
        ("Job", values::JOB_KEYS),
        ("Files", values::FILES_KEYS),
        ("Model", values::MODEL_KEYS),
        ("Lint", values::LINT_KEYS),
        ("PerFile", values::PER_FILE_KEYS),
    ] {
        let section = definition(&root, name);
        let mut keys: Vec<&str> =
            section["properties"].as_object().unwrap().keys().map(String::as_str).collect();
        let mut read = read.to_vec();
        keys.sort_unstable();
        read.sort_unstable();
        assert_eq!(keys, read, "{name}");
        assert_eq!(section["additionalProperties"], serde_json::json!(false), "{name}");
    }
    assert_eq!(
        resolve(&root, &root["properties"]["stack"]["items"])["required"],
        serde_json::json!(["name", "profile"])
    );
}

#[test]
fn words_are_those_that_are_read() {
    fn words<T>(table: &[(&str, T)]) -> Vec<String> {
        table.iter().map(|(word, _)| (*word).to_owned()).collect()
    }
    let root = schema().to_value();
    for (name, read) in [
        ("DialectWord", words(values::DIALECTS)),
        ("EncodingWord", words(values::ENCODINGS)),
        ("RecordsWord", words(values::RECORDS)),
        ("PortsWord", words(values::PORTS)),
        ("PolarityWord", words(values::POLARITIES)),
        ("ClusterPortsWord", words(values::CLUSTERPORTS_ADDED)),
        ("Preset", words(values::PRESETS)),
        ("FailLevel", words(values::FAIL_LEVELS)),
        ("RuleLevel", words(values::RULE_LEVELS)),
        ("ReleaseWord", super::super::Release::ALL.iter().map(ToString::to_string).collect()),
    ] {
        let choices = definition(&root, name)["oneOf"].as_array().unwrap();
        let mut possible: Vec<&str> =
            choices.iter().map(|choice| choice["const"].as_str().unwrap()).collect();
        let mut read = read;
        possible.sort_unstable();
        read.sort_unstable();
        assert_eq!(possible, read, "{name}");
    }
}
