//! Find all references: every place of a name in the sysplex, in files that are open or not.

use compiler::names::{Name, Role};
use ls_types::{Location, OneOf, ReferenceParams, ServerCapabilities};
use tower_lsp::jsonrpc::Result;

use super::beside::beside;
use super::naming::named;
use super::{Cx, Feature, Scope};
use crate::positions;
use crate::settings::ClientInfo;

/// The feature.
pub(crate) struct References;

impl Feature for References {
    const METHOD: &'static str = "textDocument/references";
    type Params = ReferenceParams;
    type Answer = Option<Vec<Location>>;

    fn scope(params: &ReferenceParams) -> Scope {
        Scope::Document(params.text_document_position.text_document.uri.clone())
    }
    fn register(capabilities: &mut ServerCapabilities, _: &ClientInfo) {
        capabilities.references_provider = Some(OneOf::Left(true));
    }
    fn answer(cx: &Cx<'_>, params: &ReferenceParams) -> Result<Self::Answer> {
        let Some(named) = named(cx, params.text_document_position.position)? else { return Ok(None) };
        let Some(snapshot) = cx.snapshot() else { return Ok(None) };
        let mut all = named.everywhere(snapshot);
        if !params.context.include_declaration {
            all.retain(|one| one.role == Role::Reference);
        }
        let mut places: Vec<Location> = all.iter().filter_map(|one| cx.location(&one.place)).collect();
        let mut names: Vec<&Name> = named.found.iter().map(|one| &one.name).collect();
        names.dedup();
        for one in names.into_iter().flat_map(|name| beside(cx, name)) {
            let range = positions::range(Some(&one.source), &one.found.place, cx.desk.client.encoding);
            places.extend(cx.uri(&one.found.place.file).map(|uri| Location { uri, range }));
        }
        places.dedup();
        Ok(Some(places))
    }
}
