//! LINK (03 2).

use std::num::NonZeroU16;
use std::sync::Arc;

use grammar::description::Slot;
use grammar::slot::link as slot;
use grammar::tree::{Span, StmtView};
use serde::ser::SerializeStruct as _;
use serde::{Serialize, Serializer};

use crate::apply::{Apply, Kind, Phase};
use crate::name::{Name, upper};
use crate::place::At;
use crate::read::Read;
use crate::report::Report;
use crate::rules::{
    interface_dynvlanreg_without_vlan, link_adapter_twice, link_device_full, link_device_kind,
    link_device_unknown, link_hipersockets_device, link_interface_name, link_twice, name_of_the_stack,
};
use crate::statements::coded::{self, Coded};
use crate::statements::names;
use crate::table::{Keyed, Table, key};

/// The types: slot, keyword, and the types of device that they need (03 14).
const TYPES: &[(Slot, &str, &[&str])] = &[
    (slot::VIRTUAL, "VIRTUAL", &["VIRTUAL"]),
    (slot::IPAQENET, "IPAQENET", &["MPCIPA"]),
    (slot::IPAQIDIO, "IPAQIDIO", &["MPCIPA"]),
    (slot::IPAQTR, "IPAQTR", &["MPCIPA"]),
    (slot::MPCPTP, "MPCPTP", &["MPCPTP"]),
    (slot::CTC, "CTC", &["CTC"]),
    (slot::ETHERNET, "ETHERNET", &["LCS"]),
    (slot::IBMTR, "IBMTR", &["LCS"]),
    (slot::FDDI, "FDDI", &["LCS"]),
    (slot::OSAENET, "OSAENET", &["MPCOSA"]),
    (slot::OSAFDDI, "OSAFDDI", &["MPCOSA"]),
    (slot::IP, "IP", &["CLAW"]),
    (slot::CDLC, "CDLC", &["CDLC"]),
    (slot::SAMEHOST, "SAMEHOST", &["X25NPSI", "SNAIUCV", "SNALU62"]),
    (slot::IUCV, "IUCV", &["X25NPSI"]),
    (slot::ATM, "ATM", &["ATM"]),
    (slot::HCH, "HCH", &["HCH"]),
];

/// The other spellings of ETHERNET.
const LAN: &[&str] = &["802.3", "ETHEROR802.3"];

/// A link. A stack may have many thousands of static VIPAs: what these do not need is kept apart, and the rest is packed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Its name.
    pub name: Name,
    /// Empty where there is none.
    device: Name,
    /// The name in the text.
    pub at: At,
    /// One more than the link number or adapter; where that is too great it is in `more`.
    number: Option<NonZeroU16>,
    /// Its place in [`TYPES`], and behind them in [`LAN`].
    kind: u8,
    more: Option<Box<More>>,
}

/// What a static VIPA does not have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct More {
    /// A number that is too great for its place.
    number: Option<u32>,
    /// The number in the text, in the section of the name.
    number_span: Span,
    vlan: Option<u64>,
    options: Coded,
    monitored: bool,
    register_at: Option<At>,
}

impl Serialize for Link {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let options = self.more.as_deref().map(|more| &more.options).filter(|options| !options.is_empty());
        let mut out = serializer.serialize_struct("Link", 7 + usize::from(options.is_some()))?;
        out.serialize_field("name", &self.name)?;
        out.serialize_field("kind", self.kind())?;
        out.serialize_field("device", &self.device())?;
        out.serialize_field("number", &self.number())?;
        out.serialize_field("vlan", &self.vlan())?;
        out.serialize_field("virtual", &self.is_virtual())?;
        match options {
            Some(options) => out.serialize_field("options", options)?,
            None => out.skip_field("options")?,
        }
        out.serialize_field("at", &self.at)?;
        out.end()
    }
}

impl Link {
    /// The device, where the type tells where it stands.
    #[must_use]
    pub fn device(&self) -> Option<&str> {
        Some(self.device.as_str()).filter(|device| !device.is_empty())
    }

