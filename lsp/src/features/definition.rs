//! Go to definition: the statement that brings a name into being, on whatever stack; the file that an INCLUDE brings.

use std::collections::BTreeSet;

use compiler::names::Kind;
use ls_types::{
    GotoDefinitionParams, GotoDefinitionResponse, Location, OneOf, Position, Range, ServerCapabilities,
};
use tower_lsp::jsonrpc::Result;

use super::naming::{Named, named};
use super::{Cx, Feature, Scope};
use crate::settings::ClientInfo;

/// The feature.
pub(crate) struct Definition;

impl Feature for Definition {
    const METHOD: &'static str = "textDocument/definition";
    type Params = GotoDefinitionParams;
    type Answer = Option<GotoDefinitionResponse>;

    fn scope(params: &GotoDefinitionParams) -> Scope {
        Scope::Document(params.text_document_position_params.text_document.uri.clone())
    }
    fn register(capabilities: &mut ServerCapabilities, _: &ClientInfo) {
        capabilities.definition_provider = Some(OneOf::Left(true));
    }
    fn answer(cx: &Cx<'_>, params: &GotoDefinitionParams) -> Result<Self::Answer> {
        let Some(named) = named(cx, params.text_document_position_params.position)? else { return Ok(None) };
        let included = included(cx, &named)?;
        if !included.is_empty() {
            return Ok(Some(GotoDefinitionResponse::Array(included)));
        }
        let Some(snapshot) = cx.snapshot() else { return Ok(None) };
        let places = named.origins(snapshot).iter().filter_map(|one| cx.location(&one.place)).collect();
        Ok(some(places))
    }
}

/// The files that an INCLUDE brings.
fn included(cx: &Cx<'_>, named: &Named) -> Result<Vec<Location>> {
    let text = cx.document()?;
    let is_include = named.found.iter().any(|one| one.name.kind == Kind::DataSet);
    let Some(snapshot) = cx.snapshot().filter(|_| is_include) else { return Ok(Vec::new()) };
    let included = snapshot.included(text.file());
    let here = included.iter().filter(|one| one.span.0 <= named.span.0 && named.span.1 <= one.span.1);
    let start = Range::new(Position::new(0, 0), Position::new(0, 0));
    Ok(here.filter_map(|one| Some(Location { uri: cx.uri(one.path.as_ref()?)?, range: start })).collect())
}

/// Each place once, though a symbolic address has two names there; nothing where there is nothing.
pub(super) fn some(mut places: Vec<Location>) -> Option<GotoDefinitionResponse> {
    let mut seen = BTreeSet::new();
    let key = |place: &Location| (place.uri.as_str().to_owned(), place.range.start, place.range.end);
    places.retain(|place| seen.insert(key(place)));
    (!places.is_empty()).then_some(GotoDefinitionResponse::Array(places))
}
