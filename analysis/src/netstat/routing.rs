//! NETSTAT VCRT (04:7.5): the connection routing table.

use std::net::{IpAddr, Ipv4Addr};

use runtime_model::Cluster;
use runtime_model::ids::StackId;

use super::text::row;
use super::{Layout, xcf_of};
use crate::capture::Routed;

/// The rows of the table.
pub(super) fn data(cluster: &Cluster, stack: StackId) -> Vec<Routed> {
    let rows = cluster.vcrt(stack);
    rows.into_iter()
        .map(|row| Routed {
            address: row.dvipa.ip(),
            port: row.dvipa.port(),
            client: row.source.ip(),
            client_port: row.source.port(),
            target: xcf_of(cluster, row.target, row.dvipa.ip()).unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED)),
        })
        .collect()
}

/// The report below its head.
pub(super) fn print(rows: &[Routed], layout: Layout, detail: bool, out: &mut String) {
    out.push_str("Dynamic VIPA Connection Routing Table:\n");
    let widths = [15, 5, 15, 5, 15];
    if layout == Layout::Short {
        row("", &["Dest IPaddr", "DPort", "Src IPaddr", "SPort", "DestXCF Addr"], &widths, true, out);
    }
    for one in rows {
        match layout {
            Layout::Short => {
                let cells = [
                    one.address.to_string(),
                    format!("{:05}", one.port),
                    one.client.to_string(),
                    format!("{:05}", one.client_port),
                    one.target.to_string(),
                ];
                row("", &cells, &widths, false, out);
            }
            Layout::Long => out.push_str(&format!(
                "Dest:      {}..{}\n  Source:  {}..{}\n  DestXCF: {}\n",
                one.address, one.port, one.client, one.client_port, one.target
            )),
        }
        if detail {
            out.push_str("    PolicyRule:   *NONE*\n    PolicyAction: *NONE*\n");
        }
    }
}
