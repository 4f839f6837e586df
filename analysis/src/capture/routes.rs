//! NETSTAT ROUTE: the routing table.

use std::net::IpAddr;

use ipnet::IpNet;
use schemars::JsonSchema;
use serde::Serialize;

use super::line::Line;
use super::words::{address, filled};
use super::{Body, Reader};

/// A route.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Route {
    /// Destination; none for the default route.
    pub to: Option<IpNet>,
    /// Gateway; none for a direct route.
    pub gateway: Option<IpAddr>,
    /// Flags, as written: `UGS`.
    pub flags: String,
    /// Link or interface.
    pub interface: Option<String>,
}

/// The report while it is read.
#[derive(Default)]
pub(super) struct Rows {
    rows: Vec<Route>,
}

const LABELS: &[&str] = &[
    "DestIP",
    "Gw",
    "Intf",
    "Refcnt",
    "Flgs",
    "Flags",
    "MTU",
    "IPv4 Destinations",
    "IPv6 Destinations",
    "Metric",
];

impl Reader for Rows {
    fn goes_on(&self, line: &Line<'_>) -> bool {
        line.starts(&["Destination", "Gateway", "Flags"])
    }

    fn line(&mut self, line: &Line<'_>) -> bool {
        if self.goes_on(line) || line.has("IPv4 Destinations") || line.has("IPv6 Destinations") {
            return true;
        }
        if let Some(row) = line.row(short) {
            self.rows.push(row);
            return true;
        }
        let pairs = line.pairs(LABELS);
        for (label, value) in &pairs {
            if *label == "DestIP" {
                if let Some(to) = destination(value) {
                    self.rows.push(Route { to, gateway: None, flags: String::new(), interface: None });
                }
                continue;
            }
            let Some(last) = self.rows.last_mut() else { continue };
            match *label {
                "Gw" => last.gateway = gateway(value),
                "Intf" => last.interface = filled(value),
                "Flgs" | "Flags" => last.flags = (*value).to_owned(),
                _ => {}
            }
        }
        !pairs.is_empty()
    }

    fn body(self: Box<Self>) -> Body {
        Body::Routes(self.rows)
    }
}

/// `198.51.100.0/24 192.0.2.254 UGS 0000000000 OSAQDIO1`.
fn short(words: &[&str]) -> Option<Route> {
    let [to, via, flags, _references, interface, ..] = words else { return None };
    let lettered =
        flags.bytes().all(|byte| byte.is_ascii_uppercase()) && flags.contains(['U', 'H', 'S', 'G']);
    let via_address: IpAddr = via.parse().ok()?;
    lettered.then_some(())?;
    Some(Route {
        to: destination(to)?,
        gateway: Some(via_address).filter(|address| !address.is_unspecified()),
        flags: (*flags).to_owned(),
        interface: filled(interface),
    })
}

/// A destination: outer none when it is no destination, inner none for the default route.
fn destination(word: &str) -> Option<Option<IpNet>> {
    if word.eq_ignore_ascii_case("Default") || word.eq_ignore_ascii_case("Defaultnet") {
        return Some(None);
    }
    let (address, bits) = address(word)?;
    let bits = bits.unwrap_or(if address.is_ipv4() { 32 } else { 128 });
    IpNet::new(address, bits).ok().map(|net| Some(net.trunc()))
}

fn gateway(word: &str) -> Option<IpAddr> {
    word.parse().ok().filter(|address: &IpAddr| !address.is_unspecified())
}
