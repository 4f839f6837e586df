use std::net::IpAddr;

use proptest::prelude::*;
use runtime_model::model::{ClusterPortsAdded, Polarity, PortForm};

use super::*;
use crate::Dialect;
use crate::dataset::{DecodeOptions, EncodingOption, FileKind, RecordsOption};
use crate::property;

const STACK: &str = "[[stack]]\nname = \"TCPIP1\"\nprofile = \"mvs1.profile\"\n";

/// Asserts findings as `rule|token|message`, with the token that the span covers.
fn check(text: &str, expected: &[&str]) -> Description {
    let (description, findings) = Description::parse(text);
    let shown: Vec<String> = findings
        .iter()
        .map(|finding| {
            let token = text[finding.span.clone()].replace('\n', "⏎");
            format!("{}|{token}|{}", finding.rule.trim_start_matches("sysplex-toml-"), finding.message)
        })
        .collect();
    assert_eq!(shown, expected, "in\n{text}");
    description
}

fn values<T: Clone>(list: &[Spanned<T>]) -> Vec<T> {
    list.iter().map(|one| one.value.clone()).collect()
}

#[test]
fn the_least() {
    let description = check(STACK, &[]);
    let stack = description.stack("tcpip1").unwrap();
    assert_eq!(values(&stack.profiles), ["mvs1.profile"]);
    assert_eq!((stack.system_name(), stack.xcf_group_name()), ("TCPIP1", "EZBTCPCS"));
    assert_eq!(&STACK[stack.name.span.clone()], "\"TCPIP1\"");
    assert_eq!(description.dialect(), Dialect::Zos);
    assert_eq!(description.release(stack).to_string(), "3.1");
    assert!(description.symbols(stack).is_empty());
    assert_eq!(description.files.decode_options(), DecodeOptions::default());
    assert_eq!(description.model.structures(Dialect::Zos).ports, PortForm::Block);
    assert_eq!(description.model.structures(Dialect::Founding).ports, PortForm::Bitmap);
}

#[test]
fn all_of_the_contract() {
    let description = check(include_str!("testdata/full.toml"), &[]);
    assert_eq!(description.sysplex.name.as_ref().unwrap().value, "PLEX1");
    assert_eq!(description.dialect(), Dialect::Founding);
    let [first, second] = &description.stacks[..] else { panic!("two stacks") };
    assert_eq!(
        (first.name.value.as_str(), first.system_name(), first.xcf_group_name()),
        ("TCPIP1", "MVS1", "EZBTCPCS")
    );
    assert_eq!(first.cpc.as_ref().unwrap().value, "CPC1");
    assert_eq!(values(&second.profiles), ["a.profile", "b.profile"]);
    assert_eq!(
        (description.release(first).to_string(), description.release(second).to_string()),
        ("3.1".into(), "2.5".into())
    );
    let symbols = description.symbols(first);
    assert_eq!(
        symbols.into_iter().collect::<Vec<_>>(),
        [
            ("SUBNET".to_owned(), "10.1".to_owned()),
            ("SYSCLONE".to_owned(), "01".to_owned()),
            ("SYSNAME".to_owned(), "MVS1".to_owned()),
            ("SYSPLEX".to_owned(), "PLEX1".to_owned()),
        ]
    );
    assert_eq!(description.symbols(second)["SYSCLONE"], "S2");
    let [job] = &description.jobs[..] else { panic!("one job") };
    assert_eq!(
        (job.name.value.as_str(), values(&job.stacks)),
        ("HTTPD1", vec!["TCPIP1".into(), "TCPIP2".into()])
    );
    assert_eq!(job.user.as_ref().unwrap().value, "WEBSRV");
    let options = description.files.decode_options();
    assert_eq!((options.encoding, options.records), (EncodingOption::Ibm1047, RecordsOption::Fixed80));
    assert_eq!(description.address("dva1"), Some(IpAddr::from([203, 0, 113, 1])));
    assert_eq!(description.address("DVA9"), None);
    let model = description.model.structures(Dialect::Founding);
    assert_eq!((model.ports, model.polarity), (PortForm::List, Polarity::OneIsInUse));
    assert_eq!((model.stack_structures, model.clusterports_added), (false, ClusterPortsAdded::Refuse));
    let answers: Vec<_> = description
        .assumptions
        .iter()
        .map(|one| (one.name.value.as_str(), one.answer.value.as_str()))
        .collect();
    assert_eq!(
        answers,
        [("shared-listener-ports", "no"), ("unique-route-later", "true"), ("equal-rank-by-order", "LAST")]
    );
    assert_eq!(description.lint.preset.as_ref().unwrap().value, Preset::Strict);
    assert_eq!(description.lint.fail_level.as_ref().unwrap().value, FailLevel::Warning);
    assert_eq!(description.lint.rules[0].rule.value, "dvipa-backup-rank-equal");
    assert_eq!(description.lint.rules[0].level.value, RuleLevel::Off);
    assert_eq!(description.lint.per_file[0].glob.value, "legacy/*");
    assert_eq!(values(&description.lint.per_file[0].ignore), ["deprecated-statement"]);
}

