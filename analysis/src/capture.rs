//! Reports of a running stack, as data: pasted from TSO, the UNIX shell, the console or a system log.
//!
//! The reader goes by labels and by what a word can be, never by columns: headings say which report follows, a label
//! with its colon says which field a value is, and a row is found by the first words that can only be its beginning.
//! So prefixes of a log, other spacing, upper case of the console and cut lines do not disturb it. Both layouts (SHORT
//! and LONG) come to the same data. Facts: 04:7, and the report pages of the command reference (`vicfgrpt`,
//! `vidynrpt`, `vdptrpt`, `vcrtrpt`, `horpt`, `confrpt`, `dsysplex`).

mod config;
mod connections;
mod destinations;
mod devices;
mod displays;
mod head;
mod home;
mod line;
mod ports;
mod routes;
mod routing;
mod sources;
mod sysplex;
mod vipa_config;
mod vipa_dynamic;
mod words;

pub use connections::Connection;
pub use destinations::Destination;
pub use devices::Device;
pub use displays::{Ephemeral, PortPool, Ports, Structure};
pub use home::Home;
pub use ports::Reservation;
pub use routes::Route;
pub use routing::Routed;
pub use sources::{SourceEntry, SourceFor};
pub use sysplex::Role;
pub use vipa_config::{Defined, Distributed, Movement, Ranged, VipaConfig, VipaRoute};
pub use vipa_dynamic::{Dvipa, Origin, RouteState};
pub use words::Status;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use line::Line;

/// What a text held.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Capture {
    /// The reports, in order.
    pub reports: Vec<Report>,
    /// Lines that are neither part of a report that is known nor empty.
    pub unread: Vec<Unread>,
}

/// One report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Report {
    /// Line of its heading, from 1.
    pub line: u32,
    /// Whose it is.
    pub head: Head,
    /// The text says that records are missing, or the console report has no end.
    pub cut: bool,
    /// Its content.
    pub body: Body,
}

/// Whose report it is, as far as the text says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Head {
    /// Stack.
    pub stack: Option<String>,
    /// System.
    pub system: Option<String>,
    /// Release as printed, such as `V2R5`.
    pub release: Option<String>,
    /// It came from the console, which closes a report with a line of its own.
    pub console: bool,
}

/// A line that was not understood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Unread {
    /// Line, from 1.
    pub line: u32,
    /// Its text, without the blanks around it.
    pub text: String,
}

/// Content of a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", tag = "report", content = "rows")]
pub enum Body {
    /// NETSTAT VIPADCFG: what is configured.
    VipaConfig(VipaConfig),
    /// NETSTAT VIPADYN: the state of each DVIPA on this stack.
    VipaDynamic(Vec<Dvipa>),
    /// NETSTAT VDPT: the destination port table of a distributing stack.
    Destinations(Vec<Destination>),
    /// NETSTAT VCRT: the connection routing table.
    Routing(Vec<Routed>),
    /// NETSTAT CONN: sockets and connections.
    Connections(Vec<Connection>),
    /// NETSTAT HOME: the home addresses, in their order.
    Home(Vec<Home>),
    /// NETSTAT SRCIP.
    Sources(Vec<SourceEntry>),
    /// NETSTAT CONFIG: settings, by label in upper case.
    Config(BTreeMap<String, String>),
    /// NETSTAT PORTLIST: reservations.
    Ports(Vec<Reservation>),
    /// NETSTAT ROUTE.
    Routes(Vec<Route>),
    /// NETSTAT DEVLINKS.
    Devices(Vec<Device>),
    /// D TCPIP,,SYSPLEX,VIPADYN: the role of every stack for every DVIPA.
    Sysplex(Vec<Role>),
    /// The routes of NETSTAT VIPADYN.
    VipaRoutes(Vec<RouteState>),
    /// D TCPIP,,SYSPLEX,GROUP; none for a stack that is in no group.
    Group(Option<String>),
    /// D TCPIP,,SYSPLEX,PORTS.
    PortPool(PortPool),
    /// NETSTAT STATS: ephemeral ports.
    Statistics(Vec<Ephemeral>),
    /// D NET,STATS,TYPE=CFS.
    Structure(Structure),
}

impl Body {
    /// Name of the report, as people type it.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::VipaConfig(_) => "VIPADCFG",
            Self::VipaDynamic(_) => "VIPADYN",
            Self::Destinations(_) => "VDPT",
            Self::Routing(_) => "VCRT",
            Self::Connections(_) => "CONN",
            Self::Home(_) => "HOME",
            Self::Sources(_) => "SRCIP",
            Self::Config(_) => "CONFIG",
            Self::Ports(_) => "PORTLIST",
            Self::Routes(_) => "ROUTE",
            Self::Devices(_) => "DEVLINKS",
            Self::Sysplex(_) => "SYSPLEX,VIPADYN",
            Self::VipaRoutes(_) => "VIPADYN,VIPAROUTE",
            Self::Group(_) => "SYSPLEX,GROUP",
            Self::PortPool(_) => "SYSPLEX,PORTS",
            Self::Statistics(_) => "STATS",
            Self::Structure(_) => "CFS",
        }
    }

    /// How many entries were read.
    #[must_use]
    pub fn entries(&self) -> usize {
        match self {
            Self::VipaConfig(config) => config.entries(),
            Self::VipaDynamic(rows) => rows.len(),
            Self::Destinations(rows) => rows.len(),
            Self::Routing(rows) => rows.len(),
            Self::Connections(rows) => rows.len(),
            Self::Home(rows) => rows.len(),
            Self::Sources(rows) => rows.len(),
            Self::Config(rows) => rows.len(),
            Self::Ports(rows) => rows.len(),
            Self::Routes(rows) => rows.len(),
            Self::Devices(rows) => rows.len(),
            Self::Sysplex(rows) => rows.len(),
            Self::VipaRoutes(rows) => rows.len(),
            Self::Group(_) | Self::PortPool(_) => 1,
            Self::Statistics(rows) => rows.len(),
            Self::Structure(structure) => structure.entries.len(),
        }
    }
}

