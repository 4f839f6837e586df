//! Reads `syntax/*.syntax` into static tables. A mistake in a description ends the build with its file and line.
#![allow(missing_docs, clippy::disallowed_methods, reason = "a build script reads files")]

#[path = "src/notation.rs"]
mod notation;

use std::fmt::Write as _;

fn main() {
    println!("cargo:rerun-if-changed=syntax");
    println!("cargo:rerun-if-changed=src/notation.pest");
    println!("cargo:rerun-if-changed=src/notation.rs");
    println!("cargo:rerun-if-changed=src/notation/kind.rs");
    let mut paths: Vec<_> = std::fs::read_dir("syntax")
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "syntax"))
        .collect();
    paths.sort();
    let mut statements = Vec::new();
    for path in &paths {
        println!("cargo:rerun-if-changed={}", path.display());
        let text = std::fs::read_to_string(path).unwrap();
        match notation::read(&text) {
            Ok(statement) => statements.push(statement),
            Err(message) => {
                eprintln!("{}: {message}", path.display());
                std::process::exit(1);
            }
        }
    }
    let mut out = String::new();
    writeln!(
        out,
        "/// Every statement that is described, by file name.\npub static STATEMENTS: &[StatementDesc] = &["
    )
    .unwrap();
    for (index, statement) in statements.iter().enumerate() {
        writeln!(out, "{},", statement.emit(index)).unwrap();
    }
    writeln!(out, "];").unwrap();
    writeln!(out, "/// Named parts of every statement, for code that reads it.\npub mod slot {{").unwrap();
    for (index, statement) in statements.iter().enumerate() {
        writeln!(out, "{}", statement.emit_slots(index)).unwrap();
    }
    writeln!(out, "}}").unwrap();
    let folder = std::env::var("OUT_DIR").unwrap();
    std::fs::write(std::path::Path::new(&folder).join("statements.rs"), out).unwrap();
}
