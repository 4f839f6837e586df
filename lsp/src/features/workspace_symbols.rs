//! Workspace symbols: what the stacks of all sysplexes define, found by a part of its name.

use std::collections::BTreeSet;

use compiler::names::{Found, Kind, Role, Written};
use ls_types::{
    OneOf, ServerCapabilities, SymbolInformation, SymbolKind, WorkspaceSymbolParams, WorkspaceSymbolResponse,
};
use tower_lsp::jsonrpc::Result;

use super::{Cx, Feature, Scope};
use crate::settings::ClientInfo;

/// More than anybody reads; a longer query finds the rest.
const MOST: usize = 1000;

/// The feature.
pub(crate) struct WorkspaceSymbols;

impl Feature for WorkspaceSymbols {
    const METHOD: &'static str = "workspace/symbol";
    type Params = WorkspaceSymbolParams;
    type Answer = Option<WorkspaceSymbolResponse>;

    fn scope(_: &WorkspaceSymbolParams) -> Scope {
        Scope::Workspace
    }
    fn register(capabilities: &mut ServerCapabilities, _: &ClientInfo) {
        capabilities.workspace_symbol_provider = Some(OneOf::Left(true));
    }
    fn answer(cx: &Cx<'_>, params: &WorkspaceSymbolParams) -> Result<Self::Answer> {
        let query = params.query.to_ascii_uppercase();
        let mut symbols = Vec::new();
        let mut seen = BTreeSet::new();
        for snapshot in cx.snapshots() {
            let fits = |name: &compiler::names::Name, role: Role| {
                role == Role::Definition && name.text.to_ascii_uppercase().contains(&query)
            };
            for one in snapshot.names_that(&fits, None) {
                // A file may take part in several sysplexes.
                if one.written == Written::Built && one.name.kind == Kind::Symbol
                    || symbols.len() >= MOST
                    || !seen.insert((one.name.clone(), one.place.file.clone(), one.start()))
                {
                    continue;
                }
                symbols.extend(symbol(cx, &one));
            }
        }
        Ok(Some(WorkspaceSymbolResponse::Flat(symbols)))
    }
}

#[expect(deprecated, reason = "the library's structure has the old field, and no other way to make one")]
fn symbol(cx: &Cx<'_>, one: &Found) -> Option<SymbolInformation> {
    let stacks = one.stacks.join(", ");
    Some(SymbolInformation {
        name: one.name.text.to_string(),
        kind: kind(one.name.kind),
        tags: None,
        deprecated: None,
        location: cx.location(&one.place)?,
        container_name: Some(match one.statement() {
            Some(statement) => format!("{statement} of {stacks}"),
            None => one.name.kind.word().to_owned(),
        }),
    })
}

/// The client's kind for one of ours.
pub(crate) fn kind(kind: Kind) -> SymbolKind {
    match kind {
        Kind::Address => SymbolKind::CONSTANT,
        Kind::Symbolic => SymbolKind::VARIABLE,
        Kind::Device | Kind::DeviceOrInterface => SymbolKind::OBJECT,
        Kind::Link | Kind::Interface | Kind::LinkOrInterface => SymbolKind::INTERFACE,
        Kind::Job => SymbolKind::EVENT,
        Kind::DataSet => SymbolKind::FILE,
        Kind::Symbol => SymbolKind::STRING,
        Kind::Stack => SymbolKind::MODULE,
    }
}