/// One kind of report while it is read.
trait Reader {
    /// Takes a line; false when it means nothing here.
    fn line(&mut self, line: &Line<'_>) -> bool;
    /// Whether a line that could begin a report goes on with this one: a second part, an entry like the first.
    fn goes_on(&self, line: &Line<'_>) -> bool {
        let _ = line;
        false
    }
    /// It has no line of its own that ends it.
    fn whole(&self) -> bool {
        false
    }
    /// What was read.
    fn body(self: Box<Self>) -> Body;
}

/// A report that has begun.
struct Open {
    line: u32,
    head: Head,
    cut: bool,
    ended: bool,
    reader: Box<dyn Reader>,
}

/// Bytes of a line that can be one of a report: records of a log are a few hundred at most.
const LONGEST: usize = 2000;

/// Reads whatever reports a text holds. Never fails: what was not understood is listed.
#[must_use]
pub fn read(text: &str) -> Capture {
    let mut capture = Capture::default();
    let mut head = Head::default();
    let mut open: Option<Open> = None;
    let mut asleep = false;
    for (number, text) in (1..).zip(text.lines()) {
        if text.len() > LONGEST {
            let text = text.trim().chars().take(LONGEST / 8).collect();
            capture.unread.push(Unread { line: number, text });
            continue;
        }
        let line = Line::new(text);
        if line.is_ruler() {
            continue;
        }
        if let Some(found) = head::read(&line) {
            close(&mut capture, open.take());
            head = Head { system: head::logged_on(&line), ..found };
            continue;
        }
        if head::is_command(&line) {
            continue;
        }
        if let Some(end) = head::end(&line) {
            if let Some(open) = &mut open {
                open.cut |= end.cut;
                open.ended |= end.ended;
            }
            continue;
        }
        if line.has("EZZ2502I") || line.has("EZZ2503I") {
            // They stand in front of the report that they are about, or behind its heading.
            asleep = !open.as_mut().is_some_and(|open| open.reader.line(&line));
            continue;
        }
        let goes_on = open.as_ref().is_some_and(|open| open.reader.goes_on(&line));
        if !goes_on && let Some((reader, own_head)) = begins(&line) {
            close(&mut capture, open.take());
            if let Some(own) = own_head {
                head =
                    Head { release: own.release.or(head.release), system: own.system.or(head.system), ..own };
            }
            open = Some(Open { line: number, head: head.clone(), cut: false, ended: false, reader });
            if std::mem::take(&mut asleep)
                && let Some(open) = &mut open
            {
                open.reader.line(&Line::new("EZZ2503I"));
            }
        }
        if !open.as_mut().is_some_and(|open| open.reader.line(&line)) {
            capture.unread.push(Unread { line: number, text: text.trim().to_owned() });
        }
    }
    close(&mut capture, open);
    capture
}

/// The reader of the report that this line begins, with the head that only this line gives.
fn begins(line: &Line<'_>) -> Option<(Box<dyn Reader>, Option<Head>)> {
    let plain = |reader: Box<dyn Reader>| Some((reader, None));
    if line.has("Dynamic VIPA Destination Port Table") {
        plain(Box::<destinations::Rows>::default())
    } else if line.has("Dynamic VIPA Connection Routing Table") {
        plain(Box::<routing::Rows>::default())
    } else if line.has("Dynamic VIPA Information") {
        plain(Box::<vipa_config::Rows>::default())
    } else if line.has("VIPA Dynamic Display From") {
        Some((Box::<sysplex::Rows>::default(), Some(sysplex::head(line))))
    } else if let Some((head, reader)) = displays::group(line) {
        Some((reader, Some(head)))
    } else if line.has("EXPLICITBINDPORTRANGE Configured:") || line.has("No EXPLICITBINDPORTRANGE") {
        plain(Box::<displays::PoolRows>::default())
    } else if displays::structure(line) {
        plain(Box::<displays::StructureRows>::default())
    } else if displays::section(line).is_some() {
        plain(Box::<displays::Statistics>::default())
    } else if line.has("VIPA Route:") {
        plain(Box::<vipa_dynamic::Routes>::default())
    } else if line.has("Dynamic VIPA:") {
        plain(Box::<vipa_dynamic::Rows>::default())
    } else if line.has("Home Address List") {
        plain(Box::<home::Rows>::default())
    } else if line.has("Source IP Address Based on") {
        plain(Box::<sources::Rows>::default())
    } else if line.has("TCP Configuration Table") {
        plain(Box::<config::Rows>::default())
    } else if line.starts(&["Port#", "Prot"]) {
        plain(Box::<ports::Rows>::default())
    } else if line.starts(&["User", "Id", "Conn"]) {
        plain(Box::<connections::Rows>::default())
    } else if line.has("IPv4 Destinations") || line.starts(&["Destination", "Gateway", "Flags"]) {
        plain(Box::<routes::Rows>::default())
    } else if devices::begins(line) {
        plain(Box::<devices::Rows>::default())
    } else {
        None
    }
}

fn close(capture: &mut Capture, open: Option<Open>) {
    if let Some(open) = open {
        let cut = open.cut || (open.head.console && !open.ended && !open.reader.whole());
        capture.reports.push(Report { line: open.line, head: open.head, cut, body: open.reader.body() });
    }
}
