use serde_json::json;

use crate::tests::fixture::Fixture;

#[test]
fn the_tree_of_a_document() {
    let tree =
        Fixture::new("//- mvs1.profile\nHOME 192.0.2.1 LINK1$0\n").result("vipa/syntaxTree", &json!({}));
    let tree = tree.as_str().expect("text");
    assert!(tree.contains("HOME") && tree.contains("192.0.2.1"), "{tree}");
}

#[test]
fn a_document_that_nobody_knows() {
    let mut fixture = Fixture::new("//- mvs1.profile\n$0\n");
    let uri = fixture.uri("other.profile");
    let answer = fixture.client().call("vipa/syntaxTree", json!({ "textDocument": { "uri": uri } }));
    assert_eq!(answer["error"]["code"], -32602);
    assert_eq!(answer["error"]["message"], "other.profile is neither open nor part of a sysplex");
    fixture.leave();
}
