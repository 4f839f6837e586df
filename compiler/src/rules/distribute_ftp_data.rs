//! ## What it finds
//! Port 20 of a DVIPA distributed without port 21.
//!
//! ## Why it hurts
//! FTP clients connect to the control port, 21; port 20 is where the server sends data from.
//!
//! ## Example
//! ```profile
//! IPCONFIG DYNAMICXCF 10.1.1.1 255.255.255.0 1
//! VIPADYNAMIC
//!   VIPADEFINE 255.255.255.0 192.0.2.1
//!   VIPADISTRIBUTE DISTMETHOD ROUNDROBIN 192.0.2.1 PORT 20 DESTIP 10.1.1.1
//! ENDVIPADYNAMIC
//! ```
//!
//! ## How to mend it
//! Distribute port 21.
//!
//! ## Source
//! 01:VI-04.

use std::collections::BTreeSet;
use std::net::IpAddr;

use super::{Check, Rule, StackView};
use crate::finding::{Confidence, Severity};
use crate::report::Report;

/// The rule.
pub const RULE: Rule = Rule {
    name: "distribute-ftp-data",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Stack(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["VIPADISTRIBUTE"];

fn check(stack: &StackView<'_>, out: &mut Vec<Report>) {
    let list = &stack.config.vipadistribute.list;
    let control: BTreeSet<IpAddr> =
        list.iter().filter(|known| known.ports.contains(&21)).map(|known| known.dvipa).collect();
    for distribution in
        list.iter().filter(|known| known.ports.contains(&20) && !control.contains(&known.dvipa))
    {
        out.push(
            Report::new(
                &RULE,
                distribution.ports_at,
                format!(
                    "port 20 of {} is distributed, but not port 21, to which FTP clients connect",
                    distribution.dvipa
                ),
            )
            .note("no client connects to port 20: the server opens data connections from it")
            .note("distribute port 21"),
        );
    }
}
