//! What reports of running stacks say together: whose each report is, what is known of the running sysplex, and a model that
//! begins where they end.
//!
//! The configuration stays that of the profiles. What captures give is the state: which stacks run, who has each DVIPA, what
//! operators deactivated, who listens, which connections there are. Where the running configuration is another one, `drift`
//! tells; nothing is made up for what was not captured, and [`Live::notes`] says what was not.

mod sockets;
mod start;
mod targets;
mod whose;

pub use start::Owners;

use std::collections::BTreeMap;

use compiler::description::{Description, StackEntry};
use runtime_model::Cluster;
use runtime_model::model::Model;
use schemars::JsonSchema;
use serde::Serialize;

use crate::capture::{
    self, Body, Connection, Destination, Device, Dvipa, Home, PortPool, Reservation, Role, Route, RouteState,
    Routed, SourceEntry, VipaConfig,
};
use crate::run::Begin;

/// A text with captures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaptureFile {
    /// Its name, for messages.
    pub path: String,
    /// The stack of the description that its reports are from, where the user says so.
    pub stack: Option<String>,
    /// The text.
    pub text: String,
}

/// Target release of each stack by its name in the description, as heads of reports print it: `V3R1`.
pub type Releases = BTreeMap<String, String>;

/// Target releases of the stacks of a description.
#[must_use]
pub fn releases(description: &Description) -> Releases {
    let of = |stack: &StackEntry| {
        let release = description.release(stack);
        (stack.name.value.clone(), format!("V{}R{}", release.version, release.release))
    };
    description.stacks.iter().map(of).collect()
}

/// Where a report stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Place {
    /// File.
    pub file: String,
    /// Line of its heading, from 1.
    pub line: u32,
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

/// What a report said, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said<T> {
    /// What.
    pub what: T,
    /// Where.
    pub at: Place,
    /// Records are missing: what is not there may be all the same.
    pub cut: bool,
}

/// A report that was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Where it stands.
    pub at: Place,
    /// Which, as people type it.
    pub report: &'static str,
    /// Stack of the description that it is from; for a display of the sysplex the one that answered.
    pub stack: Option<String>,
    /// System in its head.
    pub system: Option<String>,
    /// Release in its head.
    pub release: Option<String>,
    /// Number of entries.
    pub entries: usize,
    /// Records are missing.
    pub cut: bool,
}

/// What reports say of one stack; the last report of a kind counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StackSeen {
    /// VIPADCFG.
    pub config: Option<Said<VipaConfig>>,
    /// VIPADYN.
    pub dvipas: Option<Said<Vec<Dvipa>>>,
    /// VDPT.
    pub destinations: Option<Said<Vec<Destination>>>,
    /// VCRT.
    pub routing: Option<Said<Vec<Routed>>>,
    /// CONN.
    pub connections: Option<Said<Vec<Connection>>>,
    /// HOME.
    pub home: Option<Said<Vec<Home>>>,
    /// SRCIP.
    pub sources: Option<Said<Vec<SourceEntry>>>,
    /// CONFIG.
    pub settings: Option<Said<BTreeMap<String, String>>>,
    /// PORTLIST.
    pub ports: Option<Said<Vec<Reservation>>>,
    /// ROUTE.
    pub routes: Option<Said<Vec<Route>>>,
    /// DEVLINKS.
    pub devices: Option<Said<Vec<Device>>>,
    /// VIPADYN, the ways of VIPAROUTEs.
    pub ways: Option<Said<Vec<RouteState>>>,
    /// SYSPLEX,GROUP; none inside for a stack that is in no group.
    pub group: Option<Said<Option<String>>>,
    /// SYSPLEX,PORTS.
    pub pool: Option<Said<PortPool>>,
}

/// A row of a display of the sysplex, with the stack of the description that it names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleSeen {
    /// Place of the stack in the model; none for one that the description does not have.
    pub stack: Option<usize>,
    /// The row.
    pub role: Role,
}

/// What is known of the running sysplex.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Observed {
    /// Every report that was read and has a stack.
    pub reports: Vec<Report>,
    /// For each stack of the model, in its order.
    pub stacks: Vec<StackSeen>,
    /// Displays of the sysplex.
    pub roles: Vec<Said<Vec<RoleSeen>>>,
    /// What could not be used, and why, a line each.
    pub notes: Vec<String>,
}

impl Observed {
    /// Reads captures. Never fails: what could not be used is in the notes.
    #[must_use]
    pub fn read(model: &Model, releases: &Releases, files: &[CaptureFile]) -> Self {
        let mut seen =
            Self { stacks: model.stacks.iter().map(|_| StackSeen::default()).collect(), ..Self::default() };
        for file in files {
            seen.take(model, releases, file);
        }
        seen.notes.dedup();
        seen
    }

    /// Whether there was no report that could be used.
    #[must_use]
    pub fn nothing(&self) -> bool {
        self.reports.is_empty()
    }

    /// Whether some report is from this stack, or tells of it.
    #[must_use]
    pub fn tells_of(&self, stack: usize) -> bool {
        let own = self.stacks.get(stack).is_some_and(|seen| *seen != StackSeen::default());
        own || self.roles.iter().any(|said| said.what.iter().any(|row| row.stack == Some(stack)))
    }

    fn take(&mut self, model: &Model, releases: &Releases, file: &CaptureFile) {
        let capture = capture::read(&file.text);
        if capture.reports.is_empty() {
            self.notes.push(format!(
                "{}: no report in it: NETSTAT and DISPLAY TCPIP,,SYSPLEX,VIPADYN are read, with their headings",
                file.path
            ));
            return;
        }
        if let [first, rest @ ..] = capture.unread.as_slice() {
            let more = if rest.is_empty() { String::new() } else { format!(" and {} more", rest.len()) };
            let text: String = first.text.chars().take(60).collect();
            self.notes.push(format!("{}:{}: not understood: {text:?}{more}", file.path, first.line));
        }
        for report in capture.reports {
            self.keep(model, releases, file, report);
        }
    }

