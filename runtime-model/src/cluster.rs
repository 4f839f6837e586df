//! The cluster: its whole state, how it is made from a model, and the step function.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::hash::{Hash, Hasher};
use std::net::SocketAddr;
use std::sync::Arc;

use smallvec::SmallVec;

use crate::assumption::Choices;
use crate::cf::CouplingFacility;
use crate::cow::Cow;
use crate::distribution::messages::Message;
use crate::distribution::routing::OwnRules;
use crate::event::Event;
use crate::founding;
use crate::ids::{AddrId, Handle, JobId, Names, StackId};
use crate::model::{Model, StackModel, Structures};
use crate::outcome::{Ctx, Keep, Outcome, Verdict};
use crate::product;
use crate::socket::Socket;
use crate::stack::Stack;
use crate::tables::Tables;

/// What does not change while a cluster runs.
#[derive(Clone, Debug)]
pub(crate) struct Fixed {
    pub(crate) structures: Structures,
    pub(crate) choices: Choices,
    pub(crate) tables: Tables,
    pub(crate) group: Vec<u16>,
}

impl PartialEq for Fixed {
    fn eq(&self, other: &Self) -> bool {
        self.structures == other.structures && self.choices == other.choices && self.tables == other.tables
    }
}

impl Eq for Fixed {}

impl Hash for Fixed {
    // The same for every state of one run.
    fn hash<H: Hasher>(&self, _: &mut H) {}
}

/// Sockets by handle, and the orders in which they are looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Sockets {
    pub(crate) all: BTreeMap<Handle, Socket>,
    /// Local address, local port, remote end, stack.
    pub(crate) tuples: BTreeMap<(AddrId, u16, SocketAddr, StackId), Handle>,
    /// Stack, local address, port.
    pub(crate) listeners: BTreeSet<(StackId, AddrId, u16, Handle)>,
}

/// A message under way.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Envelope {
    pub(crate) from: StackId,
    pub(crate) to: StackId,
    pub(crate) message: Message,
}

/// How far one event runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Mode {
    /// Decisions are carried through and messages delivered, unless a hold or a delay stops them. Scenarios use this.
    ToQuiescence,
    /// Only the event itself. Steps on the coupling facility and messages wait for events of their own, which
    /// [`Cluster::enabled`] lists. Exploration uses this.
    Fine,
}

/// A running cluster. Cheap to clone: parts are shared until one side writes them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Cluster {
    pub(crate) fixed: Arc<Fixed>,
    pub(crate) names: Arc<Names>,
    pub(crate) stacks: SmallVec<[Arc<Stack>; 4]>,
    pub(crate) cf: Arc<CouplingFacility>,
    pub(crate) sockets: Arc<Sockets>,
    /// Messages under way, by sender and receiver, then in order of sending.
    pub(crate) net: Cow<VecDeque<Envelope>>,
    pub(crate) delays: BTreeSet<(StackId, StackId)>,
    /// DVIPAs of VIPADEFINE, VIPABACKUP and VIPADISTRIBUTE anywhere.
    pub(crate) dvipas: Arc<BTreeSet<AddrId>>,
    /// DVIPAs that lost their owner and have no other yet.
    pub(crate) lost: BTreeSet<crate::cf::Key>,
    /// Number of tasks in the queues of all stacks.
    pub(crate) pending: u32,
    pub(crate) now: u64,
    /// Stack that owned a DVIPA last; kept for the product's tables alone.
    pub(crate) last_owner: BTreeMap<crate::cf::Key, StackId>,
    pub(crate) own: OwnRules,
}

impl Cluster {
    /// A cluster of stopped stacks, with the decision tables that the model names.
    #[must_use]
    pub fn new(model: &Model) -> Self {
        Self::with_tables(
            model,
            match model.tables {
                crate::model::Tables::Founding => founding::TABLES,
                crate::model::Tables::Product => product::TABLES,
            },
        )
    }

    /// The same with another set of decision tables.
    #[must_use]
    pub fn with_tables(model: &Model, tables: Tables) -> Self {
        let mut names = Names::new();
        let mut groups: Vec<&str> = Vec::new();
        let mut group = Vec::new();
        for stack in &model.stacks {
            let place = groups.iter().position(|g| *g == stack.xcf_group).unwrap_or_else(|| {
                groups.push(&stack.xcf_group);
                groups.len() - 1
            });
            group.push(u16::try_from(place).unwrap_or(u16::MAX));
        }
        for job in &model.jobs {
            names.intern_job(&job.name, job.user.as_deref());
        }
        let stacks = model
            .stacks
            .iter()
            .map(|s| {
                let home = home_of(&mut names, s);
                let mut stack = Stack::new(Arc::new(s.clone()), home);
                stack.product = tables.product_state.then(Box::default);
                Arc::new(stack)
            })
            .collect();
        let mut cluster = Self {
            fixed: Arc::new(Fixed {
                structures: model.structures,
                choices: Choices::new(&model.assumptions),
                tables,
                group,
            }),
            names: Arc::new(names),
            stacks,
            cf: Arc::new(CouplingFacility::new()),
            sockets: Arc::default(),
            net: Cow::default(),
            delays: BTreeSet::new(),
            dvipas: Arc::default(),
            lost: BTreeSet::new(),
            pending: 0,
            now: 0,
            last_owner: BTreeMap::new(),
            own: OwnRules::default(),
        };
        cluster.index_dvipas();
        cluster
    }

