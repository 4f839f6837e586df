//! DEVICE (03 2).

use std::collections::BTreeSet;
use std::sync::Arc;

use grammar::description::Slot;
use grammar::slot::device as slot;
use grammar::tree::{Parts, Span, StmtView};
use grammar::values;
use serde::ser::SerializeStruct as _;
use serde::{Serialize, Serializer};

use crate::apply::{Apply, Kind, Phase};
use crate::name::{Name, upper};
use crate::place::At;
use crate::read::Read;
use crate::report::Report;
use crate::rules::{
    device_buffer_size, device_interface_name, device_number_overlap, device_osa_has_interface,
    device_trle_name, device_twice, name_of_the_stack,
};
use crate::statements::interface;
use crate::statements::names::{self, Made};
use crate::table::{Keyed, Table, key};

/// The types, with the keyword and its slot.
const TYPES: &[(Slot, &str)] = &[
    (slot::VIRTUAL, "VIRTUAL"),
    (slot::MPCIPA, "MPCIPA"),
    (slot::MPCPTP, "MPCPTP"),
    (slot::CTC, "CTC"),
    (slot::LCS, "LCS"),
    (slot::MPCOSA, "MPCOSA"),
    (slot::CLAW, "CLAW"),
    (slot::CDLC, "CDLC"),
    (slot::HCH, "HCH"),
    (slot::SNAIUCV, "SNAIUCV"),
    (slot::SNALU62, "SNALU62"),
    (slot::X25NPSI, "X25NPSI"),
    (slot::ATM, "ATM"),
];

/// A device. A stack may have many thousands for static VIPAs: what these do not need is kept apart, and the rest is packed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    /// Its name.
    pub name: Name,
    /// The name in the text.
    pub at: At,
    /// Device number, of four hexadecimal digits; 0 without one.
    number: u16,
    /// Whether there is one.
    numbered: bool,
    /// Its place in [`TYPES`].
    kind: u8,
    more: Option<Box<More>>,
}

/// What a device for a static VIPA does not have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct More {
    /// The device number in the text, in the section of the name.
    number_span: Span,
    router: Option<&'static str>,
    auto_restart: bool,
    netman: bool,
    buffer: Option<u64>,
    buffer_at: Option<At>,
}

impl Serialize for Device {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Device", 8)?;
        out.serialize_field("name", &self.name)?;
        out.serialize_field("kind", self.kind())?;
        out.serialize_field("number", &self.number())?;
        out.serialize_field("router", &self.more(|more| more.router))?;
        out.serialize_field("auto_restart", &self.more(|more| more.auto_restart))?;
        out.serialize_field("netman", &self.more(|more| more.netman))?;
        out.serialize_field("buffer", &self.more(|more| more.buffer))?;
        out.serialize_field("at", &self.at)?;
        out.end()
    }
}

impl Device {
    fn more<T: Default>(&self, of: impl Fn(&More) -> T) -> T {
        self.more.as_deref().map_or_else(T::default, of)
    }

    /// Its type, in full and upper case.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        TYPES.get(usize::from(self.kind)).map_or("", |(_, kind)| *kind)
    }

    /// Device number; the next one is taken too by CTC and LCS (ADR-10).
    #[must_use]
    pub fn number(&self) -> Option<u32> {
        self.numbered.then_some(u32::from(self.number))
    }

    /// The device number in the text of a device with hardware.
    fn number_at(&self) -> At {
        self.more.as_deref().map_or(self.at, |more| self.at.beside(more.number_span))
    }

    /// A static VIPA.
    #[must_use]
    pub fn is_virtual(&self) -> bool {
        // It stands first.
        self.kind == 0
    }

    /// Whether it takes the number behind its own too (ADR-10).
    fn takes_two(&self) -> bool {
        matches!(self.kind(), "CTC" | "LCS")
    }

    /// Whether the same is said of both.
    fn same(&self, other: &Self) -> bool {
        self.name == other.name
            && self.kind == other.kind
            && self.number == other.number
            && self.said() == other.said()
    }

    /// What is said of its hardware, wherever it stands.
    fn said(&self) -> (Option<&'static str>, bool, bool, Option<u64>) {
        self.more(|more| (more.router, more.auto_restart, more.netman, more.buffer))
    }
}

