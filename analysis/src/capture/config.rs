//! NETSTAT CONFIG (04:7.9): tables of `name: value`, several on a line.

use std::collections::BTreeMap;

use super::line::Line;
use super::{Body, Reader};

/// The report while it is read.
#[derive(Default)]
pub(super) struct Rows {
    settings: BTreeMap<String, String>,
}

impl Reader for Rows {
    fn line(&mut self, line: &Line<'_>) -> bool {
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
    /// The first table that has a label keeps it: TCP before UDP.
    fn put(&mut self, label: Option<String>, value: &mut String) {
        let value = std::mem::take(value);
        if let Some(label) = label
            && !value.is_empty()
        {
            self.settings.entry(label).or_insert(value);
        }
    }
}
