//! What would change a decision, told from the block where it turned.

use std::net::IpAddr;

use grammar::scenario::Event as Said;
use runtime_model::event::{Event, Kind, Request};
use runtime_model::ids::StackId;
use runtime_model::model::{DvipaOrigin, Model, Tables, Targets};
use runtime_model::outcome::{Answer, Outcome};

use super::product::Asked;
use crate::run::World;

/// Sentences, the most direct first; none where it is not simple to say.
#[must_use]
pub fn changes(event: &Event, said: &Said, outcome: &Outcome, world: &World<'_>) -> Vec<String> {
    if world.model.tables == Tables::Product
        && let Some(changes) = product(event, said, outcome, world.model)
    {
        return changes;
    }
    let turn = Turn { outcome, model: world.model };
    match event.kind() {
        Kind::Request(Request::Connect { stack, .. }) => turn.connect(stack, &job(said)),
        Kind::Request(Request::Bind { stack, at, .. }) => turn.bind(stack, at.address, at.port),
        Kind::Request(Request::Client { to, .. } | Request::Packet { to }) => {
            turn.request(to.ip(), to.port())
        }
        Kind::Request(Request::Open { .. } | Request::Send { .. } | Request::Define | Request::Delete)
        | Kind::End(_)
        | Kind::Servers { .. }
        | Kind::Life
        | Kind::Command
        | Kind::Course => Vec::new(),
    }
}

/// The same of the product, where its tables have decided.
fn product(event: &Event, said: &Said, outcome: &Outcome, model: &Model) -> Option<Vec<String>> {
    let job = job(said);
    let asked = |stack: StackId| {
        let stack = model.stacks.get(usize::from(stack.0))?;
        Some(Asked { outcome, model, stack, job: &job })
    };
    match event.kind() {
        Kind::Request(Request::Connect { stack, .. } | Request::Send { stack }) => {
            Some(asked(stack)?.connect())
        }
        Kind::Request(Request::Bind { stack, at, .. }) => Some(asked(stack)?.bind(at.address, at.port)),
        Kind::Request(
            Request::Open { .. }
            | Request::Define
            | Request::Delete
            | Request::Client { .. }
            | Request::Packet { .. },
        )
        | Kind::End(_)
        | Kind::Servers { .. }
        | Kind::Life
        | Kind::Command
        | Kind::Course => None,
    }
}

fn job(said: &Said) -> String {
    // Only questions about jobs come here with a connect.
    if let Said::Job { job, .. } = said { job.text.clone() } else { String::new() }
}

struct Turn<'a> {
    outcome: &'a Outcome,
    model: &'a Model,
}