    /// Its type, in full and upper case.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        let mut kinds = TYPES.iter().map(|(_, kind, _)| *kind).chain(LAN.iter().copied());
        kinds.nth(usize::from(self.kind)).unwrap_or("")
    }

    /// A static VIPA.
    #[must_use]
    pub fn is_virtual(&self) -> bool {
        // It stands first.
        self.kind == 0
    }

    /// Link number or adapter.
    #[must_use]
    pub fn number(&self) -> Option<u32> {
        let small = self.number.map(|number| u32::from(number.get()).saturating_sub(1));
        small.or_else(|| self.more.as_deref()?.number)
    }

    /// VLANID.
    #[must_use]
    pub fn vlan(&self) -> Option<u64> {
        self.more.as_deref().and_then(|more| more.vlan)
    }

    /// MONSYSPLEX.
    #[must_use]
    pub fn monitored(&self) -> bool {
        self.more.as_deref().is_some_and(|more| more.monitored)
    }

    /// The number in the text of a link to hardware.
    fn number_at(&self) -> At {
        self.more.as_deref().map_or(self.at, |more| self.at.beside(more.number_span))
    }

    /// What is said beside its type and device, wherever it stands.
    fn said(&self) -> (Option<u32>, Option<u64>, Option<&Coded>) {
        let options = self.more.as_deref().map(|more| &more.options);
        (self.number(), self.vlan(), options.filter(|options| !options.is_empty()))
    }

    /// Of a type that is gone in the releases of today.
    #[must_use]
    pub fn is_retired(&self) -> bool {
        !matches!(self.kind(), "VIRTUAL" | "IPAQENET" | "IPAQIDIO" | "MPCPTP" | "CTC") && !self.is_lan()
    }

    /// Ethernet in one of its three spellings, on an LCS device.
    #[must_use]
    pub fn is_lan(&self) -> bool {
        matches!(self.kind(), "ETHERNET" | "802.3" | "ETHEROR802.3")
    }
}

impl Keyed for Link {
    fn keys(&self, add: &mut dyn FnMut(u64)) {
        add(key(self.name.as_str()));
        if let Some(device) = self.device() {
            add(of_device(device));
            // Who looks for it looks for another link of an LCS device.
            if !self.is_virtual() {
                add(of_adapter(device, self.number()));
            }
        }
    }
}

/// The key of the links of a device.
#[must_use]
pub fn of_device(device: &str) -> u64 {
    key(("device", device))
}

fn of_adapter(device: &str, number: Option<u32>) -> u64 {
    key(("adapter", device, number))
}

/// A LINK statement: the link, and the device in the text, in the section of the name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed(Option<(Arc<Link>, Span)>);

/// The links.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Part {
    /// In order of definition.
    pub links: Table<Arc<Link>>,
}

/// Reads a LINK statement.
pub fn read(view: &StmtView<'_>, cx: &mut Read<'_>) -> Typed {
    let parts = &view.parts;
    let [name, is_virtual, device, number, adapter] =
        parts.firsts([slot::LINK, slot::VIRTUAL, slot::DEVICE, slot::LINK_NUMBER, slot::ADAPTER]);
    let Some(name) = name else { return Typed(None) };
    let typed = || {
        let (_, word) = parts.tokens().nth(1)?;
        let place = LAN.iter().position(|kind| word.text().eq_ignore_ascii_case(kind))?;
        Some(place + TYPES.len())
    };
    let kind = TYPES.iter().position(|(slot, ..)| parts.has(*slot)).or_else(typed);
    let number = number.or(adapter);
    // Behind name, type, device, and the number where there is one.
    let mut more =
        parts.tokens().nth(3 + usize::from(number.is_some())).map_or_else(More::default, |_| More {
            vlan: parts.get(slot::VLAN).and_then(|word| word.number()),
            options: coded::read_of_type(view, &[slot::VLANID]),
            monitored: parts.has(slot::MONSYSPLEX),
            register_at: parts.get(slot::DYNVLANREG).map(|word| cx.at(word.span)),
            ..More::default()
        });
    let said = number.and_then(|word| u32::try_from(word.number()?).ok());
    let small = said.and_then(|said| NonZeroU16::new(u16::try_from(said.checked_add(1)?).ok()?));
    more.number = said.filter(|_| small.is_none());
    if let Some(word) = number.filter(|_| is_virtual.is_none()) {
        more.number_span = cx.span(word.span);
    }
    let link = Arc::new(Link {
        name: upper(name),
        device: device.map_or_else(Name::new, upper),
        at: cx.at(name.span),
        number: small,
        kind: kind.and_then(|kind| u8::try_from(kind).ok()).unwrap_or(u8::MAX),
        more: (more != More::default()).then(|| Box::new(more)),
    });
    Typed(Some((link, cx.span(device.map_or(name.span, |word| word.span)))))
}

