//! DEVICE (03 2).

use grammar::slot::device as slot;
use grammar::tree::StmtView;
use serde::Serialize;

use crate::apply::{Apply, Kind};
use crate::place::At;
use crate::read::Read;
use crate::report::Report;
use crate::rules::device_twice;

/// A device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Device {
    /// Its name.
    pub name: String,
    /// Its type as typed, upper case.
    pub kind: String,
    /// The name in the text.
    pub at: At,
}

/// A DEVICE statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed(Option<Device>);

/// The devices.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Part {
    /// In order of definition.
    pub devices: Vec<Device>,
}

/// Reads a DEVICE statement.
pub fn read(view: &StmtView<'_>, cx: &mut Read<'_>) -> Typed {
    let name = view.parts.get(slot::DEVICE);
    let kind = view.parts.tokens().nth(1).map_or(String::new(), |(_, word)| word.upper());
    let kind = if view.parts.has(slot::VIRTUAL) { "VIRTUAL".to_owned() } else { kind };
    Typed(name.map(|name| Device { name: name.upper(), kind, at: cx.at(name.span) }))
}

impl Typed {
    /// Adds the device; a second one of a name is refused (DEV-03).
    pub fn apply(&self, cx: &mut Apply<'_>) {
        let Some(device) = &self.0 else { return };
        if let Some(first) = cx.config.device.devices.iter().find(|known| known.name == device.name) {
            cx.reports.push(
                Report::new(&device_twice::RULE, device.at, format!("device {} is defined twice", device.name))
                    .related(first.at, "first here")
                    .note("one DEVICE statement for each device; to change one, stop it, delete it and define it again"),
            );
            cx.change_because(
                device.at,
                Kind::Refused,
                format!("DEVICE {}", device.name),
                "a device of this name is there",
            );
            return;
        }
        cx.change(device.at, Kind::Added, format!("DEVICE {}", device.name));
        cx.config.device.devices.push(device.clone());
    }
}