#[test]
fn assumptions_are_those_of_the_model() {
    check(
        &format!("{STACK}[assumptions]\nequal-rank-by-orders = \"last\"\n"),
        &[
            "unknown-key|equal-rank-by-orders|unknown key `equal-rank-by-orders` in [assumptions]: did you mean `equal-rank-by-order`?",
        ],
    );
    check(
        &format!("{STACK}[assumptions]\nequal-rank-by-order = \"middle\"\ncf-lost-refuses = false\n"),
        &[
            "value|\"middle\"|`equal-rank-by-order` of [assumptions] is \"middle\", but must be first or last",
            "value|false|`cf-lost-refuses` of [assumptions] is \"false\", but the model knows only one answer to it: take the line out",
        ],
    );
}

#[test]
fn unknown_keys_name_the_nearest() {
    check(
        "[sysplex]\nrelaese = \"3.1\"\n[stacks]\n[[stack]]\nname = \"T\"\nprofile = \"p\"\nxcf_group = \"G\"\nzzz = 1\n[lint.\"per-file\".\"*\"]\nignored = []\n",
        &[
            "unknown-key|relaese|unknown key `relaese` in [sysplex]: did you mean `release`?",
            "unknown-key|stacks|unknown key `stacks` in sysplex.toml: did you mean `stack`?",
            "unknown-key|xcf_group|unknown key `xcf_group` in [[stack]]: did you mean `xcf-group`?",
            "unknown-key|zzz|unknown key `zzz` in [[stack]]",
            "unknown-key|ignored|unknown key `ignored` in \"*\" of [lint.per-file]: did you mean `ignore`?",
        ],
    );
    let (_, findings) = Description::parse(&format!("{STACK}[model]\nport = \"list\"\n"));
    assert_eq!(
        findings[0].notes,
        ["possible in [model]: ports, polarity, stack-structures or clusterports-added"]
    );
}

#[test]
fn wrong_words_and_types_are_all_reported() {
    let text = format!(
        "[sysplex]\nname = 7\ndialect = \"zoss\"\nrelease = 3.1\n{STACK}release = \"1.13\"\ncpc = [\"A\"]\n\
         [model]\nports = \"bitmaps\"\npolarity = true\nstack-structures = \"yes\"\n\
         [lint]\npreset = \"none\"\nrules = [\"x\"]\n[files]\nobeyfile = 3\ninclude = [\"a\", 4]\nprofile = \"[\"\nencoding = \"latin-1\"\n"
    );
    let description = check(
        &text,
        &[
            "value|7|`name` of [sysplex] must be text in quotes, not a number: write \"7\"",
            "value|\"zoss\"|`dialect` of [sysplex] is \"zoss\", but must be zos or founding; did you mean `zos`?",
            "value|3.1|`release` of [sysplex] must be text in quotes, not a number: write \"3.1\"",
            "value|\"1.13\"|`release` of [[stack]] is \"1.13\", but must be 2.1, 2.2, 2.3, 2.4, 2.5, 3.1 or 3.2",
            "value|[\"A\"]|`cpc` of [[stack]] must be text in quotes, not a list",
            "value|\"bitmaps\"|`ports` of [model] is \"bitmaps\", but must be bitmap, list, connection-table or block; did you mean `bitmap`?",
            "value|true|`polarity` of [model] must be text in quotes, not true or false: write \"true\"",
            "value|\"yes\"|`stack-structures` of [model] must be true or false, without quotes, not text",
            "value|\"none\"|`preset` of [lint] is \"none\", but must be default, strict or security",
            "value|[\"x\"]|[lint.rules] must be a table, not a list",
            "value|3|`obeyfile` of [files] must be text in quotes or a list of texts, not a number",
            "value|4|an item of `include` of [files] must be text in quotes, not a number: write \"4\"",
            "value|\"[\"|\"[\" is no glob: unclosed character class; missing ']'",
            "value|\"latin-1\"|`encoding` of [files] is \"latin-1\", but must be auto, utf-8, ibm-1047 or ibm-037",
        ],
    );
    // What could be understood is there.
    assert_eq!(description.release(&StackEntry::default()).to_string(), "3.1");
    assert_eq!(values(&description.files.include), ["a"]);
}

