//! Highlight: the places of a name in the document; definitions as writes, uses as reads.

use compiler::names::Role;
use ls_types::{
    DocumentHighlight, DocumentHighlightKind, DocumentHighlightParams, OneOf, ServerCapabilities,
};
use tower_lsp::jsonrpc::Result;

use super::naming::named;
use super::{Cx, Feature, Scope};
use crate::settings::ClientInfo;

/// The feature.
pub(crate) struct Highlight;

impl Feature for Highlight {
    const METHOD: &'static str = "textDocument/documentHighlight";
    type Params = DocumentHighlightParams;
    type Answer = Option<Vec<DocumentHighlight>>;

    fn scope(params: &DocumentHighlightParams) -> Scope {
        Scope::Document(params.text_document_position_params.text_document.uri.clone())
    }
    fn register(capabilities: &mut ServerCapabilities, _: &ClientInfo) {
        capabilities.document_highlight_provider = Some(OneOf::Left(true));
    }
    fn answer(cx: &Cx<'_>, params: &DocumentHighlightParams) -> Result<Self::Answer> {
        let text = cx.document()?;
        let Some(named) = named(cx, params.text_document_position_params.position)? else { return Ok(None) };
        let Some(snapshot) = cx.snapshot() else { return Ok(None) };
        let mut here: Vec<DocumentHighlight> = named
            .everywhere(snapshot)
            .iter()
            .filter(|one| one.place.file == *text.file())
            .map(|one| DocumentHighlight {
                range: cx.range(&one.place),
                kind: Some(match one.role {
                    Role::Definition | Role::Declaration => DocumentHighlightKind::WRITE,
                    Role::Reference => DocumentHighlightKind::READ,
                }),
            })
            .collect();
        here.sort_by_key(|one| (one.range.start, one.range.end));
        here.dedup();
        Ok(Some(here))
    }
}
