use serde_json::{Value, json};

use super::plex::{BACKUP, OWNER, SHARED, here, plex};
use crate::tests::fixture::Fixture;

fn check(text: &str, name: &str, expected: &[&str]) -> Value {
    let mut fixture = Fixture::new(text);
    let answer = fixture.ask("textDocument/codeLens", &json!({}));
    let lenses: Vec<String> = answer["result"]
        .as_array()
        .expect("lenses")
        .iter()
        .map(|lens| {
            let at = fixture.show(name, &lens["range"]);
            format!(
                "{at} -- {} [{}]",
                lens["command"]["title"].as_str().unwrap(),
                lens["command"]["command"].as_str().unwrap()
            )
        })
        .collect();
    assert_eq!(lenses, expected, "{answer}");
    fixture.leave();
    answer["result"].clone()
}

#[test]
fn who_owns_and_who_backs_up_and_how_many_targets() {
    check(
        &plex(&here(OWNER), BACKUP, SHARED),
        "mvs1.profile",
        &[
            "mvs1.profile:4 203.0.113.1 -- owner TCPIP1, backups TCPIP2 then TCPIP3 [vipa.failover]",
            "mvs1.profile:5 203.0.113.1 -- 2 targets [vipa.graph]",
            "mvs1.profile:6 203.0.113.1 -- 2 targets [vipa.graph]",
        ],
    );
    check(
        &plex(OWNER, &here(BACKUP), SHARED),
        "mvs2.profile",
        &["mvs2.profile:4 203.0.113.1 -- owner TCPIP1, backups TCPIP2 then TCPIP3 [vipa.failover]"],
    );
}

#[test]
fn in_a_shared_member_what_holds_for_all_is_said_once_and_else_for_whom() {
    let two = "VIPADYNAMIC\n  VIPABACKUP 9 203.0.113.8 203.0.113.9\nENDVIPADYNAMIC\n";
    check(
        &plex(OWNER, BACKUP, &here(two)),
        "parms/ALL",
        &[
            "parms/ALL:2 203.0.113.8 -- 203.0.113.8: no VIPADEFINE, backups TCPIP1 or TCPIP2 or TCPIP3 [vipa.failover]",
            "parms/ALL:2 203.0.113.9 -- 203.0.113.9: no VIPADEFINE, backups TCPIP1 or TCPIP2 or TCPIP3 [vipa.failover]",
        ],
    );
    let own = "VIPADYNAMIC\n  VIPADEFINE 255.255.255.0 203.0.113.2&SYSCLONE(2:1).\nENDVIPADYNAMIC\n";
    check(
        &plex(OWNER, BACKUP, &here(own)),
        "parms/ALL",
        &[
            "parms/ALL:2 203.0.113.2&SYSCLONE(2:1). -- owner TCPIP1, no backup on TCPIP1 [vipa.failover]",
            "parms/ALL:2 203.0.113.2&SYSCLONE(2:1). -- owner TCPIP2, no backup on TCPIP2 [vipa.failover]",
            "parms/ALL:2 203.0.113.2&SYSCLONE(2:1). -- owner TCPIP3, no backup on TCPIP3 [vipa.failover]",
        ],
    );
}

#[test]
fn a_profile_alone_knows_no_other_stacks() {
    check(&format!("//- a.profile\n{}", here(OWNER)), "a.profile", &[]);
}

#[test]
fn scenarios_can_be_run_where_they_stand() {
    let lenses = check(
        "//- a.scenario\n; first\nfail TCPIP1$0\n",
        "a.scenario",
        &["a.scenario:1  -- run scenario [vipa.run]"],
    );
    assert!(lenses[0]["command"]["arguments"][0]["uri"].as_str().unwrap().ends_with("a.scenario"));
    let lenses = check(
        "//- a.md\n# Takeover$0\n```scenario one\nfail TCPIP1\n```\n```scenario two\nfail TCPIP2\n```\n",
        "a.md",
        &["a.md:2  -- run this scenario [vipa.run]", "a.md:5  -- run this scenario [vipa.run]"],
    );
    assert_eq!(lenses[1]["command"]["arguments"][0]["line"], 6);
}
