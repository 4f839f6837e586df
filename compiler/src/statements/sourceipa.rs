//! SOURCEIPA of the founding documents (001; 000 claims 8 and 9).

use std::net::IpAddr;

use grammar::slot::sourceipa as slot;
use grammar::tree::StmtView;
use ipnet::IpNet;
use serde::Serialize;

use crate::apply::{Apply, Kind};
use crate::place::At;
use crate::read::Read;
use crate::table::key;

/// Whom a source address is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum For {
    /// Job name, user id or group, with wildcards.
    Job(String),
    /// Connections to a host or network: SRCIP only.
    Destination(IpNet),
}

impl For {
    /// The key of the entries for this one.
    #[must_use]
    pub fn key(&self) -> u64 {
        match self {
            Self::Job(job) => key(job.as_str()),
            Self::Destination(network) => key(network),
        }
    }
    /// As messages name it: the job, or "connections to" a network.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Job(job) => job.clone(),
            Self::Destination(network) => format!("connections to {network}"),
        }
    }
}

/// An address for one application or destination.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Source {
    /// The source address.
    pub address: IpAddr,
    /// Whom it is for.
    pub who: For,
    /// The address in the text.
    pub at: At,
    /// The job or destination in the text.
    #[serde(skip)]
    pub who_at: At,
}

/// A SOURCEIPA statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed(Vec<Source>);

/// The entries.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Part {
    /// In order.
    pub sources: Vec<Source>,
}

/// Reads a SOURCEIPA statement.
pub fn read(view: &StmtView<'_>, cx: &mut Read<'_>) -> Typed {
    let Some(word) = view.parts.get(slot::ADDRESS) else { return Typed(Vec::new()) };
    let Some(address) = cx.ip(word) else { return Typed(Vec::new()) };
    let at = cx.at(word.span);
    let sources = view
        .parts
        .all(slot::JOB)
        .map(|job| Source { address, who: For::Job(job.upper()), at, who_at: cx.at(job.span) })
        .collect();
    Typed(sources)
}

impl Typed {
    /// Adds the entries; which of them applies is decided at each connect (F7:710).
    pub fn apply(&self, cx: &mut Apply<'_>) {
        for source in &self.0 {
            cx.change(source.at, Kind::Added, format!("SOURCEIPA {} {}", source.address, source.who.name()));
            cx.config.sourceipa.sources.push(source.clone());
        }
    }
}
