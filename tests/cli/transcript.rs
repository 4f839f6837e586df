//! Pages that tell the truth: their commands are run, in order, on the files that they show.
#![allow(clippy::disallowed_methods, reason = "reads, and when asked writes, the repository's own pages")]

use crate::harness::vipa;

/// A page, brought up to date: with `VIPA_UPDATE` it is written, else it has to be as it is. Gives how many commands it runs.
/// `files` are there before those that the page shows.
pub fn check(page: &str, files: &[(String, String)]) -> usize {
    let path = format!("{}/docs/{page}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).expect("there");
    let (mut files, mut out, mut commands) = (files.to_vec(), String::new(), 0);
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        out.push_str(&format!("{line}\n"));
        let Some(kind) = line.strip_prefix("```").filter(|kind| !kind.is_empty()) else { continue };
        let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        if let Some(("profile" | "obeyfile", name)) = kind.split_once(' ') {
            files.push((name.to_owned(), block.join("\n") + "\n"));
            out.push_str(&format!("{}\n```\n", block.join("\n")));
            continue;
        }
        let command = block.first().and_then(|first| first.strip_prefix("$ vipa ")).expect("a command");
        let mut world = vipa(&[]);
        for (name, text) in &files {
            world = world.file(name, text.as_str());
        }
        let ended = world.run(command);
        for (name, text) in world.memory.written.borrow().iter() {
            files.retain(|(known, _)| known != name);
            files.push((name.clone(), text.clone()));
        }
        out.push_str(&format!("$ vipa {command}\n{}{}```\n", ended.stdout, ended.stderr));
        commands += 1;
    }
    if std::env::var("VIPA_UPDATE").is_ok() {
        std::fs::write(&path, &out).expect("written");
    } else {
        assert_eq!(out, text, "VIPA_UPDATE=1 writes it");
    }
    commands
}
