//! What a feature looks at: the compiled state, the document asked about, and the client's way to name places.

use std::sync::{Arc, Mutex};

use compiler::finding::{Finding, Place};
use compiler::source::SourceText;
use compiler::{Dialect, Snapshot};
use grammar::format::Kept;
use ls_types::{Location, Position, Range, Uri};
use tower_lsp::jsonrpc::{Error, Result};

use crate::documents::Documents;
use crate::engine::View;
use crate::positions;
use crate::project::Root;
use crate::settings::{ClientInfo, Hints};
use crate::uri;

/// A compiled sysplex, or profile that stands alone.
pub(crate) struct Sight {
    /// Where it starts.
    pub(crate) root: Root,
    /// At which of its states.
    pub(crate) generation: u64,
    /// The state.
    pub(crate) view: Box<dyn View>,
    /// Its findings, if they are known already.
    pub(crate) findings: Option<Arc<[Finding]>>,
}

/// What is known of the client.
#[derive(Clone)]
pub(crate) struct Desk {
    /// What it can do.
    pub(crate) client: Arc<ClientInfo>,
    /// Documents that it has open, and its names for them.
    pub(crate) documents: Documents,
    /// Hints that it wants.
    pub(crate) hints: Hints,
    /// What the text that was formatted last has become, piece by piece.
    pub(crate) formatted: Arc<Mutex<Kept>>,
}

/// The document asked about.
pub(crate) struct Document {
    /// Our form of the path.
    pub(crate) path: String,
    /// The compiler's form.
    pub(crate) file: Arc<str>,
    /// Its text as it stands in the editor. None when it is neither open nor part of a sysplex.
    pub(crate) text: Option<Arc<SourceText>>,
}

/// What a feature looks at.
pub(crate) struct Cx<'a> {
    /// The sysplex of the document, or all of them. Empty for a document that is in none, and for one whose
    /// description cannot be read. A file that is compiled alone and lies in a sysplex has that as its second.
    pub(crate) sights: &'a [Sight],
    /// The document, where the question is about one.
    pub(crate) document: Option<&'a Document>,
    /// The client.
    pub(crate) desk: &'a Desk,
}

impl Cx<'_> {
    /// The compiled state of the document's sysplex.
    pub(crate) fn snapshot(&self) -> Option<&Snapshot> {
        self.sights.first().and_then(|sight| sight.view.snapshot())
    }
    /// The sysplex that the document takes part in or lies in: the path of its description, and its state.
    pub(crate) fn sysplex(&self) -> Option<(&str, &Snapshot)> {
        let described = |sight: &&Sight| matches!(sight.root, Root::Description(_));
        let sight = self.sights.iter().find(described)?;
        Some((sight.root.path(), sight.view.snapshot()?))
    }
    /// The dialect of its profiles.
    pub(crate) fn dialect(&self) -> Dialect {
        self.snapshot().map_or_else(Default::default, |snapshot| snapshot.description().dialect())
    }
    /// The findings of the document's sysplex.
    pub(crate) fn findings(&self) -> Arc<[Finding]> {
        match self.sights.first() {
            Some(sight) => sight.findings.clone().unwrap_or_else(|| sight.view.findings()),
            None => Arc::from([]),
        }
    }
    /// Every compiled state.
    pub(crate) fn snapshots(&self) -> impl Iterator<Item = &Snapshot> {
        self.sights.iter().filter_map(|sight| sight.view.snapshot())
    }
    /// The document.
    ///
    /// # Errors
    /// Where nobody knows its text.
    pub(crate) fn document(&self) -> Result<Text<'_>> {
        let document = self.document.ok_or_else(|| Error::invalid_params("no document is named"))?;
        match &document.text {
            Some(source) => Ok(Text { document, source, cx: self }),
            None => Err(Error::invalid_params(format!(
                "{} is neither open nor part of a sysplex",
                uri::name(&document.path)
            ))),
        }
    }
    /// The client's name for a file of the compiler.
    pub(crate) fn uri(&self, file: &str) -> Option<Uri> {
        self.desk.documents.uris().of(&uri::clean(file))
    }
    /// The range of a place, in any file of the document's sysplex.
    pub(crate) fn range(&self, place: &Place) -> Range {
        let source = self.sights.iter().find_map(|sight| sight.view.source(&place.file));
        positions::range(source.as_deref(), place, self.desk.client.encoding)
    }
    /// A place, for the client.
    pub(crate) fn location(&self, place: &Place) -> Option<Location> {
        Some(Location { uri: self.uri(&place.file)?, range: self.range(place) })
    }
}

/// The document's text, with offsets against positions.
#[derive(Clone, Copy)]
pub(crate) struct Text<'a> {
    /// Which document.
    pub(crate) document: &'a Document,
    /// Its text.
    pub(crate) source: &'a Arc<SourceText>,
    cx: &'a Cx<'a>,
}

impl<'a> Text<'a> {
    /// The compiler's form of its path.
    pub(crate) fn file(&self) -> &'a Arc<str> {
        &self.document.file
    }
    /// The decoded text.
    pub(crate) fn text(&self) -> &'a str {
        &self.source.text
    }
    /// The byte at a position; past the end is the end.
    pub(crate) fn offset(&self, position: Position) -> u32 {
        positions::offset(self.source, position, self.cx.desk.client.encoding)
    }
    /// The position of a byte.
    pub(crate) fn position(&self, offset: u32) -> Position {
        positions::position(self.source, offset, self.cx.desk.client.encoding)
    }
    /// The same for bytes in order.
    pub(crate) fn lines(&self) -> positions::Walk<'a> {
        positions::Walk::new(self.source, self.cx.desk.client.encoding)
    }
    /// The range from one byte up to another.
    pub(crate) fn range(&self, start: u32, end: u32) -> Range {
        Range { start: self.position(start), end: self.position(end) }
    }
}
