//! All stacks of the sysplex together.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;
use std::sync::Arc;

use runtime_model::model::DvipaOrigin;

use crate::setup::PlexSetup;
use crate::statements::dvipa::Dvipa;
use crate::statements::vipadistribute::{Distribution, Targets};
use crate::summary::Summary;

/// The stacks with the look-ups that rules need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cluster {
    /// The sysplex.
    pub setup: Arc<PlexSetup>,
    /// Stacks in the order of the description.
    pub stacks: Vec<Arc<Summary>>,
    xcf: BTreeMap<(String, IpAddr), usize>,
    dvipas: BTreeMap<(String, IpAddr), Vec<usize>>,
}

impl Cluster {
    /// Puts the stacks together.
    #[must_use]
    pub fn new(setup: Arc<PlexSetup>, stacks: Vec<Arc<Summary>>) -> Self {
        let mut xcf = BTreeMap::new();
        let mut dvipas: BTreeMap<(String, IpAddr), Vec<usize>> = BTreeMap::new();
        for (index, stack) in stacks.iter().enumerate() {
            for (address, _) in &stack.xcf {
                xcf.entry((stack.setup.group.clone(), *address)).or_insert(index);
            }
            for dvipa in &stack.dvipas {
                dvipas.entry((stack.setup.group.clone(), dvipa.address)).or_default().push(index);
            }
        }
        Self { setup, stacks, xcf, dvipas }
    }

    /// The stack of a group with this dynamic XCF address.
    #[must_use]
    pub fn by_xcf(&self, group: &str, address: IpAddr) -> Option<&Summary> {
        let index = self.xcf.get(&(group.to_owned(), address))?;
        self.stacks.get(*index).map(AsRef::as_ref)
    }

    /// Every DVIPA of a group that a VIPADEFINE or VIPABACKUP names, with the stacks that do, in order of address.
    pub fn dvipas(&self) -> impl Iterator<Item = (&str, IpAddr, Vec<(&Summary, &Dvipa)>)> {
        self.dvipas.iter().map(|((group, address), stacks)| {
            let holders = stacks
                .iter()
                .filter_map(|index| self.stacks.get(*index))
                .filter_map(|stack| Some((stack.as_ref(), stack.dvipa(*address)?)))
                .collect();
            (group.as_str(), *address, holders)
        })
    }

    /// The stacks of each group, in the order of the description.
    #[must_use]
    pub fn groups(&self) -> BTreeMap<&str, Vec<&Summary>> {
        let mut groups: BTreeMap<&str, Vec<&Summary>> = BTreeMap::new();
        for stack in &self.stacks {
            groups.entry(stack.setup.group.as_str()).or_default().push(stack.as_ref());
        }
        groups
    }

    /// The stacks that define a DVIPA in a group.
    #[must_use]
    pub fn definers(&self, group: &str, address: IpAddr) -> Vec<&Summary> {
        self.stacks
            .iter()
            .map(AsRef::as_ref)
            .filter(|stack| stack.setup.group == group)
            .filter(|stack| stack.dvipa(address).is_some_and(|dvipa| dvipa.origin == DvipaOrigin::Define))
            .collect()
    }

    /// The stacks that a distribution on a stack may send to.
    #[must_use]
    pub fn targets(&self, stack: &Summary, distribution: &Distribution) -> Vec<&Summary> {
        match &distribution.targets {
            Targets::All => self
                .stacks
                .iter()
                .map(AsRef::as_ref)
                .filter(|other| other.setup.group == stack.setup.group)
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
        self.stacks
            .iter()
            .map(AsRef::as_ref)
            .filter(move |stack| stack.setup.group == group)
            .flat_map(|stack| stack.distributions.iter().map(move |distribution| (stack, distribution)))
            .filter(move |(_, distribution)| distribution.dvipa == address)
    }

    /// Whether a stack is a target of an address.
    #[must_use]
    pub fn is_target(&self, stack: &Summary, address: IpAddr) -> bool {
        self.distributions(&stack.setup.group, address).any(|(owner, distribution)| {
            self.targets(owner, distribution).iter().any(|target| target.name() == stack.name())
        })
    }

    /// Whether ports of an address are handed out cluster-wide.
    #[must_use]
    pub fn cluster_ports(&self, group: &str, address: IpAddr) -> bool {
        self.stacks.iter().filter(|stack| stack.setup.group == group).any(|stack| {
            stack.dvipa(address).is_some_and(|dvipa| dvipa.cluster_ports)
                || stack.range(address).is_some_and(|range| range.cluster_ports)
        }) || self.distributions(group, address).any(|(_, distribution)| distribution.cluster_ports)
    }

    /// Names of stacks, for messages.
    #[must_use]
    pub fn names<'s>(stacks: impl IntoIterator<Item = &'s Summary>) -> String {
        let names: BTreeSet<&str> = stacks.into_iter().map(Summary::name).collect();
        names.into_iter().collect::<Vec<_>>().join(", ")
    }
}
