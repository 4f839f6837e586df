//! Registers what lies in `src/statements/` and `src/rules/`: a new statement or rule is a new file and nothing else.
#![allow(missing_docs, clippy::disallowed_methods, reason = "a build script reads files")]

use std::fmt::Write as _;
use std::path::Path;

fn main() {
    let root = std::env::var("CARGO_MANIFEST_DIR").unwrap();
    let out = std::env::var("OUT_DIR").unwrap();
    let statements = rooms(&Path::new(&root).join("src/statements"));
    std::fs::write(Path::new(&out).join("statements.rs"), emit_statements(&statements)).unwrap();
    let rules = rooms(&Path::new(&root).join("src/rules"));
    std::fs::write(Path::new(&out).join("rules.rs"), emit_rules(&rules)).unwrap();
}

struct Room {
    name: String,
    path: String,
    text: String,
}

fn rooms(folder: &Path) -> Vec<Room> {
    println!("cargo:rerun-if-changed={}", folder.display());
    let mut rooms: Vec<Room> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "rs"))
        .map(|path| {
            println!("cargo:rerun-if-changed={}", path.display());
            Room {
                name: path.file_stem().unwrap().to_str().unwrap().to_owned(),
                path: path.to_str().unwrap().to_owned(),
                text: std::fs::read_to_string(&path).unwrap(),
            }
        })
        .filter(|room| room.name != "mod")
        .collect();
    rooms.sort_by(|left, right| left.name.cmp(&right.name));
    rooms
}

fn emit_statements(rooms: &[Room]) -> String {
    let mut out = String::new();
    for room in rooms {
        writeln!(out, "#[path = {:?}]\npub mod {};", room.path, room.name).unwrap();
    }
    let kinds: Vec<(&Room, String)> = rooms
        .iter()
        .filter(|room| room.text.contains("pub struct Typed"))
        .map(|room| (room, camel(&room.name)))
        .collect();
    writeln!(
        out,
        "/// A statement with its meaning.\n#[derive(Clone, Debug, PartialEq, Eq)]\npub enum Typed {{"
    )
    .unwrap();
    for (room, kind) in &kinds {
        writeln!(out, "/// {}.\n{kind}(Box<{}::Typed>),", room.name.to_uppercase(), room.name).unwrap();
    }
    writeln!(out, "/// A statement that the model does not use yet.\nOther,\n}}").unwrap();
    writeln!(
        out,
        "/// Reads a statement.\n#[must_use]\npub fn read(view: &StmtView<'_>, cx: &mut Read<'_>) -> Typed {{"
    )
    .unwrap();
    writeln!(out, "match view.stmt.id {{").unwrap();
    for (room, kind) in &kinds {
        writeln!(
            out,
            "Some(grammar::slot::{0}::ID) => Typed::{kind}(Box::new({0}::read(view, cx))),",
            room.name
        )
        .unwrap();
    }
    writeln!(out, "Some(_) | None => Typed::Other,\n}}\n}}").unwrap();
    writeln!(
        out,
        "/// Applies a statement.\npub fn apply(typed: &Typed, cx: &mut Apply<'_>) {{\nmatch typed {{"
    )
    .unwrap();
    for (_, kind) in &kinds {
        writeln!(out, "Typed::{kind}(typed) => typed.apply(cx),").unwrap();
    }
    writeln!(out, "Typed::Other => {{}}\n}}\n}}").unwrap();
    out.push_str(&emit_turns(rooms, &kinds));
    out.push_str(&emit_lists(&kinds));
    writeln!(
        out,
        "/// What a stack holds after reading its profile: a part for each statement.\n\
         #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]\npub struct Config {{"
    )
    .unwrap();
    for room in rooms.iter().filter(|room| room.text.contains("pub struct Part")) {
        // What is there in few profiles only is shown where it is.
        if room.text.contains("pub fn is_nothing(") {
            writeln!(out, "#[serde(skip_serializing_if = \"{}::Part::is_nothing\")]", room.name).unwrap();
        }
        writeln!(out, "/// From {}.\npub {}: {}::Part,", room.name.to_uppercase(), room.name, room.name)
            .unwrap();
    }
    writeln!(out, "}}").unwrap();
    writeln!(
        out,
        "/// Console messages that applying a statement can give: id, our wording or nothing, statement.\n\
         pub static SAID: &[(&str, &str, &str)] = &["
    )
    .unwrap();
    for (id, wording, statement) in said(rooms) {
        writeln!(out, "({id:?}, {wording:?}, {statement:?}),").unwrap();
    }
    writeln!(out, "];").unwrap();
    out
}

