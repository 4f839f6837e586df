//! DELETE: devices, links and reserved ports (02 18, 03 13). Interfaces go with INTERFACE DELETE.

use grammar::slot::delete as slot;
use grammar::tree::{Parts, StmtView};

use crate::apply::{Apply, Kind, Phase};
use crate::place::At;
use crate::read::Read;
use crate::report::Report;
use crate::rules::{
    delete_active, delete_device_with_links, delete_in_profile, delete_port_unknown, delete_unknown,
};
use crate::statements::interface_types::Named;
use crate::statements::port::{Who, protocol};
use crate::statements::portrange::Holder;
use crate::statements::undetermined::{Missing, may_be};
use crate::statements::{beginroutes, names, start};
use crate::table::key;

/// So many entries that are like the one to delete a finding shows.
const NEAR: usize = 10;

/// Ports that are taken off, by what makes an entry what it is (DELE-01).
#[derive(Clone, Debug, PartialEq, Eq)]
enum PortEntry {
    Reserved { port: u16, tcp: bool, who: Who, at: At },
    Unreserved { tcp: bool, job: String, at: At },
    Range { first: u16, count: u16, tcp: bool, who: Holder, at: At },
}

/// What a DELETE statement takes off.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Said {
    Device(Named),
    Link(Named),
    Ports(Vec<PortEntry>),
    Other,
}

/// A DELETE statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed(Said);

/// Reads a DELETE statement.
pub fn read(view: &StmtView<'_>, cx: &mut Read<'_>) -> Typed {
    let parts = &view.parts;
    let named = |slot| {
        let word: grammar::tree::Word<'_> = parts.get(slot)?;
        Some(Named { name: word.upper(), at: cx.at(word.span), was_there: false })
    };
    if let Some(device) = named(slot::DEVICE_NAME) {
        return Typed(Said::Device(device));
    }
    if let Some(link) = named(slot::LINK_NAME) {
        return Typed(Said::Link(link));
    }
    if parts.has(slot::PORTRANGE) {
        let entries = parts.groups(slot::RANGE_ENTRY).filter_map(|entry| range_entry(&entry, cx));
        return Typed(Said::Ports(entries.collect()));
    }
    if !parts.has(slot::PORT) {
        return Typed(Said::Other);
    }
    let entries = parts.groups(slot::PORT_ENTRY).filter_map(|entry| port_entry(&entry, cx));
    Typed(Said::Ports(entries.collect()))
}

fn port_entry(entry: &Parts<'_>, cx: &Read<'_>) -> Option<PortEntry> {
    let tcp = protocol_of(entry)?;
    let job = entry.get(slot::JOB).map(|word| word.upper());
    if let Some(word) = entry.get(slot::UNRSV) {
        let job = job.unwrap_or_else(|| "*".to_owned());
        return Some(PortEntry::Unreserved { tcp, job, at: cx.at(word.span) });
    }
    let number = entry.get(slot::PORT_NUMBER)?;
    let port = u16::try_from(number.number()?).ok()?;
    let who = job.map_or(Who::Reserved, |job| Who::Job(job.into()));
    Some(PortEntry::Reserved { port, tcp, who, at: cx.at(number.span) })
}

/// Whether an entry is for TCP; None where a symbol without a value stands in the place of the protocol.
fn protocol_of(entry: &Parts<'_>) -> Option<bool> {
    let tcp = entry.has(slot::TCP);
    (tcp || entry.has(slot::UDP)).then_some(tcp)
}

fn range_entry(entry: &Parts<'_>, cx: &Read<'_>) -> Option<PortEntry> {
    let number = entry.get(slot::FIRST_PORT)?;
    let first = u16::try_from(number.number()?).ok()?;
    let count = u16::try_from(entry.get(slot::COUNT)?.number()?).ok()?;
    let who = match entry.get(slot::JOB) {
        Some(job) => Holder::Job(job.upper()),
        None if entry.has(slot::RESERVED) => Holder::Reserved,
        None => Holder::Authport,
    };
    Some(PortEntry::Range { first, count, tcp: protocol_of(entry)?, who, at: cx.at(number.span) })
}

impl Typed {
    /// Takes off what is there and not active (DEL-01, DEL-02).
    pub fn apply(&self, cx: &mut Apply<'_>) {
        if cx.phase == Phase::Initial {
            cx.reports.push(
                Report::new(&delete_in_profile::RULE, cx.at, "DELETE stands in the profile that the stack starts with, where it can only undo what stands before it")
                    .note("take DELETE and what it deletes out, and keep DELETE in the data set for VARY OBEYFILE"),
            );
        }
        match &self.0 {
            Said::Device(named) => device(named, cx),
            Said::Link(named) => link(named, cx),
            Said::Ports(entries) => entries.iter().for_each(|entry| port(entry, cx)),
            Said::Other => {}
        }
    }
}

