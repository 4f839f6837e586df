//! NETSTAT CONFIG (04:7.9): tables of `name: value`, several on a line.

use std::collections::BTreeMap;

use super::line::Line;
use super::{Body, Reader};

/// The report while it is read.
#[derive(Default)]
pub(super) struct Rows {
    settings: BTreeMap<String, String>,
    /// In front of the labels of a table whose labels others have, too.
    table: &'static str,
}

/// Tables whose labels others have, too.
const SHARED: [(&str, &str); 2] =
    [("UDP Configuration Table", "UDP "), ("IPv6 Configuration Table", "IPV6 ")];

impl Reader for Rows {
    fn line(&mut self, line: &Line<'_>) -> bool {
        if line.has("Configuration") || line.has("Information") || line.has("Parameters") {
            self.table = SHARED.iter().find(|(title, _)| line.has(title)).map_or("", |(_, table)| table);
        }
        let mut label: Option<String> = None;
        let mut value = String::new();
        let mut read = false;
        for word in line.words() {
            match word.strip_suffix(':').filter(|name| name.starts_with(|c: char| c.is_ascii_alphabetic())) {
                Some(name) => {
                    self.put(label.take(), &mut value);
                    label = Some(name.to_ascii_uppercase());
                    read = true;
                }
                None => {
                    if !value.is_empty() {
                        value.push(' ');
                    }
                    value.push_str(word);
                }
            }
        }
        self.put(label, &mut value);
        read || line.has("Configuration") || line.has("Information") || line.has("Parameters")
    }

    fn body(self: Box<Self>) -> Body {
        Body::Config(self.settings)
    }
}

impl Rows {
    /// The first table that has a label keeps it.
    fn put(&mut self, label: Option<String>, value: &mut String) {
        let value = std::mem::take(value);
        if let Some(label) = label
            && !value.is_empty()
        {
            self.settings.entry(format!("{}{label}", self.table)).or_insert(value);
        }
    }
}
