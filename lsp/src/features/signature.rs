//! Signature help: the form of the statement at the cursor, with the part in it that is being typed.

use analysis::reference::{notation, shape};
use grammar::complete::complete_inside;
use grammar::lookup;
use ls_types::{
    Documentation, ParameterInformation, ParameterLabel, ServerCapabilities, SignatureHelp,
    SignatureHelpOptions, SignatureHelpParams, SignatureInformation,
};
use tower_lsp::jsonrpc::Result;

use super::paper::Paper;
use super::spot::{Language, in_comment, section, spot};
use super::{Cx, Feature, Scope};
use crate::settings::ClientInfo;

/// The feature.
pub(crate) struct Signature;

impl Feature for Signature {
    const METHOD: &'static str = "textDocument/signatureHelp";
    type Params = SignatureHelpParams;
    type Answer = Option<SignatureHelp>;

    fn scope(params: &SignatureHelpParams) -> Scope {
        Scope::Document(params.text_document_position_params.text_document.uri.clone())
    }
    fn register(capabilities: &mut ServerCapabilities, _: &ClientInfo) {
        capabilities.signature_help_provider = Some(SignatureHelpOptions {
            trigger_characters: Some(vec![" ".to_owned()]),
            ..SignatureHelpOptions::default()
        });
    }
    fn answer(cx: &Cx<'_>, params: &SignatureHelpParams) -> Result<Self::Answer> {
        let text = cx.document()?;
        let offset = text.offset(params.text_document_position_params.position);
        if Language::of(&text.document.path) != Language::Profile || in_comment(text.text(), offset as usize)
        {
            return Ok(None);
        }
        let Some((base, at)) = section(cx, text, offset) else { return Ok(None) };
        let dialect =
            cx.snapshot().map_or_else(Default::default, |snapshot| snapshot.description().dialect());
        let behind = text.text().get(base as usize..).unwrap_or("");
        let possible = complete_inside(behind, (offset - base) as usize, dialect.grammar(), at.inside);
        let Some((id, slots)) = possible.slots else { return Ok(None) };
        let Some(desc) = lookup::statement(id) else { return Ok(None) };
        // The word under the cursor says best what is typed; at a blank, what may come next.
        let here = spot(cx, text, offset).filter(|spot| spot.statement().is_some_and(|known| known.id == id));
        let here = here.and_then(|spot| spot.slot());
        let next = slots.iter().filter_map(|slot| desc.slot_desc(*slot)).map(|slot| slot.name.to_owned());
        let wanted: Vec<String> =
            here.map(|slot| slot.name.to_owned()).into_iter().chain(next).chain(possible.keywords).collect();

        let diagram = shape::diagram(desc);
        let formats = cx.desk.client.capabilities.text_document.as_ref();
        let ability = formats
            .and_then(|text| text.signature_help.as_ref())
            .and_then(|help| help.signature_information.as_ref());
        let formats = ability.and_then(|ability| ability.documentation_format.as_deref());
        let paper = |line: &str| {
            let mut paper = Paper::new(formats);
            paper.line(line);
            Documentation::MarkupContent(paper.done())
        };
        let main = &diagram.main;
        let parts = if let shape::Shape::Sequence(parts) = main {
            parts.as_slice()
        } else {
            std::slice::from_ref(main)
        };
        let mut label = String::new();
        let mut parameters = Vec::new();
        let mut active = None;
        for (number, part) in parts.iter().enumerate() {
            let alone = shape::Diagram { main: part.clone(), fragments: Vec::new() };
            let drawn = notation::draw(&alone, usize::MAX);
            let drawn = drawn.trim_end();
            if number > 0 {
                label.push(' ');
            }
            let start = units(&label);
            label.push_str(drawn);
            if number == 0 {
                continue;
            }
            let named = names(part, &diagram, 0);
            let fitting = wanted.iter().find(|word| named.iter().any(|name| name.eq_ignore_ascii_case(word)));
            let doc = fitting
                .and_then(|word| desc.slot(word))
                .map(|(_, slot)| slot.doc)
                .filter(|doc| !doc.is_empty());
            if fitting.is_some() && active.is_none() {
                active = u32::try_from(parameters.len()).ok();
            }
            parameters.push(ParameterInformation {
                label: ParameterLabel::LabelOffsets([start, units(&label)]),
                documentation: doc.map(paper),
            });
        }
        Ok(Some(SignatureHelp {
            signatures: vec![SignatureInformation {
                label,
                documentation: Some(paper(desc.summary)),
                parameters: Some(parameters),
                active_parameter: active,
            }],
            active_signature: Some(0),
            active_parameter: active,
        }))
    }
}

/// The protocol counts the label in 16-bit units, whatever was agreed for positions.
fn units(label: &str) -> u32 {
    u32::try_from(label.encode_utf16().count()).unwrap_or(u32::MAX)
}

/// The keywords and values in a part of a diagram, fragments included.
fn names(part: &shape::Shape, diagram: &shape::Diagram, depth: usize) -> Vec<String> {
    use shape::Shape;
    let all = |parts: &[Shape]| parts.iter().flat_map(|part| names(part, diagram, depth)).collect::<Vec<_>>();
    match part {
        Shape::Keyword { spelled, .. } => vec![spelled.clone()],
        Shape::Operand(name) => vec![name.clone()],
        Shape::Literal(_) | Shape::Rest => Vec::new(),
        Shape::Fragment(title) => {
            let inner = diagram.fragments.iter().find(|(known, _)| known == title).filter(|_| depth < 8);
            inner.map_or_else(Vec::new, |(_, inner)| names(inner, diagram, depth + 1))
        }
        Shape::Sequence(parts) | Shape::Choice(parts) | Shape::AnyOrder(parts) => all(parts),
        Shape::Optional(inner) | Shape::Repeat(inner, _) => names(inner, diagram, depth),
    }
}
