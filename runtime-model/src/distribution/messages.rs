//! What stacks of one group tell each other over XCF. Messages of one ordered pair of stacks arrive in order; those of
//! different pairs may pass each other.

use std::hash::{Hash, Hasher};
use std::net::SocketAddr;
use std::sync::{Arc, OnceLock};

use crate::ids::{AddrId, StackId};
use crate::model::{DistributionOptions, Method, Standby};

/// Candidate targets of a distribution.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Candidates {
    /// Every stack of the group, now or later (003#2).
    All,
    /// These stacks (003#3).
    Some(Vec<StackId>),
}

/// One VIPADISTRIBUTE: its ports, and whom it makes candidates.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Rule {
    /// Sorted; empty when ports are not enumerated (004#9).
    pub(crate) ports: Vec<u16>,
    pub(crate) candidates: Candidates,
    /// Method, roles and options, in a cluster of the product.
    pub(crate) sharing: Option<Arc<Sharing>>,
}

/// How a VIPADISTRIBUTE of the product shares connections out.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Sharing {
    pub(crate) method: Method,
    /// WEIGHT and role of each listed target.
    pub(crate) targets: Vec<(StackId, Option<u16>, Option<Standby>)>,
    pub(crate) options: DistributionOptions,
}

impl Rule {
    pub(crate) fn names(&self, stack: StackId) -> bool {
        match &self.candidates {
            Candidates::All => true,
            Candidates::Some(list) => list.contains(&stack),
        }
    }

    pub(crate) fn lists(&self, port: u16) -> bool {
        self.ports.binary_search(&port).is_ok()
    }
}

/// What a stack has to say about one DVIPA.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Definition {
    pub(crate) address: AddrId,
    /// The sender owns it: it is the routing stack.
    pub(crate) owner: bool,
    pub(crate) define: bool,
    pub(crate) backup: Option<u8>,
    pub(crate) cluster_ports: bool,
    /// CLUSTERPORTS came by VARY OBEY, so that running connections count (F8B:875).
    pub(crate) added: bool,
    pub(crate) rules: Arc<Vec<Rule>>,
}

/// The full list of one stack, by address.
#[derive(Clone, Debug, Default)]
pub(crate) struct Definitions {
    pub(crate) list: Vec<Definition>,
    /// Follows from the list, and is made when somebody asks.
    by_port: OnceLock<ByPort>,
}

/// The ports of a list.
#[derive(Clone, Debug, Default)]
struct ByPort {
    /// A bit for each last byte of a port that a rule lists: most lists have nothing to say of a port.
    bytes: [u64; 4],
    /// Each port that a rule lists, with its address, sorted.
    all: Vec<(u16, AddrId)>,
}

/// The word and bit of the last byte of a port.
fn byte(port: u16) -> (usize, u64) {
    (usize::from(port >> 6) & 3, 1 << (port & 63))
}

impl PartialEq for Definitions {
    fn eq(&self, other: &Self) -> bool {
        self.list == other.list
    }
}

impl Eq for Definitions {}

impl Hash for Definitions {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.list.hash(state);
    }
}

impl Definitions {
    pub(crate) fn new(list: Vec<Definition>) -> Self {
        Self { list, by_port: OnceLock::new() }
    }

    /// Addresses of which a rule lists the port, in order.
    pub(crate) fn listing(&self, port: u16) -> impl Iterator<Item = AddrId> {
        let ports = self.by_port.get_or_init(|| {
            let ports = |d: &Definition| {
                let address = d.address;
                let ports: Vec<u16> = d.rules.iter().flat_map(|r| &r.ports).copied().collect();
                ports.into_iter().map(move |port| (port, address))
            };
            let mut ports = ByPort { all: self.list.iter().flat_map(ports).collect(), ..ByPort::default() };
            ports.all.sort_unstable();
            ports.all.dedup();
            for (port, _) in &ports.all {
                let (at, bit) = byte(*port);
                if let Some(word) = ports.bytes.get_mut(at) {
                    *word |= bit;
                }
            }
            ports
        });
        let (at, bit) = byte(port);
        let listed = ports.bytes.get(at).is_some_and(|word| word & bit != 0);
        let all = if listed { ports.all.as_slice() } else { &[] };
        let first = all.partition_point(|(p, _)| *p < port);
        let rest = all.get(first..).unwrap_or_default();
        rest.iter().take_while(move |(p, _)| *p == port).map(|(_, address)| *address)
    }

    pub(crate) fn get(&self, address: AddrId) -> Option<&Definition> {
        self.list.binary_search_by_key(&address, |d| d.address).ok().and_then(|i| self.list.get(i))
    }
}

/// What a stack holds of an address that another one owns.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Report {
    /// The list that it answers.
    pub(crate) answers: Arc<Definitions>,
    /// Address, port, number of listeners; by address and port.
    pub(crate) listeners: Vec<(AddrId, u16, u32)>,
    /// Address, port, remote end.
    pub(crate) connections: Vec<(AddrId, u16, SocketAddr)>,
    /// Address, port.
    pub(crate) unique: Vec<(AddrId, u16)>,
}

impl Report {
    /// Listeners on a port of an address are reported.
    pub(crate) fn lists(&self, address: AddrId, port: u16) -> bool {
        self.listeners.binary_search_by_key(&(address, port), |(a, p, _)| (*a, *p)).is_ok()
    }
}

/// One message.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Message {
    /// At start and at each change. `hello` asks the receiver for its own list.
    Definitions { list: Arc<Definitions>, hello: bool },
    /// Everything at once, in answer to definitions (003#14).
    Report(Arc<Report>),
    /// The number of reported listeners on a port has changed; zero is the termination message (003#8).
    Listening { address: AddrId, port: u16, listeners: u32 },
    /// A connection from the address began on the sender (003#15).
    Begun { address: AddrId, port: u16, peer: SocketAddr },
    /// A connection of the address has ended on the sender (003#11, #17).
    Ended { address: AddrId, port: u16, peer: SocketAddr },
    /// Connection administration (004#15): a listener whose port nobody else holds began or ended.
    Unique { address: AddrId, port: u16, on: bool },
    /// The sender has changed who holds these ports in the coupling facility: a listener of the receiver may have its
    /// port alone now, or no longer (004#6).
    Holders { address: AddrId, ports: Arc<Vec<u16>> },
    /// XCF says that the sender failed or left (F12:1200).
    Down,
}