#[test]
fn stacks_and_jobs_that_do_not_fit() {
    let text = format!(
        "{STACK}[[stack]]\nname = \"tcpip1\"\nprofile = []\n[[stack]]\nsystem = \"MVS2\"\nprofile = \"p\"\n[[stack]]\nname = \"STACKNUMBER1\"\n\
         [[job]]\nname = \"1A\"\nstacks = [\"TCPIP1\", \"TCPIP2\"]\n[[job]]\nstacks = [\"X\"]\n"
    );
    let description = check(
        &text,
        &[
            "value|[[stack]]|stack TCPIP1 has no profile: add `profile = \"FILE\"`, or a list of files in order",
            "stack-twice|\"tcpip1\"|stack TCPIP1 is described twice: give the second one another name, or remove it",
            "value|[[stack]]|[[stack]] has no name: add `name = \"JOBNAME\"`",
            "value|[[stack]]|stack STACKNUMBER1 has no profile: add `profile = \"FILE\"`, or a list of files in order",
            "value|\"STACKNUMBER1\"|`name` of [[stack]] is \"STACKNUMBER1\", which has 12 characters, but 1 to 8 are possible",
            "value|\"1A\"|`name` of [[job]] is \"1A\", which begins with a digit, but must begin with a letter, @, # or $",
            "unknown-stack|\"TCPIP2\"|job 1A is on stack TCPIP2, but no such stack is described: did you mean TCPIP1?",
            "value|[[job]]|[[job]] has no name: add `name = \"JOBNAME\"`",
        ],
    );
    assert_eq!(description.stacks.len(), 2);
    assert_eq!(values(&description.jobs[0].stacks), ["TCPIP1"]);
    let (_, findings) = Description::parse(&text);
    let twice = findings.iter().find(|finding| finding.rule == RULE_STACK_TWICE).unwrap();
    let [(message, span)] = &twice.related[..] else { panic!("one related place") };
    assert_eq!(
        (message.as_str(), &text[span.clone()]),
        ("stack TCPIP1 is first described here", "\"TCPIP1\"")
    );
}

#[test]
fn symbols_and_addresses_that_do_not_fit() {
    let text = format!(
        "{STACK}symbols = {{ \"&GOOD.\" = \"x\", good = \"y\", A_VERY_LONG_SYMBOL = \"\", \"A-B\" = \"\", SYSCLONE = \"001\" }}\n\
         [addresses]\nDVA1 = \"203.0.113.1/24\"\nDVA2 = \"2001:db8::1\"\ndva2 = \"10.0.0.1\"\n"
    );
    let description = check(
        &text,
        &[
            "value|good|&GOOD has a text already: names are the same in upper and lower case",
            "value|A_VERY_LONG_SYMBOL|symbol \"A_VERY_LONG_SYMBOL\" has 18 characters, but 1 to 16 are possible",
            "value|\"A-B\"|symbol \"A-B\" has a '-', but only letters, digits, @, # and $ are possible",
            "value|\"001\"|&SYSCLONE is \"001\", which has 3 characters, but 1 to 2 are possible",
            "value|\"203.0.113.1/24\"|`DVA1` is \"203.0.113.1/24\", which is no address: write one like 203.0.113.1 or 2001:db8::1, without mask or prefix",
            "value|dva2|`dva2` has an address already: names are the same in upper and lower case",
        ],
    );
    assert_eq!(description.symbols(&description.stacks[0])["GOOD"], "x");
    assert_eq!(description.address("DVA2"), Some("2001:db8::1".parse().unwrap()));
}

