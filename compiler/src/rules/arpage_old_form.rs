//! ## What it finds
//! ARPAGE, which sets the same as IPCONFIG ARPTO, in minutes.
//!
//! ## Why it hurts
//! It works. But the time then stands in two units and at two places, and whoever looks for it at IPCONFIG does not find it.
//!
//! ## Example
//! ```profile
//! ARPAGE 20
//! ```
//!
//! ## How to mend it
//! Write `IPCONFIG ARPTO` with sixty times the number.
//!
//! ## Source
//! 02:17, 02:IPC4-02.

use super::{Check, Rule, StackView};
use crate::description::Preset;
use crate::finding::{Applicability, Confidence, Finding, Fix, Severity};
use crate::mend::Mender;
use crate::report::Report;

/// The rule.
pub const RULE: Rule = Rule {
    name: "arpage-old-form",
    level: Severity::Info,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Stack(check),
};

/// Where it is on.
pub const PRESETS: &[Preset] = &[Preset::Strict];

fn check(stack: &StackView<'_>, out: &mut Vec<Report>) {
    let (Some(minutes), None) = (stack.config.arpage.minutes, stack.config.ipconfig.arp_seconds) else {
        return;
    };
    let seconds = minutes.value.saturating_mul(60);
    out.push(
        Report::new(
            &RULE,
            minutes.at,
            format!("ARPAGE {} is an old form of IPCONFIG ARPTO {seconds}", minutes.value),
        )
        .note("they set the same, one in minutes and one in seconds"),
    );
}

/// Says it in seconds.
pub fn mend(finding: &Finding, mender: &Mender<'_>) -> Option<Fix> {
    let page = mender.page(&finding.place.file)?;
    let minutes: u32 = page.text(&finding.place).parse().ok()?;
    let whole = page.at(&finding.place)?.whole();
    let text = format!("IPCONFIG ARPTO {}", minutes.checked_mul(60)?);
    let edits = vec![page.replace(&whole, text.clone())];
    Some(Fix { title: format!("write {text}"), applicability: Applicability::Safe, edits })
}
