//! ## What it finds
//! SOURCEVIPAINTERFACE with a name that no VIPA before it has.
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
//! 03:IF-05, 03:IF-06, 03:GEN-05, 03 14.

use super::{Check, Rule, StackView};
use crate::finding::{Confidence, Severity};
use crate::report::Report;
use crate::statements::names;

/// The rule.
pub const RULE: Rule = Rule {
    name: "sourcevipainterface-unknown",
    level: Severity::Error,
    message_id: None,
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Stack(check),
};

fn check(stack: &StackView<'_>, out: &mut Vec<Report>) {
    let config = stack.config;
    for interface in &config.interface.list {
        let Some(source) = &interface.source_vipa else { continue };
        let name = &source.name;
        let link = names::link(config, name);
        let vipa = names::interface(config, name);
        let dynamic = config.dvipa.named(name).is_some();
        if names::refused(config, name) || dynamic || names::made(name).is_some() {
            continue;
        }
        let Some(at) = link.map(|link| link.at).or(vipa.map(|vipa| vipa.at)) else {
            let report = Report::new(
                &RULE,
                source.at,
                format!("no static VIPA {name} is there for SOURCEVIPAINTERFACE of {}", interface.name),
            );
            let known = names::links_and_interfaces(config);
            out.push(names::advise(report, name, known, "links and interfaces", out.len()));
            continue;
        };
        let ipv6 = interface.kind.is_ipv6();
        let wrong = match (link, vipa) {
            (Some(link), _) if !link.is_virtual => Some("no VIPA"),
            (None, Some(vipa)) if !vipa.kind.is_virtual() => Some("no VIPA"),
            (Some(_), _) if ipv6 => Some("for IPv4"),
            (None, Some(vipa)) if vipa.kind.is_ipv6() != ipv6 => {
                Some(if ipv6 { "for IPv4" } else { "for IPv6" })
            }
            (Some(_) | None, _) => None,
        };
        if let Some(wrong) = wrong {
            let message =
                format!("{name} is {wrong}, so {} cannot take its source address from it", interface.name);
            out.push(Report::new(&RULE, source.at, message).related(at, "defined here").unconfirmed());
        } else if !source.was_there {
            let message =
                format!("SOURCEVIPAINTERFACE of {} names {name}, which stands behind it", interface.name);
            out.push(
                Report::new(&RULE, source.at, message)
                    .related(at, format!("{name} is defined here"))
                    .note("move the VIPA before the interface"),
            );
        }
    }
}
