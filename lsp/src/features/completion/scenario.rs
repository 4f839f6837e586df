//! The same for scenarios: keywords of the line, and names of the sysplex for the rest.

use std::collections::BTreeSet;

use compiler::Snapshot;
use grammar::scenario::expected_at;
use ls_types::CompletionItemKind;

use super::Item;
use crate::features::{Cx, Text};

/// What may stand at a byte, and where the word there begins.
pub(super) fn items(cx: &Cx<'_>, text: Text<'_>, offset: u32) -> (u32, Vec<Item>) {
    let before = text.text().get(..offset as usize).unwrap_or("");
    let line = before.rsplit('\n').next().unwrap_or("");
    let word = line.rsplit([' ', '\t']).next().unwrap_or("");
    let start = offset - u32::try_from(word.len()).unwrap_or(0);
    let mut items = Vec::new();
    for expected in expected_at(line) {
        let is_operand = expected.bytes().any(|byte| byte.is_ascii_uppercase())
            && !expected.bytes().any(|byte| byte.is_ascii_lowercase());
        match cx.snapshot() {
            Some(snapshot) if is_operand => operand(snapshot, &expected, &mut items),
            _ if is_operand => {}
            _ => items.push(Item::new(expected, CompletionItemKind::KEYWORD, "")),
        }
    }
    (start, items)
}

/// What the sysplex has for an operand, by its name in the scenario language.
fn operand(snapshot: &Snapshot, operand: &str, items: &mut Vec<Item>) {
    let mut seen: BTreeSet<String> = items.iter().map(|item| item.label.clone()).collect();
    let mut add = |label: String, kind: CompletionItemKind, detail: String| {
        if seen.insert(label.clone()) {
            items.push(Item::new(label, kind, detail));
        }
    };
    let description = snapshot.description();
    if operand.contains("STACK") {
        for stack in &description.stacks {
            let detail = format!("stack on {}", stack.system_name());
            add(stack.name.value.clone(), CompletionItemKind::MODULE, detail);
        }
    }
    if operand == "SYSTEM" || operand == "CPC" {
        for stack in &description.stacks {
            let place = if operand == "CPC" {
                stack.cpc.as_ref().map(|cpc| cpc.value.clone())
            } else {
                Some(stack.system_name().to_owned())
            };
            if let Some(place) = place {
                add(place, CompletionItemKind::MODULE, format!("of {}", stack.name.value));
            }
        }
    }
    if operand.contains("JOB") {
        for job in &description.jobs {
            add(job.name.value.clone(), CompletionItemKind::EVENT, "job of sysplex.toml".to_owned());
        }
    }
    if operand.contains("ADDRESS") {
        for entry in &description.addresses {
            let detail = entry.address.value.to_string();
            add(entry.name.value.clone(), CompletionItemKind::CONSTANT, detail);
        }
        let Some(cluster) = snapshot.cluster() else { return };
        for stack in &cluster.stacks {
            for dvipa in &stack.dvipas {
                let detail = format!("DVIPA of {}", stack.name());
                add(dvipa.address.to_string(), CompletionItemKind::CONSTANT, detail);
            }
        }
    }
}
