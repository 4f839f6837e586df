//! Who owns a DVIPA, who backs it up in which order, and where its connections go: as the profiles say it, in a few words
//! for the editor. What the running sysplex makes of it is a question for `failover` and `why`.

use std::cmp::Reverse;
use std::net::IpAddr;

use compiler::cluster::Cluster;
use compiler::statements::vipadistribute::{Distribution, Targets};
use compiler::summary::Summary;
use runtime_model::model::DvipaOrigin;

/// The stacks of a group that name a DVIPA.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holders {
    /// With VIPADEFINE, in the order of the description.
    pub definers: Vec<String>,
    /// With VIPABACKUP and their rank, the highest first.
    pub backups: Vec<(String, u8)>,
}

/// So many ranks are named.
const RANKS: usize = 4;

impl Holders {
    /// Of an address in a group; None when no stack names it.
    #[must_use]
    pub fn of(cluster: &Cluster, group: &str, address: IpAddr) -> Option<Self> {
        let mut holders = Self { definers: Vec::new(), backups: Vec::new() };
        for (stack, dvipa) in cluster.holders(group, address) {
            match dvipa.origin {
                DvipaOrigin::Define => holders.definers.push(stack.name().to_owned()),
                DvipaOrigin::Backup(rank) => holders.backups.push((stack.name().to_owned(), rank)),
            }
        }
        holders.backups.sort_by_key(|(_, rank)| Reverse(*rank));
        (!holders.definers.is_empty() || !holders.backups.is_empty()).then_some(holders)
    }

    /// `owner TCPIP1`, or what stands in its place.
    #[must_use]
    pub fn owner(&self) -> String {
        match self.definers.as_slice() {
            [] => "no VIPADEFINE".to_owned(),
            [only] => format!("owner {only}"),
            several => format!("VIPADEFINE on {}", several.join(" and ")),
        }
    }

    /// `backups TCPIP3 then TCPIP2`; stacks of one rank are alternatives, and a long chain is cut.
    #[must_use]
    pub fn chain(&self) -> String {
        let ranks: Vec<String> = self
            .backups
            .chunk_by(|one, next| one.1 == next.1)
            .map(|same| same.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(" or "))
            .collect();
        let shown: Vec<&str> = ranks.iter().take(RANKS).map(String::as_str).collect();
        let chain = shown.join(" then ");
        let behind: usize =
            self.backups.chunk_by(|one, next| one.1 == next.1).skip(RANKS).map(<[(String, u8)]>::len).sum();
        match (self.backups.len(), behind) {
            (0, _) => "no backup".to_owned(),
            (1, _) => format!("backup {chain}"),
            (_, 0) => format!("backups {chain}"),
            (_, behind) => format!("backups {chain} and {behind} more"),
        }
    }

    /// `owner TCPIP1, backups TCPIP3 then TCPIP2`.
    #[must_use]
    pub fn words(&self) -> String {
        format!("{}, {}", self.owner(), self.chain())
    }

    /// Place of a backup in the chain, from 1, and how many there are. Stacks of one rank share a place.
    #[must_use]
    pub fn place(&self, stack: &str) -> Option<(usize, usize)> {
        let (_, rank) = self.backups.iter().find(|(name, _)| name == stack)?;
        let before = self.backups.iter().filter(|(_, other)| other > rank).count();
        Some((before + 1, self.backups.len()))
    }
}

/// `3 targets: TCPIP1, TCPIP2, TCPIP3`, or `all stacks, 3 now: …`; what is no stack of the sysplex is counted only.
#[must_use]
pub fn targets(cluster: &Cluster, stack: &Summary, distribution: &Distribution) -> Reached {
    let mut names: Vec<String> =
        cluster.targets(stack, distribution).into_iter().map(|target| target.name().to_owned()).collect();
    names.dedup();
    let count = match &distribution.targets {
        Targets::All => names.len(),
        Targets::List(targets) => targets.len(),
    };
    Reached { all: distribution.targets == Targets::All, count, names }
}

/// Where a distribution sends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reached {
    /// DESTIP ALL.
    pub all: bool,
    /// How many targets.
    pub count: usize,
    /// Those that are stacks of the sysplex.
    pub names: Vec<String>,
}

impl Reached {
    /// `3 targets`, `all stacks, 3 now`.
    #[must_use]
    pub fn words(&self) -> String {
        match (self.all, self.count) {
            (true, count) => format!("all stacks, {count} now"),
            (false, 1) => "1 target".to_owned(),
            (false, count) => format!("{count} targets"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holders(definers: &[&str], backups: &[(&str, u8)]) -> Holders {
        Holders {
            definers: definers.iter().map(|name| (*name).to_owned()).collect(),
            backups: backups.iter().map(|(name, rank)| ((*name).to_owned(), *rank)).collect(),
        }
    }

    #[test]
    fn in_words() {
        let all = holders(&["TCPIP1"], &[("TCPIP3", 200), ("TCPIP2", 100)]);
        assert_eq!(all.words(), "owner TCPIP1, backups TCPIP3 then TCPIP2");
        assert_eq!(
            (all.place("TCPIP3"), all.place("TCPIP2"), all.place("TCPIP1")),
            (Some((1, 2)), Some((2, 2)), None)
        );
        let equal = holders(&[], &[("TCPIP3", 9), ("TCPIP2", 9), ("TCPIP4", 1)]);
        assert_eq!(equal.words(), "no VIPADEFINE, backups TCPIP3 or TCPIP2 then TCPIP4");
        assert_eq!((equal.place("TCPIP2"), equal.place("TCPIP4")), (Some((1, 3)), Some((3, 3))));
        assert_eq!(holders(&["A", "B"], &[]).words(), "VIPADEFINE on A and B, no backup");
        assert_eq!(holders(&["A"], &[("B", 1)]).words(), "owner A, backup B");
        let long = holders(&[], &[("A", 9), ("B", 8), ("C", 7), ("D", 6), ("E", 5), ("F", 5)]);
        assert_eq!(long.chain(), "backups A then B then C then D and 2 more");
    }

    #[test]
    fn counts_of_targets() {
        let reached = |all, count| Reached { all, count, names: Vec::new() }.words();
        assert_eq!(
            [reached(true, 3), reached(false, 1), reached(false, 4)],
            ["all stacks, 3 now", "1 target", "4 targets"]
        );
    }
}
