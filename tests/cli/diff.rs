//! `diff`: exit codes and bad input, against a folder and against a revision.

use vipa::exit::Exit;

use crate::formats::valid;
use crate::harness::{Vipa, vipa};

const SYSPLEX: &str =
    "[sysplex]\nname = \"PLEX1\"\n[[stack]]\nname = \"TCPIP1\"\nprofile = \"mvs1.profile\"\n";
const MVS1: &str = "PORT 443 TCP WEB1\n";

fn plex(now: &str) -> Vipa {
    vipa(&[
        ("sysplex.toml", SYSPLEX),
        ("mvs1.profile", now),
        ("was/sysplex.toml", SYSPLEX),
        ("was/mvs1.profile", MVS1),
    ])
}

#[test]
fn the_exit_code_says_what_comes_of_it() {
    for (now, exit) in [
        (MVS1, Exit::Clean),
        ("; moved down\nPORT 443 TCP WEB1\n", Exit::Clean),
        ("PORT 443 TCP WEB1 8443 TCP WEB1\n", Exit::Changes),
        ("PROT 443 TCP WEB1\n", Exit::Findings),
    ] {
        for format in ["text", "json", "markdown"] {
            for base in ["was", "was/sysplex.toml"] {
                let ended = plex(now).run(&format!("diff {base} --format {format}"));
                assert_eq!(ended.exit, exit, "{now}{}{}", ended.stdout, ended.stderr);
            }
        }
    }
    let ended = plex("PORT 443 TCP WEB1 8443 TCP WEB1\n").run("diff was");
    let said =
        "TCPIP1 holds after its next start\n    + PORT 8443 TCP WEB1\n\nAgainst was: 1 stack with 1 added";
    assert!(ended.stdout.starts_with(said), "{}", ended.stdout);
}

#[test]
fn a_symbol_without_a_value_is_a_finding_and_no_name() {
    let now = "PORT 443 TCP &JOB.\nVIPADYNAMIC\n  VIPADEFINE 255.255.255.0 &NET..1\nENDVIPADYNAMIC\n";
    let ended = plex(now).run("diff was");
    assert_eq!(ended.exit, Exit::Findings, "{}", ended.stderr);
    for line in [
        "    - PORT 443 TCP WEB1\n    + PORT 443 TCP &JOB.\n",
        "    + statement with a symbol of unknown value: VIPADEFINE 255.255.255.0 &NET..1\n",
        "+ error[symbol-unknown] system symbol &JOB has no value on this system  (mvs1.profile:1:14)",
        "+ error[symbol-unknown] system symbol &NET has no value on this system  (mvs1.profile:3:28)",
        "Against was: 1 stack with 2 added, 0 changed, 1 removed; 0 DVIPAs with another owner; 2 findings new",
    ] {
        assert!(ended.stdout.contains(line), "{line}\n{}", ended.stdout);
    }
}

#[test]
fn a_base_that_is_nothing_is_2() {
    let ended = plex(MVS1).run("diff nowhere");
    assert_eq!((ended.exit, ended.stdout.as_str()), (Exit::Unusable, ""));
    assert!(
        ended.stderr.contains("neither a folder, nor a sysplex.toml, nor a git revision"),
        "{}",
        ended.stderr
    );
}

#[test]
fn the_json_is_valid_against_its_schema() {
    let schema = serde_json::to_value(analysis::diff::json::schema()).expect("JSON");
    for now in [MVS1, "PORT 443 TCP WEB1 8443 TCP WEB1\n", "PROT 443 TCP WEB1\n"] {
        valid(&schema, &plex(now).run("diff was --format json").stdout);
    }
}