impl Keyed for Device {
    fn keys(&self, add: &mut dyn FnMut(u64)) {
        add(key(self.name.as_str()));
        if let Some(number) = self.number().filter(|_| self.takes_two()) {
            add(of_number(number));
        }
    }
}

/// The key of a device by its number.
fn of_number(number: u32) -> u64 {
    key(("number", number))
}

/// A DEVICE statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed(Option<Arc<Device>>);

/// The devices.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Part {
    /// In order of definition.
    pub devices: Table<Arc<Device>>,
    /// Names of devices, links and interfaces whose definition was refused.
    #[serde(skip)]
    pub refused: BTreeSet<String>,
}

/// Reads a DEVICE statement.
pub fn read(view: &StmtView<'_>, cx: &mut Read<'_>) -> Typed {
    let parts = &view.parts;
    let [name, number] = parts.firsts([slot::DEVICE, slot::DEVICE_NUMBER]);
    let Some(name) = name else { return Typed(None) };
    let kind = TYPES.iter().position(|(slot, _)| parts.has(*slot));
    let kind = kind.and_then(|kind| u8::try_from(kind).ok()).unwrap_or(u8::MAX);
    // Behind name, type, and the number where there is one.
    let mut more =
        parts.tokens().nth(2 + usize::from(number.is_some())).map_or_else(More::default, |_| more(parts, cx));
    let said = number.and_then(|word| u16::from_str_radix(word.text(), 16).ok());
    let mut device = Device {
        name: upper(name),
        at: cx.at(name.span),
        number: said.unwrap_or(0),
        numbered: said.is_some(),
        kind,
        more: None,
    };
    if let Some(word) = number.filter(|_| !device.is_virtual()) {
        more.number_span = cx.span(word.span);
    }
    device.more = (more != More::default()).then(|| Box::new(more));
    Typed(Some(Arc::new(device)))
}

/// Operands of a device with hardware.
fn more(parts: &Parts<'_>, cx: &Read<'_>) -> More {
    let buffer = parts.get(slot::BUFFER_SIZE);
    More {
        router: match (parts.has(slot::PRIROUTER), parts.has(slot::SECROUTER)) {
            (true, _) => Some("PRIROUTER"),
            (false, true) => Some("SECROUTER"),
            (false, false) => None,
        },
        auto_restart: parts.has(slot::AUTORESTART),
        netman: parts.has(slot::NETMAN),
        buffer: buffer.and_then(|word| values::size(word.text())),
        buffer_at: buffer.map(|word| cx.at(word.span)),
        number_span: Span::default(),
    }
}

impl Typed {
    /// Adds the device; a second one of a name is refused (DEV-03, DEV-11).
    pub fn apply(&self, cx: &mut Apply<'_>) {
        let Some(device) = &self.0 else { return };
        let what = || format!("DEVICE {}", device.name);
        if let Some(first) = names::device(cx.config, &device.name).cloned() {
            if cx.phase == Phase::Obey && device.same(&first) {
                cx.change(device.at, Kind::Unchanged, what());
                return;
            }
            let message = if cx.phase == Phase::Obey {
                format!(
                    "device {} is there already, and a new DEVICE statement does not change it",
                    device.name
                )
            } else {
                format!("device {} is defined twice", device.name)
            };
            cx.reports.push(
                Report::new(&device_twice::RULE, device.at, message)
                    .related(first.at, "first here")
                    .note("one DEVICE statement for each device; to change one, stop it, delete it and define it again"),
            );
            cx.change_because(device.at, Kind::Refused, what(), "a device of this name is there");
            return;
        }
        if refusal(device, cx) {
            cx.config.device.refused.insert(device.name.to_string());
            cx.change_because(device.at, Kind::Refused, what(), "the stack does not allow it");
            return;
        }
        advice(device, cx);
        cx.config.device.refused.remove(device.name.as_str());
        cx.added(device.at, what);
        cx.config.device.devices.push(device.clone());
    }

    /// Has what is known of its name fetched from memory.
    pub(crate) fn fetch(&self, devices: &Table<Arc<Device>>) {
        if let Some(device) = &self.0 {
            devices.fetch(key(device.name.as_str()));
        }
    }

    /// A mistake has cost the statement: what refers to the device needs no finding of its own.
    pub fn dropped(&self, cx: &mut Apply<'_>) {
        if let Some(device) = &self.0 {
            cx.config.device.refused.insert(device.name.to_string());
        }
    }
}

