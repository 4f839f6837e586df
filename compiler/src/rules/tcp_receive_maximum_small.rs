//! ## What it finds
//! TCPMAXRCVBUFRSIZE below 180K on a stack with an FTP server.
//!
//! ## Why it hurts
//! FTP asks for 180K for its data connections; the health checker complains with EZBH004E, and transfers are slow.
//!
//! ## Example
//! ```profile
//! TCPCONFIG TCPMAXRCVBUFRSIZE 128K
//! PORT 21 TCP FTPD1
//! ```
//!
//! ## How to mend it
//! Set TCPMAXRCVBUFRSIZE to 180K or more; 256K is the default.
//!
//! ## Source
//! 02:TCPC-04.

use super::{Check, Rule, StackView};
use crate::finding::{Confidence, Severity};
use crate::report::Report;
use crate::statements::port::Who;

/// The rule.
pub const RULE: Rule = Rule {
    name: "tcp-receive-maximum-small",
    level: Severity::Warning,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Stack(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["TCPCONFIG TCPMAXRCVBUFRSIZE"];

/// What FTP asks for.
const WANTED: u64 = 180 * 1024;

fn check(stack: &StackView<'_>, out: &mut Vec<Report>) {
    let Some(most) = stack.config.tcpconfig.most_receive.filter(|most| most.value < WANTED) else { return };
    let mut ports = stack.config.port.reservations.iter();
    let Some(ftp) = ports.find(|port| port.tcp && port.port == 21 && port.who != Who::Reserved) else {
        return;
    };
    out.push(
        Report::new(
            &RULE,
            most.at,
            format!("TCPMAXRCVBUFRSIZE of {} bytes is less than the 180K that FTP wants", most.value),
        )
        .related(ftp.at, "the port of the FTP server")
        .note("the health checker reports EZBH004E; 256K is the default"),
    );
}
