//! Why a name stays as it is.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use compiler::Snapshot;
use compiler::names::{Found, Kind, Name, Role, Written};
use compiler::source::SourceText;
use tower_lsp::jsonrpc::Result;

use super::refused;
use crate::disk;
use crate::features::Cx;
use crate::features::edits::is_plain;
use crate::uri;

/// Where the files are.
pub(super) struct Where<'a> {
    /// What is open.
    pub(super) cx: &'a Cx<'a>,
    /// Texts that no stack reads.
    pub(super) beside: &'a BTreeMap<Arc<str>, Arc<SourceText>>,
    /// Whether the server writes what no editor can change.
    pub(super) writes: bool,
}

/// `mvs1.profile:12`
fn place(one: &Found) -> String {
    format!("{}:{}", uri::name(&one.place.file), one.place.start.record)
}

/// Why a name cannot be changed, whatever the new one.
pub(super) fn reason(snapshot: &Snapshot, here: &Found, all: &[Found], at: &Where<'_>) -> Option<String> {
    let text = &here.name.text;
    match here.name.kind {
        Kind::Symbol => {
            return Some(format!(
                "&{text} is a system symbol: its name comes from the system, not from a profile"
            ));
        }
        Kind::Stack => {
            return Some(format!("{text} is the job name of a stack: only its procedure can change it"));
        }
        Kind::DataSet => {
            return Some(format!("{text} is a data set: renaming it here would not rename it on the host"));
        }
        Kind::Job if text.contains(['*', '?']) => {
            return Some(format!(
                "{text} is a pattern of job names: change it by hand where it should be another"
            ));
        }
        Kind::Job
        | Kind::Address
        | Kind::Symbolic
        | Kind::Device
        | Kind::Link
        | Kind::Interface
        | Kind::DeviceOrInterface
        | Kind::LinkOrInterface => {}
    }
    if let Some(built) = all.iter().find(|one| one.written == Written::Built) {
        return Some(format!(
            "{text} is built with system symbols in {}: change the text there, or the symbol in sysplex.toml",
            place(built)
        ));
    }
    if here.name.kind.is_local() && snapshot.source(&here.place.file).is_none() {
        return Some(format!(
            "{text} belongs to one stack, and which stack obeys {} is not known here: rename it in the profile",
            uri::name(&here.place.file)
        ));
    }
    let files: BTreeSet<&Arc<str>> = all.iter().map(|one| &one.place.file).collect();
    let shut = |file: &&Arc<str>| at.cx.desk.documents.get(&uri::clean(file)).is_none();
    let source = |file: &Arc<str>| at.beside.get(file).cloned().or_else(|| snapshot.source(file));
    let coded =
        files.iter().copied().filter(shut).filter(|file| source(file).is_some_and(|text| !is_plain(&text)));
    let coded: Vec<&str> = coded.map(|file| uri::name(file)).collect();
    if !coded.is_empty() && !at.writes {
        let (them, are) = if coded.len() == 1 { ("it", "is") } else { ("them", "are") };
        return Some(format!(
            "{text} also stands in {}, which {are} EBCDIC and not open: an editor would read {them} as UTF-8 and spoil {them}; the command vipa.rename changes {them} too, in the form that the host wants",
            listed(&coded)
        ));
    }
    let locked: Vec<&str> =
        files.iter().filter(|file| disk::is_read_only(file)).map(|file| uri::name(file)).collect();
    (!locked.is_empty()).then(|| {
        let are = if locked.len() == 1 { "is" } else { "are" };
        format!("{text} also stands in {}, which {are} read-only", listed(&locked))
    })
}

/// Names of files in a sentence.
fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [some @ .., last] => format!("{} and {last}", some.join(", ")),
    }
}

/// Fails where the new name is another thing's already.
pub(super) fn taken(snapshot: &Snapshot, here: &Found, new: &str, all: &[Found]) -> Result<()> {
    let name = match grammar::values::ip(new) {
        Some(address) if here.name.kind == Kind::Address => Name::address(address),
        Some(_) | None => Name::new(here.name.kind, new),
    };
    if name == here.name {
        return Ok(());
    }
    let ours = |one: &&Found| {
        !here.name.kind.is_local()
            || all.iter().any(|known| known.stacks.iter().any(|stack| one.stacks.contains(stack)))
    };
    // LINKs and INTERFACEs share their names.
    let wider = match name.kind {
        Kind::Link | Kind::Interface => Name { kind: Kind::LinkOrInterface, text: name.text },
        Kind::Address
        | Kind::Symbolic
        | Kind::Device
        | Kind::DeviceOrInterface
        | Kind::LinkOrInterface
        | Kind::Job
        | Kind::DataSet
        | Kind::Symbol
        | Kind::Stack => name,
    };
    let known = snapshot.names_of(&wider);
    match known.iter().filter(|one| one.role != Role::Reference).find(ours) {
        Some(one) => Err(refused(format!(
            "there is {} {} {} already, in {}",
            if one.name.kind.word().starts_with(['a', 'i']) { "an" } else { "a" },
            one.name.kind.word(),
            one.name.text,
            place(one)
        ))),
        None => Ok(()),
    }
}
