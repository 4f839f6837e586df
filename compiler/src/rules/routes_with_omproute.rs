//! ## What it finds
//! A static route without REPLACEABLE on a stack whose AUTOLOG starts OMPROUTE.
//!
//! ## Why it hurts
//! OMPROUTE never changes such a route: traffic follows it also when a better way is known, or when the way is gone.
//!
//! ## Example
//! ```profile
//! AUTOLOG
//!   OMPROUTE
//! ENDAUTOLOG
//! INTERFACE OSA1 DEFINE IPAQENET PORTNAME OSAP1 IPADDR 192.0.2.1/24
//! BEGINROUTES
//!   ROUTE DEFAULT 192.0.2.254 OSA1 MTU 1492
//! ENDROUTES
//! START OSA1
//! ```
//!
//! ## How to mend it
//! Write REPLACEABLE on the route, or leave it to OMPROUTE.
//!
//! ## Source
//! 03:RTE-15.

use super::{Check, Rule, StackView};
use crate::finding::{Confidence, Severity};
use crate::report::Report;

/// The rule.
pub const RULE: Rule = Rule {
    name: "routes-with-omproute",
    level: Severity::Info,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Stack(check),
};

fn check(stack: &StackView<'_>, out: &mut Vec<Report>) {
    let config = stack.config;
    let omproute = |name: &str| name.starts_with("OMPROUT");
    let Some(started) =
        config.autolog.list.iter().find(|entry| omproute(&entry.procedure) || omproute(&entry.job))
    else {
        return;
    };
    let mut fixed = config.beginroutes.routes.iter().filter(|route| !route.replaceable);
    let Some(route) = fixed.next() else { return };
    let more = fixed.count();
    let others = match more {
        0 => String::new(),
        1 => " and one more".to_owned(),
        more => format!(" and {more} more"),
    };
    out.push(
        Report::new(
            &RULE,
            route.at,
            format!("OMPROUTE never changes {route}{others}, which is not REPLACEABLE"),
        )
        .related(started.at, "AUTOLOG starts OMPROUTE")
        .note("traffic follows a static route also when OMPROUTE knows a better way or has lost this one")
        .note("write REPLACEABLE behind the MTU, or leave the destination to OMPROUTE"),
    );
}
