//! `vipa netstat`: the reports of a running stack that people know, from the model.
//!
//! What a report holds is the data that [`crate::capture`] reads, so that a report of the model and one of a real stack can
//! be put beside each other; what is printed is read back to the same. Layouts: 04:7 and the report pages of the command
//! reference. What the model does not know (traffic, devices, dynamic routes, delayed acknowledgements) is not shown.

mod config;
mod connections;
mod destinations;
mod displays;
mod filter;
mod home;
pub mod json;
mod ports;
mod routes;
mod routing;
mod sources;
mod sysplex;
pub mod text;
mod vipa_config;
mod vipa_dynamic;

use std::net::IpAddr;

use grammar::scenario::{Scenario, nearest};
use runtime_model::Cluster;
use runtime_model::ids::StackId;
use runtime_model::model::{Model, StackModel};
use schemars::JsonSchema;
use serde::Serialize;

use crate::capture::{Body, RouteState};
use crate::run::{World, perform};
use crate::trouble::Trouble;

/// A report that the model can give.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Name {
    /// NETSTAT CONFIG.
    Config,
    /// NETSTAT CONN.
    Conn,
    /// NETSTAT HOME.
    Home,
    /// NETSTAT PORTLIST.
    PortList,
    /// NETSTAT ROUTE.
    Route,
    /// NETSTAT SRCIP.
    SrcIp,
    /// NETSTAT VCRT.
    Vcrt,
    /// NETSTAT VDPT.
    Vdpt,
    /// NETSTAT VIPADCFG.
    VipaDcfg,
    /// NETSTAT VIPADYN.
    VipaDyn,
    /// DISPLAY TCPIP,,SYSPLEX,VIPADYN.
    Sysplex,
    /// DISPLAY TCPIP,,SYSPLEX,GROUP.
    SysplexGroup,
    /// DISPLAY TCPIP,,SYSPLEX,PORTS.
    SysplexPorts,
    /// NETSTAT STATS.
    Stats,
    /// DISPLAY NET,STATS,TYPE=CFS of the structure EZBEPORT.
    Cfs,
}

impl Name {
    /// Every one.
    pub const ALL: [Self; 15] = [
        Self::Config,
        Self::Conn,
        Self::Home,
        Self::PortList,
        Self::Route,
        Self::SrcIp,
        Self::Vcrt,
        Self::Vdpt,
        Self::VipaDcfg,
        Self::VipaDyn,
        Self::Sysplex,
        Self::SysplexGroup,
        Self::SysplexPorts,
        Self::Stats,
        Self::Cfs,
    ];

    /// The word, and how many of its letters are enough.
    const fn word(self) -> (&'static str, usize) {
        match self {
            Self::Config => ("CONFIG", 6),
            Self::Conn => ("CONN", 2),
            Self::Home => ("HOME", 2),
            Self::PortList => ("PORTLIST", 5),
            Self::Route => ("ROUTE", 4),
            Self::SrcIp => ("SRCIP", 5),
            Self::Vcrt => ("VCRT", 4),
            Self::Vdpt => ("VDPT", 4),
            Self::VipaDcfg => ("VIPADCFG", 8),
            Self::VipaDyn => ("VIPADYN", 5),
            Self::Sysplex => ("SYSPLEX", 3),
            Self::SysplexGroup => ("SYSPLEX,GROUP", 13),
            Self::SysplexPorts => ("SYSPLEX,PORTS", 13),
            Self::Stats => ("STATS", 5),
            Self::Cfs => ("CFS", 3),
        }
    }
}

/// Parts of VIPADYN.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Part {
    /// DVIPAs and routes.
    #[default]
    Both,
    /// DVIPA.
    Dvipas,
    /// VIPAROUTE.
    Routes,
}

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The report.
    pub name: Name,
    /// With DETAIL.
    pub detail: bool,
    /// Of VIPADYN.
    pub part: Part,
    /// MAX: no more records than this; on the console alone.
    pub most: Option<usize>,
    /// IPADDR: entries of these addresses alone, where there are any.
    pub addresses: Vec<IpAddr>,
    /// INTFNAME: entries of this interface alone.
    pub interface: Option<String>,
}

