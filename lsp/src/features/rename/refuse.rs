//! Why a name stays as it is.

use compiler::Snapshot;
use compiler::dataset::Encoding;
use compiler::names::{Found, Kind, Name, Role, Written};
use tower_lsp::jsonrpc::Result;

use super::refused;
use crate::disk;
use crate::features::Cx;
use crate::uri;

/// `mvs1.profile:12`
fn place(one: &Found) -> String {
    format!("{}:{}", uri::name(&one.place.file), one.place.start.record)
}

/// Why a name cannot be changed, whatever the new one.
pub(super) fn reason(cx: &Cx<'_>, snapshot: &Snapshot, here: &Found, all: &[Found]) -> Option<String> {
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
    let mut files: Vec<&str> = all.iter().map(|one| one.place.file.as_ref()).collect();
    files.dedup();
    for file in files {
        let is_open = cx.desk.open.contains_key(&uri::clean(file));
        let encoding = snapshot.source(file).map(|source| source.form.encoding);
        if !is_open && encoding.is_some_and(|encoding| encoding != Encoding::Utf8) {
            return Some(format!(
                "{text} also stands in {}, which is EBCDIC and not open: an editor would read it as UTF-8 and spoil it; convert it, or change it on the host",
                uri::name(file)
            ));
        }
        if disk::is_read_only(file) {
            return Some(format!("{text} also stands in {}, which is read-only", uri::name(file)));
        }
    }
    None
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
