//! What would change a decision of the product's tables: told from the last question that was asked.

use std::net::IpAddr;

use runtime_model::Assumption;
use runtime_model::model::{DvipaOrigin, Model, PortFor, StackModel};
use runtime_model::outcome::{Answer, Outcome, ReasonCode};

/// A decision and who asked for it.
pub(super) struct Asked<'a> {
    pub(super) outcome: &'a Outcome,
    pub(super) model: &'a Model,
    pub(super) stack: &'a StackModel,
    pub(super) job: &'a str,
}

impl Asked<'_> {
    /// The last question, as far as it was answered.
    fn last(&self) -> &str {
        let asked = |answer: &Answer| matches!(answer, Answer::Yes | Answer::No);
        self.outcome.trace.iter().rev().find(|step| asked(&step.answer)).map_or("", |step| step.question)
    }

    /// Sentences about connect().
    pub(super) fn connect(&self) -> Vec<String> {
        let (job, name) = (self.job, &self.stack.name);
        if let Some(refusal) = self.outcome.refusal() {
            return if refusal.code == Some(ReasonCode::SRCIP_DISTRIBUTED) {
                vec![self.distributed()]
            } else {
                self.ports()
            };
        }
        let mut changes = Vec::new();
        let via = |mark: &str| self.outcome.via(mark);
        if via("04:2.1#8") || via("04:2.1#9") {
            changes.push(format!(
                "An SRCIP entry for {job} or for the destination on {name} would choose the source address."
            ));
        } else if via("04:2.1#7") {
            changes.push(format!(
                "Any bind() before connect(), or an SRCIP entry for {job}, would win over TCPSTACKSOURCEVIPA."
            ));
        } else if via("04:2.1#6") || via("04:2.1#6a") {
            changes.push(
                "A bind() to an address before connect() would win over SRCIP, and so would BIND on a PORT entry for the port of the socket."
                    .to_owned(),
            );
        }
        if self.outcome.assumptions.contains(Assumption::NoRoute) {
            changes.push(
                "A static route to the destination would tell its interface; where OMPROUTE has a route over another one, that one gives the address."
                    .to_owned(),
            );
        }
        changes
    }

    /// 04:3.5.
    fn distributed(&self) -> String {
        let (job, name, last) = (self.job, &self.stack.name, self.last());
        if last.starts_with("Is EXPLICITBINDPORTRANGE") {
            return format!(
                "GLOBALCONFIG EXPLICITBINDPORTRANGE on {name}, with the same range on every stack of the group, would keep the ports of such connections unique."
            );
        }
        if last.starts_with("Can the stack reach") {
            return format!("The connection can be made when {name} reaches EZBEPORT again.");
        }
        if last.starts_with("Has the job affinity") {
            return format!("With affinity to {name}, or as the only stack of its system, it would be made.");
        }
        format!(
            "A bind() to port 0, or a PORT or PORTRANGE entry that reserves the port for {job}, would let the connection be made."
        )
    }

    /// A port that could not be had.
    fn ports(&self) -> Vec<String> {
        let Some(refusal) = self.outcome.refusal() else { return Vec::new() };
        match refusal.via {
            "04:3.2" => vec![format!(
                "A wider EPHEMERALPORTS on {}, or fewer ports that PORT and PORTRANGE reserve, would leave ports to choose from.",
                self.stack.name
            )],
            "04:3.3" => vec![
                "A socket that is bound to port 0, or not bound, gets a port that no other stack has."
                    .to_owned(),
            ],
            _ => Vec::new(),
        }
    }

    /// Sentences about bind() and listen().
    pub(super) fn bind(&self, address: Option<IpAddr>, port: u16) -> Vec<String> {
        let Some(refusal) = self.outcome.refusal() else { return Vec::new() };
        let (job, name) = (self.job, &self.stack.name);
        let wanted = address.map_or_else(|| "the address".to_owned(), |address| address.to_string());
        match (refusal.code, refusal.via) {
            (Some(ReasonCode::PORT_ACCESS), "04:4.3") => vec![format!(
                "A PORT entry for {port} and {job} on {name}, or a PORT UNRSV entry that fits {job}, would let it have the port."
            )],
            (Some(ReasonCode::PORT_ACCESS), _) => vec![self.reserved(port)],
            (Some(ReasonCode::RESERVED_PORT), _) => vec![
                "A port outside INADDRANYPORT and INADDRANYCOUNT of BPXPRMxx would be free for applications."
                    .to_owned(),
            ],
            (Some(ReasonCode::NOT_ACTIVE), _) => vec![self.active(address, &wanted)],
            (Some(ReasonCode::DVIPA_CONFLICT), _) => vec![format!(
                "{wanted} moves to {name} by bind() only where it was made by bind() in a VIPARANGE that is MOVEABLE NONDISRUPTIVE."
            )],
            (_, "04:4.1#2") => vec![format!(
                "The name of {job} in place of RESERVED on the PORT or PORTRANGE of {name} would let it have the port."
            )],
            (_, "04:4.1#3") => vec![format!(
                "A VIPARANGE on {name} that covers {wanted} would make it active when it is wanted."
            )],
            (_, "04:4.1#5") => vec![format!(
                "SHAREPORT on a PORT entry for {port} lets several listeners have one address and port; listeners on addresses of their own need nothing."
            )],
            (_, _) => self.ports(),
        }
    }

    fn reserved(&self, port: u16) -> String {
        let (job, name) = (self.job, &self.stack.name);
        let entries = self.stack.ports.iter().filter(|entry| entry.first <= port && port <= entry.last);
        let holders: Vec<&str> = entries
            .filter_map(|entry| match &entry.who {
                PortFor::Job(job) => Some(job.as_str()),
                PortFor::Authport => Some("FTP servers (AUTHPORT)"),
                PortFor::Reserved => None,
            })
            .collect();
        let whose = match holders.as_slice() {
            [] => String::new(),
            some => format!("; now it is for {}", some.join(", ")),
        };
        format!("A PORT entry for {port} and {job} on {name} would let it have the port{whose}.")
    }

    fn active(&self, address: Option<IpAddr>, wanted: &str) -> String {
        let definers: Vec<&str> = self
            .model
            .stacks
            .iter()
            .filter(|stack| {
                stack
                    .dvipas
                    .iter()
                    .any(|dvipa| Some(dvipa.address) == address && dvipa.origin == DvipaOrigin::Define)
            })
            .map(|stack| stack.name.as_str())
            .collect();
        match definers.as_slice() {
            [] => format!(
                "A VIPADEFINE of {wanted} on some stack, or MOVEABLE IMMEDIATE with a mask on the VIPABACKUP, would make it active."
            ),
            some => format!(
                "{wanted} becomes active on {} when it takes it over from {}, or is a target of its distribution.",
                self.stack.name,
                some.join(", ")
            ),
        }
    }
}
