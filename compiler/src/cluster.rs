//! All stacks of the sysplex together.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use runtime_model::model::DvipaOrigin;

use smallvec::SmallVec;

use crate::aspect::{self, Aspects, Watched};
use crate::homes::Homes;
use crate::reserved::Reserved;
use crate::setup::PlexSetup;
use crate::statements::dvipa::Dvipa;
use crate::statements::vipadistribute::{Distribution, Targets};
use crate::summary::Summary;
use crate::table::key;

/// The stacks with the look-ups that rules need.
#[derive(Debug)]
pub struct Cluster {
    /// The sysplex.
    pub setup: Arc<PlexSetup>,
    /// Stacks in the order of the description.
    pub stacks: Vec<Arc<Summary>>,
    /// See [`Cluster::found`].
    found: OnceLock<Arc<BTreeMap<String, Group>>>,
    /// See [`Cluster::homes`].
    homes: Mutex<Option<Arc<Homes>>>,
    /// See [`Cluster::reserved`].
    reserved: Mutex<Option<Arc<Reserved>>>,
}

/// The stacks that name a DVIPA, with what each says of it.
pub type Holders<'c> = SmallVec<[(&'c Summary, &'c Dvipa); 4]>;

/// Stacks, each with the place of an entry in one of its lists.
type Entries = SmallVec<[(usize, u32); 3]>;

/// What is found in a group by address. Stacks by their place in [`Cluster::stacks`].
#[derive(Clone, Debug, Default)]
struct Group {
    stacks: Vec<usize>,
    xcf: Watched<BTreeMap<IpAddr, usize>, { aspect::XCF }>,
    dvipas: Watched<BTreeMap<IpAddr, Entries>, { aspect::DVIPAS }>,
    /// The stacks that distribute an address.
    distributors: Watched<BTreeMap<IpAddr, Vec<usize>>, { aspect::DISTRIBUTIONS }>,
    cluster_port_ranges: Watched<Vec<usize>, { aspect::RANGES }>,
}

impl PartialEq for Cluster {
    /// All else follows from these.
    fn eq(&self, other: &Self) -> bool {
        self.setup == other.setup && self.stacks == other.stacks
    }
}

impl Eq for Cluster {}

impl Cluster {
    /// Puts the stacks together.
    #[must_use]
    pub fn new(setup: Arc<PlexSetup>, stacks: Vec<Arc<Summary>>) -> Self {
        Self { setup, stacks, found: OnceLock::new(), homes: Mutex::default(), reserved: Mutex::default() }
    }

    /// What is found by address, made when it is asked for first.
    fn found(&self) -> &BTreeMap<String, Group> {
        self.found.get_or_init(|| Arc::new(aspect::noting(|| groups(&self.stacks)).0))
    }

    /// Takes what is kept beside the stacks over from how they were before: what has not changed need not be found again.
    pub(crate) fn take_over(&self, last: &Self, differing: Aspects) {
        if self.setup != last.setup {
            return;
        }
        let by_address = [aspect::BASE, aspect::XCF, aspect::DVIPAS, aspect::DISTRIBUTIONS, aspect::RANGES];
        if let Some(found) =
            last.found.get().filter(|_| !by_address.iter().any(|aspect| differing.has(*aspect)))
        {
            let _ = self.found.set(Arc::clone(found));
        }
        if let Some(mut homes) = taken(&last.homes)
            && Arc::make_mut(&mut homes).go_on(&last.stacks, &self.stacks)
        {
            *locked(&self.homes) = Some(homes);
        }
        if let Some(mut reserved) = taken(&last.reserved)
            && Arc::make_mut(&mut reserved).go_on(&last.stacks, &self.stacks)
        {
            *locked(&self.reserved) = Some(reserved);
        }
    }

    /// How many stacks are not as they were.
    pub(crate) fn changed(&self, now: &Self) -> usize {
        let pairs = self.stacks.iter().zip(&now.stacks);
        pairs.filter(|(was, is)| !Arc::ptr_eq(was, is)).count() + now.stacks.len().abs_diff(self.stacks.len())
    }

