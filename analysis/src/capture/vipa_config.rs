//! NETSTAT VIPADCFG (04:7.2): what the VIPADYNAMIC blocks gave the stack.

use std::net::IpAddr;

use serde::Serialize;

use super::line::Line;
use super::words::{address, end, filled, number};
use super::{Body, Reader};

/// The sections of the report.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct VipaConfig {
    /// False when the stack is in no sysplex group, so that all of this sleeps (EZZ2502I, EZZ2503I).
    pub joined: bool,
    /// VIPADEFINE and VIPABACKUP.
    pub defined: Vec<Defined>,
    /// VIPARANGE.
    pub ranges: Vec<Ranged>,
    /// VIPADISTRIBUTE, one entry a target.
    pub distributed: Vec<Distributed>,
    /// VIPAROUTE.
    pub routes: Vec<VipaRoute>,
}

impl VipaConfig {
    /// How many entries there are.
    pub(super) fn entries(&self) -> usize {
        self.defined.len() + self.ranges.len() + self.distributed.len() + self.routes.len()
    }
}

/// VIPADEFINE or VIPABACKUP.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Defined {
    /// The DVIPA.
    pub address: IpAddr,
    /// Prefix length; a pure backup has none.
    pub bits: Option<u8>,
    /// Interface name of an IPv6 DVIPA.
    pub interface: Option<String>,
    /// Rank of a VIPABACKUP; none for a VIPADEFINE.
    pub rank: Option<u8>,
    /// MOVEABLE, where one is shown.
    pub moveable: Option<Movement>,
    /// It stands in the section of deactivated DVIPAs.
    pub deactivated: bool,
}

/// MOVEABLE.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Movement {
    /// MOVEABLE IMMEDIATE.
    Immediate,
    /// MOVEABLE WHENIDLE.
    WhenIdle,
    /// A range that is NONDISRUPTIVE.
    NonDisruptive,
    /// A range that is DISRUPTIVE.
    Disruptive,
}

impl Movement {
    fn of(word: &str) -> Option<Self> {
        let word = word.to_ascii_lowercase();
        let all = [
            ("immediate", Self::Immediate),
            ("whenidle", Self::WhenIdle),
            ("nondisruptive", Self::NonDisruptive),
            ("disruptive", Self::Disruptive),
        ];
        all.iter()
            .find(|(name, _)| word.len() >= 4 && name.starts_with(word.as_str()))
            .map(|(_, movement)| *movement)
    }
}

/// VIPARANGE.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Ranged {
    /// Address as shown; with its prefix length it gives the range.
    pub address: IpAddr,
    /// Prefix length.
    pub bits: Option<u8>,
    /// Interface name of an IPv6 range.
    pub interface: Option<String>,
    /// MOVEABLE.
    pub moveable: Option<Movement>,
    /// Name of the SAF resource.
    pub saf: Option<String>,
}

/// One target of a VIPADISTRIBUTE.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Distributed {
    /// The DVIPA.
    pub address: IpAddr,
    /// The port; none when ports are not listed.
    pub port: Option<u16>,
    /// XCF address of the target; none for ALL.
    pub target: Option<IpAddr>,
    /// SYSPLEXPORTS.
    pub sysplex_ports: Option<bool>,
    /// TIMEDAFFINITY in seconds.
    pub affinity: Option<u32>,
    /// Distribution method, as written.
    pub method: Option<String>,
    /// Flags, as written.
    pub flags: Vec<String>,
    /// OPTLOCAL.
    pub optlocal: Option<u8>,
}

/// VIPAROUTE.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct VipaRoute {
    /// XCF address of the target.
    pub target: IpAddr,
    /// Address that leads there.
    pub through: IpAddr,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Section {
    #[default]
    None,
    Backup,
    Define,
    Range,
    Distribute,
    Route,
}

/// The report while it is read.
#[derive(Default)]
pub(super) struct Rows {
    config: VipaConfig,
    asleep: bool,
    section: Section,
    deactivated: bool,
    interface: Option<String>,
    dest: Option<(IpAddr, Option<u16>)>,
    route: Option<IpAddr>,
}