impl Turn<'_> {
    fn answered(&self, at: &str, answer: &Answer) -> bool {
        self.outcome.trace.iter().any(|step| step.at == at && step.answer == *answer)
    }
    fn yes(&self, at: &str) -> bool {
        self.answered(at, &Answer::Yes)
    }
    fn no(&self, at: &str) -> bool {
        self.answered(at, &Answer::No)
    }
    fn name(&self, stack: StackId) -> &str {
        self.model.stacks.get(usize::from(stack.0)).map_or("", |stack| stack.name.as_str())
    }

    fn connect(&self, stack: StackId, job: &str) -> Vec<String> {
        let name = self.name(stack);
        let mut changes = Vec::new();
        let entry = self.source_entry(stack, job);
        let wanted = entry.map_or_else(|| "the source address".to_owned(), |address| address.to_string());
        if self.no("F7:710") {
            changes.push(format!("A SOURCEIPA entry for {job} on {name} would choose the source address."));
        } else if self.no("F7:725") {
            changes.push(format!("{wanted} in the HOME list of {name} would let the connection be made."));
        } else if self.no("F7:735") {
            changes.push(configure(&wanted, name));
        } else if self.no("F7:750") {
            changes.push(self.activate(entry, &wanted, name));
        } else if self.no("F7:740") {
            changes.push(format!(
                "MOVEABLE NONDISRUPTIVE on the VIPARANGE of the stack that owns {wanted} would let it move."
            ));
        } else if self.yes("F7:710") {
            changes.push(format!(
                "A bind to another address before connect would win over the SOURCEIPA entry for {job}."
            ));
        }
        if self.no("F9:905") {
            changes.push(format!(
                "CLUSTERPORTS for {wanted} would keep the port unique in the cluster; without it another stack may choose the same 4-tuple."
            ));
        }
        if self.no("F9:920") {
            changes.push(
                "A socket that is bound to port 0, or not bound, would get a port that no other stack holds."
                    .to_owned(),
            );
        }
        changes
    }

    fn bind(&self, stack: StackId, address: Option<IpAddr>, port: u16) -> Vec<String> {
        let name = self.name(stack);
        let wanted = address.map_or_else(|| "the address".to_owned(), |address| address.to_string());
        let mut changes = Vec::new();
        if self.no("F11:1105") {
            changes.push(format!(
                "Port {port} in the VIPADISTRIBUTE list of {wanted} would let each target have a listener on it; port 0 would give a port that is free."
            ));
        }
        if self.no("F11:1125") {
            changes.push(format!("{wanted} in the HOME list of {name} would let the bind go on."));
        } else if self.no("F11:1135") {
            changes.push(configure(&wanted, name));
        } else if self.no("F11:1150") {
            changes.push(self.activate(address, &wanted, name));
        } else if self.no("F11:1140") {
            changes.push(format!(
                "MOVEABLE NONDISRUPTIVE on the VIPARANGE of the stack that owns {wanted} would let it move."
            ));
        }
        changes
    }

    fn request(&self, address: IpAddr, port: u16) -> Vec<String> {
        let distributed: Vec<_> = self
            .model
            .stacks
            .iter()
            .flat_map(|stack| stack.distributions.iter())
            .filter(|statement| statement.dvipa == address)
            .collect();
        let mut changes = Vec::new();
        if self.outcome.refusal().is_some() {
            if let Some(statement) = distributed.first() {
                if statement.ports.is_empty() || statement.ports.contains(&port) {
                    let who = self.targets(&statement.targets);
                    changes.push(format!(
                        "A listener for {address} port {port} on a target would serve it: {who}."
                    ));
                } else {
                    changes.push(format!(
                        "Port {port} in the VIPADISTRIBUTE of {address} would share it out among the targets."
                    ));
                }
            } else {
                let owners: Vec<&str> = self.definers(address).collect();
                match owners.as_slice() {
                    [] => changes
                        .push(format!("A VIPADEFINE of {address} on some stack would give it an owner.")),
                    some => changes.push(format!(
                        "A listener for {address} port {port} on its owner would serve it: {}.",
                        some.join(", ")
                    )),
                }
            }
        } else if self.yes("003#12") {
            changes.push("Other weights, or another listener on a target, would move the choice; a connection that is there already stays where it is.".to_owned());
        }
        changes
    }

    /// How an inactive DVIPA of this stack could become active.
    fn activate(&self, address: Option<IpAddr>, wanted: &str, name: &str) -> String {
        let owners: Vec<&str> = address.into_iter().flat_map(|address| self.definers(address)).collect();
        match owners.as_slice() {
            [] => format!("A VIPARANGE on {name} that covers {wanted} would activate it when it is wanted."),
            some => format!(
                "{wanted} becomes active here when {name} takes it over from {}, or is a target of it; a VIPARANGE on {name} that covers it would activate it when it is wanted.",
                some.join(", ")
            ),
        }
    }

    fn definers(&self, address: IpAddr) -> impl Iterator<Item = &str> {
        self.model
            .stacks
            .iter()
            .filter(move |stack| {
                stack
                    .dvipas
                    .iter()
                    .any(|dvipa| dvipa.address == address && dvipa.origin == DvipaOrigin::Define)
            })
            .map(|stack| stack.name.as_str())
    }

    fn targets(&self, targets: &Targets) -> String {
        match targets {
            Targets::All => "any stack".to_owned(),
            Targets::Xcf(list) => {
                let names: Vec<&str> = self
                    .model
                    .stacks
                    .iter()
                    .filter(|stack| list.iter().any(|target| stack.xcf.contains(&target.xcf)))
                    .map(|stack| stack.name.as_str())
                    .collect();
                names.join(", ")
            }
        }
    }

    /// The address that the trace shows, else the only entry of that job.
    fn source_entry(&self, stack: StackId, job: &str) -> Option<IpAddr> {
        use runtime_model::model::SourceFor;
        self.outcome.source.or_else(|| {
            let stack = self.model.stacks.get(usize::from(stack.0))?;
            let fits = |who: &SourceFor| match who {
                SourceFor::Job(name) => name.eq_ignore_ascii_case(job),
                SourceFor::Destination(_) => false,
            };
            stack.sources.iter().rfind(|entry| fits(&entry.who)).map(|entry| entry.address)
        })
    }
}

fn configure(wanted: &str, name: &str) -> String {
    format!(
        "A VIPADEFINE, VIPABACKUP or VIPARANGE for {wanted} on {name}, or {name} among the targets of its VIPADISTRIBUTE, would configure it there."
    )
}
