//! The scenario language: every line of the vocabulary, and what is said about lines that are none.

#[path = "../../tests/property/mod.rs"]
mod property;

use vipa_grammar::scenario::{
    Call, Event, Expect, Host, LineKind, Outcome, OutcomeItem, blocks, expected_at, nearest, parse,
    parse_event, parse_markdown,
};

/// Every event of the language; each must come back as it was written.
const EVENTS: &str = "\
start TCPIP1 TCPIP2
stop TCPIP1
fail TCPIP1
fail system MVS1
fail cpc CPC1
leave TCPIP1
join TCPIP1
lose cf
restore cf
obey TCPIP1 obey/add.dvipa
obey TCPIP1 \"two words\"
TCPIP2 APPA bind DVA1:0
TCPIP2 APPA bind *:443 user WEBSRV reuseaddr udp as S1
TCPIP2 APPA socket user WEBSRV udp raw inet6 nosourcevipa tempaddrs publicaddrs pktinfo 2001:db8::1 as U1
TCPIP2 APPA send [2001:db8::9]:53 from U1 pktinfo 2001:db8::2
TCPIP2 APPA bind2addrsel 2001:db8::9 as B1
TCPIP2 APPA listen [2001:db8::1]:443 as L1
TCPIP2 APPA listen S1
TCPIP2 APPA unlisten L1
TCPIP2 APPA connect 192.0.2.9:443
TCPIP2 APPA connect 192.0.2.9:443 from S1 as C1
TCPIP2 APPA define 203.0.113.5
TCPIP2 APPA define 203.0.113.5 affinity
TCPIP2 APPA define 203.0.113.5 affinity asid 0041
TCPIP2 APPA listen *:80 asid 00FF as L2
TCPIP2 APPA delete 2001:db8::5
client 198.51.100.7:40000 connect DVA1:60 as R1
packet 198.51.100.7:40000 to DVA1:60
close C1
deactivate TCPIP1 DVA1
reactivate TCPIP1 DVA1
quiesce TCPIP1 60
resume TCPIP1 60
quiesce TCPIP1 60 job APPA
quiesce TCPIP1 job APPA
quiesce TCPIP1 60 job APPA asid 0041
resume TCPIP1 job APPA asid 0041
resume TCPIP1 target
weight TCPIP1 APPA 10
weight TCPIP1 10
health TCPIP1 APPA 100
abnormal TCPIP1 APPA 1000
tsr TCPIP1 90
tsr TCPIP1 100 90 80
problem TCPIP1 vtam
clear TCPIP1 vtam
path TCPIP1 to TCPIP2 xcf down
path TCPIP1 to TCPIP2 ip up
step TCPIP1
hold TCPIP1 at obtain
hold TCPIP1 at lock
hold TCPIP1 at revise
hold TCPIP1 at return
release TCPIP1
delay TCPIP1 to TCPIP2
deliver TCPIP1 to TCPIP2
deliver all
advance 3
settle
mode fine
mode whole
";

