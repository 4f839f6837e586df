//! Rename: another name, or another address, at every place of the sysplex at once; or the reason why not.

mod refuse;

use std::collections::BTreeMap;

use compiler::Snapshot;
use compiler::names::{Found, Kind, Written};
use grammar::values;
use ls_types::{
    DocumentChanges, OneOf, OptionalVersionedTextDocumentIdentifier, PrepareRenameResponse, RenameOptions,
    RenameParams, ServerCapabilities, TextDocumentEdit, TextDocumentPositionParams, TextEdit, Uri,
    WorkDoneProgressOptions, WorkspaceEdit,
};
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};

use super::naming::named;
use super::{Cx, Feature, Scope};
use crate::settings::ClientInfo;
use crate::uri;

/// What may be renamed at all.
pub(crate) struct PrepareRename;
/// The edits.
pub(crate) struct Rename;

impl Feature for PrepareRename {
    const METHOD: &'static str = "textDocument/prepareRename";
    type Params = TextDocumentPositionParams;
    type Answer = Option<PrepareRenameResponse>;

    fn scope(params: &TextDocumentPositionParams) -> Scope {
        Scope::Document(params.text_document.uri.clone())
    }
    fn register(_: &mut ServerCapabilities, _: &ClientInfo) {
        // `Rename` tells of both.
    }
    fn answer(cx: &Cx<'_>, params: &TextDocumentPositionParams) -> Result<Self::Answer> {
        let Some(target) = target(cx, params)? else { return Ok(None) };
        let range = cx.range(&target.here.place);
        Ok(Some(PrepareRenameResponse::RangeWithPlaceholder { range, placeholder: target.typed }))
    }
}

impl Feature for Rename {
    const METHOD: &'static str = "textDocument/rename";
    type Params = RenameParams;
    type Answer = Option<WorkspaceEdit>;

    fn scope(params: &RenameParams) -> Scope {
        Scope::Document(params.text_document_position.text_document.uri.clone())
    }
    fn register(capabilities: &mut ServerCapabilities, client: &ClientInfo) {
        let text = client.capabilities.text_document.as_ref();
        let prepares = text
            .and_then(|text| text.rename.as_ref())
            .is_some_and(|rename| rename.prepare_support == Some(true));
        capabilities.rename_provider = Some(if prepares {
            OneOf::Right(RenameOptions {
                prepare_provider: Some(true),
                work_done_progress_options: WorkDoneProgressOptions::default(),
            })
        } else {
            OneOf::Left(true)
        });
    }
    fn answer(cx: &Cx<'_>, params: &RenameParams) -> Result<Self::Answer> {
        let target = target(cx, &params.text_document_position)?
            .ok_or_else(|| refused("there is no name here that could be changed".to_owned()))?;
        let Some(snapshot) = cx.snapshot() else { return Ok(None) };
        let new = target.spelled(&params.new_name)?;
        refuse::taken(snapshot, &target.here, &new, &target.all)?;
        Ok(Some(edits(cx, &target.all, &new)))
    }
}

/// An error with words for the person at the editor.
fn refused(why: String) -> Error {
    Error { code: ErrorCode::ServerError(-32803), message: why.into(), data: None }
}

/// A name that may be changed.
struct Target {
    /// At the cursor.
    here: Found,
    /// As it is typed there.
    typed: String,
    /// Every place where it is typed.
    all: Vec<Found>,
}

fn target(cx: &Cx<'_>, at: &TextDocumentPositionParams) -> Result<Option<Target>> {
    let text = cx.document()?;
    let Some(named) = named(cx, at.position)? else { return Ok(None) };
    let Some(snapshot) = cx.snapshot() else { return Ok(None) };
    let here = named.found.iter().find(|one| one.written == Written::Plain).or(named.found.first());
    let Some(here) = here.filter(|here| here.place.file == *text.file()) else { return Ok(None) };
    let all = places(snapshot, here);
    if let Some(why) = refuse::reason(cx, snapshot, here, &all) {
        return Err(refused(why));
    }
    let typed = text.text().get(here.start() as usize..here.end() as usize).unwrap_or("").to_owned();
    Ok(Some(Target { here: here.clone(), typed, all }))
}

