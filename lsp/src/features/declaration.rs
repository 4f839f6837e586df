//! Go to declaration: the statements that tell of a name without bringing it into being, such as VIPABACKUP; where there is
//! none, its definitions.

use compiler::names::Role;
use ls_types::request::{GotoDeclarationParams, GotoDeclarationResponse};
use ls_types::{DeclarationCapability, ServerCapabilities};
use tower_lsp::jsonrpc::Result;

use super::naming::named;
use super::{Cx, Feature, Scope, definition};
use crate::settings::ClientInfo;

/// The feature.
pub(crate) struct Declaration;

impl Feature for Declaration {
    const METHOD: &'static str = "textDocument/declaration";
    type Params = GotoDeclarationParams;
    type Answer = Option<GotoDeclarationResponse>;

    fn scope(params: &GotoDeclarationParams) -> Scope {
        Scope::Document(params.text_document_position_params.text_document.uri.clone())
    }
    fn register(capabilities: &mut ServerCapabilities, _: &ClientInfo) {
        capabilities.declaration_provider = Some(DeclarationCapability::Simple(true));
    }
    fn answer(cx: &Cx<'_>, params: &GotoDeclarationParams) -> Result<Self::Answer> {
        let Some(named) = named(cx, params.text_document_position_params.position)? else { return Ok(None) };
        let Some(snapshot) = cx.snapshot() else { return Ok(None) };
        let mut all = named.everywhere(snapshot);
        if all.iter().any(|one| one.role == Role::Declaration) {
            all.retain(|one| one.role == Role::Declaration);
        } else {
            all.retain(|one| one.role == Role::Definition);
        }
        Ok(definition::some(all.iter().filter_map(|one| cx.location(&one.place)).collect()))
    }
}
