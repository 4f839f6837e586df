//! D TCPIP,,SYSPLEX,VIPADYN (04:7.11): the role of every stack for every DVIPA, in one display.

use std::net::IpAddr;

use schemars::JsonSchema;
use serde::Serialize;

use super::line::Line;
use super::vipa_dynamic::{Origin, distribution};
use super::words::{Status, address, mask_bits, number};
use super::{Body, Head, Reader};

/// What one stack is for one DVIPA.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Role {
    /// The DVIPA.
    pub address: IpAddr,
    /// The stack.
    pub stack: String,
    /// Its system.
    pub system: String,
    /// Status there.
    pub status: Status,
    /// Rank in the chain; the owner shows none.
    pub rank: Option<u8>,
    /// How the address came to the stack that answered; of use where that is this stack.
    pub origin: Option<Origin>,
    /// Prefix length, where a mask is shown.
    pub bits: Option<u8>,
    /// It distributes the address.
    pub distributor: bool,
    /// It is a target.
    pub target: bool,
}

/// `VIPA DYNAMIC DISPLAY FROM TCPIP1 AT MVS1`.
pub(super) fn head(line: &Line<'_>) -> Head {
    let found = line.row(|words| match words {
        [from, stack, at, system, ..]
            if from.eq_ignore_ascii_case("FROM") && at.eq_ignore_ascii_case("AT") =>
        {
            Some((stack.to_ascii_uppercase(), system.to_ascii_uppercase()))
        }
        _ => None,
    });
    let (stack, system) = found.unzip();
    Head { stack, system, release: None, console: true }
}

/// The display while it is read.
#[derive(Default)]
pub(super) struct Rows {
    rows: Vec<Role>,
    address: Option<IpAddr>,
    origin: Option<Origin>,
    bits: Option<u8>,
}

const LABELS: &[&str] = &["IPADDR/PREFIXLEN", "IPADDR", "LINKNAME", "INTFNAME", "ORIGIN"];

impl Reader for Rows {
    fn line(&mut self, line: &Line<'_>) -> bool {
        if line.has("VIPA Dynamic Display From") || line.starts(&["TCPNAME", "MVSNAME"]) {
            return true;
        }
        let pairs = line.pairs(LABELS);
        for (label, value) in &pairs {
            if label.starts_with("IPADDR") {
                let found = value.split_whitespace().next().and_then(address);
                (self.address, self.bits) =
                    (found.map(|(address, _)| address), found.and_then(|(_, bits)| bits));
                self.origin = None;
            } else if *label == "ORIGIN" {
                let words: Vec<&str> = value.split_whitespace().collect();
                self.origin = Origin::of(&words).map(|(origin, _)| origin);
            }
        }
        let role = self.address.and_then(|address| line.row(|words| role(address, words)));
        let role = role.map(|role| Role { origin: self.origin, bits: role.bits.or(self.bits), ..role });
        let read = !pairs.is_empty() || role.is_some();
        self.rows.extend(role);
        read
    }

    fn body(self: Box<Self>) -> Body {
        Body::Sysplex(self.rows)
    }
}

/// `TCPIP2 MVS2 BACKUP 100 255.255.255.240 192.0.2.0 DEST`: only the first three are always there.
fn role(address: IpAddr, words: &[&str]) -> Option<Role> {
    let [stack, system, status, rest @ ..] = words else { return None };
    let status = Status::of(status)?;
    let dist = rest.last().filter(|word| word.starts_with(|c: char| c.is_ascii_alphabetic())).unwrap_or(&"");
    let (distributor, target) = distribution(dist);
    Some(Role {
        address,
        stack: stack.to_ascii_uppercase(),
        system: system.to_ascii_uppercase(),
        status,
        rank: rest.first().and_then(|word| number(word)),
        origin: None,
        bits: rest.iter().find_map(|word| mask_bits(word.parse().ok()?)),
        distributor,
        target,
    })
}
