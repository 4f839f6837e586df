//! The configuration for people: an outline of what is there, without what no statement says.

use serde_json::Value;

use super::StackConfig;

/// Renders it, with a line end behind it.
#[must_use]
pub fn render(config: &StackConfig) -> String {
    let mut out = format!(
        "{} on {}, XCF group {}, z/OS {}: what it holds after its profile\n",
        config.stack, config.system, config.xcf_group, config.release
    );
    let parts = config.config.as_object().into_iter().flatten();
    let told: Vec<(&String, &Value)> = parts.filter(|(_, value)| says(value)).collect();
    if told.is_empty() {
        out.push_str("\nnothing: every option has its default\n");
    }
    for (name, value) in told {
        out.push_str(&format!("\n{}\n", name.to_uppercase()));
        block(value, 1, &mut out);
    }
    out
}

/// Whether a value says more than that nothing is coded.
fn says(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(flag) => *flag,
        Value::Number(_) => true,
        Value::String(text) => !text.is_empty(),
        Value::Array(list) => !list.is_empty(),
        Value::Object(fields) => fields.values().any(says),
    }
}

/// The lines of a part.
fn block(value: &Value, depth: usize, out: &mut String) {
    let indent = "  ".repeat(depth);
    match value {
        Value::Object(fields) => {
            for (name, inner) in fields.iter().filter(|(_, inner)| says(inner)) {
                match inline(inner) {
                    Some(text) => out.push_str(&format!("{indent}{}: {text}\n", words(name))),
                    None => {
                        out.push_str(&format!("{indent}{}:\n", words(name)));
                        block(inner, depth + 1, out);
                    }
                }
            }
        }
        Value::Array(list) => {
            for inner in list {
                match inline(inner) {
                    Some(text) => out.push_str(&format!("{indent}- {text}\n")),
                    None => entry(inner, depth, out),
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            out.push_str(&format!("{indent}{}\n", inline(value).unwrap_or_default()));
        }
    }
}

/// An entry of a list that has parts of its own: the first line carries the dash.
fn entry(value: &Value, depth: usize, out: &mut String) {
    let mut lines = String::new();
    block(value, depth + 1, &mut lines);
    let at = depth * 2;
    if lines.len() > at {
        lines.replace_range(at..=at, "-");
    }
    out.push_str(&lines);
}

/// A value that fits on one line.
fn inline(value: &Value) -> Option<String> {
    match value {
        Value::Null => Some("-".to_owned()),
        Value::Bool(true) => Some("yes".to_owned()),
        Value::Bool(false) => Some("no".to_owned()),
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) => Some(text.clone()),
        Value::Array(list) if list.iter().all(|inner| inner.is_string() || inner.is_number()) => {
            Some(list.iter().filter_map(inline).collect::<Vec<_>>().join(" "))
        }
        Value::Array(_) => None,
        Value::Object(fields) => flat(fields),
    }
}

/// An entry without inner structure: `name value, name value`.
fn flat(fields: &serde_json::Map<String, Value>) -> Option<String> {
    const WIDEST: usize = 90;
    let mut parts = Vec::new();
    for (name, inner) in fields.iter().filter(|(_, inner)| says(inner)) {
        parts.push(match inner {
            Value::Bool(_) => words(name),
            Value::Null | Value::Number(_) | Value::String(_) | Value::Array(_) | Value::Object(_) => {
                format!("{} {}", words(name), inline(inner)?)
            }
        });
    }
    let text = parts.join(", ");
    (text.len() <= WIDEST).then_some(text)
}

/// A field name as words.
fn words(name: &str) -> String {
    name.replace('_', " ")
}