impl Asked {
    /// A whole report.
    #[must_use]
    pub const fn whole(name: Name, detail: bool) -> Self {
        Self { name, detail, part: Part::Both, most: None, addresses: Vec::new(), interface: None }
    }
}

/// Reads the words behind NETSTAT: a report, abbreviated as the command allows, and the modifiers and filters that it has: DETAIL,
/// DVIPA and VIPAROUTE of VIPADYN, `(IPADDR` with up to six addresses, `MAX=`. `SYSPLEX` and `SYSPLEX,VIPADYN` are the display
/// of the sysplex, with `IPADDR=` and `INTFNAME=`.
///
/// # Errors
/// In words, with what was possible.
pub fn asked(words: &[String]) -> Result<Asked, String> {
    let joined = words.join(" ").to_uppercase().replace('(', " (");
    let mut parts = joined.split([' ', ',']).filter(|part| !part.is_empty());
    let first = parts.next().unwrap_or_default();
    let name = Name::ALL.into_iter().find(|name| {
        let (word, least) = name.word();
        first.len() >= least && word.starts_with(first)
    });
    let Some(name) = name else {
        let all = Name::ALL.map(|name| name.word().0);
        let hint = match (first, nearest(first, all)) {
            ("DEVLINKS" | "DEV" | "ARP" | "ALL", _) | (_, None) => {
                format!("there are {}", all.join(", "))
            }
            (_, Some(near)) => format!("did you mean {near}?"),
        };
        return Err(format!("the model has no report {first}: {hint}"));
    };
    let mut asked = Asked::whole(name, false);
    while let Some(part) = parts.next() {
        match (name, part) {
            (Name::Sysplex, "VIPADYN" | "VIPAD") => {}
            (Name::Sysplex, "GROUP") => asked.name = Name::SysplexGroup,
            (Name::Sysplex, "PORTS") => asked.name = Name::SysplexPorts,
            (Name::VipaDcfg | Name::Vdpt | Name::Vcrt, "DETAIL") => asked.detail = true,
            (Name::VipaDyn, "DVIPA") => asked.part = Part::Dvipas,
            (Name::VipaDyn, "VIPAROUTE") => asked.part = Part::Routes,
            (_, filter) => filter::read(name.word().0, &mut asked, filter, &mut parts)?,
        }
    }
    Ok(asked)
}

/// SHORT or LONG.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// A row an entry; of a stack without IPv6.
    Short,
    /// Labels and values.
    Long,
}

/// A report of the model.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Report {
    /// Version of this form.
    pub format_version: &'static str,
    /// Stack, by its name in the description.
    pub stack: String,
    /// Its job name.
    pub job: String,
    /// Its system.
    pub system: String,
    /// Its release, such as `V3R1`.
    pub release: String,
    /// Virtual time in seconds.
    pub time: u64,
    /// Whether the stack is up; one that is down has nothing to report.
    pub up: bool,
    /// What the report holds.
    #[serde(flatten)]
    pub body: Body,
    /// Ways of VIPAROUTEs, behind the DVIPAs of VIPADYN.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub routes: Vec<RouteState>,
    /// Records that there are, printed or not.
    #[serde(skip)]
    pub records: usize,
    /// The stack is in its group.
    #[serde(skip)]
    pub joined: bool,
    /// Printed with DETAIL.
    #[serde(skip)]
    pub detail: bool,
    /// The stack has addresses of IPv6, and so no SHORT reports.
    #[serde(skip)]
    pub six: bool,
}

