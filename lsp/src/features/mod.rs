//! What the editor may ask, one file a feature. A feature is a function over the compiled state; how the question gets
//! there and the answer back is no concern of its.
//!
//! A new feature is a file with a [`Feature`] and a line in `features!` (`own_features!` for a method that the protocol
//! does not know).

pub(crate) mod actions;
mod beside;
pub(crate) mod commands;
pub(crate) mod completion;
mod cx;
pub(crate) mod declaration;
pub(crate) mod definition;
mod edits;
pub(crate) mod folding;
pub(crate) mod formatting;
pub(crate) mod highlight;
pub(crate) mod hover;
pub(crate) mod inlay;
pub(crate) mod lenses;
pub(crate) mod links;
mod naming;
pub(crate) mod outline;
pub(crate) mod page;
mod paper;
pub(crate) mod references;
pub(crate) mod rename;
pub(crate) mod selection;
pub(crate) mod signature;
mod spot;
pub(crate) mod syntax_tree;
pub(crate) mod tokens;
pub(crate) mod typing;
pub(crate) mod workspace_symbols;

use ls_types::{ServerCapabilities, Uri};
use tower_lsp::jsonrpc::Result;

pub(crate) use cx::{Cx, Desk, Document, Sight, Text};

use crate::settings::ClientInfo;

/// What a question is about.
#[derive(Clone, Debug)]
pub(crate) enum Scope {
    /// A document, and the sysplex that it belongs to.
    Document(Uri),
    /// All sysplexes of the workspace.
    Workspace,
}

/// A question of the editor.
pub(crate) trait Feature: 'static {
    /// Its name in the protocol.
    const METHOD: &'static str;
    /// What comes with the question.
    type Params: Send + 'static;
    /// What goes back.
    type Answer: Send + 'static;
    /// What it is about.
    fn scope(params: &Self::Params) -> Scope;
    /// Tells this client that it may ask.
    fn register(capabilities: &mut ServerCapabilities, client: &ClientInfo);
    /// Answers. Runs on the answering thread and is given up for a newer edit.
    ///
    /// # Errors
    /// What the person at the editor is told.
    fn answer(cx: &Cx<'_>, params: &Self::Params) -> Result<Self::Answer>;
}

/// The features that the protocol has a method for: the library's handler, and the feature.
macro_rules! features {
    ($do:ident) => {
        $do! {
            code_action: crate::features::actions::Actions,
            code_lens: crate::features::lenses::Lenses,
            completion: crate::features::completion::Completing,
            document_highlight: crate::features::highlight::Highlight,
            document_link: crate::features::links::Links,
            document_symbol: crate::features::outline::Outline,
            folding_range: crate::features::folding::Folding,
            formatting: crate::features::formatting::Whole,
            goto_declaration: crate::features::declaration::Declaration,
            goto_definition: crate::features::definition::Definition,
            hover: crate::features::hover::Hovering,
            inlay_hint: crate::features::inlay::Inlay,
            on_type_formatting: crate::features::typing::Typing,
            prepare_rename: crate::features::rename::PrepareRename,
            range_formatting: crate::features::formatting::Part,
            references: crate::features::references::References,
            rename: crate::features::rename::Rename,
            selection_range: crate::features::selection::Selection,
            semantic_tokens_full: crate::features::tokens::Whole,
            semantic_tokens_range: crate::features::tokens::Part,
            signature_help: crate::features::signature::Signature,
            symbol: crate::features::workspace_symbols::WorkspaceSymbols,
        }
    };
}
pub(crate) use features;

/// The features that only clients of ours ask for: a handler's name, and the feature.
macro_rules! own_features {
    ($do:ident) => {
        $do! {
            syntax_tree: crate::features::syntax_tree::SyntaxTree,
        }
    };
}
pub(crate) use own_features;

/// What all features can do for this client.
pub(crate) fn register(capabilities: &mut ServerCapabilities, client: &ClientInfo) {
    macro_rules! each {
        ($($name:ident: $feature:ty,)*) => {
            $(<$feature as Feature>::register(capabilities, client);)*
        };
    }
    features!(each);
    own_features!(each);
    commands::register(capabilities);
}
