//! The protocol's side: every handler puts a job into the owner's channel as its first act, and waits for no more than
//! its own answer.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use ls_types::{
    DiagnosticOptions, DiagnosticServerCapabilities, DidChangeConfigurationParams,
    DidChangeTextDocumentParams, DidChangeWatchedFilesParams, DidChangeWorkspaceFoldersParams,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, DidSaveTextDocumentParams,
    DocumentDiagnosticParams, DocumentDiagnosticReport, DocumentDiagnosticReportResult, ExecuteCommandParams,
    FullDocumentDiagnosticReport, InitializeParams, InitializeResult, InitializedParams, LSPAny, OneOf,
    RelatedFullDocumentDiagnosticReport, ServerCapabilities, ServerInfo, TextDocumentSyncCapability,
    TextDocumentSyncKind, TextDocumentSyncOptions, TextDocumentSyncSaveOptions, Uri,
    WorkspaceDiagnosticParams, WorkspaceDiagnosticReportResult, WorkspaceFolder,
    WorkspaceFoldersServerCapabilities, WorkspaceServerCapabilities,
};
use tower_lsp::jsonrpc::Result;
use tower_lsp::{Client, LanguageServer, LspServiceBuilder};

use crate::envelope::Envelopes;
use crate::features::rename::everywhere;
use crate::features::{self, Feature, commands, features, own_features};
use crate::owner::Jobs;
use crate::settings::ClientInfo;

/// The handlers.
pub(crate) struct Handlers {
    /// The way to the owner.
    pub(crate) jobs: Jobs,
    /// The other side.
    pub(crate) client: Client,
    /// The way of answers to the writer.
    pub(crate) envelopes: Envelopes,
    /// Whether the client has said that it will leave.
    pub(crate) orderly: Arc<AtomicBool>,
}

/// What we can do for this client.
fn capabilities(client: &ClientInfo) -> ServerCapabilities {
    let sync = TextDocumentSyncOptions {
        open_close: Some(true),
        change: Some(TextDocumentSyncKind::INCREMENTAL),
        save: Some(TextDocumentSyncSaveOptions::Supported(true)),
        ..TextDocumentSyncOptions::default()
    };
    let folders = WorkspaceFoldersServerCapabilities {
        supported: Some(true),
        change_notifications: Some(OneOf::Left(true)),
    };
    let pull = DiagnosticOptions {
        identifier: Some("vipa".to_owned()),
        inter_file_dependencies: true,
        workspace_diagnostics: true,
        ..DiagnosticOptions::default()
    };
    let mut capabilities = ServerCapabilities {
        position_encoding: Some(client.encoding.kind()),
        text_document_sync: Some(TextDocumentSyncCapability::Options(sync)),
        workspace: Some(WorkspaceServerCapabilities {
            workspace_folders: Some(folders),
            file_operations: None,
        }),
        diagnostic_provider: client.pulls.then_some(DiagnosticServerCapabilities::Options(pull)),
        ..ServerCapabilities::default()
    };
    features::register(&mut capabilities, client);
    capabilities
}

/// Takes the methods in that the protocol does not know.
pub(crate) fn with_own_features(builder: LspServiceBuilder<Handlers>) -> LspServiceBuilder<Handlers> {
    macro_rules! each {
        ($($name:ident: $feature:ty,)*) => {
            builder$(.custom_method(<$feature as Feature>::METHOD, Handlers::$name))*
        };
    }
    own_features!(each)
}

/// A handler for each feature of a list. What it asks is in the channel before it waits for anything.
macro_rules! handler {
    ($($name:ident: $feature:ty,)*) => {
        $(async fn $name(&self, params: <$feature as Feature>::Params) -> Result<<$feature as Feature>::Answer> {
            Err(match self.jobs.ask_feature::<$feature>(params).await {
                Ok(answer) => self.envelopes.seal(answer),
                Err(error) => error,
            })
        })*
    };
}

