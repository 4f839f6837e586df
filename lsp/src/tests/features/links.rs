use serde_json::json;

use crate::tests::fixture::Fixture;

fn check(text: &str, name: &str, expected: &[&str]) {
    let mut fixture = Fixture::new(text);
    let answer = fixture.ask("textDocument/documentLink", &json!({}));
    let links: Vec<String> = answer["result"]
        .as_array()
        .expect("links")
        .iter()
        .map(|link| {
            let tooltip = link["tooltip"].as_str().map_or(String::new(), |text| format!(" ({text})"));
            let target = fixture.name(link["target"].as_str().expect("a target"));
            format!("{} -> {target}{tooltip}", fixture.show(name, &link["range"]))
        })
        .collect();
    assert_eq!(links, expected);
    fixture.leave();
}

const PLEX: &str = "\
//- sysplex.toml
[sysplex]
name = \"PLEX1\"
includes = { \"USER.PARMS\" = \"parms/\" }
[[stack]]
name = \"TCPIP1\"
system = \"MVS1\"
profile = \"all.profile\"
symbols = { SYSCLONE = \"01\" }
[[stack]]
name = \"TCPIP2\"
system = \"MVS2\"
profile = \"all.profile\"
symbols = { SYSCLONE = \"02\" }
//- parms/PORTS
PORT 443 TCP HTTPD1
//- parms/HOME01
; one
//- parms/HOME02
; two
";

#[test]
fn an_include_leads_to_its_file_for_each_stack() {
    let text = format!(
        "{PLEX}//- all.profile\nINCLUDE USER.PARMS(PORTS)$0\nINCLUDE USER.PARMS(HOME&SYSCLONE.)\nINCLUDE USER.PARMS(NONE)\n"
    );
    check(
        &text,
        "all.profile",
        &[
            "all.profile:1 USER.PARMS(PORTS) -> parms/PORTS",
            "all.profile:2 USER.PARMS(HOME&SYSCLONE.) -> parms/HOME01 (read by TCPIP1)",
            "all.profile:2 USER.PARMS(HOME&SYSCLONE.) -> parms/HOME02 (read by TCPIP2)",
        ],
    );
}

#[test]
fn a_description_leads_to_its_profiles_and_a_scenario_to_its_obeyfile() {
    let plex = PLEX.replacen("name = \"PLEX1\"", "name = \"PLEX1\"$0", 1);
    check(
        &format!("{plex}//- all.profile\n; nothing\n"),
        "sysplex.toml",
        &["sysplex.toml:7 \"all.profile\" -> all.profile", "sysplex.toml:12 \"all.profile\" -> all.profile"],
    );
    check(
        "//- a.scenario\nobey TCPIP1 \"add.obey\"$0\n//- add.obey\n; nothing\n",
        "a.scenario",
        &["a.scenario:1 \"add.obey\" -> add.obey"],
    );
}
