//! `--encoding` and `--records`: the command line says how bytes are read, whatever `[files]` says and whatever they look like.

use compiler::dataset::{DatasetForm, Encoding, RecordForm, encode_as};
use vipa::exit::Exit;

use crate::harness::vipa;

/// Two records of 80 characters without line ends.
fn fixed(encoding: Encoding) -> Vec<u8> {
    let form = DatasetForm { encoding, records: RecordForm::Fixed80, bom: false };
    encode_as("PORT 80 TCP WEB1\nPORT 99999 TCP WEB1", &form).expect("it fits")
}

#[test]
fn records_are_told_apart_as_the_command_line_says() {
    let world = vipa(&[("plex/sysplex.toml", "[[stack]]\nname = \"TCPIP1\"\nprofile = \"a.profile\"\n")])
        .file("plex/a.profile", fixed(Encoding::Utf8));
    for (option, place) in [
        ("", "plex/a.profile:2:6"),
        ("--records fixed80", "plex/a.profile:2:6"),
        ("--records auto", "plex/a.profile:2:6"),
        ("--records lines", "plex/a.profile:1:86"),
    ] {
        let ended = world.run(&format!("lint plex --format concise {option}"));
        assert!(ended.stdout.starts_with(place), "{option}: {}{}", ended.stdout, ended.stderr);
    }
    let said = "[files]\nrecords = \"lines\"\n[[stack]]\nname = \"TCPIP1\"\nprofile = \"a.profile\"\n";
    let world = world.file("plex/sysplex.toml", said);
    for (option, place) in [("", "plex/a.profile:1:86"), ("--records fixed80", "plex/a.profile:2:6")] {
        let ended = world.run(&format!("lint plex --format concise {option}"));
        assert!(ended.stdout.starts_with(place), "{option}: {}{}", ended.stdout, ended.stderr);
    }
}

#[test]
fn bytes_are_read_as_the_command_line_says() {
    let world = vipa(&[]).file("host/a.profile", fixed(Encoding::Ibm037));
    for command in ["lint", "coverage"] {
        let ended = world.run(&format!("{command} host --encoding ibm-037"));
        assert_ne!(ended.exit, Exit::Unusable, "{command}: {}", ended.stderr);
        let ended = world.run(&format!("{command} host/a.profile --encoding utf-8"));
        assert_eq!(ended.exit, Exit::Unusable, "{command}: {}", ended.stdout);
    }
    let ended = world.run("fmt host/a.profile --check --encoding utf-8");
    assert_eq!(ended.exit, Exit::Unusable, "{}", ended.stdout);
    let ended = world.run("lint host --encoding latin1");
    assert_eq!(ended.exit, Exit::Unusable);
    assert!(ended.stderr.contains("ibm-1047"), "{}", ended.stderr);
}
