//! The same input gives the same bytes: again, in whatever order a folder lists its files, and paths are given.

use compiler::system::{MemorySystem, PathKind, ReadError, System};
use vipa::world::{Files, World};

/// A folder that lists its files in another order at each call.
struct Shuffled {
    files: MemorySystem,
    turns: std::cell::Cell<usize>,
}

impl System for Shuffled {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        self.files.read(path)
    }
    fn list(&self, folder: &str) -> Result<Vec<(String, bool)>, ReadError> {
        let mut names = self.files.list(folder)?;
        let turns = self.turns.get() + 1;
        self.turns.set(turns);
        let by = turns % names.len().max(1);
        names.rotate_left(by);
        if turns.is_multiple_of(2) {
            names.reverse();
        }
        Ok(names)
    }
    fn kind(&self, path: &str) -> PathKind {
        self.files.kind(path)
    }
}

impl Files for Shuffled {
    fn write(&self, path: &str, _: &[u8]) -> Result<(), ReadError> {
        Err(ReadError { path: path.to_owned(), reason: "nothing is written here".to_owned() })
    }
}

fn printed(files: &dyn Files, line: &str) -> String {
    let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
    vipa::main_with(
        std::iter::once("vipa").chain(line.split_whitespace()).map(Into::into),
        &mut World {
            stdin: &mut std::io::empty(),
            stdout: &mut stdout,
            stderr: &mut stderr,
            stdout_terminal: false,
            stderr_terminal: false,
            cwd: "/net".to_owned(),
            env: &|_| None,
            files,
        },
    );
    String::from_utf8([stdout, stderr].concat()).expect("text")
}

const FORMATS: [&str; 10] =
    ["full", "concise", "json", "json-lines", "sarif", "github", "gitlab", "junit", "markdown", "console"];

#[test]
fn every_format_gives_the_same_bytes_again_in_any_order() {
    let define = |address: &str| {
        format!(
            "SOMAXCON 5\nVIPADYNAMIC\n  VIPADEFINE 255.255.255.0 {address}\n  VIPABACKUP 300 203.0.113.9\nENDVIPADYNAMIC\n"
        )
    };
    let mut files = MemorySystem::new();
    let mut toml = "[sysplex]\nname = \"P\"\n".to_owned();
    for number in 1..=5 {
        files.insert(format!("plex/mvs{number}.profile"), define("203.0.113.1"));
        toml.push_str(&format!("[[stack]]\nname = \"TCPIP{number}\"\nprofile = \"mvs{number}.profile\"\n"));
        files.insert(format!("loose/mvs{number}.profile"), define("203.0.113.2"));
    }
    files.insert("plex/sysplex.toml", toml);
    let world = Shuffled { files, turns: std::cell::Cell::new(0) };
    for format in FORMATS {
        let first = printed(&world, &format!("lint --preset strict --format {format} plex loose"));
        assert!(first.contains("TCPIP1"), "{format}: {first}");
        for line in ["plex loose", "loose plex", "loose/mvs3.profile plex loose plex/sysplex.toml"] {
            let again = printed(&world, &format!("lint --preset strict --format {format} {line}"));
            assert_eq!(again, first, "{format}: {line}");
        }
    }
    let difference = printed(&world, "lint --diff --unsafe-fixes plex loose");
    assert_eq!(printed(&world, "lint --diff --unsafe-fixes loose plex"), difference);
}
