//! NETSTAT VIPADCFG (04:7.2): what the VIPADYNAMIC blocks gave the stack.

use std::net::IpAddr;

use schemars::JsonSchema;
use serde::Serialize;

use super::line::Line;
use super::words::{address, capital, end, filled, flag, flags, mask_bits, method, number};
use super::{Body, Reader};

/// The sections of the report.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
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
    /// Flags, as written: tier, CPCSCOPE.
    pub flags: Option<String>,
    /// It stands in the section of deactivated DVIPAs.
    pub deactivated: bool,
    /// SERVICEMGR.
    pub manager: Option<bool>,
}

/// MOVEABLE.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
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
    /// Distribution method.
    pub method: Option<String>,
    /// HOTSTANDBY: `Preferred` or `Backup`.
    pub server: Option<String>,
    /// HOTSTANDBY: rank of a backup.
    pub rank: Option<u8>,
    /// WEIGHTEDACTIVE: weight of the target.
    pub weight: Option<u16>,
    /// HOTSTANDBY: AUTOSWITCHBACK.
    pub auto_switch_back: Option<bool>,
    /// HOTSTANDBY: HEALTHSWITCH.
    pub health_switch: Option<bool>,
    /// Flags, as written.
    pub flags: Vec<String>,
    /// OPTLOCAL.
    pub optlocal: Option<u8>,
    /// Name behind TIER1 or TIER2.
    pub group: Option<String>,
    /// PROCTYPE: proportions of CP, zAAP and zIIP.
    pub processors: Option<[u8; 3]>,
    /// PROCXCOST: cost of zAAP and zIIP work.
    pub crossing: Option<[u8; 2]>,
    /// ILWEIGHTING.
    pub importance: Option<u8>,
    /// It stands in the section of deactivated DVIPAs.
    pub deactivated: bool,
}

/// VIPAROUTE.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
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
    crossing: bool,
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
        line.has("Deactivated Dynamic VIPA Information") || line.has("VIPA Route:")
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
        let heading = ["IP Address", "IPAddress", "XCF Address", "AddressMask"];
        !pairs.is_empty() || heading.iter().any(|title| line.has(title)) || self.short(line)
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
            "IpAddr/PrefixLen" | "IpAddr" => {
                if let Some((address, bits)) = value.split_whitespace().next().and_then(address) {
                    self.begin(address, bits);
                }
            }
            "Dest" => self.dest = dest(value.split_whitespace().next().unwrap_or("")),
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

    fn begin(&mut self, address: IpAddr, bits: Option<u8>) {
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
                flags: None,
                deactivated: self.deactivated,
                manager: None,
            }),
            Section::None | Section::Distribute | Section::Route => {}
        }
    }

    fn target(&mut self, value: &str) {
        let target = value.parse().ok();
        if let Some((address, port)) = self.dest
            && (target.is_some() || value.eq_ignore_ascii_case("ALL"))
        {
            let row = Distributed { deactivated: self.deactivated, ..unknown(address, port, target) };
            self.config.distributed.push(row);
        }
    }

    fn detail(&mut self, label: &str, value: &str) {
        match self.section {
            Section::Backup | Section::Define => {
                let Some(last) = self.config.defined.last_mut() else { return };
                match label {
                    "Rank" => last.rank = number(value),
                    "Moveable" => last.moveable = Movement::of(value),
                    "Flg" => last.flags = filled(value),
                    "SrvMgr" => last.manager = flag(value),
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
                    "SysPt" => last.sysplex_ports = flag(value),
                    "TimAff" => last.affinity = number(value).filter(|seconds| *seconds > 0),
                    "DistMethod" => last.method = Some(named(value)).filter(|name| !name.is_empty()),
                    "SrvType" => last.server = filled(value).map(|word| capital(&word)),
                    "Rank" => last.rank = number(value),
                    "Weight" => last.weight = number(value),
                    "AutoSwitchBack" => last.auto_switch_back = flag(value),
                    "HealthSwitch" => last.health_switch = flag(value),
                    "Flg" => last.flagged(value),
                    "OptLoc" => last.optlocal = number(value),
                    "GrpName" => last.group = filled(value),
                    "ProcType" => self.crossing = false,
                    "ProcXcost" => self.crossing = true,
                    "CP" => last.share(0, value),
                    "zAAP" if self.crossing => last.cost(0, value),
                    "zIIP" if self.crossing => last.cost(1, value),
                    "zAAP" => last.share(1, value),
                    "zIIP" => last.share(2, value),
                    "ILWeighting" => last.importance = number(value),
                    _ => {}
                }
            }
            Section::None | Section::Route => {}
        }
    }

    /// A row of the short layout, by what its words can be.
    fn short(&mut self, line: &Line<'_>) -> bool {
        match self.section {
            Section::None => false,
            Section::Backup | Section::Define | Section::Range => self.short_address(line),
            Section::Distribute => {
                let row = line.row(short_target);
                let read = row.is_some();
                let deactivated = self.deactivated;
                self.config.distributed.extend(row.map(|row| Distributed { deactivated, ..row }));
                read
            }
            Section::Route => {
                let row = line.row(|words| match words {
                    [target, through, ..] => {
                        Some(VipaRoute { target: target.parse().ok()?, through: through.parse().ok()? })
                    }
                    _ => None,
                });
                let read = row.is_some();
                self.config.routes.extend(row);
                read
            }
        }
    }

    /// `192.0.2.9 255.255.255.240 000100 Immediate No`, the mask on either side of the address.
    fn short_address(&mut self, line: &Line<'_>) -> bool {
        let found = line.row(|words| {
            let (first, rest) = words.split_first()?;
            let first: IpAddr = first.parse().ok()?;
            Some((first, rest.iter().map(|word| (*word).to_owned()).collect::<Vec<String>>()))
        });
        let Some((first, rest)) = found else { return false };
        let next = rest.first().and_then(|word| word.parse::<IpAddr>().ok());
        let bits_of = |address: IpAddr| match address {
            IpAddr::V4(mask) => mask_bits(mask).filter(|_| !mask.is_unspecified()),
            IpAddr::V6(_) => None,
        };
        let (address, bits) = match next {
            Some(second) if bits_of(second).is_some() => (first, bits_of(second)),
            Some(second) if bits_of(first).is_some() => (second, bits_of(first)),
            Some(_) | None => (first, None),
        };
        self.begin(address, bits);
        for word in rest.iter().skip(usize::from(next.is_some())) {
            if Movement::of(word).is_some() {
                self.detail("Moveable", word);
            } else if self.section == Section::Backup
                && number::<u16>(word).is_some()
                && self.config.defined.last().is_some_and(|last| last.rank.is_none())
            {
                self.detail("Rank", word);
            } else if flag(word).is_some() && self.section != Section::Range {
                self.detail("SrvMgr", word);
            } else if flag(word).is_none() && !word.eq_ignore_ascii_case("n/a") {
                self.detail(if self.section == Section::Range { "SAF" } else { "Flg" }, word);
            }
        }
        true
    }
}

