//! Whatever the bytes are: findings, or a clear refusal of the file; never a panic, and the same findings in every form that the same text
//! has on a host.
#![allow(missing_docs)]

#[path = "../../tests/property/mod.rs"]
mod property;

use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use vipa_compiler::dataset::{DatasetForm, Encoding, EncodingOption, RecordForm, RecordsOption, encode_as};
use vipa_compiler::place::At;
use vipa_compiler::system::MemorySystem;
use vipa_compiler::{Compiler, Request, Settings};

fn runner(cases: u32) -> TestRunner {
    TestRunner::new(property::cases(cases))
}

/// The findings of a profile as lines, or None when it cannot be read as text.
fn lint(bytes: &[u8], encoding: EncodingOption, records: RecordsOption) -> Option<Vec<String>> {
    let mut system = MemorySystem::new();
    system.insert("a.profile", bytes);
    system.insert("member.b", bytes);
    let settings = Settings { encoding: Some(encoding), records: Some(records), ..Settings::default() };
    let mut compiler = Compiler::new(settings);
    compiler.load(&system, &Request { sysplex: None, profiles: vec!["a.profile".into()] }).ok()?;
    let snapshot = compiler.snapshot();
    let findings = snapshot.findings();
    let told = findings.iter().map(|finding| {
        let at = &finding.place;
        format!(
            "{}:{} to {}:{} {:?} {} {}",
            at.start.record,
            at.start.column,
            at.end.record,
            at.end.column,
            finding.severity,
            finding.rule,
            finding.message
        )
    });
    Some(told.collect())
}

const ENCODINGS: [EncodingOption; 4] =
    [EncodingOption::Auto, EncodingOption::Utf8, EncodingOption::Ibm1047, EncodingOption::Ibm037];
const RECORDS: [RecordsOption; 3] = [RecordsOption::Auto, RecordsOption::Lines, RecordsOption::Fixed80];

fn in_every_form(bytes: &[u8]) {
    for encoding in ENCODINGS {
        for records in RECORDS {
            lint(bytes, encoding, records);
        }
    }
}

/// Words of profiles, and some that are none.
fn word() -> impl Strategy<Value = String> {
    let mut known: Vec<String> = Vec::new();
    for desc in grammar::STATEMENTS {
        known.push(desc.name.to_owned());
        known.extend(desc.end.iter().map(|end| end.full.to_owned()));
        known.extend(desc.slots.iter().map(|slot| slot.name.to_ascii_uppercase()));
    }
    let values = [
        "80",
        "0",
        "99999",
        "192.0.2.1",
        "192.0.2.0/24",
        "255.255.255.0",
        "2001:db8::1",
        "TCP",
        "OSA1",
        "*",
        "=",
        "64K",
        "\"A B",
        "\"TEXT\"",
        "&SYSNAME.",
        "&X(1:2)",
        "A.B(C)",
        "MEMBER.B",
        "; note",
        "X;Y",
        "12:30",
        "7",
        "INCLUDE",
    ];
    prop_oneof![
        4 => proptest::sample::select(known),
        3 => proptest::sample::select(values.map(str::to_owned).to_vec()),
        1 => "[A-Z0-9.:/=&;()*\"'-]{1,12}",
    ]
}

/// Records of at most 80 columns.
fn text() -> impl Strategy<Value = String> {
    let record = proptest::collection::vec(word(), 0..6).prop_map(|words| {
        let mut record = String::new();
        for word in words {
            if record.len() + word.len() < 79 {
                record.push_str(&word);
                record.push(' ');
            }
        }
        record.trim_end().to_owned()
    });
    proptest::collection::vec(record, 1..25).prop_map(|records| records.join("\n") + "\n")
}

#[test]
fn any_bytes_give_findings_or_a_refusal() {
    let bytes = proptest::collection::vec(any::<u8>(), 0..2000);
    runner(60)
        .run(&bytes, |bytes| {
            in_every_form(&bytes);
            Ok(())
        })
        .unwrap();
}

#[test]
fn any_words_give_findings() {
    runner(300)
        .run(&text(), |text| {
            prop_assert!(lint(text.as_bytes(), EncodingOption::Utf8, RecordsOption::Lines).is_some());
            Ok(())
        })
        .unwrap();
}

#[test]
fn any_words_are_read_in_every_form() {
    runner(40)
        .run(&text(), |text| {
            in_every_form(text.as_bytes());
            Ok(())
        })
        .unwrap();
}

#[test]
fn fixed_ebcdic_records_have_the_findings_of_the_text_at_the_same_places() {
    let pages = [(Encoding::Ibm1047, EncodingOption::Ibm1047), (Encoding::Ibm037, EncodingOption::Ibm037)];
    runner(200)
        .run(&text(), |text| {
            let expected = lint(text.as_bytes(), EncodingOption::Utf8, RecordsOption::Lines);
            prop_assert!(expected.is_some());
            for (encoding, option) in pages {
                let form = DatasetForm { encoding, records: RecordForm::Fixed80, bom: false };
                let bytes = encode_as(&text, &form).expect("records of 80 columns fit");
                prop_assert_eq!(bytes.len() % 80, 0);
                prop_assert_eq!(&lint(&bytes, option, RecordsOption::Fixed80), &expected);
            }
            Ok(())
        })
        .unwrap();
}

/// What a stack holds and what is found, places aside.
fn meaning(text: &str) -> (String, Vec<String>) {
    let mut system = MemorySystem::new();
    system.insert("a.profile", text);
    let mut compiler = Compiler::new(Settings::default());
    compiler.load(&system, &Request { sysplex: None, profiles: vec!["a.profile".into()] }).unwrap();
    let snapshot = compiler.snapshot();
    let config = serde_json::to_string_pretty(&snapshot.folded("A").unwrap().config).unwrap();
    // A place begins with a mark that stands in no text.
    let mark = serde_json::to_string(At::MARK).unwrap();
    let plain = |line: &&str| !line.contains(mark.trim_matches('"'));
    let config = config.lines().filter(plain).collect::<Vec<_>>().join("\n");
    let told = |finding: &vipa_compiler::finding::Finding| format!("{} {}", finding.rule, finding.message);
    let mut findings: Vec<String> = snapshot.findings().iter().map(told).collect();
    findings.sort();
    (config, findings)
}

#[test]
fn any_words_mean_the_same_when_they_are_formatted() {
    runner(150)
        .run(&text(), |text| {
            let dialect = grammar::parse::Dialect::Zos;
            let once = grammar::format::format(&text, dialect);
            prop_assert_eq!(&grammar::format::format(&once, dialect), &once);
            prop_assert_eq!(meaning(&once), meaning(&text), "{}", text);
            Ok(())
        })
        .unwrap();
}
