//! Names in files that no stack reads, open or not: scenarios, also those in Markdown files, and OBEYFILEs, by their name or by their text. They
//! are looked for when somebody asks, in the folder of the sysplex.

use std::collections::BTreeSet;
use std::sync::Arc;

use compiler::Snapshot;
use compiler::dataset::{FileKind, classify, decode};
use compiler::description::FileKinds;
use compiler::finding::Place;
use compiler::names::{self, Found, Kind, Name, Written};
use compiler::source::SourceText;
use compiler::system::System;
use grammar::scenario::{WordKind, words};
use grammar::values;

use super::Cx;
use super::naming::host;
use super::page;
use crate::companions::may_hold;
use crate::disk::Disk;
use crate::home::Role;
use crate::uri;

/// Folders below that of the description that are gone into.
const DEPTH: usize = 12;
/// Folders of other tools, which may be large.
const OTHERS: [&str; 2] = ["node_modules", "target"];

/// An occurrence, with the text that it stands in.
#[derive(Clone)]
pub(crate) struct Beside {
    /// Where, and what.
    pub(crate) found: Found,
    /// The text.
    pub(crate) source: Arc<SourceText>,
}

/// The occurrences of a name beside the profiles of the document's sysplex. None of a name that each stack has for itself: which stack a
/// scenario or an OBEYFILE means by it, the file alone does not tell.
pub(crate) fn beside(cx: &Cx<'_>, name: &Name) -> Vec<Beside> {
    let Some((description, snapshot)) = cx.sysplex().filter(|_| !name.kind.is_local()) else {
        return Vec::new();
    };
    let Some(folder) = uri::folder(description) else { return Vec::new() };
    let disk = Disk { documents: &cx.desk.documents };
    let read: BTreeSet<String> = snapshot.files().iter().map(|file| uri::clean(file)).collect();
    let kinds = FileKinds::new(&snapshot.description().files);
    let mut paths = Vec::new();
    // Of these the text has to tell.
    let mut unknown = BTreeSet::new();
    walk(&disk, folder, 0, &mut |path| {
        let kind = if may_hold(&path) { Some(FileKind::Scenario) } else { kind(&kinds, folder, &path) };
        match kind {
            _ if read.contains(&path) => {}
            Some(FileKind::Scenario | FileKind::Obeyfile) => paths.push(path),
            None => {
                unknown.insert(path.clone());
                paths.push(path);
            }
            Some(FileKind::Profile | FileKind::Include | FileKind::TcpipData | FileKind::Foreign) => {}
        }
    });
    // What the document is, its text may tell better than its name.
    let here = cx.document.map(|document| &document.path);
    if let Some(here) = here.filter(|here| Role::of(here) != Role::Description)
        && !read.contains(here)
        && !paths.contains(here)
    {
        paths.push(here.clone());
    }
    let is_here = |path: &String| Some(path) == here;
    let mut all = Vec::new();
    for path in paths {
        let Some(source) = source(cx, snapshot, &disk, &path).filter(|source| may_name(source, name)) else {
            continue;
        };
        if unknown.contains(&path)
            && !is_here(&path)
            && classify(inside(folder, &path), &source.text) != FileKind::Obeyfile
        {
            continue;
        }
        let file: Arc<str> = Arc::from(path.as_str());
        let found = match in_scenarios(&file, &source, name) {
            Some(found) => found,
            None => {
                let mut found = snapshot.names_aside(&file, &source);
                found.retain(|one| one.name.meets(name));
                found
            }
        };
        all.extend(found.into_iter().map(|found| Beside { found, source: Arc::clone(&source) }));
    }
    all
}

/// What a file that no stack reads is, by what `sysplex.toml` says or by its name; None where its text has to tell.
fn kind(kinds: &FileKinds, folder: &str, path: &str) -> Option<FileKind> {
    let inside = inside(folder, path);
    kinds.kind(inside).or_else(|| {
        let by_name = classify(inside, "");
        let told = by_name != FileKind::Profile || Role::of(path) != Role::Profile;
        told.then_some(by_name)
    })
}

/// A path as it counts from a folder that it lies in.
fn inside<'p>(folder: &str, path: &'p str) -> &'p str {
    path.strip_prefix(folder).map_or(path, |path| path.trim_start_matches('/'))
}

/// Goes through all files. What cannot be listed has none.
fn walk(disk: &Disk<'_>, folder: &str, depth: usize, each: &mut dyn FnMut(String)) {
    for (name, is_folder) in disk.list(folder).unwrap_or_default() {
        let path = uri::join(folder, &name);
        if name.starts_with('.') || OTHERS.contains(&name.as_str()) {
            continue;
        }
        if !is_folder {
            each(path);
        } else if depth < DEPTH {
            walk(disk, &path, depth + 1, each);
        }
    }
}