/// Message ids that the rooms name in quotes, with the wording where it is said at once. A room without a statement of its
/// own speaks for those that come, by whatever way, to the function in which the id stands.
fn said(rooms: &[Room]) -> std::collections::BTreeSet<(String, String, String)> {
    let functions: Vec<Function<'_>> = rooms.iter().flat_map(functions).collect();
    let mut out = std::collections::BTreeSet::new();
    for (place, function) in functions.iter().enumerate() {
        for line in function.text.lines() {
            let quoted: Vec<&str> = line.split('"').skip(1).step_by(2).collect();
            for (number, id) in quoted.iter().enumerate().filter(|(_, text)| message_id(text)) {
                let next =
                    quoted.get(number + 1).filter(|_| line.contains(".say(") && line.ends_with("\");"));
                let wording = next.copied().unwrap_or("").to_owned();
                for statement in speaks_for(place, &functions) {
                    out.insert(((*id).to_owned(), wording.clone(), statement));
                }
            }
        }
    }
    out
}

/// A function of a room; what stands outside of all has no name.
struct Function<'r> {
    room: &'r Room,
    name: String,
    text: String,
}

fn functions(room: &Room) -> Vec<Function<'_>> {
    let mut all = vec![Function { room, name: String::new(), text: String::new() }];
    for line in room.text.lines() {
        let code = line.trim_start();
        let is_fn = ["fn ", "pub fn ", "pub(crate) fn ", "pub(super) fn "]
            .iter()
            .any(|start| code.starts_with(start));
        if let Some((_, behind)) = line.split_once("fn ").filter(|_| is_fn) {
            let name = behind.split(['(', '<']).next().unwrap_or("").to_owned();
            all.push(Function { room, name, text: String::new() });
        }
        let last = all.last_mut().unwrap();
        last.text.push_str(line);
        last.text.push('\n');
    }
    all
}

