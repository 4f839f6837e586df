//! NETSTAT SRCIP (04:7.8).

use std::net::IpAddr;

use runtime_model::Cluster;
use runtime_model::ids::StackId;
use runtime_model::model::{SourceFor as For, SrcipFrom, SrcipRole};

use super::Layout;
use super::text::row;
use crate::capture::{SourceEntry, SourceFor};

/// The entries, those for jobs first.
pub(super) fn data(cluster: &Cluster, stack: StackId) -> Vec<SourceEntry> {
    let Some(config) = cluster.stack_config(stack).filter(|_| cluster.is_up(stack)) else {
        return Vec::new();
    };
    let who = |who: &For| match who {
        For::Job(pattern) => SourceFor::Job(pattern.clone()),
        For::Destination(net) => SourceFor::Destination(*net),
    };
    let client = |who: &For| matches!(who, For::Job(_)).then_some('C');
    let founding = config.sources.iter().map(|entry| SourceEntry {
        who: who(&entry.who),
        source: entry.address.to_string(),
        role: client(&entry.who),
    });
    let product = config.network.srcip.iter().map(|entry| SourceEntry {
        who: who(&entry.who),
        source: match &entry.from {
            SrcipFrom::Address(address) => address.to_string(),
            SrcipFrom::Interface(named) => named.name.clone(),
            SrcipFrom::Temporary => "TEMPADDRS".to_owned(),
            SrcipFrom::Public => "PUBLICADDRS".to_owned(),
        },
        role: match (&entry.from, entry.role) {
            (SrcipFrom::Temporary | SrcipFrom::Public, _) => None,
            (SrcipFrom::Address(_) | SrcipFrom::Interface(_), SrcipRole::Client) => client(&entry.who),
            (SrcipFrom::Address(_) | SrcipFrom::Interface(_), SrcipRole::Server) => Some('S'),
            (SrcipFrom::Address(_) | SrcipFrom::Interface(_), SrcipRole::Both) => Some('B'),
        },
    });
    let mut rows: Vec<SourceEntry> =
        if config.network.srcip.is_empty() { founding.collect() } else { product.collect() };
    rows.sort_by_key(|row| matches!(row.who, SourceFor::Destination(_)));
    rows
}

/// The report below its head.
pub(super) fn print(rows: &[SourceEntry], layout: Layout, out: &mut String) {
    let widths = [8, 4, 3, 15];
    let mut head: Option<&str> = None;
    for one in rows {
        match &one.who {
            SourceFor::Job(job) => {
                if head != Some("job") {
                    out.push_str("Source IP Address Based on Job Name:\n");
                    row("", &["Job Name", "Type", "Flg", "Source"], &widths, true, out);
                    head = Some("job");
                }
                let four = one.source.parse::<IpAddr>().is_ok_and(|address| address.is_ipv4());
                let family = if four { "IPV4" } else { "IPV6" };
                let role = one.role.map_or_else(String::new, String::from);
                row("", &[job, family, &role, &one.source], &widths, false, out);
            }
            SourceFor::Destination(to) => {
                let to = if to.prefix_len() == to.max_prefix_len() {
                    to.addr().to_string()
                } else {
                    to.to_string()
                };
                if head != Some("destination") {
                    out.push_str("Source IP Address Based on Destination:\n");
                    if layout == Layout::Short {
                        row("", &["Destination", "Source"], &[18, 15], true, out);
                    }
                    head = Some("destination");
                }
                match layout {
                    Layout::Short => row("", &[&to, &one.source], &[18, 15], false, out),
                    Layout::Long => {
                        out.push_str(&format!("Destination: {to}\n  Source:    {}\n", one.source));
                    }
                }
            }
        }
    }
    if head.is_none() {
        out.push_str("Source IP Address Based on Job Name:\n");
    }
}
