//! `textDocument/documentLink`: INCLUDE leads to the file that a stack reads there, `profile` of a description to the profile,
//! `obey` of a scenario to the OBEYFILE.

use compiler::description::beside;
use grammar::scenario::{Event, LineKind};
use ls_types::{DocumentLink, DocumentLinkOptions, DocumentLinkParams, ServerCapabilities};
use tower_lsp::jsonrpc::Result;

use super::cx::Text;
use super::page::{Page, Played};
use super::{Cx, Feature, Scope};
use crate::home::Role;
use crate::settings::ClientInfo;

/// The feature.
pub(crate) struct Links;

impl Feature for Links {
    const METHOD: &'static str = "textDocument/documentLink";
    type Params = DocumentLinkParams;
    type Answer = Option<Vec<DocumentLink>>;

    fn scope(params: &Self::Params) -> Scope {
        Scope::Document(params.text_document.uri.clone())
    }
    fn register(capabilities: &mut ServerCapabilities, _: &ClientInfo) {
        capabilities.document_link_provider = Some(DocumentLinkOptions {
            resolve_provider: Some(false),
            work_done_progress_options: Default::default(),
        });
    }
    fn answer(cx: &Cx<'_>, _: &Self::Params) -> Result<Self::Answer> {
        let text = cx.document()?;
        if Role::of(&text.document.path) == Role::Description {
            return Ok(Some(profiles(cx, &text)));
        }
        Ok(Some(match Page::of(cx, &text) {
            Page::Profile(_) => includes(cx, &text),
            Page::Scenarios(played) => obeyfiles(cx, &text, &played),
            Page::Other => Vec::new(),
        }))
    }
}

fn link(cx: &Cx<'_>, text: &Text<'_>, span: (u32, u32), path: &str, tooltip: Option<String>) -> DocumentLink {
    DocumentLink { range: text.range(span.0, span.1), target: cx.uri(path), tooltip, data: None }
}

/// A link for each file that an INCLUDE leads to: one, unless stacks that share the text differ.
fn includes(cx: &Cx<'_>, text: &Text<'_>) -> Vec<DocumentLink> {
    let Some(snapshot) = cx.snapshot() else { return Vec::new() };
    let all = snapshot.included(text.file());
    let several = |span| all.iter().filter(|one| one.span == span).count() > 1;
    all.iter()
        .filter_map(|one| {
            let path = one.path.as_deref()?;
            let tooltip = several(one.span).then(|| format!("read by {}", one.stacks.join(", ")));
            Some(link(cx, text, one.span, path, tooltip))
        })
        .collect()
}

fn profiles(cx: &Cx<'_>, text: &Text<'_>) -> Vec<DocumentLink> {
    let Some(snapshot) = cx.snapshot() else { return Vec::new() };
    let files = snapshot.files();
    let stacks = snapshot.description().stacks.iter();
    stacks
        .flat_map(|stack| &stack.profiles)
        .filter_map(|profile| {
            let path = beside(text.file(), &profile.value);
            let number = |at: usize| u32::try_from(at).ok();
            let span = (number(profile.span.start)?, number(profile.span.end)?);
            files.iter().any(|file| **file == *path).then(|| link(cx, text, span, &path, None))
        })
        .collect()
}

/// OBEYFILEs lie beside the scenario.
fn obeyfiles(cx: &Cx<'_>, text: &Text<'_>, played: &[Played]) -> Vec<DocumentLink> {
    let lines = played.iter().flat_map(|played| &played.scenario.lines);
    lines
        .filter_map(|line| match &line.kind {
            LineKind::Event(Event::Obey { file, .. }) => {
                let path = beside(text.file(), &file.text);
                Some(link(cx, text, (file.span.start, file.span.end), &path, None))
            }
            LineKind::Event(_)
            | LineKind::Outcome(_)
            | LineKind::Expect(_)
            | LineKind::Comment
            | LineKind::Malformed(_) => None,
        })
        .collect()
}