/// The statements of the rooms that come to a function.
fn speaks_for(place: usize, functions: &[Function<'_>]) -> std::collections::BTreeSet<String> {
    let mut statements = std::collections::BTreeSet::new();
    let (mut seen, mut open) = (vec![place], vec![place]);
    while let Some(place) = open.pop() {
        let function = &functions[place];
        if function.room.text.contains("pub struct Typed") {
            statements.insert(function.room.name.to_uppercase());
            continue;
        }
        for (other, caller) in functions.iter().enumerate() {
            if !seen.contains(&other) && calls(caller, function) {
                seen.push(other);
                open.push(other);
            }
        }
    }
    statements
}

fn calls(caller: &Function<'_>, function: &Function<'_>) -> bool {
    let (room, name) = (&function.room.name, &function.name);
    // A table outside of all functions speaks for every function of its room.
    if name.is_empty() {
        return caller.room.name == *room && !caller.name.is_empty();
    }
    let bare = caller.text.contains(&format!("{name}(")) && caller.name != *name;
    let imported = caller.room.text.lines().any(|line| {
        line.starts_with("use ") && line.contains(&format!("{room}::")) && line.contains(name.as_str())
    });
    caller.text.contains(&format!("{room}::{name}(")) || (bare && (caller.room.name == *room || imported))
}

/// Three letters, four digits, a letter: `EZZ8307I`.
fn message_id(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 8
        && bytes[..3].iter().all(u8::is_ascii_uppercase)
        && bytes[3..7].iter().all(u8::is_ascii_digit)
        && bytes[7].is_ascii_uppercase()
}

/// What a room may have besides: `RUNS_LAST`, `Typed::dropped`, `end`.
fn emit_turns(rooms: &[Room], kinds: &[(&Room, String)]) -> String {
    let mut out = String::new();
    writeln!(
        out,
        "/// Whether a statement runs when all others of its data set have run.\n#[must_use]\n\
         pub fn runs_last(typed: &Typed) -> bool {{\nmatch typed {{"
    )
    .unwrap();
    for (room, kind) in kinds {
        let last = room.text.contains("pub const RUNS_LAST: bool");
        let value = if last { format!("{}::RUNS_LAST", room.name) } else { "false".to_owned() };
        writeln!(out, "Typed::{kind}(_) => {value},").unwrap();
    }
    writeln!(out, "Typed::Other => false\n}}\n}}").unwrap();
    writeln!(
        out,
        "/// What is known of a statement that a mistake has cost.\n\
         pub fn dropped(typed: &Typed, cx: &mut Apply<'_>) {{\nmatch typed {{"
    )
    .unwrap();
    for (room, kind) in kinds {
        let told = room.text.contains("pub fn dropped(&self");
        let (name, what) = if told { ("typed", "typed.dropped(cx)") } else { ("_", "{}") };
        writeln!(out, "Typed::{kind}({name}) => {what},").unwrap();
    }
    writeln!(out, "Typed::Other => {{}}\n}}\n}}").unwrap();
    writeln!(out, "/// The end of a data set.\npub fn end(cx: &mut Apply<'_>) {{").unwrap();
    for room in rooms.iter().filter(|room| room.text.contains("pub fn end(cx: &mut Apply<'_>)")) {
        writeln!(out, "{}::end(cx);", room.name).unwrap();
    }
    writeln!(out, "}}").unwrap();
    out
}

/// The statements that an INCLUDE may bring entries into.
fn emit_lists(kinds: &[(&Room, String)]) -> String {
    let mut out = String::new();
    writeln!(
        out,
        "/// A list goes on: `whole` is put together from `own` and what INCLUDEs bring.\n\
         pub fn go_on(own: &Typed, whole: &mut Typed, piece: crate::continued::Piece<'_>, cut: &mut crate::continued::Cut) {{\n\
         use crate::continued::{{Piece, end, entries, include}};\nmatch own {{"
    )
    .unwrap();
    let lists = |room: &Room| room.text.contains("impl List for Typed");
    for (_, kind) in kinds.iter().filter(|(room, _)| lists(room)) {
        writeln!(
            out,
            "Typed::{kind}(own) => if let Typed::{kind}(whole) = whole {{ match piece {{\n\
             Piece::Include {{ at, spoilt }} => include(&**own, &mut **whole, at, spoilt, cut),\n\
             Piece::Entries {{ typed, mistake }} => if let Typed::{kind}(more) = typed {{\n\
             entries(&mut **whole, &**more, mistake, cut);\n}},\n\
             Piece::End => end(&**own, &mut **whole, cut),\n}} }},"
        )
        .unwrap();
    }
    let others: Vec<String> =
        kinds.iter().filter(|(room, _)| !lists(room)).map(|(_, kind)| format!("Typed::{kind}(_)")).collect();
    writeln!(out, "{} | Typed::Other => {{}}\n}}\n}}", others.join(" | ")).unwrap();
    writeln!(
        out,
        "/// A list without its entries; any other statement as it is.\n#[must_use]\n\
         pub fn without_entries(typed: &Typed) -> Typed {{\nmatch typed {{"
    )
    .unwrap();
    for (_, kind) in kinds.iter().filter(|(room, _)| lists(room)) {
        writeln!(out, "Typed::{kind}(list) => Typed::{kind}(Box::new(crate::continued::emptied(&**list))),")
            .unwrap();
    }
    writeln!(out, "{} | Typed::Other => typed.clone(),\n}}\n}}", others.join(" | ")).unwrap();
    out
}

fn emit_rules(rooms: &[Room]) -> String {
    let mut out = String::new();
    for room in rooms {
        writeln!(out, "#[path = {:?}]\npub mod {};", room.path, room.name).unwrap();
    }
    writeln!(out, "/// Every rule with its documentation, by name.\npub static RULES: &[(&Rule, &str)] = &[")
        .unwrap();
    for room in rooms {
        let docs: Vec<&str> = room
            .text
            .lines()
            .take_while(|line| line.starts_with("//!"))
            .map(|line| line.trim_start_matches("//!").strip_prefix(' ').unwrap_or(""))
            .collect();
        writeln!(out, "(&{}::RULE, {:?}),", room.name, docs.join("\n")).unwrap();
    }
    writeln!(out, "];").unwrap();
    // What a room may have besides: `PRESETS`, when it is not in all of them; `MISSES`, when it misses what a statement would say.
    writeln!(out, "static IN_PRESETS: &[(&str, &[Preset])] = &[").unwrap();
    for room in rooms.iter().filter(|room| room.text.contains("pub const PRESETS")) {
        writeln!(out, "({0}::RULE.name, {0}::PRESETS),", room.name).unwrap();
    }
    writeln!(out, "];").unwrap();
    writeln!(out, "static MISSING: &[(&str, &[&str])] = &[").unwrap();
    for room in rooms.iter().filter(|room| room.text.contains("pub const MISSES")) {
        writeln!(out, "({0}::RULE.name, {0}::MISSES),", room.name).unwrap();
    }
    writeln!(out, "];").unwrap();
    writeln!(out, "static MENDS: &[(&str, crate::mend::Mend)] = &[").unwrap();
    for room in rooms.iter().filter(|room| room.text.contains("pub fn mend(")) {
        writeln!(out, "({0}::RULE.name, {0}::mend),", room.name).unwrap();
    }
    writeln!(out, "];").unwrap();
    out
}

fn camel(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_ascii_uppercase().to_string() + letters.as_str()).unwrap_or_default()
}
