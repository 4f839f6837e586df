//! The greeting of a client newer than our types. The library refuses a message with one word in it that it does not know, and
//! a client whose greeting is refused has no server at all: so such words are taken out before.

use std::borrow::Cow;

use ls_types::InitializeParams;
use serde::Deserialize;
use serde_json::{Map, Value};

/// One step into a value.
#[derive(Clone)]
enum Step {
    Key(String),
    Element,
}

/// The message without what cannot be read, where it is a greeting with such things; else as it is.
pub(crate) fn tolerated(body: &[u8]) -> Cow<'_, [u8]> {
    // Quick for all other messages.
    if !body.windows(12).take(400).any(|part| part == b"\"initialize\"") {
        return Cow::Borrowed(body);
    }
    let Ok(mut message) = serde_json::from_slice::<Value>(body) else { return Cow::Borrowed(body) };
    if message.get("method").and_then(Value::as_str) != Some("initialize") {
        return Cow::Borrowed(body);
    }
    let Some(params) = message.get_mut("params") else { return Cow::Borrowed(body) };
    if InitializeParams::deserialize(&*params).is_ok() {
        return Cow::Borrowed(body);
    }
    *params = pruned(params, &mut Vec::new()).unwrap_or_else(|| Value::Object(Map::new()));
    serde_json::to_vec(&message).map_or(Cow::Borrowed(body), Cow::Owned)
}

/// A part of the greeting without what cannot be read; none where nothing is left.
fn pruned(value: &Value, path: &mut Vec<Step>) -> Option<Value> {
    if readable(path, value) {
        return Some(value.clone());
    }
    match value {
        Value::Object(map) => {
            let mut kept = Map::new();
            for (key, inner) in map {
                path.push(Step::Key(key.clone()));
                if let Some(inner) = pruned(inner, path) {
                    kept.insert(key.clone(), inner);
                }
                path.pop();
            }
            let kept = Value::Object(kept);
            readable(path, &kept).then_some(kept)
        }
        Value::Array(list) => {
            path.push(Step::Element);
            let kept: Vec<Value> = list.iter().filter_map(|inner| pruned(inner, path)).collect();
            path.pop();
            let kept = Value::Array(kept);
            readable(path, &kept).then_some(kept)
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    }
}

/// Whether a greeting can be read that has nothing but this, and what the protocol wants besides.
fn readable(path: &[Step], value: &Value) -> bool {
    let mut whole = value.clone();
    for step in path.iter().rev() {
        whole = match step {
            Step::Key(key) => Value::Object(Map::from_iter([(key.clone(), whole)])),
            Step::Element => Value::Array(vec![whole]),
        };
    }
    if let Value::Object(map) = &mut whole {
        map.entry("capabilities").or_insert_with(|| Value::Object(Map::new()));
    }
    InitializeParams::deserialize(&whole).is_ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn params(params: Value) -> Value {
        let message = json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": params });
        let body = message.to_string();
        let tolerated: Value = serde_json::from_slice(&tolerated(body.as_bytes())).expect("it is JSON");
        tolerated["params"].clone()
    }

    #[test]
    fn what_can_be_read_stays_as_it_is() {
        let whole = json!({ "processId": 7, "capabilities": { "textDocument": { "hover": { "contentFormat": ["markdown"] } } } });
        assert_eq!(params(whole.clone()), whole);
        let other = br#"{"jsonrpc":"2.0","method":"x","params":{"a":"initialize"}}"#;
        assert_eq!(tolerated(other).as_ref(), other);
        assert_eq!(tolerated(b"{\"initialize\"").as_ref(), b"{\"initialize\"");
    }

    #[test]
    fn words_that_nobody_knows_are_taken_out_alone() {
        let before = json!({
            "processId": null,
            "trace": "deafening",
            "capabilities": {
                "textDocument": {
                    "hover": { "contentFormat": ["html", "markdown"], "dynamicRegistration": true },
                    "completion": { "contextSupport": true, "completionItem": { "documentationFormat": ["rtf"] } }
                },
                "workspace": { "configuration": true, "workspaceEdit": {
                    "documentChanges": true, "resourceOperations": ["create", "explode"], "failureHandling": "pray" } }
            }
        });
        let after = params(before);
        assert_eq!(after["capabilities"]["textDocument"]["hover"]["contentFormat"], json!(["markdown"]));
        assert_eq!(after["capabilities"]["textDocument"]["hover"]["dynamicRegistration"], true);
        assert_eq!(after["capabilities"]["textDocument"]["completion"]["contextSupport"], true);
        let edit = &after["capabilities"]["workspace"]["workspaceEdit"];
        assert_eq!(
            (&edit["documentChanges"], &edit["resourceOperations"]),
            (&json!(true), &json!(["create"]))
        );
        assert!(after.get("trace").is_none() && edit.get("failureHandling").is_none(), "{after}");
        assert_eq!(after["capabilities"]["workspace"]["configuration"], true);
    }
}
