//! The document as its reader understood it: a profile in sections, or the scenarios of a file.

use std::sync::Arc;

use compiler::file::FileView;
use grammar::description::{SlotDesc, SlotKind, Type};
use grammar::parse::parse;
use grammar::scenario::{self, Block, Scenario};
use grammar::tree::{StmtView, Word};

use super::Cx;
use super::cx::Text;
use crate::home::Role;

/// What a document is.
pub(crate) enum Page {
    /// A profile, a member, an OBEYFILE.
    Profile(FileView),
    /// A scenario file, or the scenarios in a Markdown file.
    Scenarios(Vec<Played>),
    /// Something else: settings.
    Other,
}

/// A scenario of a file.
pub(crate) struct Played {
    /// Its fenced block, in Markdown.
    pub(crate) block: Option<Block>,
    /// Its lines.
    pub(crate) scenario: Scenario,
}

impl Played {
    /// Its records without their ends, each with its first byte in the file.
    pub(crate) fn records<'t>(&self, text: &'t str) -> impl Iterator<Item = (u32, &'t str)> {
        let mut start = self.block.as_ref().map_or(0, |block| block.start);
        let end = self.block.as_ref().map_or(text.len(), |block| block.end as usize);
        text.get(start as usize..end).unwrap_or("").split_inclusive('\n').map(move |record| {
            let at = start;
            start += u32::try_from(record.len()).unwrap_or(0);
            (at, record.trim_end_matches(['\n', '\r']))
        })
    }
}

impl Page {
    /// Of the document asked about.
    pub(crate) fn of(cx: &Cx<'_>, text: &Text<'_>) -> Self {
        match Role::of(&text.document.path) {
            Role::Description => Self::Other,
            Role::Companion => {
                scenarios(&text.document.path, text.text()).map_or(Self::Other, Self::Scenarios)
            }
            Role::Profile => Self::Profile(profile(cx, text)),
        }
    }
}

/// The profile, as the compiler has it; one that is in no sysplex is read here.
pub(crate) fn profile(cx: &Cx<'_>, text: &Text<'_>) -> FileView {
    let known = cx.snapshot().and_then(|snapshot| snapshot.file(text.file()));
    known.filter(|known| Arc::ptr_eq(&known.source, text.source)).unwrap_or_else(|| {
        let dialect = cx.dialect();
        let parsed = parse(text.text(), dialect.grammar());
        FileView {
            source: Arc::clone(text.source),
            dialect,
            sections: parsed.sections,
            comments: parsed.comments.into(),
        }
    })
}

/// The scenarios of a file whose name says that it holds some.
pub(crate) fn scenarios(path: &str, text: &str) -> Option<Vec<Played>> {
    let (_, extension) = path.rsplit_once('.')?;
    if extension.eq_ignore_ascii_case("scenario") {
        return Some(vec![Played { block: None, scenario: scenario::parse(text) }]);
    }
    if !extension.eq_ignore_ascii_case("md") && !extension.eq_ignore_ascii_case("markdown") {
        return None;
    }
    let played = |(block, scenario)| Played { block: Some(block), scenario };
    Some(scenario::parse_markdown(text).into_iter().map(played).collect())
}

/// The operands of a statement that say what it is about, outside of its entries: the first name or address with those
/// right behind it.
pub(crate) fn subjects<'s>(view: &StmtView<'s>) -> Vec<Word<'s>> {
    let mut found: Vec<Word<'s>> = Vec::new();
    for (slot, word) in view.parts.tokens() {
        let known = view.desc().and_then(|desc| desc.slot_desc(slot));
        if known.is_some_and(names_something) {
            found.push(word);
        } else if !found.is_empty() {
            break;
        }
    }
    found
}

/// Whether an operand names something: an address, an interface, a job, a data set.
fn names_something(slot: &SlotDesc) -> bool {
    match slot.kind {
        SlotKind::Keyword | SlotKind::Group => false,
        SlotKind::Operand(kind) => match kind {
            Type::Ipv4
            | Type::Ipv6
            | Type::Ip
            | Type::Ipv4Net
            | Type::Ipv4OrNet
            | Type::Ipv6Net
            | Type::Ipv6OrNet
            | Type::IpOrNet
            | Type::Ipv4Range
            | Type::Ipv6Range
            | Type::Name(_)
            | Type::Job
            | Type::JobPattern
            | Type::Dsname => true,
            Type::Number(..)
            | Type::Hex(_)
            | Type::Mask
            | Type::PortRange
            | Type::Size(..)
            | Type::Decimal(..)
            | Type::Among(_)
            | Type::Exactly(_)
            | Type::Setting(_)
            | Type::Time
            | Type::Text
            | Type::Word
            | Type::Resource
            | Type::InterfaceId
            | Type::Mac => false,
        },
    }
}

/// A text of at most so many characters, with an ellipsis where something is missing.
pub(crate) fn short(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}
