use serde_json::json;

use super::webplex::{at, changed};
use crate::tests::fixture::Fixture;

#[track_caller]
fn check(fixture: &str, expected: &[&str]) {
    let fixture = Fixture::new(fixture);
    let hover = fixture.result("textDocument/hover", &json!({}));
    let text = hover["contents"]["value"].as_str().unwrap_or_else(|| panic!("no hover: {hover}"));
    for line in expected {
        assert!(text.contains(line), "{line:?} is not in\n{text}");
    }
}

#[track_caller]
fn check_nothing(fixture: &str) {
    let hover = Fixture::new(fixture).result("textDocument/hover", &json!({}));
    assert!(hover.is_null(), "{hover}");
}

#[test]
fn a_statement_has_its_form_and_what_obeyfile_does() {
    check(
        &at("one.profile", "VIPADISTRIBUTE", 3),
        &[
            "**VIPADISTRIBUTE** — Distributes connections for a DVIPA over the stacks of the sysplex.",
            "```text\nVIPADISTribute",
            "shortest form VIPADIST",
            "stands in VIPADYNAMIC",
            "OBEYFILE: DEFINE adds targets and ports",
            "The statement, and everything behind it in its block.",
        ],
    );
    check(&at("one.profile", "ENDVIPADYNAMIC", 5), &["**VIPADYNAMIC** — ", "closed by ENDVIPADYNAMIC"]);
}

#[test]
fn a_keyword_has_its_meaning_and_a_value_its_range_and_default() {
    check(
        &at("one.profile", "DESTIP", 1),
        &["**DESTIP of VIPADISTRIBUTE** — Targets, by their dynamic XCF addresses."],
    );
    check(
        &at("two.profile", "100 203", 0),
        &["**rank of VIPABACKUP** — Place in the backup chain", "a number from 1 to 254", "default 1"],
    );
    check(&at("one.profile", "AUTOLOG 5", 8), &["**wait of AUTOLOG**", "default 5, as here"]);
}

#[test]
fn what_stacks_say_alike_in_a_member_is_said_once() {
    let stack = |number: u32| {
        format!(
            "[[stack]]\nname = \"TCPIP{number}\"\nsystem = \"MVS{number}\"\nprofile = \"{number}.profile\"\n\n"
        )
    };
    let profile = |number: u32| {
        let own =
            if number == 1 { "VIPADEFINE 255.255.255.0".to_owned() } else { format!("VIPABACKUP {number}") };
        format!(
            "//- {number}.profile\nIPCONFIG DYNAMICXCF 10.0.0.{number} 255.255.255.0 1\nVIPADYNAMIC\n  {own} 203.0.113.1\nENDVIPADYNAMIC\nINCLUDE A.B(DIST)\n"
        )
    };
    let all = |each: &dyn Fn(u32) -> String| (1..4).map(each).collect::<String>();
    let member = "//- dist\nVIPADYNAMIC\n  VIPADISTRIBUTE 203.0.113.$01 PORT 80 DESTIP ALL\nENDVIPADYNAMIC\n";
    check(
        &format!(
            "//- sysplex.toml\n[sysplex]\nname = \"P\"\nincludes = {{ \"A.B(DIST)\" = \"dist\" }}\n\n{}{}{member}",
            all(&stack),
            all(&profile)
        ),
        &[
            "- TCPIP1, TCPIP2 and TCPIP3 distribute port 80 to all stacks (TCPIP1, TCPIP2, TCPIP3) (VIPADISTRIBUTE, BASEWLM)",
        ],
    );
}

#[test]
fn an_address_tells_who_has_it_to_do_with_what() {
    for (file, mark) in [("one.profile", "203.0.113.1 PORT"), ("three.profile", "203.0.113.1")] {
        check(
            &at(file, mark, 4),
            &[
                "**203.0.113.1** — DVIPA",
                "- TCPIP1 defines it (VIPADEFINE, /24, moves at once)\n\
                 - TCPIP2 backs it up (VIPABACKUP, rank 100, first in line)\n\
                 - TCPIP3 backs it up (VIPABACKUP, rank 50, second in line)\n\
                 - TCPIP1 distributes ports 80, 443 to TCPIP2, TCPIP3 (VIPADISTRIBUTE, BASEWLM)\n\
                 - in the range 203.0.113.0/24 of TCPIP3 (VIPARANGE)\n\
                 - used by PORT of TCPIP1 (one.profile:13)\n\
                 - used by SRCIP of TCPIP1 (one.profile:16)",
            ],
        );
    }
    check(&at("one.profile", "10.0.0.2", 1), &["**10.0.0.2** — address", "dynamic XCF address of TCPIP2"]);
    check(
        &changed("one.profile", "  &NET..1 L1", |_| "  192.0.2.77$0 L1".to_owned()),
        &["**192.0.2.77** — address", "address of L1 on TCPIP1 (HOME)", "**address of HOME**"],
    );
}