#[test]
fn events_come_back_as_written() {
    let scenario = parse(EVENTS);
    let shown: Vec<String> = scenario
        .lines
        .iter()
        .map(|line| match &line.kind {
            LineKind::Event(event) => event.to_string(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(shown, EVENTS.lines().collect::<Vec<_>>());
}

#[test]
fn keywords_have_no_case_and_blanks_do_not_count() {
    let loud = parse_event("   tcpip2\tAppA  CONNECT 192.0.2.9:443  AS c1 FROM s1 ; why").unwrap();
    assert_eq!(loud.to_string(), "tcpip2 AppA connect 192.0.2.9:443 from s1 as c1");
    assert!(matches!(parse_event("FAIL SYSTEM mvs1"), Ok(Event::FailSystem(word)) if word.is("MVS1")));
}

#[test]
fn every_outcome_and_assertion_is_read() {
    let text = "\
=> source DVA1 port 1025 stack TCPIP2 via F7:755
=> port ephemeral
=> refused EADDRINUSE JRPORTINUSE via F11:1110
=> refused
=> refused via F7:740
=> refused EADDRNOTAVAIL not configured on this stack via F7:740
=> held now
=> message EZZ8301I VIPA 203.0.113.1 TAKEN OVER ; comment
=> message EZD1205I
=> accepted
=> held
=> waits
expect owner DVA1 = TCPIP1
expect owner DVA1=none
expect status TCPIP1 DVA1 = quiescing
expect status TCPIP1 DVA1 = deactivated
expect view TCPIP1 DVA1 = active rank-255
expect view TCPIP1 DVA1 = none
expect group TCPIP1 = left-by-command
expect ready DVA1:60 on TCPIP2 = 2
expect ready DVA1:60 on TCPIP2 = none
=> assumes equal-rank-by-order
expect ports DVA1 = 1025 1030-1032
expect ports DVA1 on TCPIP2 = none
expect targets DVA1:60 = TCPIP1 TCPIP2
expect targets DVA1:60 = none
expect route 198.51.100.7:40000 to DVA1:60 = TCPIP2
expect route 198.51.100.7:40000 to DVA1:60 = held
expect connections TCPIP1 = 3
expect connection C1 = ended
expect invariants
expect quiescent";
    let scenario = parse(text);
    let errors: Vec<_> = scenario.errors().map(|error| error.message.clone()).collect();
    assert_eq!(errors, ["`now` cannot stand here: expected the end of the line"]);
    assert_eq!(scenario.lines.len(), text.lines().count());
    let LineKind::Outcome(Outcome::Items(items)) = &scenario.lines[0].kind else { panic!() };
    assert!(
        matches!(&items[..], [OutcomeItem::Source(a), OutcomeItem::Port(p), OutcomeItem::Stack(_), OutcomeItem::Via(v)]
        if a.host == Host::Symbol("DVA1".to_owned()) && p.value == 1025 && v.text == "F7:755")
    );
    assert!(
        matches!(&scenario.lines[5].kind, LineKind::Outcome(Outcome::Refused { reason: Some(words), via, .. })
        if words.text == "not configured on this stack" && via.len() == 1)
    );
    let LineKind::Outcome(Outcome::Message { id, text: Some(words) }) = &scenario.lines[7].kind else {
        panic!()
    };
    assert_eq!((id.text.as_str(), words.text.as_str()), ("EZZ8301I", "VIPA 203.0.113.1 TAKEN OVER"));
    let LineKind::Expect(Expect::Ports { ports, stack: None, .. }) = &scenario.lines[22].kind else {
        panic!()
    };
    assert_eq!(ports.iter().map(|run| run.value).collect::<Vec<_>>(), [(1025, 1025), (1030, 1032)]);
    assert!(matches!(&scenario.lines[13].kind, LineKind::Expect(Expect::Owner { stack: None, .. })));
}

#[test]
fn places_are_those_of_the_file() {
    let text = "; übung\r\n\r\n  TCPIP1 APPA bind DVA1:0 as é\n  fail TCPIP1 ; ü\n";
    let scenario = parse("TCPIP1 APPA bind DVA1:0\n  fail\tTCPIP1 ; ü\n");
    let LineKind::Event(Event::Fail(stack)) = &scenario.lines[1].kind else { panic!() };
    let span = stack.span;
    assert_eq!((span.start, span.end, span.line, span.column, span.end_column), (31, 37, 2, 8, 14));
    let scenario = parse(text);
    assert_eq!(scenario.lines[0].kind, LineKind::Comment);
    let LineKind::Malformed(error) = &scenario.lines[1].kind else { panic!() };
    assert_eq!(&text[error.span.start as usize..error.span.end as usize], "é");
    assert_eq!((error.span.line, error.span.column), (3, 30));
    assert_eq!(scenario.lines[2].span.line, 4);
}

#[test]
fn sockets_options_and_hosts() {
    let Ok(Event::Job { call: Call::Bind { at, options }, .. }) = parse_event("S J bind [::1]:0 udp as X")
    else {
        panic!()
    };
    assert_eq!((at.address.host, at.port.value), (Host::Ip("::1".parse().unwrap()), 0));
    assert!(options.udp && !options.reuseaddr && options.name.is_some_and(|name| name.text == "X"));
}

#[test]
fn malformed_lines_say_what_was_possible() {
    let lines = [
        "strat TCPIP1",
        "TCPIP1",
        "TCPIP1 APPA",
        "TCPIP1 APPA conect 192.0.2.9:443",
        "TCPIP1 connect 192.0.2.9:443",
        "TCPIP1 APPA connect 192.0.2.9",
        "TCPIP1 APPA connect 192.0.2.9:https",
        "TCPIP1 APPA connect 192.0.2.9:70000",
        "TCPIP1 APPA connect 192.0.2:443",
        "TCPIP1 APPA connect 2001:db8::1:443",
        "TCPIP1 APPA connect [2001:db8:::1]:443",
        "TCPIP1 APPA bind DVA1:0 resueaddr",
        "TCPIP1 APPA define DVA1 now",
        "start TCPIP1, TCPIP2",
        "start",
        "fail system",
        "hold TCPIP1 at lokc",
        "advance soon",
        "health TCPIP1 APPA 101",
        "client 198.51.100.7:40000 DVA1:60",
        "=> sauce DVA1",
        "=> source DVA1 prot 5",
        "=>",
        "expect woner DVA1 = TCPIP1",
        "expect owner DVA1 TCPIP1",
        "expect status TCPIP1 DVA1 = actve",
        "expect ports DVA1 = 30-20",
        "obey TCPIP1 \"no end",
        "!",
    ];
    let mut page = String::new();
    for line in lines {
        let scenario = parse(line);
        let error = scenario.errors().next().unwrap_or_else(|| panic!("{line} was read"));
        let under = " ".repeat(error.span.column as usize - 1)
            + &"^".repeat((error.span.end - error.span.start).max(1) as usize);
        page.push_str(&format!("{line}\n{under} {}\n", error.message));
    }
    insta::assert_snapshot!(page);
}

#[test]
fn other_lines_stand_beside_a_malformed_one() {
    let scenario = parse("start A\nnonsense\nfail A\n");
    assert_eq!(scenario.lines.len(), 3);
    assert_eq!(scenario.errors().count(), 1);
    assert!(matches!(scenario.lines[2].kind, LineKind::Event(Event::Fail(_))));
}

#[test]
fn any_bytes_are_read_without_a_panic() {
    let pieces = [
        "start",
        "=>",
        "expect",
        " ",
        "\t",
        "ü",
        ";",
        "[",
        "]",
        ":",
        "*",
        "99999999999999",
        "=",
        "\r",
        "\"",
        "owner",
        "via",
    ];
    let mut seed = 7_u64;
    for _ in 0..3_000 * property::times() {
        let mut line = String::new();
        for _ in 0..6 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            line.push_str(pieces[(seed >> 33) as usize % pieces.len()]);
        }
        let scenario = parse(&line);
        for error in scenario.errors() {
            assert!(
                line.get(error.span.start as usize..error.span.end as usize).is_some(),
                "{line:?} {error:?}"
            );
            assert!(!error.message.contains('\n'));
        }
    }
}

#[test]
fn completion_knows_what_comes_next() {
    assert_eq!(
        expected_at("TCPIP1 APPA co"),
        ["bind", "bind2addrsel", "connect", "define", "delete", "listen", "send", "socket", "unlisten"]
    );
    assert_eq!(expected_at("fail "), ["cpc", "system", "STACK"]);
    assert_eq!(expected_at("TCPIP1 APPA connect DVA1:5 "), ["as", "from", "user"]);
    assert!(expected_at("").contains(&"=>".to_owned()));
    assert!(expected_at("").contains(&"STACK".to_owned()));
}

#[test]
fn the_nearest_word() {
    assert_eq!(nearest("CONECT", ["bind", "connect"]), Some("connect"));
    assert_eq!(nearest("TCPIP7", ["TCPIP1", "TCPIP2"]), None, "both are as near");
    assert_eq!(nearest("x", ["a"]), None);
}

#[test]
fn scenario_blocks_in_markdown() {
    let text = "# A\n\n```profile name=x\nPORT\n```\n\n```scenario takeover\nstart A\nfial A\n```\n\n~~~~ scenario\nstop A\n~~~\n~~~~\n";
    let all = blocks(text);
    assert_eq!(
        all.iter().map(|block| (block.info.as_str(), block.first_line)).collect::<Vec<_>>(),
        [("profile name=x", 4), ("scenario takeover", 8), ("scenario", 13)]
    );
    assert_eq!(all[2].text(text), "stop A\n~~~\n");
    let found = parse_markdown(text);
    assert_eq!(found.len(), 2);
    assert_eq!(found[0].0.title(), "takeover");
    let error = found[0].1.errors().next().unwrap();
    assert_eq!(error.span.line, 9);
    assert_eq!(&text[error.span.start as usize..error.span.end as usize], "fial");
}