fn device(named: &Named, cx: &mut Apply<'_>) {
    let name = &named.name;
    let what = format!("DEVICE {name}");
    let Some(known) = names::device(cx.config, name).cloned() else {
        unknown(named, "DEVICE", cx);
        return;
    };
    if !known.is_virtual() && start::is_active(cx, name) {
        active(named, "DEVICE", cx);
        return;
    }
    let mut links: Vec<&str> =
        names::links_of(cx.config, name).map(|link| link.name.as_str()).take(11).collect();
    if links.len() > 10 {
        links.truncate(10);
        links.push("...");
    }
    if !links.is_empty() {
        cx.reports.push(
            Report::new(
                &delete_device_with_links::RULE,
                named.at,
                format!("device {name} still has link {}", links.join(", ")),
            )
            .note("delete the links first, then the device"),
        );
    }
    cx.config.device.devices.take(key(name.as_str()), |device| device.name == *name);
    start::forget(name, named.at, cx);
    cx.change(named.at, Kind::Removed, what);
}

fn link(named: &Named, cx: &mut Apply<'_>) {
    let name = &named.name;
    let what = format!("LINK {name}");
    let Some(known) = names::link(cx.config, name).cloned() else {
        unknown(named, "LINK", cx);
        return;
    };
    let by_device = known.device().is_some_and(|device| start::is_active(cx, device));
    if !known.is_virtual() && (by_device || start::is_active(cx, name)) {
        active(named, "LINK", cx);
        return;
    }
    cx.config.link.links.take(key(name.as_str()), |link| link.name == *name);
    let homes = cx.config.home.list.take_all(key(name.as_str()), |entry| entry.link == *name);
    cx.change(named.at, Kind::Removed, what);
    for entry in homes {
        let what = format!("HOME {} {}", entry.address, entry.link);
        cx.change_because(named.at, Kind::Removed, what, format!("{name} is deleted"));
    }
    beginroutes::forget(name, named.at, cx);
}

fn active(named: &Named, thing: &str, cx: &mut Apply<'_>) {
    let name = &named.name;
    let lower = thing.to_ascii_lowercase();
    cx.reports.push(
        Report::new(
            &delete_active::RULE,
            named.at,
            format!("{lower} {name} is active, so it cannot be deleted"),
        )
        .message_id("EZZ0395I")
        .note("STOP runs after everything else in a data set: put it into an earlier one"),
    );
    cx.say("EZZ0395I", named.at, format!("{thing} {name} is active and is not deleted"));
    cx.change_because(named.at, Kind::Refused, format!("{thing} {name}"), "it is active");
}

fn unknown(named: &Named, thing: &str, cx: &mut Apply<'_>) {
    let name = &named.name;
    let what = format!("{thing} {name}");
    if names::refused(cx.config, name) {
        cx.change_because(named.at, Kind::Refused, what, "its definition was refused");
        return;
    }
    let open = if thing == "LINK" { names::may_be_link } else { names::may_be_device };
    if open(cx.config, name) {
        cx.change_because(named.at, Kind::Open, what, names::OPEN);
        return;
    }
    let report = Report::new(
        &delete_unknown::RULE,
        named.at,
        format!("DELETE finds no {} {name}", thing.to_ascii_lowercase()),
    );
    let device = names::device(cx.config, name).filter(|_| thing == "LINK");
    let link = names::link(cx.config, name).filter(|_| thing == "DEVICE");
    let report = if let Some(interface) = names::interface(cx.config, name) {
        report
            .related(interface.at, format!("{name} is an INTERFACE"))
            .note(format!("write `INTERFACE {name} DELETE`"))
    } else if let Some(device) = device {
        report.related(device.at, format!("{name} is a DEVICE")).note(format!("write `DELETE DEVICE {name}`"))
    } else if let Some(link) = link {
        report.related(link.at, format!("{name} is a LINK")).note(format!("write `DELETE LINK {name}`"))
    } else if thing == "LINK" {
        names::advise(report, name, names::links(cx.config), "links", cx.reports.len())
    } else {
        names::advise(report, name, names::devices(cx.config), "devices", cx.reports.len())
    };
    cx.reports.push(report);
    cx.change_because(named.at, Kind::Refused, what, "it is not there");
}

