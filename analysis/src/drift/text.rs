//! The differences for people.

use super::{Difference, Drift};

/// Renders them, with a line end behind it.
#[must_use]
pub fn render(drift: &Drift) -> String {
    let mut out = String::new();
    for one in &drift.differences {
        out.push_str(&format!("{}\n    {}\n", one.message, one.help));
        let places = places(one);
        if !places.is_empty() {
            out.push_str(&format!("    {places}\n"));
        }
    }
    if !drift.differences.is_empty() {
        out.push('\n');
    }
    out.push_str(&format!("{}: {}\n", drift.sysplex, verdict(drift)));
    for one in &drift.compared {
        let missing = match (one.reports.is_empty(), one.missing.is_empty()) {
            (true, _) => "nothing was captured".to_owned(),
            (false, true) => format!("compared {}", one.reports.join(", ")),
            (false, false) => {
                format!("compared {}; not captured: {}", one.reports.join(", "), one.missing.join(", "))
            }
        };
        out.push_str(&format!("  {}: {missing}\n", one.stack));
    }
    out
}

/// `profile sysa.profile:16:45, seen in syslog.txt:3`.
pub(super) fn places(one: &Difference) -> String {
    let profile = one.profile.as_ref().map(|place| format!("profile {place}"));
    let seen = one.seen.as_ref().map(|place| format!("seen in {place}"));
    profile.into_iter().chain(seen).collect::<Vec<String>>().join(", ")
}

/// How much it is.
pub(super) fn verdict(drift: &Drift) -> String {
    match drift.differences.len() {
        0 => "the running sysplex is what the profiles give, as far as it was captured".to_owned(),
        1 => "1 difference between the running sysplex and the profiles".to_owned(),
        many => format!("{many} differences between the running sysplex and the profiles"),
    }
}
