//! One fault, played: on a copy of the running cluster, and on a sysplex that starts without what is lost.

use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, SocketAddr};

use grammar::scenario::Scenario;
use runtime_model::event::Event;
use runtime_model::ids::{Handle, StackId};
use runtime_model::model::Model;
use runtime_model::outcome::{ConsoleMessage, Outcome};
use runtime_model::{Cluster, Mode};
use schemars::JsonSchema;
use serde::Serialize;

use super::faults::Fault;
use super::servers::{FIRST_HANDLE, client, listen, listening};
use super::services::{NOTE, Plan, Service, ServiceKind, plans};
use super::spread::spread;
use super::starts::Starts;
use crate::run::{World, begin};
use crate::trouble::Trouble;

/// What a fault did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// What is lost.
    pub fault: Fault,
    /// When.
    pub moment: Moment,
    /// DVIPAs that are not where they were.
    pub moved: Vec<Moved>,
    /// Services that are not as they were.
    pub services: Vec<Served>,
    /// Connections that were running and are gone.
    pub broken: usize,
    /// DVIPAs that are not back when what was lost has started again.
    pub back: Vec<Back>,
    /// What the stacks did and wrote, a line each; empty where nobody asks.
    pub trace: Vec<String>,
}

/// When something is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Moment {
    /// It fails while everything runs.
    Running,
    /// It is not there when the sysplex starts.
    Start,
}

/// A DVIPA that moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// The address.
    pub address: IpAddr,
    /// Owner before.
    pub from: Option<String>,
    /// Owner after.
    pub to: Option<String>,
}

/// A service that changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Served {
    /// Place in the list of services.
    pub service: usize,
    /// What became of it.
    pub fate: Fate,
    /// Stacks with a listener now.
    pub listeners: Vec<String>,
}

/// What became of a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Fate {
    /// Nobody listens, or nobody has the address.
    Lost,
    /// Its server has to be started on another stack, where it may bind the address.
    Restart,
    /// Its owner serves it alone: nobody distributes it there.
    Undistributed,
    /// One listener is left.
    LastOne,
    /// Fewer listeners than before.
    Fewer,
}

/// A DVIPA that did not come back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Back {
    /// The address.
    pub address: IpAddr,
    /// Who has it after the return.
    pub with: Option<String>,
    /// It comes back when the last connection there has ended.
    pub when_idle: bool,
}

/// The sysplex before any fault.
pub(super) struct Stage<'a> {
    pub(super) model: &'a Model,
    plans: Vec<Plan>,
    base: Cluster,
    owners: BTreeMap<IpAddr, Option<StackId>>,
    listeners: Vec<Vec<StackId>>,
    assumed: Assumptions,
    listening: bool,
    /// How it started, where nothing else happened.
    starts: Option<Starts>,
    tracing: bool,
}

/// Open points of the sources: name and words.
type Assumptions = BTreeMap<String, String>;

impl<'a> Stage<'a> {
    /// Starts everything, or plays the scenario. `tracing`: the cases tell how they come about.
    pub(super) fn new(
        world: &World<'a>,
        after: Option<(&str, &Scenario)>,
        tracing: bool,
    ) -> Result<Self, Vec<Trouble>> {
        let mut assumed = Assumptions::new();
        let fresh = after.is_none() && world.begin.is_none();
        let starts = fresh.then(|| Starts::new(world.model, tracing, &mut |more| keep(&mut assumed, more)));
        let base = match starts.as_ref().and_then(Starts::all) {
            Some(cluster) => cluster.clone(),
            None => begin(world, after, &mut |outcome| keep(&mut assumed, &outcome.assumptions))?,
        };
        let base_has_no_server = base.sockets().all(|socket| !socket.listening);
        let mut stage = Self {
            model: world.model,
            plans: plans(world.model),
            base,
            owners: BTreeMap::new(),
            listeners: Vec::new(),
            assumed,
            // Of a state that knows no server nobody can say who listens.
            listening: after.is_none() && base_has_no_server,
            starts,
            tracing,
        };
        let mut base = stage.base.clone();
        if stage.listening {
            listen(&mut base, &stage.plans, FIRST_HANDLE);
        }
        stage.owners = addresses(world.model).map(|address| (address, base.owner_of(address))).collect();
        stage.listeners = stage.plans.iter().map(|plan| listening(&base, plan)).collect();
        stage.base = base;
        Ok(stage)
    }

