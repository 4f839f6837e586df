//! Hover: what the word under the cursor is, from the reference and from the sysplex.

mod address;
mod name;
mod reference;

use compiler::names::Kind;
use ls_types::{Hover, HoverContents, HoverParams, HoverProviderCapability, ServerCapabilities};
use tower_lsp::jsonrpc::Result;

use super::naming::named;
use super::paper::Paper;
use super::spot::{Part, in_comment, spot};
use super::{Cx, Feature, Scope};
use crate::settings::ClientInfo;

/// The feature.
pub(crate) struct Hovering;

impl Feature for Hovering {
    const METHOD: &'static str = "textDocument/hover";
    type Params = HoverParams;
    type Answer = Option<Hover>;

    fn scope(params: &HoverParams) -> Scope {
        Scope::Document(params.text_document_position_params.text_document.uri.clone())
    }
    fn register(capabilities: &mut ServerCapabilities, _: &ClientInfo) {
        capabilities.hover_provider = Some(HoverProviderCapability::Simple(true));
    }
    fn answer(cx: &Cx<'_>, params: &HoverParams) -> Result<Self::Answer> {
        let position = params.text_document_position_params.position;
        let text = cx.document()?;
        let offset = text.offset(position);
        if in_comment(text.text(), offset as usize) {
            return Ok(None);
        }
        let formats = cx.desk.client.capabilities.text_document.as_ref();
        let formats = formats.and_then(|text| text.hover.as_ref());
        let mut paper = Paper::new(formats.and_then(|hover| hover.content_format.as_deref()));
        let spot = spot(cx, text, offset);
        let named = named(cx, position)?;
        let mut span = None;
        if let Some(snapshot) = cx.snapshot()
            && let Some(named) = &named
        {
            span = Some(named.span);
            for found in &named.found {
                match found.name.kind {
                    Kind::Address => address::write(&mut paper, snapshot, found),
                    Kind::Symbolic
                    | Kind::Device
                    | Kind::Link
                    | Kind::Interface
                    | Kind::DeviceOrInterface
                    | Kind::LinkOrInterface
                    | Kind::Job
                    | Kind::DataSet
                    | Kind::Symbol
                    | Kind::Stack => name::write(&mut paper, snapshot, found),
                }
            }
        }
        if let Some(spot) = &spot {
            let covers = named.as_ref().is_none_or(|named| named.span == spot.span());
            span.get_or_insert(spot.span());
            match (spot.part, spot.statement()) {
                (Part::Name | Part::End, Some(desc)) => reference::statement(&mut paper, desc),
                (Part::Slot(_), Some(desc)) if covers => {
                    if let Some(slot) = spot.slot() {
                        reference::parameter(&mut paper, desc, slot, spot.word());
                    }
                }
                (Part::Name | Part::End | Part::Slot(_), _) => {}
            }
        }
        let Some((start, end)) = span.filter(|_| !paper.is_empty()) else { return Ok(None) };
        Ok(Some(Hover { contents: HoverContents::Markup(paper.done()), range: Some(text.range(start, end)) }))
    }
}
