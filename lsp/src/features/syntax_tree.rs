//! `vipa/syntaxTree`: what the parser made of a document, in words. For whoever writes a description or reports a bug.

use grammar::dump::dump;
use grammar::parse::parse;
use ls_types::{ServerCapabilities, TextDocumentIdentifier};
use serde::Deserialize;
use serde_json::{Map, Value};
use tower_lsp::jsonrpc::Result;

use super::{Cx, Feature, Scope};
use crate::settings::ClientInfo;

/// The feature.
pub(crate) struct SyntaxTree;

/// Which document.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Params {
    text_document: TextDocumentIdentifier,
}

impl Feature for SyntaxTree {
    const METHOD: &'static str = "vipa/syntaxTree";
    type Params = Params;
    type Answer = String;

    fn scope(params: &Params) -> Scope {
        Scope::Document(params.text_document.uri.clone())
    }
    fn register(capabilities: &mut ServerCapabilities, _: &ClientInfo) {
        let experimental = capabilities.experimental.get_or_insert_with(|| Value::Object(Map::new()));
        if let Value::Object(map) = experimental {
            map.insert("vipaSyntaxTree".to_owned(), Value::Bool(true));
        }
    }
    fn answer(cx: &Cx<'_>, _: &Params) -> Result<String> {
        let text = cx.document()?;
        let dialect =
            cx.snapshot().map_or_else(Default::default, |snapshot| snapshot.description().dialect());
        Ok(dump(&parse(text.text(), dialect.grammar())))
    }
}
