//! LINK (03 2).

use grammar::slot::link as slot;
use grammar::tree::StmtView;
use serde::Serialize;

use crate::apply::{Apply, Kind};
use crate::description::nearest;
use crate::place::At;
use crate::read::Read;
use crate::report::Report;
use crate::rules::{link_device_unknown, link_twice};

/// A link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Link {
    /// Its name.
    pub name: String,
    /// Its type as typed, upper case.
    pub kind: String,
    /// The device, where the type tells where it stands.
    pub device: Option<String>,
    /// True for a static VIPA.
    #[serde(rename = "virtual")]
    pub is_virtual: bool,
    /// The name in the text.
    pub at: At,
    /// The device in the text.
    #[serde(skip)]
    pub device_at: At,
}

/// A LINK statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed(Option<Link>);

/// The links.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Part {
    /// In order of definition.
    pub links: Vec<Link>,
}

/// Reads a LINK statement.
pub fn read(view: &StmtView<'_>, cx: &mut Read<'_>) -> Typed {
    let Some(name) = view.parts.get(slot::LINK) else { return Typed(None) };
    let is_virtual = view.parts.has(slot::VIRTUAL);
    let kind = view.parts.tokens().nth(1).map_or(String::new(), |(_, word)| word.upper());
    let device = view.parts.get(slot::DEVICE);
    Typed(Some(Link {
        name: name.upper(),
        kind: if is_virtual { "VIRTUAL".to_owned() } else { kind },
        device: device.map(|word| word.upper()),
        is_virtual,
        at: cx.at(name.span),
        device_at: cx.at(device.map_or(name.span, |word| word.span)),
    }))
}

impl Typed {
    /// Adds the link; its device must be there (DEV-06).
    pub fn apply(&self, cx: &mut Apply<'_>) {
        let Some(link) = &self.0 else { return };
        let what = format!("LINK {}", link.name);
        if let Some(first) = cx.config.link.links.iter().find(|known| known.name == link.name) {
            cx.reports.push(
                Report::new(&link_twice::RULE, link.at, format!("link {} is defined twice", link.name))
                    .related(first.at, "first here")
                    .note("give the second link another name, or take one of them out"),
            );
            cx.change_because(link.at, Kind::Refused, what, "a link of this name is there");
            return;
        }
        if let Some(device) = &link.device
            && !cx.config.device.devices.iter().any(|known| known.name == *device)
        {
            let devices: Vec<&str> =
                cx.config.device.devices.iter().map(|device| device.name.as_str()).collect();
            let mut report = Report::new(
                &link_device_unknown::RULE,
                link.device_at,
                format!(
                    "link {} names device {device}, but no DEVICE of this name stands before it",
                    link.name
                ),
            );
            report = match nearest(device, devices.iter().copied()) {
                Some(near) => report.note(format!("did you mean {near}?")),
                None if devices.is_empty() => report.note("no DEVICE stands before this LINK"),
                None => report.note(format!("devices so far: {}", devices.join(", "))),
            };
            cx.reports.push(report);
            cx.change_because(link.at, Kind::Refused, what, "no device of this name");
            return;
        }
        cx.change(link.at, Kind::Added, what);
        cx.config.link.links.push(link.clone());
    }
}
