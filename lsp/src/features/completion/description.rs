//! The same for `sysplex.toml`: tables, keys and values from its schema, stacks and rules by name.

use std::collections::BTreeSet;

use compiler::description::schema::schema;
use compiler::rule_names;
use ls_types::CompletionItemKind;
use serde_json::{Map, Value};

use super::Item;
use crate::features::{Cx, Text};

/// What may stand at a byte, and where the word there begins.
pub(super) fn items(cx: &Cx<'_>, text: Text<'_>, offset: u32) -> (u32, Vec<Item>) {
    let before = text.text().get(..offset as usize).unwrap_or("");
    let line = before.rsplit('\n').next().unwrap_or("");
    let word = line.rsplit([' ', '\t', '=', '[', ',', '"', '{', '.']).next().unwrap_or("");
    let quoted = line.matches('"').count() % 2 == 1;
    let start = |word: &str| offset - u32::try_from(word.len()).unwrap_or(0);
    if line.contains('#') && !quoted {
        return (offset, Vec::new());
    }
    let schema = Schema(serde_json::to_value(schema()).unwrap_or_default());
    let header = line.trim_start();
    if header.starts_with('[') {
        let inside = header.trim_start_matches('[');
        let above = inside.rsplit_once('.').map_or("", |(above, _)| above);
        return (start(word), schema.tables(above, header.starts_with("[[")));
    }
    let table = table(before);
    let Some((key, value)) = line.split_once('=') else {
        return (start(word), schema.keys(&table, &written(text.text(), offset)));
    };
    // What stands in quotes may have dots and blanks.
    let word = if quoted { value.rsplit('"').next().unwrap_or("") } else { word };
    let words = match (table.as_str(), key.trim()) {
        ("job", "stacks") => cx.snapshot().map_or_else(Vec::new, |snapshot| {
            let stack = |name: String| (name, "stack of the sysplex".to_owned());
            snapshot.stacks().into_iter().map(stack).collect()
        }),
        (table, key) => schema.values(table, key),
    };
    let item = |(word, doc): (String, String)| {
        let plain = quoted || matches!(word.as_str(), "true" | "false");
        let label = if plain { word } else { format!("\"{word}\"") };
        Item { doc, ..Item::new(label, CompletionItemKind::VALUE, "") }
    };
    (start(word), words.into_iter().map(item).collect())
}

/// The table in which a text ends, without its brackets; empty above the first.
fn table(before: &str) -> String {
    let mut lines = before.lines().rev().map(str::trim);
    let header = lines.find(|line| line.starts_with('[') && line.contains(']')).unwrap_or("");
    header.trim_matches(['[', ']']).split(']').next().unwrap_or("").trim().to_owned()
}

/// The keys that the table around a byte has already.
fn written(text: &str, offset: u32) -> BTreeSet<String> {
    let (before, behind) = text.split_at_checked(offset as usize).unwrap_or((text, ""));
    let is_header = |line: &&str| line.trim_start().starts_with('[');
    let above = before.lines().rev().take_while(|line| !is_header(line));
    let below = behind.lines().skip(1).take_while(|line| !is_header(line));
    above.chain(below).filter_map(|line| Some(line.split_once('=')?.0.trim().to_owned())).collect()
}

/// The schema, with its references followed.
struct Schema(Value);

impl Schema {
    /// What a part refers to, of a list its entries.
    fn followed<'s>(&'s self, part: &'s Value) -> &'s Value {
        let referred = part["$ref"].as_str().and_then(|path| self.0.pointer(path.strip_prefix('#')?));
        let part = referred.unwrap_or(part);
        if part["type"] == "array" { self.followed(&part["items"]) } else { part }
    }

    /// A table by its path.
    fn table(&self, path: &str) -> Option<&Value> {
        path.split('.').filter(|name| !name.is_empty()).try_fold(&self.0, |part, name| {
            let name = name.trim().trim_matches('"');
            let inner = part["properties"].get(name).or_else(|| part.get("additionalProperties"))?;
            Some(self.followed(inner))
        })
    }

    fn properties(&self, path: &str) -> Option<&Map<String, Value>> {
        self.table(path)?["properties"].as_object()
    }

    /// The tables below one, those of a list or the others.
    fn tables(&self, above: &str, of_list: bool) -> Vec<Item> {
        let all = self.properties(above).into_iter().flatten();
        let is_table = |part: &Value| self.followed(part)["type"] == "object";
        let fit = all.filter(|(_, part)| is_table(part) && (part["type"] == "array") == of_list);
        fit.map(|(name, part)| item(name, part, CompletionItemKind::MODULE)).collect()
    }

    /// The keys of a table that are not written yet.
    fn keys(&self, table: &str, written: &BTreeSet<String>) -> Vec<Item> {
        if table == "lint.rules" {
            let rules = rule_names().into_iter().filter(|name| !written.contains(*name));
            return rules.map(|name| Item::new(name, CompletionItemKind::PROPERTY, "rule")).collect();
        }
        let all = self.properties(table).into_iter().flatten();
        // Above the first table there is nothing but tables.
        let all = all.filter(|(name, _)| !table.is_empty() && !written.contains(*name));
        all.map(|(name, part)| item(name, part, CompletionItemKind::PROPERTY)).collect()
    }

    /// The words that a key takes, with what they mean.
    fn values(&self, table: &str, key: &str) -> Vec<(String, String)> {
        let Some(table) = self.table(table) else { return Vec::new() };
        let Some(part) = table["properties"].get(key).or_else(|| table.get("additionalProperties")) else {
            return Vec::new();
        };
        let mut words = Vec::new();
        self.words(part, &mut words);
        words
    }

    fn words(&self, part: &Value, words: &mut Vec<(String, String)>) {
        let part = self.followed(part);
        let doc = part["description"].as_str().unwrap_or("");
        if let Some(word) = part["const"].as_str() {
            words.push((word.to_owned(), doc.to_owned()));
        }
        if part["type"] == "boolean" {
            words.extend(["true", "false"].map(|word| (word.to_owned(), String::new())));
        }
        let listed = part["enum"].as_array().into_iter().flatten().filter_map(Value::as_str);
        words.extend(listed.map(|word| (word.to_owned(), String::new())));
        for choice in ["oneOf", "anyOf"] {
            part[choice].as_array().into_iter().flatten().for_each(|part| self.words(part, words));
        }
    }
}

fn item(name: &str, part: &Value, kind: CompletionItemKind) -> Item {
    let doc = part["description"].as_str().unwrap_or("").to_owned();
    Item { doc, ..Item::new(name, kind, "") }
}
