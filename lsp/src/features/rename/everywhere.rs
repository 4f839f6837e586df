//! `vipa.rename`: a rename that reaches members which no editor can change as text, EBCDIC for instance. The client changes what is
//! plain text; when it has, the server writes the others, each in its own form. All or none.

use std::collections::BTreeMap;
use std::sync::Arc;

use analysis::mend::apply;
use compiler::Snapshot;
use compiler::dataset::{decode, encode};
use compiler::finding::Edit;
use compiler::source::SourceText;
use compiler::system::System;
use ls_types::{RenameParams, ServerCapabilities, WorkspaceEdit};
use serde_json::{Value, json};
use tower_lsp::Client;
use tower_lsp::jsonrpc::{Error, Result};

use super::{Target, edits, refused, target};
use crate::disk::Disk;
use crate::features::edits::{Files, change, is_plain};
use crate::features::{Cx, Feature, Scope};
use crate::owner::Jobs;
use crate::settings::ClientInfo;
use crate::staged::{Rewrite, Staged};
use crate::uri;

/// The command.
pub(crate) const RENAME: &str = "vipa.rename";

/// The question behind it.
struct Everywhere;

/// What is to be done.
struct Plan {
    /// By the client.
    edit: WorkspaceEdit,
    /// By the server.
    rewrites: Vec<Rewrite>,
}

impl Feature for Everywhere {
    const METHOD: &'static str = RENAME;
    type Params = RenameParams;
    type Answer = Plan;

    fn scope(params: &RenameParams) -> Scope {
        Scope::Document(params.text_document_position.text_document.uri.clone())
    }
    fn register(_: &mut ServerCapabilities, _: &ClientInfo) {}
    fn answer(cx: &Cx<'_>, params: &RenameParams) -> Result<Plan> {
        let workspace = cx.desk.client.capabilities.workspace.as_ref();
        if workspace.and_then(|can| can.apply_edit) != Some(true) {
            return Err(refused("this editor cannot be asked to change files".to_owned()));
        }
        let target = target(cx, &params.text_document_position, true)?
            .ok_or_else(|| refused("there is no name here that could be changed".to_owned()))?;
        let snapshot = cx.snapshot().ok_or_else(Error::internal_error)?;
        let edits = edits(snapshot, &target, &params.new_name)?;
        let mut plain = Vec::new();
        let mut others: BTreeMap<&Arc<str>, Vec<&Edit>> = BTreeMap::new();
        for edit in &edits {
            let file = &edit.place.file;
            let is_open = cx.desk.documents.get(&uri::clean(file)).is_some();
            if is_open || source(snapshot, &target, file).is_none_or(|source| is_plain(&source)) {
                plain.push(edit);
            } else {
                others.entry(file).or_default().push(edit);
            }
        }
        let stays = |why: String| refused(format!("{} stays: {why}", target.typed));
        let rewrite = |(file, edits): (&Arc<str>, Vec<&Edit>)| rewrite(cx, snapshot, &target, file, edits);
        let rewrites =
            others.into_iter().map(rewrite).collect::<std::result::Result<_, _>>().map_err(stays)?;
        let files = Files { cx, snapshot, beside: target.beside.clone() };
        Ok(Plan { edit: change(&files, &plain).map_err(stays)?, rewrites })
    }
}

fn source(snapshot: &Snapshot, target: &Target, file: &Arc<str>) -> Option<Arc<SourceText>> {
    target.beside.get(file).cloned().or_else(|| snapshot.source(file))
}

/// A file with its edits, in the form that it has. What would not be read again as it is meant is not written.
fn rewrite(
    cx: &Cx<'_>,
    snapshot: &Snapshot,
    target: &Target,
    file: &Arc<str>,
    edits: Vec<&Edit>,
) -> std::result::Result<Rewrite, String> {
    let path = uri::clean(file);
    let name = uri::name(&path);
    let options = snapshot.description().files.decode_options();
    let known = source(snapshot, target, file).ok_or_else(|| format!("{name} is not at hand"))?;
    let old = Disk { documents: &cx.desk.documents }.read(&path).map_err(|error| error.to_string())?;
    let source = decode(&old, &options).map_err(|error| format!("{name}: {error}"))?;
    if source.text != known.text {
        return Err(format!("{name} has just been changed by somebody else"));
    }
    let text = source.changed(apply(&source, edits)?);
    let new = encode(&text).map_err(|error| format!("it does not fit into {name}: {error}"))?;
    match decode(&new, &options) {
        Ok(back) if back.text == text.text => Ok(Rewrite { path, old, new }),
        Ok(_) | Err(_) => Err(format!("{name} would be read otherwise")),
    }
}

/// Carries it out.
///
/// # Errors
/// What the person at the editor is told.
pub(crate) async fn rename(jobs: &Jobs, client: &Client, arguments: &[Value]) -> Result<Option<Value>> {
    let params = arguments.first().cloned().unwrap_or_default();
    let params: RenameParams = serde_json::from_value(params)
        .map_err(|error| refused(format!("{RENAME} wants what textDocument/rename wants: {error}")))?;
    let plan = jobs.ask_ours::<Everywhere>(params).await?;
    let paths: Vec<String> = plan.rewrites.iter().map(|rewrite| rewrite.path.clone()).collect();
    // No time limit: somebody may look through the changes before they are made.
    let staged = Staged::new(plan.rewrites).map_err(|why| refused(why.to_string()))?;
    let answer = client.apply_edit(plan.edit).await?;
    if !answer.applied {
        let why = answer.failure_reason.map_or_else(String::new, |why| format!(": {why}"));
        return Err(refused(format!("the editor has not made the change, so nothing is renamed{why}")));
    }
    staged.put().map_err(|why| refused(format!("{why}; undo the change in the editor")))?;
    let names: Vec<String> = paths.iter().map(|path| uri::name(path).to_owned()).collect();
    jobs.notice(RENAME, move |workspace| workspace.changed_by_us(paths));
    Ok(Some(json!({ "written": names })))
}
