//! NETSTAT HOME (04:7.7): home addresses in the order that source addresses are chosen by, DVIPAs behind them.

use std::net::IpAddr;

use runtime_model::Cluster;
use runtime_model::ids::StackId;
use runtime_model::stack::Status;

use super::Layout;
use super::text::{or_blank, row};
use crate::capture::Home;

/// The list. Links of dynamic XCF to single partners, which all have the same address, are one entry.
pub(super) fn data(cluster: &Cluster, stack: StackId) -> Vec<Home> {
    let Some(config) = cluster.stack_config(stack).filter(|_| cluster.is_up(stack)) else {
        return Vec::new();
    };
    let plain =
        |address: IpAddr, link: String| Home { address, link: Some(link), primary: false, internal: false };
    let mut rows: Vec<Home> = config.home.iter().map(|home| plain(home.address, home.link.clone())).collect();
    // Without PRIMARYINTERFACE, which the model does not know, the first address is the primary one.
    if let Some(first) = rows.iter_mut().find(|row| row.address.is_ipv4()) {
        first.primary = true;
    }
    rows.extend(config.xcf.iter().map(|address| {
        plain(*address, if address.is_ipv4() { "EZASAMEMVS" } else { "EZ6SAMEMVS" }.to_owned())
    }));
    for view in cluster.dvipa_views(stack) {
        let status = cluster.status(stack, view.address);
        if !matches!(status, Status::Active | Status::Moving | Status::Quiescing | Status::Target) {
            continue;
        }
        let statements = config.dvipas.iter().filter(|dvipa| dvipa.address == view.address);
        rows.push(Home {
            address: view.address,
            link: match view.address {
                IpAddr::V4(address) => Some(format!("VIPL{:08X}", u32::from(address))),
                IpAddr::V6(_) => statements.filter_map(|dvipa| dvipa.interface.clone()).next(),
            },
            primary: false,
            internal: status == Status::Target,
        });
    }
    rows
}

/// The report below its head.
pub(super) fn print(rows: &[Home], layout: Layout, out: &mut String) {
    out.push_str("Home address list:\n");
    let widths = [16, 16, 3];
    if layout == Layout::Short {
        row("", &["Address", "Link", "Flg"], &widths, true, out);
    }
    for one in rows {
        let flag = match (one.primary, one.internal) {
            (true, _) => "Primary",
            (false, true) => "Internal",
            (false, false) => "",
        };
        match layout {
            Layout::Short => {
                let cells =
                    [&one.address.to_string(), or_blank(one.link.as_deref()), flag.get(..1).unwrap_or("")];
                row("", &cells, &widths, false, out);
            }
            Layout::Long => {
                let label = if one.address.is_ipv4() { "LinkName:  " } else { "IntfName:  " };
                let line = format!(
                    "{label} {}\n  Address:  {}\n    Flags:  {flag}",
                    or_blank(one.link.as_deref()),
                    one.address
                );
                out.push_str(&format!("{}\n", line.trim_end()));
            }
        }
    }
}