/// At the end of an OBEYFILE data set: what a later one says of a name that was refused is told anew.
pub fn end(cx: &mut Apply<'_>) {
    if cx.phase == Phase::Obey {
        cx.config.device.refused.clear();
    }
}

/// What makes the stack refuse a device.
fn refusal(device: &Device, cx: &mut Apply<'_>) -> bool {
    if device.name == "IUTIQDIO" {
        cx.reports.push(
            Report::new(&name_of_the_stack::RULE, device.at, "IUTIQDIO is the HiperSockets device of dynamic XCF and cannot be defined by hand")
                .note("the stack makes it when DYNAMICXCF is on; for HiperSockets of your own, IUTIQD and the two digits of the channel path"),
        );
        return true;
    }
    if let Some(buffer) = device
        .more(|more| more.buffer)
        .filter(|buffer| device.kind() == "CTC" && !(32_768..=65_535).contains(buffer))
    {
        cx.reports.push(
            Report::new(
                &device_buffer_size::RULE,
                device.more(|more| more.buffer_at).unwrap_or(device.at),
                format!("IOBUFFERSIZE {buffer} of CTC device {} is outside 32768 to 65535", device.name),
            )
            .note("write 32K, 32768 or 65535, or leave IOBUFFERSIZE out"),
        );
        return true;
    }
    if device.kind() != "MPCIPA" {
        return false;
    }
    let ports = &cx.config.interface.ports;
    let on_port = |ipv6: bool| {
        ports
            .with(interface::of_port(&device.name, ipv6))
            .filter(move |port| port.name == device.name && port.ipv6 == ipv6)
    };
    let reason = match (on_port(false).next(), on_port(true).nth(1)) {
        (Some(port), _) => Some((port.at, format!("IPv4 interface {} is on this OSA", port.interface))),
        (None, Some(port)) => {
            Some((port.at, format!("interface {} is the second IPv6 one on this OSA", port.interface)))
        }
        (None, None) => None,
    };
    let Some((at, label)) = reason else { return false };
    cx.reports.push(
        Report::new(
            &device_osa_has_interface::RULE,
            device.at,
            format!("OSA {} has been defined by INTERFACE, so this DEVICE is refused", device.name),
        )
        .related(at, label)
        .note("define the OSA in one way; the refusal lasts until the stack is started again, even if the interface is deleted"),
    );
    true
}

/// What is legal and likely to fail.
fn advice(device: &Device, cx: &mut Apply<'_>) {
    if let Some(interface) = names::interface(cx.config, &device.name) {
        cx.reports.push(
            Report::new(
                &device_interface_name::RULE,
                device.at,
                format!(
                    "{} is a device and an interface, so START {} can mean either",
                    device.name, device.name
                ),
            )
            .related(interface.at, "the interface"),
        );
    }
    if let Some(number) = device.number().filter(|_| device.takes_two()) {
        let devices = &cx.config.device.devices;
        let clash = [number.saturating_sub(1), number, number.saturating_add(1)]
            .into_iter()
            .find_map(|other| devices.find(of_number(other), |known| known.number() == Some(other)));
        if let Some((known, other)) = clash.and_then(|known| Some((known, known.number()?))) {
            cx.reports.push(
                Report::new(
                    &device_number_overlap::RULE,
                    device.number_at(),
                    format!(
                        "device {} takes {number:04X} and {:04X}, device {} takes {other:04X} and {:04X}",
                        device.name,
                        number.saturating_add(1),
                        known.name,
                        other.saturating_add(1)
                    ),
                )
                .related(known.number_at(), format!("device number of {}", known.name))
                .note("CTC and LCS devices take the number that is given and the next one"),
            );
        }
    }
    let made = names::made(&device.name) == Some(Made::Device);
    if matches!(device.kind(), "MPCPTP" | "MPCIPA") && !made && device.name.len() > 8 {
        let of = if device.kind() == "MPCPTP" { "the name of a TRLE" } else { "the PORTNAME of a TRLE" };
        cx.reports.push(
            Report::new(
                &device_trle_name::RULE,
                device.at,
                format!(
                    "{} device {} cannot be {of}, which has at most 8 characters",
                    device.kind(),
                    device.name
                ),
            )
            .note("VTAM finds the hardware by this name, so the device will not start"),
        );
    }
}
