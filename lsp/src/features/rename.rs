//! Rename: another name, or another address, at every place of the sysplex at once; or the reason why not.

pub(crate) mod everywhere;
mod refuse;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use compiler::Snapshot;
use compiler::finding::Edit;
use compiler::names::{Found, Kind, Written};
use compiler::source::SourceText;
use grammar::values;
use ls_types::{
    OneOf, PrepareRenameResponse, Range, RenameOptions, RenameParams, ServerCapabilities,
    TextDocumentPositionParams, WorkDoneProgressOptions, WorkspaceEdit,
};
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};

use super::beside::{Beside, beside};
use super::edits::{Files, change};
use super::naming::named;
use super::{Cx, Feature, Scope};
use crate::settings::ClientInfo;
use refuse::Where;

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
        let Some(target) = target(cx, params, false)? else { return Ok(None) };
        let Target { range, typed: placeholder, .. } = target;
        Ok(Some(PrepareRenameResponse::RangeWithPlaceholder { range, placeholder }))
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
        let target = target(cx, &params.text_document_position, false)?
            .ok_or_else(|| refused("there is no name here that could be changed".to_owned()))?;
        let Some(snapshot) = cx.snapshot() else { return Ok(None) };
        let edits = edits(snapshot, &target, &params.new_name)?;
        let files = Files { cx, snapshot, beside: target.beside };
        let change = change(&files, &edits.iter().collect::<Vec<_>>());
        Ok(Some(change.map_err(|why| refused(format!("{} stays: {why}", target.typed)))?))
    }
}

/// The edits for another name.
///
/// # Errors
/// Why it cannot be this one.
fn edits(snapshot: &Snapshot, target: &Target, new: &str) -> Result<BTreeSet<Edit>> {
    let new = target.spelled(new)?;
    refuse::taken(snapshot, &target.here, &new, &target.all)?;
    let edit = |one: &Found| Edit { place: one.place.clone(), text: new.clone() };
    // The same text as several stacks read it is one place.
    Ok(target.all.iter().map(edit).collect())
}

/// An error with words for the person at the editor.
fn refused(why: String) -> Error {
    Error { code: ErrorCode::ServerError(-32803), message: why.into(), data: None }
}

/// A name that may be changed.
struct Target {
    /// At the cursor; in a scenario, what the sysplex knows of it.
    here: Found,
    /// As it is typed there.
    typed: String,
    /// Where it is typed.
    range: Range,
    /// Every place where it is typed.
    all: Vec<Found>,
    /// Texts of these places that no stack reads.
    beside: BTreeMap<Arc<str>, Arc<SourceText>>,
}

/// The name at a position. With `writes`, files may be among those to change that no editor can.
///
/// # Errors
/// Why it has to stay.
fn target(cx: &Cx<'_>, at: &TextDocumentPositionParams, writes: bool) -> Result<Option<Target>> {
    let text = cx.document()?;
    let Some(named) = named(cx, at.position)? else { return Ok(None) };
    let Some(snapshot) = cx.snapshot() else { return Ok(None) };
    let here = named.found.iter().find(|one| one.written == Written::Plain).or(named.found.first());
    let Some(here) = here else { return Ok(None) };
    let mut all = snapshot.names_like(here);
    let mut sources = BTreeMap::new();
    for Beside { found, source } in beside(cx, &here.name) {
        sources.insert(Arc::clone(&found.place.file), source);
        all.push(found);
    }
    // A symbolic address goes by its own name, and stays when the address behind it changes.
    all.retain(|one| one.written != Written::Symbolic);
    if let Some(why) = refuse::reason(snapshot, here, &all, &Where { cx, beside: &sources, writes }) {
        return Err(refused(why));
    }
    let (start, end) = named.span;
    let typed = text.text().get(start as usize..end as usize).unwrap_or("").to_owned();
    Ok(Some(Target { here: here.clone(), typed, range: text.range(start, end), all, beside: sources }))
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
