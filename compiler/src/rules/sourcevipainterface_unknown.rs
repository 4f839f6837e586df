//! ## What it finds
//! SOURCEVIPAINTERFACE of an interface or of DYNAMICXCF with a name that no VIPA has, or none before the interface.
//!
//! ## Why it hurts
//! The interface then has no source VIPA, and connections leave from its own address.
//!
//! ## Example
//! ```profile
//! INTERFACE OSA1 DEFINE IPAQENET PORTNAME PORTA IPADDR 198.51.100.1/26 SOURCEVIPAINTERFACE VIPA1
//! IPCONFIG SOURCEVIPA
//! START OSA1
//! ```
//!
//! ## How to mend it
//! Name a static VIPA, a VIRTUAL interface or the LINK of a VIRTUAL device, and put it before the interface.
//!
//! ## Source
//! 01:5, 02:IPC4-21, 03:IF-05, 03:IF-06, 03:GEN-05, 03:14.

use super::{Check, Rule, StackView};
use crate::finding::{Confidence, Severity};
use crate::place::At;
use crate::report::Report;
use crate::statements::{Config, names};

/// The rule.
pub const RULE: Rule = Rule {
    name: "sourcevipainterface-unknown",
    level: Severity::Error,
    message_id: None,
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Stack(check),
};

/// A SOURCEVIPAINTERFACE.
struct Source<'a> {
    /// Of an interface, or of DYNAMICXCF.
    of: &'a str,
    name: &'a str,
    at: At,
    ipv6: bool,
    /// The name was there when the statement was read, as far as that is known.
    was_there: bool,
}

fn check(stack: &StackView<'_>, out: &mut Vec<Report>) {
    let config = stack.config;
    for interface in &config.interface.list {
        let Some(source) = &interface.source_vipa else { continue };
        let (of, name, at) = (interface.name.as_str(), source.name.as_str(), source.at);
        let source = Source { of, name, at, ipv6: interface.kind.is_ipv6(), was_there: source.was_there };
        resolve(config, &source, out);
    }
    let (ipv4, ipv6) = (&config.ipconfig, &config.ipconfig6);
    let dynamic = [
        ("DYNAMICXCF", &ipv4.xcf_source, ipv4.xcf_source_at, false),
        ("DYNAMICXCF of IPCONFIG6", &ipv6.xcf_source, ipv6.xcf_source_at, true),
    ];
    for (of, name, at, ipv6) in dynamic {
        let (Some(name), Some(at)) = (name, at) else { continue };
        resolve(config, &Source { of, name, at, ipv6, was_there: true }, out);
    }
}

fn resolve(config: &Config, source: &Source<'_>, out: &mut Vec<Report>) {
    let (name, of) = (source.name, source.of);
    let link = names::link(config, name);
    let vipa = names::interface(config, name);
    let dynamic = config.dvipa.named(name).is_some();
    if names::refused(config, name) || dynamic || names::made(name).is_some() {
        return;
    }
    if link.is_none() && vipa.is_none() && names::may_be_link_or_interface(config, name) {
        return;
    }
    let Some(at) = link.map(|link| link.at).or(vipa.map(|vipa| vipa.at)) else {
        let known = names::links_and_interfaces(config);
        let message = format!("no static VIPA {name} is there for SOURCEVIPAINTERFACE of {of}");
        let report = Report::new(&RULE, source.at, message);
        out.push(names::advise(report, name, known, "links and interfaces", out.len()));
        return;
    };
    let wrong = match (link, vipa) {
        (Some(link), _) if !link.is_virtual() => Some("no VIPA"),
        (None, Some(vipa)) if !vipa.kind.is_virtual() => Some("no VIPA"),
        (Some(_), _) if source.ipv6 => Some("for IPv4"),
        (None, Some(vipa)) if vipa.kind.is_ipv6() != source.ipv6 => {
            Some(if source.ipv6 { "for IPv4" } else { "for IPv6" })
        }
        (Some(_) | None, _) => None,
    };
    if let Some(wrong) = wrong {
        let message = format!("{name} is {wrong}, so {of} cannot take its source address from it");
        out.push(Report::new(&RULE, source.at, message).related(at, "defined here").unconfirmed());
    } else if !source.was_there {
        let message = format!("SOURCEVIPAINTERFACE of {of} names {name}, which stands behind it");
        out.push(
            Report::new(&RULE, source.at, message)
                .related(at, format!("{name} is defined here"))
                .note("move the VIPA before the interface"),
        );
    }
}
