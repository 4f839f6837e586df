//! NETSTAT VDPT (04:7.4): the destination port table of a distributor.

use std::net::{IpAddr, Ipv4Addr};

use runtime_model::Cluster;
use runtime_model::ids::StackId;
use runtime_model::model::Standby;

use super::Layout;
use super::text::{or_blank, row};
use super::vipa_config::method;
use crate::capture::Destination;

/// The rows of the table.
pub(super) fn data(cluster: &Cluster, stack: StackId, detail: bool) -> Vec<Destination> {
    let rows = cluster.vdpt(stack);
    rows.into_iter()
        .map(|row| Destination {
            address: row.dvipa,
            port: row.port,
            target: row.xcf.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED)),
            ready: Some(row.ready),
            total: Some(u64::from(row.total)),
            active: Some(row.active as u64).filter(|_| detail),
            weight: Some(u32::from(row.weight.unwrap_or(0))),
            responsiveness: Some(u32::from(row.tsr)),
            method: Some(method(row.method).to_owned()),
            server: row.standby.map(|standby| {
                match standby {
                    Standby::Preferred => "Preferred",
                    Standby::Backup(_) => "Backup",
                }
                .to_owned()
            }),
            parts: row.parts.filter(|_| detail).map(|(a, b, c)| [a, b, c].map(u32::from)),
            abnormal: Some(u32::from(row.abnormal)).filter(|_| detail),
            health: Some(u32::from(row.health)).filter(|_| detail),
            flags: [
                ("Dynamic", row.dynamic),
                ("Inactive", row.path_inactive),
                ("Active", row.standby.is_some() && row.standby_active),
            ]
            .into_iter()
            .filter(|(_, on)| *on)
            .map(|(flag, _)| flag.to_owned())
            .collect(),
        })
        .collect()
}

/// The letters of the short layout: those of methods are confirmed for BASEWLM and SERVERWLM only.
fn letters(row: &Destination) -> String {
    let mut letters = String::new();
    if row.flags.iter().any(|flag| flag == "Dynamic") {
        letters.push('D');
    }
    letters.push_str(match row.method.as_deref() {
        Some("BaseWLM") => "B",
        Some("ServerWLM") => "S",
        Some("Roundrobin") => "R",
        Some("WeightedActive") => "W",
        Some("HotStandby") => "H",
        Some("TargControlled") => "T",
        Some(_) | None => "",
    });
    if row.flags.iter().any(|flag| flag == "Inactive") {
        letters.push('I');
    }
    letters
}

/// The report below its head.
pub(super) fn print(rows: &[Destination], layout: Layout, out: &mut String) {
    out.push_str("Dynamic VIPA Destination Port Table for TCP/IP stacks:\n");
    let widths = [15, 5, 15, 3, 10, 3, 3, 3];
    if layout == Layout::Short {
        let heads = ["Dest IPaddr", "DPort", "DestXCF Addr", "Rdy", "TotalConn", "WLM", "TSR", "Flg"];
        row("", &heads, &widths, true, out);
    }
    for one in rows {
        let (ready, total) = (one.ready.unwrap_or(0), one.total.unwrap_or(0));
        let (weight, tsr) = (one.weight.unwrap_or(0), one.responsiveness.unwrap_or(0));
        if layout == Layout::Short {
            let cells = [
                one.address.to_string(),
                format!("{:05}", one.port),
                one.target.to_string(),
                format!("{ready:03}"),
                format!("{total:010}"),
                format!("{weight:02}"),
                format!("{tsr:03}"),
                letters(one),
            ];
            row("", &cells, &widths, false, out);
        } else {
            out.push_str(&format!(
                "Dest:        {}..{}\n  DestXCF:   {}\n",
                one.address, one.port, one.target
            ));
            out.push_str(&format!(
                "    TotalConn: {total:010}  Rdy: {ready:03}  WLM: {weight:02}  TSR: {tsr:03}\n"
            ));
            out.push_str(&format!("    DistMethod: {}\n", or_blank(one.method.as_deref())));
            if let Some(server) = &one.server {
                out.push_str(&format!("    SrvType: {server}\n"));
            }
            let line = format!("    Flg: {}", one.flags.join(", "));
            out.push_str(&format!("{}\n", line.trim_end()));
        }
        detail(one, out);
    }
}

fn detail(one: &Destination, out: &mut String) {
    let Some(active) = one.active else { return };
    if let Some([tcsr, cer, sef]) = one.parts {
        out.push_str(&format!("      TCSR: {tcsr:03}  CER: {cer:03}  SEF: {sef:03}\n"));
    }
    let (abnormal, health) = (one.abnormal.unwrap_or(0), one.health.unwrap_or(0));
    out.push_str(&format!("      Abnorm: {abnormal:04}  Health: {health:03}\n      ActConn: {active:010}\n"));
    let weight = one.weight.unwrap_or(0);
    out.push_str(&format!("      QosPlcAct: *DEFAULT*\n        W/Q: {weight:02}\n"));
}