impl Handlers {
    own_features!(handler);
}

impl LanguageServer for Handlers {
    features!(handler);

    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        let client = ClientInfo::new(&params);
        let capabilities = capabilities(&client);
        self.jobs.notice("initialize", move |workspace| workspace.initialize(client));
        Ok(InitializeResult {
            capabilities,
            server_info: Some(ServerInfo {
                name: "vipa".to_owned(),
                version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            }),
            offset_encoding: None,
        })
    }
    async fn initialized(&self, _: InitializedParams) {
        self.jobs.notice("initialized", |workspace| workspace.initialized());
    }
    async fn shutdown(&self) -> Result<()> {
        self.orderly.store(true, Ordering::SeqCst);
        self.jobs
            .ask("shutdown", |workspace| {
                workspace.shutdown();
                Ok(())
            })
            .await
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        let document = params.text_document;
        self.jobs.notice("textDocument/didOpen", move |workspace| {
            workspace.open(&document.uri, document.text, document.version);
        });
    }
    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        self.jobs.notice("textDocument/didChange", move |workspace| {
            let document = params.text_document;
            workspace.change(&document.uri, params.content_changes, document.version);
        });
    }
    async fn did_save(&self, _: DidSaveTextDocumentParams) {
        // What is in the editor counts; the handler is here because the library complains about a missing one.
    }
    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        self.jobs
            .notice("textDocument/didClose", move |workspace| workspace.close(&params.text_document.uri));
    }

    async fn diagnostic(&self, params: DocumentDiagnosticParams) -> Result<DocumentDiagnosticReportResult> {
        let uri = params.text_document.uri;
        let items = self
            .jobs
            .ask_later("textDocument/diagnostic", move |workspace, reply| workspace.pull(&uri, reply))
            .await?;
        let report = FullDocumentDiagnosticReport { result_id: None, items };
        Ok(DocumentDiagnosticReportResult::Report(DocumentDiagnosticReport::Full(
            RelatedFullDocumentDiagnosticReport {
                related_documents: None,
                full_document_diagnostic_report: report,
            },
        )))
    }

    async fn workspace_diagnostic(
        &self,
        params: WorkspaceDiagnosticParams,
    ) -> Result<WorkspaceDiagnosticReportResult> {
        let known: Vec<(Uri, String)> =
            params.previous_result_ids.into_iter().map(|known| (known.uri, known.value)).collect();
        let report = self
            .jobs
            .ask_later("workspace/diagnostic", move |workspace, reply| workspace.pull_all(&known, reply))
            .await?;
        Ok(WorkspaceDiagnosticReportResult::Report(report))
    }

    async fn execute_command(&self, params: ExecuteCommandParams) -> Result<Option<LSPAny>> {
        if params.command == everywhere::RENAME {
            return everywhere::rename(&self.jobs, &self.client, &params.arguments).await;
        }
        commands::execute(&self.jobs, params).await
    }

    async fn did_change_watched_files(&self, params: DidChangeWatchedFilesParams) {
        self.jobs.notice("workspace/didChangeWatchedFiles", move |workspace| {
            let uris: Vec<Uri> = params.changes.into_iter().map(|change| change.uri).collect();
            workspace.watched(&uris);
        });
    }
    async fn did_change_workspace_folders(&self, params: DidChangeWorkspaceFoldersParams) {
        self.jobs.notice("workspace/didChangeWorkspaceFolders", move |workspace| {
            let uris = |folders: Vec<WorkspaceFolder>| {
                folders.into_iter().map(|folder| folder.uri).collect::<Vec<_>>()
            };
            workspace.change_folders(&uris(params.event.added), &uris(params.event.removed));
        });
    }
    async fn did_change_configuration(&self, params: DidChangeConfigurationParams) {
        self.jobs.notice("workspace/didChangeConfiguration", move |workspace| {
            workspace.settings_changed(&params.settings);
        });
    }
}
