//! What the other stacks need to know of a stack: small, and unchanged by most edits.

use std::net::IpAddr;
use std::sync::Arc;

use crate::place::At;
use crate::setup::StackSetup;
use crate::statements::Config;
use crate::statements::dvipa::Dvipa;
use crate::statements::port::Reservation;
use crate::statements::sourceipa::Source;
use crate::statements::vipadistribute::Distribution;
use crate::statements::viparange::Range;

/// An address of a stack that is no DVIPA.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HomeAddress {
    /// The address.
    pub address: IpAddr,
    /// Link or interface.
    pub link: String,
    /// True for a static VIPA.
    pub is_virtual: bool,
    /// HOME or INTERFACE.
    pub statement: &'static str,
    /// In the text.
    pub at: At,
}

/// A stack as its partners see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Name, system, CPC, group.
    pub setup: Arc<StackSetup>,
    /// Dynamic XCF addresses.
    pub xcf: Vec<(IpAddr, At)>,
    /// Home addresses in order.
    pub home: Vec<HomeAddress>,
    /// SOURCEVIPA.
    pub source_vipa: bool,
    /// TCPSTACKSOURCEVIPA.
    pub stack_source: Option<(IpAddr, At)>,
    /// DVIPAs.
    pub dvipas: Vec<Dvipa>,
    /// Ranges.
    pub ranges: Vec<Range>,
    /// Distributions.
    pub distributions: Vec<Distribution>,
    /// Source addresses for applications.
    pub sources: Vec<Source>,
    /// Port reservations.
    pub ports: Vec<Reservation>,
}

impl Summary {
    /// From what a stack holds.
    #[must_use]
    pub fn new(setup: &Arc<StackSetup>, config: &Config) -> Self {
        let listed = config.home.list.iter().map(|entry| HomeAddress {
            address: IpAddr::V4(entry.address),
            link: entry.link.clone(),
            is_virtual: config.link.links.iter().any(|link| link.name == entry.link && link.is_virtual),
            statement: "HOME",
            at: entry.at,
        });
        let home = listed.chain(config.interface.home());
        Self {
            setup: Arc::clone(setup),
            xcf: config.ipconfig.xcf.iter().map(|xcf| (IpAddr::V4(xcf.address), xcf.at)).collect(),
            home: home.collect(),
            source_vipa: config.ipconfig.source_vipa,
            stack_source: config.ipconfig.stack_source.map(|source| (IpAddr::V4(source.value), source.at)),
            dvipas: config.dvipa.list.clone(),
            ranges: config.viparange.list.clone(),
            distributions: config.vipadistribute.list.clone(),
            sources: config.sourceipa.sources.clone(),
            ports: config.port.reservations.clone(),
        }
    }

    /// Name of the stack.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.setup.name
    }

    /// The DVIPA of this address.
    #[must_use]
    pub fn dvipa(&self, address: IpAddr) -> Option<&Dvipa> {
        self.dvipas.iter().find(|dvipa| dvipa.address == address)
    }

    /// The range with the longest prefix that covers an address (VR-03).
    #[must_use]
    pub fn range(&self, address: IpAddr) -> Option<&Range> {
        self.ranges
            .iter()
            .filter(|range| range.subnet.contains(&address))
            .max_by_key(|range| range.subnet.prefix_len())
    }

    /// Whether one of its dynamic XCF addresses is this.
    #[must_use]
    pub fn has_xcf(&self, address: IpAddr) -> bool {
        self.xcf.iter().any(|(xcf, _)| *xcf == address)
    }
}
