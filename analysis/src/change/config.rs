//! The difference of two effective configurations, a line for each thing that is there, gone or other than before.
//!
//! Works on the JSON of a configuration (`vipa model --config`), so that a part which comes new to the compiler is compared from
//! its first day. Entries of a list are recognised by what names them: address, port, name.

mod entries;
mod words;

use compiler::statements::Config;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use entries::{describe, entries, named};
use words::{is_default, says, title, value};

use crate::config::without_places;

/// What became of a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Sign {
    /// It was not there.
    Added,
    /// It is other than before.
    Changed,
    /// It is gone.
    Removed,
}

impl Sign {
    /// `+`, `~` or `-`.
    #[must_use]
    pub fn mark(self) -> char {
        match self {
            Self::Added => '+',
            Self::Changed => '~',
            Self::Removed => '-',
        }
    }
}

/// A line of the difference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Line {
    /// What became of it.
    pub sign: Sign,
    /// Part of the configuration, as `vipa model --config` names it.
    pub part: String,
    /// The thing: "VIPADISTRIBUTE 203.0.113.1 PORT 443".
    pub what: String,
    /// How it is now, or what about it is other than before: "target 10.1.0.3 added".
    pub details: Vec<String>,
}

impl Line {
    /// The line as text, without its sign.
    #[must_use]
    pub fn text(&self) -> String {
        if self.details.is_empty() {
            self.what.clone()
        } else {
            format!("{}: {}", self.what, self.details.join(", "))
        }
    }
}

/// The difference of two configurations of one stack, part by part in the order of their names.
#[must_use]
pub fn difference(before: &Value, after: &Value) -> Vec<Line> {
    let (before, after) = (&by_port(before), &by_port(after));
    let mut lines = Vec::new();
    for (part, old, new) in both(before, after) {
        if old == new {
            continue;
        }
        let mut scalars = Vec::new();
        for (field, old, new) in both(old, new) {
            if old == new {
                continue;
            }
            if list(old).is_some() || list(new).is_some() {
                lists(part, field, list(old).unwrap_or(&[]), list(new).unwrap_or(&[]), &mut lines);
            } else {
                scalars.extend(changed(field, old, new));
            }
        }
        if !scalars.is_empty() {
            let sign = match (says(old), says(new)) {
                (false, true) => Sign::Added,
                (true, false) => Sign::Removed,
                (true, true) | (false, false) => Sign::Changed,
            };
            lines.push(Line { sign, part: part.to_owned(), what: title(part), details: scalars });
        }
    }
    lines
}

/// A configuration as [`difference`] wants it: JSON without places, and without what could not be read. What must not be read has a number in its place, by which two are
/// told apart; it is in no line of a difference.
#[must_use]
pub fn comparable(config: &Config) -> Value {
    let mut value = without_places(serde_json::to_value(config).unwrap_or(Value::Null));
    if let Some(parts) = value.as_object_mut() {
        parts.remove("undetermined");
    }
    let secrets = [
        ("/saconfig/community", &config.saconfig.community),
        ("/vipasmparms/password", &config.vipasmparms.password),
    ];
    for (pointer, secret) in secrets {
        if let (Some(known), Some(place)) = (secret, value.pointer_mut(pointer)) {
            *place = Value::from(known.mark());
        }
    }
    value
}

/// A distribution for each port: that one port of several is gone is no change of the others. How often the stack has read its
/// EXPLICITBINDPORTRANGE is no part of what it holds.
fn by_port(config: &Value) -> Value {
    let mut config = config.clone();
    let pool = config.pointer_mut("/globalconfig/explicit_bind").and_then(Value::as_object_mut);
    if let Some(pool) = pool {
        pool.remove("processed");
    }
    let list = config.get_mut("vipadistribute").and_then(|part| part.get_mut("list"));
    let Some(list) = list.and_then(Value::as_array_mut) else { return config };
    let apart = |entry: &Value| -> Vec<Value> {
        match entry.get("ports").and_then(Value::as_array) {
            Some(ports) if ports.len() > 1 => ports
                .iter()
                .map(|port| {
                    let mut one = entry.clone();
                    if let Some(fields) = one.as_object_mut() {
                        fields.insert("ports".to_owned(), Value::Array(vec![port.clone()]));
                    }
                    one
                })
                .collect(),
            Some(_) | None => vec![entry.clone()],
        }
    };
    *list = list.iter().flat_map(apart).collect();
    config
}

/// The fields of two objects, by name.
fn both<'v>(old: &'v Value, new: &'v Value) -> Vec<(&'v str, &'v Value, &'v Value)> {
    let mut names: Vec<&str> = Vec::new();
    for object in [old, new].into_iter().filter_map(Value::as_object) {
        names.extend(object.keys().map(String::as_str));
    }
    names.sort_unstable();
    names.dedup();
    let of = |value: &'v Value, name: &str| value.get(name).unwrap_or(&Value::Null);
    names.into_iter().map(|name| (name, of(old, name), of(new, name))).collect()
}

