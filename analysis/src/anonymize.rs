//! `vipa anonymize`: the same sysplex with other addresses and names, for a report.
//!
//! Properties: what is the same stays the same and what differs goes on to differ; two addresses share as many leading bits
//! as before, from the eighth on; two names share as many leading letters as before; keywords, numbers, symbols, records
//! and whatever is misspelt stay. New names and addresses follow from the order in which the old ones stand, not from what
//! they are, so nothing leads back to them. Comments are left out, but for those that allow a finding.

mod addresses;
mod names;
mod profile;
mod settings;
mod words;

use std::collections::BTreeMap;

use compiler::description::Description;
use compiler::symbols::resolve;
use grammar::parse::Dialect;

use addresses::Addresses;
use names::Names;

/// A data set of the sysplex.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its path, relative to the description or to the folder.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// What is to be made anonymous.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Input {
    /// The text of `sysplex.toml`, if there is one.
    pub description: Option<String>,
    /// Profiles, OBEYFILEs and members.
    pub sources: Vec<Source>,
}

/// The same, anonymous; sources in the same order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Output {
    /// The text of `sysplex.toml`, if there was one.
    pub description: Option<String>,
    /// Profiles, OBEYFILEs and members.
    pub sources: Vec<Source>,
}

/// Gives everything another name and address.
#[must_use]
pub fn anonymize(input: &Input, dialect: Dialect) -> Output {
    let described = input.description.as_deref().map(|text| Description::parse(text).0);
    let description = described.unwrap_or_default();
    let mut maps = Maps::new(input, &description, dialect);
    let text = input.description.as_deref().map(|text| settings::rewrite(text, &description, &mut maps));
    let sources = input
        .sources
        .iter()
        .map(|source| Source {
            path: maps.path(&source.path),
            text: profile::rewrite(&source.text, dialect, &mut maps),
        })
        .collect();
    Output { description: text, sources }
}

/// Old to new.
struct Maps {
    addresses: Addresses,
    names: Names,
    /// Symbols of every stack, as it resolves them.
    symbols: Vec<BTreeMap<String, String>>,
}

impl Maps {
    fn new(input: &Input, description: &Description, dialect: Dialect) -> Self {
        let mut symbols: Vec<BTreeMap<String, String>> =
            description.stacks.iter().map(|stack| description.symbols(stack)).collect();
        if symbols.is_empty() {
            symbols.push(BTreeMap::new());
        }
        let mut addresses = Addresses::default();
        for entry in &description.addresses {
            addresses.add(entry.address.value);
        }
        let mut flat = false;
        for source in &input.sources {
            profile::survey(&source.text, dialect, &symbols, &mut addresses, &mut flat);
        }
        addresses.settle();
        Self { addresses, names: Names::new(flat), symbols }
    }

    /// A token with symbols in it, as each stack reads it.
    fn resolved<'m>(&'m self, token: &'m str) -> impl Iterator<Item = String> + 'm {
        self.symbols.iter().map(move |values| resolve(token, values).0)
    }

    /// A path: the names of folders and files are names, and what tells the kind of a file stays.
    fn path(&mut self, path: &str) -> String {
        const KINDS: [&str; 8] =
            ["obey", "obeyfile", "include", "includes", "inc", "profile", "prof", "profiles"];
        let part = |names: &mut Names, part: &str| {
            let kept = |word: &str| KINDS.iter().any(|kind| word.eq_ignore_ascii_case(kind));
            let words: Vec<String> = part
                .split('.')
                .enumerate()
                .map(|(at, word)| {
                    let ending = at > 0 && word.len() <= 4;
                    if ending || kept(word) { word.to_owned() } else { names.word(word) }
                })
                .collect();
            words.join(".")
        };
        path.split('/').map(|name| part(&mut self.names, name)).collect::<Vec<_>>().join("/")
    }

    /// The value of a symbol: the beginning of an address, a number, or a name.
    fn value(&mut self, value: &str) -> String {
        if let Some(prefix) = self.addresses.prefix(value) {
            return prefix;
        }
        match self.addresses.text(value) {
            Some(address) => address,
            None => self.names.dotted(value),
        }
    }
}