/// Where a name is typed; a symbolic address goes by its own name, and stays when the address behind it changes.
fn places(snapshot: &Snapshot, here: &Found) -> Vec<Found> {
    let mut all = snapshot.names_like(here);
    all.retain(|one| one.written != Written::Symbolic);
    all
}

impl Target {
    /// The new name as it will be typed.
    fn spelled(&self, new: &str) -> Result<String> {
        let new = new.trim();
        let old = &self.here.name;
        let fits = match old.kind {
            Kind::Address => match (old.ip(), values::ip(new)) {
                (Some(before), Some(after)) if before.is_ipv4() == after.is_ipv4() => Ok(()),
                (Some(before), _) if before.is_ipv4() => Err("an IPv4 address"),
                (Some(_) | None, _) => Err("an IPv6 address"),
            },
            Kind::Job if values::mvs_name(new, 8) => Ok(()),
            Kind::Job => Err("a job name: 1 to 8 letters, digits, $, # and @, no digit first"),
            Kind::Symbolic => {
                let letters =
                    |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-' | '.');
                let good =
                    new.starts_with(|letter: char| letter.is_ascii_alphabetic()) && new.chars().all(letters);
                if good {
                    Ok(())
                } else {
                    Err("a symbolic address: a letter, then letters, digits, _, - and .")
                }
            }
            Kind::Device | Kind::Link | Kind::Interface | Kind::DeviceOrInterface | Kind::LinkOrInterface => {
                let good = (1..=16).contains(&new.len())
                    && new
                        .chars()
                        .all(|letter| letter.is_ascii_graphic() && !matches!(letter, ';' | '"' | '&' | '/'))
                    && values::ip(new).is_none();
                if good { Ok(()) } else { Err("a name of 1 to 16 characters without blanks") }
            }
            Kind::DataSet | Kind::Symbol | Kind::Stack => Err("nothing else"),
        };
        match fits {
            Ok(()) => Ok(new.to_owned()),
            Err(wanted) => Err(refused(format!(
                "`{new}` cannot take the place of {}: it has to be {wanted}",
                self.typed
            ))),
        }
    }
}

fn edits(cx: &Cx<'_>, all: &[Found], new: &str) -> WorkspaceEdit {
    let mut files: BTreeMap<String, (Uri, Vec<TextEdit>)> = BTreeMap::new();
    for one in all {
        let Some(uri) = cx.uri(&one.place.file) else { continue };
        let edit = TextEdit { range: cx.range(&one.place), new_text: new.to_owned() };
        let (_, edits) = files.entry(uri::clean(&one.place.file)).or_insert_with(|| (uri, Vec::new()));
        // The same text as several stacks read it is one place.
        if !edits.contains(&edit) {
            edits.push(edit);
        }
    }
    let workspace = cx.desk.client.capabilities.workspace.as_ref();
    let versions = workspace
        .and_then(|workspace| workspace.workspace_edit.as_ref())
        .is_some_and(|edit| edit.document_changes == Some(true));
    if versions {
        let changes = files
            .into_iter()
            .map(|(path, (uri, edits))| TextDocumentEdit {
                text_document: OptionalVersionedTextDocumentIdentifier {
                    uri,
                    version: cx.desk.open.get(&path).copied(),
                },
                edits: edits.into_iter().map(OneOf::Left).collect(),
            })
            .collect();
        return WorkspaceEdit {
            document_changes: Some(DocumentChanges::Edits(changes)),
            ..WorkspaceEdit::default()
        };
    }
    let changes = Some(files.into_values().collect());
    WorkspaceEdit { changes, ..WorkspaceEdit::default() }
}
