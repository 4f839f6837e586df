//! What the README promises of the samples, on the real files.

use vipa::disk::Disk;
use vipa::exit::Exit;
use vipa::world::World;

/// Runs a command line in the root of the repository.
pub fn vipa(line: &str) -> (Exit, String, String) {
    let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
    let exit = vipa::main_with(
        std::iter::once("vipa").chain(line.split_whitespace()).map(Into::into),
        &mut World {
            stdin: &mut std::io::empty(),
            stdout: &mut stdout,
            stderr: &mut stderr,
            stdout_terminal: false,
            stderr_terminal: false,
            cwd: vipa::paths::slashes(env!("CARGO_MANIFEST_DIR")),
            env: &|_| None,
            files: &Disk,
        },
    );
    (exit, String::from_utf8(stdout).expect("text"), String::from_utf8(stderr).expect("text"))
}

#[test]
fn the_worked_example_as_printed_has_its_mistakes_found() {
    let (exit, stdout, stderr) = vipa("lint samples/figure6 --format concise");
    assert_eq!((exit, stderr.as_str()), (Exit::Findings, ""));
    let misspelt = "samples/figure6/mvs3.profile:1:1 error[unknown-statement] ";
    let line = stdout.lines().find(|line| line.starts_with(misspelt)).expect("the misspelt statement");
    assert!(line.contains("SOURECEIPA") && line.contains("SOURCEIPA?"), "{line}");
    let distributed = "samples/figure6/mvs5.profile:3:16 error[distribute-without-definition] ";
    let line = stdout.lines().find(|line| line.starts_with(distributed)).expect("DVA1 on MVS5");
    assert!(line.contains("DVA1"), "{line}");
    assert_eq!(vipa("lint --fail-level never samples/figure6").0, Exit::Clean);
}

#[test]
fn the_corrected_example_is_clean() {
    let (exit, stdout, _) = vipa("lint samples/figure6-corrected --format concise");
    assert_eq!((exit, stdout.as_str()), (Exit::Clean, ""));
}

#[test]
fn why_names_the_address_and_the_blocks() {
    let (exit, stdout, _) =
        vipa("why TCPIP2 APPA connect 192.0.2.9:443 --sysplex samples/figure6/sysplex.toml");
    assert_eq!(exit, Exit::Clean);
    for part in ["DVA1", "F7:700", "F7:755", "F9:935"] {
        assert!(stdout.contains(part), "{part}: {stdout}");
    }
}

#[test]
fn every_scenario_of_the_samples_passes() {
    let (exit, stdout, stderr) = vipa("run samples");
    assert_eq!(exit, Exit::Clean, "{stdout}{stderr}");
}

#[test]
fn the_sysplex_of_today_is_clean_in_every_preset_but_strict() {
    for preset in ["default", "security"] {
        let (exit, stdout, stderr) =
            vipa(&format!("lint samples/retail --format concise --fail-level info --preset {preset}"));
        assert_eq!((exit, stdout.as_str(), stderr.as_str()), (Exit::Clean, "", ""), "{preset}");
    }
}
