use serde_json::{Value, json};

use super::plex::{BACKUP, OWNER, plex};
use crate::tests::fixture::Fixture;

/// The actions at the cursor.
fn actions(fixture: &mut Fixture, only: &Value) -> Vec<Value> {
    let at = fixture.at_cursor()["position"].clone();
    let mut context = json!({ "diagnostics": [] });
    if !only.is_null() {
        context["only"] = only.clone();
    }
    let params = json!({ "range": { "start": at, "end": at }, "context": context });
    let answer = fixture.ask("textDocument/codeAction", &params);
    answer["result"].as_array().unwrap_or_else(|| panic!("{answer}")).clone()
}

fn titles(actions: &[Value]) -> Vec<&str> {
    actions.iter().map(|action| action["title"].as_str().expect("a title")).collect()
}

fn named<'a>(actions: &'a [Value], title: &str) -> &'a Value {
    actions.iter().find(|action| action["title"] == title).unwrap_or_else(|| panic!("{:?}", titles(actions)))
}

#[test]
fn a_safe_fix_is_preferred_and_mends_the_text() {
    let mut fixture = Fixture::new("//- a.profile\r\nSOMAX$0CON 100\r\n");
    let all = actions(&mut fixture, &json!(null));
    let fix = all.iter().find(|action| action["isPreferred"] == true).expect("a safe fix");
    assert_eq!(fix["kind"], "quickfix");
    assert_eq!(fixture.edited(&fix["edit"], "a.profile"), "SOMAXCONN 100\r\n");
    let change = &fix["edit"]["documentChanges"][0]["textDocument"];
    assert_eq!(change["version"], 1);
    fixture.leave();
}

#[test]
fn an_unsafe_fix_says_so() {
    let mut fixture = Fixture::new("//- a.profile\nPORT\n  51$04 UDP SYSLOGD SHAREPORT\n");
    let all = actions(&mut fixture, &json!(["quickfix"]));
    let fix = all
        .iter()
        .find(|action| action["title"].as_str().unwrap().ends_with("(changes what the stack does)"));
    let fix = fix.unwrap_or_else(|| panic!("{:?}", titles(&all)));
    assert_eq!(fix.get("isPreferred"), None);
    assert!(fixture.edited(&fix["edit"], "a.profile").contains("  514 UDP SYSLOGD\n"));
    fixture.leave();
}

#[test]
fn every_safe_fix_of_a_file_at_once() {
    let mut fixture = Fixture::new("//- a.profile\nSOMAXCON 100\nIPCONFG SOURCEVIPA$0\n");
    let all = actions(&mut fixture, &json!(["source.fixAll"]));
    assert_eq!(titles(&all), ["apply the 2 safe fixes of this file"]);
    assert_eq!(all[0]["kind"], "source.fixAll.vipa");
    assert_eq!(fixture.edited(&all[0]["edit"], "a.profile"), "SOMAXCONN 100\nIPCONFIG SOURCEVIPA\n");
    assert!(actions(&mut fixture, &json!(["refactor"])).is_empty());
    fixture.leave();
}

/// Applies the allowance at the cursor, and opens the result again: the finding must be gone and nothing new be there.
fn allowed(text: &str, name: &str, title: &str) -> String {
    let mut fixture = Fixture::new(text);
    let all = actions(&mut fixture, &json!(["quickfix"]));
    let edited = fixture.edited(&named(&all, title)["edit"], name);
    let uri = fixture.uri(name);
    let rule = title.split(' ').nth(1).expect("a rule");
    let codes = |fixture: &mut Fixture| -> Vec<String> {
        let id = fixture.client().pull(&uri);
        let answer = fixture.client().answer(id);
        let items = answer["result"]["items"].as_array().expect("diagnostics");
        items.iter().map(|one| one["code"].as_str().unwrap().to_owned()).collect()
    };
    let before = codes(&mut fixture);
    assert!(before.iter().any(|code| code == rule), "{before:?}");
    fixture.client().edit(&uri, 2, None, &edited);
    let after = codes(&mut fixture);
    assert!(!after.iter().any(|code| code == rule || code.starts_with("allow-")), "{after:?}");
    fixture.leave();
    edited
}

#[test]
fn a_finding_is_allowed_at_the_end_of_its_record() {
    assert_eq!(
        allowed(
            "//- a.profile\nPORT\n  51$04 UDP SYSLOGD SHAREPORT\n",
            "a.profile",
            "allow port-share-udp here, with a reason"
        ),
        "PORT\n  514 UDP SYSLOGD SHAREPORT ; vipa: allow(port-share-udp) say why\n"
    );
}

#[test]
fn where_a_record_has_no_room_the_allowance_stands_before_the_statement() {
    let long = "PORT\n  51$04 UDP SYSLOGD SHAREPORT       NOAUTOLOG        ; the log\n";
    assert_eq!(
        allowed(
            &format!("//- a.profile\nSOMAXCONN 10\n{long}"),
            "a.profile",
            "allow port-share-udp here, with a reason"
        ),
        format!("SOMAXCONN 10\n; vipa: allow(port-share-udp) say why\n{}", long.replace("$0", ""))
    );
}

#[test]
fn a_rule_is_allowed_for_a_file_before_its_first_statement() {
    assert_eq!(
        allowed(
            "//- a.profile\n; mine\nPORT\n  51$04 UDP SYSLOGD SHAREPORT\n",
            "a.profile",
            "allow port-share-udp in this file, with a reason"
        ),
        "; mine\n; vipa: allow-file(port-share-udp) say why\nPORT\n  514 UDP SYSLOGD SHAREPORT\n"
    );
}

#[test]
fn sequence_numbers_stay_in_their_columns() {
    let record = |text: &str, number: u32| format!("{text:<72}{number:08}\n");
    let lines: String = ["SOMAXCON 100", "PORT", "  20 TCP OMVS", "  514 UDP SYSLOGD"]
        .iter()
        .zip(1..)
        .map(|(text, number)| record(text, number * 100))
        .collect();
    let mut fixture = Fixture::new(&format!("//- a.profile\n{}", lines.replacen("SOMAX", "SOMAX$0", 1)));
    let all = actions(&mut fixture, &json!(["quickfix"]));
    let fix = all
        .iter()
        .find(|action| action["isPreferred"] == true)
        .unwrap_or_else(|| panic!("{:?}", titles(&all)));
    let expected = lines.replacen("SOMAXCON 100 ", "SOMAXCONN 100", 1);
    assert_eq!(fixture.edited(&fix["edit"], "a.profile"), expected);
    fixture.leave();
}

#[test]
fn in_a_shared_member_an_allowance_is_for_the_stack_it_concerns() {
    let shared = "SOMAXCONN 1&SYS$0CLONE.\n";
    let text = plex(OWNER, BACKUP, shared).replace("{ SYSCLONE = \"03\" }", "{ OTHER = \"03\" }");
    let mut fixture = Fixture::new(&text);
    let all = actions(&mut fixture, &json!(["quickfix"]));
    let allow = named(&all, "allow unexpected-token here, with a reason");
    let edited = fixture.edited(&allow["edit"], "parms/ALL");
    assert_eq!(edited, "; vipa: allow(unexpected-token, stack=TCPIP3) say why\nSOMAXCONN 1&SYSCLONE.\n");
    fixture.leave();
}