    /// The reservations of TCP ports of all stacks.
    #[must_use]
    pub fn reserved(&self) -> Arc<Reserved> {
        aspect::look(aspect::PORTS);
        Arc::clone(locked(&self.reserved).get_or_insert_with(|| Arc::new(Reserved::new(&self.stacks))))
    }

    /// Which parts of the stacks are not as they were.
    #[must_use]
    pub fn differing(&self, now: &Self) -> Aspects {
        if self.setup != now.setup || self.stacks.len() != now.stacks.len() {
            return Aspects::ALL;
        }
        let pairs = self.stacks.iter().zip(&now.stacks).filter(|(was, is)| !Arc::ptr_eq(was, is));
        pairs.fold(Aspects::default(), |parts, (was, is)| parts.and(was.differing(is)))
    }

    fn stack(&self, index: usize) -> Option<&Summary> {
        self.stacks.get(index).map(AsRef::as_ref)
    }

    /// The stacks of a group, in the order of the description.
    pub fn members(&self, group: &str) -> impl Iterator<Item = &Summary> {
        let members = self.found().get(group).map_or(&[][..], |group| group.stacks.as_slice());
        members.iter().filter_map(|index| self.stack(*index))
    }

    /// The stacks of a group that name an address by VIPADEFINE or VIPABACKUP, in the order of the description.
    pub fn holders(&self, group: &str, address: IpAddr) -> impl Iterator<Item = (&Summary, &Dvipa)> {
        self.entries(address, self.found().get(group).and_then(|group| group.dvipas.get(&address)))
    }

