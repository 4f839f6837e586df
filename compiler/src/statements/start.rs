//! START, and what it has in common with STOP (03 12). Both run when everything else has been read (LX-33, GEN-10).

use std::collections::{BTreeMap, BTreeSet};

use grammar::slot::start as slot;
use grammar::tree::StmtView;
use serde::Serialize;

use crate::apply::{Apply, Kind, Phase};
use crate::finding::{Confidence, Severity};
use crate::place::At;
use crate::read::Read;
use crate::report::Report;
use crate::rules::{start_link, start_too_many, start_unknown, start_virtual, stop_and_delete};
use crate::statements::interface_types::Named;
use crate::statements::names;

/// After all other statements of the data set.
pub const RUNS_LAST: bool = true;

/// As many devices and interfaces with hardware can be started on a stack (DEV-14).
const MOST: usize = 255;

/// A START statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed(Option<Named>);

/// What START and STOP have done.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Part {
    /// Devices and interfaces that have been started and not been stopped.
    pub running: BTreeSet<String>,
    /// Names in any START or STOP, also a wrong one.
    #[serde(skip)]
    pub named: BTreeSet<String>,
    /// Devices and interfaces that the data set has deleted, until it ends.
    #[serde(skip)]
    pub deleted: BTreeMap<String, At>,
}

/// Reads a START statement.
pub fn read(view: &StmtView<'_>, cx: &mut Read<'_>) -> Typed {
    Typed(view.parts.get(slot::OBJECT).map(|word| Named {
        name: word.upper(),
        at: cx.at(word.span),
        was_there: false,
    }))
}

impl Typed {
    /// Starts a device or an interface (STA-02).
    pub fn apply(&self, cx: &mut Apply<'_>) {
        let Some(object) = &self.0 else { return };
        if !found(object, "START", cx) {
            return;
        }
        let what = format!("START {}", object.name);
        let running = cx.config.start.running.len();
        if cx.config.start.running.contains(&object.name) {
            cx.change(object.at, Kind::Unchanged, what);
            return;
        }
        if running >= MOST {
            cx.reports.push(
                Report::new(
                    &start_too_many::RULE,
                    object.at,
                    format!("{} is the 256th device or interface that is started", object.name),
                )
                .note("a stack can start 255 of them; static VIPAs do not count"),
            );
            cx.change_because(object.at, Kind::Refused, what, "255 are started");
            return;
        }
        cx.config.start.running.insert(object.name.clone());
        cx.change(object.at, Kind::Added, what);
    }

    /// A mistake has cost the statement: that the object is never started needs no finding of its own.
    pub fn dropped(&self, cx: &mut Apply<'_>) {
        if let Some(object) = &self.0 {
            cx.config.start.named.insert(object.name.clone());
        }
    }
}

/// Whether a device, link or interface is active when a statement other than START and STOP is applied.
#[must_use]
pub fn is_active(cx: &Apply<'_>, name: &str) -> bool {
    cx.phase == Phase::Obey && (cx.facts.active.contains(name) || cx.config.start.running.contains(name))
}

/// Whether START or STOP finds its object; else it is reported.
pub fn found(object: &Named, verb: &str, cx: &mut Apply<'_>) -> bool {
    let name = &object.name;
    cx.config.start.named.insert(name.clone());
    let what = format!("{verb} {name}");
    let device = names::device(cx.config, name);
    let interface = names::interface(cx.config, name);
    let is_virtual = device.is_some_and(|device| device.is_virtual())
        || interface.is_some_and(|interface| interface.kind.is_virtual());
    if is_virtual {
        let at = device.map(|device| device.at).or(interface.map(|interface| interface.at));
        let report = Report::new(
            &start_virtual::RULE,
            object.at,
            format!("{name} is virtual, and {verb} is not for it"),
        )
        .note("a static VIPA is active from its definition on");
        cx.reports.push(match at {
            Some(at) => report.related(at, "defined here"),
            None => report,
        });
        cx.change_because(object.at, Kind::Refused, what, "a static VIPA is always active");
        return false;
    }
    let open = || names::may_be_device(cx.config, name) || names::may_be_interface(cx.config, name);
    if device.is_some() || interface.is_some() || names::made(name).is_some() || open() {
        return true;
    }
    let why =
        if names::refused(cx.config, name) { "its definition was refused" } else { "no device or interface" };
    if !names::refused(cx.config, name) {
        let report = missing(object, verb, cx);
        cx.reports.push(report);
    }
    cx.change_because(object.at, Kind::Refused, what, why);
    false
}

fn missing(object: &Named, verb: &str, cx: &Apply<'_>) -> Report {
    let name = &object.name;
    if let Some(deleted) = cx.config.start.deleted.get(name) {
        return Report::new(
            &stop_and_delete::RULE,
            object.at,
            format!("{verb} {name} runs when {name} has been deleted by the same data set"),
        )
        .related(*deleted, "deleted here")
        .note("START and STOP run after everything else, wherever they stand")
        .note("put STOP into one data set, and DELETE into the next");
    }
    if let Some(link) = names::link(cx.config, name) {
        let report = Report::new(
            &start_link::RULE,
            object.at,
            format!("{name} is a LINK, and {verb} takes the device"),
        )
        .related(link.at, "the link");
        return match link.device() {
            Some(device) if !link.is_virtual() => report.note(format!("write `{verb} {device}`")),
            Some(_) | None => report,
        };
    }
    let report = Report::new(
        &start_unknown::RULE,
        object.at,
        format!("{verb} finds no device and no interface {name}"),
    );
    let mut report =
        names::advise(report, name, names::startable(cx.config), "devices and interfaces", cx.reports.len());
    // A device of dynamic XCF has the name of the other VTAM, which no profile tells (DEV-53).
    if cx.config.ipconfig.xcf.is_some() && name.len() <= 8 {
        report = report.note("it may be the VTAM of another system, that dynamic XCF made a device for");
        (report.severity, report.confidence) = (Severity::Warning, Confidence::Inferred);
    }
    report
}

/// Whether an object is ever started or stopped by the profile.
#[must_use]
pub fn mentioned(part: &Part, name: &str) -> bool {
    part.named.contains(name)
}

/// Forgets what has been deleted.
pub fn forget(name: &str, at: At, cx: &mut Apply<'_>) {
    cx.config.start.running.remove(name);
    cx.config.start.named.remove(name);
    cx.config.start.deleted.insert(name.to_owned(), at);
}

/// The end of a data set.
pub fn end(cx: &mut Apply<'_>) {
    cx.config.start.deleted.clear();
}