fn source(cx: &Cx<'_>, snapshot: &Snapshot, disk: &Disk<'_>, path: &str) -> Option<Arc<SourceText>> {
    if let Some(open) = cx.desk.documents.get(path) {
        return Some(Arc::new(SourceText::new(open.text())));
    }
    let bytes = disk.read(path).ok()?;
    decode(&bytes, &snapshot.description().files.decode_options()).ok().map(Arc::new)
}

/// Whether a name can stand in a text at all: most files are not about it.
fn may_name(source: &SourceText, name: &Name) -> bool {
    // An IPv6 address may be written in several ways.
    name.text.contains(':') || source.text.to_ascii_uppercase().contains(name.text.as_ref())
}

/// The occurrences in the scenarios of a file; none for a file that holds none by its name.
fn in_scenarios(file: &Arc<str>, source: &SourceText, name: &Name) -> Option<Vec<Found>> {
    let mut spans = BTreeSet::new();
    for played in page::scenarios(file, &source.text)? {
        for (start, line) in played.records(&source.text) {
            spans.extend(in_line(line, name).into_iter().map(|(from, to)| (start + from, start + to)));
        }
    }
    let one = |(start, end): (u32, u32)| Found {
        name: name.clone(),
        role: names::Role::Reference,
        written: Written::Plain,
        operand: None,
        place: Place { file: Arc::clone(file), start: source.position(start), end: source.position(end) },
        stacks: Arc::from([]),
    };
    Some(spans.into_iter().map(one).collect())
}

/// The bytes of a line of a scenario at which a name stands.
fn in_line(line: &str, name: &Name) -> Vec<(u32, u32)> {
    let typed = |from: u32, to: u32| line.get(from as usize..to as usize).unwrap_or("");
    let words = words(line);
    if words.iter().any(|(kind, ..)| *kind != WordKind::Comment) {
        let means = |kind: WordKind, word: &str| match kind {
            WordKind::Address if name.kind == Kind::Address => values::ip(word) == name.ip(),
            WordKind::Address => name.kind == Kind::Symbolic && word.eq_ignore_ascii_case(&name.text),
            WordKind::Job => name.kind == Kind::Job && word.eq_ignore_ascii_case(&name.text),
            WordKind::Place => name.kind == Kind::Stack && word.eq_ignore_ascii_case(&name.text),
            WordKind::Keyword
            | WordKind::Sign
            | WordKind::Name
            | WordKind::Number
            | WordKind::Text
            | WordKind::Comment => false,
        };
        let fit = words.into_iter().filter(|(kind, from, to)| means(*kind, typed(*from, *to)));
        return fit.map(|(_, from, to)| (from, to)).collect();
    }
    // Of a line that cannot be read nobody knows which words are names; an address is one wherever it stands.
    let text = line.split(';').next().unwrap_or("");
    let address = name.ip();
    let mut found = Vec::new();
    for word in text.split_whitespace() {
        let host = host(word);
        if address.is_some() && values::ip(host) == address {
            let from = host.as_ptr() as usize - line.as_ptr() as usize;
            let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
            found.push((offset(from), offset(from + host.len())));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, name: &Name, expected: &[&str]) {
        let found: Vec<&str> = in_line(line, name)
            .into_iter()
            .map(|(from, to)| line.get(from as usize..to as usize).expect("inside"))
            .collect();
        assert_eq!(found, expected, "{line}");
    }

    #[test]
    fn names_are_told_from_other_words() {
        let address = |text: &str| Name::address(text.parse().expect("an address"));
        let dvipa = address("203.0.113.1");
        check("expect owner 203.0.113.1 = TCPIP3 ; 203.0.113.1", &dvipa, &["203.0.113.1"]);
        check("TCPIP1 WEB connect 203.0.113.1:443 as c", &dvipa, &["203.0.113.1"]);
        check("TCPIP1 WEB connect 203.0.113.10:443 as c", &dvipa, &[]);
        check("TCPIP1 WEB bind [2001:DB8:0::1]:80", &address("2001:db8::1"), &["2001:DB8:0::1"]);
        check("TCPIP1 start bind *:80 ; start", &Name::new(Kind::Job, "START"), &["start"]);
        check("fail TCPIP1", &Name::new(Kind::Stack, "TCPIP1"), &["TCPIP1"]);
        check("fail TCPIP1", &Name::new(Kind::Job, "FAIL"), &[]);
        check("expect owner DVA1 = none", &Name::new(Kind::Symbolic, "dva1"), &["DVA1"]);
    }

    #[test]
    fn a_line_that_cannot_be_read_has_addresses() {
        let dvipa = Name::address("203.0.113.1".parse().expect("an address"));
        check(
            "expct owner 203.0.113.1 203.0.113.1:80 ; 203.0.113.1",
            &dvipa,
            &["203.0.113.1", "203.0.113.1"],
        );
        check("expct owner WEB", &Name::new(Kind::Job, "WEB"), &[]);
    }
}
