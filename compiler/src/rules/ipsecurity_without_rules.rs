//! ## What it finds
//! IPCONFIG IPSECURITY on a stack without an IPSEC block.
//!
//! ## Why it hurts
//! Until an IP security policy is installed, the stack discards all traffic but the ICMP that it needs. The policy agent itself may then not
//! reach what it needs.
//!
//! ## Example
//! ```profile
//! IPCONFIG IPSECURITY
//! ```
//!
//! ## How to mend it
//! Add an IPSEC block with rules for what has to pass before the policy is there.
//!
//! ## Source
//! 02:IPC4-13, 02:IPSC-06.

use super::{Check, Rule, StackView};
use crate::finding::{Confidence, Severity};
use crate::report::Report;
use crate::statements::options;

/// The rule.
pub const RULE: Rule = Rule {
    name: "ipsecurity-without-rules",
    level: Severity::Info,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Stack(check),
};

/// What would bring it.
pub const MISSES: &[&str] = &["IPSEC"];

fn check(stack: &StackView<'_>, out: &mut Vec<Report>) {
    let config = stack.config;
    let Some(at) = options::on(config.ipconfig.ipsecurity).filter(|_| config.ipsec.at.is_none()) else {
        return;
    };
    out.push(
        Report::new(&RULE, at, "IPSECURITY without an IPSEC block lets nothing pass until a policy is installed")
            .note("the implicit rule denies everything but the ICMP that the stack needs; a policy that fails to load leaves it so")
            .note("add an IPSEC block with rules for routing, name servers and consoles"),
    );
}
