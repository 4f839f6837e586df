//! Entries of lists: what names them, and how they are said.

use serde_json::Value;

use super::words::{field, option, says, title, value};

/// An entry.
pub(super) struct Entry<'v> {
    /// What names it; equal keys are the same thing.
    pub(super) key: String,
    /// The thing: "PORT 443 TCP".
    pub(super) what: String,
    /// Without the statement.
    pub(super) short: String,
    /// All of it.
    pub(super) value: &'v Value,
}

/// The entries of a list, those with one key told apart by their number.
pub(super) fn entries<'v>(part: &str, name: &str, list: &'v [Value]) -> Vec<Entry<'v>> {
    let mut all: Vec<Entry<'v>> = Vec::new();
    for entry in list {
        let short = short(part, entry);
        let lead = match (part, name) {
            ("interface", "loopback") => "LOOPBACK".to_owned(),
            ("port", "unreserved") => "PORT UNRSV".to_owned(),
            (_, "options" | "records")
            | (_, "entries" | "list" | "reservations" | "running")
            | ("device" | "link", _) => title(part),
            (_, "routes" | "interfaces" | "links" | "devices" | "sources") => title(part),
            _ => format!("{} {}", title(part), field(name)),
        };
        let nth = all.iter().filter(|known| known.short == short).count();
        let key = format!("{short} {nth}");
        all.push(Entry { key, what: format!("{lead} {short}"), short, value: entry });
    }
    all
}

/// What names an entry.
fn short(part: &str, entry: &Value) -> String {
    let Some(fields) = entry.as_object() else { return value(entry) };
    let get = |name: &str| fields.get(name).filter(|inner| says(inner)).map(value);
    let protocol = if fields.get("tcp") == Some(&Value::Bool(false)) { "UDP" } else { "TCP" };
    match part {
        "vipadistribute" => {
            let ports = get("ports").map_or_else(|| "any port".to_owned(), |ports| format!("PORT {ports}"));
            format!("{} {ports}", get("dvipa").unwrap_or_default())
        }
        "port" => {
            let whom = get("who").unwrap_or_default();
            let bind = get("bind").map_or_else(String::new, |at| format!(" BIND {at}"));
            format!("{} {protocol} {whom}{bind}", get("port").unwrap_or_default())
        }
        "ipsec" => {
            let protocol = get("protocol").map_or_else(String::new, |name| format!(" PROTOCOL {name}"));
            format!(
                "{} {}{protocol}",
                get("source").unwrap_or_default(),
                get("destination").unwrap_or_default()
            )
        }
        "pkttrace" => {
            let conditions = fields.iter().filter(|(name, inner)| *name != "tracing" && says(inner));
            let conditions: Vec<String> =
                conditions.map(|(name, inner)| format!("{} {}", field(name), value(inner))).collect();
            if conditions.is_empty() { "of all packets".to_owned() } else { conditions.join(", ") }
        }
        "osaenta" => get("adapter").unwrap_or_default(),
        "portrange" => {
            let (first, last) = (get("first").unwrap_or_default(), get("last").unwrap_or_default());
            format!("{first}-{last} {protocol}")
        }
        _ => {
            const NAMES: &[&[&str]] = &[
                &["destination", "via", "interface"],
                &["destination", "hop", "interface"],
                &["xcf", "target"],
                &["prefix"],
                &["subnet"],
                &["address", "link"],
                &["name"],
                &["address"],
                &["who", "from"],
                &["who"],
                &["job"],
                &["interface"],
            ];
            let found = NAMES.iter().find(|names| names.iter().all(|name| get(name).is_some()));
            match found {
                Some(names) => names.iter().filter_map(|name| get(name)).collect::<Vec<_>>().join(" "),
                None => value(entry),
            }
        }
    }
}

/// How a new entry is, beyond what names it.
pub(super) fn describe(part: &str, entry: &Value) -> Vec<String> {
    let Some(fields) = entry.as_object() else { return Vec::new() };
    let named = short(part, entry);
    let mut all = Vec::new();
    let standby = fields.get("method").is_some_and(|method| method == "hot-standby");
    for (name, inner) in fields.iter().filter(|(_, inner)| says(inner)) {
        let text = value(inner);
        let is_name = named.split(' ').chain(named.split([' ', '-', '/'])).any(|word| word == text)
            || text.contains(' ') && named.contains(&text);
        // What only another method, or another value of its own, gives a meaning.
        let is_idle = match name.as_str() {
            "auto_switch_back" | "health_switch" => !standby,
            "affinity" => text == "0",
            _ => false,
        };
        if is_name || is_idle || (part == "port" && matches!(name.as_str(), "tcp" | "port")) {
            continue;
        }
        all.push(option(name, inner));
    }
    // The statement that brings it comes first.
    let origin = fields.get("origin").map(|origin| option("origin", origin));
    if let Some(at) = all.iter().position(|text| Some(text) == origin.as_ref()) {
        all.get_mut(..=at).into_iter().for_each(|first| first.rotate_right(1));
    }
    all
}

/// An element of a list inside an entry, by what names it.
pub(super) fn named(element: &Value) -> String {
    let Some(fields) = element.as_object() else { return value(element) };
    let name =
        ["xcf", "address", "name"].iter().find_map(|name| fields.get(*name).filter(|inner| says(inner)));
    let Some(name) = name else { return value(element) };
    let more: Vec<String> = fields
        .iter()
        .filter(|(_, inner)| says(inner) && *inner != name)
        .map(|(name, inner)| match inner {
            Value::Bool(_) => field(name),
            Value::Null | Value::Number(_) | Value::String(_) | Value::Array(_) | Value::Object(_) => {
                format!("{} {}", field(name), value(inner))
            }
        })
        .collect();
    if more.is_empty() { value(name) } else { format!("{} ({})", value(name), more.join(", ")) }
}