    /// Collects the DVIPAs that some configuration names; whatever else follows from the configurations is looked up anew.
    pub(crate) fn index_dvipas(&mut self) {
        let mut all = BTreeSet::new();
        let names = Arc::make_mut(&mut self.names);
        for stack in &self.stacks {
            let config = &stack.config;
            for address in
                config.dvipas.iter().map(|d| d.address).chain(config.distributions.iter().map(|d| d.dvipa))
            {
                all.insert(names.intern(address));
            }
            for address in stack.sources.addresses() {
                names.intern(address);
            }
        }
        self.dvipas = Arc::new(all);
        self.own = OwnRules::new(self.stacks.len());
    }

    /// Gives an application a number; the same name and user id get the same number. Names fold to upper case.
    pub fn job(&mut self, name: &str, user: Option<&str>) -> JobId {
        match self.names.find_job(name, user) {
            Some(id) => id,
            None => Arc::make_mut(&mut self.names).intern_job(name, user),
        }
    }

    /// Moves the cluster by one event to quiescence, with a trace.
    pub fn step(&mut self, event: &Event) -> Outcome {
        self.run(event, Mode::ToQuiescence, true)
    }

    /// The same without a trace.
    pub fn step_quiet(&mut self, event: &Event) -> Outcome {
        self.run(event, Mode::ToQuiescence, false)
    }

    /// Moves the cluster by one event alone, with a trace.
    pub fn step_fine(&mut self, event: &Event) -> Outcome {
        self.run(event, Mode::Fine, true)
    }

    /// Moves the cluster by one event. Total: an event that makes no sense is refused and changes nothing.
    pub fn run(&mut self, event: &Event, mode: Mode, tracing: bool) -> Outcome {
        self.run_in(event, mode, &mut Ctx::new(tracing))
    }

    /// Moves the cluster by one event alone, for a search: the outcome has neither trace nor console messages, and the blocks
    /// that decisions went through are put behind those in `visits`.
    pub fn step_visiting(&mut self, event: &Event, visits: &mut Vec<&'static str>) -> Outcome {
        let mut ctx = Ctx { keep: Keep::Blocks, visits: std::mem::take(visits), ..Ctx::default() };
        let outcome = self.run_in(event, Mode::Fine, &mut ctx);
        *visits = ctx.visits;
        outcome
    }

    fn run_in(&mut self, event: &Event, mode: Mode, ctx: &mut Ctx) -> Outcome {
        let mut outcome = self.dispatch(event, mode, ctx);
        if mode == Mode::ToQuiescence && (self.pending > 0 || !self.net.is_empty()) {
            self.pump(ctx);
        }
        if !ctx.completed.is_empty() {
            hoist(&mut outcome, ctx, event);
        }
        outcome.messages = std::mem::take(&mut ctx.messages);
        outcome.not_taken = std::mem::take(&mut ctx.not_taken);
        outcome.trace = std::mem::take(&mut ctx.trace);
        outcome.assumptions = ctx.assumptions;
        outcome.completed = std::mem::take(&mut ctx.completed);
        outcome
    }

    /// Fine-grained events that can happen now by themselves: steps of work in hand, and deliveries.
    #[must_use]
    pub fn enabled(&self) -> Vec<Event> {
        let mut events: Vec<Event> =
            self.stack_ids().filter(|s| self.can_step(*s)).map(Event::Step).collect();
        let mut last = None;
        for envelope in &self.net {
            let pair = (envelope.from, envelope.to);
            if last != Some(pair) && !self.delays.contains(&pair) {
                events.push(Event::Deliver { from: pair.0, to: pair.1 });
            }
            last = Some(pair);
        }
        events
    }

    /// Nothing is under way: no message, no work on the coupling facility.
    #[must_use]
    pub fn is_quiescent(&self) -> bool {
        self.net.is_empty() && self.pending == 0
    }

    /// Messages from one stack to another stay under way.
    pub(crate) fn is_delayed(&self, from: StackId, to: StackId) -> bool {
        self.delays.contains(&(from, to))
    }

    pub(crate) fn stack(&self, id: StackId) -> Option<&Stack> {
        self.stacks.get(usize::from(id.0)).map(|s| &**s)
    }

    pub(crate) fn stack_mut(&mut self, id: StackId) -> Option<&mut Stack> {
        self.stacks.get_mut(usize::from(id.0)).map(Arc::make_mut)
    }

    pub(crate) fn intern(&mut self, address: std::net::IpAddr) -> AddrId {
        match self.names.find(address) {
            Some(id) => id,
            None => Arc::make_mut(&mut self.names).intern(address),
        }
    }
}

/// HOME list, static VIPAs and dynamic XCF addresses of a stack.
pub(crate) fn home_of(names: &mut Names, config: &StackModel) -> BTreeSet<AddrId> {
    config.home.iter().map(|h| h.address).chain(config.xcf.iter().copied()).map(|a| names.intern(a)).collect()
}

/// Fills the front of an outcome from requests that ended in its event: its own request first.
fn hoist(outcome: &mut Outcome, ctx: &mut Ctx, event: &Event) {
    let own = event.handle();
    let place = ctx.completed.iter().position(|c| Some(c.handle) == own);
    let waiting = outcome.verdict == Verdict::Pending;
    let continues = matches!(event, Event::Step(_) | Event::Release(_) | Event::Deliver { .. });
    let done = match place {
        Some(place) if waiting => Some(ctx.completed.remove(place)),
        _ if continues => ctx.completed.first().cloned(),
        _ => None,
    };
    if let Some(done) = done {
        outcome.verdict = done.verdict;
        outcome.source = done.source;
        outcome.port = done.port;
        outcome.stack = Some(done.stack);
        outcome.ephemeral = done.ephemeral;
    }
}
