//! ## What it finds
//! A SOURCEIPA entry that never applies, because another entry of the same stack fits every application that it fits, and wins.
//!
//! ## Why it hurts
//! The address of the entry is never used. An exact name wins over one with wildcards, more characters win over fewer, and of entries that are
//! alike in this the last one read wins: an entry further down can make one above it useless.
//!
//! ## How to mend it
//! Delete the entry that is not meant. If both are, give the one that is for fewer applications the longer name.
//!
//! ## Source
//! F7:710; the documents do not say which of several entries wins, the model assumes `most-specific-source`.

use std::net::IpAddr;

use super::{Check, Rule, StackView};
use crate::Dialect;
use crate::finding::{Confidence, Severity};
use crate::report::Report;
use crate::statements::sourceipa::{For, Source};

/// The rule.
pub const RULE: Rule = Rule {
    name: "source-shadowed",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Unconfirmed,
    check: Check::Stack(check),
};

fn check(stack: &StackView<'_>, out: &mut Vec<Report>) {
    if stack.setup.dialect != Dialect::Founding {
        return;
    }
    let sources = &stack.config.sourceipa.sources;
    for (place, source) in sources.iter().enumerate() {
        let mut later = sources.iter().skip(place + 1);
        let Some(winner) = later.rfind(|later| wins(&later.who, &source.who)) else { continue };
        out.push(report(stack.setup.name.as_str(), source, winner));
    }
}

fn report(stack: &str, source: &Source, winner: &Source) -> Report {
    let (name, address, other) = (source.who.name(), source.address, winner.who.name());
    let same: IpAddr = winner.address;
    let message = if same == address {
        format!(
            "SOURCEIPA {address} {name} is not needed on {stack}: the later entry for {other} gives the same address"
        )
    } else {
        format!(
            "SOURCEIPA {address} {name} never applies on {stack}: the later entry for {other} wins and gives {same}"
        )
    };
    let report = Report::new(&RULE, source.who_at, message)
        .related(winner.who_at, format!("{other} leaves from {same} by this entry"))
        .assumes("most-specific-source")
        .stack(stack);
    if name == other {
        report.note("of two entries for one name the last one read wins; delete the one that is not meant")
    } else {
        report.note(format!(
            "{other} fits every name that {name} fits and is as long; a longer name than {other} would win"
        ))
    }
}

/// A later entry fits whatever the earlier one fits, and is not less specific: names without wildcards are compared with their like only.
fn wins(later: &For, earlier: &For) -> bool {
    let (For::Job(later), For::Job(earlier)) = (later, earlier) else { return false };
    if !earlier.contains(['*', '?']) || !later.contains(['*', '?']) {
        return later == earlier;
    }
    let length = |name: &str| name.chars().filter(|c| *c != '*').count();
    length(later) >= length(earlier) && covers(later, earlier)
}

/// Every name that fits `inner` fits `outer`. Sound; where both have wildcards at the same place it may answer no too often.
fn covers(outer: &str, inner: &str) -> bool {
    let mut rest = inner.chars();
    match outer.split_at_checked(1) {
        None => inner.is_empty(),
        Some(("*", outer)) => {
            covers(outer, inner) || rest.next().is_some_and(|_| covers_star(outer, rest.as_str()))
        }
        Some((first, outer)) => match rest.next() {
            None | Some('*') => false,
            Some(c) => (first == "?" || first.starts_with(c)) && covers(outer, rest.as_str()),
        },
    }
}

/// The same, behind a `*` of `outer` that has taken one character or wildcard at least.
fn covers_star(outer: &str, inner: &str) -> bool {
    let mut rest = inner.chars();
    covers(outer, inner) || rest.next().is_some_and(|_| covers_star(outer, rest.as_str()))
}
