//! PRIMARYINTERFACE: whose address GETHOSTID() gives (03 10).

use grammar::slot::primaryinterface as slot;
use grammar::tree::StmtView;
use serde::Serialize;

use crate::apply::{Apply, Kind, Phase};
use crate::read::Read;
use crate::report::Report;
use crate::rules::{primaryinterface_not_ipv4, primaryinterface_unknown};
use crate::statements::interface_types::Named;
use crate::statements::names::{self, Made};

/// A PRIMARYINTERFACE statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed(Option<Named>);

/// The primary interface.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Part {
    /// As coded; without it the first entry of HOME, else the first IPv4 INTERFACE (PRI-05).
    pub interface: Option<Named>,
    /// The data set has a PRIMARYINTERFACE.
    #[serde(skip)]
    coded: bool,
    /// The data set has a HOME.
    #[serde(skip)]
    pub home: bool,
}

/// Reads a PRIMARYINTERFACE statement.
pub fn read(view: &StmtView<'_>, cx: &mut Read<'_>) -> Typed {
    Typed(view.parts.get(slot::INTERFACE).map(|word| Named {
        name: word.upper(),
        at: cx.at(word.span),
        was_there: false,
    }))
}

impl Typed {
    /// The last one wins (PRI-06).
    pub fn apply(&self, cx: &mut Apply<'_>) {
        let Some(named) = &self.0 else { return };
        let what = format!("PRIMARYINTERFACE {}", named.name);
        if let Some(why) = refusal(named, cx) {
            cx.change_because(named.at, Kind::Refused, what, why);
            return;
        }
        let part = &mut cx.config.primaryinterface;
        let before = part.interface.replace(named.clone());
        part.coded = true;
        let kind = match before {
            None => Kind::Added,
            Some(before) if before.name == named.name => Kind::Unchanged,
            Some(_) => Kind::Replaced,
        };
        cx.change(named.at, kind, what);
    }
}

fn refusal(named: &Named, cx: &mut Apply<'_>) -> Option<&'static str> {
    let name = &named.name;
    if names::refused(cx.config, name) {
        return Some("its definition was refused");
    }
    let interface = names::interface(cx.config, name);
    let made = names::made(name);
    let wrong = match (interface, made) {
        (_, Some(Made::Loopback)) => Some("a loopback interface"),
        (_, Some(Made::Ipv6)) => Some("an interface for IPv6"),
        (Some(interface), _) if interface.kind.is_ipv6() => Some("an interface for IPv6"),
        (_, Some(Made::Device | Made::Ipv4 | Made::Dvipa) | None) => None,
    };
    if let Some(wrong) = wrong {
        let mut report = Report::new(
            &primaryinterface_not_ipv4::RULE,
            named.at,
            format!("{name} is {wrong} and cannot be the primary interface"),
        )
        .note("name a LINK, an INTERFACE for IPv4 or a dynamic VIPA");
        if let Some(interface) = interface {
            report = report.related(interface.at, "defined here");
        }
        cx.reports.push(report);
        return Some("no IPv4 interface");
    }
    let made =
        matches!(made, Some(Made::Ipv4 | Made::Dvipa)) || names::may_be_link_or_interface(cx.config, name);
    if interface.is_some() || names::link(cx.config, name).is_some() || made {
        return None;
    }
    let report = if let Some(device) = names::device(cx.config, name) {
        Report::new(
            &primaryinterface_unknown::RULE,
            named.at,
            format!("{name} is a DEVICE, and PRIMARYINTERFACE takes its LINK"),
        )
        .related(device.at, "the device")
    } else {
        let report = Report::new(
            &primaryinterface_unknown::RULE,
            named.at,
            format!("no LINK and no INTERFACE {name} stands before this PRIMARYINTERFACE"),
        );
        names::advise(
            report,
            name,
            names::links_and_interfaces(cx.config),
            "links and interfaces",
            cx.reports.len(),
        )
    };
    cx.reports.push(report);
    Some("no interface of this name")
}

/// A HOME without PRIMARYINTERFACE in an OBEYFILE data set: a primary LINK gives way to the first entry, an INTERFACE stays.
pub fn end(cx: &mut Apply<'_>) {
    let part = &cx.config.primaryinterface;
    let reset = cx.phase == Phase::Obey && part.home && !part.coded;
    let named = part.interface.clone().filter(|_| reset);
    if let Some(named) = named.filter(|named| names::interface(cx.config, &named.name).is_none()) {
        cx.change_because(
            cx.at,
            Kind::Removed,
            format!("PRIMARYINTERFACE {}", named.name),
            "a HOME without PRIMARYINTERFACE makes the first entry of its list primary",
        );
        cx.config.primaryinterface.interface = None;
    }
    let part = &mut cx.config.primaryinterface;
    (part.coded, part.home) = (false, false);
}
