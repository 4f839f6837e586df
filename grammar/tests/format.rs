//! The formatter on whole texts, and what holds of every text.
#![allow(missing_docs)]

#[path = "../../tests/property/mod.rs"]
mod property;

use proptest::prelude::*;
use vipa_grammar::STATEMENTS;
use vipa_grammar::description::StatementId;
use vipa_grammar::format::{Kept, LAST_COLUMN, format, format_again};
use vipa_grammar::parse::{Dialect, parse, parse_inside};
use vipa_grammar::token::scan;

fn zos(text: &str) -> String {
    let once = format(text, Dialect::Zos);
    assert_eq!(format(&once, Dialect::Zos), once, "formatting twice is formatting once");
    once
}

#[test]
fn statements_begin_records_and_entries_stand_in_columns() {
    let new = zos("\
; Reservations
PORT 20 TCP OMVS NOAUTOLOG NODELAYACKS  ; FTP data
 21 TCP FTPD1 ; FTP control
   3000 TCP CICSORD*   SHAREPORT   ; orders


 520 UDP OMPROUTE   START OSA1
home
10.1.1.1 L1 ; first
          10.1.1.12 LINKTWO
AUTOLOG 5 FTPD JOBNAME FTPD1
   OMPROUTE
ENDAUTOLOG
PORT 23 TCP TN3270E
");
    insta::assert_snapshot!(new);
}

#[test]
fn children_are_indented_and_long_statements_continue() {
    let new = zos("\
VIPADYN
; both sites
VIPADEFINE MOVEABLE IMMEDIATE 255.255.255.192 203.0.113.10 203.0.113.11 203.0.113.12 203.0.113.13
      VIPADIST DEFINE DISTM SERVERWLM SYSPLEXPORTS 203.0.113.10 PORT 443 3000 DESTIP 10.0.0.1 10.0.0.2
   VIPADISTRIBUTE DISTMETHOD SERVERWLM
     SYSPLEXPORTS 203.0.113.11 PORT 443
     DESTIP 10.0.0.1 10.0.0.2 10.0.0.3 10.0.0.4 10.0.0.5
        10.0.0.6 10.0.0.7
VIPABACKUP 100 203.0.113.20 ; TN3270
VIPABACKUP 90 203.0.113.21 203.0.113.22 ; FTP
ENDVIPADYN
BEGINROUTES
ROUTE 10.0.0.0/8 = OSA1 MTU 9000
ROUTE DEFAULT 192.0.2.1 OSA1 MTU DEFAULTSIZE
ENDROUTES
");
    insta::assert_snapshot!(new);
}

#[test]
fn comments_keep_their_place() {
    let new = zos("

;-----------------------------------------------------------------------
; A rule of 72 characters stays one.
;-----------------------------------------------------------------------
VIPADYNAMIC
;-----------------------------------------------------------------------
    ; what follows
VIPADEFINE 255.255.255.0 ; the mask
203.0.113.1 ; the address
; behind it

; before the end
ENDVIPADYNAMIC   ; over
PORT 80 TCP A 81 TCP B ; vipa: allow(port-twice) the record is what it allows
; the end");
    insta::assert_snapshot!(new);
}

#[test]
fn what_is_wrong_or_unknown_stays_as_typed() {
    let text = "   HOEM   10.1.1.1    L1\nPORT  99999999   TCP  A\n   80 TCP   B\nTRACE   PACKET   X\nIPCONFIG  TTL  99999\n";
    assert_eq!(zos(text), text);
    // Of a block, only the child with the mistake.
    assert_eq!(
        zos(
            "VIPADYNAMIC\nVIPADEFINE 255.255.255.0   192.0.2.1\n      VIPABACKUP   300   192.0.2.9\nVIPABACKUP 3 192.0.2.8\nENDVIPADYNAMIC\n"
        ),
        "VIPADYNAMIC\n  VIPADEFINE 255.255.255.0 192.0.2.1\n      VIPABACKUP   300   192.0.2.9\n  VIPABACKUP 3 192.0.2.8\nENDVIPADYNAMIC\n"
    );
    // A comment glued to a word is part of a mistake.
    assert_eq!(zos("START   A;x\nSTART   B\n"), "START   A;x\nSTART B\n");
}

#[test]
fn the_end_of_the_text_stays_as_it_is() {
    for (text, wanted) in [
        ("", ""),
        ("\n\n", ""),
        ("START  A", "START A"),
        ("\n\nSTART  A\n\n\n", "START A\n"),
        ("  ; only a comment  ", "; only a comment"),
    ] {
        assert_eq!(zos(text), wanted, "{text:?}");
    }
}

#[test]
fn includes_and_symbols_stay_whole() {
    assert_eq!(
        zos(
            "INCLUDE   SYS1.PARMS(A)\nHOME\n10.1.&SYSCLONE..1 L&SYSCLONE.\n 10.1.1.22 L22\nINCLUDE SYS1.PARMS(B)\n"
        ),
        "INCLUDE SYS1.PARMS(A)\nHOME\n  10.1.&SYSCLONE..1 L&SYSCLONE.\n  10.1.1.22         L22\nINCLUDE SYS1.PARMS(B)\n"
    );
}

#[test]
fn a_member_of_a_block_keeps_what_the_block_reads_otherwise() {
    // In VIPADYNAMIC, HOME ends the block where it begins a record and is a mistake where it does not.
    let text = "VIPADEFINE 255.255.255.0   192.0.2.1   HOME 192.0.2.9 L1\n";
    assert_eq!(zos(text), text);
    // An INCLUDE begins a statement wherever it stands.
    let text = "VIPADYNAMIC VIPADEFINE 255.255.255.0   192.0.2.1   INCLUDE A.B(C)\nENDVIPADYNAMIC\n";
    assert_eq!(
        zos(text),
        "VIPADYNAMIC\n  VIPADEFINE 255.255.255.0 192.0.2.1\n  INCLUDE A.B(C)\nENDVIPADYNAMIC\n"
    );
}

#[test]
fn commas_of_the_founding_documents_stay() {
    let text = "VIPADEFINE DVA1,DVB1\nVIPADISTRIBUTE  SYSPLEXPORTS DVA1 DESTIP XCF1,XCF2 , XCF4\n";
    let new = format(text, Dialect::Founding);
    assert_eq!(new, "VIPADEFINE DVA1, DVB1\nVIPADISTRIBUTE SYSPLEXPORTS DVA1 DESTIP XCF1, XCF2, XCF4\n");
    assert_eq!(format(&new, Dialect::Founding), new);
}

/// Records that are likely to mean something, well formed or not.
fn record() -> impl Strategy<Value = String> {
    let words = prop_oneof![
        Just("PORT"),
        Just("HOME"),
        Just("VIPADYNAMIC"),
        Just("ENDVIPADYNAMIC"),
        Just("VIPADEFINE"),
        Just("VIPADIST"),
        Just("VIPABACKUP"),
        Just("DESTIP"),
        Just("ALL"),
        Just("AUTOLOG"),
        Just("ENDAUTOLOG"),
        Just("BEGINROUTES"),
        Just("ROUTE"),
        Just("ENDROUTES"),
        Just("INCLUDE"),
        Just("A.B(C)"),
        Just("GLOBALCONFIG"),
        Just("SMCGLOBAL"),
        Just("IPCONFIG"),
        Just("TTL"),
        Just("64"),
        Just("443"),
        Just("TCP"),
        Just("UDP"),
        Just("HTTPD*"),
        Just("OMVS"),
        Just("NOAUTOLOG"),
        Just("BIND"),
        Just("10.1.1.1"),
        Just("203.0.113.1"),
        Just("255.255.255.0"),
        Just("10.0.0.0/8"),
        Just("2001:db8::1"),
        Just("L1"),
        Just("OSA1"),
        Just("="),
        Just("MTU"),
        Just("DEFAULT"),
        Just("INTERFACE"),
        Just("DEFINE"),
        Just("IPAQENET"),
        Just("PORTNAME"),
        Just("SRCIP"),
        Just("ENDSRCIP"),
        Just("JOBNAME"),
        Just("DESTINATION"),
        Just("SOURCEIPA"),
        Just("&SYSCLONE."),
        Just("10.1.&X..1"),
        Just("\"a b\""),
        Just("\"a"),
        Just("LINK"),
        Just("DEVICE"),
        Just("START"),
        Just("ROUNDROBIN"),
        Just("DISTMETHOD"),
        Just("PARMSTRING"),
        Just("A,B"),
        Just(","),
        Just("AVERYLONGWORDTHATTAKESALMOSTHALFARECORD.OFTHE.DATASET"),
    ];
    let end = prop_oneof![
        6 => Just("\n"), 3 => Just(" "), 1 => Just(" ; comment\n"), 1 => Just("\n; own\n"), 1 => Just("\n\n\n"),
        1 => Just(" ; vipa: allow(x) because\n"), 1 => Just(";glued\n"), 1 => Just("\t"), 1 => Just("\r\n"),
    ];
    (proptest::collection::vec(words, 1..9), end, 0_usize..9)
        .prop_map(|(words, end, indent)| format!("{}{}{end}", " ".repeat(indent), words.join(" ")))
}

/// Where a text may be read: by itself, and in the blocks of what stands outside of them.
fn hosts(text: &str, dialect: Dialect) -> Vec<Option<StatementId>> {
    let mut hosts = vec![None];
    for placed in parse(text, dialect).sections {
        let outside = placed.section.views().filter(|view| view.stmt.parent.is_none());
        for block in outside.filter_map(|view| view.desc()).flat_map(|desc| desc.blocks) {
            hosts.extend(STATEMENTS.iter().filter(|desc| desc.name == *block).map(|desc| Some(desc.id)));
        }
    }
    hosts.sort();
    hosts.dedup();
    hosts
}

/// What the parser makes of a text, without places.
fn reading(text: &str, dialect: Dialect, host: Option<StatementId>) -> Vec<String> {
    let mut all = Vec::new();
    for placed in parse_inside(text, dialect, host).sections {
        let section = &placed.section;
        all.extend(section.stmts.iter().map(|stmt| {
            format!(
                "{} {:?} {:?} {} {:?}",
                section.text_of(stmt.name),
                stmt.id,
                stmt.parent,
                stmt.known,
                stmt.events
            )
        }));
        let word = |event: &vipa_grammar::tree::Event| section.text_of(event.span).to_owned();
        all.extend(
            section.events.iter().map(|event| format!("{:?} {:?} {}", event.kind, event.slot, word(event))),
        );
        let kind = |error: &vipa_grammar::tree::SyntaxError| std::mem::discriminant(&error.kind);
        all.extend(section.errors.iter().map(|error| format!("{:?} {:?}", error.stmt, kind(error))));
    }
    all
}

/// Statements as they should be, and some that are not.
fn statement() -> impl Strategy<Value = String> {
    let text = prop_oneof![
        Just("SOMAXCONN   10\n"),
        Just("START   A\n"),
        Just("START   A START  B\n"),
        Just("DEVICE  D1 IPAQIDIO\nLINK  L1   IPAQIDIO D1\n"),
        Just("PORT 80   TCP A ; web\n  81 TCP   B\n"),
        Just("PORT\n 443   TCP A\n  INCLUDE   A.B(C)\n 444 TCP  B\n"),
        Just("INCLUDE   A.B(C)\n"),
        Just(" 81 TCP   B\n"),
        Just("HOME\n 10.1.1.1   L1\n  10.1.1.22 LINK2\n"),
        Just("VIPADYNAMIC\nVIPADEFINE 255.255.255.0   192.0.2.1\nENDVIPADYNAMIC\n"),
        Just("VIPADYNAMIC\nVIPADEFINE 255.255.255.0   192.0.2.1\n"),
        Just("ENDVIPADYNAMIC\n"),
        Just("VIPABACKUP   1 192.0.2.2\n"),
        Just("AUTOLOG  5\n  A   JOBNAME B\nENDAUTOLOG\n"),
        Just("AUTOLOG\n  A   JOBNAME B\n"),
        Just("BEGINROUTES\nROUTE   DEFAULT 192.0.2.1 OSA1 MTU 1492\nENDROUTES\n"),
        Just("ROUTE   DEFAULT 192.0.2.1 OSA1 MTU 1492\n"),
        Just("GATEWAY\n  9 =   L1 1492 0\n"),
        Just("TCPCONFIG   RESTRICTLOWPORTS\n   TTLS\n"),
        Just("IPCONFIG   TTL 999\n"),
        Just("WHATEVER   is  this\n"),
        Just("TRACE  PACKET   X\n"),
        Just("ITRACE  ON   CONFIG 1\n"),
        Just("PARMS   \"a\n"),
        Just("  ; a   remark\n"),
        Just("\n \n\n"),
        Just(",\n"),
    ];
    (text, 0_usize..3).prop_map(|(text, indent)| format!("{}{text}", " ".repeat(indent)))
}

fn holds(text: &str) {
    for dialect in [Dialect::Zos, Dialect::Founding] {
        let new = format(text, dialect);
        assert_eq!(format(&new, dialect), new, "twice is once: {text:?}");
        let commas = dialect == Dialect::Founding;
        let (old_tokens, new_tokens) = (scan(text, commas), scan(&new, commas));
        let words = |text: &str, tokens: &vipa_grammar::token::Tokens| -> Vec<String> {
            tokens
                .tokens
                .iter()
                .map(|token| text[token.start as usize..][..token.len as usize].to_owned())
                .collect()
        };
        assert_eq!(words(text, &old_tokens), words(&new, &new_tokens), "{text:?}");
        let comments = |text: &str, tokens: &vipa_grammar::token::Tokens| -> Vec<(u32, bool, String)> {
            let typed = |start: u32, len: u32| text[start as usize..][..len as usize].trim_end().to_owned();
            tokens.comments.iter().map(|it| (it.token, it.own_record, typed(it.start, it.len))).collect()
        };
        assert_eq!(comments(text, &old_tokens), comments(&new, &new_tokens), "{text:?}");
        for host in hosts(text, dialect) {
            assert_eq!(reading(text, dialect, host), reading(&new, dialect, host), "{host:?} {text:?}");
        }
        let longest = |text: &str| text.lines().map(|record| record.chars().count()).max().unwrap_or(0);
        assert!(longest(&new) <= longest(text).max(LAST_COLUMN), "{text:?}");
    }
}

proptest! {
    #![proptest_config(property::cases(400))]

    #[test]
    fn any_text(text in "\\PC{0,200}") {
        holds(&text);
    }

    #[test]
    fn any_characters(text in "[ -~\\n\\t\\r;\",&é]{0,200}") {
        holds(&text);
    }

    #[test]
    fn any_statements(records in proptest::collection::vec(record(), 0..14)) {
        holds(&records.concat());
    }
}

proptest! {
    #![proptest_config(property::cases(120))]

    #[test]
    fn statements_in_a_row(statements in proptest::collection::vec(statement(), 0..10)) {
        holds(&statements.concat());
    }

    #[test]
    fn what_was_kept_changes_nothing(
        mut statements in proptest::collection::vec(statement(), 1..10),
        edits in proptest::collection::vec((any::<proptest::sample::Index>(), statement()), 1..6),
    ) {
        let mut kept = [(Dialect::Zos, Kept::default()), (Dialect::Founding, Kept::default())];
        for (at, new) in edits {
            let text = statements.concat();
            for (dialect, kept) in &mut kept {
                prop_assert_eq!(format_again(&text, *dialect, kept), format(&text, *dialect));
            }
            let at = at.index(statements.len());
            statements[at] = new;
        }
        let text = statements.concat();
        let (_, of_product) = &mut kept[0];
        prop_assert_eq!(format_again(&text, Dialect::Founding, of_product), format(&text, Dialect::Founding));
    }
}

#[test]
fn a_list_that_an_include_cuts_in_two_stays_as_typed() {
    let text = "SOMAXCONN   10\nAUTOLOG\n A JOBNAME  B\nINCLUDE X.Y(Z)\n   C\nENDAUTOLOG\n";
    assert_eq!(format(text, Dialect::Zos), text.replace("N   10", "N 10"));
}

#[test]
fn what_may_be_brought_into_a_block_is_read_there_too() {
    // At the end of a record GLOBALCONFIG is one target more, at the beginning of one it would end the block.
    let text = "VIPADISTRIBUTE DISTM ROUNDROBIN 203.0.113.1 PORT 443 DESTIP 10.0.0.1 GLOBALCONFIG  SYSPLEXMONITOR TIMERSECS 60\n";
    for dialect in [Dialect::Zos, Dialect::Founding] {
        assert_eq!(format(text, dialect), text);
    }
}
