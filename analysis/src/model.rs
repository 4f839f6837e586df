//! `vipa model`: the lowered runtime model as JSON, and the schema of that JSON.

use runtime_model::model::Model;

/// The model as indented JSON with a line end behind it.
///
/// # Errors
/// When a value has no JSON form; a lowered model always has one.
pub fn json(model: &Model) -> Result<String, serde_json::Error> {
    serde_json::to_string_pretty(model).map(|text| text + "\n")
}

/// The JSON schema (2020-12) that [`json`] is valid against, with a line end behind it.
///
/// # Errors
/// When the schema has no JSON form; it always has one.
pub fn schema() -> Result<String, serde_json::Error> {
    let mut schema = schemars::schema_for!(Model).to_value();
    // The pattern of ipnet for IPv6 networks matches IPv4 networks, too: of "one of both" an IPv4 network is both.
    if let Some(net) = schema.pointer_mut("/$defs/IpNet").and_then(serde_json::Value::as_object_mut)
        && let Some(both) = net.remove("oneOf")
    {
        net.insert("anyOf".to_owned(), both);
    }
    serde_json::to_string_pretty(&schema).map(|text| text + "\n")
}
