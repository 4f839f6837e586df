//! `vipa graph`: a picture of the sysplex. CPCs hold systems, systems hold stacks; each DVIPA has its owner, its backups in
//! the order in which they take over, and the targets of its ports; application ranges lie across the stacks that have them.
//!
//! The shape is fixed: stacks are columns, DVIPAs are rows, and DVIPAs that look alike are one row. So no layout has to be
//! searched for, and a row is found where the row above it was.

pub mod dot;
mod edges;
mod focus;
mod gather;
pub mod html;
mod layout;
pub mod mermaid;
pub mod svg;
pub mod words;

use std::net::IpAddr;

use grammar::scenario::Scenario;
use ipnet::IpNet;
use runtime_model::model::{Method, Standby};

use crate::run::{World, begin};
use crate::trouble::Trouble;

/// What to show of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Focus {
    /// Only what this stack has a part in.
    pub stack: Option<String>,
    /// Only this DVIPA: an address, or a name of `[addresses]`.
    pub dvipa: Option<String>,
}

/// The picture before anybody has drawn it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Name of the sysplex.
    pub sysplex: String,
    /// What is shown, in words: `all stacks started`, `after busy.scenario`, `what concerns TCPIPA`.
    pub shows: Vec<String>,
    /// The stacks in the order of the columns: by CPC, by system, then as the description has them.
    pub stacks: Vec<Column>,
    /// XCF groups in the order of their first stack. More than one is a subplex each.
    pub groups: Vec<String>,
    /// The DVIPAs of VIPADEFINE and VIPABACKUP, by group, then by their first address.
    pub rows: Vec<Row>,
    /// VIPARANGE, by group and subnet.
    pub ranges: Vec<Range>,
    /// Rows of equal owner, backups and targets are one although their ports differ: there were too many.
    pub merged: bool,
}

/// A stack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// Its system.
    pub system: String,
    /// Its CPC, if told.
    pub cpc: Option<String>,
    /// Its XCF group, a place in [`Picture::groups`].
    pub group: usize,
    /// Its dynamic XCF addresses.
    pub xcf: Vec<IpAddr>,
    /// Whether it runs.
    pub state: State,
}

/// Whether a stack runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// In its group.
    Joined,
    /// Up, and not in its group.
    Apart,
    /// Not running.
    Down,
}

/// DVIPAs that look alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Place of the XCF group.
    pub group: usize,
    /// The addresses with their names in `[addresses]`, ascending.
    pub addresses: Vec<(IpAddr, Option<String>)>,
    /// What is the same for all of them.
    pub part: Part,
    /// Ports and targets.
    pub services: Vec<Service>,
}

/// Who has an address and who may come to have it. Numbers are places in [`Picture::stacks`].
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Part {
    /// Who has it; several only with CPCSCOPE.
    pub owners: Vec<usize>,
    /// Stacks with VIPADEFINE.
    pub definers: Vec<usize>,
    /// Stacks with VIPABACKUP and their rank, the highest first.
    pub backups: Vec<(usize, u8)>,
    /// CPCSCOPE.
    pub cpc_scope: bool,
}

/// Ports that are distributed alike.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Service {
    /// Sorted; empty where ports come by their listeners.
    pub ports: Vec<u16>,
    /// DISTMETHOD; none in the founding documents.
    pub method: Option<Method>,
    /// The targets.
    pub targets: Vec<Goal>,
    /// DESTIP ALL.
    pub to_all: bool,
}

/// A target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Goal {
    /// Place of the stack.
    pub stack: usize,
    /// WEIGHT.
    pub weight: Option<u16>,
    /// HOTSTANDBY role.
    pub standby: Option<Standby>,
}

/// An application range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Range {
    /// Place of the XCF group.
    pub group: usize,
    /// The subnet.
    pub subnet: IpNet,
    /// Stacks that have it, with what they say of it.
    pub stacks: Vec<(usize, RangeKind)>,
    /// Addresses of it that are active, and where.
    pub active: Vec<(IpAddr, usize)>,
}

/// What a stack says of a range.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RangeKind {
    /// MOVEABLE NONDISRUPTIVE.
    pub non_disruptive: bool,
    /// SAF resource.
    pub saf: Option<String>,
}

/// Draws up the picture: as it is when all stacks have started, or after a scenario.
///
/// # Errors
/// Names in the scenario, or a stack or DVIPA to look at, that nobody has.
pub fn graph(
    world: &World<'_>,
    after: Option<(&str, &Scenario)>,
    focus: &Focus,
) -> Result<Picture, Vec<Trouble>> {
    let cluster = begin(world, after, &mut |_| {})?;
    let mut picture = gather::gather(world, &cluster);
    if world.begin.is_some() {
        picture.shows.push("as captured".to_owned());
    }
    picture.shows.extend(match after {
        Some((file, _)) => Some(format!("after {file}")),
        None => world.begin.is_none().then(|| "all stacks started".to_owned()),
    });
    focus::apply(&mut picture, focus, world.addresses).map_err(|trouble| vec![trouble])?;
    Ok(picture)
}

impl Row {
    /// Stacks that have a part in it, ascending.
    #[must_use]
    pub fn stacks(&self) -> Vec<usize> {
        let part = &self.part;
        let targets = self.services.iter().flat_map(|service| &service.targets).map(|goal| goal.stack);
        let mut all: Vec<usize> = part.owners.iter().chain(&part.definers).copied().collect();
        all.extend(part.backups.iter().map(|(stack, _)| *stack).chain(targets));
        all.sort_unstable();
        all.dedup();
        all
    }
}

impl Range {
    /// Stacks that have it, ascending.
    #[must_use]
    pub fn stacks(&self) -> Vec<usize> {
        self.stacks.iter().map(|(stack, _)| *stack).collect()
    }
}

impl Part {
    /// The backups in the order in which they take over from the owner, with their turn; of equal rank, together. A backup
    /// that has the address now is none of them.
    #[must_use]
    pub fn turns(&self) -> Vec<(usize, Vec<usize>, u8)> {
        let mut turns: Vec<(usize, Vec<usize>, u8)> = Vec::new();
        for (stack, rank) in self.backups.iter().filter(|(stack, _)| !self.owners.contains(stack)) {
            match turns.last_mut() {
                Some((_, stacks, last)) if last == rank => stacks.push(*stack),
                Some((turn, ..)) => {
                    let next = *turn + 1;
                    turns.push((next, vec![*stack], *rank));
                }
                None => turns.push((1, vec![*stack], *rank)),
            }
        }
        turns
    }
}
