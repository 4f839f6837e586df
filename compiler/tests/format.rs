//! Formatting and encoding change nothing that a stack or the linter sees.
#![allow(missing_docs)]

#[path = "../../tests/property/mod.rs"]
mod property;

use std::fmt::Write as _;

use proptest::prelude::*;
use vipa_compiler::dataset::{DatasetForm, Encoding, RecordForm, encode_as};
use vipa_compiler::place::At;
use vipa_compiler::system::MemorySystem;
use vipa_compiler::{Compiler, Dialect, Request, Settings, Snapshot};

const TOML: &str = "\
[sysplex]
name = \"P\"
includes = { \"SYS1.PARMS\" = \"parms/\" }
[[stack]]
name = \"T1\"
profile = \"one.profile\"
symbols = { SYSCLONE = \"01\", NET = \"10.1\", WORD = \"PORT\" }
[[stack]]
name = \"T2\"
profile = \"two.profile\"
symbols = { SYSCLONE = \"02\", NET = \"10.2\", WORD = \"HOME\" }
";

fn compile(one: &[u8], member: &[u8], dialect: Dialect) -> Snapshot {
    let mut system = MemorySystem::new();
    system.insert("sysplex.toml", TOML);
    system.insert("one.profile", one);
    system.insert("two.profile", "INCLUDE SYS1.PARMS(A)\n");
    system.insert("parms/A", member);
    let mut compiler = Compiler::new(Settings { dialect: Some(dialect), ..Settings::default() });
    let request = Request { sysplex: Some("sysplex.toml".to_owned()), profiles: Vec::new() };
    compiler.load(&system, &request).expect("loads");
    compiler.snapshot()
}

/// Configurations and findings, places aside.
fn meaning(snapshot: &Snapshot) -> String {
    let mut out = String::new();
    for stack in snapshot.stacks() {
        let folded = snapshot.folded(&stack).expect("a stack");
        let config = serde_json::to_string_pretty(&folded.config).expect("JSON");
        let mark = serde_json::to_string(At::MARK).expect("JSON");
        let mark = mark.trim_matches('"');
        // A place begins with a mark that stands in no text.
        let plain = |line: &&str| !line.contains(mark);
        let config: Vec<&str> = config.lines().filter(plain).collect();
        let config = config.join("\n");
        let _ = writeln!(out, "{stack}\n{config}\n{:?}", folded.console.len());
    }
    let mut findings: Vec<String> =
        snapshot.findings().iter().map(|it| format!("{} {} {:?}", it.rule, it.message, it.stacks)).collect();
    findings.sort();
    out + &findings.join("\n")
}

/// Findings with their places.
fn places(snapshot: &Snapshot) -> Vec<String> {
    let findings = snapshot.findings();
    let show = |it: &vipa_compiler::finding::Finding| {
        let (start, end) = (it.place.start, it.place.end);
        format!("{} {}:{}-{}:{} {}", it.rule, start.record, start.column, end.record, end.column, it.message)
    };
    findings.iter().map(show).collect()
}

fn record() -> impl Strategy<Value = String> {
    let whole = prop_oneof![
        Just("PORT 443 TCP WEB1 SHAREPORT 80 TCP WEB2 BIND 203.0.113.1"),
        Just("PORT\n 20 TCP OMVS NOAUTOLOG\n\n ; why\n 3000 UDP X&SYSCLONE. ; this\n"),
        Just("HOME 10.1.1.1 L1\n   &NET..1.2 L2 ; second"),
        Just("DEVICE D1 VIRTUAL 0 LINK L1 VIRTUAL 0 D1"),
        Just("&WORD. 443 TCP A\n 80 TCP B"),
        Just("IPCONFIG DYNAMICXCF &NET..0.1 255.255.255.0 1 SYSPLEXROUTING\n SOURCEVIPA"),
        Just(
            "VIPADYNAMIC VIPADEFINE MOVE IMMED 255.255.255.0 203.0.113.1 203.0.113.2 203.0.113.3 203.0.113.4 203.0.113.5"
        ),
        Just("VIPADYNAMIC\nVIPABACKUP 300 203.0.113.9\n   VIPABACKUP 3 203.0.113.8 ; x\nENDVIPADYNAMIC"),
        Just(
            "VIPADISTRIBUTE DISTM ROUNDROBIN 203.0.113.1 PORT 443 DESTIP 10.0.0.1 10.0.0.2 10.0.0.3 10.0.0.4 10.0.0.5 10.0.0.6"
        ),
        Just("VIPARANGE DEFINE 255.255.255.0 203.0.113.0"),
        Just("ENDVIPADYNAMIC"),
        Just("INCLUDE SYS1.PARMS(A)"),
        Just("INCLUDE 'SYS1.PARMS(B)'"),
        Just("SRCIP\n JOBNAME A* 203.0.113.1 JOBNAME B\n 203.0.113.2 ENDSRCIP"),
        Just("AUTOLOG 5 FTPD JOBNAME FTPD1 TRACE\n X ENDAUTOLOG"),
        Just("BEGINROUTES ROUTE DEFAULT 10.1.1.254 L1 MTU 1500\nROUTE 10.0.0.0/8 = L1 ENDROUTES"),
        Just("START L1"),
        Just("SOURCEIPA 203.0.113.1 APPA"),
        Just("HOEM 10.1.1.1 L1"),
        Just("; vipa: allow(x) y"),
        Just("HOME 10.1.1.1 L7\n 10.1.1.2 L8 ; vipa: allow(home-link-unknown) later\n 10.1.1.3 L9"),
        Just("; vipa: allow(unknown-statement) known\nHOEM 10.1.1.1 L1\n"),
        Just(
            "VIPADYNAMIC VIPABACKUP 300 203.0.113.7 ; vipa: allow(value-out-of-range) meant\nENDVIPADYNAMIC"
        ),
        Just("VIPADEFINE DVA1,DVB1"),
        Just("GLOBALCONFIG SYSPLEXMONITOR AUTOREJOIN DELAYJOIN TIMERSECS 60"),
    ];
    let end =
        prop_oneof![4 => Just("\n"), 2 => Just(" "), 1 => Just(" ; behind\n"), 1 => Just("\n\n; own\n")];
    (whole, end, 0_usize..6).prop_map(|(text, end, indent)| format!("{}{text}{end}", " ".repeat(indent)))
}

fn profile() -> impl Strategy<Value = String> {
    proptest::collection::vec(record(), 0..9).prop_map(|records| records.concat())
}

proptest! {
    #![proptest_config(property::cases(150))]

    #[test]
    fn formatted_profiles_mean_the_same(one in profile(), member in profile()) {
        for dialect in [Dialect::Zos, Dialect::Founding] {
            let new = |text: &str| grammar::format::format(text, dialect.grammar());
            let before = compile(one.as_bytes(), member.as_bytes(), dialect);
            let after = compile(new(&one).as_bytes(), new(&member).as_bytes(), dialect);
            prop_assert_eq!(meaning(&before), meaning(&after), "{}\n---\n{}", one, new(&one));
        }
    }

    #[test]
    fn a_text_in_ebcdic_has_the_same_findings(one in profile()) {
        let short: String = one.lines().map(|record| record.get(..80).unwrap_or(record).trim_end().to_owned() + "\n").collect();
        let text = compile(short.as_bytes(), b"", Dialect::Zos);
        for encoding in [Encoding::Ibm1047, Encoding::Ibm037] {
            let form = DatasetForm { encoding, records: RecordForm::Fixed80, bom: false };
            let bytes = encode_as(&short, &form).expect("fits");
            prop_assert_eq!(bytes.len() % 80, 0);
            // Nothing but blanks, or nothing at all, tells no encoding.
            prop_assume!(short.trim().len() > 40);
            prop_assert_eq!(places(&text), places(&compile(&bytes, b"", Dialect::Zos)));
        }
    }
}
