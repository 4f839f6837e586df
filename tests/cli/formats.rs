//! A snapshot for each output format, from the same findings.

use vipa::args::{FailLevel, Format};
use vipa::output::{self, Report, json, statistics};

use crate::harness::report;

fn text(format: Format) -> String {
    text_of(format, &report())
}

fn text_of(format: Format, report: &Report) -> String {
    let mut text = Vec::new();
    output::write(format, report, false, &mut text).expect("a vector takes everything");
    String::from_utf8(text).expect("text")
}

#[test]
fn full() {
    insta::assert_snapshot!(text(Format::Full));
}

#[test]
fn full_in_colour_says_the_same() {
    let mut coloured = Vec::new();
    output::write(Format::Full, &report(), true, &mut coloured).expect("a vector takes everything");
    let plain = anstream::adapter::strip_bytes(&coloured).into_vec();
    assert_ne!(coloured, plain);
    assert_eq!(String::from_utf8(plain).expect("text"), text(Format::Full));
}

#[test]
fn concise() {
    insta::assert_snapshot!(text(Format::Concise));
}

#[test]
fn json_envelope() {
    insta::assert_snapshot!(text(Format::Json));
}

#[test]
fn json_lines_are_the_findings_of_the_envelope() {
    let envelope: serde_json::Value = serde_json::from_str(&text(Format::Json)).expect("JSON");
    let lines = text(Format::JsonLines);
    let lines: Vec<serde_json::Value> =
        lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(envelope["findings"], serde_json::Value::Array(lines));
}

#[test]
fn json_is_valid_against_the_published_schema() {
    valid(&serde_json::to_value(json::schema()).expect("JSON"), &text(Format::Json));
    valid(&serde_json::to_value(json::schema()).expect("JSON"), &text_of(Format::Json, &Report::default()));
}

#[test]
fn sarif() {
    insta::assert_snapshot!(text(Format::Sarif));
}

#[test]
fn sarif_is_valid_against_the_schema_of_the_standard() {
    // One pattern of the published schema has a bracket too many, which strict readers of regular expressions refuse.
    let schema = include_str!("../schemas/sarif-2.1.0.schema.json").replace("{2}]?$\"", "{2}$\"");
    let schema = serde_json::from_str(&schema).expect("JSON");
    valid(&schema, &text(Format::Sarif));
    valid(&schema, &text_of(Format::Sarif, &Report::default()));
}

#[test]
fn sarif_tells_of_real_rules_what_the_registry_knows() {
    let mut real = report();
    real.findings.first_mut().expect("one").rule = "unknown-statement";
    let log: serde_json::Value = serde_json::from_str(&text_of(Format::Sarif, &real)).expect("JSON");
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().expect("a list");
    let rule = rules.iter().find(|rule| rule["id"] == "unknown-statement").expect("there");
    assert_eq!(rule["defaultConfiguration"]["level"], "error");
    assert!(rule["shortDescription"]["text"].as_str().is_some_and(|text| !text.starts_with('#')));
    assert!(rule["help"]["markdown"].as_str().is_some_and(|text| text.contains("## How to mend it")));
}

pub(crate) fn valid(schema: &serde_json::Value, text: &str) {
    let value = serde_json::from_str(text).expect("JSON");
    let validator = jsonschema::options().should_validate_formats(true).build(schema).expect("a schema");
    let mistakes: Vec<String> =
        validator.iter_errors(&value).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert_eq!(mistakes, Vec::<String>::new());
}

#[test]
fn github() {
    insta::assert_snapshot!(text(Format::Github));
}

#[test]
fn gitlab() {
    insta::assert_snapshot!(text(Format::Gitlab));
}

#[test]
fn junit() {
    insta::assert_snapshot!(text(Format::Junit));
}

#[test]
fn junit_fails_where_the_exit_code_does() {
    let failures = |fail_level| {
        let text = text_of(Format::Junit, &Report { fail_level, ..report() });
        text.matches("<failure").count()
    };
    let levels = [FailLevel::Never, FailLevel::Error, FailLevel::Warning, FailLevel::Info];
    assert_eq!(levels.map(failures), [0, 3, 4, 5]);
}

#[test]
fn markdown() {
    insta::assert_snapshot!(text(Format::Markdown));
}

#[test]
fn console() {
    insta::assert_snapshot!(text(Format::Console));
}

#[test]
fn counts() {
    let mut text = Vec::new();
    statistics::write(&report(), false, &mut text).expect("a vector takes everything");
    insta::assert_snapshot!(String::from_utf8(text).expect("text"));
}

#[test]
fn nothing_found_is_said_in_every_format() {
    for (format, expected) in [
        (Format::Full, ""),
        (Format::Concise, ""),
        (Format::JsonLines, ""),
        (Format::Github, ""),
        (Format::Gitlab, "[]\n"),
        (Format::Markdown, "No findings (0 files, 0 stacks).\n"),
    ] {
        assert_eq!(text_of(format, &Report::default()), expected, "{format:?}");
    }
}

#[test]
fn a_fingerprint_survives_lines_above_and_tells_twins_apart() {
    let fingerprints = output::fingerprint::all(&report());
    let mut twins = report();
    let first = twins.findings.first().expect("one").clone();
    twins.findings.insert(0, first);
    let with_twin = output::fingerprint::all(&twins);
    assert_eq!(with_twin.first(), fingerprints.first());
    assert_ne!(with_twin.first(), with_twin.get(1));
    assert_eq!(with_twin.get(2..), fingerprints.get(1..));
}

#[test]
fn what_stands_in_a_file_cannot_steer_a_terminal() {
    let text = "PO\u{1b}[31mRT\u{9b}1m\u{7}\tX \u{c2}b\n";
    let mut nasty = report();
    nasty.sources.insert("mvs1.profile".into(), std::sync::Arc::new(compiler::source::SourceText::new(text)));
    for finding in &mut nasty.findings {
        finding.message.push_str("\u{1b}]0;title\u{7}\nsecond line");
        finding.notes.push("\u{1b}[2J".to_owned());
    }
    for format in
        [Format::Full, Format::Concise, Format::Console, Format::Markdown, Format::Junit, Format::Github]
    {
        let text = text_of(format, &nasty);
        let steering: Vec<char> =
            text.chars().filter(|one| one.is_control() && !matches!(one, '\n' | '\t')).collect();
        assert_eq!(steering, Vec::<char>::new(), "{format:?}");
        assert!(
            format == Format::Junit || !text.contains("\nsecond line") || format == Format::Full,
            "{format:?}: {text}"
        );
    }
    assert!(text_of(Format::Full, &nasty).contains('\u{c2}'), "letters stay");
}

#[test]
fn places_outside_the_text_do_no_harm() {
    let mut broken = report();
    for finding in &mut broken.findings {
        finding.place.start.offset = 100_000;
        finding.place.end.offset = 3;
    }
    broken.sources.remove("mvs1.profile");
    for format in [Format::Full, Format::Json, Format::Sarif, Format::Gitlab, Format::Console] {
        assert!(!text_of(format, &broken).is_empty());
    }
}
