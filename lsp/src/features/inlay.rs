//! `textDocument/inlayHint`: a mask as the length of its prefix, defaults that are in effect, what symbols stand for, the place
//! of a backup in its chain, who owns a DVIPA, whose an XCF address is. Each kind can be turned off.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use analysis::holders::Holders;
use compiler::cluster::Cluster;
use compiler::file::Reader;
use compiler::symbols::resolve;
use grammar::description::{SlotDesc, SlotKind, Type};
use grammar::parse::Placed;
use grammar::tree::{Span, StmtView, Word};
use grammar::values;
use ls_types::{
    InlayHint, InlayHintKind, InlayHintLabel, InlayHintOptions, InlayHintParams, InlayHintServerCapabilities,
    InlayHintTooltip, OneOf, ServerCapabilities,
};
use tower_lsp::jsonrpc::Result;

use super::page::Page;
use super::{Cx, Feature, Scope};
use crate::settings::{ClientInfo, Hints};

/// The feature.
pub(crate) struct Inlay;

impl Feature for Inlay {
    const METHOD: &'static str = "textDocument/inlayHint";
    type Params = InlayHintParams;
    type Answer = Option<Vec<InlayHint>>;

    fn scope(params: &Self::Params) -> Scope {
        Scope::Document(params.text_document.uri.clone())
    }
    fn register(capabilities: &mut ServerCapabilities, _: &ClientInfo) {
        capabilities.inlay_hint_provider =
            Some(OneOf::Right(InlayHintServerCapabilities::Options(InlayHintOptions {
                resolve_provider: Some(false),
                ..InlayHintOptions::default()
            })));
    }
    fn answer(cx: &Cx<'_>, params: &Self::Params) -> Result<Self::Answer> {
        let text = cx.document()?;
        let Page::Profile(file) = Page::of(cx, &text) else { return Ok(None) };
        let (start, end) = (text.offset(params.range.start), text.offset(params.range.end));
        let snapshot = cx.snapshot();
        let asker = Asker {
            wanted: &cx.desk.hints,
            readers: snapshot.map(|snapshot| snapshot.readers(text.file())).unwrap_or_default(),
            cluster: snapshot.and_then(compiler::Snapshot::cluster),
        };
        let mut hints = Vec::new();
        for placed in file.sections.iter().filter(|placed| placed.start <= end) {
            let last =
                placed.start.saturating_add(u32::try_from(placed.section.text.len()).unwrap_or(u32::MAX));
            if last < start {
                continue;
            }
            for view in placed.section.views() {
                asker.statement(placed, &view, &mut hints);
            }
        }
        hints.retain(|hint| start <= hint.at && hint.at <= end);
        hints.sort_by_key(|hint| hint.at);
        let show = |hint: Hint| InlayHint {
            position: text.position(hint.at),
            label: InlayHintLabel::String(hint.label),
            kind: Some(InlayHintKind::PARAMETER),
            text_edits: None,
            tooltip: (!hint.tooltip.is_empty()).then_some(InlayHintTooltip::String(hint.tooltip)),
            padding_left: Some(true),
            padding_right: None,
            data: None,
        };
        Ok(Some(hints.into_iter().map(show).collect()))
    }
}

/// Shown behind a byte of the document.
struct Hint {
    at: u32,
    label: String,
    tooltip: String,
}

struct Asker<'a> {
    wanted: &'a Hints,
    readers: Vec<Reader>,
    cluster: Option<std::sync::Arc<Cluster>>,
}