impl Typed {
    /// Adds the link; its device must be there and have room for it (DEV-06, DEV-07).
    pub fn apply(&self, cx: &mut Apply<'_>) {
        let Some((link, device)) = &self.0 else { return };
        let what = || format!("LINK {}", link.name);
        if let Some(first) = names::link(cx.config, &link.name).cloned() {
            // In OBEYFILE a second LINK may change some operands of the first, without a list of which (DEV-11).
            if cx.phase == Phase::Obey && first.kind == link.kind && first.device == link.device {
                if first.said() == link.said() {
                    cx.change(link.at, Kind::Unchanged, what());
                } else {
                    cx.change_because(
                        link.at,
                        Kind::Ignored,
                        what(),
                        "most operands of a link change only by DELETE and a new LINK",
                    );
                }
                return;
            }
            cx.reports.push(
                Report::new(&link_twice::RULE, link.at, format!("link {} is defined twice", link.name))
                    .related(first.at, "first here")
                    .note("give the second link another name, or take one of them out"),
            );
            cx.change_because(link.at, Kind::Refused, what(), "a link of this name is there");
            return;
        }
        if let Err(why) = refusal(link, link.at.beside(*device), cx) {
            cx.config.device.refused.insert(link.name.to_string());
            cx.change_because(link.at, Kind::Refused, what(), why);
            return;
        }
        advice(link, cx);
        cx.config.device.refused.remove(link.name.as_str());
        cx.added(link.at, what);
        cx.config.link.links.push(link.clone());
    }

    /// Has what is known of its name and its device fetched from memory.
    pub(crate) fn fetch(&self, links: &Table<Arc<Link>>) {
        let Some((link, _)) = &self.0 else { return };
        links.fetch(key(link.name.as_str()));
        links.fetch(of_device(&link.device));
    }

    /// A mistake has cost the statement: what refers to the link needs no finding of its own.
    pub fn dropped(&self, cx: &mut Apply<'_>) {
        if let Some((link, _)) = &self.0 {
            cx.config.device.refused.insert(link.name.to_string());
        }
    }
}