/// Gives a report, when all stacks have started, in the state that the world begins with, or behind a scenario.
///
/// # Errors
/// Names that nobody has, in the scenario; a stack that is not there.
pub fn report(
    world: &World<'_>,
    stack: &str,
    release: &str,
    asked: Asked,
    after: Option<(&str, &Scenario)>,
) -> Result<Report, Vec<Trouble>> {
    let nothing = Scenario::default();
    let (file, scenario) = after.unwrap_or(("question", &nothing));
    let mut scope = world.scope(file);
    let mut play = world.play();
    let before = perform(world, scenario, &mut scope, &mut play);
    if !before.errors.is_empty() {
        return Err(before.errors);
    }
    let cluster = play.cluster();
    let Some(id) = cluster.find_stack(stack) else { return Err(Vec::new()) };
    let Some(config) = cluster.stack_config(id) else { return Err(Vec::new()) };
    let mut content = body(cluster, id, &asked);
    filter::only(&mut content, &asked, cluster, id);
    let records = content.entries();
    if let Some(most) = asked.most {
        filter::first(&mut content, most);
    }
    let routes = asked.name == Name::VipaDyn && asked.part == Part::Both;
    Ok(Report {
        format_version: "1.0",
        stack: config.name.clone(),
        job: config.job_name().to_owned(),
        system: config.system.clone(),
        release: release.to_owned(),
        time: cluster.now(),
        up: cluster.is_up(id),
        body: content,
        routes: if routes { vipa_dynamic::routes(cluster, id) } else { Vec::new() },
        records,
        joined: cluster.in_group(id),
        detail: asked.detail,
        six: has_six(config),
    })
}

/// The stack that a word names: by its name, or by a job name that no other has.
///
/// # Errors
/// In words, with what was possible.
pub fn stack<'m>(model: &'m Model, word: &str) -> Result<&'m StackModel, String> {
    let by_name = model.stacks.iter().find(|stack| stack.name.eq_ignore_ascii_case(word));
    let mut by_job = model.stacks.iter().filter(|stack| stack.job_name().eq_ignore_ascii_case(word));
    match (by_name, by_job.next(), by_job.next()) {
        (Some(stack), ..) | (None, Some(stack), None) => Ok(stack),
        (None, None, _) | (None, Some(_), Some(_)) => {
            let names: Vec<String> = model.stacks.iter().map(|stack| stack.name.clone()).collect();
            Err(crate::trouble::unknown("stack", word, &names))
        }
    }
}

/// The content of a report.
#[must_use]
pub fn body(cluster: &Cluster, stack: StackId, asked: &Asked) -> Body {
    match asked.name {
        Name::Config => Body::Config(config::data(cluster, stack)),
        Name::Conn => Body::Connections(connections::data(cluster, stack)),
        Name::Home => Body::Home(home::data(cluster, stack)),
        Name::PortList => Body::Ports(ports::data(cluster, stack)),
        Name::Route => Body::Routes(routes::data(cluster, stack)),
        Name::SrcIp => Body::Sources(sources::data(cluster, stack)),
        Name::Vcrt => Body::Routing(routing::data(cluster, stack)),
        Name::Vdpt => Body::Destinations(destinations::data(cluster, stack, asked.detail)),
        Name::VipaDcfg => Body::VipaConfig(vipa_config::data(cluster, stack, asked.detail)),
        Name::SysplexGroup => Body::Group(displays::group(cluster, stack)),
        Name::SysplexPorts => Body::PortPool(displays::pool(cluster, stack)),
        Name::Stats => Body::Statistics(displays::statistics(cluster, stack)),
        Name::Cfs => Body::Structure(displays::structure(cluster, stack)),
        Name::VipaDyn if asked.part == Part::Routes => Body::VipaRoutes(vipa_dynamic::routes(cluster, stack)),
        Name::VipaDyn => Body::VipaDynamic(vipa_dynamic::data(cluster, stack)),
        Name::Sysplex => Body::Sysplex(sysplex::data(cluster, stack)),
    }
}

/// Whether a stack has anything of IPv6.
fn has_six(config: &StackModel) -> bool {
    let home = config.home.iter().map(|home| home.address);
    let dvipas = config.dvipas.iter().map(|dvipa| dvipa.address);
    let mut all = home.chain(dvipas).chain(config.xcf.iter().copied());
    all.any(|address| address.is_ipv6()) || config.ranges.iter().any(|range| range.subnet.addr().is_ipv6())
}

/// Dynamic XCF address of a stack, of the family of another address.
fn xcf_of(cluster: &Cluster, stack: StackId, like: std::net::IpAddr) -> Option<std::net::IpAddr> {
    let all = &cluster.stack_config(stack)?.xcf;
    all.iter().copied().find(|address| address.is_ipv4() == like.is_ipv4())
}
