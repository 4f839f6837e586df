//! VIPASMPARMS: values for Cisco forwarding agents (01 2.7).

use std::net::Ipv4Addr;

use grammar::slot::vipasmparms as slot;
use grammar::tree::StmtView;
use serde::Serialize;

use super::ipconfig::Placed;
use super::options;
use super::secret::Secret;
use crate::apply::Apply;
use crate::place::At;
use crate::read::Read;

/// The values.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Part {
    /// SMMCAST.
    pub group: Option<Placed<Ipv4Addr>>,
    /// SMPORT.
    pub port: Option<Placed<u16>>,
    /// SMPASS.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password: Option<Secret>,
    /// The statement that stands last, if one does.
    pub at: Option<At>,
}

/// A VIPASMPARMS statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed(Part);

/// Reads a VIPASMPARMS statement.
pub fn read(view: &StmtView<'_>, cx: &mut Read<'_>) -> Typed {
    let parts = &view.parts;
    let group = parts.get(slot::GROUP);
    Typed(Part {
        group: group.and_then(|word| Some(Placed { value: word.ipv4()?, at: cx.at(word.span) })),
        port: options::number(parts, slot::PORT_NUMBER, cx),
        password: parts.get(slot::PASSWORD).map(|word| Secret::new(word.text())),
        at: Some(cx.at(view.stmt.name)),
    })
}

impl Typed {
    /// Completes or changes the values (VS-04).
    pub fn apply(&self, cx: &mut Apply<'_>) {
        let part = &mut cx.config.vipasmparms;
        let before = part.clone();
        part.group = self.0.group.or(part.group);
        part.port = self.0.port.or(part.port);
        if self.0.password.is_some() {
            part.password.clone_from(&self.0.password);
        }
        part.at = self.0.at;
        // A password is never printed, so it is compared by itself.
        let changed = before.password != part.password || options::differ(&before, part, cx.phase);
        options::taken(changed, "VIPASMPARMS", cx);
    }
}
