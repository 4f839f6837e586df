//! ## What it finds
//! A VIPADEFINE with SERVICEMGR on a stack whose VIPASMPARMS is missing, or has no multicast group or no port.
//!
//! ## Why it hurts
//! A message comes at the end of the profile, and the DVIPA is not treated as SERVICEMGR until a later OBEYFILE completes the values.
//!
//! ## Example
//! ```profile
//! VIPADYNAMIC
//!   VIPADEFINE MOVEABLE IMMEDIATE SERVICEMGR 255.255.255.0 192.0.2.1
//! ENDVIPADYNAMIC
//! ```
//!
//! ## How to mend it
//! Add VIPASMPARMS with SMMCAST and SMPORT. Hardly anybody uses the function any more.
//!
//! ## Source
//! 01:VF-09, 01:VS-02, 01:VS-04.

use runtime_model::model::DvipaOrigin;

use super::{Check, Rule, StackView};
use crate::finding::{Confidence, Severity};
use crate::report::Report;

/// The rule.
pub const RULE: Rule = Rule {
    name: "servicemgr-incomplete",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Stack(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["VIPASMPARMS"];

fn check(stack: &StackView<'_>, out: &mut Vec<Report>) {
    let values = &stack.config.vipasmparms;
    let missing = match (values.at, values.group, values.port) {
        (None, ..) => "there is no VIPASMPARMS",
        (Some(_), None, _) => "VIPASMPARMS has no SMMCAST",
        (Some(_), Some(group), _) if !group.value.is_multicast() => {
            "SMMCAST of VIPASMPARMS is no multicast address"
        }
        (Some(_), Some(_), None) => "VIPASMPARMS has no SMPORT",
        (Some(_), Some(_), Some(_)) => return,
    };
    let define = |origin| origin == DvipaOrigin::Define;
    for dvipa in stack.config.dvipa.list.iter().filter(|dvipa| dvipa.service_manager && define(dvipa.origin))
    {
        let mut report =
            Report::new(&RULE, dvipa.at, format!("{} is SERVICEMGR, but {missing}", dvipa.address))
                .note("the DVIPA works without it until an OBEYFILE completes the values");
        if let Some(at) = values.group.map(|group| group.at).or(values.at) {
            report = report.related(at, "VIPASMPARMS here");
        }
        out.push(report);
    }
}