    /// Owner before any fault.
    pub(super) fn owner(&self, address: IpAddr) -> Option<String> {
        self.owners.get(&address).copied().flatten().map(|stack| self.name(stack))
    }

    /// Name of a stack.
    pub(super) fn name(&self, stack: StackId) -> String {
        self.base.stack_name(stack).to_owned()
    }

    /// Open points that the state before any fault rests on.
    pub(super) fn assumptions(&self) -> Assumptions {
        self.assumed.clone()
    }

    /// What is taken for granted.
    pub(super) fn notes(&self) -> Vec<String> {
        if self.listening { vec![NOTE.to_owned()] } else { Vec::new() }
    }

    /// The services before any fault.
    pub(super) fn services(&self) -> Vec<Service> {
        let with = self.plans.iter().zip(&self.listeners);
        with.map(|(plan, listeners)| {
            let mut jobs: Vec<String> = plan.servers.iter().map(|server| server.job.clone()).collect();
            jobs.sort();
            jobs.dedup();
            Service {
                address: plan.address,
                port: plan.port,
                jobs,
                kind: plan.kind,
                listeners: self.names(listeners),
            }
        })
        .collect()
    }

    fn names(&self, stacks: &[StackId]) -> Vec<String> {
        stacks.iter().map(|stack| self.name(*stack)).collect()
    }

    /// Plays one fault.
    fn case(&self, fault: &Fault, moment: Moment, assumed: &mut Assumptions) -> Case {
        let mut trace = Vec::new();
        let before = self.base.sockets().filter(|socket| socket.peer.is_some()).count();
        let mut cluster = match moment {
            Moment::Running => {
                let mut cluster = self.base.clone();
                for event in fault.events() {
                    let outcome = cluster.run(&event, Mode::ToQuiescence, self.tracing);
                    keep(assumed, &outcome.assumptions);
                    if self.tracing {
                        trace.extend(told(&outcome, &cluster));
                    }
                }
                cluster
            }
            Moment::Start => {
                let mut heard = |more: &runtime_model::Assumptions| keep(assumed, more);
                let started = self.starts.as_ref();
                let started =
                    started.and_then(|starts| starts.without(&fault.stacks, &mut trace, &mut heard));
                let mut cluster = started.unwrap_or_else(|| Cluster::new(self.model));
                if self.listening {
                    listen(&mut cluster, &self.plans, FIRST_HANDLE);
                }
                cluster
            }
        };
        let after = cluster.sockets().filter(|socket| socket.peer.is_some()).count();
        let moved: Vec<Moved> = self
            .owners
            .iter()
            .filter_map(|(address, from)| {
                let to = cluster.owner_of(*address);
                (to != *from).then(|| Moved {
                    address: *address,
                    from: from.map(|stack| self.name(stack)),
                    to: to.map(|stack| self.name(stack)),
                })
            })
            .collect();
        let services = self.served(&mut cluster);
        let back = match moment {
            Moment::Running => self.back(cluster, fault, assumed),
            Moment::Start => Vec::new(),
        };
        let broken = if moment == Moment::Running { before.saturating_sub(after) } else { 0 };
        Case { fault: fault.clone(), moment, moved, services, broken, back, trace }
    }

    /// What became of the services. A bound one is started again where that is possible, and stays so in `cluster`.
    fn served(&self, cluster: &mut Cluster) -> Vec<Served> {
        let mut changed = Vec::new();
        for (service, (plan, before)) in self.plans.iter().zip(&self.listeners).enumerate() {
            let mut now = listening(cluster, plan);
            let mut restarted = false;
            if plan.kind == ServiceKind::Bound && now.is_empty() && self.listening {
                listen(cluster, std::slice::from_ref(plan), FIRST_HANDLE + (1 << 20));
                now = listening(cluster, plan);
                restarted = !now.is_empty();
            }
            let undistributed = || {
                plan.kind == ServiceKind::Distributed && cluster.targets(plan.address, plan.port).is_empty()
            };
            let fate = match (now.len(), before.len()) {
                (0, had) if had > 0 => Fate::Lost,
                (1, had) if had > 1 && undistributed() => Fate::Undistributed,
                _ if restarted => Fate::Restart,
                (1, had) if had > 1 => Fate::LastOne,
                (has, had) if has < had => Fate::Fewer,
                _ => continue,
            };
            changed.push(Served { service, fate, listeners: self.names(&now) });
        }
        changed
    }

