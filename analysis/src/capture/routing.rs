//! NETSTAT VCRT (04:7.5): the connection routing table.

use std::net::IpAddr;

use schemars::JsonSchema;
use serde::Serialize;

use super::line::Line;
use super::words::{end, number};
use super::{Body, Reader};

/// A connection that is routed, or a timed affinity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Routed {
    /// The DVIPA.
    pub address: IpAddr,
    /// Its port.
    pub port: u16,
    /// The client.
    pub client: IpAddr,
    /// Port of the client; 0 stands for every connection of a client with timed affinity.
    pub client_port: u16,
    /// XCF address of the target.
    pub target: IpAddr,
}

/// The report while it is read.
#[derive(Default)]
pub(super) struct Rows {
    rows: Vec<Routed>,
    dest: Option<(IpAddr, u16)>,
    client: Option<(IpAddr, u16)>,
}

const LABELS: &[&str] = &[
    "Dest",
    "Source",
    "DestXCF",
    "PolicyRule",
    "PolicyAction",
    "Intf",
    "VipaRoute",
    "Gw",
    "Accelerator",
    "CfgTimAff",
    "TimAffLft",
    "TimAffCnt",
    "OutIntf",
    "Gateway",
    "AffConn",
];

impl Reader for Rows {
    fn line(&mut self, line: &Line<'_>) -> bool {
        if line.has("Dynamic VIPA Connection Routing Table") || line.has("Dest IPaddr DPort") {
            return true;
        }
        if let Some(row) = line.row(short) {
            self.rows.push(row);
            return true;
        }
        let pairs = line.pairs(LABELS);
        for (label, value) in &pairs {
            let both = |word: &str| match end(word) {
                Some((Some(address), Some(port))) => Some((address, port)),
                _ => None,
            };
            match *label {
                "Dest" => self.dest = both(value),
                "Source" => self.client = both(value),
                "DestXCF" => {
                    if let (Some((address, port)), Some((client, client_port)), Ok(target)) =
                        (self.dest, self.client, value.parse())
                    {
                        self.rows.push(Routed { address, port, client, client_port, target });
                    }
                }
                _ => {}
            }
        }
        !pairs.is_empty()
    }

    fn body(self: Box<Self>) -> Body {
        Body::Routing(self.rows)
    }
}

/// `192.0.2.9 08080 198.51.100.7 04711 10.1.0.2`.
fn short(words: &[&str]) -> Option<Routed> {
    let [dest, port, client, client_port, target, ..] = words else { return None };
    Some(Routed {
        address: dest.parse().ok()?,
        port: number(port)?,
        client: client.parse().ok()?,
        client_port: number(client_port)?,
        target: target.parse().ok()?,
    })
}
