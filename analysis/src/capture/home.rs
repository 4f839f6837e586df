//! NETSTAT HOME (04:7.7): home addresses, in the order that source addresses are chosen by.

use std::net::IpAddr;

use schemars::JsonSchema;
use serde::Serialize;

use super::line::Line;
use super::words::{address, filled};
use super::{Body, Reader};

/// A home address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Home {
    /// The address.
    pub address: IpAddr,
    /// Link or interface.
    pub link: Option<String>,
    /// PRIMARY.
    pub primary: bool,
    /// INTERNAL: a distributed DVIPA for which this stack is only a target.
    pub internal: bool,
}

/// The report while it is read.
#[derive(Default)]
pub(super) struct Rows {
    rows: Vec<Home>,
    link: Option<String>,
}

const LABELS: &[&str] = &["Home Address List", "LinkName", "IntfName", "Address", "Flags", "Type"];

impl Reader for Rows {
    fn line(&mut self, line: &Line<'_>) -> bool {
        if line.has("Home Address List") || line.starts(&["Address", "Link"]) {
            return true;
        }
        let pairs = line.pairs(LABELS);
        if pairs.is_empty() {
            let row = line.row(short);
            let read = row.is_some();
            self.rows.extend(row);
            return read;
        }
        for (label, value) in &pairs {
            match *label {
                "LinkName" | "IntfName" => self.link = filled(value),
                "Address" => {
                    if let Some((address, _)) = value.split_whitespace().next().and_then(address) {
                        let link = self.link.clone();
                        self.rows.push(Home { address, link, primary: false, internal: false });
                    }
                }
                "Flags" => {
                    if let Some(last) = self.rows.last_mut() {
                        flags(last, value);
                    }
                }
                _ => {}
            }
        }
        true
    }

    fn body(self: Box<Self>) -> Body {
        Body::Home(self.rows)
    }
}

/// `192.0.2.9 VIPLC0000209 I`.
fn short(words: &[&str]) -> Option<Home> {
    let [first, link, rest @ ..] = words else { return None };
    let mut home = Home {
        address: first.parse().ok()?,
        link: Some((*link).to_owned()),
        primary: false,
        internal: false,
    };
    flags(&mut home, rest.first().unwrap_or(&""));
    Some(home)
}

fn flags(home: &mut Home, words: &str) {
    for word in words.split([' ', ',']) {
        home.primary |= word.eq_ignore_ascii_case("P") || word.eq_ignore_ascii_case("Primary");
        home.internal |= word.eq_ignore_ascii_case("I") || word.eq_ignore_ascii_case("Internal");
    }
}
