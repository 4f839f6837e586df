//! Names of the sysplex for an operand: devices, links, interfaces, jobs, data sets, symbols.

use std::collections::{BTreeMap, BTreeSet};

use compiler::names::{Found, Kind, Name, Role};
use grammar::description::{SlotDesc, StatementDesc};
use ls_types::CompletionItemKind;

use super::{Item, stacks};
use crate::features::{Cx, Text};

/// Adds the names for an operand.
pub(super) fn items(
    cx: &Cx<'_>,
    text: Text<'_>,
    desc: &'static StatementDesc,
    slot: &'static SlotDesc,
    kind: Kind,
    items: &mut Vec<Item>,
) {
    let Some(snapshot) = cx.snapshot() else { return };
    // The name of a new thing is for whoever brings it into being.
    if matches!((desc.name, slot.name), ("DEVICE", "device") | ("LINK", "link") | ("VIPADEFINE", _)) {
        return;
    }
    let mine = stacks(cx, text);
    // The interface of an IPv6 DVIPA has the same name on every stack, and no other interface may stand there.
    let dynamic = desc.name.starts_with("VIPA");
    let of = (kind.is_local() && !dynamic).then_some(mine.as_slice());
    let used_too = kind == Kind::Job || kind == Kind::DataSet;
    let fits = |name: &Name, role: Role| name.kind.meets(kind) && (role != Role::Reference || used_too);
    let mut found = snapshot.names_that(&fits, of);
    if dynamic && kind.is_local() {
        found.retain(|one| one.statement().is_some_and(|statement| statement.starts_with("VIPA")));
    }
    // A definition says more than a use.
    found.sort_by_key(|one| one.role);
    let mut seen: BTreeMap<String, Item> = BTreeMap::new();
    for one in &found {
        seen.entry(one.name.text.to_string()).or_insert_with(|| item(one));
    }
    let mut all: Vec<Item> = seen.into_values().collect();
    if desc.name == "HOME" {
        // What has no address yet comes first.
        let taken = with_address(cx, &mine);
        all.sort_by_key(|item| taken.contains(&item.label));
    }
    items.extend(all);
}

fn item(one: &Found) -> Item {
    let stacks = if one.stacks.len() > 4 { "many stacks".to_owned() } else { one.stacks.join(", ") };
    let kind = match one.name.kind {
        Kind::Job => CompletionItemKind::EVENT,
        Kind::DataSet => CompletionItemKind::FILE,
        Kind::Address | Kind::Symbolic | Kind::Symbol => CompletionItemKind::CONSTANT,
        Kind::Stack => CompletionItemKind::MODULE,
        Kind::Device | Kind::Link | Kind::Interface | Kind::DeviceOrInterface | Kind::LinkOrInterface => {
            CompletionItemKind::INTERFACE
        }
    };
    let detail = match one.operand {
        None => format!("{} of sysplex.toml", one.name.kind.word()),
        Some(_) => format!("{} on {stacks}", one.name.kind.word()),
    };
    Item::new(one.name.text.as_ref(), kind, detail)
}

/// Links that HOME has an address for.
fn with_address(cx: &Cx<'_>, stacks: &[String]) -> BTreeSet<String> {
    let Some(snapshot) = cx.snapshot() else { return BTreeSet::new() };
    let fits = |name: &Name, role: Role| name.kind == Kind::Link && role == Role::Reference;
    let found = snapshot.names_that(&fits, Some(stacks));
    let of_home = found.into_iter().filter(|one| one.statement() == Some("HOME"));
    of_home.map(|one| one.name.text.to_string()).collect()
}

/// The system symbols of the stacks that read the document, with their values.
pub(super) fn symbols(cx: &Cx<'_>, text: Text<'_>) -> Vec<Item> {
    let Some(snapshot) = cx.snapshot() else { return Vec::new() };
    let description = snapshot.description();
    let mut values: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for stack in stacks(cx, text).iter().filter_map(|name| description.stack(name)) {
        for (name, value) in description.symbols(stack) {
            values.entry(name).or_default().push(format!("{value} on {}", stack.name.value));
        }
    }
    values
        .into_iter()
        .map(|(name, mut on)| {
            on.truncate(4);
            Item::new(format!("&{name}."), CompletionItemKind::VARIABLE, on.join(", "))
        })
        .collect()
}
