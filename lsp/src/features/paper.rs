//! Text for people, as Markdown where the client reads it, else plain.

use std::fmt::Display;

use analysis::reference::words::cell;
use ls_types::{MarkupContent, MarkupKind};

/// A text that grows.
pub(crate) struct Paper {
    markdown: bool,
    text: String,
}

impl Paper {
    /// Empty; in the first of the client's forms that we know, Markdown where it says nothing.
    pub(crate) fn new(formats: Option<&[MarkupKind]>) -> Self {
        let first = formats.and_then(<[MarkupKind]>::first);
        Self { markdown: first.is_none_or(|kind| *kind == MarkupKind::Markdown), text: String::new() }
    }
    /// Whether nothing has been written.
    pub(crate) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }
    fn begin(&mut self) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
    }
    fn plain(&self, text: &str) -> String {
        if self.markdown { cell(text) } else { text.to_owned() }
    }
    /// A name, and what it is.
    pub(crate) fn head(&mut self, name: &str, what: &str) {
        self.begin();
        let (name, what) = (self.plain(name), self.plain(what));
        match (self.markdown, what.is_empty()) {
            (true, true) => self.text.push_str(&format!("**{name}**\n")),
            (true, false) => self.text.push_str(&format!("**{name}** — {what}\n")),
            (false, true) => self.text.push_str(&format!("{name}\n")),
            (false, false) => self.text.push_str(&format!("{name}: {what}\n")),
        }
    }
    /// A paragraph.
    pub(crate) fn line(&mut self, text: impl Display) {
        self.begin();
        let text = self.plain(&text.to_string());
        self.text.push_str(&text);
        self.text.push('\n');
    }
    /// Lines of a list; nothing where there are none.
    pub(crate) fn list(&mut self, items: impl IntoIterator<Item = String>) {
        let mut items = items.into_iter().peekable();
        if items.peek().is_some() {
            self.begin();
        }
        for item in items {
            let item = self.plain(&item);
            self.text.push_str(&format!("- {item}\n"));
        }
    }
    /// Text whose columns count.
    pub(crate) fn code(&mut self, text: &str) {
        self.begin();
        let text = text.trim_end();
        if self.markdown {
            self.text.push_str(&format!("```text\n{text}\n```\n"));
        } else {
            self.text.push_str(&format!("{text}\n"));
        }
    }
    /// The text.
    pub(crate) fn done(self) -> MarkupContent {
        let kind = if self.markdown { MarkupKind::Markdown } else { MarkupKind::PlainText };
        MarkupContent { kind, value: self.text.trim_end().to_owned() }
    }
}