/// Whether an entry with a symbol in its job name may be one of those that are there.
fn may_mean(entry: &PortEntry, cx: &Apply<'_>) -> bool {
    let is = |job: &str, name: &str| job.contains('&') && may_be(job, name);
    match entry {
        PortEntry::Reserved { port, tcp, who: Who::Job(job), .. } => {
            let mut of_port = cx.config.port.reservations.with(key(*port));
            of_port.any(|known| {
                let there = known.port == *port && known.tcp == *tcp;
                there && matches!(&known.who, Who::Job(name) if is(job, name))
            })
        }
        PortEntry::Unreserved { tcp, job, .. } => {
            cx.config.port.unreserved.iter().any(|known| known.tcp == *tcp && is(job, &known.job))
        }
        PortEntry::Range { first, count, tcp, who: Holder::Job(job), .. } => {
            let last = first.saturating_add(count.saturating_sub(1));
            cx.config.portrange.meeting(*first, last, *tcp).any(|known| {
                let there = known.first == *first && known.last == last;
                there && matches!(&known.who, Holder::Job(name) if is(job, name))
            })
        }
        PortEntry::Reserved { who: Who::Reserved, .. }
        | PortEntry::Range { who: Holder::Reserved | Holder::Authport, .. } => false,
    }
}

/// Whether a PORT or PORTRANGE of which only a part is known may have brought an entry.
fn may_be_there(entry: &PortEntry, cx: &Apply<'_>) -> bool {
    let missing = |operand: &'static [&'static str], value: String| Missing { operands: operand, value };
    let job = |job: &str| {
        let open = job.contains('&');
        (!open).then(|| missing(&["job"], job.to_owned()))
    };
    let undetermined = &cx.config.undetermined;
    match entry {
        PortEntry::Reserved { port, who, .. } => {
            let mut values = vec![missing(&["port-number"], port.to_string())];
            values.extend(match who {
                Who::Reserved => None,
                Who::Job(name) => job(name),
            });
            undetermined.may_bring(&["PORT"], &values)
        }
        PortEntry::Unreserved { job: name, .. } => {
            undetermined.may_bring(&["PORT"], &job(name).into_iter().collect::<Vec<_>>())
        }
        PortEntry::Range { first, count, who, .. } => {
            let mut values =
                vec![missing(&["first-port"], first.to_string()), missing(&["count"], count.to_string())];
            values.extend(match who {
                Holder::Reserved | Holder::Authport => None,
                Holder::Job(name) => job(name),
            });
            undetermined.may_bring(&["PORTRANGE"], &values)
        }
    }
}

fn port(entry: &PortEntry, cx: &mut Apply<'_>) {
    let (at, what, found) = match entry {
        PortEntry::Reserved { port, tcp, who, at } => {
            let gone = cx.config.port.give_up(*port, *tcp, who);
            let owner = match who {
                Who::Reserved => "RESERVED",
                Who::Job(job) => job,
            };
            (*at, format!("PORT {port} {} {owner}", protocol(*tcp)), gone)
        }
        PortEntry::Unreserved { tcp, job, at } => {
            let list = &mut cx.config.port.unreserved;
            let gone =
                list.take_all(key((*tcp, job.as_str())), |known| known.tcp == *tcp && known.job == *job);
            (*at, format!("PORT UNRSV {} {job}", protocol(*tcp)), !gone.is_empty())
        }
        PortEntry::Range { first, count, tcp, who, at } => {
            let last = first.saturating_add(count.saturating_sub(1));
            let gone = cx.config.portrange.give_up(*first, last, *tcp, who);
            let owner = match who {
                Holder::Reserved => "RESERVED",
                Holder::Authport => "AUTHPORT",
                Holder::Job(job) => job,
            };
            (*at, format!("PORTRANGE {first} {count} {} {owner}", protocol(*tcp)), gone)
        }
    };
    if found {
        cx.change(at, Kind::Removed, what);
        return;
    }
    if may_mean(entry, cx) {
        let why = "a system symbol without a known value says which entry it takes off, if any";
        cx.change_because(at, Kind::Open, what, why);
        return;
    }
    if may_be_there(entry, cx) {
        cx.change_because(at, Kind::Open, what, names::OPEN);
        return;
    }
    let mut report = Report::new(&delete_port_unknown::RULE, at, format!("DELETE finds no entry {what}"));
    if let PortEntry::Reserved { port, .. } = entry {
        for known in
            cx.config.port.reservations.with(key(*port)).filter(|known| known.port == *port).take(NEAR)
        {
            let owner = match &known.who {
                Who::Reserved => "RESERVED",
                Who::Job(job) => job,
            };
            report = report.related(known.at, format!("port {port} {} is for {owner}", protocol(known.tcp)));
        }
    }
    if let PortEntry::Range { first, count, tcp, .. } = entry {
        let last = first.saturating_add(count.saturating_sub(1));
        for known in cx.config.portrange.meeting(*first, last, *tcp).take(NEAR) {
            let many = known.last.saturating_sub(known.first).saturating_add(1);
            report = report.related(known.at, format!("a range of {many} from {}", known.first));
        }
        cx.reports.push(report.note("first port, count, protocol and job name must be as in the PORTRANGE statement; a part of a range cannot be taken off"));
    } else {
        cx.reports.push(report.note("port, protocol and job name must be as in the PORT statement"));
    }
    cx.change_because(at, Kind::Refused, what, "no such entry");
}