#[test]
fn broken_toml_is_read_as_far_as_possible() {
    let text = "[sysplex]\nname = \"PLEX1\n[[stack]]\nname = \"TCPIP1\"\ncolour = 1\n";
    let description = check(
        text,
        &[
            "syntax||not TOML: invalid basic string, expected `\"`",
            "unknown-key|colour|unknown key `colour` in [[stack]]",
        ],
    );
    // That it has no profile is not reported: it may stand in what could not be read.
    assert_eq!(description.stacks[0].name.value, "TCPIP1");
}

#[test]
fn one_slip_is_one_finding() {
    let quoted = "write \"TCPIP1\"";
    check(
        "[[stack]]\nname = TCPIP1\nprofile = \"x\"\n",
        &[&format!("syntax|TCPIP1|not TOML: `TCPIP1` is no value; if it is text, {quoted}")],
    );
    check(&format!("{STACK}name = \"A\"\n"), &["syntax|name|not TOML: `name` stands here a second time"]);
    check("[sysplex]\n[sysplex]\n", &["syntax|sysplex|not TOML: `sysplex` stands here a second time"]);
    check("[sysplex\nname = \"A\"\n", &["syntax||not TOML: unclosed table, expected `]`"]);
    check(
        "[model]\nports == \"list\"\n",
        &[
            "syntax|=|not TOML: extra `=`, expected nothing",
            "syntax||not TOML: unexpected key or value, expected newline, `#`",
        ],
    );
    check(
        "[sysplex]\nname = \n",
        &["syntax||not TOML: string values must be quoted, expected literal string"],
    );
}

#[test]
fn messages_are_one_line_whatever_is_named() {
    let text = format!("{STACK}\"a\\nb\" = 1\n[model]\nports = \"{}\"\n", "x".repeat(1000));
    let (_, findings) = Description::parse(&text);
    assert_eq!(findings[0].message, "unknown key `a\\nb` in [[stack]]");
    assert_eq!(findings[1].message.chars().count(), 301);
}

/// Hostile texts cost time and memory in proportion to their length, and no more.
#[test]
fn endless_nesting_and_endless_mistakes() {
    for text in [
        format!("a = {}", "[".repeat(50_000)),
        format!("a = {}", "{a=".repeat(50_000)),
        format!("a{} = 1", ".a".repeat(20_000)),
        "=\n".repeat(20_000),
        "[[stack]]\n".repeat(5_000),
        format!("[sysplex]\n{} = 1", "n".repeat(100_000)),
    ] {
        let (_, findings) = Description::parse(&text);
        assert!(!findings.is_empty());
    }
}

#[test]
fn no_stack_and_a_stack_that_is_a_table() {
    check("", &["value||no stack is described: add [[stack]] with a name and a profile"]);
    let text = "[stack]\nname = \"T\"\nprofile = \"p\"\n";
    assert_eq!(
        check(text, &["value|[stack]|[stack] stands for one of several: write [[stack]]"]).stacks.len(),
        1
    );
    check(
        "stack = 1\n",
        &[
            "value||no stack is described: add [[stack]] with a name and a profile",
            "value|1|`stack` must be a table: write [[stack]]",
        ],
    );
    let marked = format!("\u{feff}{STACK}zzz = 1\n");
    check(&marked, &["unknown-key|zzz|unknown key `zzz` in [[stack]]"]);
}

#[test]
fn includes_are_looked_for_from_the_particular_to_the_general() {
    let text = format!(
        "[sysplex]\nincludes = {{ \"SYS1.TCPPARMS\" = \"plex\", \"sys1.tcpparms(ports)\" = \"p.txt\" }}\n{STACK}includes = {{ \"SYS1.TCPPARMS\" = \"own/\" }}\n"
    );
    let description = check(&text, &[]);
    let find = |operand| description.include_candidates(&description.stacks[0], operand);
    assert_eq!(find("sys1.tcpparms(PORTS)"), ["p.txt", "own/PORTS", "own/ports", "plex/PORTS", "plex/ports"]);
    assert_eq!(find("'SYS1.TCPPARMS(X)'"), ["own/X", "own/x", "plex/X", "plex/x"]);
    assert!(find("SYS1.OTHER(X)").is_empty());
}

