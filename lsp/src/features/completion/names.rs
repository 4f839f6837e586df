//! Names of the sysplex for an operand: devices, links, interfaces, jobs, data sets, symbols.

use std::collections::{BTreeMap, BTreeSet};

use compiler::names::{Kind, Mention, Sought};
use grammar::description::{SlotDesc, StatementDesc};
use ls_types::CompletionItemKind;

use super::{Item, MOST, stacks};
use crate::features::{Cx, Text};

/// Adds the names for an operand, and says whether there are more than [`MOST`]: then those that begin as typed.
pub(super) fn items(
    cx: &Cx<'_>,
    text: Text<'_>,
    (desc, slot): (&'static StatementDesc, &'static SlotDesc),
    kind: Kind,
    typed: &str,
    items: &mut Vec<Item>,
) -> bool {
    let Some(snapshot) = cx.snapshot() else { return false };
    // The name of a new thing is for whoever brings it into being.
    if matches!((desc.name, slot.name), ("DEVICE", "device") | ("LINK", "link") | ("VIPADEFINE", _)) {
        return false;
    }
    let mine = stacks(cx, text);
    // The interface of an IPv6 DVIPA has the same name on every stack, and no other interface may stand there.
    let dynamic = desc.name.starts_with("VIPA");
    let of = (kind.is_local() && !dynamic).then_some(mine.as_slice());
    let used_too = kind == Kind::Job || kind == Kind::DataSet;
    let sought = Sought { kind, origins: true, uses: used_too };
    let fits = |one: &Mention| {
        !dynamic || !kind.is_local() || one.statement().is_some_and(|name| name.starts_with("VIPA"))
    };
    // What has no address yet comes first, so that none may be missing.
    let most = if desc.name == "HOME" { usize::MAX } else { MOST };
    let (mut found, more) = snapshot.mentions(sought, &fits, of, "", most);
    if more && !typed.is_empty() {
        found = snapshot.mentions(sought, &fits, of, typed, most).0;
    }
    let mut all: Vec<Item> = found.iter().map(|(one, on)| item(one, on)).collect();
    if desc.name == "HOME" {
        let taken = with_address(cx, &mine);
        all.sort_by_key(|item| taken.contains(&item.label));
    }
    items.extend(all);
    more
}

fn item(one: &Mention, on: &[String]) -> Item {
    let stacks = if on.len() > 4 { "many stacks".to_owned() } else { on.join(", ") };
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
    let sought = Sought { kind: Kind::Link, origins: false, uses: true };
    let fits = |one: &Mention| one.name.kind == Kind::Link && one.statement() == Some("HOME");
    let (found, _) = snapshot.mentions(sought, &fits, Some(stacks), "", usize::MAX);
    found.into_iter().map(|(one, _)| one.name.text.to_string()).collect()
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
