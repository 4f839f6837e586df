//! What the owner says to the client. Sending never waits: a task of its own carries it out, in order, and a question
//! to the client gets a task for itself and a time limit, so that a client that never answers holds up nothing.

use std::fmt::Display;
use std::time::Duration;

use ls_types::{
    ConfigurationItem, Diagnostic, DidChangeWatchedFilesRegistrationOptions, FileSystemWatcher, GlobPattern,
    MessageType, Registration, ShowDocumentParams, Uri,
};
use serde::Serialize;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tower_lsp::Client;

use crate::owner::Jobs;
use crate::settings::SECTION;
use crate::transport::Writer;

/// How long a client may think about a question.
const PATIENCE: Duration = Duration::from_secs(30);

/// Ask for hints again.
pub(crate) const HINTS: &str = "workspace/inlayHint/refresh";
/// Ask for lenses again.
pub(crate) const LENSES: &str = "workspace/codeLens/refresh";

/// One thing to say.
#[derive(Debug)]
pub(crate) enum Out {
    /// A line for the log.
    Log(MessageType, String),
    /// Pull again.
    Refresh,
    /// What do the settings say?
    Configuration,
    /// Watch the files of the workspace.
    Watch,
    /// Ask for hints, or for lenses, again.
    Again(&'static str),
    /// Show a document; a page belongs into a browser.
    Show(Uri, bool),
}

/// The way in.
#[derive(Clone)]
pub(crate) struct Outbox {
    to: UnboundedSender<Out>,
    /// For what there is much of: the library would make a tree of JSON values of it first.
    writer: Writer,
}

/// All diagnostics of a file.
#[derive(Serialize)]
struct Published<'d> {
    uri: Uri,
    diagnostics: &'d [Diagnostic],
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<i32>,
}

impl Outbox {
    /// A box and its other end.
    pub(crate) fn new(writer: Writer) -> (Self, UnboundedReceiver<Out>) {
        let (to, receiver) = unbounded_channel();
        (Self { to, writer }, receiver)
    }
    /// Says it, if there is still somebody to hear it.
    pub(crate) fn say(&self, out: Out) {
        let _ = self.to.send(out);
    }
    /// Says all diagnostics of a file.
    pub(crate) fn publish(&self, uri: Uri, diagnostics: &[Diagnostic], version: Option<i32>) {
        self.writer.notify("textDocument/publishDiagnostics", &Published { uri, diagnostics, version });
    }
    /// A line for the log.
    pub(crate) fn log(&self, kind: MessageType, message: impl Into<String>) {
        self.say(Out::Log(kind, message.into()));
    }
}

/// Carries out what comes, until the box is gone.
pub(crate) async fn deliver(mut from: UnboundedReceiver<Out>, client: Client, jobs: Jobs) {
    while let Some(out) = from.recv().await {
        match out {
            Out::Log(kind, message) => client.log_message(kind, message).await,
            Out::Refresh => {
                let client = client.clone();
                tokio::spawn(async move {
                    limited(&client, "workspace/diagnostic/refresh", client.workspace_diagnostic_refresh())
                        .await;
                });
            }
            Out::Configuration => {
                let (client, jobs) = (client.clone(), jobs.clone());
                tokio::spawn(async move {
                    let item = ConfigurationItem { scope_uri: None, section: Some(SECTION.to_owned()) };
                    let asked = client.configuration(vec![item]);
                    if let Some(values) = limited(&client, "workspace/configuration", asked).await {
                        let value = values.into_iter().next().unwrap_or_default();
                        jobs.notice("workspace/configuration", move |workspace| workspace.settings(&value));
                    }
                });
            }
            Out::Again(what) => {
                let client = client.clone();
                tokio::spawn(async move {
                    if what == HINTS {
                        limited(&client, what, client.inlay_hint_refresh()).await;
                    } else {
                        limited(&client, what, client.code_lens_refresh()).await;
                    }
                });
            }
            Out::Show(uri, external) => {
                let client = client.clone();
                tokio::spawn(async move {
                    let params = ShowDocumentParams {
                        uri,
                        external: Some(external),
                        take_focus: Some(true),
                        selection: None,
                    };
                    limited(&client, "window/showDocument", client.show_document(params)).await;
                });
            }
            Out::Watch => {
                let client = client.clone();
                tokio::spawn(async move {
                    let asked = client.register_capability(vec![watch_everything()]);
                    limited(&client, "client/registerCapability", asked).await;
                });
            }
        }
    }
}

/// Members of a data set have any name, so the pattern cannot be narrower.
fn watch_everything() -> Registration {
    let glob_pattern = GlobPattern::String("**/*".to_owned());
    let watchers = vec![FileSystemWatcher { glob_pattern, kind: None }];
    Registration {
        id: "vipa-files".to_owned(),
        method: "workspace/didChangeWatchedFiles".to_owned(),
        register_options: serde_json::to_value(DidChangeWatchedFilesRegistrationOptions { watchers }).ok(),
    }
}

async fn limited<T, E: Display>(
    client: &Client,
    what: &str,
    asked: impl Future<Output = Result<T, E>>,
) -> Option<T> {
    match tokio::time::timeout(PATIENCE, asked).await {
        Ok(Ok(value)) => Some(value),
        Ok(Err(error)) => {
            client.log_message(MessageType::WARNING, format!("{what}: {error}")).await;
            None
        }
        Err(_) => {
            client.log_message(MessageType::WARNING, format!("{what}: the client has not answered")).await;
            None
        }
    }
}