const LABELS: &[&str] = &[
    "VIPA Backup",
    "VIPA Define",
    "VIPA Range",
    "VIPA Distribute",
    "VIPA Route",
    "VIPA Service",
    "Deactivated Dynamic VIPA Information",
    "Dynamic VIPA Information",
    "IpAddr/PrefixLen",
    "IpAddr",
    "IntfName",
    "Rank",
    "Moveable",
    "SrvMgr",
    "Flg",
    "SAFName",
    "SAF",
    "Dest",
    "DestXCF",
    "DestIP",
    "DistMethod",
    "SrvType",
    "AutoSwitchBack",
    "HealthSwitch",
    "SysPt",
    "TimAff",
    "OptLoc",
    "GrpName",
    "CtrlPort",
    "ProcXcost",
    "zAAP",
    "zIIP",
    "ILWeighting",
    "ProcType",
    "CP",
    "Weight",
    "RtgType",
    "TargetIp",
];

impl Reader for Rows {
    fn goes_on(&self, line: &Line<'_>) -> bool {
        line.has("Deactivated Dynamic VIPA Information")
    }

    fn line(&mut self, line: &Line<'_>) -> bool {
        if line.has("EZZ2502I") || line.has("EZZ2503I") {
            self.asleep = true;
            return true;
        }
        let pairs = line.pairs(LABELS);
        for (label, value) in &pairs {
            self.field(label, value);
        }
        !pairs.is_empty()
    }

    fn body(self: Box<Self>) -> Body {
        Body::VipaConfig(VipaConfig { joined: !self.asleep, ..self.config })
    }
}

impl Rows {
    fn field(&mut self, label: &str, value: &str) {
        match label {
            "VIPA Backup" => self.section = Section::Backup,
            "VIPA Define" => self.section = Section::Define,
            "VIPA Range" => self.section = Section::Range,
            "VIPA Distribute" => self.section = Section::Distribute,
            "VIPA Route" => self.section = Section::Route,
            "Deactivated Dynamic VIPA Information" => self.deactivated = true,
            "IntfName" => self.interface = filled(value),
            "IpAddr/PrefixLen" | "IpAddr" => self.begin(value),
            "Dest" => {
                let word = value.split_whitespace().next().unwrap_or("");
                self.dest = match end(word) {
                    Some((Some(address), port)) => Some((address, port.filter(|port| *port > 0))),
                    _ => address(word).map(|(address, _)| (address, None)),
                };
            }
            "DestXCF" | "DestIP" if self.section == Section::Route => self.route = value.parse().ok(),
            "DestXCF" | "DestIP" => self.target(value),
            "TargetIp" => {
                if let (Some(target), Ok(through)) = (self.route.take(), value.parse()) {
                    self.config.routes.push(VipaRoute { target, through });
                }
            }
            _ => self.detail(label, value),
        }
    }

    fn begin(&mut self, value: &str) {
        let Some((address, bits)) = value.split_whitespace().next().and_then(address) else { return };
        let interface = self.interface.take();
        match self.section {
            Section::Range => {
                self.config.ranges.push(Ranged { address, bits, interface, moveable: None, saf: None });
            }
            Section::Backup | Section::Define => self.config.defined.push(Defined {
                address,
                bits,
                interface,
                rank: None,
                moveable: None,
                deactivated: self.deactivated,
            }),
            Section::None | Section::Distribute | Section::Route => {}
        }
    }

    fn target(&mut self, value: &str) {
        let target = value.parse().ok();
        if let Some((address, port)) = self.dest
            && (target.is_some() || value.eq_ignore_ascii_case("ALL"))
        {
            self.config.distributed.push(Distributed {
                address,
                port,
                target,
                sysplex_ports: None,
                affinity: None,
                method: None,
                flags: Vec::new(),
                optlocal: None,
            });
        }
    }

    fn detail(&mut self, label: &str, value: &str) {
        match self.section {
            Section::Backup | Section::Define => {
                let Some(last) = self.config.defined.last_mut() else { return };
                match label {
                    "Rank" => last.rank = number(value),
                    "Moveable" => last.moveable = Movement::of(value),
                    _ => {}
                }
            }
            Section::Range => {
                let Some(last) = self.config.ranges.last_mut() else { return };
                match label {
                    "Moveable" => last.moveable = Movement::of(value),
                    "SAFName" | "SAF" => last.saf = filled(value),
                    _ => {}
                }
            }
            Section::Distribute => {
                let Some(last) = self.config.distributed.last_mut() else { return };
                match label {
                    "SysPt" => last.sysplex_ports = Some(value.eq_ignore_ascii_case("yes")),
                    "TimAff" => last.affinity = number(value).filter(|seconds| *seconds > 0),
                    "DistMethod" => last.method = filled(value),
                    "Flg" => last.flags.extend(value.split([',', ' ']).filter_map(filled)),
                    "OptLoc" => last.optlocal = number(value),
                    _ => {}
                }
            }
            Section::None | Section::Route => {}
        }
    }
}
