//! NETSTAT VIPADYN (04:7.3): the state of each DVIPA on one stack.

use std::net::{IpAddr, Ipv4Addr};

use schemars::JsonSchema;
use serde::Serialize;

use super::line::Line;
use super::words::{Status, address, filled, mask_bits};
use super::{Body, Reader};

/// A DVIPA on the stack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Dvipa {
    /// The address.
    pub address: IpAddr,
    /// Prefix length, where shown.
    pub bits: Option<u8>,
    /// Interface name of an IPv6 DVIPA.
    pub interface: Option<String>,
    /// Its status.
    pub status: Option<Status>,
    /// Where it came from; none for a target.
    pub origin: Option<Origin>,
    /// This stack distributes it.
    pub distributor: bool,
    /// This stack is a target for it.
    pub target: bool,
    /// Job that made it, for one out of a range.
    pub job: Option<String>,
}

/// How a DVIPA came to be (04:1.6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// VIPADEFINE.
    Define,
    /// VIPABACKUP.
    Backup,
    /// VIPARANGE, by bind.
    Bind,
    /// VIPARANGE, by ioctl.
    Ioctl,
}

impl Origin {
    /// The origin that the words say, and how many of them it takes.
    pub(super) fn of(words: &[&str]) -> Option<(Self, usize)> {
        match words {
            [word, ..] if word.eq_ignore_ascii_case("VIPADEFINE") => Some((Self::Define, 1)),
            [word, ..] if word.eq_ignore_ascii_case("VIPABACKUP") => Some((Self::Backup, 1)),
            [word, how, ..] if word.eq_ignore_ascii_case("VIPARANGE") && how.eq_ignore_ascii_case("BIND") => {
                Some((Self::Bind, 2))
            }
            [word, how, ..]
                if word.eq_ignore_ascii_case("VIPARANGE") && how.eq_ignore_ascii_case("IOCTL") =>
            {
                Some((Self::Ioctl, 2))
            }
            _ => None,
        }
    }
}

/// The report while it is read.
#[derive(Default)]
pub(super) struct Rows {
    rows: Vec<Dvipa>,
    interface: Option<String>,
}

/// The way of a VIPAROUTE.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct RouteState {
    /// XCF address of the target.
    pub target: IpAddr,
    /// Address that leads there.
    pub through: Option<IpAddr>,
    /// Whether there is a way now, where the report says it.
    pub active: Option<bool>,
}

/// The routes while they are read.
#[derive(Default)]
pub(super) struct Routes {
    rows: Vec<RouteState>,
}

impl Reader for Routes {
    fn goes_on(&self, line: &Line<'_>) -> bool {
        line.has("VIPA Route:")
    }

    fn line(&mut self, line: &Line<'_>) -> bool {
        if self.goes_on(line) || line.has("XCF Address") {
            return true;
        }
        let row = line.row(|words| match words {
            [target, through, rest @ ..] => Some(RouteState {
                target: target.parse().ok()?,
                through: Some(through.parse().ok()?),
                active: rest.first().and_then(|word| running(word)),
            }),
            _ => None,
        });
        if let Some(row) = row {
            self.rows.push(row);
            return true;
        }
        let pairs = line.pairs(&["DestXCF", "TargetIp", "RtStatus"]);
        for (label, value) in &pairs {
            if *label == "DestXCF" {
                let target = value.parse().ok();
                self.rows.extend(target.map(|target| RouteState { target, through: None, active: None }));
                continue;
            }
            let Some(last) = self.rows.last_mut() else { continue };
            if *label == "TargetIp" {
                last.through = value.parse().ok();
            } else {
                last.active = running(value);
            }
        }
        !pairs.is_empty()
    }

    fn body(self: Box<Self>) -> Body {
        Body::VipaRoutes(self.rows)
    }
}

/// `Active`, `Inactive` or another word.
fn running(word: &str) -> Option<bool> {
    match Status::of(word) {
        Some(Status::Active) => Some(true),
        Some(Status::Inactive) => Some(false),
        Some(Status::Backup | Status::Moving | Status::Quiescing | Status::Deactivated) | None => None,
    }
}

const LABELS: &[&str] = &[
    "Dynamic VIPA",
    "IpAddr/PrefixLen",
    "IpAddr",
    "IP Address",
    "IntfName",
    "Status",
    "Origin",
    "Origination",
    "DistStat",
    "ActTime",
    "Job",
    "JobName",
    "LinkName",
];

impl Reader for Rows {
    fn line(&mut self, line: &Line<'_>) -> bool {
        if let Some(row) = line.row(short) {
            self.rows.push(row);
            return true;
        }
        if line.starts(&["IP", "Address", "AddressMask"]) || line.has("AddressMask Status") {
            return true;
        }
        let pairs = line.pairs(LABELS);
        for (label, value) in &pairs {
            self.field(label, value);
        }
        !pairs.is_empty()
    }

    fn body(self: Box<Self>) -> Body {
        Body::VipaDynamic(self.rows)
    }
}

impl Rows {
    fn field(&mut self, label: &str, value: &str) {
        match label {
            "IntfName" => self.interface = filled(value),
            "IpAddr/PrefixLen" | "IpAddr" | "IP Address" => {
                if let Some((address, bits)) = value.split_whitespace().next().and_then(address) {
                    self.rows.push(Dvipa { bits, interface: self.interface.take(), ..unknown(address) });
                }
            }
            _ => {
                let Some(last) = self.rows.last_mut() else { return };
                let words: Vec<&str> = value.split_whitespace().collect();
                match label {
                    "Status" => last.status = words.first().and_then(|word| Status::of(word)),
                    "Origin" | "Origination" => last.origin = Origin::of(&words).map(|(origin, _)| origin),
                    "DistStat" => (last.distributor, last.target) = distribution(value),
                    "Job" | "JobName" => last.job = filled(value),
                    _ => {}
                }
            }
        }
    }
}

/// `192.0.2.9 255.255.255.240 Active VIPADefine Dist/Dest`.
fn short(words: &[&str]) -> Option<Dvipa> {
    let (first, rest) = words.split_first()?;
    let address: IpAddr = first.parse().ok()?;
    // A backup without a mask shows none.
    let mask = rest.first().and_then(|word| word.parse::<Ipv4Addr>().ok());
    let rest = rest.get(usize::from(mask.is_some())..).unwrap_or_default();
    let (status, rest) = rest.split_first()?;
    let status = Status::of(status)?;
    let bits = mask.and_then(mask_bits);
    let origin = Origin::of(rest);
    let after = rest.get(origin.map_or(0, |(_, taken)| taken)..).unwrap_or_default();
    let (distributor, target) = distribution(after.first().unwrap_or(&""));
    let origin = origin.map(|(origin, _)| origin);
    Some(Dvipa { bits, status: Some(status), origin, distributor, target, ..unknown(address) })
}

const fn unknown(address: IpAddr) -> Dvipa {
    Dvipa {
        address,
        bits: None,
        interface: None,
        status: None,
        origin: None,
        distributor: false,
        target: false,
        job: None,
    }
}

/// `Dist`, `Dest`, `Dist/Dest`; the sysplex display says `BOTH`.
pub(super) fn distribution(word: &str) -> (bool, bool) {
    let word = word.trim().to_ascii_lowercase();
    (word.starts_with("dist") || word == "both", word.ends_with("dest") || word == "both")
}
