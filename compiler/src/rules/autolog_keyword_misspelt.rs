//! ## What it finds
//! A procedure of AUTOLOG whose name is almost JOBNAME, PARMSTRING or DELAYSTART, behind another procedure, while no port and no job of the
//! description has that name.
//!
//! ## Why it hurts
//! A misspelt keyword is a legal name. The stack tries to start a procedure of that name and one of the word behind it, and the procedure before them goes
//! without what the keyword should have said.
//!
//! ## Example
//! ```profile
//! AUTOLOG
//!   FTPD JOBNAM FTPD1
//! ENDAUTOLOG
//! PORT 21 TCP FTPD1
//! ```
//!
//! ## How to mend it
//! Write the keyword in full. If there is a procedure of that name, tell so under `[[job]]` in `sysplex.toml`.
//!
//! ## Source
//! 02:4.

use std::collections::BTreeSet;

use grammar::lookup::nearest;

use super::{Check, Rule, StackView};
use crate::finding::{Applicability, Confidence, Severity};
use crate::report::Report;
use crate::statements::port::Who;
use crate::statements::portrange::Holder;

/// The rule.
pub const RULE: Rule = Rule {
    name: "autolog-keyword-misspelt",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Inferred,
    check: Check::Stack(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["AUTOLOG", "PORT", "PORTRANGE"];

const KEYWORDS: [&str; 3] = ["JOBNAME", "PARMSTRING", "DELAYSTART"];
const DELAYS: [&str; 2] = ["DVIPA", "TTLS"];

fn check(stack: &StackView<'_>, out: &mut Vec<Report>) {
    let list = &stack.config.autolog.list;
    let mut known: Option<BTreeSet<&str>> = None;
    for (before, entry) in list.iter().zip(list.iter().skip(1)) {
        let name = entry.procedure.as_str();
        if entry.job != entry.procedure {
            continue;
        }
        let near = nearest(name, KEYWORDS).or_else(|| nearest(name, DELAYS).filter(|_| before.after_dvipas));
        let Some(keyword) = near else { continue };
        if known.get_or_insert_with(|| names(stack)).contains(name) {
            continue;
        }
        out.push(
            Report::new(
                &RULE,
                entry.at,
                format!(
                    "{name} behind {} is a procedure of its own to AUTOLOG; {keyword} may be meant",
                    before.procedure
                ),
            )
            .related(before.at, format!("the procedure that {keyword} would be for"))
            .note(format!("the stack tries to start {name} and, as another procedure, what stands behind it"))
            .note(format!("write {keyword}; if {name} is a procedure, name it under [[job]] in sysplex.toml"))
            .fix(
                format!("write {keyword}"),
                Applicability::Unsafe,
                vec![(entry.at, keyword.to_owned())],
            ),
        );
    }
}

/// The names that something else in the profile or the description knows.
fn names<'s>(stack: &StackView<'s>) -> BTreeSet<&'s str> {
    let ports = stack.config.port.reservations.iter().filter_map(|entry| match &entry.who {
        Who::Job(job) => Some(job.as_str()),
        Who::Reserved => None,
    });
    let ranges = stack.config.portrange.list.iter().filter_map(|range| match &range.who {
        Holder::Job(job) => Some(job.as_str()),
        Holder::Reserved | Holder::Authport => None,
    });
    ports.chain(ranges).chain(stack.setup.jobs.iter().map(String::as_str)).collect()
}
