//! The text of `sysplex.toml`: names, addresses and paths get others, comments go, all else stays with its mistakes.

use std::collections::BTreeMap;
use std::ops::Range;

use compiler::description::{Description, Spanned};

use super::Maps;

/// Keys whose values are words of the settings.
const WORDS: [&str; 11] = [
    "dialect",
    "release",
    "encoding",
    "records",
    "preset",
    "fail-level",
    "ignore",
    "ports",
    "polarity",
    "stack-structures",
    "clusterports-added",
];

/// The text with other names.
pub(super) fn rewrite(text: &str, description: &Description, maps: &mut Maps) -> String {
    let edits = edits(text, description, maps);
    let mut out = String::with_capacity(text.len());
    let mut scan = Scan { text, at: 0, key: String::new(), table: String::new() };
    while let Some(piece) = scan.next() {
        let typed = text.get(piece.range.clone()).unwrap_or("");
        if let Some(new) = edits.get(&piece.range.start) {
            out.push_str(new);
            continue;
        }
        match piece.kind {
            Kind::Comment => {}
            Kind::Bare => out.push_str(typed),
            Kind::Text
                if WORDS.contains(&scan.key.as_str())
                    || scan.table.contains("lint")
                    || scan.table.contains("assumptions") =>
            {
                out.push_str(typed);
            }
            // What the description could not place may be a name all the same.
            Kind::Text => {
                let new = maps.addresses.text(typed.trim_matches(['"', '\'']));
                match new {
                    Some(new) => out.push_str(&quoted(&new)),
                    None => out.push_str(&maps.names.dotted(typed)),
                }
            }
        }
    }
    out.split('\n').map(str::trim_end).collect::<Vec<_>>().join("\n")
}

/// New texts by the start of what they stand for.
fn edits(text: &str, description: &Description, maps: &mut Maps) -> BTreeMap<usize, String> {
    let mut edits: BTreeMap<usize, String> = BTreeMap::new();
    let mut put = |span: &Range<usize>, new: String| {
        let typed = text.get(span.clone()).unwrap_or("");
        let new = if typed.starts_with(['"', '\'']) { quoted(&new) } else { new };
        if !span.is_empty() {
            edits.insert(span.start, new);
        }
    };
    let names = |it: &Spanned<String>, maps: &mut Maps| maps.names.dotted(&it.value);
    if let Some(name) = &description.sysplex.name {
        put(&name.span, names(name, maps));
    }
    for stack in &description.stacks {
        let own = [Some(&stack.name), stack.system.as_ref(), stack.cpc.as_ref(), stack.xcf_group.as_ref()];
        for name in own.into_iter().flatten() {
            put(&name.span, names(name, maps));
        }
        for profile in &stack.profiles {
            put(&profile.span, maps.path(&profile.value));
        }
        for (name, value) in &stack.symbols {
            put(&name.span, name.value.clone());
            put(&value.span, maps.value(&value.value));
        }
    }
    let includes = description.stacks.iter().flat_map(|stack| &stack.includes);
    for entry in includes.chain(&description.sysplex.includes) {
        put(&entry.data_set.span, names(&entry.data_set, maps));
        put(&entry.path.span, maps.path(&entry.path.value));
    }
    for job in &description.jobs {
        for name in [Some(&job.name), job.user.as_ref()].into_iter().flatten().chain(&job.stacks) {
            put(&name.span, names(name, maps));
        }
    }
    let files = &description.files;
    let globs = files.profile.iter().chain(&files.obeyfile).chain(&files.include).chain(&files.ignore);
    for glob in globs.chain(description.lint.per_file.iter().map(|entry| &entry.glob)) {
        put(&glob.span, maps.path(&glob.value));
    }
    for entry in &description.addresses {
        put(&entry.name.span, names(&entry.name, maps));
        put(&entry.address.span, maps.addresses.map(entry.address.value).to_string());
    }
    edits
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// What a piece of the text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// From `#` to the end of the line.
    Comment,
    /// A quoted text.
    Text,
    /// Bare words, marks and blanks.
    Bare,
}

struct Piece {
    kind: Kind,
    range: Range<usize>,
}

/// Cuts a TOML text into comments, texts, words, and what is between.
struct Scan<'t> {
    text: &'t str,
    at: usize,
    /// The last key, and the last table.
    key: String,
    table: String,
}

impl Scan<'_> {
    fn next(&mut self) -> Option<Piece> {
        let start = self.at;
        let rest = self.text.get(start..).filter(|rest| !rest.is_empty())?;
        let line = rest.find('\n').unwrap_or(rest.len());
        let first = rest.chars().next()?;
        let bare = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_');
        let (kind, length) = match first {
            '#' => (Kind::Comment, line),
            '"' | '\'' => (Kind::Text, text_length(rest, first)),
            '[' if self.text.get(..start).is_none_or(|before| {
                before.trim_end_matches([' ', '[']).ends_with('\n') || before.trim().is_empty()
            }) =>
            {
                self.table = rest.get(..line).unwrap_or("").to_owned();
                (Kind::Bare, 1)
            }
            letter if bare(letter) => {
                let length = rest.find(|letter| !bare(letter)).unwrap_or(rest.len());
                let word = rest.get(..length).unwrap_or("");
                if rest.get(length..).is_some_and(|behind| behind.trim_start().starts_with('=')) {
                    word.clone_into(&mut self.key);
                }
                (Kind::Bare, length)
            }
            letter => (Kind::Bare, letter.len_utf8()),
        };
        self.at = start + length.max(1);
        Some(Piece { kind, range: start..self.at })
    }
}

/// Length of a quoted text with its quotes; to the end of the line when it is not closed.
fn text_length(rest: &str, quote: char) -> usize {
    let triple: String = std::iter::repeat_n(quote, 3).collect();
    if rest.starts_with(&triple) {
        let inner = rest.get(3..).unwrap_or("");
        return inner.find(&triple).map_or(rest.len(), |end| end + 6);
    }
    let mut escaped = false;
    for (at, letter) in rest.char_indices().skip(1) {
        match letter {
            '\n' => return at,
            _ if escaped => escaped = false,
            '\\' if quote == '"' => escaped = true,
            letter if letter == quote => return at + 1,
            _ => {}
        }
    }
    rest.len()
}
