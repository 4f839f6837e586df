//! What a stack keeps for a DVIPA that it owns: destination port table, current routing table, unique routes.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash, Hasher};
use std::net::SocketAddr;
use std::sync::{Arc, OnceLock};

use super::messages::Rule;
use crate::flat::Flat;
use crate::ids::{AddrId, Handle, StackId};

/// One row of the destination port table: an actual target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Row {
    /// Listeners on the target, at least 1.
    pub(crate) listeners: u32,
    /// Connections still due to this target in the present turn.
    pub(crate) credit: u16,
}

/// A request that waits for the reports of live targets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Held {
    pub(crate) client: SocketAddr,
    pub(crate) port: u16,
    pub(crate) connection: Handle,
}

/// Tables of the routing stack for one DVIPA.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Routing {
    pub(crate) rules: Arc<Vec<Rule>>,
    /// Destination port table (003#13).
    pub(crate) dpt: Flat<(u16, StackId), Row>,
    /// Current routing table (003#13).
    ///
    /// Two stacks can stand behind one 4-tuple for a while: one whose message of the end is under way, one that took
    /// the freed port. An entry for each keeps a late message of the first from removing the second.
    pub(crate) crt: BTreeSet<(u16, SocketAddr, StackId)>,
    /// Routes outside workload distribution (004#10). As with connections, a stack whose message of the end is under way
    /// can stand beside the one that has the port now.
    pub(crate) unique: BTreeSet<(u16, StackId)>,
    /// Stacks whose report is still to come, in order.
    pub(crate) awaiting: Vec<StackId>,
    pub(crate) held: Vec<Held>,
}

impl Routing {
    /// Drops what leads to a stack that is gone.
    pub(crate) fn forget(&mut self, stack: StackId) {
        self.dpt.retain(|(_, target), _| *target != stack);
        self.crt.retain(|(_, _, target)| *target != stack);
        self.unique.retain(|(_, target)| *target != stack);
        self.hears_from(stack);
    }

    /// The report of a stack has come, or never will.
    pub(crate) fn hears_from(&mut self, stack: StackId) {
        if let Ok(place) = self.awaiting.binary_search(&stack) {
            self.awaiting.remove(place);
        }
    }

    /// Stack of a connection.
    pub(crate) fn existing(&self, port: u16, client: SocketAddr) -> Option<StackId> {
        let entries = (port, client, StackId(0))..=(port, client, StackId(u16::MAX));
        self.crt.range(entries).next_back().map(|(_, _, stack)| *stack)
    }

    /// Stack with a route of its own for a port.
    pub(crate) fn alone(&self, port: u16) -> Option<StackId> {
        let routes = (port, StackId(0))..=(port, StackId(u16::MAX));
        self.unique.range(routes).next_back().map(|(_, stack)| *stack)
    }

    /// A listener at no address may change something here: a rule lists the port, or may do so, or a row is left.
    pub(crate) fn concerns(&self, port: u16) -> bool {
        let rows = (port, StackId(0))..=(port, StackId(u16::MAX));
        self.rules.iter().any(|r| r.ports.is_empty() || r.lists(port))
            || self.dpt.range(rows.clone()).next().is_some()
            || self.unique.range(rows).next().is_some()
    }

    /// Whether some rule makes the stack a candidate for the port.
    pub(crate) fn candidate(&self, stack: StackId, port: u16) -> bool {
        self.rules.iter().any(|r| r.names(stack) && (r.ports.is_empty() || r.lists(port)))
    }
}

/// VIPADISTRIBUTE statements of each stack as rules, by address. They follow from the configurations alone: made when somebody
/// asks, shared by all copies of a cluster, made anew when a configuration changes.
#[derive(Clone, Debug, Default)]
pub(crate) struct OwnRules(Arc<Vec<OnceLock<Stated>>>);

type Stated = BTreeMap<AddrId, Arc<Vec<Rule>>>;

impl PartialEq for OwnRules {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for OwnRules {}

impl Hash for OwnRules {
    fn hash<H: Hasher>(&self, _: &mut H) {}
}

impl OwnRules {
    /// Nothing known yet of so many stacks.
    pub(crate) fn new(stacks: usize) -> Self {
        Self(Arc::new(vec![OnceLock::new(); stacks]))
    }

    /// Those of one stack. A stack that nobody has told of has none.
    pub(crate) fn of(&self, stack: StackId, make: impl FnOnce() -> Stated) -> &Stated {
        static NONE: Stated = Stated::new();
        self.0.get(usize::from(stack.0)).map_or(&NONE, |rules| rules.get_or_init(make))
    }
}