#[test]
fn globs_of_files() {
    let text =
        format!("{STACK}[files]\nobeyfile = \"obey/*\"\ninclude = [\"inc/**\"]\nignore = [\"**/*.bak\"]\n");
    let kinds = FileKinds::new(&check(&text, &[]).files);
    assert_eq!(kinds.kind("obey/a"), Some(FileKind::Obeyfile));
    assert_eq!(kinds.kind("inc/a/b"), Some(FileKind::Include));
    assert_eq!(kinds.kind("obey/a.bak"), Some(FileKind::Foreign));
    assert_eq!(kinds.kind("mvs1"), None);
}

#[test]
fn paths_are_beside_the_file() {
    for (file, written, expected) in [
        ("sysplex.toml", "a.profile", "a.profile"),
        ("plex/sysplex.toml", "./a.profile", "plex/a.profile"),
        ("plex/one/sysplex.toml", "../shared/a", "plex/shared/a"),
        ("sysplex.toml", "../a", "../a"),
        ("../sysplex.toml", "../a", "../../a"),
        ("/p/sysplex.toml", "../../a", "/a"),
        ("p/sysplex.toml", "/x/a", "/x/a"),
        ("p/sysplex.toml", "obey\\a", "p/obey/a"),
        ("C:/p/sysplex.toml", "obey\\a", "C:/p/obey/a"),
        ("C:/p/sysplex.toml", "D:\\x\\a", "D:/x/a"),
        ("//server/share/sysplex.toml", "a.profile", "//server/share/a.profile"),
        ("//server/share/p/sysplex.toml", "../a", "//server/share/a"),
        ("p/sysplex.toml", "\\\\server\\share\\a", "//server/share/a"),
    ] {
        assert_eq!(beside(file, written), expected, "{written} in {file}");
    }
}

#[test]
fn releases() {
    assert_eq!(Release::parse("V2R5"), Some(Release { version: 2, release: 5 }));
    assert_eq!(Release::parse("v3r1").unwrap().to_string(), "3.1");
    for wrong in ["", "3", "3.9", "2.10", "z/OS 3.1", "+3.1"] {
        assert_eq!(Release::parse(wrong), None, "{wrong}");
    }
    assert!(Release::ALL.is_sorted());
}

#[test]
fn examples_of_the_reference_have_no_finding() {
    let page = include_str!("../../../docs/sysplex-toml.md");
    let examples: Vec<&str> =
        page.split("```toml\n").skip(1).map(|rest| rest.split("```").next().unwrap_or("")).collect();
    assert_eq!(examples.len(), 2);
    for example in examples {
        check(example, &[]);
    }
}

/// Lines that belong to such files, in any order.
fn any_lines() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        Just("[[stack]]".to_owned()),
        Just("[[job]]".to_owned()),
        Just("[stack]".to_owned()),
        "\\[(sysplex|files|addresses|model|assumptions|lint|lint\\.rules|lint\\.per-file)\\]",
        "(name|profile|system|symbols|includes|release|stacks|ports|preset|rules|per-file|ignore|obeyfile) = (\"[ -~ä]{0,9}\"|[0-9.]{1,4}|true|\\[[\"a,1]{0,6}\\]|\\{ ?[a-zA]{0,3} ?=? ?(1|\"x\")? ?\\})",
        "[ -~\\n\"äß]{0,20}",
    ];
    proptest::collection::vec(line, 0..12).prop_map(|lines| lines.join("\n"))
}

proptest! {
    #![proptest_config(property::cases(256))]

    #[test]
    fn any_text_gives_a_value_and_places_within_it(text in prop_oneof![any_lines(), any::<String>()]) {
        let (_, findings) = Description::parse(&text);
        for finding in findings {
            prop_assert!(text.get(finding.span.clone()).is_some(), "{finding:?}");
            prop_assert!(!finding.message.contains('\n'), "{finding:?}");
            for (_, span) in &finding.related {
                prop_assert!(text.get(span.clone()).is_some(), "{finding:?}");
            }
        }
    }
}