impl Distributed {
    fn share(&mut self, place: usize, value: &str) {
        let shares = self.processors.get_or_insert([0; 3]);
        if let (Some(share), Some(value)) = (shares.get_mut(place), number(value)) {
            *share = value;
        }
    }

    fn cost(&mut self, place: usize, value: &str) {
        let costs = self.crossing.get_or_insert([0; 2]);
        if let (Some(cost), Some(value)) = (costs.get_mut(place), number(value)) {
            *cost = value;
        }
    }

    fn flagged(&mut self, value: &str) {
        let (method, others) = flags(value);
        if self.method.is_none() {
            self.method = method.map(str::to_owned);
        }
        self.flags.extend(others);
    }
}

/// `192.0.2.9..80`, without a port `192.0.2.9` or `192.0.2.9..n/a`.
fn dest(word: &str) -> Option<(IpAddr, Option<u16>)> {
    match end(word) {
        Some((Some(address), port)) => Some((address, port.filter(|port| *port > 0))),
        _ => {
            let plain = word.split("..").next().unwrap_or(word);
            address(plain).map(|(address, _)| (address, None))
        }
    }
}

/// A method by its own spelling, where it is known.
fn named(value: &str) -> String {
    method(value).map_or_else(|| value.to_owned(), str::to_owned)
}

/// `192.0.2.9 00080 ALL Yes No BaseWLM`.
fn short_target(words: &[&str]) -> Option<Distributed> {
    let [address, port, target, ports, affinity, rest @ ..] = words else { return None };
    let address: IpAddr = address.parse().ok()?;
    let port: Option<u16> = if port.eq_ignore_ascii_case("n/a") { None } else { Some(number(port)?) };
    let target = if target.eq_ignore_ascii_case("ALL") { None } else { Some(target.parse().ok()?) };
    let mut row = unknown(address, port.filter(|port| *port > 0), target);
    row.sysplex_ports = Some(flag(ports)?);
    row.affinity = number(affinity).filter(|seconds| *seconds > 0);
    for word in rest {
        if word.eq_ignore_ascii_case("Preferred") || word.eq_ignore_ascii_case("Backup") {
            row.server = Some(capital(word));
        } else if let Some(rank) = number(word) {
            row.rank = Some(rank);
        } else {
            row.flagged(word);
        }
    }
    Some(row)
}

const fn unknown(address: IpAddr, port: Option<u16>, target: Option<IpAddr>) -> Distributed {
    Distributed {
        address,
        port,
        target,
        sysplex_ports: None,
        affinity: None,
        method: None,
        server: None,
        rank: None,
        weight: None,
        auto_switch_back: None,
        health_switch: None,
        flags: Vec::new(),
        optlocal: None,
        group: None,
        processors: None,
        crossing: None,
        importance: None,
        deactivated: false,
    }
}
