//! What may stand at the cursor, marked `$0`.
#![allow(missing_docs)]

use vipa_grammar::complete::{Completion, complete};
use vipa_grammar::parse::Dialect;

fn at(text: &str) -> Completion {
    let offset = text.find("$0").unwrap();
    complete(&text.replace("$0", ""), offset, Dialect::Zos)
}

#[test]
fn home_wants_an_address_then_a_link_then_either_more_or_a_statement() {
    assert_eq!(at("HOME $0").operands, ["an IPv4 address"]);
    assert_eq!(at("HOME 192.0.2.1 $0").operands, ["a name of up to 16 characters"]);
    let more = at("HOME 192.0.2.1 L1\n$0");
    assert_eq!(more.operands, ["an IPv4 address"]);
    assert!(more.statements.contains(&"PORT") && !more.statements.contains(&"VIPADEFINE"));
}

#[test]
fn port_options_come_in_their_order() {
    assert_eq!(at("PORT 443 $0").keywords, ["TCP", "UDP"]);
    let options = at("PORT 443 TCP WEB SHAREPORT $0");
    assert!(options.keywords.contains(&"BIND".to_owned()));
    assert!(
        !options.keywords.contains(&"NOAUTOLOG".to_owned()),
        "NOAUTOLOG stands before SHAREPORT: {options:?}"
    );
}

#[test]
fn the_statement_that_is_open_decides() {
    let block = "VIPADYNAMIC\n  VIPADISTRIBUTE DISTMETHOD ";
    assert!(at(&format!("{block}$0")).keywords.contains(&"ROUNDROBIN".to_owned()));
    let behind = at(&format!("{block}ROUNDROBIN 192.0.2.1 $0"));
    assert_eq!(behind.keywords, ["PORT", "DESTIP"]);
    let targets = at(&format!("{block}ROUNDROBIN 192.0.2.1 PORT 80 DESTIP $0"));
    assert_eq!(
        (targets.keywords, targets.operands),
        (vec!["ALL".to_owned()], vec!["an IP address".to_owned()])
    );
}

#[test]
fn what_belongs_in_front_of_a_keyword_is_not_offered_behind_it() {
    let block = "VIPADYNAMIC\n  VIPADISTRIBUTE ";
    assert_eq!(at(&format!("{block}203.0.113.1 DESTIP ALL $0")).keywords, [""; 0]);
    let method = at(&format!("{block}DISTMETHOD BASEWLM $0"));
    assert!(method.keywords.contains(&"PROCTYPE".to_owned()), "{method:?}");
    let server = at(&format!("{block}DISTMETHOD SERVERWLM $0"));
    assert!(["PROCXCOST", "ILWEIGHTING"].iter().all(|word| server.keywords.contains(&(*word).to_owned())));
    let begun = at(&format!("{block}203.0.113.1 DESTIP ALL PROCTYPE $0"));
    assert!(begun.keywords.contains(&"ZIIP".to_owned()), "what has been begun goes on: {begun:?}");
}

#[test]
fn a_block_offers_its_own_statements_and_its_end() {
    let block = at("VIPADYNAMIC\n  $0");
    assert!(block.statements.contains(&"VIPADEFINE") && block.statements.contains(&"ENDVIPADYNAMIC"));
    assert!(!block.statements.contains(&"HOME"));
    assert!(at("$0").statements.contains(&"VIPADYNAMIC"));
}

#[test]
fn a_record_may_begin_a_statement_where_the_one_before_could_go_on() {
    for before in
        ["VIPADEFINE 255.255.255.0 203.0.113.1", "VIPABACKUP 10 203.0.113.1", "VIPADEFINE 255.255.255.0"]
    {
        let block = at(&format!("VIPADYNAMIC\n  {before}\n  VIPA$0\n  VIPABACKUP 10 203.0.113.2\n"));
        assert_eq!(block.operands, ["an IPv4 address"]);
        assert!(block.statements.contains(&"VIPABACKUP"), "{before}: {block:?}");
        assert!(block.statements.contains(&"ENDVIPADYNAMIC"), "{before}: {block:?}");
    }
    assert!(at("PORT\n  443 TCP WEB\n$0").statements.contains(&"PORTRANGE"));
    assert_eq!(at("VIPADYNAMIC\n  VIPADEFINE 255.255.255.0 $0").statements, [""; 0]);
}

#[test]
fn the_word_that_is_begun_does_not_count() {
    let begun = at("IPCONFIG SOURCEV$0");
    assert_eq!(begun.start, 9);
    assert!(begun.keywords.contains(&"SOURCEVIPA".to_owned()));
}