#[test]
fn a_symbol_has_its_value_on_each_system() {
    check(
        &at("one.profile", "&NET", 2),
        &[
            "**&NET** — system symbol",
            "192.0.2 on SYSA (TCPIP1)",
            "192.0.3 on SYSC (TCPIP3)",
            "198.51.100 on SYSB (TCPIP2)",
        ],
    );
    // Behind the symbol it is the address that it builds.
    check(&at("one.profile", "&NET..1", 6), &["**192.0.2.1 on TCPIP1** — address"]);
}

#[test]
fn a_job_has_its_ports_and_source_address() {
    check(
        &at("one.profile", "WEBSRV BIND", 2),
        &[
            "**WEBSRV** — job",
            "- WEBSRV runs on TCPIP1, TCPIP2\n\
             - port 80 TCP on TCPIP1, bound to 203.0.113.1\n\
             - port 443 TCP on TCPIP1, by WEB\\*\n\
             - connects from 203.0.113.1 on TCPIP1\n\
             - TCPIP1 starts it (AUTOLOG)",
        ],
    );
}

#[test]
fn links_devices_and_data_sets() {
    check(
        &at("one.profile", "L1\nVIPA", 1),
        &["**L1** — link", "LINK L1 IPAQENET OSA1 on TCPIP1", "has 192.0.2.1 on TCPIP1"],
    );
    check(&at("one.profile", "OSA1\n//-", 1), &["**OSA1** — device", "DEVICE OSA1 MPCIPA on TCPIP1"]);
    check(
        &at("one.profile", "SYS1.TCP", 1),
        &["**SYS1.TCPPARMS(COMMON)** — data set", "parms/COMMON for TCPIP1"],
    );
}

#[test]
fn the_description_and_scenarios_have_hovers_too() {
    check(
        &at("sysplex.toml", "TCPIP2\"\nsys", 1),
        &["**TCPIP2** — stack on SYSB", "dynamic XCF address 10.0.0.2"],
    );
    check(&at("web.scenario", "WEBSRV", 1), &["**WEBSRV** — job"]);
    check(&at("web.scenario", "203.0.113.1:80", 1), &["**203.0.113.1** — DVIPA"]);
    check(
        &at("web.scenario", "TCPIP1", 1),
        &["**TCPIP1** — stack on SYSA", "DVIPAs 203.0.113.1, 203.0.113.9"],
    );
}

#[test]
fn blanks_and_comments_have_none() {
    check_nothing("//- a.profile\nHOME ; VIPADEFINE $0 HOME\n");
    check_nothing("//- a.profile\n\n$0\n");
    check_nothing("//- notes.md\nHOME$0\n");
}

#[test]
fn broken_text_is_no_reason_to_be_silent() {
    check(
        "//- a.profile\nVIPADYNAMIC\n  VIPADEF$0INE 255.255 \n  )( &\nPORT 80 TCP\n",
        &["**VIPADEFINE** — "],
    );
}

#[test]
fn the_range_is_the_word_and_plain_text_has_no_marks() {
    let fixture = Fixture::for_client(
        "//- a.profile\n; ä\nHOME 192.0.2.1$0 L1\n",
        json!({ "textDocument": { "hover": { "contentFormat": ["plaintext"] } } }),
    );
    let name = fixture.name(&fixture.uri("a.profile"));
    let hover = fixture.result("textDocument/hover", &json!({}));
    assert_eq!(name, "a.profile");
    assert_eq!(
        hover["range"],
        json!({ "start": { "line": 1, "character": 5 }, "end": { "line": 1, "character": 14 } })
    );
    assert_eq!(hover["contents"]["kind"], "plaintext");
    let text = hover["contents"]["value"].as_str().expect("text");
    assert!(text.starts_with("192.0.2.1: address\n") && !text.contains("**"), "{text}");
}