    /// What was lost starts again while clients are connected to what took over.
    fn back(&self, mut cluster: Cluster, fault: &Fault, assumed: &mut Assumptions) -> Vec<Back> {
        let away: Vec<(IpAddr, StackId)> = self
            .owners
            .iter()
            .filter_map(|(address, owner)| Some((*address, (*owner)?)))
            .filter(|(address, owner)| {
                fault.stacks.contains(owner) && cluster.owner_of(*address) != Some(*owner)
            })
            .collect();
        if away.is_empty() {
            return Vec::new();
        }
        let mut clients = Vec::new();
        let mut next = FIRST_HANDLE + (1 << 21);
        for plan in self.plans.iter().filter(|plan| away.iter().any(|(address, _)| *address == plan.address))
        {
            // Enough of them that every listener may get one, the owner's too.
            for port in 0..2 * u16::try_from(listening(&cluster, plan).len()).unwrap_or(0) {
                let mut from = client(plan.address);
                from.set_port(from.port() + port);
                let to = SocketAddr::new(plan.address, plan.port);
                let connection = Handle(next);
                next += 1;
                if cluster.step_quiet(&Event::ClientConnect { client: from, to, connection }).ok() {
                    clients.push(connection);
                }
            }
        }
        start(&mut cluster, &fault.stacks, assumed);
        let stayed: Vec<(IpAddr, StackId, Option<StackId>)> = away
            .into_iter()
            .map(|(address, owner)| (address, owner, cluster.owner_of(address)))
            .filter(|(_, owner, with)| *with != Some(*owner))
            .collect();
        for handle in clients {
            cluster.step_quiet(&Event::Close(handle));
        }
        let told = |(address, owner, with): (IpAddr, StackId, Option<StackId>)| Back {
            address,
            with: with.map(|stack| self.name(stack)),
            when_idle: cluster.owner_of(address) == Some(owner),
        };
        stayed.into_iter().map(told).collect()
    }
}

/// Every case, in the order of the faults: while running, then at the start.
pub(super) fn play(
    stage: &Stage<'_>,
    faults: &[Fault],
    threads: usize,
    progress: &mut dyn FnMut(usize, usize),
) -> (Vec<Case>, Assumptions) {
    let moments =
        if stage.starts.is_some() { &[Moment::Running, Moment::Start][..] } else { &[Moment::Running][..] };
    let all: Vec<(&Fault, Moment)> =
        faults.iter().flat_map(|fault| moments.iter().map(move |moment| (fault, *moment))).collect();
    let work = |(fault, moment): &(&Fault, Moment)| {
        let mut assumed = Assumptions::new();
        let case = stage.case(fault, *moment, &mut assumed);
        (case, assumed)
    };
    // What loses and starts most stacks takes longest.
    let results = spread(&all, threads, |(fault, _)| fault.stacks.len(), work, progress);
    let mut assumptions = Assumptions::new();
    let mut cases = Vec::with_capacity(results.len());
    for (case, assumed) in results {
        assumptions.extend(assumed);
        cases.push(case);
    }
    (cases, assumptions)
}

fn start(cluster: &mut Cluster, order: &[StackId], assumed: &mut Assumptions) {
    for stack in order {
        let outcome = cluster.step_quiet(&Event::Start(*stack));
        keep(assumed, &outcome.assumptions);
    }
}

/// Adds the open points that an answer rests on.
fn keep(assumed: &mut Assumptions, more: &runtime_model::Assumptions) {
    assumed.extend(more.iter().map(|one| (one.name().to_owned(), one.words().trim().to_owned())));
}

/// What an event said, a line each: its decisions, then its messages.
pub(super) fn told(outcome: &Outcome, cluster: &Cluster) -> impl Iterator<Item = String> {
    let said = |message: &ConsoleMessage| {
        let id = message.id.map_or_else(String::new, |id| format!("{id} "));
        format!("{}: {id}{}", cluster.stack_name(message.stack), message.text)
    };
    outcome.trace.iter().map(ToString::to_string).chain(outcome.messages.iter().map(said))
}

fn addresses(model: &Model) -> impl Iterator<Item = IpAddr> + use<> {
    let all: BTreeSet<IpAddr> =
        model.stacks.iter().flat_map(|stack| &stack.dvipas).map(|dvipa| dvipa.address).collect();
    all.into_iter()
}
