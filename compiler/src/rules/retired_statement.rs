//! ## What it finds
//! A statement that the target release no longer has.
//!
//! ## Why it hurts
//! The stack does not know it any more.
//!
//! ## Example
//! ```profile
//! GATEWAY 192.0.2.0 = L1 1500 0
//! ```
//!
//! ## How to mend it
//! Use what the message names in its place.
//!
//! ## Source
//! 01:1.7.

use std::net::Ipv4Addr;

use grammar::slot::gateway as slot;

use super::{Check, Rule};
use crate::finding::{Applicability, Confidence, Finding, Fix, Severity};
use crate::mend::Mender;

/// The rule.
pub const RULE: Rule = Rule {
    name: "retired-statement",
    level: Severity::Error,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Syntax,
};

/// Writes the routes of a GATEWAY as a BEGINROUTES block.
pub fn mend(finding: &Finding, mender: &Mender<'_>) -> Option<Fix> {
    let page = mender.page(&finding.place.file)?;
    let here = page.at(&finding.place)?;
    if here.view.name() != "GATEWAY" || here.view.errors().next().is_some() {
        return None;
    }
    let mut lines = vec!["BEGINROUTES".to_owned()];
    for entry in here.view.parts.groups(slot::ENTRY) {
        let words: Vec<String> = entry.tokens().map(|(_, word)| word.upper()).collect();
        let [network, hop, link, size, mask, subnet @ ..] = words.as_slice() else { return None };
        let destination = destination(network, mask, subnet.first().map(String::as_str))?;
        lines.push(format!("  ROUTE {destination} {hop} {link} MTU {size}"));
    }
    lines.push("ENDROUTES".to_owned());
    let edits = vec![page.replace(&here.whole(), lines.join("\n"))];
    let title = "write the routes as BEGINROUTES".to_owned();
    Some(Fix { title, applicability: Applicability::Unsafe, edits })
}

/// The mask of GATEWAY is relative to the class of the network: 172.19, 0.0.255.0 and 0.0.154.0 are 172.19.154.0/24 (03:GW-05).
fn destination(network: &str, mask: &str, subnet: Option<&str>) -> Option<String> {
    if network == "DEFAULTNET" {
        return (mask == "0").then(|| "DEFAULT".to_owned());
    }
    let mut octets = [0_u8; 4];
    for (octet, part) in octets.iter_mut().zip(network.split('.')) {
        *octet = part.parse().ok()?;
    }
    let address = Ipv4Addr::from(octets).to_bits();
    let class = match octets[0] {
        0..128 => 8,
        128..192 => 16,
        192..224 => 24,
        224..=255 => return None,
    };
    let bits = |text: &str| text.parse::<Ipv4Addr>().ok().map(Ipv4Addr::to_bits);
    let (address, length) = match (mask, subnet) {
        ("0", None) => (address, class),
        (mask, Some(subnet)) => {
            let full = bits(mask)? | (u32::MAX << (32 - class));
            let length = full.leading_ones();
            // What has holes has no prefix.
            (full.count_ones() == length).then_some((address | bits(subnet)?, length))?
        }
        (_, None) => return None,
    };
    Some(format!("{}/{length}", Ipv4Addr::from_bits(address)))
}