impl Asker<'_> {
    fn statement(&self, placed: &Placed, view: &StmtView<'_>, hints: &mut Vec<Hint>) {
        if self.wanted.defaults && view.stmt.known {
            defaults(placed, view, hints);
        }
        for (slot, word) in view.parts.tokens() {
            let Some(slot) = view.desc().and_then(|desc| desc.slot_desc(slot)) else { continue };
            let SlotKind::Operand(kind) = slot.kind else { continue };
            let at = placed.start + word.span.end();
            let symbols = placed.section.symbols && word.text().contains('&');
            if symbols && self.wanted.symbols {
                hints.extend(self.symbols(word.text(), at));
            }
            if kind == Type::Mask && self.wanted.masks {
                let bits = values::mask(word.text());
                hints.extend(bits.map(|bits| Hint { at, label: format!("/{bits}"), tooltip: String::new() }));
            }
            if is_address(kind) {
                self.address(view, slot, word, at, hints);
            }
        }
    }

    /// What a word becomes on the stacks that read it.
    fn symbols(&self, word: &str, at: u32) -> Option<Hint> {
        let mut values: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        let mut lines = Vec::new();
        for reader in &self.readers {
            let (value, _, unknown) = resolve(word, &reader.setup.symbols);
            let value = if unknown.is_empty() { value } else { "no value".to_owned() };
            lines.push(format!("{}: {value}", reader.setup.name));
            values.entry(value).or_default().push(&reader.setup.name);
        }
        let label = match values.len() {
            0 => return None,
            1 => format!("= {}", values.into_keys().next()?),
            count => format!("{count} values on {} stacks", self.readers.len()),
        };
        let tooltip = if self.readers.len() > 1 { lines.join("\n") } else { String::new() };
        Some(Hint { at, label, tooltip })
    }

    /// An address, on every stack that reads it.
    fn addresses<'r>(&'r self, word: Word<'_>) -> Vec<(&'r Reader, IpAddr)> {
        let one = |reader: &'r Reader| {
            let (text, _, _) = resolve(word.text(), &reader.setup.symbols);
            let address =
                values::ip(&text).or_else(|| reader.setup.addresses.get(&text.to_ascii_uppercase()).copied());
            Some((reader, address?))
        };
        if word.text().contains('&') {
            return self.readers.iter().filter_map(one).collect();
        }
        // Without symbols it is the same on all; only groups can differ.
        let mut groups = BTreeSet::new();
        self.readers.iter().filter(|reader| groups.insert(&reader.setup.group)).filter_map(one).collect()
    }

    fn address(&self, view: &StmtView<'_>, slot: &SlotDesc, word: Word<'_>, at: u32, hints: &mut Vec<Hint>) {
        let Some(cluster) = &self.cluster else { return };
        let name = view.name();
        if name == "VIPADEFINE" || !(self.wanted.owners || self.wanted.ranks) {
            return;
        }
        let mut said: BTreeSet<(String, String)> = BTreeSet::new();
        for (reader, address) in self.addresses(word) {
            let group = &reader.setup.group;
            if slot.name == "xcf" && self.wanted.owners {
                let own = |name: &str| self.readers.iter().any(|reader| reader.setup.name == name);
                if let Some(stack) = cluster.by_xcf(group, address).filter(|stack| !own(stack.name())) {
                    said.insert((stack.name().to_owned(), String::new()));
                }
                continue;
            }
            let Some(holders) = Holders::of(cluster, group, address) else { continue };
            let backup = name == "VIPABACKUP";
            if backup && self.wanted.ranks {
                said.extend(self.rank(&holders, &reader.setup.name, word));
            }
            let own = holders.definers == [reader.setup.name.clone()] && self.readers.len() == 1;
            if self.wanted.owners && !own {
                said.insert((holders.owner(), format!("{address}: {}", holders.words())));
            }
        }
        if said.len() > MOST {
            let tooltip: Vec<String> = said.into_iter().map(|(_, tooltip)| tooltip).collect();
            hints.push(Hint { at, label: "differs by stack".to_owned(), tooltip: tooltip.join("\n") });
        } else if !said.is_empty() {
            // In one: two hints behind one word read like one sentence without sense.
            let (labels, mut tooltips): (Vec<String>, Vec<String>) = said.into_iter().unzip();
            tooltips.retain(|tooltip| !tooltip.is_empty());
            hints.push(Hint { at, label: labels.join(", "), tooltip: tooltips.join("\n") });
        }
    }

    /// The place in the chain. Where several stacks read the same text, only if it is the same for all.
    fn rank(&self, holders: &Holders, stack: &str, word: Word<'_>) -> Option<(String, String)> {
        let (place, count) = holders.place(stack)?;
        let several = self.readers.len() > 1 && !word.text().contains('&');
        // The owner's hint says who they are.
        let words = if self.wanted.owners { String::new() } else { holders.words() };
        (!several && count > 1).then(|| (format!("{} of {count} backups", ordinal(place)), words))
    }
}

/// So many different hints stand behind one word.
const MOST: usize = 2;

fn ordinal(place: usize) -> String {
    let ending = match (place % 10, place % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        (_, _) => "th",
    };
    format!("{place}{ending}")
}

fn is_address(kind: Type) -> bool {
    match kind {
        Type::Ipv4 | Type::Ipv6 | Type::Ip | Type::Ipv4OrNet | Type::Ipv6OrNet | Type::IpOrNet => true,
        Type::Ipv4Net
        | Type::Ipv6Net
        | Type::Mask
        | Type::Name(_)
        | Type::Job
        | Type::JobPattern
        | Type::Number(..)
        | Type::Hex(_)
        | Type::Ipv4Range
        | Type::Ipv6Range
        | Type::PortRange
        | Type::Size(..)
        | Type::Decimal(..)
        | Type::Among(_)
        | Type::Exactly(_)
        | Type::Setting(_)
        | Type::Time
        | Type::Text
        | Type::Word
        | Type::Dsname
        | Type::Resource
        | Type::InterfaceId
        | Type::Mac => false,
    }
}

/// The defaults of VIPADYNAMIC that decide who takes over and who serves: the others would be noise.
fn defaults(placed: &Placed, view: &StmtView<'_>, hints: &mut Vec<Hint>) {
    let Some(desc) = view.desc() else { return };
    let slot = |name: &str| desc.slot(name);
    let absent = |name: &str| slot(name).is_some_and(|(slot, _)| !view.parts.has(slot));
    let default = |name: &str| slot(name).map(|(_, known)| known.default).filter(|value| !value.is_empty());
    let mut say = |span: Span, label: String| {
        hints.push(Hint { at: placed.start + span.end(), label, tooltip: "the default".to_owned() });
    };
    match desc.name {
        "VIPABACKUP" if absent("rank") => {
            if let Some(rank) = default("rank") {
                say(view.stmt.name, format!("rank {rank}"));
            }
        }
        "VIPADEFINE" if absent("MOVEABLE") => {
            if let Some(how) = default("MOVEABLE") {
                say(view.stmt.name, format!("MOVEABLE {how}"));
            }
        }
        "VIPADISTRIBUTE" if absent("DELETE") => {
            if absent("DISTMETHOD")
                && let Some(method) = default("DISTMETHOD")
            {
                say(view.stmt.name, format!("DISTMETHOD {method}"));
            }
            if absent("PORT")
                && let Some((dvipa, _)) = slot("dvipa")
                && let Some(word) = view.parts.get(dvipa)
            {
                say(word.span, "every port that a server binds".to_owned());
            }
            if !absent("WEIGHTEDACTIVE")
                && let (Some((target, _)), Some((weight, _))) = (slot("target"), slot("WEIGHT"))
                && let Some(share) = default("share")
            {
                for group in view.parts.groups(target).filter(|group| !group.has(weight)) {
                    if let Some(span) = group.span() {
                        say(span, format!("WEIGHT {share}"));
                    }
                }
            }
        }
        _ => {}
    }
}
