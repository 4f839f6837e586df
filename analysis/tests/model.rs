//! `model`: the JSON is valid against its own schema, and comes back as it was.

mod common;

use runtime_model::model::Model;

#[test]
fn the_model_is_valid_against_its_schema() {
    let model = common::figure6(true);
    let text = vipa_analysis::model::json(&model).unwrap();
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    let schema: serde_json::Value = serde_json::from_str(&vipa_analysis::model::schema().unwrap()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let wrong: Vec<String> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
    assert_eq!(wrong, Vec::<String>::new());
    assert!(text.ends_with("}\n"));
    assert_eq!(serde_json::from_value::<Model>(value).unwrap(), model);
}
