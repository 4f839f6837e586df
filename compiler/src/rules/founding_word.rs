//! ## What it finds
//! A word of the founding documents in a profile for z/OS.
//!
//! ## Why it hurts
//! SOURCEIPA and CLUSTERPORTS became SRCIP and SYSPLEXPORTS; z/OS does not know the old ones.
//!
//! ## Example
//! ```profile
//! SOURCEIPA 192.0.2.1 APPA
//! ```
//!
//! ## How to mend it
//! Write the word of the product, or say `dialect = "founding"`.
//!
//! ## Source
//! 001:SOURCEIPA, 01:3, 01:VI-28.

use super::{Check, Rule};
use crate::finding::{Applicability, Confidence, Finding, Fix, Severity};
use crate::mend::{Here, Mender, Page, in_order};
use std::net::IpAddr;

/// The rule.
pub const RULE: Rule = Rule {
    name: "founding-word",
    level: Severity::Error,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Syntax,
};

/// Says it in the words of the product: SYSPLEXPORTS on the distributions of the address, one SRCIP block for all SOURCEIPA.
pub fn mend(finding: &Finding, mender: &Mender<'_>) -> Option<Fix> {
    let page = mender.page(&finding.place.file)?;
    let here = page.at(&finding.place)?;
    if here.view.name() == "SOURCEIPA" {
        return block(&page);
    }
    if !page.text(&finding.place).eq_ignore_ascii_case("CLUSTERPORTS") {
        return None;
    }
    let title = "write SYSPLEXPORTS on VIPADISTRIBUTE".to_owned();
    if here.view.name() == "VIPADISTRIBUTE" {
        let edits = vec![page.replace(&finding.place, "SYSPLEXPORTS")];
        return Some(Fix { title, applicability: Applicability::Unsafe, edits });
    }
    // It is a word about the address: the product has it where the address is distributed.
    let named = here.words();
    let mut edits = vec![page.cut(&finding.place)];
    for other in page.statements().filter(|other| other.view.name() == "VIPADISTRIBUTE") {
        let words = other.words();
        let same = words.iter().any(|word| word.parse::<IpAddr>().is_ok() && named.contains(word));
        let has = words.iter().any(|word| word.starts_with("SYSPLEXP") || word == "CLUSTERPORTS");
        if same && !has && !words.iter().any(|word| word.starts_with("DELE")) {
            edits.push(other.behind_name("SYSPLEXPORTS"));
        }
    }
    (edits.len() > 1).then(|| Fix { title, applicability: Applicability::Unsafe, edits: in_order(edits) })
}

/// Only the first SRCIP of a data set counts, so all entries go into one.
fn block(page: &Page) -> Option<Fix> {
    if page.statements().any(|here| here.view.name() == "SRCIP") {
        return None;
    }
    let all: Vec<Here<'_>> = page.statements().filter(|here| here.view.name() == "SOURCEIPA").collect();
    let (first, others) = all.split_first()?;
    let mut lines = vec!["SRCIP".to_owned()];
    for here in &all {
        let words = here.words();
        let (address, jobs) = words.split_first()?;
        lines.extend(jobs.iter().map(|job| format!("  JOBNAME {job} {address}")));
    }
    lines.push("ENDSRCIP".to_owned());
    let mut edits = vec![page.replace(&first.whole(), lines.join("\n"))];
    edits.extend(others.iter().map(|here| page.cut(&here.whole())));
    let title = "write one SRCIP block".to_owned();
    Some(Fix { title, applicability: Applicability::Unsafe, edits: in_order(edits) })
}
