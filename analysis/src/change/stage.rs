//! The running sysplex that a change meets: every stack up, servers listening, a client on each listener; or what a scenario made.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};

use compiler::apply::Refused;
use grammar::scenario::Scenario;
use runtime_model::event::Event;
use runtime_model::ids::{Handle, StackId};
use runtime_model::model::Model;
use runtime_model::{Assumptions, Cluster};

use crate::failover::servers::{FIRST_HANDLE, client, listen, listening};
use crate::failover::services::{NOTE, Plan, plans};
use crate::run::{World, perform};
use crate::trouble::Trouble;
use crate::why::Assumed;

/// Handles of clients begin behind those of all servers.
const FIRST_CLIENT: u32 = 1 << 25;

/// What is taken for granted about clients.
const CLIENTS: &str =
    "connections: as many clients as a service has listeners are connected to it, at most 4 to each service";

/// So many clients connect to a service: more of them tell nothing new, and cost time in a large sysplex.
const MOST_CLIENTS: usize = 4;

/// A cluster with what was taken for granted to make it.
#[derive(Clone)]
pub struct Stage {
    /// The state.
    pub cluster: Cluster,
    /// Open points that it rests on, by name.
    pub assumed: BTreeMap<String, String>,
    /// What stacks have refused of OBEYFILEs before, one after the other.
    pub refused: BTreeMap<StackId, Vec<Refused>>,
    /// DVIPAs of their profiles that stacks have refused when they started, and hold no more.
    pub refused_at_start: BTreeMap<StackId, Vec<IpAddr>>,
    plans: Vec<Plan>,
    ours: bool,
    next: u32,
}

impl Stage {
    /// Starts all stacks in the order of the description, then servers and clients.
    #[must_use]
    pub fn started(model: &Model) -> Self {
        let mut stage = Self {
            cluster: Cluster::new(model),
            assumed: BTreeMap::new(),
            refused: BTreeMap::new(),
            refused_at_start: BTreeMap::new(),
            plans: Vec::new(),
            ours: true,
            next: FIRST_CLIENT,
        };
        let all: Vec<StackId> = stage.cluster.stack_ids().collect();
        for stack in all {
            let outcome = stage.cluster.step_quiet(&Event::Start(stack));
            stage.keep(outcome.assumptions);
        }
        stage.serve(model);
        stage
    }

    /// The state that captures show, or that a scenario leaves.
    ///
    /// # Errors
    /// Names in the scenario that nobody has.
    pub fn given(world: &World<'_>, after: Option<(&str, &Scenario)>) -> Result<Self, Vec<Trouble>> {
        let mut play = world.play();
        if let Some((file, scenario)) = after {
            let run = perform(world, scenario, &mut world.scope(file), &mut play);
            if !run.errors.is_empty() {
                return Err(run.errors);
            }
        }
        let of = |stack: StackId| (stack, play.refused(stack).to_vec());
        Ok(Self {
            refused: play.cluster().stack_ids().map(of).collect(),
            refused_at_start: BTreeMap::new(),
            cluster: play.cluster().clone(),
            assumed: BTreeMap::new(),
            plans: Vec::new(),
            ours: false,
            next: FIRST_CLIENT,
        })
    }

    /// Takes what stacks have refused of their profiles out of what they hold.
    pub fn disown_refused(&mut self) {
        for stack in self.cluster.stack_ids() {
            let refused = self.cluster.disown_refused(stack);
            if !refused.is_empty() {
                self.refused_at_start.insert(stack, refused);
            }
        }
    }

    /// Lets servers of services that are new listen, and clients connect to them. Nothing after a scenario: it says itself who
    /// listens.
    pub fn serve(&mut self, model: &Model) {
        if !self.ours {
            return;
        }
        let known =
            |plan: &Plan| self.plans.iter().any(|old| (old.address, old.port) == (plan.address, plan.port));
        let fresh: Vec<Plan> = plans(model).into_iter().filter(|plan| !known(plan)).collect();
        listen(&mut self.cluster, &fresh, FIRST_HANDLE);
        for plan in &fresh {
            let listeners = listening(&self.cluster, plan).len().min(MOST_CLIENTS);
            for number in 0..u16::try_from(listeners).unwrap_or(0) {
                self.connect(plan.address, plan.port, number);
            }
        }
        self.plans.extend(fresh);
    }

    fn connect(&mut self, address: IpAddr, port: u16, number: u16) {
        let mut from = client(address);
        from.set_port(from.port().saturating_add(number));
        let (to, connection) = (SocketAddr::new(address, port), Handle(self.next));
        self.next += 1;
        self.cluster.step_quiet(&Event::ClientConnect { client: from, to, connection });
    }

    /// Adds open points.
    pub fn keep(&mut self, more: Assumptions) {
        let words = more.iter().map(|one| (one.name().to_owned(), one.words().trim().to_owned()));
        self.assumed.extend(words);
    }

    /// What was taken for granted, a sentence each.
    #[must_use]
    pub fn notes(&self) -> Vec<String> {
        if self.ours { vec![NOTE.to_owned(), CLIENTS.to_owned()] } else { Vec::new() }
    }

    /// The open points for a report.
    #[must_use]
    pub fn assumptions(&self) -> Vec<Assumed> {
        let one = |(name, words): (&String, &String)| Assumed { name: name.clone(), words: words.clone() };
        self.assumed.iter().map(one).collect()
    }
}