    fn keep(&mut self, model: &Model, releases: &Releases, file: &CaptureFile, report: capture::Report) {
        let at = Place { file: file.path.clone(), line: report.line };
        let name = report.body.name();
        let entries = report.body.entries();
        let whose = whose::stack(model, file.stack.as_deref(), &report.head);
        let stack = match (&whose, &report.body) {
            (Ok(stack), _) => Some(*stack),
            // A display of the sysplex is of use whoever answered.
            (Err(_), Body::Sysplex(_)) => None,
            (Err(why), _) => {
                self.notes.push(format!("{at}: {name} is not used: {why}"));
                return;
            }
        };
        let named = stack.and_then(|stack| model.stacks.get(stack)).map(|stack| stack.name.clone());
        if report.cut {
            let of = named.as_ref().map_or_else(String::new, |name| format!(" of {name}"));
            self.notes.push(format!(
                "{at}: {name}{of} is cut after {entries} entries: what is missing there may still run"
            ));
        }
        if let (Some(stack), Some(release)) = (&named, &report.head.release)
            && let Some(described) = releases.get(stack)
            && described != release
        {
            let note = format!(
                "{}: {stack} runs {release}, its profile is read for {described}: set `release` of its [[stack]]",
                file.path
            );
            if !self.notes.contains(&note) {
                self.notes.push(note);
            }
        }
        self.reports.push(Report {
            at: at.clone(),
            report: name,
            stack: named,
            system: report.head.system.clone(),
            release: report.head.release.clone(),
            entries,
            cut: report.cut,
        });
        self.book(model, stack, Said { what: report.body, at, cut: report.cut });
    }

    fn book(&mut self, model: &Model, stack: Option<usize>, said: Said<Body>) {
        let Said { what, at, cut } = said;
        if let Body::Sysplex(roles) = what {
            let what = self.roles_of(model, roles, &at);
            self.roles.push(Said { what, at, cut });
            return;
        }
        let notes = &mut self.notes;
        let Some(seen) = stack.and_then(|stack| self.stacks.get_mut(stack)) else { return };
        match what {
            Body::VipaConfig(what) => put(&mut seen.config, Said { what, at, cut }, notes),
            Body::VipaDynamic(what) => put(&mut seen.dvipas, Said { what, at, cut }, notes),
            Body::Destinations(what) => put(&mut seen.destinations, Said { what, at, cut }, notes),
            Body::Routing(what) => put(&mut seen.routing, Said { what, at, cut }, notes),
            Body::Connections(what) => put(&mut seen.connections, Said { what, at, cut }, notes),
            Body::Home(what) => put(&mut seen.home, Said { what, at, cut }, notes),
            Body::Sources(what) => put(&mut seen.sources, Said { what, at, cut }, notes),
            Body::Config(what) => put(&mut seen.settings, Said { what, at, cut }, notes),
            Body::Ports(what) => put(&mut seen.ports, Said { what, at, cut }, notes),
            Body::Routes(what) => put(&mut seen.routes, Said { what, at, cut }, notes),
            Body::Devices(what) => put(&mut seen.devices, Said { what, at, cut }, notes),
            Body::VipaRoutes(what) => put(&mut seen.ways, Said { what, at, cut }, notes),
            Body::Group(what) => put(&mut seen.group, Said { what, at, cut }, notes),
            Body::PortPool(what) => put(&mut seen.pool, Said { what, at, cut }, notes),
            // Counts and structures are of the moment; nothing begins with them.
            Body::Statistics(_) | Body::Structure(_) | Body::Sysplex(_) => {}
        }
    }

    fn roles_of(&mut self, model: &Model, roles: Vec<Role>, at: &Place) -> Vec<RoleSeen> {
        let mut strangers: Vec<String> = Vec::new();
        let rows = roles
            .into_iter()
            .map(|role| {
                let stack = whose::named(model, &role.stack, Some(&role.system)).ok();
                let name = format!("{} on {}", role.stack, role.system);
                if stack.is_none() && !strangers.contains(&name) {
                    strangers.push(name);
                }
                RoleSeen { stack, role }
            })
            .collect();
        if !strangers.is_empty() {
            self.notes.push(format!(
                "{at}: {} runs and is no stack of the description: give it a [[stack]] with its profile",
                strangers.join(", ")
            ));
        }
        rows
    }
}

/// The last report of a kind counts.
fn put<T>(slot: &mut Option<Said<T>>, said: Said<T>, notes: &mut Vec<String>) {
    if let Some(earlier) = slot {
        notes.push(format!(
            "{}: the same report stands at {} as well; the last one counts",
            earlier.at, said.at
        ));
    }
    *slot = Some(said);
}

/// The model in the state that captures show.
#[derive(Clone, Debug)]
pub struct Live {
    /// What the captures say.
    pub observed: Observed,
    /// The cluster, at rest.
    pub cluster: Cluster,
    /// From here on no socket of it has a handle.
    pub next: u32,
    /// What was not captured, what could not be carried over, and what is taken for granted instead, a line each.
    pub notes: Vec<String>,
}

impl Live {
    /// Builds the state: the stacks that run are started with their profiles, then what the captures say is carried over.
    #[must_use]
    pub fn new(model: &Model, observed: Observed) -> Self {
        start::start(model, observed)
    }

    /// For [`crate::run::World`].
    #[must_use]
    pub fn begin(&self) -> Begin<'_> {
        Begin { cluster: &self.cluster, next: self.next }
    }
}