/// What makes the stack refuse a link, whose device stands there in the text.
fn refusal(link: &Link, device_at: At, cx: &mut Apply<'_>) -> Result<(), &'static str> {
    if link.name.starts_with("IQDIOLNK") && names::made(&link.name).is_some() {
        cx.reports.push(
            Report::new(
                &name_of_the_stack::RULE,
                link.at,
                format!("{} is a HiperSockets link of dynamic XCF and cannot be defined by hand", link.name),
            )
            .note("the stack makes it when DYNAMICXCF is on; give your link another name"),
        );
        return Err("a name that the stack gives");
    }
    let Some(name) = link.device() else { return Ok(()) };
    if names::refused(cx.config, name) {
        return Err("its device was refused");
    }
    let Some(device) = names::device(cx.config, name) else {
        if names::may_be_device(cx.config, name) {
            return Ok(());
        }
        let report = Report::new(
            &link_device_unknown::RULE,
            device_at,
            format!("link {} names device {name}, but no DEVICE of this name stands before it", link.name),
        );
        let report = names::advise(report, name, names::devices(cx.config), "devices", cx.reports.len());
        cx.reports.push(report);
        return Err("no device of this name");
    };
    let wanted: &[&str] = match TYPES.get(usize::from(link.kind)) {
        Some((_, _, wanted)) => wanted,
        None => &["LCS"],
    };
    // A symbol without a value stands in the place of a type that is not known.
    if !device.kind().is_empty() && !wanted.contains(&device.kind()) {
        let report = Report::new(
            &link_device_kind::RULE,
            device_at,
            format!(
                "{} link {} needs a device of type {}, and {name} is {}",
                link.kind(),
                link.name,
                wanted.join(" or "),
                device.kind()
            ),
        )
        .related(device.at, format!("{name} is a device of type {}", device.kind()));
        let fitting = TYPES.iter().filter(|(_, _, needs)| needs.contains(&device.kind()));
        let fitting: Vec<&str> = fitting.map(|(_, kind, _)| *kind).collect();
        cx.reports.push(if fitting.is_empty() {
            report
        } else {
            report.note(format!(
                "a device of type {} takes links of type {}",
                device.kind(),
                fitting.join(", ")
            ))
        });
        return Err("the device is of another type");
    }
    if link.kind() == "IPAQIDIO" && !hipersockets_device(name) {
        cx.reports.push(
            Report::new(
                &link_hipersockets_device::RULE,
                device_at,
                format!("{name} is no HiperSockets device, which IPAQIDIO link {} needs", link.name),
            )
            .note("a HiperSockets device is called IUTIQD and the two hexadecimal digits of its channel path, such as IUTIQDF2"),
        );
        return Err("its device is none of HiperSockets");
    }
    let single = matches!(device.kind(), "CTC" | "MPCIPA");
    let first = if single { names::links_of(cx.config, name).next() } else { None };
    if let Some(first) = first {
        let report = Report::new(
            &link_device_full::RULE,
            link.at,
            format!(
                "{} device {name} takes one link, and {} is there before {}",
                device.kind(),
                first.name,
                link.name
            ),
        )
        .related(first.at, format!("the link of {name}"))
        .note(match device.kind() {
            "MPCIPA" => "define several VLANs on one OSA or channel path with INTERFACE",
            _ => "define a device for each link, or take one of the links out",
        });
        cx.reports.push(report);
        cx.say("EZZ0330I", link.at, "more links on a device than its type allows");
        return Err("the device takes one link");
    }
    let twin = |other: &&Arc<Link>| other.device() == Some(name) && other.number() == link.number();
    let links = cx.config.link.links.with(of_adapter(name, link.number()));
    let same = links.filter(|_| device.kind() == "LCS").find(twin);
    if let (Some(first), Some(number)) = (same, link.number()) {
        let report = Report::new(
            &link_adapter_twice::RULE,
            link.number_at(),
            format!("links {} and {} of LCS device {name} both use adapter {number}", first.name, link.name),
        )
        .related(first.number_at(), format!("{} uses adapter {number} here", first.name))
        .note("each link of an LCS device has an adapter number of its own");
        cx.reports.push(report);
        cx.say("EZZ0620I", link.at, "two links of a device use one adapter number");
        return Err("the adapter number is used");
    }
    Ok(())
}

/// What is legal and hardly meant, or not confirmed by any source.
fn advice(link: &Link, cx: &mut Apply<'_>) {
    if let Some(interface) = names::interface(cx.config, &link.name) {
        cx.reports.push(
            Report::new(
                &link_interface_name::RULE,
                link.at,
                format!("{} is a link and an interface", link.name),
            )
            .related(interface.at, "the interface")
            .note("ROUTE and PRIMARYINTERFACE take both, so each name should be there once"),
        );
    }
    let register_at = link.more.as_deref().and_then(|more| more.register_at);
    if let Some(at) = register_at.filter(|_| link.vlan().is_none()) {
        cx.reports.push(
            Report::new(
                &interface_dynvlanreg_without_vlan::RULE,
                at,
                format!("DYNVLANREG of link {} has no VLAN to register", link.name),
            )
            .note("add VLANID, or take DYNVLANREG out"),
        );
    }
}

/// `IUTIQD` and two hexadecimal digits (NAM-06).
fn hipersockets_device(name: &str) -> bool {
    name.strip_prefix("IUTIQD")
        .is_some_and(|rest| rest.len() == 2 && rest.bytes().all(|byte| byte.is_ascii_hexdigit()))
}
