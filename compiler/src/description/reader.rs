//! Takes values out of TOML tables, with a finding for each that does not fit.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::nearest::{listed, nearest};
use super::{DescriptionFinding, RULE_UNKNOWN_KEY, RULE_VALUE, Spanned};

/// A value of the TOML tree.
pub(super) type Value<'i> = toml::Spanned<DeValue<'i>>;

/// A table with its name for messages (`[model]`, `[[stack]]`) and its place.
pub(super) struct Section<'t, 'i> {
    pub(super) table: &'t DeTable<'i>,
    pub(super) name: &'t str,
    pub(super) span: Range<usize>,
}

impl<'t, 'i> Section<'t, 'i> {
    pub(super) fn get(&self, key: &str) -> Option<&'t Value<'i>> {
        self.table.get(key)
    }
    /// Entries in the order of the text.
    pub(super) fn entries(&self) -> Vec<(Spanned<String>, &'t Value<'i>)> {
        let entries = self.table.iter();
        let mut entries: Vec<_> = entries
            .map(|(key, value)| (Spanned::new(key.get_ref().to_string(), key.span()), value))
            .collect();
        entries.sort_by_key(|(key, _)| key.span.start);
        entries
    }
}

/// Collects findings.
#[derive(Default)]
pub(super) struct Reader {
    pub(super) findings: Vec<DescriptionFinding>,
}

impl Reader {
    pub(super) fn report(
        &mut self,
        rule: &'static str,
        span: Range<usize>,
        message: String,
        notes: &[String],
    ) {
        let notes = notes.to_vec();
        self.findings.push(DescriptionFinding { rule, message, span, related: Vec::new(), notes });
    }
    pub(super) fn value(&mut self, span: Range<usize>, message: String) {
        self.report(RULE_VALUE, span, message, &[]);
    }
    fn wrong_type(&mut self, name: &str, value: &Value<'_>, wanted: &str) {
        let found = type_name(value.get_ref());
        self.value(value.span(), format!("{name} must be {wanted}, not {found}"));
    }

    /// A value that must be a table.
    pub(super) fn table<'t, 'i>(&mut self, name: &'t str, value: &'t Value<'i>) -> Option<Section<'t, 'i>> {
        if let DeValue::Table(table) = value.get_ref() {
            return Some(Section { table, name, span: value.span() });
        }
        self.wrong_type(name, value, "a table");
        None
    }
    /// Reports every key that is not among those possible.
    pub(super) fn unknown_keys(&mut self, section: &Section<'_, '_>, possible: &[&str]) {
        for (key, _) in section.entries() {
            if possible.contains(&key.value.as_str()) {
                continue;
            }
            let place = if section.name.is_empty() { "sysplex.toml" } else { section.name };
            let near = nearest(&key.value, possible.iter().copied());
            let hint = near.map_or_else(String::new, |near| format!(": did you mean `{near}`?"));
            let all = format!("possible in {place}: {}", listed(possible.iter().copied()));
            self.report(
                RULE_UNKNOWN_KEY,
                key.span,
                format!("unknown key `{}` in {place}{hint}", key.value),
                &[all],
            );
        }
    }
    /// A text that need not be there.
    pub(super) fn text(&mut self, section: &Section<'_, '_>, key: &str) -> Option<Spanned<String>> {
        let value = section.get(key)?;
        self.text_of(&format!("`{key}` of {}", section.name), value)
    }
    /// A value that must be a text.
    pub(super) fn text_of(&mut self, name: &str, value: &Value<'_>) -> Option<Spanned<String>> {
        if let DeValue::String(text) = value.get_ref() {
            return Some(Spanned::new(text.to_string(), value.span()));
        }
        let found = type_name(value.get_ref());
        let hint = scalar(value.get_ref()).map_or_else(String::new, |scalar| format!(": write {scalar:?}"));
        self.value(value.span(), format!("{name} must be text in quotes, not {found}{hint}"));
        None
    }
    /// One text or a list of texts; empty when it is not there.
    pub(super) fn texts(&mut self, section: &Section<'_, '_>, key: &str) -> Vec<Spanned<String>> {
        let Some(value) = section.get(key) else { return Vec::new() };
        let name = format!("`{key}` of {}", section.name);
        match value.get_ref() {
            DeValue::Array(list) => {
                let item = format!("an item of {name}");
                list.iter().filter_map(|one| self.text_of(&item, one)).collect()
            }
            DeValue::String(text) => vec![Spanned::new(text.to_string(), value.span())],
            DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_)
            | DeValue::Table(_) => {
                self.wrong_type(&name, value, "text in quotes or a list of texts");
                Vec::new()
            }
        }
    }
    /// True or false.
    pub(super) fn boolean(&mut self, section: &Section<'_, '_>, key: &str) -> Option<Spanned<bool>> {
        let value = section.get(key)?;
        if let DeValue::Boolean(yes) = value.get_ref() {
            return Some(Spanned::new(*yes, value.span()));
        }
        self.wrong_type(&format!("`{key}` of {}", section.name), value, "true or false, without quotes");
        None
    }
    /// One of a few words.
    pub(super) fn word<T: Copy>(
        &mut self,
        section: &Section<'_, '_>,
        key: &str,
        possible: &[(&str, T)],
    ) -> Option<Spanned<T>> {
        let value = section.get(key)?;
        self.word_of(&format!("`{key}` of {}", section.name), value, possible)
    }
    /// A value that must be one of a few words.
    pub(super) fn word_of<T: Copy>(
        &mut self,
        name: &str,
        value: &Value<'_>,
        possible: &[(&str, T)],
    ) -> Option<Spanned<T>> {
        let text = self.text_of(name, value)?;
        if let Some((_, found)) = possible.iter().find(|(word, _)| *word == text.value) {
            return Some(Spanned::new(*found, text.span));
        }
        let words = || possible.iter().map(|(word, _)| *word);
        let hint = nearest(&text.value, words())
            .map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
        let message = format!("{name} is {:?}, but must be {}{hint}", text.value, listed(words()));
        self.value(text.span, message);
        None
    }
    /// A table of texts by key, in order of the text.
    pub(super) fn text_map(
        &mut self,
        section: &Section<'_, '_>,
        key: &str,
    ) -> Vec<(Spanned<String>, Spanned<String>)> {
        let Some(value) = section.get(key) else { return Vec::new() };
        let name = format!("`{key}` of {}", section.name);
        let Some(inner) = self.table(&name, value) else { return Vec::new() };
        let mut pairs = Vec::new();
        for (key, value) in inner.entries() {
            if let Some(text) = self.text_of(&format!("`{}` in {name}", key.value), value) {
                pairs.push((key, text));
            }
        }
        pairs
    }
}

/// A value that is no text, as it was written; `None` for lists and tables.
pub(super) fn scalar(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Integer(number) => Some(number.to_string()),
        DeValue::Float(number) => Some(number.to_string()),
        DeValue::Boolean(yes) => Some(yes.to_string()),
        DeValue::Datetime(time) => Some(time.to_string()),
        DeValue::Array(_) | DeValue::Table(_) => None,
    }
}

fn type_name(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date or time",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