    fn entries<'c>(
        &'c self,
        address: IpAddr,
        entries: Option<&'c Entries>,
    ) -> impl Iterator<Item = (&'c Summary, &'c Dvipa)> {
        entries.into_iter().flatten().filter_map(move |(index, place)| {
            let stack = self.stack(*index)?;
            // Lists that are the same may differ in the room that is left of what was taken out.
            let there = stack.dvipas.at(*place).filter(|dvipa| dvipa.address == address);
            Some((stack, there.or_else(|| stack.dvipa(address))?))
        })
    }

    /// The home addresses of all stacks.
    #[must_use]
    pub fn homes(&self) -> Arc<Homes> {
        aspect::look(aspect::HOME);
        Arc::clone(locked(&self.homes).get_or_insert_with(|| Arc::new(Homes::new(&self.stacks))))
    }

    /// The stack of a group with this dynamic XCF address.
    #[must_use]
    pub fn by_xcf(&self, group: &str, address: IpAddr) -> Option<&Summary> {
        self.stack(*self.found().get(group)?.xcf.get(&address)?)
    }

    /// Every DVIPA of a group that a VIPADEFINE or VIPABACKUP names, with the stacks that do, in order of address.
    pub fn dvipas(&self) -> impl Iterator<Item = (&str, IpAddr, Holders<'_>)> {
        let groups = self.found().iter();
        groups.flat_map(move |(name, group)| {
            let holders = group.dvipas.iter();
            holders.map(move |(address, entries)| {
                (name.as_str(), *address, self.entries(*address, Some(entries)).collect())
            })
        })
    }

    /// The addresses that [`Self::dvipas`] gives, with their groups.
    pub fn dvipa_addresses(&self) -> impl Iterator<Item = (&str, IpAddr)> {
        let groups = self.found().iter();
        groups.flat_map(|(name, group)| group.dvipas.keys().map(move |address| (name.as_str(), *address)))
    }

    /// The stacks of each group, in the order of the description.
    #[must_use]
    pub fn groups(&self) -> BTreeMap<&str, Vec<&Summary>> {
        self.found().keys().map(|group| (group.as_str(), self.members(group).collect())).collect()
    }

    /// The stacks that define a DVIPA in a group.
    #[must_use]
    pub fn definers(&self, group: &str, address: IpAddr) -> Vec<&Summary> {
        self.holders(group, address)
            .filter(|(_, dvipa)| dvipa.origin == DvipaOrigin::Define)
            .map(|(stack, _)| stack)
            .collect()
    }

    /// The stacks that a distribution on a stack may send to.
    #[must_use]
    pub fn targets(&self, stack: &Summary, distribution: &Distribution) -> Vec<&Summary> {
        match &distribution.targets {
            Targets::All => self
                .members(&stack.setup.group)
                .filter(|other| {
                    other.xcf.iter().any(|(xcf, _)| xcf.is_ipv4() == distribution.dvipa.is_ipv4())
                })
                .collect(),
            Targets::List(targets) => {
                targets.iter().filter_map(|target| self.by_xcf(&stack.setup.group, target.xcf)).collect()
            }
        }
    }

    /// Every distribution of an address in a group, with its stack.
    pub fn distributions(
        &self,
        group: &str,
        address: IpAddr,
    ) -> impl Iterator<Item = (&Summary, &Distribution)> {
        let stacks = self.found().get(group).and_then(|group| group.distributors.get(&address));
        let stacks = stacks.map_or(&[][..], Vec::as_slice).iter().filter_map(|index| self.stack(*index));
        stacks
            .flat_map(move |stack| {
                stack.distributions.with(key(address)).map(move |distribution| (stack, distribution))
            })
            .filter(move |(_, distribution)| distribution.dvipa == address)
    }

    /// Whether a stack is a target of an address.
    #[must_use]
    pub fn is_target(&self, stack: &Summary, address: IpAddr) -> bool {
        let group = &stack.setup.group;
        self.distributions(group, address).any(|(_, distribution)| match &distribution.targets {
            Targets::All => stack.xcf.iter().any(|(xcf, _)| xcf.is_ipv4() == address.is_ipv4()),
            Targets::List(targets) => targets.iter().any(|target| {
                self.by_xcf(group, target.xcf).is_some_and(|target| target.name() == stack.name())
            }),
        })
    }

    /// Whether ports of an address are handed out cluster-wide.
    #[must_use]
    pub fn cluster_ports(&self, group: &str, address: IpAddr) -> bool {
        let ranges = self.found().get(group).map_or(&[][..], |group| group.cluster_port_ranges.as_slice());
        self.holders(group, address).any(|(_, dvipa)| dvipa.cluster_ports)
            || ranges
                .iter()
                .filter_map(|index| self.stack(*index))
                .any(|stack| stack.range(address).is_some_and(|range| range.cluster_ports))
            || self.distributions(group, address).any(|(_, distribution)| distribution.cluster_ports)
    }

    /// Names of stacks, for messages.
    #[must_use]
    pub fn names<'s>(stacks: impl IntoIterator<Item = &'s Summary>) -> String {
        let names: BTreeSet<&str> = stacks.into_iter().map(Summary::name).collect();
        names.into_iter().collect::<Vec<_>>().join(", ")
    }
}

fn locked<T>(kept: &Mutex<T>) -> MutexGuard<'_, T> {
    // Nothing that may fail is done while it is held.
    kept.lock().unwrap_or_else(PoisonError::into_inner)
}

fn taken<T>(kept: &Mutex<Option<T>>) -> Option<T> {
    locked(kept).take()
}

fn groups(stacks: &[Arc<Summary>]) -> BTreeMap<String, Group> {
    let mut groups: BTreeMap<String, Group> = BTreeMap::new();
    for (index, stack) in stacks.iter().enumerate() {
        let group = groups.entry(stack.setup.group.clone()).or_default();
        group.stacks.push(index);
        for (address, _) in &stack.xcf {
            group.xcf.unwatched().entry(*address).or_insert(index);
        }
        for dvipa in &stack.dvipas {
            let place = stack.dvipas.place(key(dvipa.address), |known| known.address == dvipa.address);
            let entry = (index, place.unwrap_or(u32::MAX));
            group.dvipas.unwatched().entry(dvipa.address).or_default().push(entry);
        }
        for distribution in &stack.distributions {
            let known = group.distributors.unwatched().entry(distribution.dvipa).or_default();
            if known.last() != Some(&index) {
                known.push(index);
            }
        }
        if stack.ranges.iter().any(|range| range.cluster_ports) {
            group.cluster_port_ranges.unwatched().push(index);
        }
    }
    groups
}
