//! ## What it finds
//! A stack without TCPCONFIG TTLS.
//!
//! ## Why it hurts
//! AT-TLS policies do nothing on it: connections that they should encrypt go in the clear.
//!
//! ## Example
//! ```profile
//! TCPCONFIG RESTRICTLOWPORTS
//! ```
//!
//! ## How to mend it
//! Add TTLS to TCPCONFIG and start the policy agent with AUTOLOG; until it has given its policy, only users with access to
//! EZB.INITSTACK get sockets.
//!
//! ## Source
//! 06:E, 06:D24.

use super::{Check, Rule, StackView};
use crate::description::Preset;
use crate::finding::{Applicability, Confidence, Finding, Fix, Severity};
use crate::mend::Mender;
use crate::report::Report;

/// The rule.
pub const RULE: Rule = Rule {
    name: "ttls-off",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Stack(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["TCPCONFIG TTLS"];

/// Where it is on.
pub const PRESETS: &[Preset] = &[Preset::Security];

fn check(stack: &StackView<'_>, out: &mut Vec<Report>) {
    let (at, how) = match &stack.config.tcpconfig.ttls {
        Some(ttls) if ttls.value => return,
        Some(ttls) => (ttls.at, "NOTTLS switches AT-TLS off"),
        None => (
            stack.config.tcpconfig.at.unwrap_or(stack.setup.profile),
            "TCPCONFIG has no TTLS, so AT-TLS is off",
        ),
    };
    out.push(
        Report::new(&RULE, at, format!("{how}: its policies encrypt nothing on this stack"))
            .note("write `TCPCONFIG TTLS`, and start the policy agent with AUTOLOG")
            .note(
                "until the agent has given its policy, only users with access to EZB.INITSTACK get sockets",
            ),
    );
}

/// Writes TTLS in place of NOTTLS, or adds it to a TCPCONFIG that is there.
pub fn mend(finding: &Finding, mender: &Mender<'_>) -> Option<Fix> {
    let page = mender.page(&finding.place.file)?;
    let word = page.text(&finding.place);
    let edit = if !word.eq_ignore_ascii_case("NOTTLS") {
        page.statements().filter(|here| here.view.name() == "TCPCONFIG").last()?.behind_name("TTLS")
    } else {
        page.replace(&finding.place, "TTLS")
    };
    Some(Fix {
        title: "switch AT-TLS on".to_owned(),
        applicability: Applicability::Unsafe,
        edits: vec![edit],
    })
}