fn list(value: &Value) -> Option<&[Value]> {
    value.as_array().map(Vec::as_slice)
}

/// Two lists of a part.
fn lists(part: &str, field: &str, old: &[Value], new: &[Value], lines: &mut Vec<Line>) {
    let (old, new) = (entries(part, field, old), entries(part, field, new));
    let mut same_order = true;
    let mut last = 0;
    for entry in &old {
        if new.iter().all(|other| other.key != entry.key) {
            lines.push(Line {
                sign: Sign::Removed,
                part: part.to_owned(),
                what: entry.what.clone(),
                details: Vec::new(),
            });
        }
    }
    for entry in &new {
        let Some((place, before)) = old.iter().enumerate().find(|(_, other)| other.key == entry.key) else {
            lines.push(Line {
                sign: Sign::Added,
                part: part.to_owned(),
                what: entry.what.clone(),
                details: describe(part, entry.value),
            });
            continue;
        };
        same_order &= place >= last;
        last = last.max(place);
        if before.value != entry.value {
            let mut details = Vec::new();
            for (name, old, new) in both(before.value, entry.value) {
                if old != new {
                    details.extend(changed(name, old, new));
                }
            }
            lines.push(Line {
                sign: Sign::Changed,
                part: part.to_owned(),
                what: entry.what.clone(),
                details,
            });
        }
    }
    // Elsewhere the order means nothing to the stack.
    if !same_order && matches!(part, "home" | "interface" | "srcip") {
        let order: Vec<String> = new.iter().map(|entry| entry.short.clone()).collect();
        lines.push(Line {
            sign: Sign::Changed,
            part: part.to_owned(),
            what: format!("order of {}", title(part)),
            details: vec![format!("now {}", order.join(", "))],
        });
    }
}

/// How a field is other than before.
fn changed(name: &str, old: &Value, new: &Value) -> Vec<String> {
    if let Some(secret) = words::secret(name) {
        return vec![match (old, new) {
            (Value::Null, _) => format!("{secret} set (not shown)"),
            (_, Value::Null) => format!("{secret} taken away"),
            (_, _) => format!("another {secret} (not shown)"),
        }];
    }
    let key = name;
    let name = words::field(name);
    match (old, new) {
        (Value::Array(_), Value::Array(_) | Value::Null) | (Value::Null, Value::Array(_)) => {
            let (old, new) = (list(old).unwrap_or(&[]), list(new).unwrap_or(&[]));
            let one = words::singular(&name);
            let gone = old.iter().filter(|value| !new.contains(value));
            let come = new.iter().filter(|value| !old.contains(value));
            let mut all: Vec<String> = come.map(|value| format!("{one} {} added", named(value))).collect();
            all.extend(gone.map(|value| format!("{one} {} removed", named(value))));
            if all.is_empty() {
                let order: Vec<String> = new.iter().map(named).collect();
                all.push(format!("{name} now in the order {}", order.join(", ")));
            }
            all
        }
        (Value::Object(before), Value::Object(after)) if before.keys().eq(after.keys()) => {
            let mut all = Vec::new();
            for (inner, old, new) in both(old, new) {
                if old != new {
                    let more = changed(inner, old, new);
                    // `targets: {list: [...]}`: the inner name says nothing.
                    if inner == "list" {
                        let one = words::singular(&name);
                        all.extend(more.into_iter().map(|text| text.replacen("entry", &one, 1)));
                    } else {
                        all.extend(more.into_iter().map(|text| format!("{name} {text}")));
                    }
                }
            }
            all
        }
        (Value::Bool(_), Value::Bool(flag)) => {
            vec![if *flag { format!("{name} on") } else { format!("{name} off") }]
        }
        (Value::Null, Value::Bool(true)) => vec![format!("{name} on")],
        (Value::Null, Value::Bool(false)) => vec![format!("{name} off")],
        (Value::Bool(flag), Value::Null) => {
            vec![format!("{name} back to its default ({} before)", if *flag { "on" } else { "off" })]
        }
        (old, Value::Null) => vec![format!("{name} taken away ({} before)", value(old))],
        (old, new) if is_default(old) => vec![words::option(key, new)],
        (old, new) => {
            let (new, old) = (words::option(key, new), words::option(key, old));
            // Of two that begin with the same words the second one says only how it was.
            let same = new.split(' ').zip(old.split(' ')).take_while(|(one, other)| one == other).count();
            let was: Vec<&str> = old.split(' ').skip(same).collect();
            let was = if was.is_empty() { old.clone() } else { was.join(" ") };
            vec![format!("{new} instead of {was}")]
        }
    }
}
