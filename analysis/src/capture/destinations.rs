//! NETSTAT VDPT (04:7.4): the destination port table of a distributing stack.

use std::net::IpAddr;

use schemars::JsonSchema;
use serde::Serialize;

use super::line::Line;
use super::words::{address, capital, end, filled, flags, method, number};
use super::{Body, Reader};

/// One target of one distributed address and port.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Destination {
    /// The DVIPA.
    pub address: IpAddr,
    /// The port.
    pub port: u16,
    /// XCF address of the target, or the address of a target that is no z/OS stack.
    pub target: IpAddr,
    /// Listeners on the target.
    pub ready: Option<u32>,
    /// Connections routed there since the entry began.
    pub total: Option<u64>,
    /// Connections routed there that are active.
    pub active: Option<u64>,
    /// Weight that is used.
    pub weight: Option<u32>,
    /// Target server responsiveness, 0 to 100.
    pub responsiveness: Option<u32>,
    /// Distribution method, where the report says it.
    pub method: Option<String>,
    /// HOTSTANDBY: `Preferred` or `Backup`.
    pub server: Option<String>,
    /// TCSR, CER and SEF, the parts of the responsiveness.
    pub parts: Option<[u32; 3]>,
    /// Abnormal ends.
    pub abnormal: Option<u32>,
    /// Health, 0 to 100.
    pub health: Option<u32>,
    /// Other flags, in words.
    pub flags: Vec<String>,
}

/// The report while it is read.
#[derive(Default)]
pub(super) struct Rows {
    rows: Vec<Destination>,
    dest: Option<(IpAddr, u16)>,
}

const LABELS: &[&str] = &[
    "Dest",
    "DestXCF",
    "DestIP",
    "TotalConn",
    "Rdy",
    "WLM",
    "TSR",
    "DistMethod",
    "SrvType",
    "Flg",
    "TCSR",
    "CER",
    "SEF",
    "Abnorm",
    "Health",
    "ActConn",
    "ActiveConn",
    "QosPlcAct",
    "W/Q",
    "Weight",
    "Raw",
    "CP",
    "zAAP",
    "zIIP",
    "SrvAddr",
    "Proportional",
];

impl Reader for Rows {
    fn goes_on(&self, line: &Line<'_>) -> bool {
        line.has("for non-z/OS targets")
    }

    fn line(&mut self, line: &Line<'_>) -> bool {
        if line.has("Dynamic VIPA Destination Port Table") || line.has("Dest IPaddr DPort") {
            return true;
        }
        if let Some(row) = line.row(short) {
            self.rows.push(row);
            return true;
        }
        let pairs = line.pairs(LABELS);
        for (label, value) in &pairs {
            self.field(label, value);
        }
        !pairs.is_empty()
    }

    fn body(self: Box<Self>) -> Body {
        Body::Destinations(self.rows)
    }
}

impl Rows {
    fn field(&mut self, label: &str, value: &str) {
        match label {
            "Dest" => {
                self.dest = match end(value) {
                    Some((Some(address), Some(port))) => Some((address, port)),
                    _ => address(value).map(|(address, _)| (address, 0)),
                };
            }
            "DestXCF" | "DestIP" => {
                if let (Some((address, port)), Ok(target)) = (self.dest, value.parse()) {
                    self.rows.push(unknown(address, port, target));
                }
            }
            _ => {
                let Some(last) = self.rows.last_mut() else { return };
                match label {
                    "Rdy" => last.ready = number(value),
                    "TotalConn" => last.total = number(value),
                    "ActConn" | "ActiveConn" => last.active = number(value),
                    "WLM" => last.weight = number(value),
                    "TSR" => last.responsiveness = number(value),
                    "DistMethod" => last.method = method(value).map(str::to_owned).or_else(|| filled(value)),
                    "SrvType" => last.server = filled(value).map(|word| capital(&word)),
                    "TCSR" => last.part(0, value),
                    "CER" => last.part(1, value),
                    "SEF" => last.part(2, value),
                    "Abnorm" => last.abnormal = number(value),
                    "Health" => last.health = number(value),
                    "Flg" => last.flagged(value),
                    _ => {}
                }
            }
        }
    }
}

/// `192.0.2.9 08080 10.1.0.2 002 0000000412 12 100 B`.
fn short(words: &[&str]) -> Option<Destination> {
    let [dest, port, target, ready, total, weight, rest @ ..] = words else { return None };
    let row = unknown(dest.parse().ok()?, number(port)?, target.parse().ok()?);
    let responsiveness = rest.first().and_then(|word| number(word));
    let mut row = Destination {
        ready: Some(number(ready)?),
        total: Some(number(total)?),
        weight: number(weight),
        responsiveness,
        ..row
    };
    for word in rest.iter().filter(|word| number::<u32>(word).is_none()) {
        row.flagged(word);
    }
    Some(row)
}

impl Destination {
    fn flagged(&mut self, value: &str) {
        let (method, others) = flags(value);
        if self.method.is_none() {
            self.method = method.map(str::to_owned);
        }
        self.flags.extend(others);
    }

    fn part(&mut self, place: usize, value: &str) {
        let Some(value) = number(value) else { return };
        if let Some(part) = self.parts.get_or_insert_default().get_mut(place) {
            *part = value;
        }
    }
}

const fn unknown(address: IpAddr, port: u16, target: IpAddr) -> Destination {
    Destination {
        address,
        port,
        target,
        ready: None,
        total: None,
        active: None,
        weight: None,
        responsiveness: None,
        method: None,
        server: None,
        parts: None,
        abnormal: None,
        health: None,
        flags: Vec::new(),
    }
}
