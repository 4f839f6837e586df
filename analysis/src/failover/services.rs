//! The services of a sysplex: ports of distributed DVIPAs, and ports that PORT … BIND ties to an address.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};

use runtime_model::ids::StackId;
use runtime_model::model::{Model, PortFor, PortModel, StackModel, Targets};
use schemars::JsonSchema;
use serde::Serialize;

/// An address and port that clients connect to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Service {
    /// The address.
    pub address: IpAddr,
    /// The port.
    pub port: u16,
    /// Jobs that serve it, as the PORT entries name them.
    pub jobs: Vec<String>,
    /// How it comes to its listeners.
    pub kind: ServiceKind,
    /// Stacks with a listener before any fault.
    pub listeners: Vec<String>,
}

/// How a service comes to its listeners.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ServiceKind {
    /// VIPADISTRIBUTE spreads its connections.
    Distributed,
    /// A server binds the address (PORT … BIND), and has to be started where the address is.
    Bound,
}

impl Service {
    /// `203.0.113.10:443`.
    #[must_use]
    pub fn name(&self) -> String {
        SocketAddr::new(self.address, self.port).to_string()
    }
}

/// A server that could run on a stack.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Server {
    /// Its stack.
    pub(crate) stack: StackId,
    /// Its job.
    pub(crate) job: String,
    /// User of the job, if told.
    pub(crate) user: Option<String>,
}

/// A service with the servers that could carry it.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) address: IpAddr,
    pub(crate) port: u16,
    pub(crate) kind: ServiceKind,
    pub(crate) servers: Vec<Server>,
}

/// Job of a server that nothing names.
const UNNAMED: &str = "SERVER";

/// What is taken for granted about servers.
pub(crate) const NOTE: &str = "servers: on each target the jobs of the port's PORT entry listen, where sysplex.toml says they run; \
                               where no entry names a job, one server listens on every target";

/// The services of a model, by address and port.
pub(crate) fn plans(model: &Model) -> Vec<Plan> {
    let mut plans: BTreeMap<(IpAddr, u16), Plan> = BTreeMap::new();
    let ids = (0..u16::try_from(model.stacks.len()).unwrap_or(u16::MAX)).map(StackId);
    let stacks: Vec<(StackId, &StackModel)> = ids.zip(&model.stacks).collect();
    for (_, owner) in &stacks {
        for distribution in &owner.distributions {
            for port in &distribution.ports {
                let plan = plans.entry((distribution.dvipa, *port)).or_insert(Plan {
                    address: distribution.dvipa,
                    port: *port,
                    kind: ServiceKind::Distributed,
                    servers: Vec::new(),
                });
                let wanted = |stack: &StackModel| match &distribution.targets {
                    Targets::All => !stack.xcf.is_empty(),
                    Targets::Xcf(targets) => targets.iter().any(|target| stack.xcf.contains(&target.xcf)),
                };
                for (id, stack) in stacks.iter().filter(|(_, stack)| wanted(stack)) {
                    plan.servers.extend(servers(model, *id, stack, *port));
                }
            }
        }
    }
    for (id, stack) in &stacks {
        for entry in stack.ports.iter().filter(|entry| entry.tcp && entry.first == entry.last) {
            let Some(address) = entry.bind else { continue };
            let ours = model.stacks.iter().any(|stack| can_have(stack, address));
            let plan = plans.entry((address, entry.first));
            let plan = plan.or_insert(Plan {
                address,
                port: entry.first,
                kind: ServiceKind::Bound,
                servers: Vec::new(),
            });
            if ours && plan.kind == ServiceKind::Bound && can_have(stack, address) {
                plan.servers.extend(named(model, *id, stack, entry));
            }
        }
    }
    let mut plans: Vec<Plan> = plans.into_values().filter(|plan| !plan.servers.is_empty()).collect();
    for plan in &mut plans {
        plan.servers.sort();
        plan.servers.dedup();
    }
    plans
}

/// The service at an address and port. Where nothing distributes or binds it, the jobs of the owner's PORT entries serve it.
pub(crate) fn service_at(model: &Model, owner: Option<StackId>, at: SocketAddr) -> Option<Plan> {
    let (address, port) = (at.ip(), at.port());
    if let Some(plan) = plans(model).into_iter().find(|plan| (plan.address, plan.port) == (address, port)) {
        return Some(plan);
    }
    let owner = owner?;
    let stack = model.stacks.get(usize::from(owner.0))?;
    let here = entries(stack, port).filter(|entry| entry.bind.is_none_or(|bound| bound == address));
    let servers: Vec<Server> = here.flat_map(|entry| named(model, owner, stack, entry)).collect();
    (!servers.is_empty()).then_some(Plan { address, port, kind: ServiceKind::Distributed, servers })
}

/// Whether an address is a DVIPA that the stack may come to have.
fn can_have(stack: &StackModel, address: IpAddr) -> bool {
    stack.dvipas.iter().any(|dvipa| dvipa.address == address)
        || stack.ranges.iter().any(|range| range.subnet.contains(&address))
}

/// The PORT entries of a stack for a TCP port.
fn entries(stack: &StackModel, port: u16) -> impl Iterator<Item = &PortModel> {
    stack.ports.iter().filter(move |entry| entry.tcp && (entry.first..=entry.last).contains(&port))
}

fn servers(model: &Model, id: StackId, stack: &StackModel, port: u16) -> Vec<Server> {
    let mut entries = entries(stack, port).peekable();
    if entries.peek().is_none() {
        return vec![Server { stack: id, job: UNNAMED.to_owned(), user: None }];
    }
    entries.flat_map(|entry| named(model, id, stack, entry)).collect()
}

/// Servers of one PORT entry: the jobs of the description that it fits and that run on the stack; the job that it names
/// when the description does not know it.
fn named(model: &Model, id: StackId, stack: &StackModel, entry: &PortModel) -> Vec<Server> {
    let PortFor::Job(pattern) = &entry.who else { return Vec::new() };
    let fits: Vec<_> = model.jobs.iter().filter(|job| matches(pattern, &job.name)).collect();
    if fits.is_empty() {
        let job = pattern.trim_end_matches(['*', '?']);
        let job = if job.is_empty() || job.eq_ignore_ascii_case("OMVS") { UNNAMED } else { job };
        return vec![Server { stack: id, job: job.to_owned(), user: None }];
    }
    let here = fits.into_iter().filter(|job| {
        job.stacks.is_empty() || job.stacks.iter().any(|name| name.eq_ignore_ascii_case(&stack.name))
    });
    here.map(|job| Server { stack: id, job: job.name.clone(), user: job.user.clone() }).collect()
}

/// Job names against a pattern with `*` for any end and `?` for one character.
fn matches(pattern: &str, name: &str) -> bool {
    let (pattern, name) = (pattern.to_ascii_uppercase(), name.to_ascii_uppercase());
    let mut pattern = pattern.chars();
    let mut name = name.chars();
    loop {
        match (pattern.next(), name.next()) {
            (Some('*'), _) | (None, None) => return true,
            (Some('?'), Some(_)) => {}
            (Some(wanted), Some(there)) if wanted == there => {}
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn wildcards_of_port() {
        assert!(matches("HTTPD*", "httpd1"));
        assert!(matches("DB1?DIST", "DB1ADIST"));
        assert!(!matches("FTPD1", "FTPD"));
        assert!(matches("*", "ANY"));
    }
}
