//! ## What it finds
//! ARPAGE and IPCONFIG ARPTO with different times.
//!
//! ## Why it hurts
//! They set the same value, ARPAGE in minutes, ARPTO in seconds; only one of them survives.
//!
//! ## Example
//! ```profile
//! ARPAGE 20
//! IPCONFIG ARPTO 600
//! ```
//!
//! ## How to mend it
//! Keep ARPTO.
//!
//! ## Source
//! 02:IPC4-02, 02:17.

use super::{Check, Rule, StackView};
use crate::finding::{Applicability, Confidence, Finding, Fix, Severity};
use crate::mend::Mender;
use crate::report::Report;

/// The rule.
pub const RULE: Rule = Rule {
    name: "arp-time-twice",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Stack(check),
};

fn check(stack: &StackView<'_>, out: &mut Vec<Report>) {
    let (Some(minutes), Some(seconds)) = (stack.config.arpage.minutes, stack.config.ipconfig.arp_seconds)
    else {
        return;
    };
    if minutes.value.saturating_mul(60) == seconds.value {
        return;
    }
    out.push(
        Report::new(
            &RULE,
            minutes.at,
            format!(
                "ARPAGE says {} minutes and ARPTO {} seconds, and both set the same",
                minutes.value, seconds.value
            ),
        )
        .related(seconds.at, "ARPTO here")
        .note("which of the two counts, no source says; keep ARPTO"),
    );
}

/// Takes ARPAGE out.
pub fn mend(finding: &Finding, mender: &Mender<'_>) -> Option<Fix> {
    let page = mender.page(&finding.place.file)?;
    let whole = page.at(&finding.place)?.whole();
    Some(Fix {
        title: "take ARPAGE out".to_owned(),
        applicability: Applicability::Unsafe,
        edits: vec![page.cut(&whole)],
    })
}
